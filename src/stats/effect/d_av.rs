//! Mean change over the root mean variance.

use super::Effect;
use crate::stats::{NotEstimable, Pairs};

pub fn d_av(_pairs: &Pairs, _conf_level: f64) -> Result<Effect, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
