//! Yuen's paired test on 20 % trimmed means.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::{Estimable, Inference, Interval, NotEstimable, PValue, Pairs};

/// The record of [`yuen`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Yuen {
    /// Trimmed mean(post) − trimmed mean(pre).
    pub estimate: f64,
    pub std_error: f64,
    pub t: f64,
    pub df: f64,
    pub p: PValue,
    pub interval: Interval,
    /// Trimmed, winsorised robust d (Algina, Keselman & Penfield 2005).
    pub robust_d: Estimable<f64>,
}

pub fn yuen(_pairs: &Pairs, _inference: Inference) -> Result<Yuen, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
