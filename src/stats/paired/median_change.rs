//! The median change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::{Changes, Estimable, Interval, NotEstimable};

/// The record of [`median_change`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MedianChange {
    pub estimate: f64,
    pub interval: Estimable<Interval>,
    pub achieved: Estimable<f64>,
}

pub fn median_change(_changes: &Changes, _conf_level: f64) -> Result<MedianChange, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
