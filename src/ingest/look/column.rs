//! What is known of a column after reading all its cells.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::NaiveDate;

use super::marks::MarksSeen;
use crate::ingest::cell::number;
use crate::ingest::cell_hint::Badness;
use crate::ingest::missing::MissingCodes;
use crate::plan::HeaderColumn;

/// A column with more distinct values than this lists none.
const FEW: usize = 20;

/// More kinds of words than this are no missing codes but a column of texts.
const FEW_WORDS: usize = 5;

/// A longer word is a remark.
const LONGEST_WORD: usize = 24;

/// Damaged cells that are named.
const EXAMPLES: usize = 5;

/// The part of a damaged cell that is shown.
const LONGEST_EXAMPLE: usize = 40;

/// Numbers by which people say that a score is missing.
const CODES: [f64; 21] = [
    -9.0, -66.0, -77.0, -88.0, -95.0, -96.0, -97.0, -98.0, -99.0, -888.0, -999.0, -9999.0, 77.0, 88.0, 98.0, 99.0, 777.0, 888.0, 998.0,
    999.0, 9999.0,
];

/// Ways to write a date, in the letters of `strftime`.
const DATES: [&str; 6] = ["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y年%m月%d日"];

/// What is known of a column so far.
pub struct Seen<'a> {
    distinct: Vec<Cow<'a, str>>,
    is_long: bool,
    numbers: usize,
    others: usize,
    /// Different words that could say that a score is missing; of no use once there are many.
    few_words: Vec<String>,
    /// Cells that are neither numbers nor such words.
    damaged: Vec<String>,
    marks: MarksSeen,
    codes: Vec<String>,
    low: f64,
    high: f64,
    /// Which of [`DATES`] every value so far fits.
    dates: [bool; DATES.len()],
    any: bool,
    /// Every value so far, until one repeats.
    all: Option<HashSet<Cow<'a, str>>>,
    /// What stands in each of the first rows, as numbers that equal values share.
    rows: Vec<u64>,
}

impl Default for Seen<'_> {
    fn default() -> Self {
        Self {
            distinct: Vec::new(),
            is_long: false,
            numbers: 0,
            others: 0,
            few_words: Vec::new(),
            damaged: Vec::new(),
            marks: MarksSeen::default(),
            codes: Vec::new(),
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
            dates: [true; DATES.len()],
            any: false,
            all: Some(HashSet::new()),
            rows: Vec::new(),
        }
    }
}

impl<'a> Seen<'a> {
    /// Notes a cell; of the first `kept` rows what repeats is remembered.
    pub fn add(&mut self, value: Cow<'a, str>, codes: &MissingCodes, kept: usize) {
        let is_missing = value.is_empty() || codes.has_text(&value);
        if self.rows.len() < kept {
            self.rows.push(if is_missing { 0 } else { HeaderColumn::row_value(&value) });
        }
        if !is_missing {
            self.any = true;
            self.add_value(&value);
        }
        if !value.is_empty() && !self.is_long && !self.distinct.contains(&value) {
            self.is_long = self.distinct.len() == FEW;
            self.distinct.push(value.clone());
        }
        if self.all.as_mut().is_some_and(|all| !all.insert(value)) {
            self.all = None;
        }
    }

    fn add_value(&mut self, value: &str) {
        match self.marks.read(value) {
            Some(score) => {
                self.numbers += 1;
                if !CODES.contains(&score) {
                    self.low = self.low.min(score);
                    self.high = self.high.max(score);
                } else if !self.codes.iter().any(|code| code == value) {
                    self.codes.push(value.to_owned());
                }
            }
            None => {
                self.others += 1;
                let (known, most) = if may_mean_missing(value) { (&mut self.few_words, FEW_WORDS) } else { (&mut self.damaged, EXAMPLES) };
                if known.len() <= most && !known.iter().any(|other| other == value) {
                    known.push(value.to_owned());
                }
            }
        }
        for (fits, format) in self.dates.iter_mut().zip(DATES) {
            *fits = *fits && NaiveDate::parse_from_str(value, format).is_ok();
        }
    }

    /// `keeps_numbers`: the file is no text, so that its numbers are numbers.
    pub fn into_column(mut self, name: String, keeps_numbers: bool) -> HeaderColumn {
        let distinct = if self.is_long { Vec::new() } else { self.distinct.into_iter().map(Cow::into_owned).collect() };
        // A single empty cell does not repeat, but an id may not be empty.
        let unique = self.all.is_some_and(|all| !all.is_empty() && !all.contains(""));
        // Many kinds of words are remarks.
        let words = if self.few_words.len() <= FEW_WORDS { std::mem::take(&mut self.few_words) } else { Vec::new() };
        let is_mixed = self.others < self.numbers && (self.others > 0 || self.marks.are_mixed());
        let damaged = self.damaged.into_iter().chain(self.few_words).take(EXAMPLES).map(|cell| shown(&cell)).collect();
        let (low, high) = (self.low, self.high);
        let is_far = |code: f64| low >= 0.0 && code < 0.0 || code < low - (high - low) / 2.0 || code > high + (high - low) / 2.0;
        let value = |text: &str| number(text, '.', None).map_or(0.0, |score| score.to_f64());
        let codes = self.codes.into_iter().filter(|code| low <= high && is_far(value(code))).collect();
        let mut fitting = DATES.iter().zip(self.dates).filter(|(_, fits)| *fits).map(|(format, _)| *format);
        let date_format = if self.any { fitting.next().filter(|_| fitting.next().is_none()) } else { None };
        HeaderColumn {
            name,
            distinct,
            numeric: self.numbers > 0 && self.others == 0 && !self.marks.are_mixed(),
            mixed: is_mixed,
            unique,
            mark: self.marks.decimal(keeps_numbers),
            thousands: self.marks.thousands(),
            large: self.marks.has_large(),
            words,
            damaged,
            codes,
            date_format,
            rows: self.rows,
            ..HeaderColumn::default()
        }
    }
}

/// Whether a cell that is no number could say that the score is missing: a word, or a code that data systems write. A date,
/// a number with a unit, a limit or a remark is a score that was lost, and says nothing of the kind.
fn may_mean_missing(cell: &str) -> bool {
    match Badness::of(cell, '.') {
        Some(badness) => badness == Badness::UsualCode,
        None => {
            let is_word = cell.chars().count() <= LONGEST_WORD && !cell.chars().any(char::is_numeric);
            is_word && !cell.chars().all(|letter| letter == '#')
        }
    }
}

/// The start of a cell.
fn shown(cell: &str) -> String {
    let start: String = cell.chars().take(LONGEST_EXAMPLE).collect();
    if start.len() < cell.len() { format!("{start}…") } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_codes_may_mean_missing_and_damage_may_not() {
        for code in ["NI", "##USER_MISSING_96##", ".A", "#NULL!", "refused", "not done", "欠測", "n.d.", "-", "?", "#N/A"] {
            assert!(may_mean_missing(code), "{code}");
        }
        let damage = ["12.5 kg", "3-Mar", "2024-03-01", "<5", "50+", "約20", "l2", "1e5", "10-12", "3/4", "#DIV/0!", "TRUE", "####", "B12"];
        for cell in damage {
            assert!(!may_mean_missing(cell), "{cell}");
        }
        assert!(!may_mean_missing("see the note in the case report form"));
    }
}
