//! Severity bands before and after.

use super::matters::refusal;
use super::paragraph;
use crate::report::document::{Align, Block, Inline, Row, Table};
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{BandShift, number};
use crate::trial::Outcome;

pub(super) fn blocks(source: &Source, outcome: &Outcome, record: &BandShift, citations: &mut Citations) -> Vec<Block> {
    let mut table = Table::new(format!("table-bands-{}", source.fragment(outcome)), "Severity bands: before (rows) and after (columns)")
        .column("Before", Align::Text);
    for band in &record.bands {
        table = table.column(format!("After: {band}"), Align::Number);
    }
    for (band, counts) in record.bands.iter().zip(&record.counts) {
        let mut cells: Vec<Inline> = vec![band.as_str().into()];
        cells.extend(counts.iter().map(|count| number::count(*count as usize).into()));
        table.rows.push(Row::Cells(cells));
    }
    table.notes.push("People on the diagonal stayed in their band. Bands run from the lowest scores to the highest.".into());
    if record.n_outside > 0 {
        let people = if record.n_outside == 1 { "1 person has".into() } else { format!("{} people have", number::count(record.n_outside)) };
        table.notes.push(format!("{people} a score in no band and stand in no cell.").into());
    }
    let mut blocks = source.figures_named("bands", outcome);
    blocks.insert(0, Block::Table(table));
    blocks.push(paragraph(tests(record, citations)));
    blocks
}

fn tests(record: &BandShift, citations: &mut Citations) -> Inline {
    let statistic = |value: f64, df: usize| format!("\u{3c7}\u{b2}({df}) = {}", number::fixed(value, 2));
    let mut text = match record.stuart_maxwell.as_result() {
        Ok(test) => Inline::from(format!(
            "Are the bands filled alike before and after? Stuart\u{2013}Maxwell test: {}, {}",
            words::unbroken(&statistic(test.statistic, test.df)),
            number::p_named(test.p)
        ))
        .cite(citations.number(Work::Stuart1955))
        .cite(citations.number(Work::Maxwell1970))
        .text("."),
        Err(why) => refusal("Stuart\u{2013}Maxwell test of the bands", why),
    };
    text = text.text(" ");
    match record.bowker.as_result() {
        Ok(test) => text
            .text(format!(
                "Do as many move one way as the other between any two bands? Bowker test: {}, {}",
                words::unbroken(&statistic(test.statistic, test.df)),
                number::p_named(test.p)
            ))
            .cite(citations.number(Work::Bowker1948))
            .text("."),
        Err(why) => text.join(refusal("Bowker test", why)),
    }
}
