//! Pearson correlation of pre and post, and the Pitman–Morgan test of equal variances.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::{Estimable, Interval, NotEstimable, PValue, Pairs};

/// The record of [`correlation`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Correlation {
    pub r: f64,
    pub interval: Estimable<Interval>,
}

/// The record of [`pitman_morgan`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PitmanMorgan {
    pub statistic: f64,
    pub df: f64,
    pub p: PValue,
}

pub fn correlation(_pairs: &Pairs, _conf_level: f64) -> Result<Correlation, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}

pub fn pitman_morgan(_pairs: &Pairs) -> Result<PitmanMorgan, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
