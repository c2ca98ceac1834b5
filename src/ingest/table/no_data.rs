//! Rows among the data that are no subject's: the header again, a statistic, a footnote.

use super::{Record, Table, quote_problem};
use crate::ingest::missing::MissingCodes;
use crate::ingest::{canonical, inert, summary_row, trim};
use crate::trial::{Problem, ProblemCode};

impl Table<'_> {
    /// The error for a row with names of the plan's columns in its cells: a header in another order or another case. What
    /// follows it may stand in the wrong columns.
    fn another_header(&self, record: &Record, text: &str) -> Option<Problem> {
        let named = |column: usize| {
            if record.is_like_number(text, column) {
                return None;
            }
            let cell = record.cell(text, column);
            let cell = trim(cell.trim_start_matches('\u{FEFF}'));
            if cell.bytes().next().is_none_or(|first| first.is_ascii_digit() || first == b'-') {
                return None;
            }
            self.wanted.iter().map(|wanted| &self.header.names()[*wanted]).find(|name| is_same_name(cell, name))
        };
        let found: Vec<(usize, &String)> = self
            .wanted
            .iter()
            .filter(|column| Some(**column) != self.subject)
            .filter_map(|column| Some((*column, named(*column)?)))
            .collect();
        let (first, name) = *found.first()?;
        let place = self.settings.place().line(record.line).column(inert(&self.header.names()[first]));
        let what =
            format!("expected data, got the name of a column, `{}`: a header stands again, in other words or another order", inert(name));
        Some(
            Problem::error(ProblemCode::RepeatedHeader, place, what)
                .with_value(inert(name))
                .with_hint("the file was put together from several, whose columns may differ: name each as a file of its own"),
        )
    }

    /// The error for a row that is no subject's: the header again, a statistic, a footnote.
    pub(super) fn no_data(&self, record: &Record, text: &str) -> Option<Problem> {
        let subject = self.subject?;
        let id = record.cell(text, subject);
        let id = trim(&id);
        let name = &self.header.names()[subject];
        let place = || self.settings.place().line(record.line).column(inert(name));
        let is_name = |column: &usize| canonical(record.cell(text, *column)) == self.header.names()[*column];
        if id == name && self.wanted.iter().all(is_name) {
            let hint = "the file was put together from several: remove the repeated header";
            return Some(Problem::error(ProblemCode::RepeatedHeader, place(), "expected data, got the header again").with_hint(hint));
        }
        if let Some(problem) = self.another_header(record, text) {
            return Some(problem);
        }
        if id.starts_with('"') && record.cell(text, subject).starts_with(' ') {
            let what = format!("cell {} of this row has a space before its quote, which makes the quotes part of the id", subject + 1);
            return Some(
                quote_problem(record.line, subject, self.settings, &self.header, what).with_hint("remove the space before the quote"),
            );
        }
        // A word in another column stands for the row where no id does.
        let first = record.cell(text, 0);
        let label = if id.is_empty() { trim(&first) } else { id };
        if summary_row::is_summary(label) {
            let what = format!("expected a subject, got the row of a statistic, `{}`", inert(label));
            return Some(
                Problem::error(ProblemCode::SummaryRow, place(), what)
                    .with_value(inert(label))
                    .with_hint("remove rows of means and totals; if it is a subject's id, give the subject another one"),
            );
        }
        // `(id)` under `id`: a row of units or limits.
        let in_brackets = label.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        if in_brackets.is_some_and(|inside| inside.eq_ignore_ascii_case(name)) {
            let what = format!("expected a subject, got a row that explains the columns, `{}`", inert(label));
            return Some(
                Problem::error(ProblemCode::SummaryRow, place(), what)
                    .with_value(inert(label))
                    .with_hint("remove rows of units, codes and limits from the file"),
            );
        }
        let is_alone = (1..record.len()).all(|i| i == subject || trim(&record.cell(text, i)).is_empty());
        if is_alone && summary_row::is_footnote(label) {
            return Some(
                Problem::error(ProblemCode::SummaryRow, place(), "expected a subject, got a line of text, as footnotes are")
                    .with_hint("remove footnotes from the file"),
            );
        }
        if is_alone && summary_row::is_section(label) {
            let what = format!("expected a subject, got the heading of a part of the table, `{}`", inert(label));
            return Some(
                Problem::error(ProblemCode::SummaryRow, place(), what)
                    .with_value(inert(label))
                    .with_hint("remove headings between the rows; if it is a subject's id, give the subject another one"),
            );
        }
        None
    }
}

/// Whether a cell is the name of a column, whatever its letter case. Names that could be data, a number or a word for
/// missing, are none.
fn is_same_name(cell: &str, name: &str) -> bool {
    let is_alike =
        cell == name || cell.eq_ignore_ascii_case(name) || !cell.is_ascii() && canonical(cell.into()).to_lowercase() == name.to_lowercase();
    is_alike && name.chars().count() > 1 && !name.starts_with(|first: char| first.is_numeric()) && !MissingCodes::default().has_text(name)
}
