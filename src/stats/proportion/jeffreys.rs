//! Jeffreys' interval.

use super::share;
use crate::stats::distribution::beta;
use crate::stats::{Interval, NotEstimable};

/// Jeffreys' interval: equal tails of the Beta(x + ½, n − x + ½) posterior.
///
/// The lower limit is 0 at x = 0 and the upper 1 at x = n, else coverage there would fall to 0 (Brown, Cai & DasGupta).
/// Assumes independent people. Matches R: `qbeta(c(.025, .975), x + .5, n - x + .5)`.
/// Source: Brown, Cai & DasGupta (2001) Stat Sci 16:101, §3.1.2.
pub fn jeffreys(count: u64, n: u64, conf_level: f64) -> Result<Interval, NotEstimable> {
    share(count, n)?;
    let half = 0.5 * (1.0 - conf_level);
    let (x, rest) = (count as f64 + 0.5, (n - count) as f64 + 0.5);
    let lower = if count == 0 { 0.0 } else { beta::quantile(half, x, rest) };
    let upper = if count == n { 1.0 } else { 1.0 - beta::quantile(half, rest, x) };
    Ok(Interval { level: conf_level, lower, upper })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_the_ends() {
        let at = |x, n| jeffreys(x, n, 0.95).map(|i| (i.lower, i.upper));
        assert!(at(0, 10).is_ok_and(|(lower, upper)| lower == 0.0 && upper < 1.0));
        assert!(at(10, 10).is_ok_and(|(lower, upper)| lower > 0.0 && upper == 1.0));
        assert!(at(1, 1).is_ok_and(|(lower, upper)| lower > 0.0 && upper == 1.0));
    }
}
