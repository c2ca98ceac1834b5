//! Change against baseline, with Oldham's method beside it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::linear::{CorrelationTest, correlation_of};
use crate::stats::{Estimable, NotEstimable, Pairs};

/// The record of [`baseline_change`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BaselineChange {
    /// Correlation of change with pre: negative by construction, because pre stands in both.
    pub change_with_pre: Estimable<CorrelationTest>,
    /// Oldham: correlation of change with the mean of pre and post, 0 where the two visits vary alike.
    pub change_with_mean: Estimable<CorrelationTest>,
}

/// The correlation of change with baseline, and Oldham's correlation of change with the mean of both visits.
///
/// Unrelated pre and post of one SD correlate −.71 (change with pre) whatever happened. Oldham's correlation is that of
/// the Pitman–Morgan test: it asks whether the visits vary alike, and tells whether those who started higher changed more
/// only if nothing else changed the variance and entry was not by score.
/// Matches R: `cor.test(post - pre, pre)`, `cor.test(post - pre, (pre + post) / 2)`.
/// Source: Oldham (1962), J Chronic Dis 15:969; Tu & Gilthorpe (2007), Stat Med 26:443.
pub fn baseline_change(pairs: &Pairs, conf_level: f64) -> Result<BaselineChange, NotEstimable> {
    let n = pairs.n();
    if n < 2 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: n });
    }
    if pairs.changes().is_constant() {
        return Err(NotEstimable::ConstantChange);
    }
    let (pre, post) = (pairs.pre(), pairs.post());
    let change = post.minus(pre);
    Ok(BaselineChange {
        change_with_pre: correlation_of(&change, pre, conf_level).into(),
        change_with_mean: correlation_of(&change, &post.plus(pre), conf_level).into(),
    })
}
