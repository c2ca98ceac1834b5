//! What is wrong with the input, each finding in its place.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One finding about a plan or a data file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    pub code: ProblemCode,
    pub severity: Severity,
    #[serde(flatten)]
    pub place: Place,
    /// The offending text, as read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<String>,
    /// How many cells, rows or subjects it is about.
    pub count: usize,
    /// Whether it stands for `count` more findings of its kind, which are not listed one by one.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub rest: bool,
    /// What was expected and what was found, in lower case, without the place.
    #[serde(rename = "message")]
    pub what: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<String>,
}

/// Where a finding is: file name without folders, sheet of a workbook, line as an editor shows it (from 1; in a file that
/// is no text, the row as its program numbers it), column by its header.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<String>,
}

/// Whether a finding stops the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
}

/// The codes, and the list of all: each has a page in `docs/problems/`.
macro_rules! problem_codes {
    ($($code:ident),* $(,)?) => {
        /// The stable code of each kind of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum ProblemCode {
            $($code),*
        }

        impl ProblemCode {
            pub const ALL: &[ProblemCode] = &[$(ProblemCode::$code),*];
        }
    };
}

problem_codes! {
    // the plan
    PlanSyntax,
    PlanUnknownKey,
    PlanMissingKey,
    PlanInvalidValue,
    PlanContradiction,
    PlanUnansweredQuestion,
    PlanNotYetSupported,
    // the catalogue
    CatalogueEntry,
    // files
    FileNotFound,
    FileEmpty,
    FileNotText,
    FileDamaged,
    NotATable,
    TooLarge,
    EncodingUnknown,
    SheetUncertain,
    SeparatorUncertain,
    HeaderOnly,
    HeaderNotFirst,
    HeaderRows,
    TransposedTable,
    // records
    ShortRow,
    LongRow,
    QuoteUnclosed,
    RepeatedHeader,
    SummaryRow,
    DuplicateColumn,
    ColumnMissing,
    // cells
    NotANumber,
    OutOfRange,
    OffStep,
    MissingCodeInRange,
    TextMarker,
    DigitsRounded,
    SuspectedCode,
    DateUnreadable,
    DateOrder,
    ItemsMissing,
    ItemsProrated,
    // subjects
    SubjectMissing,
    SubjectDamaged,
    SubjectTooLong,
    DuplicateSubject,
    NearMissId,
    DoubleEntry,
    JoinLoss,
    NoPairs,
    FewPairs,
    // rows and values
    MissingScores,
    ConstantColumn,
    ConstantChange,
    AllRowsFiltered,
    RowsFiltered,
    FilterSpellings,
    HiddenRows,
    UnknownVisit,
    OtherVisits,
    VisitSpellings,
    RepeatedScores,
    UnknownOutcome,
    GroupConflict,
    SmallCells,
}

impl ProblemCode {
    /// Whether its message tells of single rows: lines, ids, values. Such a message stays on the terminal and in
    /// `problems.json`; what is shared names the kind and the count.
    pub fn is_about_rows(self) -> bool {
        use ProblemCode::{
            DateOrder, DateUnreadable, DigitsRounded, DoubleEntry, DuplicateSubject, GroupConflict, NearMissId, RepeatedHeader,
            RepeatedScores, SubjectDamaged, SubjectMissing, SubjectTooLong, SummaryRow, SuspectedCode, TextMarker,
        };
        matches!(
            self,
            DateOrder
                | DateUnreadable
                | DigitsRounded
                | DoubleEntry
                | DuplicateSubject
                | GroupConflict
                | NearMissId
                | RepeatedHeader
                | RepeatedScores
                | SubjectDamaged
                | SubjectMissing
                | SubjectTooLong
                | SummaryRow
                | SuspectedCode
                | TextMarker
        )
    }

    /// The name as words: `missing scores`.
    pub fn words(self) -> String {
        self.name().replace('-', " ")
    }

    /// The kebab-case text, as in `problems.json`.
    pub fn name(self) -> String {
        let camel = format!("{self:?}");
        let mut name = String::with_capacity(camel.len() + 4);
        for (i, letter) in camel.chars().enumerate() {
            if letter.is_uppercase() && i > 0 {
                name.push('-');
            }
            name.extend(letter.to_lowercase());
        }
        name
    }
}

impl Problem {
    pub fn error(code: ProblemCode, place: Place, what: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, place, value: None, count: 1, rest: false, what: what.into(), hint: None }
    }

    pub fn warning(code: ProblemCode, place: Place, what: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, what) }
    }

    /// Stands for `count` more findings of a kind of which enough were listed.
    pub fn rest(severity: Severity, code: ProblemCode, place: Place, count: usize) -> Self {
        let noun = if count == 1 { "finding" } else { "findings" };
        let verb = if count == 1 { "is" } else { "are" };
        let what = format!("{count} more {noun} of the kind `{}`, which {verb} not listed one by one", code.name());
        Self { severity, count, rest: true, ..Self::error(code, place, what) }
    }

    /// How many findings it is.
    pub fn findings(&self) -> usize {
        if self.rest { self.count } else { 1 }
    }

    pub fn with_value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    pub fn with_count(mut self, count: usize) -> Self {
        self.count = count;
        self
    }

    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl Place {
    pub fn file(name: impl Into<String>) -> Self {
        Self { file: Some(name.into()), ..Self::default() }
    }

    pub fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    pub fn sheet(mut self, sheet: impl Into<String>) -> Self {
        self.sheet = Some(sheet.into());
        self
    }

    /// Whether the file has rows and no lines.
    fn counts_rows(&self) -> bool {
        const ROW_FORMATS: [&str; 9] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "parquet", "sav", "zsav", "dta"];
        let extension = self.file.as_ref().and_then(|file| file.rsplit_once('.')).map(|(_, extension)| extension.to_lowercase());
        self.sheet.is_some() || extension.is_some_and(|extension| ROW_FORMATS.contains(&extension.as_str()))
    }
}

/// ``scores.csv line 14, column `bdi2_post` ``, or ``scores.xlsx sheet `Data` row 14, column `bdi2_post` ``
impl Place {
    /// `line 5`, or `row 5` where a program counts rows; nothing where it is a whole file, or names that stand above all rows.
    pub fn row(&self) -> Option<String> {
        let counted = if self.counts_rows() { "row" } else { "line" };
        self.line.filter(|line| *line > 0).map(|line| format!("{counted} {line}"))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sheet = self.sheet.as_ref().map(|sheet| format!("sheet `{sheet}`"));
        let line = self.row();
        let row: Vec<String> = self.file.clone().into_iter().chain(sheet).chain(line).collect();
        let column = self.column.as_ref().map(|column| format!("column `{column}`"));
        let parts: Vec<String> = Some(row.join(" ")).filter(|row| !row.is_empty()).into_iter().chain(column).collect();
        f.write_str(&parts.join(", "))
    }
}

/// ``scores.csv line 14, column `bdi2_post`: expected 0 to 63, got 81``
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.to_string();
        if place.is_empty() { f.write_str(&self.what) } else { write!(f, "{place}: {}", self.what) }
    }
}

/// All findings of a run, in the order they were met.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    pub fn extend(&mut self, other: Problems) {
        self.0.extend(other.0);
    }

    pub fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }

    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter().filter(|problem| problem.severity == Severity::Error)
    }

    pub fn warnings(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter().filter(|problem| problem.severity == Severity::Warning)
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}
