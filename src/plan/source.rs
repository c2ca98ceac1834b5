//! A TOML document with the lines of its keys, read key by key so that everything wrong is found at once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::de::DeserializeOwned;
use serde::de::value::StrDeserializer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::OneOrMore;
use super::message::{Variants, one_of, suggest};
use crate::decimal::Decimal;
use crate::trial::{Place, Problem, ProblemCode, Problems};

/// Where each key of a plan stands, by its path (`outcome[0].range`).
#[derive(Debug, Default)]
pub(super) struct Lines(BTreeMap<String, u64>);

impl Lines {
    /// The line of a key, or of the nearest table around it.
    pub fn of(&self, path: &str) -> Option<u64> {
        let mut path = path;
        loop {
            if let Some(line) = self.0.get(path) {
                return Some(*line);
            }
            path = path.rsplit_once('.')?.0;
        }
    }

    /// Whether the key stands in the document, right or wrong.
    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }
}

/// A document while it is read: the findings and the lines so far.
pub(super) struct Source<'t> {
    name: &'t str,
    /// Byte offsets at which lines start.
    starts: Vec<usize>,
    problems: RefCell<Problems>,
    lines: RefCell<Lines>,
}

impl<'t> Source<'t> {
    pub fn new(text: &str, name: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name, starts, problems: RefCell::default(), lines: RefCell::default() }
    }

    /// The line of a byte offset, from 1.
    pub fn line(&self, offset: usize) -> u64 {
        self.starts.partition_point(|start| *start <= offset) as u64
    }

    pub fn push(&self, code: ProblemCode, line: u64, what: String, value: Option<String>, hint: Option<String>) {
        let mut problem = Problem::error(code, Place::file(self.name).line(line), what);
        problem.value = value;
        problem.hint = hint;
        self.problems.borrow_mut().push(problem);
    }

    pub fn into_parts(self) -> (Problems, Lines) {
        (self.problems.into_inner(), self.lines.into_inner())
    }
}

/// One table while it is read. The keys asked for are the valid ones; what is left at the end is unknown.
pub(super) struct Table<'a> {
    source: &'a Source<'a>,
    table: &'a DeTable<'a>,
    path: String,
    asked: Vec<&'static str>,
}

impl<'a> Table<'a> {
    pub fn root(source: &'a Source<'a>, table: &'a DeTable<'a>) -> Self {
        Self { source, table, path: String::new(), asked: Vec::new() }
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn child(&self, key: &str, table: &'a DeTable<'a>) -> Self {
        Self { source: self.source, table, path: self.path_of(key), asked: Vec::new() }
    }

    fn mark(&self, path: String, offset: usize) {
        self.source.lines.borrow_mut().0.insert(path, self.source.line(offset));
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(key);
        let (name, value) = self.table.get_key_value(key)?;
        self.mark(self.path_of(key), name.span().start);
        Some(value)
    }

    fn invalid(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str, hint: Option<String>) {
        let found = found(value.get_ref());
        let what = format!("`{}`: expected {expected}, got {found}", self.path_of(key));
        self.source.push(ProblemCode::PlanInvalidValue, self.source.line(value.span().start), what, Some(found), hint);
    }

    /// The value of a key read by `read`; where that fails, a finding that says what was expected.
    fn get<T>(&mut self, key: &'static str, expected: &str, read: impl Fn(&DeValue<'a>) -> Option<T>) -> Option<T> {
        let value = self.take(key)?;
        let result = read(value.get_ref());
        if result.is_none() {
            self.invalid(key, value, expected, None);
        }
        result
    }

