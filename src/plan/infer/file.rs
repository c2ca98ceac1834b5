//! A data file, as inference sees it.

use std::hash::{DefaultHasher, Hash, Hasher};

/// What a first look at a file found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LookedFile {
    /// The name by which the plan will call it.
    pub name: String,
    pub columns: Vec<HeaderColumn>,
    /// The encoding it was read in, where that is not UTF-8 or a byte-order mark says it.
    pub encoding: Option<FoundEncoding>,
    /// The line of the header, where it is not the first.
    pub header_line: Option<u64>,
    /// Records of question texts and import ids under the header.
    pub skip_records: u64,
    /// The sheet of a workbook that was looked at, where it was asked for or is one of several.
    pub sheet: Option<String>,
    /// Rows with two numbers and more, whether or not a header was found for them.
    pub number_rows: usize,
    /// The rows above the header.
    pub above: Vec<Vec<String>>,
    /// The first record under the header where it holds the question of each column.
    pub questions: Vec<String>,
}

/// The encoding a file was read in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEncoding {
    pub label: String,
    /// Whether the user said so; else it is the likeliest of the candidates.
    pub declared: bool,
    /// Other encodings in which the file decodes as well.
    pub others: Vec<String>,
}

/// A column of a data file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderColumn {
    pub name: String,
    /// What its name says in the way of the system that wrote it.
    pub said: Said,
    /// Distinct values where few (a visit or group column), in order of appearance.
    pub distinct: Vec<String>,
    /// Whether every non-missing cell is a number.
    pub numeric: bool,
    /// Whether most cells are numbers and some are not.
    pub mixed: bool,
    /// Whether no value repeats.
    pub unique: bool,
    /// The decimal mark that its numbers need; `None` where all are whole.
    pub mark: Option<DecimalMark>,
    /// The thousands mark that its numbers need.
    pub thousands: Option<char>,
    /// Whether whole numbers above 99 are written without a mark.
    pub large: bool,
    /// The few words among its cells that could say that a score is missing.
    pub words: Vec<String>,
    /// The first cells that are neither numbers nor such words: remarks, dates, numbers with units.
    pub damaged: Vec<String>,
    /// Numbers that people use as missing codes and that lie far from the others of the column.
    pub codes: Vec<String>,
    /// How its dates are written, where all are written in one way that can be no other.
    pub date_format: Option<&'static str>,
    /// What stands in each of the first rows, as [`HeaderColumn::row_value`] writes it.
    pub rows: Vec<u64>,
}

/// What a header says besides being a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Said {
    /// Nothing.
    #[default]
    Name,
    /// The code of a question and its text: `G1Q1. How often …`.
    Question { code: String, text: String },
    /// An item and the event at which it was asked: `BDI_TOTAL_E1_C1` with E1 the baseline.
    Event { item: String, number: u32, event: String },
}

/// What a comma or point among digits must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    Point,
    Comma,
    /// Always before three digits: `1,234` may be a thousand or a little more than one.
    CommaOrThousands,
    /// The same of a point.
    PointOrThousands,
}

impl HeaderColumn {
    /// Whether it holds numbers, with or without a few other cells among them.
    pub fn has_numbers(&self) -> bool {
        self.numeric || self.mixed
    }

    /// A value as a number that equal values share; 0 is kept for cells that are empty or say so.
    pub fn row_value(value: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        hasher.finish().max(1)
    }
}

impl From<(String, Vec<HeaderColumn>)> for LookedFile {
    fn from((name, columns): (String, Vec<HeaderColumn>)) -> Self {
        Self { name, columns, ..Self::default() }
    }
}
