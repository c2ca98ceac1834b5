//! A data file, as inference sees it.

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
    /// The sheet that was asked for.
    pub sheet: Option<String>,
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
    /// Distinct values where few (a visit or group column), in order of appearance.
    pub distinct: Vec<String>,
    /// Whether every non-missing cell is a number.
    pub numeric: bool,
    /// Whether no value repeats.
    pub unique: bool,
    /// The decimal mark that its numbers need; `None` where all are whole.
    pub mark: Option<DecimalMark>,
    /// The few words that stand among its numbers.
    pub words: Vec<String>,
    /// Numbers that people use as missing codes and that lie far from the others of the column.
    pub codes: Vec<String>,
    /// How its dates are written, where all are written in one way that can be no other.
    pub date_format: Option<&'static str>,
}

/// What a comma or point among digits must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    Point,
    Comma,
    /// Always before three digits: `1,234` may be a thousand or a little more than one.
    CommaOrThousands,
}

impl HeaderColumn {
    /// Whether it holds numbers, with or without a few words among them.
    pub fn has_numbers(&self) -> bool {
        self.numeric || !self.words.is_empty()
    }
}

impl From<(String, Vec<HeaderColumn>)> for LookedFile {
    fn from((name, columns): (String, Vec<HeaderColumn>)) -> Self {
        Self { name, columns, ..Self::default() }
    }
}
