//! A first look at a file that no plan describes yet: its columns, and what kind of values each holds.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;

use super::cell::number;
use super::content::Content;
use super::missing::MissingCodes;
use super::settings::FileSettings;
use super::table::Table;
use super::{bytes, encoding, shape};
use crate::plan::{DataSection, HeaderColumn};
use crate::trial::{Problems, RowFate};

/// A column with more distinct values than this lists none.
const FEW: usize = 20;

/// The columns of a data file, as [`crate::plan::infer`] wants them.
///
/// Rows of the wrong length are read over here: reading by the plan reports them.
pub fn look(file: &Path) -> Result<Vec<HeaderColumn>, Problems> {
    let data = DataSection::default();
    let mut settings = FileSettings::new(&data, &file.to_string_lossy(), Path::new(""));
    let bytes = bytes::read(&settings.path, &settings.name)?.bytes;
    let content = Content::Text(encoding::decode(bytes, encoding::About { name: &settings.name, declared: None, wanted: &[] })?);
    if let Some(guess) = shape::guess(&content, None) {
        settings.header_line = (guess.header_line > 1).then_some(guess.header_line);
        settings.skip_records = guess.skip_records;
    }
    let table = Table::open(&settings, &content, &[])?;
    let names = table.header.names().to_vec();
    let mut columns: Vec<Seen> = names.iter().map(|_| Seen::default()).collect();
    let codes = MissingCodes::default();
    table.rows(&mut Problems::default(), |row, _| {
        for (index, column) in columns.iter_mut().enumerate() {
            column.add(row.name(index), &codes);
        }
        Some(RowFate::Used)
    });
    Ok(names.into_iter().zip(columns).map(|(name, seen)| seen.into_column(name)).collect())
}

/// What is known of a column so far.
struct Seen<'a> {
    distinct: Vec<Cow<'a, str>>,
    is_long: bool,
    with_point: bool,
    with_comma: bool,
    any_number: bool,
    /// Every value so far, until one repeats.
    all: Option<HashSet<Cow<'a, str>>>,
}

impl Default for Seen<'_> {
    fn default() -> Self {
        Self { distinct: Vec::new(), is_long: false, with_point: true, with_comma: true, any_number: false, all: Some(HashSet::new()) }
    }
}

impl<'a> Seen<'a> {
    fn add(&mut self, value: Cow<'a, str>, codes: &MissingCodes) {
        if !value.is_empty() && !codes.has_text(&value) {
            self.any_number = true;
            self.with_point = self.with_point && number(&value, '.', None).is_ok();
            self.with_comma = self.with_comma && number(&value, ',', None).is_ok();
        }
        if !value.is_empty() && !self.is_long && !self.distinct.contains(&value) {
            self.is_long = self.distinct.len() == FEW;
            self.distinct.push(value.clone());
        }
        if self.all.as_mut().is_some_and(|all| !all.insert(value)) {
            self.all = None;
        }
    }

    fn into_column(self, name: String) -> HeaderColumn {
        let distinct = if self.is_long { Vec::new() } else { self.distinct.into_iter().map(Cow::into_owned).collect() };
        let numeric = self.any_number && (self.with_point || self.with_comma);
        // A single empty cell does not repeat, but an id may not be empty.
        let unique = self.all.is_some_and(|all| !all.is_empty() && !all.contains(""));
        HeaderColumn { name, distinct, numeric, unique }
    }
}
