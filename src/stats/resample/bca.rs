//! The bias-corrected and accelerated interval.

use crate::stats::{Interval, NotEstimable};

/// BCa interval from an estimate, its replicates and its jackknife values (leave-one-out estimates).
pub fn bca(_estimate: f64, _replicates: &[f64], _jackknife: &[f64], _conf_level: f64) -> Result<Interval, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
