//! What the plan may say of the meaning of a change: thresholds, reliability, norms, benchmarks, the estimand. Each fact has
//! its source; what the catalogue knows need not be repeated.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::trial::{ChangeUnit, Cut, Importance, ReliabilityKind, ResponseRule};

/// A change that matters: the least one, unless `kind` says otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mcid {
    /// A magnitude: it is applied in the better direction.
    pub value: Decimal,
    #[serde(default)]
    pub unit: ChangeUnit,
    #[serde(default, skip_serializing_if = "is_minimal")]
    pub kind: Importance,
    /// What people's change was held against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
    pub source: String,
}

fn is_minimal(kind: &Importance) -> bool {
    *kind == Importance::Minimal
}

/// Which scores are remission, or let people enter the trial.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct StatedCut {
    #[serde(flatten)]
    pub cut: Cut,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What counts as response.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatedResponse {
    #[serde(flatten)]
    pub rule: ResponseRule,
    pub source: String,
}

/// How well a score repeats itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reliability {
    /// Between 0 and 1.
    pub value: f64,
    pub kind: ReliabilityKind,
    /// Limits of its confidence interval, where the source gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<[f64; 2]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
    pub source: String,
}

/// Mean and SD of a population.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    pub mean: f64,
    pub sd: f64,
    /// How many people it rests on, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
    pub source: String,
}

/// What people gain by taking the test again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// Mean change, post − pre, without treatment.
    pub mean: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub std_error: Option<f64>,
    pub source: String,
}

/// `[estimand]`: what is to be estimated (ICH E9 R1).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EstimandSection {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub treatment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variable: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intercurrent: Vec<IntercurrentEvent>,
}

/// Something that happens after the start and changes what a score means, or whether there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IntercurrentEvent {
    pub event: String,
    pub strategy: Strategy,
}

/// How an intercurrent event is dealt with (ICH E9 R1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    TreatmentPolicy,
    Hypothetical,
    Composite,
    WhileOnTreatment,
    PrincipalStratum,
}

/// Single imputations that are shown on request, labelled, beside the analyses that decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CarriedForward {
    /// Last observation carried forward.
    Locf,
    /// Baseline observation carried forward.
    Bocf,
}

impl EstimandSection {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
