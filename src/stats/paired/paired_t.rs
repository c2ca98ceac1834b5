//! Student's paired t-test.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::{Changes, Estimable, Inference, Interval, NotEstimable, PValue};

/// The record of [`paired_t`]. With constant changes the mean stands and the rest is refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PairedT {
    pub mean_change: f64,
    pub sd_change: Estimable<f64>,
    pub std_error: Estimable<f64>,
    pub t: Estimable<f64>,
    pub df: f64,
    pub p: Estimable<PValue>,
    pub interval: Estimable<Interval>,
}

pub fn paired_t(_changes: &Changes, _null: f64, _inference: Inference) -> Result<PairedT, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
