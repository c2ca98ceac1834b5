//! Descriptive subgroups of one outcome: no test compares them.

use super::Footnotes;
use super::baseline::mean_sd;
use crate::report::document::{Align, Block, Inline, Row, Table};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Analysis, Finding, Method, Population, number};
use crate::stats::NotEstimable;
use crate::trial::Outcome;

pub(super) fn blocks(source: &Source, outcome: &Outcome) -> Vec<Block> {
    let groups: Vec<(&Analysis, &str, &str)> = source
        .all(Method::Describe)
        .filter(|analysis| analysis.key.outcome == outcome.id)
        .filter_map(|analysis| match &analysis.key.population {
            Population::Group { column, value } => Some((analysis, column.as_str(), value.as_str())),
            Population::Pairs => None,
        })
        .collect();
    let Some((_, column, _)) = groups.first() else { return Vec::new() };
    let level = number::level_percent(source.settings().conf_level);
    let mut table = Table::new(format!("table-groups-{}", source.fragment(outcome)), format!("By {column}, for description only"))
        .column(words::sentence(column), Align::Text)
        .columns(["n", "Pre, mean (SD)", "Post, mean (SD)", "Change, mean (SD)", &format!("Mean change ({level} CI)")], Align::Number);
    let mut footnotes = Footnotes::default();
    for (analysis, column, value) in &groups {
        let mut cells: Vec<Inline> = vec![name(column, value), words::n_of(analysis).into()];
        match analysis.finding.as_result() {
            Ok(Finding::Describe(record)) => {
                cells.extend([&record.pre, &record.post, &record.change].map(|summary| mean_sd(outcome, summary, &mut footnotes).into()));
            }
            Ok(_) => cells.extend((0..3).map(|_| words::NONE.into())),
            Err(why) => {
                let mark = footnotes.mark(words::reason(why));
                cells.push(format!("{} {mark}", words::NONE).into());
                cells.extend((0..2).map(|_| words::NONE.into()));
            }
        }
        cells.push(change(source, outcome, &analysis.key.population, &mut footnotes).into());
        table.rows.push(Row::Cells(cells));
    }
    table.notes = footnotes.notes();
    table.notes.extend(in_no_row(source, outcome, column, &groups));
    vec![Block::Table(table)]
}

/// The group, or that there is none.
fn name(column: &str, value: &str) -> Inline {
    if value.is_empty() { Inline::from("No value of ").code(column) } else { value.into() }
}

/// How many pairs stand in no row, where the rows do not hold everybody.
fn in_no_row(source: &Source, outcome: &Outcome, column: &str, groups: &[(&Analysis, &str, &str)]) -> Option<Inline> {
    let all = source.results.analysis(&outcome.id, Method::Describe)?;
    let withheld = |analysis: &Analysis| matches!(analysis.finding.reason(), Some(NotEstimable::Withheld { .. }));
    if withheld(all) || groups.iter().any(|(analysis, ..)| withheld(analysis)) {
        return None;
    }
    // METHOD: no statistic, the difference of two counts that stand in the results.
    let left = all.n.checked_sub(groups.iter().map(|(analysis, ..)| analysis.n).sum())?;
    let least = source.plan().privacy.min_cell as usize;
    let (some, stand) = match left {
        0 => return None,
        _ if left < least => ("Some pairs".to_owned(), "have no value of "),
        1 => (format!("1 of {}", words::counted(all.n, "pair", "pairs")), "has no value of "),
        _ => (format!("{} of {}", number::count(left), words::counted(all.n, "pair", "pairs")), "have no value of "),
    };
    let rows = if left == 1 && least <= 1 { " and stands in no row." } else { " and stand in no row." };
    Some(Inline::from(format!("{some} {stand}")).code(column).text(rows))
}

fn change(source: &Source, outcome: &Outcome, population: &Population, footnotes: &mut Footnotes) -> String {
    let digits = number::decimals(outcome);
    let found = source.all(Method::PairedT).find(|analysis| analysis.key.outcome == outcome.id && analysis.key.population == *population);
    match found.map(|analysis| analysis.finding.as_result()) {
        Some(Ok(Finding::PairedT(record))) => {
            let mean = number::signed(record.mean_change, digits);
            match record.interval.as_result() {
                Ok(limits) => format!("{mean} ({})", words::limits(limits, digits, source.settings().conf_level)),
                Err(why) => format!("{mean} {}", footnotes.mark(words::reason(why))),
            }
        }
        Some(Err(why)) => format!("{} {}", words::NONE, footnotes.mark(words::reason(why))),
        _ => words::NONE.into(),
    }
}
