//! The observations of a trial, matched by subject.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ledger, Loss, Outcome};
use crate::decimal::Score;
use crate::stats::Pairs;

/// Everything that was read: subjects in ascending order of id, and each outcome's scores in that order.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    pub subjects: Vec<Subject>,
    /// Labels of the visits: pre, post, then the further ones that the plan keeps.
    pub visits: Vec<String>,
    pub outcomes: Vec<OutcomeScores>,
    pub ledger: Ledger,
    pub sources: Vec<Source>,
}

/// A person. The id never leaves `individuals.csv`, `observations.csv` and messages about its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub id: String,
    /// The value of the plan's group column.
    pub group: Option<String>,
}

/// One outcome's scores, element `i` belonging to `Dataset::subjects[i]`.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeScores {
    pub outcome: Outcome,
    pub pre: Vec<Option<Score>>,
    pub post: Vec<Option<Score>>,
    /// The scores at each further visit, `Dataset::visits[2..]`; no analysis of the pair uses them.
    pub others: Vec<Vec<Option<Score>>>,
    /// Why a subject gives no pair; `None` where it does.
    pub loss: Vec<Option<Loss>>,
}

/// A file that was read: its name without folders, and the SHA-256 of its bytes in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    pub name: String,
    pub sha256: String,
}

impl OutcomeScores {
    /// Indices of the subjects with both scores, among those `keep` admits.
    pub fn complete(&self, keep: impl Fn(usize) -> bool) -> Vec<usize> {
        (0..self.pre.len()).filter(|&i| self.pre[i].is_some() && self.post[i].is_some() && keep(i)).collect()
    }

    /// The pairs of the subjects in `index`; those without both scores are left out.
    pub fn pairs(&self, index: &[usize]) -> Pairs {
        let (pre, post): (Vec<Score>, Vec<Score>) = index.iter().filter_map(|&i| Some((self.pre[i]?, self.post[i]?))).unzip();
        Pairs::new(&pre, &post)
    }
}
