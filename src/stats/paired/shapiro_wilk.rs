//! The Shapiro–Wilk statistic of the changes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::{Changes, NotEstimable, PValue};

/// The record of [`shapiro_wilk`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShapiroWilk {
    pub w: f64,
    pub p: PValue,
}

pub fn shapiro_wilk(_changes: &Changes) -> Result<ShapiroWilk, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
