//! The sign test.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::{Changes, Estimable, Inference, Interval, NotEstimable, PValue};

/// The record of [`sign_test`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignTest {
    pub n_positive: usize,
    pub n_negative: usize,
    pub n_zero: usize,
    pub p: Estimable<PValue>,
    /// n_positive / (n_positive + n_negative).
    pub share_positive: Estimable<f64>,
    /// Clopper–Pearson interval of `share_positive`.
    pub interval: Estimable<Interval>,
}

pub fn sign_test(_changes: &Changes, _inference: Inference) -> Result<SignTest, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
