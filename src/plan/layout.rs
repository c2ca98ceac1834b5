//! How the scores stand in the data.

use super::data_file::{file_and_sheet, file_name};
use super::{DataSection, FileOverride, OutcomeSection, Plan};

/// The layout that the keys of `[data]` declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One row a subject, two columns an outcome.
    Wide,
    /// One row a subject and visit, one column an outcome.
    Long,
    /// One row a subject, visit and outcome, one column for all scores.
    Tidy,
    /// One file a visit, joined by subject.
    TwoFiles,
}

impl Layout {
    /// In words, for messages.
    pub fn label(self) -> &'static str {
        match self {
            Layout::Wide => "wide layout",
            Layout::Long => "long layout",
            Layout::Tidy => "tidy long layout",
            Layout::TwoFiles => "two-file layout",
        }
    }
}

impl Plan {
    pub fn layout(&self) -> Layout {
        if self.data.pre.is_some() || self.data.post.is_some() {
            Layout::TwoFiles
        } else if self.data.outcome_column.is_some() {
            Layout::Tidy
        } else if self.data.visit.is_some() || self.visits.is_some() {
            Layout::Long
        } else {
            Layout::Wide
        }
    }
}

impl OutcomeSection {
    /// Whether it stands for every value of the outcome column.
    pub fn is_every_value(&self) -> bool {
        self.key.as_deref() == Some("*")
    }

    /// This outcome's value in the outcome column.
    pub fn key_or_id(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.id)
    }
}

impl DataSection {
    /// What differs in a file, found by its path as the plan writes it or by its name without folders; what is said of a workbook
    /// is said of each of its sheets that has no entry of its own.
    pub fn override_of(&self, file: &str) -> Option<&FileOverride> {
        let (workbook, _) = file_and_sheet(file);
        [file, file_name(file), workbook, file_name(workbook)].iter().find_map(|name| self.files_by_name.get(*name))
    }
}
