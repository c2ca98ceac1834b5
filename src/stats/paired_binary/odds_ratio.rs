//! The odds ratio of a paired yes/no outcome.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PairedCounts;
use crate::stats::distribution::beta;
use crate::stats::{Estimable, NotEstimable};

/// The record of [`paired_odds_ratio`]: limits apart, because one of them may have no end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PairedOddsRatio {
    pub gained: u64,
    pub lost: u64,
    /// gained / lost; refused where nobody lost the outcome.
    pub estimate: Estimable<f64>,
    pub level: f64,
    pub lower: f64,
    /// Refused (unbounded) where nobody lost the outcome.
    pub upper: Estimable<f64>,
}

/// The conditional odds ratio of the outcome at post against pre: people who gained it over people who lost it.
///
/// Given b + c changes, c is binomial with π = OR/(1 + OR): the exact limits are the Clopper–Pearson limits of π as odds.
/// Assumes independent people. Matches R: with l, u of `binom.test(c, b + c)$conf.int`, `l/(1 - l)` and `u/(1 - u)`.
/// Source: Breslow & Day (1980) §5.2; Fagerland, Lydersen & Laake (2014) Stat Med 33:2850.
pub fn paired_odds_ratio(counts: &PairedCounts, conf_level: f64) -> Result<PairedOddsRatio, NotEstimable> {
    counts.discordant()?;
    let (gained, lost) = (counts.post_only, counts.pre_only);
    let half = 0.5 * (1.0 - conf_level);
    // Odds of the lower limit; the upper limit is the inverse of the mirrored lower one, which keeps its digits.
    let lower_odds = |x: u64, rest: u64| {
        let p = if x == 0 { 0.0 } else { beta::quantile(half, x as f64, rest as f64 + 1.0) };
        p / (1.0 - p)
    };
    let unbounded = || NotEstimable::NotComputed { why: "nobody lost the outcome: the odds ratio has no upper end".into() };
    let (estimate, upper) = if lost == 0 {
        (Err(unbounded()), Err(unbounded()))
    } else {
        (Ok(gained as f64 / lost as f64), Ok(1.0 / lower_odds(lost, gained)))
    };
    Ok(PairedOddsRatio { gained, lost, estimate: estimate.into(), level: conf_level, lower: lower_odds(gained, lost), upper: upper.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_gained_one_lost() {
        let counts = PairedCounts { both: 1, pre_only: 1, post_only: 7, neither: 12 };
        let r = paired_odds_ratio(&counts, 0.95);
        let r = r.ok().map(|r| (r.estimate.ok().copied(), r.lower, r.upper.ok().copied()));
        // Fagerland et al. (2014): Clopper–Pearson 0.8990 to 315.5 of the inverse 0.143 (0.00317, 1.11).
        assert!(
            r.is_some_and(|(e, l, u)| e == Some(7.0)
                && (1.0 / l - 1.112).abs() < 1e-3
                && u.is_some_and(|u| (1.0 / u - 0.00317).abs() < 1e-5)),
            "{r:?}"
        );
        let none_lost = paired_odds_ratio(&PairedCounts { post_only: 4, ..counts }, 0.95);
        assert!(none_lost.is_ok());
        let none_lost = paired_odds_ratio(&PairedCounts { pre_only: 0, ..counts }, 0.95);
        assert!(none_lost.is_ok_and(|r| r.upper.ok().is_none() && r.estimate.ok().is_none() && r.lower > 0.0));
    }
}
