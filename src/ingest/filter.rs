//! One condition under `where`: the values of a column that keep a row, and cells that nearly are one of them.

use std::borrow::Cow;

use super::canonical;
use super::cell::number;
use super::id_fold::fold;
use super::table::Row;
use crate::plan::IdDifference;

/// Differences in writing that make no other value. Marks do: `A*` is not `A`.
const DIFFERENCES: [IdDifference; 7] = [
    IdDifference::Case,
    IdDifference::Width,
    IdDifference::Invisible,
    IdDifference::LeadingZeros,
    IdDifference::Hyphens,
    IdDifference::DecimalPoint,
    IdDifference::Alphabet,
];

/// A column and the values it keeps.
#[derive(Debug)]
pub struct Filter<'a> {
    pub column: usize,
    /// Each value as the plan has it, and without the differences, with spaces and without.
    values: Vec<(Cow<'a, str>, [String; 2])>,
}

/// Why a row is left out.
#[derive(Debug)]
pub struct Dropped<'f, 'a> {
    /// The column of the first condition that it does not meet.
    pub column: usize,
    /// Where every condition it does not meet is met but for the spelling: those.
    pub spellings: Vec<OtherSpelling<'f, 'a>>,
}

/// A cell that is a value of the plan in another spelling.
#[derive(Debug)]
pub struct OtherSpelling<'f, 'a> {
    pub column: usize,
    pub wanted: &'f str,
    pub found: Cow<'a, str>,
}

impl<'a> Filter<'a> {
    pub fn new(column: usize, values: &'a [String]) -> Self {
        let known = |value: &'a String| {
            let value = canonical(value.as_str().into());
            let folds = folds(&value);
            (value, folds)
        };
        Self { column, values: values.iter().map(known).collect() }
    }

    pub fn keeps(&self, row: &Row<'_, 'a>) -> bool {
        let cell = row.name(self.column);
        self.values.iter().any(|(value, _)| *value == cell)
    }

    /// The cell of a row that is not kept, where it differs from a kept value in spelling alone.
    pub fn other_spelling(&self, row: &Row<'_, 'a>) -> Option<OtherSpelling<'_, 'a>> {
        let found = row.name(self.column);
        let wanted = self.spelled_otherwise(&found)?;
        Some(OtherSpelling { column: self.column, wanted, found })
    }

    fn spelled_otherwise(&self, found: &str) -> Option<&str> {
        let [folded, joined] = folds(found);
        let is_same_text = |of_value: &[String; 2]| !of_value[1].is_empty() && (of_value[0] == folded || of_value[1] == joined);
        let is_same_number = |value: &str| match (number(value, '.', None), number(found, '.', None)) {
            (Ok(value), Ok(found)) => value == found,
            _ => false,
        };
        let same = self.values.iter().find(|(value, of_value)| is_same_text(of_value) || is_same_number(value));
        same.map(|(value, _)| &**value)
    }
}

/// A value without the differences; and the same without its spaces.
fn folds(value: &str) -> [String; 2] {
    let joined: String = value.split_whitespace().collect();
    [value, &joined].map(|text| fold(text, &DIFFERENCES).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_are_told_from_other_values() {
        let values = ["2".to_owned(), "Complete".to_owned(), "A-1".to_owned(), "<5".to_owned(), "*".to_owned(), String::new()];
        let filter = Filter::new(0, &values);
        for (found, wanted) in [
            ("2.0", "2"),
            ("２", "2"),
            ("2.00", "2"),
            ("02", "2"),
            ("+2", "2"),
            ("'2", "2"),
            ("complete", "Complete"),
            ("ＣＯＭＰＬＥＴＥ", "Complete"),
            ("Соmplete", "Complete"),
            ("A 1", "A-1"),
            ("< 5", "<5"),
        ] {
            assert_eq!(filter.spelled_otherwise(found), Some(wanted), "{found}");
        }
        for found in ["1", "20", "-2", "2.5", "Incomplete", "A2", ">5", "5", "**", "."] {
            assert_eq!(filter.spelled_otherwise(found), None, "{found}");
        }
    }
}
