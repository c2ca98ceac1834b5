//! What an analysis can find: one variant a kind, one name a method.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    BandShift, BayesFactor, Benchmarks, ChangeCorrelations, Equivalence, MissingPost, Multiverse, PracticeEffect, RegressionToMean,
    ReliableChange, Remission, Responders, Response,
};
use crate::stats::density::ChangeDensity;
use crate::stats::effect::Effect;
use crate::stats::paired::{
    Correlation, HodgesLehmann, MedianChange, PairedT, Permutation, PitmanMorgan, ShapiroWilk, SignTest, SignedRank, WilcoxonR, Yuen,
};
use crate::stats::{Estimable, Interval, PValue};

pub use crate::stats::describe::Summary;
pub use crate::stats::shares::{ClassShares, ScaleEnds};

/// The record of one analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    Describe(Box<Describe>),
    PairedT(PairedT),
    SignedRank(SignedRank),
    HodgesLehmann(HodgesLehmann),
    MedianChange(MedianChange),
    Yuen(Yuen),
    WilcoxonR(WilcoxonR),
    SignTest(SignTest),
    Permutation(Permutation),
    ShapiroWilk(ShapiroWilk),
    Effect(Effect),
    Correlation(Correlation),
    PitmanMorgan(PitmanMorgan),
    Bootstrap(Bootstrap),
    Adjusted(Adjusted),
    Agreement(Agreement),
    Density(Box<ChangeDensity>),
    Responders(Responders),
    Response(Box<Response>),
    Remission(Box<Remission>),
    ReliableChange(Box<ReliableChange>),
    Multiverse(Multiverse),
    BandShift(BandShift),
    RegressionToMean(Box<RegressionToMean>),
    Practice(PracticeEffect),
    Benchmark(Benchmarks),
    MissingPost(Box<MissingPost>),
    Equivalence(Equivalence),
    BayesFactor(BayesFactor),
    ChangeCorrelation(ChangeCorrelations),
}

/// The name of a method, as in ids, JSON, `statistics.csv` and the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Describe,
    PairedT,
    SignedRank,
    SignedRankDrop,
    SignedRankPratt,
    HodgesLehmann,
    MedianChange,
    Yuen,
    WilcoxonR,
    SignTest,
    Permutation,
    ShapiroWilk,
    DZ,
    DAv,
    DPre,
    DRm,
    Correlation,
    PitmanMorgan,
    RankBiserial,
    RankBiserialDrop,
    RankBiserialPratt,
    PSuperiority,
    Bootstrap,
    Adjusted,
    /// The robustness strip: do the tests agree?
    Agreement,
    /// Curves for figures: densities of pre, post and the bootstrap mean change.
    Density,
    /// Who changed by the least change that matters.
    Responders,
    /// Who responded by the rule of the scale.
    Response,
    /// Who is in remission before and after.
    Remission,
    /// Whose change is more than measurement error; who recovered.
    ReliableChange,
    /// Shares improved over every defensible choice.
    Multiverse,
    /// Severity bands before and after.
    BandShift,
    RegressionToMean,
    /// The change beyond what taking the test again gives.
    Practice,
    Benchmark,
    /// What the people without a post score could change.
    MissingPost,
    Equivalence,
    BayesFactor,
    /// How the changes of outcomes go together.
    ChangeCorrelation,
}

