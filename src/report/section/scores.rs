//! The scores of one outcome: pre, post and change of the same people.

use super::baseline::{lowest_highest, median_quartiles};
use super::{Footnotes, paragraph};
use crate::report::document::{Align, Block, Table};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Describe, Finding, Method, number};
use crate::stats::{Estimable, Interval};
use crate::trial::Outcome;

pub(super) fn blocks(source: &Source, outcome: &Outcome) -> Vec<Block> {
    match source.describe(&outcome.id) {
        Some(Ok(record)) => {
            let mut blocks = vec![Block::Table(table(source, outcome, record))];
            blocks.extend(classes(record).map(paragraph));
            blocks.extend(shape(source, outcome).map(paragraph));
            blocks
        }
        Some(Err(why)) => vec![paragraph(format!("Scores are not described: {}.", words::reason(why)))],
        None => Vec::new(),
    }
}

fn table(source: &Source, outcome: &Outcome, record: &Describe) -> Table {
    let mut footnotes = Footnotes::default();
    let level = number::level_percent(source.settings().conf_level);
    let mut table = Table::new(format!("table-scores-{}", source.fragment(outcome)), "Scores of the pairs")
        .column("Score", Align::Text)
        .columns(["n", &format!("Mean ({level} CI)"), "SD", "Median (Q1 to Q3)", "Lowest to highest", "Floor, ceiling"], Align::Number);
    let ends = record.scale_ends;
    let percents = |floor: f64, ceiling: f64| format!("{}, {}", number::percent(floor, 0), number::percent(ceiling, 0));
    let of_change = source.paired_t(&outcome.id).and_then(Result::ok).map(|record| &record.interval);
    let rows = [
        ("Pre", &record.pre, Some(&record.mean_interval_pre), ends.map(|ends| percents(ends.pct_floor_pre, ends.pct_ceiling_pre))),
        ("Post", &record.post, Some(&record.mean_interval_post), ends.map(|ends| percents(ends.pct_floor_post, ends.pct_ceiling_post))),
        ("Change", &record.change, of_change, None),
    ];
    for (name, summary, interval, ends) in rows {
        table.push([
            name.into(),
            number::count(summary.n).into(),
            mean(source, outcome, &summary.mean, interval, &mut footnotes).into(),
            cell(outcome, &summary.sd, &mut footnotes).into(),
            median_quartiles(outcome, summary, &mut footnotes).into(),
            lowest_highest(outcome, summary, &mut footnotes).into(),
            ends.unwrap_or_else(|| words::NONE.into()).into(),
        ]);
    }
    table.notes = footnotes.notes();
    let missing = [("pre", &record.n_missing_pre), ("post", &record.n_missing_post)];
    let count = |n: &Estimable<usize>| n.ok().map_or_else(|| words::WITHHELD.to_owned(), |n| number::count(*n));
    let missing: Vec<String> = missing.iter().map(|(visit, n)| format!("{} without a {visit} score", count(n))).collect();
    table.notes.push(
        "The intervals of pre and post show where these means lie; whether scores changed is read from the interval of the change.".into(),
    );
    table.notes.push(format!("Not in the table: {}.", words::listed(&missing)).into());
    table
}

/// `61.9 (59.0 to 64.8)`.
fn mean(
    source: &Source,
    outcome: &Outcome,
    mean: &Estimable<f64>,
    interval: Option<&Estimable<Interval>>,
    footnotes: &mut Footnotes,
) -> String {
    let text = cell(outcome, mean, footnotes);
    match interval.map(Estimable::as_result) {
        Some(Ok(limits)) => format!("{text} ({})", words::limits(limits, number::decimals(outcome), source.settings().conf_level)),
        Some(Err(why)) => format!("{text} {}", footnotes.mark(words::reason(why))),
        None => text,
    }
}

fn cell(outcome: &Outcome, value: &Estimable<f64>, footnotes: &mut Footnotes) -> String {
    match value.as_result() {
        Ok(value) => number::fixed(*value, number::decimals(outcome)),
        Err(why) => format!("{} {}", words::NONE, footnotes.mark(words::reason(why))),
    }
}

/// How many improved, did not change and got worse: by any amount, which is no clinical judgement.
fn classes(record: &Describe) -> Option<String> {
    let classes = record.classes?;
    let part = |n: usize, percent: f64| format!("{} ({})", number::count(n), number::percent(percent, 0));
    Some(format!(
        "Of {}, {} improved, {} did not change and {} got worse, by any amount; this is a count, not a judgement of clinical importance.",
        words::counted(record.change.n, "person", "people"),
        part(classes.n_improved, classes.pct_improved),
        part(classes.n_unchanged, classes.pct_unchanged),
        part(classes.n_worsened, classes.pct_worsened),
    ))
}

/// How pre and post go together, and the shape of the changes: information, never a switch.
fn shape(source: &Source, outcome: &Outcome) -> Option<String> {
    let mut parts = Vec::new();
    match source.results.finding(&outcome.id, Method::Correlation) {
        Some(Ok(Finding::Correlation(record))) => {
            let interval = match record.interval.as_result() {
                Ok(interval) => number::labelled_interval(interval.level, &number::interval(interval, 2)),
                Err(_) if record.r.abs() >= 1.0 => "no interval where all pairs lie on one line".to_owned(),
                Err(why) => format!("no interval: {}", words::reason(why)),
            };
            parts.push(format!("Pre and post correlate with r = {} ({interval}).", number::fixed(record.r, 2)));
        }
        Some(Err(why)) => parts.push(format!("The correlation of pre and post is not estimable: {}.", words::reason(why))),
        _ => {}
    }
    match source.results.finding(&outcome.id, Method::PitmanMorgan) {
        Some(Ok(Finding::PitmanMorgan(record))) => parts.push(format!(
            "Equal variances (Pitman\u{2013}Morgan): t({}) = {}, {}.",
            number::df(record.df),
            number::fixed(record.statistic, 2),
            number::p_named(record.p)
        )),
        Some(Err(why)) => parts.push(format!("The Pitman\u{2013}Morgan test of equal variances is not estimable: {}.", words::reason(why))),
        _ => {}
    }
    match source.results.finding(&outcome.id, Method::ShapiroWilk) {
        Some(Ok(Finding::ShapiroWilk(record))) => parts.push(format!(
            "Normality of the changes (Shapiro\u{2013}Wilk): W = {}, {}; for information, it selects no method.",
            number::fixed(record.w, 3),
            number::p_named(record.p)
        )),
        Some(Err(why)) => parts.push(format!("Shapiro\u{2013}Wilk is not estimable: {}.", words::reason(why))),
        _ => {}
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}
