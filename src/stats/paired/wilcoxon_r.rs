//! r = z/√N.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::{Changes, NotEstimable};

/// The record of [`wilcoxon_r`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WilcoxonR {
    /// N = all pairs.
    pub r_pairs: f64,
    /// N = pairs whose change is not zero.
    pub r_nonzero: f64,
}

pub fn wilcoxon_r(_changes: &Changes) -> Result<WilcoxonR, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
