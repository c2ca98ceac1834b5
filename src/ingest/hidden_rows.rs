//! Rows that a spreadsheet hides, by a filter or by hand: data like the others, which somebody may believe to be left out.

use super::content::Records;
use super::settings::FileSettings;
use crate::trial::{Problem, ProblemCode, RowFate};

/// The hidden rows of a file that are used.
#[derive(Debug, Default)]
pub struct HiddenRows {
    count: usize,
    first: Option<u64>,
}

impl HiddenRows {
    /// Counts row `number`, where it is hidden and used.
    pub fn add(&mut self, records: &Records, number: u64, fate: Option<RowFate>) {
        if fate == Some(RowFate::Used) && records.is_hidden(number) {
            self.count += 1;
            self.first.get_or_insert(number);
        }
    }

    /// The warning about them, where there are any.
    pub fn problem(self, settings: &FileSettings) -> Option<Problem> {
        let place = settings.place().line(self.first?);
        let rows =
            if self.count == 1 { "1 row that the sheet hides was" } else { &format!("{} rows that the sheet hides were", self.count) };
        Some(Problem::warning(ProblemCode::HiddenRows, place, format!("{rows} read like the others")).with_count(self.count).with_hint(
            "if they should stay out, leave them out by `where` under [data], or remove them from the file; if not, show them there",
        ))
    }
}
