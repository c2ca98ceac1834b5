//! What the plan may say of the meaning of a change: thresholds, reliability, norms, benchmarks, the estimand. Each fact has
//! its source; what the catalogue knows need not be repeated.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;

/// A least important change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mcid {
    /// A magnitude: it is applied in the better direction.
    pub value: Decimal,
    #[serde(default)]
    pub unit: ChangeUnit,
    pub source: String,
}

/// What a change is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeUnit {
    #[default]
    Points,
    /// Percent of the person's own baseline.
    PercentOfBaseline,
}

/// A score that draws a line: on one side is remission, or who could enter the trial. Exactly one bound is stated.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What counts as response: an improvement, and where stated a post score besides.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// Improvement in percent of baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Decimal>,
    /// Improvement in points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Decimal>,
    /// The post score must be at most this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Decimal>,
    /// The post score must be at least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Decimal>,
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

/// What a reliability coefficient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReliabilityKind {
    /// Pearson correlation of two occasions.
    TestRetest,
    /// Intraclass correlation of two occasions.
    Icc,
    /// Cronbach's alpha: one occasion, so that a change index from it is a fallback and labelled so.
    Alpha,
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

impl Cut {
    /// Whether a score lies on the side that is meant; `None` where no bound is stated.
    pub fn holds(&self, score: Decimal) -> Option<bool> {
        let bounds = [
            self.at_most.map(|bound| score <= bound),
            self.below.map(|bound| score < bound),
            self.at_least.map(|bound| score >= bound),
            self.above.map(|bound| score > bound),
        ];
        bounds.into_iter().flatten().reduce(|all, holds| all && holds)
    }

    /// How many bounds are stated.
    pub fn bounds(&self) -> usize {
        [self.at_most, self.below, self.at_least, self.above].into_iter().flatten().count()
    }

    /// `≤ 13`, as figures and reports write it.
    pub fn words(&self) -> String {
        let bound = |sign: &str, bound: Option<Decimal>| bound.map(|bound| format!("{sign} {bound}"));
        let bounds = [bound("≤", self.at_most), bound("<", self.below), bound("≥", self.at_least), bound(">", self.above)];
        bounds.into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }
}