    /// A text that is not blank.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        self.get(key, "a text in quotes that is not empty", |value| {
            value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
        })
    }

    /// A text that may be a blank, like a separator.
    pub fn mark_text(&mut self, key: &'static str) -> Option<String> {
        self.get(key, "a character in quotes", |value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned))
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        self.get(key, "a list of texts, like [\"a\", \"b\"]", texts)
    }

    /// A text or a list of texts, none of them blank.
    pub fn one_or_more(&mut self, key: &'static str) -> Option<OneOrMore> {
        self.get(key, "a text or a list of texts, none of them empty", |value| {
            one_or_more(value).filter(|texts| texts.as_slice().iter().all(|text| !text.trim().is_empty()))
        })
    }

    /// A list of whole numbers from 1.
    pub fn numbers(&mut self, key: &'static str) -> Option<Vec<u32>> {
        self.get(key, "a list of whole numbers from 1, like [2, 4]", |value| {
            let number = |item: &DeValue<'_>| number_text(item)?.parse::<u32>().ok().filter(|number| *number > 0);
            value.as_array()?.iter().map(|item| number(item.get_ref())).collect()
        })
    }

    /// A file name that is not blank, each in a list.
    pub fn file_names(&mut self, key: &'static str) -> Vec<String> {
        self.get(key, "a list of file names, like [\"scores.csv\"]", |value| {
            texts(value).filter(|names| names.iter().all(|name| !name.trim().is_empty()))
        })
        .unwrap_or_default()
    }

    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        self.get(key, "true or false", DeValue::as_bool)
    }

    /// A whole number inside `range`.
    pub fn whole(&mut self, key: &'static str, range: RangeInclusive<u64>) -> Option<u64> {
        let expected = match (*range.start(), *range.end()) {
            (0, u64::MAX) => "a whole number, 0 or more".to_owned(),
            (least, u64::MAX) => format!("a whole number, {least} or more"),
            (least, most) => format!("a whole number from {least} to {most}"),
        };
        self.get(key, &expected, |value| {
            let integer = value.as_integer()?;
            u64::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|number| range.contains(number))
        })
    }

    /// A whole number inside `range`, as `u32`.
    pub fn whole32(&mut self, key: &'static str, range: RangeInclusive<u32>) -> Option<u32> {
        self.whole(key, u64::from(*range.start())..=u64::from(*range.end())).and_then(|number| u32::try_from(number).ok())
    }

    /// A number strictly between two.
    pub fn number_between(&mut self, key: &'static str, (low, high): (f64, f64)) -> Option<f64> {
        self.get(key, &format!("a number between {low} and {high}"), |value| {
            number_text(value)?.parse().ok().filter(|number| *number > low && *number < high)
        })
    }

    /// A finite number.
    pub fn number(&mut self, key: &'static str) -> Option<f64> {
        self.get(key, "a number like 1 or 0.5", number)
    }

    /// Two finite numbers, the lower first.
    pub fn float_pair(&mut self, key: &'static str) -> Option<[f64; 2]> {
        self.get(key, "two numbers, the lower first, like [0.85, 0.96]", |value| match value.as_array()? {
            items if items.len() == 2 => Some([number(items[0].get_ref())?, number(items[1].get_ref())?]).filter(|[low, high]| low < high),
            _ => None,
        })
    }

    /// Reports a key that must be there and is not.
    fn require<T>(&mut self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.table.contains_key(key) {
            let what = format!("`{}`: expected a value, got nothing", self.path_of(key));
            let hint = match key {
                "source" => "say where the fact comes from: a paper, a manual, a decision of yours",
                _ => "docs/plan.md shows the whole block",
            };
            let line = self.source.lines.borrow().of(&self.path).unwrap_or(1);
            self.source.push(ProblemCode::PlanMissingKey, line, what, None, Some(hint.to_owned()));
        }
        value
    }

    pub fn required_text(&mut self, key: &'static str) -> Option<String> {
        let value = self.text(key);
        self.require(key, value)
    }

    pub fn required_number(&mut self, key: &'static str) -> Option<f64> {
        let value = self.number(key);
        self.require(key, value)
    }

    pub fn required_decimal(&mut self, key: &'static str) -> Option<Decimal> {
        let value = self.decimal(key);
        self.require(key, value)
    }

    pub fn required_word<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        let value = self.word(key);
        self.require(key, value)
    }

    pub fn decimal(&mut self, key: &'static str) -> Option<Decimal> {
        self.get(key, "a number like 1 or 0.5", decimal)
    }

    /// Two numbers, `[min, max]`.
    pub fn pair(&mut self, key: &'static str) -> Option<[Decimal; 2]> {
        self.get(key, "two numbers, like [0, 63]", |value| match value.as_array()? {
            items if items.len() == 2 => Some([decimal(items[0].get_ref())?, decimal(items[1].get_ref())?]),
            _ => None,
        })
    }

    /// One of the words of an enumeration.
    pub fn word<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        let value = self.take(key)?;
        self.word_from(key, value)
    }

    /// A list of such words.
    pub fn words<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<Vec<T>> {
        let value = self.take(key)?;
        let Some(items) = value.get_ref().as_array() else {
            self.invalid(key, value, "a list of words, like [\"a\", \"b\"]", None);
            return None;
        };
        Some(items.iter().filter_map(|item| self.word_from(key, item)).collect())
    }

    fn word_from<T: DeserializeOwned>(&self, key: &str, value: &Spanned<DeValue<'a>>) -> Option<T> {
        let word = value.get_ref().as_str().unwrap_or_default();
        match T::deserialize(StrDeserializer::<Variants>::new(word)) {
            Ok(read) => Some(read),
            Err(Variants(valid)) => {
                self.invalid(key, value, &one_of(valid), suggest(word, valid.iter().copied()));
                None
            }
        }
    }

    /// The table under a key.
    pub fn table(&mut self, key: &'static str) -> Option<Table<'a>> {
        let value = self.take(key)?;
        match value.get_ref().as_table() {
            Some(table) => Some(self.child(key, table)),
            None => {
                self.invalid(key, value, &format!("a table, [{}]", self.path_of(key)), None);
                None
            }
        }
    }

    /// The tables of a list, `[[key]]`.
    pub fn tables(&mut self, key: &'static str) -> Vec<Table<'a>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.invalid(key, value, &format!("a list of tables, each under [[{key}]]"), None);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let path = format!("{}[{index}]", self.path_of(key));
            self.mark(path.clone(), item.span().start);
            match item.get_ref().as_table() {
                Some(table) => tables.push(Table { source: self.source, table, path, asked: Vec::new() }),
                None => self.invalid(key, item, &format!("a table under [[{key}]]"), None),
            }
        }
        tables
    }

    /// Every entry of a table whose keys are free names, each value read by `read`.
    pub fn entries<T>(&mut self, key: &'static str, expected: &str, read: impl Fn(&DeValue<'a>) -> Option<T>) -> BTreeMap<String, T> {
        let Some(table) = self.table(key) else { return BTreeMap::new() };
        let mut entries = BTreeMap::new();
        for (name, value) in table.table {
            table.mark(table.path_of(name.get_ref()), name.span().start);
            match read(value.get_ref()) {
                Some(read) => drop(entries.insert(name.get_ref().to_string(), read)),
                None => table.invalid(name.get_ref(), value, expected, None),
            }
        }
        entries
    }

    /// Every table of a table whose keys are free names.
    pub fn named_tables(&mut self, key: &'static str) -> Vec<(String, Table<'a>)> {
        let Some(table) = self.table(key) else { return Vec::new() };
        let mut tables = Vec::new();
        for (name, value) in table.table {
            table.mark(table.path_of(name.get_ref()), name.span().start);
            match value.get_ref().as_table() {
                Some(inner) => tables.push((name.get_ref().to_string(), table.child(name.get_ref(), inner))),
                None => table.invalid(name.get_ref(), value, "a table of the keys that differ in this file", None),
            }
        }
        tables
    }

    /// Reports the keys that were not asked for: nobody knows them.
    pub fn finish(self) {
        for name in self.table.keys() {
            let key: &str = name.get_ref();
            if self.asked.contains(&key) {
                continue;
            }
            let line = self.source.line(name.span().start);
            let place = match self.path.as_str() {
                "" => "at the top level".to_owned(),
                path => format!("in [{path}]"),
            };
            let hint = suggest(key, self.asked.iter().copied()).unwrap_or_else(|| {
                format!("the keys here are {}", self.asked.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", "))
            });
            self.source.push(ProblemCode::PlanUnknownKey, line, format!("unknown key `{key}` {place}"), Some(key.to_owned()), Some(hint));
        }
    }
}

/// A text or a list of at least one.
pub(super) fn one_or_more(value: &DeValue<'_>) -> Option<OneOrMore> {
    match value.as_str() {
        Some(text) => Some(OneOrMore::One(text.to_owned())),
        None => texts(value).filter(|values| !values.is_empty()).map(OneOrMore::More),
    }
}

/// A list of texts, as [`Table::entries`] reads it too.
fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
}

/// The digits of a number as typed, with a decimal radix.
fn number_text<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    match value {
        DeValue::Integer(integer) if integer.radix() == 10 => Some(integer.as_str()),
        DeValue::Float(float) => Some(float.as_str()),
        _ => None,
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    number_text(value)?.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Read from the text as typed, so that 0.1 is 0.1.
fn decimal(value: &DeValue<'_>) -> Option<Decimal> {
    number_text(value)?.parse().ok()
}

/// What stands in the plan, in words.
fn found(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("\"{text}\""),
        DeValue::Integer(integer) => integer.to_string(),
        DeValue::Float(float) => float.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(items) => {
            format!("the list [{}]", items.iter().map(|item| found(item.get_ref())).collect::<Vec<_>>().join(", "))
        }
        DeValue::Table(_) => "a table".to_owned(),
    }
}
