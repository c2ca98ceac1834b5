//! The pair ledger for the eye: what became of the rows of each file, and of the subjects of each outcome.

use comfy_table::{CellAlignment, Table, TableStyle};

use crate::ingest::inert;
use crate::trial::{Ledger, Loss, RowFate};

/// Two tables; fates and losses that did not occur have no column.
pub fn table(ledger: &Ledger) -> String {
    let mut rows = plain();
    let fates: Vec<RowFate> = RowFate::ALL.into_iter().filter(|fate| ledger.rows(*fate) > 0).collect();
    rows.set_header(["file", "rows read"].into_iter().chain(fates.iter().map(|fate| fate.label())));
    for file in &ledger.files {
        let count = |fate: &RowFate| file.fates.iter().find(|(met, _)| met == fate).map_or(0, |(_, count)| *count);
        let counts = fates.iter().map(|fate| count(fate).to_string());
        rows.add_row([inert(&file.file), file.read.to_string()].into_iter().chain(counts));
    }
    let mut subjects = plain();
    let lost =
        |loss: Loss| ledger.outcomes.iter().flat_map(move |outcome| &outcome.losses).any(|count| count.loss == loss && count.count > 0);
    let losses: Vec<Loss> = Loss::ALL.into_iter().filter(|loss| lost(*loss)).collect();
    subjects
        .set_header(["outcome", "subjects", "with pre", "with post", "pairs"].into_iter().chain(losses.iter().map(|loss| loss.label())));
    for outcome in &ledger.outcomes {
        let count = |loss: &Loss| outcome.losses.iter().find(|count| count.loss == *loss).map_or(0, |count| count.count);
        let numbers = [outcome.subjects, outcome.with_pre, outcome.with_post, outcome.pairs].into_iter().chain(losses.iter().map(count));
        subjects.add_row(std::iter::once(inert(&outcome.outcome)).chain(numbers.map(|number| number.to_string())));
    }
    format!("{}\n{}", aligned(rows), aligned(subjects))
}

fn plain() -> Table {
    let mut table = Table::new();
    table.load_style(TableStyle::new());
    table
}

/// Numbers stand under each other; no line ends in blanks.
fn aligned(mut table: Table) -> String {
    for index in 1..table.column_count() {
        if let Some(column) = table.column_mut(index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}