impl Method {
    /// In the order of the tree and of `statistics.csv`.
    pub const ALL: [Method; 39] = [
        Method::Describe,
        Method::PairedT,
        Method::SignedRank,
        Method::SignedRankDrop,
        Method::SignedRankPratt,
        Method::HodgesLehmann,
        Method::MedianChange,
        Method::Yuen,
        Method::WilcoxonR,
        Method::SignTest,
        Method::Permutation,
        Method::ShapiroWilk,
        Method::DZ,
        Method::DAv,
        Method::DPre,
        Method::DRm,
        Method::Correlation,
        Method::PitmanMorgan,
        Method::RankBiserial,
        Method::RankBiserialDrop,
        Method::RankBiserialPratt,
        Method::PSuperiority,
        Method::Bootstrap,
        Method::Adjusted,
        Method::Agreement,
        Method::Density,
        Method::Responders,
        Method::Response,
        Method::Remission,
        Method::ReliableChange,
        Method::Multiverse,
        Method::BandShift,
        Method::RegressionToMean,
        Method::Practice,
        Method::Benchmark,
        Method::MissingPost,
        Method::Equivalence,
        Method::BayesFactor,
        Method::ChangeCorrelation,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Method::Describe => "describe",
            Method::PairedT => "paired_t",
            Method::SignedRank => "signed_rank",
            Method::SignedRankDrop => "signed_rank_drop",
            Method::SignedRankPratt => "signed_rank_pratt",
            Method::HodgesLehmann => "hodges_lehmann",
            Method::MedianChange => "median_change",
            Method::Yuen => "yuen",
            Method::WilcoxonR => "wilcoxon_r",
            Method::SignTest => "sign_test",
            Method::Permutation => "permutation",
            Method::ShapiroWilk => "shapiro_wilk",
            Method::DZ => "d_z",
            Method::DAv => "d_av",
            Method::DPre => "d_pre",
            Method::DRm => "d_rm",
            Method::Correlation => "correlation",
            Method::PitmanMorgan => "pitman_morgan",
            Method::RankBiserial => "rank_biserial",
            Method::RankBiserialDrop => "rank_biserial_drop",
            Method::RankBiserialPratt => "rank_biserial_pratt",
            Method::PSuperiority => "p_superiority",
            Method::Bootstrap => "bootstrap",
            Method::Adjusted => "adjusted",
            Method::Agreement => "agreement",
            Method::Density => "density",
            Method::Responders => "responders",
            Method::Response => "response",
            Method::Remission => "remission",
            Method::ReliableChange => "reliable_change",
            Method::Multiverse => "multiverse",
            Method::BandShift => "band_shift",
            Method::RegressionToMean => "regression_to_mean",
            Method::Practice => "practice",
            Method::Benchmark => "benchmark",
            Method::MissingPost => "missing_post",
            Method::Equivalence => "equivalence",
            Method::BayesFactor => "bayes_factor",
            Method::ChangeCorrelation => "change_correlation",
        }
    }
}

/// Descriptive statistics of an outcome. `pre`, `post` and `change` rest on the same complete pairs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Describe {
    /// Subjects of the population without a pre score.
    pub n_missing_pre: Estimable<usize>,
    /// Subjects of the population without a post score.
    pub n_missing_post: Estimable<usize>,
    pub pre: Summary,
    pub post: Summary,
    pub change: Summary,
    /// Student's t interval of the pre mean, and of the post mean: for showing where the means lie, not for comparing them.
    pub mean_interval_pre: Estimable<Interval>,
    pub mean_interval_post: Estimable<Interval>,
    /// Pearson correlation of pre and post.
    pub r: Estimable<f64>,
    /// Percent of scores at the lowest and highest value the scale allows; absent without a range.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub scale_ends: Option<ScaleEnds>,
    /// Share of people who improved, did not change, got worse (percent); absent without a better direction.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub classes: Option<ClassShares>,
}

/// BCa intervals over people, all from the same resamples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bootstrap {
    pub replicates: usize,
    pub mean_change: Estimable<Interval>,
    pub d_av: Estimable<Interval>,
    pub d_pre: Estimable<Interval>,
    /// Benefit-coded; absent where the scale has no better direction.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub d_av_benefit: Option<Estimable<Interval>>,
}

/// The p-value of the deciding test, adjusted within its family.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Adjusted {
    /// The procedure, as the plan names it.
    pub procedure: String,
    /// The deciding test.
    pub test: Method,
    pub p_raw: PValue,
    pub p: PValue,
    /// The family, e.g. `role=secondary`.
    pub family: String,
    pub family_size: usize,
}

/// Do t, signed-rank, permutation and bootstrap say the same at α = 1 − confidence level?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    pub alpha: f64,
    pub verdicts: Vec<TestVerdict>,
    /// Whether all that could be computed agree (direction and decision).
    pub agree: bool,
}

/// What one method says of the change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TestVerdict {
    pub method: Method,
    /// p for tests; absent for intervals.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub p: Option<PValue>,
    /// Interval for methods that decide by one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub interval: Option<Interval>,
    pub verdict: Verdict,
}

/// The decision of one method at α.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A rise is established.
    Increase,
    /// A fall is established.
    Decrease,
    /// Neither is.
    NoChangeShown,
    NotEstimable,
}
