//! Hedges' small-sample correction.

use crate::stats::distribution::beta;

/// The exact gamma form of Hedges' correction: J(df) = Γ(df/2) / (√(df/2) Γ((df − 1)/2)); 0, its limit, at df ≤ 1.
///
/// Matches R: `exp(lgamma(df/2) - log(df/2)/2 - lgamma((df - 1)/2))`. Source: Hedges (1981), J Educ Stat 6:107.
pub fn hedges_correction(df: f64) -> f64 {
    if df <= 1.0 {
        return 0.0;
    }
    libm::exp(beta::log_gamma_half_step(0.5 * (df - 1.0)) - 0.5 * libm::log(0.5 * df))
}

/// `d` corrected with J(df), where J exists.
pub(super) fn corrected(d: f64, df: f64) -> Option<f64> {
    (df > 1.0).then(|| d * hedges_correction(df))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        // J(2) = Γ(1)/Γ(½) = 1/√π, J(3) = Γ(3/2)/√(3/2) = √(π/6).
        assert!((hedges_correction(2.0) - libm::sqrt(1.0 / std::f64::consts::PI)).abs() < 1e-15);
        assert!((hedges_correction(3.0) - libm::sqrt(std::f64::consts::PI / 6.0)).abs() < 1e-15);
        // 1 − 3/(4 df − 1) from far.
        assert!((hedges_correction(1e6) - (1.0 - 3.0 / (4e6 - 1.0))).abs() < 1e-12);
    }
}
