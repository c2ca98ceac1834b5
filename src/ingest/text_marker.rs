//! A spreadsheet's mark for "this is text" in front of a number: `'12`, `="12"`.

use super::{inert, trim};
use crate::trial::{Place, Problem, ProblemCode};

/// What stands behind the marker, where the cell has one. Exporters add it against formula injection, people against
/// lost zeros; a spreadsheet does not show it.
pub fn behind_text_marker(text: &str) -> Option<&str> {
    let text = trim(text);
    let behind = text.strip_prefix('\'').or_else(|| text.strip_prefix("=\"")?.strip_suffix('"'))?;
    Some(trim(behind))
}

/// The marked cells of one column.
#[derive(Debug, Clone, Default)]
pub struct TextMarkers {
    count: usize,
    first: Option<(Place, String)>,
}

impl TextMarkers {
    /// Counts a marked cell; `place` is its own.
    pub fn add(&mut self, cell: &str, place: impl FnOnce() -> Place) {
        self.count += 1;
        self.first.get_or_insert_with(|| (place(), inert(cell)));
    }

    /// The warning about the column, where there was one.
    pub fn problem(self) -> Option<Problem> {
        let (place, value) = self.first?;
        let numbers = if self.count == 1 { "1 number stands" } else { &format!("{} numbers stand", self.count) };
        let what = format!("{numbers} behind a spreadsheet's text marker, first `{value}`: read without it");
        Some(Problem::warning(ProblemCode::TextMarker, place, what).with_value(value).with_count(self.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_markers_are_seen_through_and_counted() {
        for (cell, behind) in
            [("'12", Some("12")), (" ' 12 ", Some("12")), ("=\"012\"", Some("012")), ("=12", None), ("12", None), ("=\"12", None)]
        {
            assert_eq!(behind_text_marker(cell), behind, "{cell}");
        }
        let mut markers = TextMarkers::default();
        assert!(markers.clone().problem().is_none());
        for line in [5, 9] {
            markers.add("'23", || Place::file("a.csv").line(line).column("pre"));
        }
        let problem = markers.problem().unwrap();
        assert_eq!(
            problem.to_string(),
            "a.csv line 5, column `pre`: 2 numbers stand behind a spreadsheet's text marker, first `'23`: read without it"
        );
        assert_eq!(problem.count, 2);
    }
}
