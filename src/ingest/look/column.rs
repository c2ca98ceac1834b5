//! What is known of a column after reading all its cells.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::NaiveDate;

use crate::ingest::cell::number;
use crate::ingest::missing::MissingCodes;
use crate::plan::{DecimalMark, HeaderColumn};

/// A column with more distinct values than this lists none.
const FEW: usize = 20;

/// More kinds of words than this are no missing codes but a column of texts.
const FEW_WORDS: usize = 5;

/// A longer word is a remark.
const LONGEST_WORD: usize = 24;

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
    words: usize,
    /// Different words; of no use once there are many.
    few_words: Vec<String>,
    needs_point: bool,
    needs_comma: bool,
    /// Whether a comma stood before other than three digits: then it marks no thousands.
    comma_is_decimal: bool,
    codes: Vec<String>,
    low: f64,
    high: f64,
    /// Which of [`DATES`] every value so far fits.
    dates: [bool; DATES.len()],
    any: bool,
    /// Every value so far, until one repeats.
    all: Option<HashSet<Cow<'a, str>>>,
}

impl Default for Seen<'_> {
    fn default() -> Self {
        Self {
            distinct: Vec::new(),
            is_long: false,
            numbers: 0,
            words: 0,
            few_words: Vec::new(),
            needs_point: false,
            needs_comma: false,
            comma_is_decimal: false,
            codes: Vec::new(),
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
            dates: [true; DATES.len()],
            any: false,
            all: Some(HashSet::new()),
        }
    }
}

impl<'a> Seen<'a> {
    pub fn add(&mut self, value: Cow<'a, str>, codes: &MissingCodes) {
        if !value.is_empty() && !codes.has_text(&value) {
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
        let (point, comma) = (number(value, '.', None), number(value, ',', None));
        self.needs_point |= point.is_ok() && comma.is_err();
        self.needs_comma |= comma.is_ok() && point.is_err();
        match point.or(comma) {
            Ok(score) => {
                self.numbers += 1;
                self.comma_is_decimal |= value.split_once(',').is_some_and(|(_, digits)| digits.chars().count() != 3);
                let score = score.to_f64();
                if !CODES.contains(&score) {
                    self.low = self.low.min(score);
                    self.high = self.high.max(score);
                } else if !self.codes.iter().any(|code| code == value) {
                    self.codes.push(value.to_owned());
                }
            }
            Err(_) => {
                self.words += 1;
                if self.few_words.len() <= FEW_WORDS && !self.few_words.iter().any(|word| word == value) {
                    self.few_words.push(value.to_owned());
                }
            }
        }
        for (fits, format) in self.dates.iter_mut().zip(DATES) {
            *fits = *fits && NaiveDate::parse_from_str(value, format).is_ok();
        }
    }

    pub fn into_column(self, name: String) -> HeaderColumn {
        let distinct = if self.is_long { Vec::new() } else { self.distinct.into_iter().map(Cow::into_owned).collect() };
        let numeric = self.numbers > 0 && self.words == 0 && !(self.needs_point && self.needs_comma);
        // A single empty cell does not repeat, but an id may not be empty.
        let unique = self.all.is_some_and(|all| !all.is_empty() && !all.contains(""));
        let are_codes = self.few_words.len() <= FEW_WORDS
            && self.words < self.numbers
            && self.few_words.iter().all(|word| word.chars().count() <= LONGEST_WORD);
        let words = if are_codes { self.few_words } else { Vec::new() };
        let (low, high) = (self.low, self.high);
        let is_far = |code: f64| low >= 0.0 && code < 0.0 || code < low - (high - low) / 2.0 || code > high + (high - low) / 2.0;
        let value = |text: &str| number(text, '.', None).map_or(0.0, |score| score.to_f64());
        let codes = self.codes.into_iter().filter(|code| low <= high && is_far(value(code))).collect();
        let mark = match (self.needs_comma, self.needs_point) {
            (true, _) if self.comma_is_decimal => Some(DecimalMark::Comma),
            (true, _) => Some(DecimalMark::CommaOrThousands),
            (false, true) => Some(DecimalMark::Point),
            (false, false) => None,
        };
        let mut fitting = DATES.iter().zip(self.dates).filter(|(_, fits)| *fits).map(|(format, _)| *format);
        let date_format = if self.any { fitting.next().filter(|_| fitting.next().is_none()) } else { None };
        HeaderColumn { name, distinct, numeric, unique, mark, words, codes, date_format }
    }
}
