//! The pair ledger: every row that was read, and every subject, in exactly one bin.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of everything that was read. `ledger.csv` and the flow figure are projections of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Ledger {
    /// One entry a file, in reading order.
    pub files: Vec<FileRows>,
    /// Distinct subjects in the rows that were used.
    pub subjects: usize,
    /// One entry an outcome, in plan order.
    pub outcomes: Vec<OutcomeLedger>,
}

/// The rows of one file: `read` is the sum of all `fates`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileRows {
    pub file: String,
    /// Data rows read (the header is none).
    pub read: usize,
    /// How many rows met each fate; only fates that occurred.
    pub fates: Vec<(RowFate, usize)>,
}

/// What became of one data row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowFate {
    /// Its scores entered the dataset.
    Used,
    /// Every cell was empty.
    Blank,
    /// Dropped by the plan's `where`.
    Filtered,
    /// Another visit than pre and post.
    OtherVisit,
    /// An outcome the plan does not name (tidy long layout).
    OtherOutcome,
    /// A form or repeat that holds none of the plan's scores (REDCap writes a row for each).
    OtherForm,
}

impl RowFate {
    pub const ALL: [RowFate; 6] =
        [RowFate::Used, RowFate::Blank, RowFate::Filtered, RowFate::OtherVisit, RowFate::OtherOutcome, RowFate::OtherForm];

    /// The stable name in `ledger.csv`.
    pub fn name(self) -> &'static str {
        match self {
            RowFate::Used => "used",
            RowFate::Blank => "blank",
            RowFate::Filtered => "filtered",
            RowFate::OtherVisit => "other_visit",
            RowFate::OtherOutcome => "other_outcome",
            RowFate::OtherForm => "other_form",
        }
    }

    /// In words, for figures and reports.
    pub fn label(self) -> &'static str {
        match self {
            RowFate::Used => "used",
            RowFate::Blank => "empty rows",
            RowFate::Filtered => "excluded by the plan's filter",
            RowFate::OtherVisit => "other visits",
            RowFate::OtherOutcome => "outcomes outside the plan",
            RowFate::OtherForm => "forms without the plan's scores",
        }
    }
}

/// The subjects of one outcome: `subjects` = `pairs` + the sum of `losses`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeLedger {
    pub outcome: String,
    pub subjects: usize,
    /// Subjects with a pre score.
    pub with_pre: usize,
    /// Subjects with a post score.
    pub with_post: usize,
    /// Subjects with both: the n of every analysis of the outcome.
    pub pairs: usize,
    /// Why the others give no pair; only reasons that occurred.
    pub losses: Vec<LossCount>,
}

/// How many subjects a reason cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LossCount {
    pub loss: Loss,
    pub count: usize,
}

/// Why a subject gives no pair of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// No row at the pre visit (long and two-file layouts).
    NoPreRow,
    /// No row at the post visit (long and two-file layouts).
    NoPostRow,
    /// A pre row whose score is missing.
    PreMissing,
    /// A post row whose score is missing.
    PostMissing,
    /// Neither score.
    BothMissing,
}

impl Loss {
    pub const ALL: [Loss; 5] = [Loss::NoPreRow, Loss::NoPostRow, Loss::PreMissing, Loss::PostMissing, Loss::BothMissing];

    /// The stable name in `ledger.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Loss::NoPreRow => "no_pre_row",
            Loss::NoPostRow => "no_post_row",
            Loss::PreMissing => "pre_missing",
            Loss::PostMissing => "post_missing",
            Loss::BothMissing => "both_missing",
        }
    }

    /// In words, for figures and reports.
    pub fn label(self) -> &'static str {
        match self {
            Loss::NoPreRow => "no pre visit",
            Loss::NoPostRow => "no post visit",
            Loss::PreMissing => "pre score missing",
            Loss::PostMissing => "post score missing",
            Loss::BothMissing => "both scores missing",
        }
    }
}

impl Ledger {
    /// Rows read in all files.
    pub fn rows_read(&self) -> usize {
        self.files.iter().map(|file| file.read).sum()
    }

    /// Rows that met `fate`, in all files.
    pub fn rows(&self, fate: RowFate) -> usize {
        self.files.iter().flat_map(|file| &file.fates).filter(|(f, _)| *f == fate).map(|(_, count)| count).sum()
    }

    /// Whether every row and every subject is in exactly one bin.
    pub fn reconciles(&self) -> bool {
        let rows = self.files.iter().all(|file| file.read == file.fates.iter().map(|(_, count)| count).sum::<usize>());
        let subjects = self.outcomes.iter().all(|outcome| {
            outcome.subjects == self.subjects
                && outcome.subjects == outcome.pairs + outcome.losses.iter().map(|loss| loss.count).sum::<usize>()
        });
        rows && subjects
    }
}
