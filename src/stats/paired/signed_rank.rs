//! Wilcoxon's signed-rank test.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::{Changes, Estimable, Inference, NotEstimable, PValue};

/// What is done with changes of zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Zeros {
    /// Ranked with the others, then dropped (Pratt 1959).
    Pratt,
    /// Dropped before ranking (Wilcoxon 1945).
    Drop,
}

/// The record of [`signed_rank`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignedRank {
    pub zeros: Zeros,
    pub w_plus: f64,
    pub w_minus: f64,
    pub n_zero: usize,
    /// Normal score of the asymptotic test that `p_asymptotic` rests on.
    pub z: Estimable<f64>,
    /// The exact p where computed, else the asymptotic.
    pub p: Estimable<PValue>,
    pub p_exact: Estimable<PValue>,
    pub p_asymptotic: Estimable<PValue>,
    pub p_asymptotic_uncorrected: Estimable<PValue>,
    /// z without continuity correction (what r = z/√N rests on).
    pub z_uncorrected: Estimable<f64>,
}

pub fn signed_rank(_changes: &Changes, _zeros: Zeros, _inference: Inference) -> Result<SignedRank, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
