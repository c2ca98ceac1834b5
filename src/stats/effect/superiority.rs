//! Probability that post is higher than pre within a person.

use super::Effect;
use crate::stats::{Changes, NotEstimable};

pub fn p_superiority(_changes: &Changes, _conf_level: f64) -> Result<Effect, NotEstimable> {
    Err(NotEstimable::NotComputed { why: "stub".into() })
}
