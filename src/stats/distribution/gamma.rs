//! The regularised incomplete gamma functions, in logarithms.

use super::beta::{deviance, stirling_error};
use super::normal::LN_SQRT_2PI;

/// ln Q(a, x) = ln P(G > x) for G ~ Gamma(`a`, 1), a > 0; right where Q itself is below the smallest double.
///
/// Below a + 1 by the power series of the lower tail, above by Legendre's continued fraction (Lentz); the leading
/// factor x^a e^−x / Γ(a + 1) in Loader's saddle-point form. Matches R: `pgamma(x, a, lower.tail = FALSE, log.p = TRUE)`.
/// Source: Gautschi (1979), TOMS 5:466; Loader (2000).
pub fn log_sf(x: f64, a: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if !x.is_finite() {
        if x.is_nan() { x } else { f64::NEG_INFINITY }
    } else if x < a + 1.0 {
        libm::log1p(-libm::exp(log_lower(x, a)))
    } else {
        log_upper(x, a)
    }
}

/// ln P(a, x) = ln P(G ≤ x). Matches R: `pgamma(x, a, log.p = TRUE)`.
pub fn log_cdf(x: f64, a: f64) -> f64 {
    if x <= 0.0 {
        f64::NEG_INFINITY
    } else if !x.is_finite() {
        if x.is_nan() { x } else { 0.0 }
    } else if x < a + 1.0 {
        log_lower(x, a)
    } else {
        libm::log1p(-libm::exp(log_upper(x, a)))
    }
}

/// ln [x^a e^−x / Γ(a + 1)].
fn log_leading(x: f64, a: f64) -> f64 {
    -stirling_error(a) - deviance(a, x) - 0.5 * libm::log(a) - LN_SQRT_2PI
}

/// Σ x^n / ((a + 1) … (a + n)) times the leading factor.
fn log_lower(x: f64, a: f64) -> f64 {
    let (mut term, mut sum, mut step) = (1.0, 1.0, a);
    while term > 1e-17 * sum {
        step += 1.0;
        term *= x / step;
        sum += term;
    }
    (log_leading(x, a) + libm::log(sum)).min(0.0)
}

/// Legendre's continued fraction x^a e^−x / Γ(a) · 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − …)).
fn log_upper(x: f64, a: f64) -> f64 {
    const TINY: f64 = 1e-290;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / if b == 0.0 { TINY } else { b };
    let mut value = d;
    for i in 1..1_000_000 {
        let i = f64::from(i);
        let numerator = -i * (i - a);
        b += 2.0;
        d = numerator * d + b;
        d = 1.0 / if d == 0.0 { TINY } else { d };
        c = b + numerator / c;
        if c == 0.0 {
            c = TINY;
        }
        let step = c * d;
        value *= step;
        if (step - 1.0).abs() < 3e-16 {
            break;
        }
    }
    (log_leading(x, a) + libm::log(a) + libm::log(value)).min(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms() {
        for x in [1e-9, 0.3, 1.0, 1.9, 2.1, 7.0, 60.0, 690.0] {
            // Gamma(1) is exponential; Gamma(3) has a tail of three Poisson terms.
            assert!((log_sf(x, 1.0) + x).abs() < 1e-13 * (1.0 + x), "{x}");
            let three = -x + libm::log1p(x + 0.5 * x * x);
            assert!((log_sf(x, 3.0) - three).abs() < 4e-13 * (1.0 + three.abs()), "{x}");
        }
        assert_eq!(log_sf(0.0, 2.0), 0.0);
        assert_eq!(log_cdf(0.0, 2.0), f64::NEG_INFINITY);
        assert_eq!(log_sf(f64::INFINITY, 2.0), f64::NEG_INFINITY);
        assert_eq!(log_cdf(f64::INFINITY, 2.0), 0.0);
        assert!(log_sf(f64::NAN, 2.0).is_nan());
    }

    #[test]
    fn the_series_and_the_fraction_join() {
        for a in [0.5, 1.0, 3.5, 40.0, 1e4] {
            let x = a + 1.0;
            let sum = libm::exp(log_lower(x, a)) + libm::exp(log_upper(x, a));
            assert!((sum - 1.0).abs() < 1e-12, "{a}: {sum}");
        }
    }
}
