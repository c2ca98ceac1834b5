//! Baseline: the pre scores of the people who were analysed.

use super::{Footnotes, heading, paragraph};
use crate::report::document::{Align, Block, Row, Table};
use crate::report::reference::Citations;
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Describe, Summary, number};
use crate::stats::Estimable;
use crate::trial::Outcome;

pub(in crate::report) fn section(source: &Source, _: &mut Citations) -> Vec<Block> {
    let text = "Pre scores of the people with both scores: those whose change is analysed below. Floor and ceiling are the shares of people at the lowest and the highest score the scale allows.";
    vec![heading("Baseline"), paragraph(text), Block::Table(table(source))]
}

fn table(source: &Source) -> Table {
    let mut footnotes = Footnotes::default();
    let mut table = Table::new("table-baseline", "Scores at baseline (pre)")
        .column("Outcome", Align::Text)
        .columns(["n", "Mean (SD)", "Median (Q1 to Q3)", "Lowest to highest", "Scale", "Floor, ceiling"], Align::Number)
        .column("Better", Align::Text);
    for (_, outcomes) in source.by_domain() {
        for outcome in outcomes {
            let mut cells = vec![outcome.label.as_str().into()];
            match source.describe(&outcome.id) {
                Some(Ok(record)) => cells.extend(described(outcome, record, &mut footnotes).map(Into::into)),
                Some(Err(why)) => {
                    let mark = footnotes.mark(words::reason(why));
                    cells.push(format!("{} {mark}", words::NONE).into());
                    cells.extend((0..5).map(|_| words::NONE.into()));
                }
                None => cells.extend((0..6).map(|_| words::NONE.into())),
            }
            cells.push(better(outcome).into());
            table.rows.push(Row::Cells(cells));
        }
    }
    table.notes = footnotes.notes();
    table
}

fn described(outcome: &Outcome, record: &Describe, footnotes: &mut Footnotes) -> [String; 6] {
    let pre = &record.pre;
    let ends = record.scale_ends.map_or_else(
        || words::NONE.to_owned(),
        |ends| format!("{}, {}", number::percent(ends.pct_floor_pre, 0), number::percent(ends.pct_ceiling_pre, 0)),
    );
    [
        number::count(pre.n),
        mean_sd(outcome, pre, footnotes),
        median_quartiles(outcome, pre, footnotes),
        lowest_highest(outcome, pre, footnotes),
        scale(outcome),
        ends,
    ]
}

/// `22.4 (8.1)`.
pub(super) fn mean_sd(outcome: &Outcome, summary: &Summary, footnotes: &mut Footnotes) -> String {
    let digits = number::decimals(outcome);
    let mean = cell(&summary.mean, digits, footnotes);
    match summary.sd.as_result() {
        Ok(sd) => format!("{mean} ({})", number::fixed(*sd, digits)),
        Err(why) => format!("{mean} {}", footnotes.mark(words::reason(why))),
    }
}

/// `21.0 (16.0 to 28.5)`.
pub(super) fn median_quartiles(outcome: &Outcome, summary: &Summary, footnotes: &mut Footnotes) -> String {
    let digits = number::decimals(outcome);
    let [median, q1, q3] = [&summary.median, &summary.q1, &summary.q3].map(|value| cell(value, digits, footnotes));
    if median == q1 && q1 == q3 { median } else { format!("{median} ({q1}\u{a0}to\u{a0}{q3})") }
}

/// `9 to 41`.
pub(super) fn lowest_highest(outcome: &Outcome, summary: &Summary, footnotes: &mut Footnotes) -> String {
    let digits = number::score_decimals(outcome);
    let [min, max] = [&summary.min, &summary.max].map(|value| cell(value, digits, footnotes));
    if min == max { min } else { format!("{min}\u{a0}to\u{a0}{max}") }
}

fn cell(value: &Estimable<f64>, digits: usize, footnotes: &mut Footnotes) -> String {
    match value.as_result() {
        Ok(value) => number::fixed(*value, digits),
        Err(why) => format!("{} {}", words::NONE, footnotes.mark(words::reason(why))),
    }
}

/// `0 to 63`, as declared.
pub(super) fn scale(outcome: &Outcome) -> String {
    let digits = number::score_decimals(outcome);
    outcome.range.map_or_else(
        || words::NONE.to_owned(),
        |range| format!("{}\u{a0}to\u{a0}{}", number::fixed(range.min.to_f64(), digits), number::fixed(range.max.to_f64(), digits)),
    )
}

/// Which way is better.
pub(super) fn better(outcome: &Outcome) -> &'static str {
    match outcome.direction.benefit_sign() {
        Some(sign) if sign < 0.0 => "lower",
        Some(_) => "higher",
        None => "neither",
    }
}
