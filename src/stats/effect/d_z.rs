//! Mean change over the SD of change.

use super::Effect;
use crate::stats::{NotEstimable, Pairs};

pub fn d_z(_pairs: &Pairs, _conf_level: f64) -> Result<Effect, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
