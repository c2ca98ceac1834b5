//! Facts about a scale that give a change its meaning, each with where it comes from and how well it is supported.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Evidence;
use crate::decimal::Decimal;

/// A change that matters, as the catalogue holds it: a magnitude, applied in the better direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct McidFact {
    pub value: Decimal,
    pub unit: ChangeUnit,
    #[serde(default)]
    pub kind: Importance,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub interval: Option<[f64; 2]>,
    /// What people's change was held against.
    pub anchor: String,
    pub population: String,
    pub source: String,
    pub evidence: Evidence,
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

/// What a change that matters is. Only the least one is the MCID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Importance {
    /// The least change that matters: the MCID.
    #[default]
    Minimal,
    /// A large change: "much improved", a substantial benefit.
    Substantial,
    /// Neither: its anchor says what it is.
    Other,
}

/// A reliability coefficient, or a standard error of measurement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReliabilityFact {
    pub value: f64,
    pub kind: ReliabilityKind,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub interval: Option<[f64; 2]>,
    pub population: String,
    pub source: String,
    pub evidence: Evidence,
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
    /// Agreement of raters: no repetition over time, so no index of change rests on it.
    IccInterrater,
    /// Standard error of measurement in points.
    Sem,
    /// Person reliability of a Rasch model: one occasion.
    Rasch,
}

/// Mean and SD of a population.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NormFact {
    pub mean: f64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sd: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub n: Option<u32>,
    pub population: String,
    pub source: String,
    pub evidence: Evidence,
}

/// Which scores are remission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CutFact {
    #[serde(flatten)]
    pub cut: Cut,
    pub source: String,
    pub evidence: Evidence,
}

/// What counts as response: an improvement, or a post score, or both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResponseFact {
    #[serde(flatten)]
    pub rule: ResponseRule,
    pub source: String,
    pub evidence: Evidence,
}

/// A score that draws a line. Exactly one bound is stated.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Cut {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Decimal>,
}

/// An improvement in percent of baseline or in points, and where stated a post score besides.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ResponseRule {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Decimal>,
    /// The post score must be at most this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Decimal>,
    /// The post score must be at least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Decimal>,
}

/// Who says so: the plan, or the catalogue with how well it knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    Plan,
    Seen,
    Derived,
    Recalled,
}

impl From<Evidence> for Basis {
    fn from(evidence: Evidence) -> Self {
        match evidence {
            Evidence::Seen => Basis::Seen,
            Evidence::Derived => Basis::Derived,
            Evidence::Recalled => Basis::Recalled,
        }
    }
}

impl Basis {
    /// In words, for reports.
    pub fn label(self) -> &'static str {
        match self {
            Basis::Plan => "stated in the plan",
            Basis::Seen => "checked against its source",
            Basis::Derived => "follows from checked facts",
            Basis::Recalled => "to be verified",
        }
    }
}

impl Importance {
    /// In words, for reports, figures and notes.
    pub fn label(self) -> &'static str {
        match self {
            Importance::Minimal => "MCID",
            Importance::Substantial => "substantial change",
            Importance::Other => "other threshold",
        }
    }
}

impl ReliabilityKind {
    /// In words, for reports.
    pub fn label(self) -> &'static str {
        match self {
            ReliabilityKind::TestRetest => "test–retest correlation",
            ReliabilityKind::Icc => "test–retest ICC",
            ReliabilityKind::Alpha => "Cronbach\u{2019}s alpha",
            ReliabilityKind::IccInterrater => "interrater ICC",
            ReliabilityKind::Sem => "standard error of measurement",
            ReliabilityKind::Rasch => "Rasch person reliability",
        }
    }

    /// Whether it tells how a score repeats itself over time, which an index of change rests on.
    pub fn is_retest(self) -> bool {
        matches!(self, ReliabilityKind::TestRetest | ReliabilityKind::Icc | ReliabilityKind::Sem)
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

    /// The bounds that are stated.
    pub fn bounds(&self) -> Vec<Decimal> {
        [self.at_most, self.below, self.at_least, self.above].into_iter().flatten().collect()
    }

    /// `≤ 13`, as figures and reports write it.
    pub fn words(&self) -> String {
        let bound = |sign: &str, bound: Option<Decimal>| bound.map(|bound| format!("{sign} {bound}"));
        let bounds = [bound("≤", self.at_most), bound("<", self.below), bound("≥", self.at_least), bound(">", self.above)];
        bounds.into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }
}

impl ResponseRule {
    /// `≥ 50 % better and post ≤ 9`
    pub fn words(&self) -> String {
        let parts = [
            self.percent.map(|percent| format!("≥ {percent} % better")),
            self.points.map(|points| format!("≥ {points} points better")),
            self.at_most.map(|bound| format!("post ≤ {bound}")),
            self.at_least.map(|bound| format!("post ≥ {bound}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }
}
