//! Participants: every row that was read and every subject, in one bin each.

use super::{heading, paragraph};
use crate::plan::FigureKind;
use crate::report::document::{Align, Block, Table};
use crate::report::reference::Citations;
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Participants, WithheldLedger, number};
use crate::trial::{Ledger, Loss, RowFate};

pub(in crate::report) fn section(source: &Source, _: &mut Citations) -> Vec<Block> {
    let ledger = match &source.results.participants {
        Participants::Full(ledger) => ledger,
        Participants::Withheld(ledger) => return withheld(source, ledger),
    };
    let mut blocks = vec![heading("Participants"), paragraph(lead(ledger))];
    if !ledger.reconciles() {
        blocks.push(Block::Note("The sums of this ledger do not reconcile: some row or subject is counted twice or not at all.".into()));
    }
    blocks.push(Block::Table(rows_table(ledger)));
    blocks.push(Block::Table(pairs_table(source, ledger)));
    blocks.extend(source.figures(FigureKind::Flow, None));
    blocks
}

/// What may be told where a count of the ledger is small.
fn withheld(source: &Source, ledger: &WithheldLedger) -> Vec<Block> {
    let subjects = ledger
        .subjects
        .map_or_else(String::new, |n| format!(" Of {} the table gives those analysed.", words::counted(n, "subject", "subjects")));
    let least = words::counted(ledger.min_cell, "person", "people");
    let text = format!(
        "Some counts of rows and losses are of fewer than {least}. They are withheld, and with them every count from which they follow.{subjects}"
    );
    let mut table = Table::new("table-pairs", "Pairs, by outcome").column("Outcome", Align::Text).column("Pairs analysed", Align::Number);
    for outcome in &source.results.outcomes {
        let pairs = source.results.participants.pairs(&outcome.id).map_or_else(|| words::WITHHELD.to_owned(), number::count);
        table.push([outcome.label.as_str().into(), pairs.into()]);
    }
    vec![heading("Participants"), paragraph(text), Block::Table(table)]
}

fn lead(ledger: &Ledger) -> String {
    format!(
        "{} in {} gave {}. An outcome is analysed in the people who have both its scores (pairs); the table says why the others have none.",
        words::counted(ledger.rows_read(), "data row", "data rows"),
        words::counted(ledger.files.len(), "file", "files"),
        words::counted(ledger.subjects, "subject", "subjects"),
    )
}

/// One row a file: rows read and what became of them.
fn rows_table(ledger: &Ledger) -> Table {
    let occurred: Vec<RowFate> = RowFate::ALL.into_iter().filter(|fate| ledger.rows(*fate) > 0).collect();
    let mut table = Table::new("table-rows", "Rows read, by file").column("File", Align::Text).column("Rows read", Align::Number);
    for fate in &occurred {
        table = table.column(words::sentence(fate.label()), Align::Number);
    }
    for file in &ledger.files {
        let mut cells = vec![file.file.as_str().into(), number::count(file.read).into()];
        for fate in &occurred {
            let count = file.fates.iter().filter(|(met, _)| met == fate).map(|(_, count)| count).sum();
            cells.push(number::count(count).into());
        }
        table.rows.push(crate::report::document::Row::Cells(cells));
    }
    table
}

/// One row an outcome: subjects, scores, pairs and losses.
fn pairs_table(source: &Source, ledger: &Ledger) -> Table {
    let occurred: Vec<Loss> = Loss::ALL
        .into_iter()
        .filter(|loss| ledger.outcomes.iter().any(|outcome| outcome.losses.iter().any(|entry| entry.loss == *loss && entry.count > 0)))
        .collect();
    let mut table = Table::new("table-pairs", "Subjects and pairs, by outcome")
        .column("Outcome", Align::Text)
        .columns(["Subjects", "With pre", "With post", "Pairs analysed"], Align::Number);
    for loss in &occurred {
        table = table.column(format!("Lost: {}", loss.label()), Align::Number);
    }
    for outcome in &source.results.outcomes {
        let Some(entry) = source.ledger(&outcome.id) else { continue };
        let mut cells = vec![outcome.label.as_str().into()];
        cells.extend([entry.subjects, entry.with_pre, entry.with_post, entry.pairs].map(|count| number::count(count).into()));
        for loss in &occurred {
            let count = entry.losses.iter().filter(|found| found.loss == *loss).map(|found| found.count).sum();
            cells.push(number::count(count).into());
        }
        table.rows.push(crate::report::document::Row::Cells(cells));
    }
    if !occurred.is_empty() {
        table.notes.push("Subjects = pairs analysed + everyone lost.".into());
    }
    table
}
