//! What the figures of one outcome are drawn from, gathered and checked once.

use super::{Drawing, NotDrawn, Paint, record, text, theme};
use crate::results::{ChangeClass, Describe, Finding, Method, number};
use crate::stats::clinical::Class;
use crate::stats::density::{ChangeDensity, Density};
use crate::stats::{Estimable, Interval};
use crate::trial::Outcome;

/// The records and people of one outcome.
pub(super) struct Measured<'a> {
    pub outcome: &'a Outcome,
    pub describe: &'a Describe,
    pub mean_change: MeanChange,
    pub mean_pre: f64,
    pub mean_post: f64,
    /// Or why there is none, where that is known.
    pub density: Result<&'a ChangeDensity, Option<String>>,
    /// The complete pairs by change, pre and post: no order of rows shows.
    pub people: Vec<Person>,
    subjects: Option<usize>,
    /// Digits of scores; means have one more.
    pub decimals: usize,
}

/// The mean of all changes, and its interval or why there is none.
pub(super) struct MeanChange {
    pub value: f64,
    pub interval: Result<Interval, String>,
}

/// One person, without the id.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Person {
    pub pre: f64,
    pub post: f64,
    pub change: f64,
    pub class: Option<ChangeClass>,
    pub reliable: Option<Class>,
}

impl<'a> Measured<'a> {
    /// Gathers what is needed, or says why there is nothing to draw.
    pub fn of(outcome: &'a Outcome, drawing: &Drawing<'a>) -> Result<Self, NotDrawn> {
        let results = drawing.results;
        let subjects = results.participants.subjects();
        if results.participants.pairs(&outcome.id) == Some(0) {
            return Err(NotDrawn::new(format!("no subject has both a pre and a post score of {}", outcome.label)));
        }
        let Finding::Describe(describe) = found(drawing, outcome, Method::Describe)? else {
            return Err(NotDrawn::new("the results hold no descriptive statistics"));
        };
        let density = match results.finding(&outcome.id, Method::Density) {
            Some(Ok(Finding::Density(density))) => Ok(density.as_ref()),
            Some(Err(reason)) => Err(Some(reason.to_string())),
            _ => Err(None),
        };
        let people = people(outcome, drawing)?;
        if people.len() != describe.change.n {
            return Err(NotDrawn::new(format!(
                "individuals.csv has {} pairs of {} and the results have {}: the two do not belong together",
                number::count(people.len()),
                outcome.label,
                number::count(describe.change.n)
            )));
        }
        if people.is_empty() {
            return Err(NotDrawn::new(format!("there is no complete pair of {}", outcome.label)));
        }
        let of = |value: &Estimable<f64>| value.as_result().copied().map_err(|reason| NotDrawn::new(format!("no mean: {reason}")));
        let (mean_pre, mean_post) = (of(&describe.pre.mean)?, of(&describe.post.mean)?);
        // One pair has a mean, but no analysis of it.
        let without_interval = |reason: String| Ok(MeanChange { value: of(&describe.change.mean)?, interval: Err(reason) });
        let mean_change = match results.finding(&outcome.id, Method::PairedT) {
            Some(Ok(Finding::PairedT(t))) => {
                MeanChange { value: t.mean_change, interval: t.interval.as_result().copied().map_err(ToString::to_string) }
            }
            Some(Err(reason)) => without_interval(reason.to_string())?,
            _ => without_interval("the results hold none".into())?,
        };
        let decimals = number::score_decimals(outcome);
        Ok(Self { outcome, describe, mean_change, mean_pre, mean_post, density, people, subjects, decimals })
    }

    pub fn unit(&self) -> &str {
        record::unit(self.outcome)
    }

