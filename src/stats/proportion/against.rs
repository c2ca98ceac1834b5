//! A share against that of another group of people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{share, wilson};
use crate::stats::distribution::hypergeometric;
use crate::stats::estimate::zero_sign_free;
use crate::stats::{Interval, NotEstimable, PValue};

/// The record of [`share_difference`]: ours less theirs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShareDifference {
    pub share: f64,
    pub other_share: f64,
    /// share − other_share.
    pub difference: f64,
    /// Newcombe's hybrid score interval.
    pub interval: Interval,
    /// Fisher's exact test, two-sided.
    pub fisher: PValue,
}

/// The difference of two independent shares, `count`/`n` less `other_count`/`other_n`.
///
/// Newcombe's hybrid score interval: with Wilson limits (l, u) of each share, the lower limit is
/// D − √((p₁ − l₁)² + (u₂ − p₂)²), the upper D + √((u₁ − p₁)² + (p₂ − l₂)²). Fisher's two-sided p sums the tables with these
/// margins that are no more probable than the observed one. Assumes two independent groups of independent people.
/// Matches R: `prop.test(c(x1, x2), c(n1, n2), correct = FALSE)` gives Wald limits, so the limits are written out;
/// `fisher.test(matrix(c(x1, n1 - x1, x2, n2 - x2), 2))$p.value`. Source: Newcombe (1998) Stat Med 17:873, method 10.
pub fn share_difference(count: u64, n: u64, other_count: u64, other_n: u64, conf_level: f64) -> Result<ShareDifference, NotEstimable> {
    let (p, other) = (share(count, n)?, share(other_count, other_n)?);
    let (ours, theirs) = (wilson(count, n, conf_level)?, wilson(other_count, other_n, conf_level)?);
    let difference = zero_sign_free(p - other);
    let lower = difference - libm::hypot(p - ours.lower, theirs.upper - other);
    let upper = difference + libm::hypot(ours.upper - p, other - theirs.lower);
    let fisher = PValue::new(fisher(count, n, other_count, other_n)).ok_or(NotEstimable::Overflow)?;
    let interval = Interval { level: conf_level, lower: zero_sign_free(lower.max(-1.0)), upper: zero_sign_free(upper.min(1.0)) };
    Ok(ShareDifference { share: p, other_share: other, difference, interval, fisher })
}

/// The two-sided p of Fisher's exact test, ties of probability as in R.
fn fisher(count: u64, n: u64, other_count: u64, other_n: u64) -> f64 {
    let drawn = count + other_count;
    let log_pmf = |x: u64| hypergeometric::log_pmf(x, n, other_n, drawn);
    let (low, high) = hypergeometric::support(n, other_n, drawn);
    let limit = log_pmf(count) + libm::log1p(1e-7);
    let (mut rare, mut common) = (0.0, false);
    for log in (low..=high).map(log_pmf) {
        if log <= limit { rare += libm::exp(log) } else { common = true }
    }
    // Nothing is more probable than the observed table: all of the law, which is 1.
    if common { rare } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe (1998), Stat Med 17:873, table II, contrast (a): 56/70 against 48/80.
    #[test]
    fn published() {
        let rounded = |x: f64| libm::round(x * 1e4) / 1e4;
        let d =
            share_difference(56, 70, 48, 80, 0.95).map(|d| (rounded(d.difference), rounded(d.interval.lower), rounded(d.interval.upper)));
        assert_eq!(d, Ok((0.2, 0.0524, 0.3339)));
    }

    /// Fisher's tea: 3 of 4 against 1 of 4 gives 34/70.
    #[test]
    fn tea() {
        let p = share_difference(3, 4, 1, 4, 0.95).map(|d| d.fisher.get());
        assert!(p.is_ok_and(|p| (p / (34.0 / 70.0) - 1.0).abs() < 1e-13));
        let same = share_difference(2, 4, 2, 4, 0.95).map(|d| (d.difference, d.fisher.get()));
        assert_eq!(same, Ok((0.0, 1.0)));
        assert_eq!(share_difference(0, 4, 0, 9, 0.95).map(|d| d.fisher.get()), Ok(1.0));
    }
}
