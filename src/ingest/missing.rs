//! Which cells are missing scores, and how many of each kind there were.

use std::collections::BTreeMap;

use super::cell::number;
use super::{inert, trim};
use crate::decimal::Score;

/// Words for missing that need no declaration, whatever their letter case.
const WORDS: [&str; 4] = ["na", "n/a", "null", "none"];

/// The declared codes, as text and as numbers: `-99` is also `-99.0`.
#[derive(Debug, Clone, Default)]
pub struct MissingCodes {
    texts: Vec<String>,
    numbers: Vec<Score>,
}

impl MissingCodes {
    pub fn new(codes: &[String]) -> Self {
        let texts: Vec<String> = codes.iter().map(|code| super::canonical(trim(code).into()).into_owned()).collect();
        let number = |code: &String| number(code, '.', None).or_else(|_| number(code, ',', None)).ok();
        let numbers = texts.iter().filter_map(number).collect();
        Self { texts, numbers }
    }

    pub fn has_number(&self, score: Score) -> bool {
        // Scores are in lowest terms, so equal numbers are equal values.
        !self.numbers.is_empty() && self.numbers.contains(&score)
    }

    /// Whether a trimmed cell that is no number means missing.
    pub fn has_text(&self, cell: &str) -> bool {
        WORDS.iter().any(|word| word.eq_ignore_ascii_case(cell)) || self.texts.iter().any(|text| *text == super::canonical(cell.into()))
    }
}

/// Missing cells of one column, by what stood there.
#[derive(Debug, Clone, Default)]
pub struct MissingTally {
    empty: usize,
    by_code: BTreeMap<String, usize>,
}

impl MissingTally {
    pub fn add(&mut self, cell: &str) {
        let cell = trim(cell);
        if cell.is_empty() {
            self.empty += 1;
        } else if let Some(count) = self.by_code.get_mut(cell) {
            *count += 1;
        } else {
            self.by_code.insert(cell.to_owned(), 1);
        }
    }

    pub fn total(&self) -> usize {
        self.empty + self.by_code.values().sum::<usize>()
    }

    /// ``5 missing scores: 2 empty, 3 `-99` ``; nothing where none is missing.
    pub fn describe(&self) -> Option<String> {
        let total = self.total();
        let empty = (self.empty > 0).then(|| format!("{} empty", self.empty));
        let codes = self.by_code.iter().map(|(code, count)| format!("{count} `{}`", inert(code)));
        let kinds: Vec<String> = empty.into_iter().chain(codes).collect();
        let noun = if total == 1 { "score" } else { "scores" };
        (total > 0).then(|| format!("{total} missing {noun}: {}", kinds.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_compared_as_text_and_as_numbers() {
        let codes = MissingCodes::new(&["-99".into(), "NI".into()]);
        let score = |text: &str| Score::parse(text, '.').unwrap();
        assert!(codes.has_number(score("-99.00")) && !codes.has_number(score("99")));
        assert!(MissingCodes::new(&["−９９,0".into()]).has_number(score("-99")));
        assert!(codes.has_text("NI") && codes.has_text("n/a") && codes.has_text("NULL"));
        assert!(!codes.has_text("ni") && !codes.has_text("NaN") && !codes.has_text("-"));
    }

    #[test]
    fn kinds_are_reported_apart() {
        let mut tally = MissingTally::default();
        for cell in ["", "\u{A0}", "NI", "-99", "NI"] {
            tally.add(cell);
        }
        assert_eq!(tally.describe().as_deref(), Some("5 missing scores: 2 empty, 1 `-99`, 2 `NI`"));
        assert_eq!(MissingTally::default().describe(), None);
    }
}
