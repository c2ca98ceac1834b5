//! The chi-squared distribution.

use super::{gamma, normal};

/// P(X ≤ x). Matches R: `pchisq(x, df)`.
pub fn cdf(x: f64, df: f64) -> f64 {
    libm::exp(log_cdf(x, df))
}

/// P(X > x), right far into the tail. Matches R: `pchisq(x, df, lower.tail = FALSE)`.
pub fn sf(x: f64, df: f64) -> f64 {
    // One degree of freedom is a squared normal, whose tail is known to the last digits.
    if df == 1.0 && x > 0.0 { 2.0 * normal::sf(libm::sqrt(x)) } else { libm::exp(log_sf(x, df)) }
}

/// ln P(X > x), finite where the tail itself is below the smallest double.
pub fn log_sf(x: f64, df: f64) -> f64 {
    gamma::log_sf(0.5 * x, 0.5 * df)
}

/// ln P(X ≤ x).
pub fn log_cdf(x: f64, df: f64) -> f64 {
    gamma::log_cdf(0.5 * x, 0.5 * df)
}

/// The x with P(X ≤ x) = `p`; 0 at 0, infinite at 1, NaN outside. Matches R: `qchisq(p, df)`.
///
/// Bisection in ln x on the log of the smaller tail, to the last place.
pub fn quantile(p: f64, df: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.0 {
        return 0.0;
    }
    if p == 1.0 {
        return f64::INFINITY;
    }
    let below = |u: f64| {
        let x = libm::exp(u);
        if p < 0.5 { log_cdf(x, df) < libm::log(p) } else { log_sf(x, df) > libm::log1p(-p) }
    };
    let (mut low, mut high) = (-740.0, 700.0);
    loop {
        let middle = 0.5 * (low + high);
        if middle == low || middle == high {
            return libm::exp(middle);
        }
        if below(middle) { low = middle } else { high = middle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ChiSquared, ContinuousCDF};

    #[test]
    fn agrees_with_statrs_in_the_centre_and_inverts() {
        for df in [1.0, 2.0, 3.0, 9.0, 40.0] {
            let other = ChiSquared::new(df).ok();
            for x in [0.01, 0.5, 1.0, 4.0, 12.0, 30.0] {
                let expected = other.as_ref().map(|d| d.cdf(x));
                assert!(expected.is_some_and(|e| (cdf(x, df) - e).abs() < 1e-12), "{x} {df}");
                assert!((cdf(x, df) + sf(x, df) - 1.0).abs() < 1e-13);
            }
            for p in [1e-9, 0.025, 0.4, 0.5, 0.9, 0.975] {
                assert!((cdf(quantile(p, df), df) / p - 1.0).abs() < 1e-11, "{p} {df}");
            }
        }
    }

    #[test]
    fn one_degree_of_freedom_is_a_squared_normal_on_both_paths() {
        for x in [0.2, 3.84, 50.0, 1300.0] {
            assert!((libm::log(sf(x, 1.0)) - log_sf(x, 1.0)).abs() < 1e-12, "{x}");
        }
        assert_eq!(sf(0.0, 1.0), 1.0);
    }
}
