//! McNemar's test.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PairedCounts;
use crate::stats::distribution::{binomial, chi_squared, normal};
use crate::stats::{Alternative, Inference, NotEstimable, PValue};

/// The record of [`mcnemar`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct McNemar {
    pub n_discordant: u64,
    /// (c − b)²/(b + c), one degree of freedom.
    pub chi_squared: f64,
    pub p_asymptotic: PValue,
    /// (|c − b| − 1)²/(b + c), 0 where b = c.
    pub chi_squared_corrected: f64,
    pub p_corrected: PValue,
    pub p_exact: PValue,
    pub p_mid: PValue,
}

/// McNemar's test that the outcome is as common at post as at pre.
///
/// Rests on the people whose state changed, b lost and c gained: c ~ Bin(b + c, ½) under the null. Exact p doubles the smaller
/// tail; mid-p doubles the smaller tail less half the probability of c (Fagerland recommends it, or the asymptotic one;
/// the corrected one is as conservative as the exact). Greater means more common at post. Assumes independent people;
/// refused where nobody changed. Matches R: `mcnemar.test(table, correct = FALSE | TRUE)`, `binom.test(c, b + c)`.
/// Source: McNemar (1947) Psychometrika 12:153; Edwards (1948); Fagerland, Lydersen & Laake (2013) BMC Med Res Methodol 13:91.
pub fn mcnemar(counts: &PairedCounts, inference: Inference) -> Result<McNemar, NotEstimable> {
    let m = counts.discordant()?;
    let (lost, gained) = (counts.pre_only, counts.post_only);
    let gap = gained as f64 - lost as f64;
    let root = libm::sqrt(m as f64);
    let z = gap / root;
    // Towards the null; one-sided, against the alternative.
    let corrected_gap = match inference.alternative {
        Alternative::TwoSided if gap == 0.0 => 0.0,
        Alternative::TwoSided => gap - gap.signum(),
        Alternative::Greater => gap - 1.0,
        Alternative::Less => gap + 1.0,
    };
    let asymptotic = |gap: f64| {
        let z = gap / root;
        let p = match inference.alternative {
            Alternative::TwoSided => chi_squared::sf(z * z, 1.0),
            Alternative::Greater => normal::sf(z),
            Alternative::Less => normal::cdf(z),
        };
        PValue::new(p).ok_or(NotEstimable::Overflow)
    };
    let lower = binomial::cdf(gained, m, 0.5);
    let upper = binomial::cdf(lost, m, 0.5);
    let half_point = 0.5 * binomial::pmf(gained, m, 0.5);
    let corrected = (gap.abs() - 1.0).max(0.0);
    Ok(McNemar {
        n_discordant: m,
        chi_squared: z * z,
        p_asymptotic: asymptotic(gap)?,
        chi_squared_corrected: corrected * corrected / m as f64,
        p_corrected: asymptotic(corrected_gap)?,
        p_exact: PValue::from_tails(lower, upper, inference.alternative)?,
        p_mid: PValue::from_tails(lower - half_point, upper - half_point, inference.alternative)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Airway hyper-responsiveness before and after transplantation (Bentur et al. 2009), in Fagerland et al. (2013), table 1.
    #[test]
    fn published() {
        let counts = PairedCounts { both: 1, pre_only: 1, post_only: 7, neither: 12 };
        let rounded = |p: PValue| libm::round(p.get() * 1e3) / 1e3;
        let r = mcnemar(&counts, Inference::two_sided(0.95))
            .map(|r| (r.chi_squared, rounded(r.p_asymptotic), rounded(r.p_corrected), rounded(r.p_exact), rounded(r.p_mid)));
        assert_eq!(r.map(|r| (libm::round(r.0 * 1e9) / 1e9, r.1, r.2, r.3, r.4)), Ok((4.5, 0.034, 0.077, 0.070, 0.039)));
    }

    #[test]
    fn balanced_and_unchanged() {
        let even = PairedCounts { both: 0, pre_only: 3, post_only: 3, neither: 0 };
        let r = mcnemar(&even, Inference::two_sided(0.95))
            .map(|r| (r.chi_squared_corrected, r.p_exact.get(), r.p_mid.get(), r.p_corrected.get()));
        assert!(r.is_ok_and(|r| r.0 == 0.0 && r.1 == 1.0 && (r.2 - 1.0).abs() < 1e-15 && r.3 == 1.0));
        let none = PairedCounts { both: 5, neither: 5, ..PairedCounts::default() };
        assert_eq!(mcnemar(&none, Inference::two_sided(0.95)), Err(NotEstimable::NoNonzeroChange));
        assert_eq!(mcnemar(&PairedCounts::default(), Inference::two_sided(0.95)), Err(NotEstimable::TooFewPairs { needed: 1, found: 0 }));
    }
}
