//! Mean change over the pre SD.

use super::Effect;
use super::d_av::{precision, square};
use super::hedges::corrected;
use crate::stats::estimable::Column;
use crate::stats::estimate::zero_sign_free;
use crate::stats::{NotEstimable, Pairs};

/// Mean change over the SD before treatment: d̄ / s₁ (Glass's Δ, Becker's g).
///
/// Assumes independent subjects and normal scores; with skewed changes the interval covers clearly less than it says.
/// Variance s_d² / ((n − 1) s₁²) + d² / (2 (n − 1)) with the uncorrected d; interval d ± z · se; `hedges` multiplies by J(n − 1).
/// Matches R: `statpsych::ci.stdmean.ps`. Source: Bonett (2008), Psychol Methods 13:99, eq. 13; Becker (1988).
pub fn d_pre(pairs: &Pairs, conf_level: f64) -> Result<Effect, NotEstimable> {
    if pairs.n() < 2 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: pairs.n() });
    }
    let s1 = pairs.pre().sd();
    if pairs.pre().is_constant() || s1 == 0.0 {
        return Err(NotEstimable::ConstantColumn { visit: Column::Pre });
    }
    let d = zero_sign_free(pairs.changes().mean() / s1);
    let df = (pairs.n() - 1) as f64;
    let std_error = libm::sqrt(square(pairs.changes().sd() / s1) / df + d * d / (2.0 * df));
    let (std_error, interval) = precision(d, std_error, conf_level)?;
    Ok(Effect { estimate: d, std_error, interval, hedges: corrected(d, df), hedges_ri: None, benefit: None })
}
