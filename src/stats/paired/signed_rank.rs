//! Wilcoxon's signed-rank test.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::distribution::normal;
use crate::stats::distribution::signed_rank::lower_tail;
use crate::stats::estimate::zero_sign_free;
use crate::stats::rank::SignedRanks;
use crate::stats::{Alternative, Changes, Estimable, Inference, NotEstimable, PValue};

/// What is done with changes of zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Zeros {
    /// Ranked with the others, then dropped (Pratt 1959).
    Pratt,
    /// Dropped before ranking (Wilcoxon 1945).
    Drop,
}

/// The record of [`signed_rank`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignedRank {
    pub zeros: Zeros,
    pub w_plus: f64,
    pub w_minus: f64,
    pub n_zero: usize,
    /// Normal score of the asymptotic test that `p_asymptotic` rests on.
    pub z: Estimable<f64>,
    /// The exact p where computed, else the asymptotic.
    pub p: Estimable<PValue>,
    pub p_exact: Estimable<PValue>,
    pub p_asymptotic: Estimable<PValue>,
    pub p_asymptotic_uncorrected: Estimable<PValue>,
    /// z without continuity correction (what r = z/√N rests on).
    pub z_uncorrected: Estimable<f64>,
}

/// The number of non-zero changes up to which the exact distribution is computed.
pub const EXACT_LIMIT: usize = 3000;

/// Wilcoxon's signed-rank test that the changes are symmetric about zero.
///
/// Assumes independent subjects; under the null hypothesis each change is as likely as its negative. W₊ is the sum of the
/// midranks of the magnitudes over the positive changes. `p_exact` is conditional on ties and zeros: each non-zero change
/// takes its sign with probability ½. z = (W₊ − W₋)/√(Σ rank²), two-sided p = min(1, 2·smaller tail).
/// Matches R: `coin::wilcoxsign_test(y ~ x, zero.method = "Pratt")` and `"Wilcoxon"`, exact and asymptotic;
/// `exactRankTests::wilcox.exact(paired = TRUE)` for dropped zeros; `wilcox.test(exact = FALSE, correct = TRUE)` for
/// `p_asymptotic` with dropped zeros. Source: Wilcoxon (1945), Pratt (1959), Streitberg & Röhmel (1986).
pub fn signed_rank(changes: &Changes, zeros: Zeros, inference: Inference) -> Result<SignedRank, NotEstimable> {
    let ranks = SignedRanks::new(&changes.keys(), zeros);
    if ranks.n_nonzero == 0 {
        return Err(NotEstimable::NoNonzeroChange);
    }
    let (plus, minus) = (ranks.doubled_plus(), ranks.doubled_minus());
    let p_exact: Estimable<PValue> = exact(&ranks, plus, minus, inference.alternative).into();
    let z_uncorrected = z_score(&ranks, 0.0);
    let z = match zeros {
        Zeros::Pratt => z_uncorrected,
        Zeros::Drop => z_score(&ranks, correction(plus, minus, inference.alternative)),
    };
    let p_asymptotic: Estimable<PValue> = normal_p(z, inference.alternative).into();
    let p = if p_exact.ok().is_some() { p_exact.clone() } else { p_asymptotic.clone() };
    Ok(SignedRank {
        zeros,
        w_plus: plus as f64 / 2.0,
        w_minus: minus as f64 / 2.0,
        n_zero: ranks.n_zero,
        z: Estimable::Estimated(z),
        p,
        p_exact,
        p_asymptotic,
        p_asymptotic_uncorrected: normal_p(z_uncorrected, inference.alternative).into(),
        z_uncorrected: Estimable::Estimated(z_uncorrected),
    })
}

/// z of dropped zeros without continuity correction, without the work of the exact distribution.
pub(super) struct Asymptotic {
    pub z: f64,
    pub n_zero: usize,
}

pub(super) fn signed_rank_asymptotic(changes: &Changes) -> Result<Asymptotic, NotEstimable> {
    let ranks = SignedRanks::new(&changes.keys(), Zeros::Drop);
    if ranks.n_nonzero == 0 {
        return Err(NotEstimable::NoNonzeroChange);
    }
    Ok(Asymptotic { z: z_score(&ranks, 0.0), n_zero: ranks.n_zero })
}

