//! Where the numbers come from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::Plan;
use crate::trial::Source;

/// What one needs to make the same numbers again. No clock, no machine, no absolute path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// `prepost 0.1.0`.
    pub version: String,
    /// SHA-256 of the plan file; absent where the plan was inferred.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub plan_sha256: Option<String>,
    /// Whether the plan was inferred from the header.
    pub plan_inferred: bool,
    pub data: Vec<Source>,
    /// SHA-256 of the sorted observations (subject, outcome, visit, value): the same for shuffled rows.
    pub observations_sha256: String,
    pub seed: u64,
    /// The plan as used, every default filled in.
    pub settings: Settings,
}

/// The plan as used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Settings(pub Plan);
