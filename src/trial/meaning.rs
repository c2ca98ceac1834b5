//! What is known of an outcome's scale as a run uses it: the plan's word first, then what the catalogue holds and the plan
//! accepts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Basis, ChangeUnit, Cut, Importance, ReliabilityKind, ResponseRule};
use crate::decimal::Decimal;

/// A fact and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stated<T> {
    pub fact: T,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub population: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<String>,
    pub basis: Basis,
}

/// Everything that gives an outcome's change its meaning. Lists are in order of preference; the first is used where one is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Meaning {
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub mcid: Vec<Stated<Mcid>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remission: Option<Stated<Cut>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub response: Option<Stated<ResponseRule>>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reliability: Vec<Stated<Reliability>>,
    /// The functional population.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub norm: Vec<Stated<Norm>>,
    /// The clinical population; the sample's own pre scores where absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub clinical_norm: Option<Stated<Norm>>,
    /// Which scores let people enter the trial.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entry: Option<Stated<Cut>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub practice: Option<Stated<Practice>>,
    /// What the catalogue says of gains by taking the test again, in words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub practice_effect: Option<String>,
    /// Mean changes between these two, in points, are no change that matters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub equivalence: Option<[Decimal; 2]>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub benchmarks: Vec<Benchmark>,
    /// Facts that the catalogue holds from general knowledge alone and the plan does not accept: `mcid`, `remission` …
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub not_accepted: Vec<String>,
}

/// A change that matters: a magnitude, applied in the better direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mcid {
    pub value: Decimal,
    pub unit: ChangeUnit,
    #[serde(default)]
    pub kind: Importance,
    /// What people's change was held against.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub anchor: Option<String>,
}

/// A reliability coefficient or a standard error of measurement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reliability {
    pub value: f64,
    pub kind: ReliabilityKind,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub interval: Option<[f64; 2]>,
}

/// Mean and SD of a population.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Norm {
    pub mean: f64,
    pub sd: f64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub n: Option<u32>,
}

/// Mean change, post − pre, of people who take the test again without treatment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Practice {
    pub mean: f64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub std_error: Option<f64>,
}

/// A change that others saw, or a criterion fixed in advance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Benchmark {
    pub label: String,
    #[serde(default)]
    pub kind: BenchmarkKind,
    /// Mean change, post − pre.
    pub mean_change: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub std_error: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    pub source: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
    /// From when to when the change was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_origin: Option<String>,
    /// How it differs from this trial, each in a sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mismatches: Vec<String>,
}

/// What a benchmark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BenchmarkKind {
    /// A mean that another study estimated.
    #[default]
    Estimate,
    /// A performance criterion fixed in advance: it has no error.
    Criterion,
}

impl Meaning {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
