//! d_z·√(2(1 − r)).

use super::Effect;
use crate::stats::{NotEstimable, Pairs};

pub fn d_rm(_pairs: &Pairs) -> Result<Effect, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
