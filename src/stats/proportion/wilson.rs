//! Wilson's score interval.

use super::share;
use crate::stats::distribution::normal;
use crate::stats::{Interval, NotEstimable};

/// Wilson's score interval of a share: every p whose score test does not reject `count` of `n`.
///
/// (2x + z² ± z √(z² + 4x(n − x)/n)) / (2(n + z²)). Assumes independent people; covers the level on average, not at every p.
/// The lower limit is 0 at no success, the upper 1 at n. Matches R: `prop.test(count, n, correct = FALSE)$conf.int`.
/// Source: Wilson (1927) JASA 22:209; Newcombe (1998) Stat Med 17:857, method 3.
pub fn wilson(count: u64, n: u64, conf_level: f64) -> Result<Interval, NotEstimable> {
    share(count, n)?;
    let z = -normal::quantile(0.5 * (1.0 - conf_level));
    let lower = lower_limit(count as f64, n as f64, z);
    let upper = 1.0 - lower_limit((n - count) as f64, n as f64, z);
    Ok(Interval { level: conf_level, lower, upper })
}

/// The smaller root of (n + z²) p² − (2x + z²) p + x²/n, in the form that does not cancel.
fn lower_limit(x: f64, n: f64, z: f64) -> f64 {
    let root = z * libm::sqrt(z * z + 4.0 * x * (n - x) / n);
    if x == 0.0 { 0.0 } else { 2.0 * x * x / n / (2.0 * x + z * z + root) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_where_the_score_test_turns() {
        for (x, n) in [(0_u64, 7_u64), (1, 7), (7, 7), (40, 41), (500, 1000), (1, 1_000_000)] {
            let Ok(i) = wilson(x, n, 0.95) else { panic!("{x} {n}") };
            let z = normal::quantile(0.975);
            for p in [i.lower, i.upper].into_iter().filter(|p| *p > 0.0 && *p < 1.0) {
                let score = (x as f64 - n as f64 * p) / libm::sqrt(n as f64 * p * (1.0 - p));
                assert!((score.abs() - z).abs() < 1e-9, "{x} {n} {p} {score}");
            }
            assert!(i.lower >= 0.0 && i.upper <= 1.0 && (x == 0) == (i.lower == 0.0) && (x == n) == (i.upper == 1.0));
        }
    }
}
