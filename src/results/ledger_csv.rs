//! `ledger.csv`: the pair ledger as rows, so that the sums can be checked by hand.

use std::io::Write;

use super::{Participants, WithheldLedger, formula};
use crate::trial::Ledger;

/// Columns `unit,file,outcome,bin,count`: rows of each file by fate, subjects, and subjects of each outcome by bin.
///
/// What is withheld has the word `withheld` for its count. For each file the `rows` bins after `read` sum to it; for each outcome `pairs` and the losses sum to `subjects`.
pub fn write_ledger(participants: &Participants, to: impl Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record(["unit", "file", "outcome", "bin", "count"])?;
    match participants {
        Participants::Full(ledger) => write_full(ledger, &mut writer)?,
        Participants::Withheld(ledger) => write_withheld(ledger, &mut writer)?,
    }
    writer.flush()?;
    Ok(())
}

fn write_withheld(ledger: &WithheldLedger, writer: &mut csv::Writer<impl Write>) -> Result<(), csv::Error> {
    let shown = |count: Option<usize>| count.map_or_else(|| "withheld".to_owned(), |count| count.to_string());
    for file in &ledger.files {
        writer.write_record(["rows", &formula::escape(file), "", "read", &shown(None)])?;
    }
    writer.write_record(["subjects", "", "", "subjects", &shown(ledger.subjects)])?;
    for outcome in &ledger.outcomes {
        writer.write_record(["subjects", "", &formula::escape(&outcome.outcome), "pairs", &shown(outcome.pairs)])?;
    }
    Ok(())
}

fn write_full(ledger: &Ledger, writer: &mut csv::Writer<impl Write>) -> Result<(), csv::Error> {
    for file in &ledger.files {
        let name = formula::escape(&file.file);
        writer.write_record(["rows", &name, "", "read", &file.read.to_string()])?;
        for (fate, count) in &file.fates {
            writer.write_record(["rows", &name, "", fate.name(), &count.to_string()])?;
        }
    }
    writer.write_record(["subjects", "", "", "subjects", &ledger.subjects.to_string()])?;
    for outcome in &ledger.outcomes {
        let mut row =
            |bin: &str, count: usize| writer.write_record(["subjects", "", &formula::escape(&outcome.outcome), bin, &count.to_string()]);
        row("subjects", outcome.subjects)?;
        row("with_pre", outcome.with_pre)?;
        row("with_post", outcome.with_post)?;
        row("pairs", outcome.pairs)?;
        for loss in &outcome.losses {
            row(loss.loss.name(), loss.count)?;
        }
    }
    Ok(())
}
