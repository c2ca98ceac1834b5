//! The root of the tree.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Analysis, Finding, Method, Participants, Population, Provenance};
use crate::plan::Effect;
use crate::stats::NotEstimable;
use crate::trial::{Outcome, ProblemCode};

/// The version of `results.json`; it rises when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// Every number that any output shows. Aggregate only: no subject ids, no clock, no absolute path, no NaN.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Results {
    pub schema_version: u32,
    pub trial: TrialInfo,
    pub provenance: Provenance,
    /// The pair ledger.
    pub participants: Participants,
    /// The outcomes, in plan order, completed from the catalogue.
    pub outcomes: Vec<Outcome>,
    pub analyses: Vec<Analysis>,
    /// Warnings about the data, without values or subjects.
    pub data_notes: Vec<DataNote>,
}

/// What the study is called.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct TrialInfo {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<String>,
}

/// A warning about the data, as the report repeats it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DataNote {
    pub code: ProblemCode,
    /// Absent where it is withheld.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub count: Option<usize>,
    pub message: String,
}

impl Results {
    /// The analysis of `outcome` by `method` in all complete pairs.
    pub fn analysis(&self, outcome: &str, method: Method) -> Option<&Analysis> {
        self.analyses.iter().find(|a| a.key.outcome == outcome && a.key.method == method && a.key.population == Population::Pairs)
    }

    /// The finding of `outcome` by `method` in all complete pairs: a record, a refusal, or `None` where not analysed.
    pub fn finding(&self, outcome: &str, method: Method) -> Option<Result<&Finding, &NotEstimable>> {
        self.analysis(outcome, method).map(|analysis| analysis.finding.as_result())
    }

    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    /// The method of the plan's headline effect size.
    pub fn headline(&self) -> Method {
        match self.provenance.settings.0.analysis.effect {
            Effect::DZ => Method::DZ,
            Effect::DAv => Method::DAv,
            Effect::DPre => Method::DPre,
            Effect::RankBiserial => Method::RankBiserial,
            Effect::PSuperiority => Method::PSuperiority,
        }
    }
}
