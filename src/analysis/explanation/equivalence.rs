//! Whether the mean change lies within bounds of no importance, or beyond them.

use super::super::outcome::List;
use crate::decimal::Decimal;
use crate::results::{Equivalence, Finding, Method};
use crate::stats::evidence::{minimal_effect, tost};
use crate::stats::{Inference, Pairs};

/// Nothing is asked where the plan states no bounds.
pub fn push(list: &mut List, pairs: &Pairs, bounds: Option<[Decimal; 2]>, asked: Inference) {
    let Some(bounds) = bounds else { return };
    let limits = bounds.map(Decimal::to_f64);
    let level = asked.conf_level;
    let tost = tost(pairs.changes(), limits, level).into();
    let minimal_effect = minimal_effect(pairs.changes(), limits, level).into();
    list.push(Method::Equivalence, Ok(Finding::Equivalence(Equivalence { bounds, tost, minimal_effect })), Vec::new());
}
