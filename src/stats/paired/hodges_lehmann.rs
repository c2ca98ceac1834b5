//! The Hodges–Lehmann estimate of the change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::{Changes, Estimable, Interval, NotEstimable};

/// The record of [`hodges_lehmann`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HodgesLehmann {
    pub estimate: f64,
    pub interval: Estimable<Interval>,
    /// The level the interval attains (conservative under ties).
    pub achieved: Estimable<f64>,
}

pub fn hodges_lehmann(_changes: &Changes, _conf_level: f64) -> Result<HodgesLehmann, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
