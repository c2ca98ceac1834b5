//! The median change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::describe::median;
use crate::stats::distribution::binomial;
use crate::stats::estimate::zero_sign_free;
use crate::stats::{Changes, Estimable, Interval, NotEstimable};

/// The record of [`median_change`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MedianChange {
    pub estimate: f64,
    pub interval: Estimable<Interval>,
    pub achieved: Estimable<f64>,
}

/// The median change with its order-statistic interval, zeros kept.
///
/// Assumes independent subjects, nothing about the shape. The interval is [x(k), x(n + 1 − k)] with the largest k for
/// which P(Bin(n, ½) ≤ k − 1) ≤ α/2; it attains 1 − 2 P(Bin(n, ½) ≤ k − 1), which is never below the level.
/// Matches R: `sort(x)[c(k, n + 1 - k)]` with `k <- sum(pbinom(0:n, n, 0.5) <= alpha / 2)`.
/// Source: Thompson (1936); Conover (1999), Practical Nonparametric Statistics, §3.2.
pub fn median_change(changes: &Changes, conf_level: f64) -> Result<MedianChange, NotEstimable> {
    let n = changes.n();
    let estimate = median(changes.scores()).ok_or(NotEstimable::TooFewPairs { needed: 1, found: 0 })?;
    let half = 0.5 * (1.0 - conf_level);
    let tail = |k: usize| binomial::cdf(k as u64 - 1, n as u64, 0.5);
    // tail(k) rises with k: the largest that is still at most α/2, by bisection.
    let (mut none, mut some) = (n / 2 + 1, 0);
    while none - some > 1 {
        let k = usize::midpoint(none, some);
        if tail(k) <= half {
            some = k;
        } else {
            none = k;
        }
    }
    if some == 0 {
        let why = NotEstimable::LevelUnattainable { n, level: conf_level, attainable: 1.0 - 2.0 * tail(1).min(0.5) };
        return Ok(MedianChange { estimate, interval: Estimable::NotEstimable(why.clone()), achieved: Estimable::NotEstimable(why) });
    }
    let values = changes.to_f64();
    let interval = Interval { level: conf_level, lower: zero_sign_free(values[some - 1]), upper: zero_sign_free(values[n - some]) };
    Ok(MedianChange { estimate, interval: Estimable::Estimated(interval), achieved: Estimable::Estimated(1.0 - 2.0 * tail(some)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_changes() {
        // P(Bin(10, ½) ≤ 1) = 11/1024 ≤ .025 < 56/1024: k = 2.
        let r = median_change(&Changes::from_f64(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]), 0.95);
        let r = r.map(|r| (r.estimate, r.interval.ok().map(|i| (i.lower, i.upper)), r.achieved.ok().copied()));
        assert_eq!(r, Ok((5.5, Some((2.0, 9.0)), Some(1.0 - 22.0 / 1024.0))));
    }

    #[test]
    fn five_are_too_few_for_95_percent() {
        let r = median_change(&Changes::from_f64(&[1.0, 2.0, 3.0, 4.0, 5.0]), 0.95).map(|r| r.interval.reason().cloned());
        assert_eq!(r, Ok(Some(NotEstimable::LevelUnattainable { n: 5, level: 0.95, attainable: 0.9375 })));
    }
}
