//! The mean change when the missing did worse or better than missing at random says.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MarChange;
use crate::stats::wald::Wald;
use crate::stats::{Estimable, Inference, NotEstimable};

/// One delta and the change it leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeltaAdjusted {
    pub delta: f64,
    /// By the small-sample standard error.
    pub change: Estimable<Wald>,
}

/// The mean change if the missing scored `delta` points above what missing at random predicts for them.
///
/// change(δ) = MAR change + δ (n − m)/n. δ is an assumption, not an estimate: the standard error stays that of the MAR
/// estimate (small-sample form). Source: Ratitch, O'Kelly & Tosiello (2013), Pharm Stat 12:337.
pub fn delta_adjusted(mar: &MarChange, delta: f64, inference: Inference) -> DeltaAdjusted {
    let by = delta * ((mar.n - mar.m) as f64 / mar.n as f64);
    let small = mar.standard_errors.small_sample.as_result().map_err(Clone::clone);
    let change = small.and_then(|wald| if by.is_finite() { wald.shifted(by, inference) } else { Err(NotEstimable::Overflow) });
    DeltaAdjusted { delta, change: change.into() }
}

/// [`delta_adjusted`] at `steps` + 1 equally spaced values from `low` to `high`, for a figure.
pub fn delta_curve(mar: &MarChange, [low, high]: [f64; 2], steps: usize, inference: Inference) -> Vec<DeltaAdjusted> {
    let steps = steps.max(1);
    let at = |k: usize| {
        let share = k as f64 / steps as f64;
        low * (1.0 - share) + high * share
    };
    (0..=steps).map(|k| delta_adjusted(mar, at(k), inference)).collect()
}
