//! Intervals of a share from the binomial distribution itself.

use super::{edge, share};
use crate::stats::distribution::binomial;
use crate::stats::{Interval, NotEstimable};

/// The Clopper–Pearson interval: it covers at least the level at every p, often more.
///
/// The limits are the p at which `count` or more (or fewer) has probability α/2. Assumes independent people.
/// Matches R: `binom.test(count, n)$conf.int`. Source: Clopper & Pearson (1934) Biometrika 26:404.
pub fn clopper_pearson(count: u64, n: u64, conf_level: f64) -> Result<Interval, NotEstimable> {
    share(count, n)?;
    let (lower, upper) = binomial::clopper_pearson(count, n, conf_level);
    Ok(Interval { level: conf_level, lower, upper })
}

/// The mid-p interval: Clopper–Pearson with half the probability of the observed count in the tail.
///
/// P(X > x) + ½ P(X = x) = α/2 at the lower limit, P(X < x) + ½ P(X = x) = α/2 at the upper one; 0 at no success and 1 at
/// n. Near the level on average, not at every p. Matches R: the equation by `uniroot` on `pbinom` and `dbinom`.
/// Source: Lancaster (1961) JASA 56:223; Newcombe (1998) Stat Med 17:857, method 7.
pub fn mid_p(count: u64, n: u64, conf_level: f64) -> Result<Interval, NotEstimable> {
    let estimate = share(count, n)?;
    let half = 0.5 * (1.0 - conf_level);
    let upper_of = |x: u64, from: f64| {
        let below = |p: f64| if x == 0 { 0.0 } else { binomial::cdf(x - 1, n, p) };
        edge(from, 1.0, |p| below(p) + 0.5 * binomial::pmf(x, n, p) > half)
    };
    // The lower limit in its own tail, so that a small one keeps its digits.
    let lower = edge(estimate, 0.0, |p| binomial::sf(count, n, p) + 0.5 * binomial::pmf(count, n, p) > half);
    let (lower, upper) = match (count == 0, count == n) {
        (true, _) => (0.0, 1.0 - libm::pow(2.0 * half, 1.0 / n as f64)),
        (_, true) => (libm::pow(2.0 * half, 1.0 / n as f64), 1.0),
        _ => (lower, upper_of(count, estimate)),
    };
    Ok(Interval { level: conf_level, lower, upper })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mid_p_lies_inside_clopper_pearson_and_is_mirrored() {
        for n in [1, 2, 9, 30, 140] {
            for x in 0..=n {
                let (Ok(mid), Ok(exact), Ok(mirror)) = (mid_p(x, n, 0.95), clopper_pearson(x, n, 0.95), mid_p(n - x, n, 0.95)) else {
                    panic!("{x} {n}")
                };
                assert!(exact.lower <= mid.lower && mid.upper <= exact.upper, "{x} {n} {mid:?} {exact:?}");
                assert!((mid.lower + mirror.upper - 1.0).abs() < 1e-13, "{x} {n}");
            }
        }
    }
}
