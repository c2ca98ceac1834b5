//! Kernel densities, for figures that show distributions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Estimable;

/// The curves of one outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeDensity {
    pub pre: Estimable<Density>,
    pub post: Estimable<Density>,
    /// Of the bootstrap distribution of the mean change.
    pub bootstrap_mean_change: Estimable<Density>,
}

/// A density on an equally spaced grid: `density[i]` at `from + i · step`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Density {
    /// `normal kernel, bandwidth nrd0`.
    pub kernel: String,
    pub bandwidth: f64,
    pub from: f64,
    pub step: f64,
    pub density: Vec<f64>,
    /// Lowest and highest value of the curve where it was cut at the range of the scale.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cut: Option<[f64; 2]>,
}

/// Normal-kernel density of `values` on 128 points; `cut` bounds the curve at the ends of the scale.
pub fn density(_values: &[f64], _cut: Option<[f64; 2]>) -> Result<Density, super::NotEstimable> {
    Err(super::NotEstimable::NotComputed { why: "stub".into() })
}
