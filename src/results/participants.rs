//! Who took part, as far as the plan's smallest cell lets it be told.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::trial::Ledger;

/// The pair ledger, or what may be shown of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Participants {
    /// Every count.
    Full(Ledger),
    /// One of the counts is below the smallest cell: what it could be found from is withheld with it.
    Withheld(WithheldLedger),
}

/// The ledger without the counts that hold, or give away, a small cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithheldLedger {
    /// Counts of fewer people are withheld.
    pub min_cell: usize,
    pub files: Vec<String>,
    /// Absent where the number of those who gave no pair of some outcome is itself small.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subjects: Option<usize>,
    pub outcomes: Vec<WithheldOutcome>,
}

/// What remains of the ledger of one outcome: the n of its analyses, unless that is small, too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WithheldOutcome {
    pub outcome: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pairs: Option<usize>,
}

impl Participants {
    /// The whole ledger, where no count of it is withheld.
    pub fn ledger(&self) -> Option<&Ledger> {
        match self {
            Participants::Full(ledger) => Some(ledger),
            Participants::Withheld(_) => None,
        }
    }

    /// Distinct subjects, where that may be told.
    pub fn subjects(&self) -> Option<usize> {
        match self {
            Participants::Full(ledger) => Some(ledger.subjects),
            Participants::Withheld(ledger) => ledger.subjects,
        }
    }

    /// Complete pairs of an outcome, where that may be told.
    pub fn pairs(&self, outcome: &str) -> Option<usize> {
        match self {
            Participants::Full(ledger) => ledger.outcomes.iter().find(|entry| entry.outcome == outcome).map(|entry| entry.pairs),
            Participants::Withheld(ledger) => ledger.outcomes.iter().find(|entry| entry.outcome == outcome)?.pairs,
        }
    }
}
