//! Mean change over the pre SD.

use super::Effect;
use crate::stats::{NotEstimable, Pairs};

pub fn d_pre(_pairs: &Pairs, _conf_level: f64) -> Result<Effect, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
