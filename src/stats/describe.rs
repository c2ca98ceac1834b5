//! Descriptive statistics.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Estimable;
use crate::decimal::Scores;

/// One column of scores. Quartiles are type 7 (R's default).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    pub n: usize,
    pub mean: Estimable<f64>,
    pub sd: Estimable<f64>,
    pub median: Estimable<f64>,
    pub q1: Estimable<f64>,
    pub q3: Estimable<f64>,
    pub min: Estimable<f64>,
    pub max: Estimable<f64>,
    /// Adjusted Fisher–Pearson skewness; information for notes.
    pub skewness: Estimable<f64>,
}

pub fn summary(_scores: &Scores) -> Summary {
    unimplemented!()
}
