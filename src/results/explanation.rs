//! What else could explain a change: the records of regression to the mean, practice, benchmarks, missing scores, and how
//! strong the evidence is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::stats::evidence::{BayesFactor as Jzs, MinimalEffect, ScaleAt, Tost};
use crate::stats::missing::{CarriedForward, Completers, DeltaAdjusted, MarChange, MissingPattern, TippingPoint};
use crate::stats::one_arm::{
    AgainstBenchmark, AgainstControl, AgainstPractice, BaselineChange, ExpectedBySelection, MeeChua, MetaAnalysis, NetAt, NetChange,
    PropagatedNetChange,
};
use crate::stats::paired::PairedT;
use crate::stats::{CorrelationTest, Estimable};
use crate::trial::{Benchmark, Cut, Norm, Practice, Reliability, Stated};

/// How much of the change regression to the mean would bring about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegressionToMean {
    pub reliability: Stated<Reliability>,
    pub norm: Stated<Norm>,
    pub net: Estimable<NetChange>,
    /// With the uncertainty of the reliability, where its interval is known.
    pub propagated: Estimable<PropagatedNetChange>,
    /// What selection at entry alone would give.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub selection: Option<Selected>,
    pub mee_chua: Estimable<MeeChua>,
    pub baseline_change: Estimable<BaselineChange>,
    /// The net change at reliabilities from 0 to 1.
    pub curve: Vec<NetAt>,
}

/// The expected change of people who were selected by their score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Selected {
    pub entry: Stated<Cut>,
    pub expected: Estimable<ExpectedBySelection>,
}

/// The change beyond what taking the test again would give.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PracticeEffect {
    Constant { practice: Stated<Practice>, against: Estimable<AgainstPractice> },
    Control { against: Estimable<AgainstControl> },
}

/// The change beside changes that others saw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Benchmarks {
    pub rows: Vec<BenchmarkRow>,
    /// The random-effects mean of the estimates with standard errors, where there are two or more.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pooled: Option<Estimable<MetaAnalysis>>,
}

/// One benchmark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BenchmarkRow {
    pub benchmark: Benchmark,
    pub comparison: Comparison,
}

/// How a change is held against a benchmark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    Estimate(Estimable<AgainstBenchmark>),
    Criterion(Estimable<PairedT>),
}

/// What the people without a post score could change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MissingPost {
    pub pattern: MissingPattern,
    pub completers: Completers,
    /// The mean change under missing at random.
    pub mar: Estimable<MarChange>,
    pub tipping_point: Estimable<TippingPoint>,
    /// The mean change where the missing are better or worse than expected by so many points.
    pub delta: Vec<DeltaAdjusted>,
    /// Single imputations that the plan asks for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub carried_forward: Vec<Carried>,
}

/// A single imputation, by its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Carried {
    /// `locf` or `bocf`: with one post visit the same numbers.
    pub rule: String,
    pub change: Estimable<CarriedForward>,
}

/// Whether the mean change lies within bounds of no importance, or beyond them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Equivalence {
    pub bounds: [Decimal; 2],
    pub tost: Estimable<Tost>,
    pub minimal_effect: Estimable<MinimalEffect>,
}

/// The weight of evidence for a change against none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BayesFactor {
    pub jzs: Jzs,
    /// The same over scales of the prior.
    pub robustness: Vec<ScaleAt>,
}

/// How the changes of this outcome go with those of the outcomes after it in the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeCorrelations {
    pub rows: Vec<ChangeCorrelationRow>,
}

/// One pair of outcomes, over the people who have both changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeCorrelationRow {
    pub with: String,
    pub n: usize,
    pub correlation: Estimable<CorrelationTest>,
}
