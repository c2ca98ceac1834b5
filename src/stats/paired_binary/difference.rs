//! The difference of two shares in the same people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PairedCounts;
use crate::decimal::exact_ratio;
use crate::stats::distribution::normal;
use crate::stats::effect::tango;
use crate::stats::estimate::zero_sign_free;
use crate::stats::proportion::{Proportion, proportion};
use crate::stats::{Interval, NotEstimable};

/// The record of [`paired_difference`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PairedDifference {
    pub pre: Proportion,
    pub post: Proportion,
    /// Share at post less share at pre.
    pub difference: f64,
    /// Newcombe's hybrid score interval for paired data.
    pub newcombe: Interval,
    /// Tango's score interval.
    pub tango: Interval,
    /// Bonett and Price's adjusted Wald interval.
    pub bonett_price: Interval,
}

/// The share with the outcome at post less that at pre, in the same people, with three intervals.
///
/// Newcombe: with Wilson limits (l, u) of both shares, lower = D − √((p₁ − l₁)² − 2φ(p₁ − l₁)(u₂ − p₂) + (u₂ − p₂)²), 1 = post,
/// upper by exchange; φ from A = ad − bc, reduced by n/2 towards 0 where positive, 0 where a margin is empty.
/// Tango: every δ whose score statistic stays within z (see `p_superiority`). Bonett–Price: one added to b and c, two to n;
/// d̃ ± z √((b̃ + c̃ − d̃²)/(n + 2)), cut at ±1. Assumes independent people.
/// Matches R: the formulas written out (`ratesci`, `PropCIs::scoreci.mp` are not in Debian). Source: Newcombe (1998)
/// Stat Med 17:2635, method 10; Tango (1998) Stat Med 17:891; Bonett & Price (2012) J Educ Behav Stat 37:479.
pub fn paired_difference(counts: &PairedCounts, conf_level: f64) -> Result<PairedDifference, NotEstimable> {
    let n = counts.some()?;
    let (lost, gained, all) = (counts.pre_only as f64, counts.post_only as f64, n as f64);
    let pre = proportion(counts.pre(), n, conf_level)?;
    let post = proportion(counts.post(), n, conf_level)?;
    let difference = zero_sign_free(exact_ratio(i128::from(counts.post_only) - i128::from(counts.pre_only), i128::from(n)));
    let interval = |lower: f64, upper: f64| Interval {
        level: conf_level,
        lower: zero_sign_free(lower.max(-1.0)),
        upper: zero_sign_free(upper.min(1.0)),
    };
    let phi = phi(counts);
    let reach = |a: f64, b: f64| libm::sqrt((a * a - 2.0 * phi * a * b + b * b).max(0.0));
    let newcombe = interval(
        difference - reach(post.share - post.wilson.lower, pre.wilson.upper - pre.share),
        difference + reach(post.wilson.upper - post.share, pre.share - pre.wilson.lower),
    );
    let (lower, upper) = tango(gained, lost, all, conf_level);
    let z = -normal::quantile(0.5 * (1.0 - conf_level));
    let centre = (gained - lost) / (all + 2.0);
    let half = z * libm::sqrt(((gained + lost + 2.0) / (all + 2.0) - centre * centre) / (all + 2.0));
    let bonett_price = interval(centre - half, centre + half);
    Ok(PairedDifference { pre, post, difference, newcombe, tango: interval(lower, upper), bonett_price })
}

/// The correlation of the two states, its positive numerator reduced by n/2 but not past 0.
fn phi(counts: &PairedCounts) -> f64 {
    let wide = |count: u64| count as f64;
    let n = counts.n();
    let margins = [counts.pre(), n - counts.pre(), counts.post(), n - counts.post()];
    if margins.contains(&0) {
        return 0.0;
    }
    // Integers, so that ad − bc does not cancel.
    let cross = i128::from(counts.both) * i128::from(counts.neither) - i128::from(counts.pre_only) * i128::from(counts.post_only);
    let cross = if cross > 0 { (cross as f64 - 0.5 * wide(n)).max(0.0) } else { cross as f64 };
    let [a, b, c, d] = margins.map(wide);
    cross / (libm::sqrt(a) * libm::sqrt(b) * libm::sqrt(c) * libm::sqrt(d))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Airway hyper-responsiveness (Bentur et al. 2009): 2/21 before, 8/21 after.
    #[test]
    fn published() {
        let counts = PairedCounts { both: 1, pre_only: 1, post_only: 7, neither: 12 };
        let rounded = |i: Interval| (libm::round(i.lower * 1e3) / 1e3, libm::round(i.upper * 1e3) / 1e3);
        let r = paired_difference(&counts, 0.95).map(|r| (rounded(r.newcombe), rounded(r.tango)));
        assert_eq!(r, Ok(((0.026, 0.507), (0.026, 0.517))));
    }

    #[test]
    fn one_person_and_no_change() {
        for counts in [
            PairedCounts { post_only: 1, ..PairedCounts::default() },
            PairedCounts { both: 4, ..PairedCounts::default() },
            PairedCounts { both: 4, neither: 3, ..PairedCounts::default() },
        ] {
            let Ok(r) = paired_difference(&counts, 0.95) else { panic!("{counts:?}") };
            for i in [r.newcombe, r.tango, r.bonett_price] {
                assert!(-1.0 <= i.lower && i.lower <= i.upper && i.upper <= 1.0, "{counts:?} {i:?}");
            }
            assert!(r.newcombe.contains(r.difference) && r.tango.contains(r.difference));
        }
        assert!(paired_difference(&PairedCounts::default(), 0.95).is_err());
    }
}
