//! What a change means: the records of clinical significance, each with the facts it rests on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::Estimable;
use crate::stats::clinical::{Class, Classes, CutoffKind, MeasurementError, Method as Rule, MultiverseRow, Norms, Responders as Shares};
use crate::stats::paired_binary::{McNemar, PairedDifference, PairedOddsRatio};
use crate::stats::proportion::Bounds;
use crate::stats::shift::{Bowker, MarginalHomogeneity};
use crate::trial::{Cut, Mcid, Norm, Reliability, ResponseRule, Stated};

/// Who changed by at least the least change that matters, for every threshold known, in order of preference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Responders {
    pub thresholds: Vec<ResponderRow>,
}

/// One threshold: the shares who improved and who worsened by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResponderRow {
    pub threshold: Stated<Mcid>,
    pub shares: Estimable<Shares>,
}

/// Who responded by the rule of the scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Response {
    pub rule: Stated<ResponseRule>,
    pub shares: Estimable<Shares>,
}

/// Who is in remission before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Remission {
    pub cut: Stated<Cut>,
    /// Shares at pre and post and their paired difference.
    pub difference: Estimable<PairedDifference>,
    pub mcnemar: Estimable<McNemar>,
    pub odds_ratio: Estimable<PairedOddsRatio>,
    /// Remission at post among all with a pre score, whatever became of those without a post score.
    pub bounds: Estimable<Bounds>,
}

/// Whose change is more than measurement error, and who crossed into the functional range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReliableChange {
    pub reliability: Stated<Reliability>,
    /// The clinical population: as stated, or the sample's own pre scores where nothing is.
    pub clinical: Norms,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub clinical_source: Option<String>,
    /// The functional population that the cut-off rests on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub functional: Option<Stated<Norm>>,
    pub error: MeasurementError,
    /// Every cut-off that the literature names, in raw points.
    pub cutoffs: Vec<CutoffRow>,
    /// The one that decides who recovered: c where it can be computed, else a.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deciding: Option<CutoffKind>,
    pub classes: Estimable<Classes>,
    /// The same people by every method.
    pub methods: Vec<MethodRow>,
}

/// A cut-off between the clinical and the functional range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CutoffRow {
    pub kind: CutoffKind,
    pub value: Estimable<f64>,
}

/// The classes by one method of reliable change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MethodRow {
    pub method: Rule,
    pub classes: Estimable<Classes>,
}

/// Shares improved over every defensible choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Multiverse {
    pub rows: Vec<MultiverseRow>,
    /// Lowest and highest share improved of the choices that can be computed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub improved_range: Option<[f64; 2]>,
}

/// Severity bands before (rows) and after (columns).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BandShift {
    /// From the lowest scores to the highest.
    pub bands: Vec<String>,
    /// `counts[pre][post]`.
    pub counts: Vec<Vec<u64>>,
    /// Pairs whose scores lie in no band.
    pub n_outside: usize,
    pub stuart_maxwell: Estimable<MarginalHomogeneity>,
    pub bhapkar: Estimable<MarginalHomogeneity>,
    pub bowker: Estimable<Bowker>,
}

/// What a change means for one person, in `individuals.csv`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PersonMeaning {
    /// The reliable-change index by the method that decides.
    pub reliable_change_index: Option<f64>,
    pub reliable_change: Option<Class>,
    /// Whether the first threshold known was reached.
    pub responder: Option<bool>,
    pub remission_pre: Option<bool>,
    pub remission_post: Option<bool>,
    pub band_pre: Option<String>,
    pub band_post: Option<String>,
}
