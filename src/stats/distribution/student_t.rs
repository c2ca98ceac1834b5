//! Student's t distribution, for any df in (0, 1e300).

use super::{beta, normal};

/// P(T ≤ t). Matches R: `pt(t, df)`.
pub fn cdf(t: f64, df: f64) -> f64 {
    sf(-t, df)
}

/// P(T > t), right far into the tail. Matches R: `pt(t, df, lower.tail = FALSE)`.
///
/// P(T > t) = ½ I_x(df/2, ½), x = df/(df + t²). Large df near the centre by Hill's expansion about the normal,
/// whose error there is below 1e-15. Source: Hill (1970), CACM algorithm 395.
pub fn sf(t: f64, df: f64) -> f64 {
    if t < 0.0 { 1.0 - upper(-t, df) } else { upper(t, df) }
}

/// ln P(T > t), finite where the tail itself is below the smallest double.
pub fn log_sf(t: f64, df: f64) -> f64 {
    if t < 0.0 { libm::log1p(-upper(-t, df)) } else { log_upper(libm::log(t), t, df) }
}

/// ln P(T ≤ t).
pub fn log_cdf(t: f64, df: f64) -> f64 {
    log_sf(-t, df)
}

/// The t with P(T ≤ t) = `p`; infinite at 0 and 1. Matches R: `qt(p, df)`.
pub fn quantile(p: f64, df: f64) -> f64 {
    // From ½ on 1 − p is exact.
    if p < 0.5 { -quantile_upper(p, df) } else { quantile_upper(1.0 - p, df) }
}

/// The t with P(T > t) = `p`; for small p far more exact than `quantile(1 − p)`.
///
/// Bracketed Newton steps in ln t: on the log tail below p = ¼, on the log of P(0 < T < t) above.
pub fn quantile_upper(p: f64, df: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p > 0.5 {
        return -quantile_upper(1.0 - p, df);
    }
    if p == 0.5 {
        return 0.0;
    }
    if p == 0.0 {
        return f64::INFINITY;
    }
    let in_tail = p < 0.25;
    let target = libm::log(if in_tail { p } else { 0.5 - p });
    // Rises with s = ln t in both cases.
    let gap = |s: f64| {
        let t = libm::exp(s);
        if in_tail { target - log_upper(s, t, df) } else { libm::log(central(t, df)) - target }
    };
    let start = libm::log(-normal::quantile(p));
    let (mut low, mut high, mut step) = (start, start, 1.0);
    while gap(low) > 0.0 && low > -800.0 {
        low -= step;
        step *= 2.0;
    }
    step = 1.0;
    // Heavy tails: ln t may reach −ln p / df.
    while gap(high) < 0.0 && high < 1e306 {
        high += step;
        step *= 2.0;
    }
    let mut s = if low < start { low } else { high.min(start + 0.5 * (high - start)) };
    for _ in 0..200 {
        let value = gap(s);
        if value > 0.0 {
            high = s;
        } else {
            low = s;
        }
        let t = libm::exp(s);
        // d ln tail / ds = −t f(t) / tail
        let slope = libm::exp(s + log_pdf(s, t, df) - if in_tail { target - value } else { target + value });
        let next = s - value / slope;
        let next = if next > low && next < high { next } else { 0.5 * (low + high) };
        if (next - s).abs() <= 2e-16 * s.abs().max(1.0) {
            s = next;
            break;
        }
        s = next;
    }
    libm::exp(s)
}

/// ln(1 + t²/df), with t also given by its logarithm, so that t² may overflow.
fn log_one_plus(ln_t: f64, t: f64, df: f64) -> f64 {
    let ln_u = ln_t - 0.5 * libm::log(df);
    if ln_u > 300.0 {
        return 2.0 * ln_u;
    }
    let u = t / libm::sqrt(df);
    let u = if u.is_finite() && u > 0.0 { u } else { libm::exp(ln_u) };
    libm::log1p(u * u)
}

fn log_pdf(ln_t: f64, t: f64, df: f64) -> f64 {
    let constant = beta::log_gamma_half_step(0.5 * df) - 0.5 * libm::log(df * std::f64::consts::PI);
    constant - 0.5 * (df + 1.0) * log_one_plus(ln_t, t, df)
}

/// Whether Hill's expansion holds to the last digits.
fn near_normal(t: f64, df: f64) -> bool {
    df > 1e4 && t * t <= 0.02 * df
}

/// The normal deviate with the tail of `t`.
fn hill_deviate(t: f64, df: f64) -> f64 {
    let a = df - 0.5;
    let b = 48.0 * a * a;
    let square = a * libm::log1p(t * (t / df));
    let w = libm::sqrt(square);
    let second = (((4.0 * square + 33.0) * square + 240.0) * square + 855.0) / (10.0 * b);
    w * (1.0 + (square + 3.0 - second) / b)
}

/// P(T > t) for t ≥ 0.
fn upper(t: f64, df: f64) -> f64 {
    libm::exp(log_upper(libm::log(t), t, df)).min(0.5)
}