fn exact(ranks: &SignedRanks, plus: u64, minus: u64, alternative: Alternative) -> Result<PValue, NotEstimable> {
    if ranks.n_nonzero > EXACT_LIMIT {
        return Err(NotEstimable::TooManyForExact { n: ranks.n_nonzero, limit: EXACT_LIMIT });
    }
    let weights = ranks.doubled_ranks();
    // By symmetry P(W₊ ≥ w₊) = P(W ≤ w₋): always a lower tail, never 1 − cdf of an upper one.
    let p = match alternative {
        Alternative::TwoSided => 2.0 * lower_tail(&weights, plus.min(minus)),
        Alternative::Greater => lower_tail(&weights, minus),
        Alternative::Less => lower_tail(&weights, plus),
    };
    PValue::new(p).ok_or(NotEstimable::Overflow)
}

/// (W₊ − E W₊ − correction) / SD, in doubled ranks: E = Σ R/4, SD = √(Σ R²)/4.
fn z_score(ranks: &SignedRanks, correction: f64) -> f64 {
    let difference = ranks.groups.iter().map(|g| (i128::from(g.positive) - i128::from(g.negative)) * i128::from(g.doubled_rank));
    let difference = difference.sum::<i128>() as f64;
    zero_sign_free((difference - 4.0 * correction) / libm::sqrt(ranks.squared_doubled() as f64))
}

/// The continuity correction: half a rank towards no difference, or against the alternative.
fn correction(plus: u64, minus: u64, alternative: Alternative) -> f64 {
    match alternative {
        Alternative::TwoSided => match plus.cmp(&minus) {
            std::cmp::Ordering::Greater => 0.5,
            std::cmp::Ordering::Equal => 0.0,
            std::cmp::Ordering::Less => -0.5,
        },
        Alternative::Greater => 0.5,
        Alternative::Less => -0.5,
    }
}

fn normal_p(z: f64, alternative: Alternative) -> Result<PValue, NotEstimable> {
    PValue::from_tails(normal::cdf(z), normal::sf(z), alternative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_positive_gives_two_in_two_to_the_n() {
        let changes = Changes::from_f64(&[1.0, 2.0, 3.0, 4.0, 5.0, 0.0]);
        for zeros in [Zeros::Pratt, Zeros::Drop] {
            let record = signed_rank(&changes, zeros, Inference::two_sided(0.95)).map(|r| r.p.ok().map(|p| p.get()));
            assert_eq!(record, Ok(Some(0.0625)));
        }
    }

    #[test]
    fn a_balanced_sample_has_p_one() {
        let changes = Changes::from_f64(&[-1.0, 1.0]);
        let record = signed_rank(&changes, Zeros::Drop, Inference::two_sided(0.95));
        assert_eq!(record.as_ref().map(|r| r.p.ok().map(|p| p.get())), Ok(Some(1.0)));
        assert_eq!(record.map(|r| r.z.ok().copied()), Ok(Some(0.0)));
    }

    #[test]
    fn no_nonzero_change_is_refused() {
        let changes = Changes::from_f64(&[0.0, 0.0]);
        assert_eq!(signed_rank(&changes, Zeros::Pratt, Inference::two_sided(0.95)), Err(NotEstimable::NoNonzeroChange));
    }

    #[test]
    fn beyond_the_limit_the_asymptotic_p_stands_alone() {
        let changes = Changes::from_f64(&(1..=3001).map(|i| if i % 3 == 0 { -f64::from(i) } else { f64::from(i) }).collect::<Vec<_>>());
        let record = signed_rank(&changes, Zeros::Drop, Inference::two_sided(0.95));
        let refused = Estimable::NotEstimable(NotEstimable::TooManyForExact { n: 3001, limit: 3000 });
        assert_eq!(record.as_ref().map(|r| r.p_exact.clone()), Ok(refused));
        assert!(record.is_ok_and(|r| r.p == r.p_asymptotic));
    }
}