    /// `better ↓`.
    pub fn better(&self) -> Option<&'static str> {
        record::better(self.outcome)
    }

    /// The title of an axis, on up to two lines; what is shortened is the unit, never which way is better.
    pub fn axis_title(&self, what: &str, with_better: bool, width: f64, size: f64) -> Vec<String> {
        record::axis_title(self.outcome, what, with_better, width, size)
    }

    /// A mean, a quartile or a limit.
    pub fn mean_text(&self, value: f64) -> String {
        number::fixed(value, self.decimals + 1)
    }

    /// `n = 29 pairs of 30; mean change −5.2 points (95 % CI −6.9 to −3.5)`.
    pub fn subtitle(&self) -> String {
        let n = number::count(self.describe.change.n);
        let of = self.subjects.map(|subjects| format!(" of {}", number::count(subjects))).unwrap_or_default();
        let pairs = if self.describe.change.n == 1 { "pair" } else { "pairs" };
        format!("n = {n} {pairs}{of}; {}", self.mean_change_text())
    }

    /// `mean change −5.2 points (95 % CI −6.9 to −3.5)`, or why there is no interval.
    pub fn mean_change_text(&self) -> String {
        let mean = self.mean_text(self.mean_change.value);
        let interval = match &self.mean_change.interval {
            Ok(interval) => number::labelled_interval(interval.level, &number::interval(interval, self.decimals + 1)),
            Err(reason) => format!("no interval: {reason}"),
        };
        format!("mean change {mean} {} ({interval})", self.unit())
    }

    /// `n = 29 complete pairs of 30 subjects.`
    pub fn n_sentence(&self) -> String {
        let n = self.describe.change.n;
        let of = self.subjects.map(|subjects| format!(" of {}", text::counted(subjects, "subject", "subjects"))).unwrap_or_default();
        format!("n = {}{of}.", text::counted(n, "complete pair", "complete pairs"))
    }

    /// `pre 24.1 (SD 8.2), post 18.9 (SD 7.9)`.
    pub fn means_text(&self) -> String {
        let one = |name: &str, mean: f64, sd: &Estimable<f64>| match sd.ok() {
            Some(sd) => format!("{name} {} (SD {})", self.mean_text(mean), self.mean_text(*sd)),
            None => format!("{name} {}", self.mean_text(mean)),
        };
        format!("{}, {}", one("pre", self.mean_pre, &self.describe.pre.sd), one("post", self.mean_post, &self.describe.post.sd))
    }

    /// `18 (62 %) improved, 4 (14 %) unchanged, 7 (24 %) worsened`; absent without a better direction.
    pub fn classes_text(&self) -> Option<String> {
        let classes = self.describe.classes?;
        let one = |n: usize, percent: f64, name: &str| format!("{} ({}) {name}", number::count(n), number::percent(percent, 0));
        Some(format!(
            "{}, {}, {}",
            one(classes.n_improved, classes.pct_improved, "improved"),
            one(classes.n_unchanged, classes.pct_unchanged, "unchanged"),
            one(classes.n_worsened, classes.pct_worsened, "worsened")
        ))
    }
}

/// The colour of a class: benefit-coded, or that of post where there is no better direction.
pub(super) fn class_paint(class: Option<ChangeClass>) -> Paint {
    match class {
        Some(ChangeClass::Improved) => theme::IMPROVED,
        Some(ChangeClass::Unchanged) => theme::UNCHANGED,
        Some(ChangeClass::Worsened) => theme::WORSENED,
        None => theme::POST,
    }
}

/// The points of a curve: value and density.
pub(super) fn curve(density: &Density) -> impl Iterator<Item = (f64, f64)> + '_ {
    density.density.iter().enumerate().map(|(i, &height)| (density.from + i as f64 * density.step, height))
}

fn found<'a>(drawing: &Drawing<'a>, outcome: &Outcome, method: Method) -> Result<&'a Finding, NotDrawn> {
    match drawing.results.finding(&outcome.id, method) {
        Some(Ok(finding)) => Ok(finding),
        Some(Err(reason)) => Err(NotDrawn::new(reason.to_string())),
        None => Err(NotDrawn::new(format!("the results hold no `{}` of {}", method.name(), outcome.label))),
    }
}

fn people(outcome: &Outcome, drawing: &Drawing) -> Result<Vec<Person>, NotDrawn> {
    let individuals =
        drawing.individuals.ok_or_else(|| NotDrawn::new("it shows single people, and individuals.csv is not beside the results"))?;
    let mut people: Vec<Person> = individuals
        .pairs(&outcome.id)
        .filter_map(|row| {
            Some(Person { pre: row.pre?, post: row.post?, change: row.change?, class: row.class, reliable: row.meaning.reliable_change })
        })
        .filter(|person| person.pre.is_finite() && person.post.is_finite() && person.change.is_finite())
        .collect();
    people.sort_by(|a, b| a.change.total_cmp(&b.change).then(a.pre.total_cmp(&b.pre)).then(a.post.total_cmp(&b.post)));
    Ok(people)
}