/// ln P(T > t) for t ≥ 0.
fn log_upper(ln_t: f64, t: f64, df: f64) -> f64 {
    if t == 0.0 {
        return libm::log(0.5);
    }
    if near_normal(t, df) {
        return normal::log_sf(hill_deviate(t, df));
    }
    let a = 0.5 * df;
    let (log_x, x, y) = odds(ln_t, t, df);
    if x > (a + 1.0) / (a + 2.5) {
        return libm::log(0.5 - central(t, df));
    }
    log_half_beta(a, a * log_x, 0.5 * libm::log(y)) + libm::log(0.5 * beta::fraction(a, 0.5, x, y)) - libm::log(a)
}

/// P(0 < T < t) = ½ I_y(½, df/2) for t ≥ 0, without cancellation for small t.
fn central(t: f64, df: f64) -> f64 {
    if t == 0.0 {
        return 0.0;
    }
    if near_normal(t, df) {
        return 0.5 * libm::erf(hill_deviate(t, df) * std::f64::consts::FRAC_1_SQRT_2);
    }
    let a = 0.5 * df;
    let (log_x, x, y) = odds(libm::log(t), t, df);
    if x <= (a + 1.0) / (a + 2.5) {
        return 0.5 - upper(t, df);
    }
    // I_y(½, a) = y^½ x^a / (½ B(½, a)) · fraction
    libm::exp(log_half_beta(a, a * log_x, 0.5 * libm::log(y))) * beta::fraction(0.5, a, y, x)
}

/// ln x, x and y = 1 − x for x = df/(df + t²).
fn odds(ln_t: f64, t: f64, df: f64) -> (f64, f64, f64) {
    let log_x = -log_one_plus(ln_t, t, df);
    (log_x, libm::exp(log_x), -libm::expm1(log_x))
}

/// ln [x^a y^½ / B(a, ½)], given the logs of the powers.
fn log_half_beta(a: f64, log_x_power: f64, log_y_power: f64) -> f64 {
    beta::log_gamma_half_step(a) - 0.5 * libm::log(std::f64::consts::PI) + log_x_power + log_y_power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms() {
        use std::f64::consts::PI;
        for t in [1e-9, 0.01, 0.7, 1.0, 3.0, 60.0, 1e8, 1e200] {
            // df = 1: Cauchy; df = 2: ½ (1 − t/√(2 + t²)) = 1/(√(2+t²)(√(2+t²)+t)).
            let cauchy = libm::atan(1.0 / t) / PI;
            assert!((sf(t, 1.0) / cauchy - 1.0).abs() < 2e-13, "{t} {} {cauchy}", sf(t, 1.0));
            if t < 1e100 {
                let root = libm::sqrt(2.0 + t * t);
                assert!((sf(t, 2.0) * root * (root + t) - 1.0).abs() < 3e-14, "{t}");
            }
            assert!((central(t, 1.0) * PI / libm::atan(t) - 1.0).abs() < 3e-14, "{t}");
        }
    }

    #[test]
    fn quadrature_of_the_density_agrees() {
        // Simpson's rule in u = asinh t: shares nothing with the continued fraction.
        for df in [1.5, 4.0, 19.0, 250.0, 30_000.0] {
            for t in [0.3_f64, 2.0, 4.0] {
                let steps = 4000;
                let width = t.asinh() / f64::from(steps);
                let f = |i: i32| {
                    let u = width * f64::from(i);
                    let x = u.sinh();
                    libm::exp(log_pdf(libm::log(x), x, df)) * u.cosh()
                };
                let sum: f64 = (0..=steps)
                    .map(|i| {
                        f(i) * if i == 0 || i == steps {
                            1.0
                        } else if i % 2 == 1 {
                            4.0
                        } else {
                            2.0
                        }
                    })
                    .sum();
                assert!((sf(t, df) - (0.5 - sum * width / 3.0)).abs() < 1e-12, "{df} {t}");
            }
        }
    }

    #[test]
    fn quantile_inverts_everywhere_and_ends() {
        for df in [0.5, 1.0, 2.0, 5.5, 40.0, 1e3, 9_999.0, 10_001.0, 1e6, 1e8, 1e20, 1e300] {
            for p in [1e-300, 1e-100, 1e-20, 1e-6, 0.025, 0.2, 0.3, 0.499_999] {
                let t = quantile_upper(p, df);
                if t.is_infinite() {
                    assert!(df < 1.0, "{df} {p}");
                    continue;
                }
                assert!((sf(t, df) / p - 1.0).abs() < 1e-12, "{df} {p}: {t} {}", sf(t, df));
                assert_eq!(quantile(p, df), -t);
            }
        }
        assert_eq!(quantile(0.5, 7.0), 0.0);
    }

    #[test]
    fn branches_join() {
        for t in [0.5, 5.0, 14.0] {
            let (hill, beta) = (log_sf(t, 10_000.1), log_sf(t, 10_000.0));
            assert!((hill - beta).abs() < 2e-5 && hill <= beta, "{t}");
        }
        assert!(log_sf(1e100, 1e6).is_finite());
        assert_eq!(sf(0.0, 3.0), 0.5);
    }
}
