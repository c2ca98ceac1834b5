//! Matched-pairs rank-biserial correlation.

use super::Effect;
use crate::stats::paired::Zeros;
use crate::stats::{Changes, NotEstimable};

/// Point estimate; its BCa interval comes from [`crate::stats::resample::bootstrap`].
pub fn rank_biserial(_changes: &Changes, _zeros: Zeros) -> Result<Effect, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
