//! What a forest plot says, row by row and in words, before anything has a place.

use super::headline::Headline;
use crate::plan::Procedure;
use crate::results::{Finding, Method, Results, number};
use crate::stats::{Interval, PValue};
use crate::trial::{DOMAINS, Direction, Outcome, Role};

/// Everything a forest plot shows, in its order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub headline: Headline,
    pub groups: Vec<Group>,
    /// Heading of the p column.
    pub p_head: String,
    /// Nominal level of the intervals.
    pub level: f64,
}

/// The outcomes of one domain.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// `None` where no outcome has a domain: then there is nothing to head.
    pub heading: Option<String>,
    pub rows: Vec<Row>,
}

/// One outcome.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub label: String,
    pub primary: bool,
    pub n: String,
    pub marker: Marker,
    /// The benefit-coded effect in words; empty beside a reason.
    pub effect: Triple,
    /// The mean change in raw units.
    pub change: Triple,
    pub p: String,
    /// `p = .012`, for prose.
    pub p_named: Option<String>,
    /// Why there is no p.
    pub p_refused: Option<String>,
}

/// What stands in the plot.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Marker {
    /// The benefit-coded effect, with its interval or why there is none.
    Effect { value: f64, interval: Result<Interval, String> },
    /// Why there is no effect to place.
    Reason(String),
}

/// An estimate and its interval as three texts, so that a column aligns each of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Triple {
    pub estimate: String,
    /// `(−6.9 to`; empty where there is no interval.
    pub lower: String,
    /// `−3.5)`.
    pub upper: String,
}

impl Triple {
    fn new(value: f64, interval: Option<&Interval>, decimals: usize) -> Self {
        Self {
            estimate: number::fixed(value, decimals),
            lower: interval.map(|i| format!("({} to", number::fixed(i.lower, decimals))).unwrap_or_default(),
            upper: interval.map(|i| format!("{})", number::fixed(i.upper, decimals))).unwrap_or_default(),
        }
    }

    /// As one text, for alternatives to the picture.
    pub fn text(&self) -> String {
        [&self.estimate, &self.lower, &self.upper].into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }
}

impl Table {
    pub fn new(results: &Results) -> Self {
        let analysis = &results.provenance.settings.0.analysis;
        let headline = Headline::of(&results.provenance.settings.0);
        let decimals = change_decimals(results);
        let mut groups: Vec<Group> = Vec::new();
        for (domain, outcomes) in by_domain(&results.outcomes) {
            let rows = outcomes.into_iter().map(|outcome| row(results, outcome, headline, decimals)).collect();
            groups.push(Group { heading: domain.map(domain_words), rows });
        }
        if let [only] = &mut groups[..] {
            // One group needs a heading only where it says something.
            only.heading = only.heading.take().filter(|heading| heading != OTHER);
        } else {
            groups.iter_mut().for_each(|group| group.heading = group.heading.take().or(Some(OTHER.into())));
        }
        let p_head = procedure_name(analysis.multiplicity).map_or_else(|| "p".into(), |procedure| format!("p ({procedure})"));
        Self { headline, groups, p_head, level: analysis.conf_level }
    }

    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.groups.iter().flat_map(|group| &group.rows)
    }
}

/// As print names it; `None` where nothing is adjusted.
pub(super) fn procedure_name(procedure: Procedure) -> Option<&'static str> {
    match procedure {
        Procedure::None => None,
        Procedure::Bonferroni => Some("Bonferroni"),
        Procedure::Holm => Some("Holm"),
        Procedure::Hochberg => Some("Hochberg"),
        Procedure::Hommel => Some("Hommel"),
        Procedure::Bh => Some("BH"),
        Procedure::By => Some("BY"),
    }
}

/// The heading of outcomes without a domain, beside others that have one.
const OTHER: &str = "Other";

/// Outcomes by domain: domains with a primary outcome first, then in the order of [`DOMAINS`], then others as the plan
/// meets them; within a domain primary outcomes first.
fn by_domain(outcomes: &[Outcome]) -> Vec<(Option<&str>, Vec<&Outcome>)> {
    let mut groups: Vec<(Option<&str>, Vec<&Outcome>)> = Vec::new();
    for outcome in outcomes {
        // `other` and no domain at all share a heading.
        let domain = outcome.domain.as_deref().filter(|domain| *domain != "other" && !domain.trim().is_empty());
        match groups.iter_mut().find(|(found, _)| *found == domain) {
            Some((_, members)) => members.push(outcome),
            None => groups.push((domain, vec![outcome])),
        }
    }
    let place = |domain: Option<&str>| match domain {
        None => DOMAINS.len() + 1,
        Some(name) => DOMAINS.iter().position(|known| *known == name).unwrap_or(DOMAINS.len()),
    };
    groups.sort_by_key(|(domain, members)| (members.iter().all(|outcome| outcome.role != Role::Primary), place(*domain)));
    for (_, members) in &mut groups {
        members.sort_by_key(|outcome| outcome.role != Role::Primary);
    }
    groups
}

