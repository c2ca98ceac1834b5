//! The sign test.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::distribution::binomial;
use crate::stats::{Changes, Estimable, Inference, Interval, NotEstimable, PValue};

/// The record of [`sign_test`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignTest {
    pub n_positive: usize,
    pub n_negative: usize,
    pub n_zero: usize,
    pub p: Estimable<PValue>,
    /// n_positive / (n_positive + n_negative).
    pub share_positive: Estimable<f64>,
    /// Clopper–Pearson interval of `share_positive`.
    pub interval: Estimable<Interval>,
}

/// The exact sign test: whether positive and negative changes are equally likely, zeros set aside.
///
/// Assumes independent subjects, nothing about the shape. n₊ ~ Bin(n₊ + n₋, ½) under the null; the two-sided p
/// doubles the smaller tail. The share of positive changes has a Clopper–Pearson interval, two-sided always.
/// Matches R: `binom.test(n_positive, n_positive + n_negative)`. Source: Dixon & Mood (1946), JASA 41:557.
pub fn sign_test(changes: &Changes, inference: Inference) -> Result<SignTest, NotEstimable> {
    if changes.n() == 0 {
        return Err(NotEstimable::TooFewPairs { needed: 1, found: 0 });
    }
    let keys = changes.keys();
    let n_positive = keys.iter().filter(|&&key| key > 0).count();
    let n_negative = keys.iter().filter(|&&key| key < 0).count();
    let n_zero = keys.len() - n_positive - n_negative;
    let m = n_positive + n_negative;
    if m == 0 {
        let refused = || NotEstimable::NoNonzeroChange;
        return Ok(SignTest {
            n_positive,
            n_negative,
            n_zero,
            p: Estimable::NotEstimable(refused()),
            share_positive: Estimable::NotEstimable(refused()),
            interval: Estimable::NotEstimable(refused()),
        });
    }
    let (x, trials) = (n_positive as u64, m as u64);
    let lower_tail = binomial::cdf(x, trials, 0.5);
    let upper_tail = if x == 0 { 1.0 } else { binomial::sf(x - 1, trials, 0.5) };
    let (lower, upper) = binomial::clopper_pearson(x, trials, inference.conf_level);
    Ok(SignTest {
        n_positive,
        n_negative,
        n_zero,
        p: PValue::from_tails(lower_tail, upper_tail, inference.alternative).into(),
        share_positive: Estimable::Estimated(n_positive as f64 / m as f64),
        interval: Estimable::Estimated(Interval { level: inference.conf_level, lower, upper }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_exact_p() {
        let r = sign_test(&Changes::from_f64(&[1.0, 2.0, 0.0, -1.0, 3.0, 4.0, 0.5]), Inference::two_sided(0.95));
        let r = r.map(|r| (r.n_positive, r.n_negative, r.n_zero, r.p.ok().map(|p| p.get())));
        // 2 (1 + 6) / 64
        assert_eq!(r, Ok((5, 1, 1, Some(0.21875))));
        let none = sign_test(&Changes::from_f64(&[0.0, 0.0]), Inference::two_sided(0.95)).map(|r| r.p.reason().cloned());
        assert_eq!(none, Ok(Some(NotEstimable::NoNonzeroChange)));
    }
}
