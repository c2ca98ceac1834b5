//! A share of people: its intervals, its tests, and what those not followed could do to it.

mod against;
mod binomial_test;
mod bounds;
mod exact;
mod jeffreys;
mod wilson;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::exact_ratio;
use crate::stats::{Interval, NotEstimable};

pub use against::{ShareDifference, share_difference};
pub use binomial_test::{BinomialTest, ScoreTest, binomial_test, score_test};
pub use bounds::{Bounds, bounds};
pub use exact::{clopper_pearson, mid_p};
pub use jeffreys::jeffreys;
pub use wilson::wilson;

/// How many of how many, with the two intervals that are always shown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Proportion {
    pub count: u64,
    pub n: u64,
    /// count / n, between 0 and 1.
    pub share: f64,
    /// Wilson's score interval.
    pub wilson: Interval,
    /// The Clopper–Pearson interval.
    pub exact: Interval,
}

/// The share of `count` among `n` people, with Wilson's and the exact interval at `conf_level`.
///
/// Assumes independent people with one probability. Wilson's covers the level on average, the exact one at least; both
/// are given because readers ask for either. Refused without people.
/// Matches R: `prop.test(count, n, correct = FALSE)$conf.int`, `binom.test(count, n)$conf.int`.
/// Source: Wilson (1927); Clopper & Pearson (1934); Newcombe (1998) Stat Med 17:857.
pub fn proportion(count: u64, n: u64, conf_level: f64) -> Result<Proportion, NotEstimable> {
    Ok(Proportion {
        count,
        n,
        share: share(count, n)?,
        wilson: wilson(count, n, conf_level)?,
        exact: clopper_pearson(count, n, conf_level)?,
    })
}

/// count / n, rounded once; refused without people and for a count beyond n.
fn share(count: u64, n: u64) -> Result<f64, NotEstimable> {
    if n == 0 {
        return Err(NotEstimable::NotComputed { why: "a share needs at least one person".into() });
    }
    if count > n {
        return Err(NotEstimable::NotComputed { why: format!("{count} of {n} is no share") });
    }
    Ok(exact_ratio(i128::from(count), i128::from(n)))
}

/// Where `inside` ends between a point where it holds and one where it does not, by bisection to the last place.
fn edge(holds: f64, fails: f64, inside: impl Fn(f64) -> bool) -> f64 {
    let (mut holds, mut fails) = (holds, fails);
    loop {
        let middle = 0.5 * (holds + fails);
        if middle == holds || middle == fails {
            return holds;
        }
        if inside(middle) { holds = middle } else { fails = middle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_and_more_than_everybody_are_refused() {
        for (count, n) in [(0, 0), (3, 2)] {
            assert!(proportion(count, n, 0.95).is_err());
            assert!(jeffreys(count, n, 0.95).is_err() && mid_p(count, n, 0.95).is_err() && wilson(count, n, 0.95).is_err());
            assert!(score_test(count, n, 0.5, crate::stats::Inference::two_sided(0.95)).is_err());
        }
    }

    /// Newcombe (1998), Stat Med 17:857, table I.
    #[test]
    fn published_intervals() {
        let rounded = |i: Result<Interval, NotEstimable>| i.map(|i| (libm::round(i.lower * 1e4) / 1e4, libm::round(i.upper * 1e4) / 1e4));
        for (x, n, score, exact, mid) in [
            (81, 263, (0.2553, 0.3662), (0.2527, 0.3676), (0.2544, 0.3658)),
            (15, 148, (0.0624, 0.1605), (0.0578, 0.1617), (0.0601, 0.1581)),
            (0, 20, (0.0, 0.1611), (0.0, 0.1684), (0.0, 0.1391)),
            (1, 29, (0.0061, 0.1718), (0.0009, 0.1776), (0.0017, 0.1585)),
        ] {
            assert_eq!(rounded(wilson(x, n, 0.95)), Ok(score), "{x}/{n}");
            assert_eq!(rounded(clopper_pearson(x, n, 0.95)), Ok(exact), "{x}/{n}");
            assert_eq!(rounded(mid_p(x, n, 0.95)), Ok(mid), "{x}/{n}");
        }
    }
}