/// `quality_of_life` → `Quality of life`.
fn domain_words(domain: &str) -> String {
    let words = domain.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn row(results: &Results, outcome: &Outcome, headline: Headline, decimals: usize) -> Row {
    let marker = marker(results, outcome, headline.method);
    let effect = match &marker {
        Marker::Effect { value, interval } => Triple::new(*value, interval.as_ref().ok(), 2),
        Marker::Reason(_) => Triple::default(),
    };
    let change = match mean_change(results, &outcome.id) {
        Some((mean, interval)) => Triple::new(mean, interval, decimals),
        None => Triple { estimate: NO_NUMBER.into(), ..Triple::default() },
    };
    let (p, p_refused) = match deciding_p(results, &outcome.id) {
        Some(Ok(p)) => (Some(p), None),
        Some(Err(reason)) => (None, Some(reason)),
        None => (None, None),
    };
    Row {
        label: match &outcome.unit {
            Some(unit) => format!("{} ({unit})", outcome.label),
            None => outcome.label.clone(),
        },
        primary: outcome.role == Role::Primary,
        n: pairs(results, outcome, headline.method).map_or_else(|| NO_NUMBER.into(), number::count),
        marker,
        effect,
        change,
        p: p.map_or_else(|| NO_NUMBER.into(), number::p),
        p_named: p.map(number::p_named),
        p_refused,
    }
}

/// Stands where a column has no number; the reason is in the row or in the notes.
const NO_NUMBER: &str = "–";

/// Begins a reason in words; in the plot, where room is dear, the reason alone stands.
pub(super) const NOT_ESTIMABLE: &str = "not estimable: ";

fn marker(results: &Results, outcome: &Outcome, method: Method) -> Marker {
    match results.finding(&outcome.id, method) {
        None => Marker::Reason("not analysed".into()),
        Some(Err(reason)) => Marker::Reason(format!("{NOT_ESTIMABLE}{reason}")),
        Some(Ok(Finding::Effect(effect))) => match &effect.benefit {
            Some(benefit) if benefit.estimate.is_finite() => {
                Marker::Effect { value: benefit.estimate, interval: benefit.interval.as_result().copied().map_err(ToString::to_string) }
            }
            Some(_) => Marker::Reason("not estimable: not a finite number".into()),
            None if outcome.direction == Direction::None => Marker::Reason("no better direction: not benefit-coded".into()),
            None => Marker::Reason("no benefit-coded value".into()),
        },
        Some(Ok(_)) => Marker::Reason("no effect size in the results".into()),
    }
}

/// The pairs the row rests on: those of the effect size, else those of the ledger.
fn pairs(results: &Results, outcome: &Outcome, method: Method) -> Option<usize> {
    let ledger = || results.participants.pairs(&outcome.id);
    results.analysis(&outcome.id, method).map(|analysis| analysis.n).or_else(ledger)
}

/// Mean and interval of the paired t analysis; the mean alone where that is refused.
fn mean_change<'a>(results: &'a Results, outcome: &str) -> Option<(f64, Option<&'a Interval>)> {
    if let Some(Ok(Finding::PairedT(record))) = results.finding(outcome, Method::PairedT) {
        return Some((record.mean_change, record.interval.ok()));
    }
    match results.finding(outcome, Method::Describe) {
        Some(Ok(Finding::Describe(record))) => record.change.mean.ok().map(|mean| (*mean, None)),
        _ => None,
    }
}

/// The adjusted p of the deciding test, or why there is none.
fn deciding_p(results: &Results, outcome: &str) -> Option<Result<PValue, String>> {
    match results.finding(outcome, Method::Adjusted)? {
        Ok(Finding::Adjusted(record)) => Some(Ok(record.p)),
        Ok(_) => None,
        Err(reason) => Some(Err(reason.to_string())),
    }
}

/// One number of decimals for the whole column: enough to show about two digits of the narrowest interval.
fn change_decimals(results: &Results) -> usize {
    let needed = results.outcomes.iter().filter_map(|outcome| {
        let (_, interval) = mean_change(results, &outcome.id)?;
        let half_width = interval.map(|i| (i.upper - i.lower) / 2.0).filter(|half| half.is_finite() && *half > 0.0)?;
        Some(match half_width {
            half if half >= 100.0 => 0,
            half if half >= 0.5 => 1,
            half if half >= 0.05 => 2,
            _ => 3,
        })
    });
    needed.max().unwrap_or(1)
}
