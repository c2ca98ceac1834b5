//! Equivalence and minimal effects in raw points.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::distribution::student_t;
use crate::stats::estimate::zero_sign_free;
use crate::stats::paired::paired_t;
use crate::stats::{Changes, Inference, Interval, NotEstimable, PValue};

/// One one-sided test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OneSided {
    pub bound: f64,
    pub t: f64,
    pub p: PValue,
}

/// The record of [`tost`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tost {
    pub mean_change: f64,
    pub std_error: f64,
    pub df: f64,
    /// Against a change at or below the lower bound.
    pub above_lower: OneSided,
    /// Against a change at or above the upper bound.
    pub below_upper: OneSided,
    /// The larger of the two.
    pub p: PValue,
    /// The 1 − 2α interval: inside the bounds exactly when p < α.
    pub interval: Interval,
    /// p < α.
    pub equivalent: bool,
}

/// Two one-sided t-tests that the mean change lies strictly between two bounds in raw points.
///
/// Assumes independent people and a roughly normal mean change. Each t = (mean − bound)/(s/√n) with n − 1 df; p is the
/// larger of the two; the interval that goes with it is the 1 − 2α one. α = 1 − `conf_level`. Bounds are in points,
/// never in d: a bound in SDs of the sample moves with the sample.
/// Matches R: `max(t.test(x, mu = low, alternative = "greater")$p.value, t.test(x, mu = high, alternative = "less")$p.value)`.
/// Source: Schuirmann (1987), J Pharmacokinet Biopharm 15:657; Lakens (2017), Soc Psychol Personal Sci 8:355.
pub fn tost(changes: &Changes, [low, high]: [f64; 2], conf_level: f64) -> Result<Tost, NotEstimable> {
    if conf_level <= 0.5 {
        return Err(NotEstimable::OutsideDomain { method: "equivalence".into(), n: 1, needed: "a level above one half".into() });
    }
    let [mean_change, std_error, df] = parts(changes, low, high)?;
    let one_sided = |bound: f64, above: bool| test(mean_change, std_error, df, bound, above);
    let (above_lower, below_upper) = (one_sided(low, true)?, one_sided(high, false)?);
    let p = if above_lower.p > below_upper.p { above_lower.p } else { below_upper.p };
    let alpha = 1.0 - conf_level;
    let reach = student_t::quantile_upper(alpha, df) * std_error;
    let interval =
        Interval { level: 1.0 - 2.0 * alpha, lower: zero_sign_free(mean_change - reach), upper: zero_sign_free(mean_change + reach) };
    if !(interval.lower.is_finite() && interval.upper.is_finite()) {
        return Err(NotEstimable::Overflow);
    }
    Ok(Tost { mean_change, std_error, df, above_lower, below_upper, p, interval, equivalent: p.get() < alpha })
}

/// The record of [`minimal_effect`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MinimalEffect {
    pub mean_change: f64,
    pub std_error: f64,
    pub df: f64,
    /// Against a change at or above the lower bound.
    pub below_lower: OneSided,
    /// Against a change at or below the upper bound.
    pub above_upper: OneSided,
    /// Twice the smaller of the two, at most 1.
    pub p: PValue,
    /// The 1 − α interval: wholly outside the bounds exactly when p < α.
    pub interval: Interval,
}

/// Two one-sided t-tests that the mean change lies beyond either of two bounds in raw points.
///
/// The null is low ≤ change ≤ high. p is twice the smaller one-sided p, which holds its size however narrow the bounds
/// and is the two-sided t-test where they meet. Source: Murphy & Myors (1999), J Appl Psychol 84:234.
// METHOD: TOSTER takes the smaller p undoubled, whose size reaches 2α between narrow bounds.
pub fn minimal_effect(changes: &Changes, [low, high]: [f64; 2], conf_level: f64) -> Result<MinimalEffect, NotEstimable> {
    let [mean_change, std_error, df] = parts(changes, low, high)?;
    let below_lower = test(mean_change, std_error, df, low, false)?;
    let above_upper = test(mean_change, std_error, df, high, true)?;
    let p = PValue::new(2.0 * below_lower.p.get().min(above_upper.p.get())).ok_or(NotEstimable::Overflow)?;
    let interval = paired_t(changes, 0.0, Inference::two_sided(conf_level))?.interval;
    let interval = *interval.as_result().map_err(Clone::clone)?;
    Ok(MinimalEffect { mean_change, std_error, df, below_lower, above_upper, p, interval })
}

/// Mean, standard error and df, with the bounds checked; `low` may equal `high` only for a minimal effect.
fn parts(changes: &Changes, low: f64, high: f64) -> Result<[f64; 3], NotEstimable> {
    if !(low.is_finite() && high.is_finite() && low <= high) {
        let needed = "a finite lower bound at or below a finite upper bound".into();
        return Err(NotEstimable::OutsideDomain { method: "bounds".into(), n: 2, needed });
    }
    let own = paired_t(changes, 0.0, Inference::two_sided(0.95))?;
    Ok([own.mean_change, *own.std_error.as_result().map_err(Clone::clone)?, own.df])
}

fn test(mean: f64, std_error: f64, df: f64, bound: f64, above: bool) -> Result<OneSided, NotEstimable> {
    let t = zero_sign_free((mean - bound) / std_error);
    let p = if t.is_finite() { PValue::new(if above { student_t::sf(t, df) } else { student_t::cdf(t, df) }) } else { None };
    Ok(OneSided { bound, t, p: p.ok_or(NotEstimable::Overflow)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equivalent_and_beyond_exclude_each_other() {
        let changes = Changes::from_f64(&[0.2, -0.1, 0.4, 0.0, -0.3, 0.1, 0.2]);
        let near = tost(&changes, [-1.0, 1.0], 0.95).unwrap();
        assert!(near.equivalent && (near.interval.level - 0.9).abs() < 1e-15);
        assert!(minimal_effect(&changes, [-1.0, 1.0], 0.95).unwrap().p.get() == 1.0);
        let point = minimal_effect(&changes, [0.0, 0.0], 0.95).unwrap();
        let t = paired_t(&changes, 0.0, Inference::two_sided(0.95)).unwrap();
        assert_eq!(Some(&point.p), t.p.ok());
        assert!(tost(&changes, [1.0, -1.0], 0.95).is_err());
        assert_eq!(tost(&Changes::from_f64(&[1.0, 1.0]), [-2.0, 2.0], 0.95), Err(NotEstimable::ConstantChange));
    }
}
