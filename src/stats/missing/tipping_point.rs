//! How far the missing must be from the observed before the conclusion falls.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MarChange;
use crate::stats::estimate::zero_sign_free;
use crate::stats::{Estimable, NotEstimable};

/// The record of [`tipping_point`]. Deltas are in raw points of post; whether they are worse or better is the reader's scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TippingPoint {
    /// How many are missing.
    pub missing: usize,
    /// δ that makes the mean change 0.
    pub change_zero: f64,
    /// δ at which the small-sample interval reaches 0; 0 when it already does.
    pub interval_zero: Estimable<f64>,
}

/// The deltas at which the mean change, and the nearer limit of its interval, are 0.
///
/// From change(δ) = MAR change + δ (n − m)/n: δ = −value · n/(n − m), for the MAR change and for the limit of its
/// small-sample interval on the side of 0. Refused where nobody is missing.
/// Source: Yan, Lee & Li (2009), J Biopharm Stat 19:1085.
pub fn tipping_point(mar: &MarChange) -> Result<TippingPoint, NotEstimable> {
    let missing = mar.n - mar.m;
    if missing == 0 {
        return Err(NotEstimable::NotComputed { why: "nobody's post score is missing".into() });
    }
    let back = |value: f64| zero_sign_free(-value * (mar.n as f64 / missing as f64));
    let interval_zero = mar.standard_errors.small_sample.map(|wald| match wald.interval {
        interval if interval.contains(0.0) => 0.0,
        interval if interval.lower > 0.0 => back(interval.lower),
        interval => back(interval.upper),
    });
    Ok(TippingPoint { missing, change_zero: back(mar.mean_change), interval_zero })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Inference;
    use crate::stats::missing::{Followed, delta_adjusted, delta_curve, mar_change};

    #[test]
    fn at_the_tipping_point_the_conclusion_falls() {
        let two = Inference::two_sided(0.95);
        let mut people: Vec<_> =
            [(20.0, 14.0), (24.0, 17.5), (31.0, 22.0), (18.0, 15.0), (27.0, 20.5)].iter().map(|(x, y)| (Some(*x), Some(*y))).collect();
        people.extend([(Some(33.0), None), (Some(30.0), None)]);
        let mar = mar_change(&Followed::from_f64(&people), two).unwrap();
        let tip = tipping_point(&mar).unwrap();
        assert!(tip.change_zero > 0.0 && tip.missing == 2);
        let at = |delta| *delta_adjusted(&mar, delta, two).change.ok().unwrap();
        assert!(at(tip.change_zero).estimate.abs() < 1e-12);
        let reached = *tip.interval_zero.ok().unwrap();
        assert!(0.0 < reached && reached < tip.change_zero && at(reached).interval.upper.abs() < 1e-12);
        assert!((at(reached).p.get() - 0.05).abs() < 1e-9);
        let curve = delta_curve(&mar, [0.0, reached], 4, two);
        assert_eq!((curve.len(), curve[0].change.ok().map(|w| w.estimate)), (5, Some(mar.mean_change)));
    }
}
