//! Tests of one share against a fixed one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::share;
use crate::stats::distribution::{binomial, normal};
use crate::stats::{Alternative, Inference, NotEstimable, PValue};

/// The record of [`binomial_test`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BinomialTest {
    pub count: u64,
    pub n: u64,
    /// The share under the null hypothesis.
    pub null: f64,
    pub p: PValue,
}

/// The record of [`score_test`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreTest {
    pub null: f64,
    pub z: f64,
    pub p: PValue,
}

/// Counts that are this little more probable than the observed one count as equally probable, as in R.
const TIE: f64 = 1.0 + 1e-7;

/// The exact binomial test of `count` in `n` against the share `null`.
///
/// Two-sided, p sums every count that is no more probable than the observed one (likelihood ordering), so it need not
/// agree with the Clopper–Pearson interval at its edge. Assumes independent people; `null` strictly between 0 and 1.
/// Matches R: `binom.test(count, n, p = null)`. Source: Hollander & Wolfe (1973) §2.1.
pub fn binomial_test(count: u64, n: u64, null: f64, inference: Inference) -> Result<BinomialTest, NotEstimable> {
    share(count, n)?;
    within_the_unit(null)?;
    let lower = binomial::cdf(count, n, null);
    let upper = if count == 0 { 1.0 } else { binomial::sf(count - 1, n, null) };
    let p = match inference.alternative {
        Alternative::Less => lower,
        Alternative::Greater => upper,
        Alternative::TwoSided => two_sided(count, n, null, lower, upper),
    };
    PValue::new(p).map(|p| BinomialTest { count, n, null, p }).ok_or(NotEstimable::Overflow)
}

/// The observed tail and the part of the other one that is no more probable.
fn two_sided(count: u64, n: u64, null: f64, lower: f64, upper: f64) -> f64 {
    let limit = binomial::log_pmf(count, n, null) + libm::log(TIE);
    let rare = |k: u64| binomial::log_pmf(k, n, null) <= limit;
    let mean = n as f64 * null;
    if count as f64 == mean {
        1.0
    } else if (count as f64) < mean {
        // The law falls from its mean on: the first rare count there, by bisection.
        let (mut common, mut first) = (libm::ceil(mean) as u64, n + 1);
        if rare(common) {
            first = common;
        }
        while first > common + 1 {
            let middle = common + (first - common) / 2;
            if rare(middle) { first = middle } else { common = middle }
        }
        lower + if first > n { 0.0 } else { binomial::sf(first - 1, n, null) }
    } else {
        let start = libm::floor(mean) as u64;
        if rare(start) {
            return upper + binomial::cdf(start, n, null);
        }
        // `rare` below `first`; one more than the last rare count.
        let (mut after_rare, mut common) = (0, start);
        while after_rare < common {
            let middle = after_rare + (common - after_rare) / 2;
            if rare(middle) { after_rare = middle + 1 } else { common = middle }
        }
        upper + if after_rare == 0 { 0.0 } else { binomial::cdf(after_rare - 1, n, null) }
    }
}

/// The score test of `count` in `n` against the share `null`: z = (x − n p₀) / √(n p₀ (1 − p₀)).
///
/// A normal approximation, without continuity correction; Wilson's interval is its inversion.
/// Matches R: `prop.test(count, n, p = null, correct = FALSE)`, whose chi-squared is z². Source: Wilson (1927) JASA 22:209.
pub fn score_test(count: u64, n: u64, null: f64, inference: Inference) -> Result<ScoreTest, NotEstimable> {
    share(count, n)?;
    within_the_unit(null)?;
    let n = n as f64;
    let z = crate::stats::estimate::zero_sign_free((count as f64 - n * null) / libm::sqrt(n * null * (1.0 - null)));
    let p = PValue::from_tails(normal::cdf(z), normal::sf(z), inference.alternative)?;
    Ok(ScoreTest { null, z, p })
}

fn within_the_unit(null: f64) -> Result<(), NotEstimable> {
    if null > 0.0 && null < 1.0 {
        return Ok(());
    }
    Err(NotEstimable::NotComputed { why: format!("a test against a share needs one above 0 and below 1, not {null}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every count weighed one by one.
    #[test]
    fn two_sided_is_the_sum_of_what_is_no_more_probable() {
        for n in 1..=24_u64 {
            for null in [0.07, 0.3, 0.5, 0.5 + 1e-3, 0.8] {
                for x in 0..=n {
                    let pmf = |k: u64| {
                        let choose = (0..k).fold(1.0, |c, j| c * (n - j) as f64 / (j + 1) as f64);
                        choose * libm::pow(null, k as f64) * libm::pow(1.0 - null, (n - k) as f64)
                    };
                    let expected: f64 = (0..=n).map(pmf).filter(|q| *q <= pmf(x) * TIE).sum();
                    let got = binomial_test(x, n, null, Inference::two_sided(0.95)).map(|t| t.p.get());
                    assert!(got.is_ok_and(|p| (p / expected.min(1.0) - 1.0).abs() < 1e-11), "{x} {n} {null}");
                }
            }
        }
    }

    #[test]
    fn shares_at_the_ends_are_refused() {
        for null in [0.0, 1.0, -0.1, f64::NAN] {
            assert!(binomial_test(1, 5, null, Inference::two_sided(0.95)).is_err());
            assert!(score_test(1, 5, null, Inference::two_sided(0.95)).is_err());
        }
    }
}
