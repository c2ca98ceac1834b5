//! The beta distribution, by way of the regularised incomplete beta function, in logarithms.

use super::normal::LN_SQRT_2PI;

/// Which side of a distribution a probability belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Lower,
    Upper,
}

/// Regularised incomplete beta function I_x(a, b) = P(B ≤ x) for B ~ Beta(a, b), a, b > 0.
///
/// Matches R: `pbeta(x, a, b)`. Source: DiDonato & Morris (1992), TOMS 18:360, the continued fraction; Loader (2000)
/// for the leading term.
pub fn cdf(x: f64, a: f64, b: f64) -> f64 {
    libm::exp(log_cdf(x, a, b)).min(1.0)
}

/// 1 − I_x(a, b), right far into the tail.
pub fn sf(x: f64, a: f64, b: f64) -> f64 {
    libm::exp(log_sf(x, a, b)).min(1.0)
}

/// ln I_x(a, b).
pub fn log_cdf(x: f64, a: f64, b: f64) -> f64 {
    log_tail(a, b, x, 1.0 - x, Side::Lower)
}

/// ln (1 − I_x(a, b)).
pub fn log_sf(x: f64, a: f64, b: f64) -> f64 {
    log_tail(a, b, x, 1.0 - x, Side::Upper)
}

/// The x with I_x(a, b) = `p`: bracketed Newton steps for ln(x / (1 − x)) on the log of the smaller tail.
///
/// Matches R: `qbeta(p, a, b)`, for a, b ≥ 1 (Clopper–Pearson needs no more).
pub fn quantile(p: f64, a: f64, b: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let (side, target) = if p <= 0.5 { (Side::Lower, libm::log(p)) } else { (Side::Upper, libm::log1p(-p)) };
    let (mut low, mut high) = (-745.0, 745.0);
    let mut u = libm::log(a / b).clamp(low, high);
    for _ in 0..200 {
        let x = logistic(u);
        let y = logistic(-u);
        let tail = log_tail(a, b, x, y, side);
        let gap = tail - target;
        let above = match side {
            Side::Lower => gap > 0.0,
            Side::Upper => gap < 0.0,
        };
        if above {
            high = u;
        } else {
            low = u;
        }
        // d ln I / du = x^a y^b / (B(a, b) I)
        let slope = libm::exp(log_leading(a, b, x, y) + libm::log(a * b / (a + b)) - tail);
        let slope = if side == Side::Lower { slope } else { -slope };
        let next = u - gap / slope;
        let next = if next > low && next < high { next } else { 0.5 * (low + high) };
        if (next - u).abs() <= 1e-15 * u.abs().max(1.0) {
            return logistic(next);
        }
        u = next;
    }
    logistic(u)
}

fn logistic(u: f64) -> f64 {
    if u >= 0.0 {
        1.0 / (1.0 + libm::exp(-u))
    } else {
        let e = libm::exp(u);
        e / (1.0 + e)
    }
}

/// The log of the asked tail, with `y` = 1 − x given apart so that neither loses digits.
fn log_tail(a: f64, b: f64, x: f64, y: f64, side: Side) -> f64 {
    if x <= 0.0 || y <= 0.0 {
        let all = (y <= 0.0) == (side == Side::Lower);
        return if all { 0.0 } else { f64::NEG_INFINITY };
    }
    let lower_is_small = x <= (a + 1.0) / (a + b + 2.0);
    let (log_small, small) = if lower_is_small {
        (log_leading(a, b, x, y) + libm::log(b / (a + b)) + libm::log(fraction(a, b, x, y)), Side::Lower)
    } else {
        (log_leading(b, a, y, x) + libm::log(a / (a + b)) + libm::log(fraction(b, a, y, x)), Side::Upper)
    };
    let log_small = log_small.min(0.0);
    if small == side { log_small } else { libm::log1p(-libm::exp(log_small)) }
}

/// ln [Γ(a+b+1) / (Γ(a+1) Γ(b+1)) x^a y^b] in Loader's saddle-point form, which keeps its digits for large a and b.
pub(super) fn log_leading(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) - deviance(b, n * y) + 0.5 * libm::log(n / a / b)
        - LN_SQRT_2PI
}

/// The continued fraction of I_x(a, b) · a B(a, b) / (x^a y^b), for x below about its mean: by Lentz's method.
pub(super) fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    const TINY: f64 = 1e-290;
    let lambda = a * y - b * x;
    let term = |m: f64| m + m * (b - m) * x / (a + 2.0 * m - 1.0) + (a + m) / (a + 2.0 * m + 1.0) * (lambda + 1.0 + m * (1.0 + y));
    let mut value = (a / (a + 1.0) * (lambda + 1.0)).max(TINY);
    let mut c = value;
    let mut d = 0.0;
    for m in 1..20_000 {
        let m = f64::from(m);
        let scale = a + 2.0 * m - 1.0;
        let numerator = (a + m - 1.0) / scale * ((a + b + m - 1.0) / scale) * m * (b - m) * x * x;
        let denominator = term(m);
        d = denominator + numerator * d;
        d = 1.0 / if d == 0.0 { TINY } else { d };
        c = denominator + numerator / c;
        if c == 0.0 {
            c = TINY;
        }
        let step = c * d;
        value *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    a / value
}

/// x ln(x / mean) + mean − x, without cancellation near x = mean.
pub(super) fn deviance(x: f64, mean: f64) -> f64 {
    let gap = x - mean;
    if gap.abs() < 0.1 * (x + mean) {
        let v = gap / (x + mean);
        let mut sum = gap * v;
        let mut power = 2.0 * x * v;
        for j in 1..1000 {
            power *= v * v;
            let next = sum + power / f64::from(2 * j + 1);
            if next == sum {
                break;
            }
            sum = next;
        }
        return sum;
    }
    x * libm::log(x / mean) - gap
}

/// ln Γ(x) − [(x − ½) ln x − x + ln √(2π)], the error of Stirling's formula, for x > 0.
pub(crate) fn stirling_error(x: f64) -> f64 {
    if x < 16.0 {
        return libm::lgamma(x) - ((x - 0.5) * libm::log(x) - x + LN_SQRT_2PI);
    }
    let u = 1.0 / (x * x);
    (1.0 / 12.0 - u * (1.0 / 360.0 - u * (1.0 / 1260.0 - u * (1.0 / 1680.0 - u * (1.0 / 1188.0 - u * (691.0 / 360_360.0)))))) / x
}

/// ln Γ(x + ½) − ln Γ(x), for x > 0.
pub(crate) fn log_gamma_half_step(x: f64) -> f64 {
    if x < 16.0 {
        return libm::lgamma(x + 0.5) - libm::lgamma(x);
    }
    let u = 1.0 / (x * x);
    0.5 * libm::log(x) - (1.0 / 8.0 - u * (1.0 / 192.0 - u * (1.0 / 640.0 - u * (17.0 / 14_336.0 - u * (31.0 / 18_432.0))))) / x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms() {
        for x in [1e-12, 0.03, 0.2, 0.5, 0.77, 0.999] {
            // Beta(a, 1) and Beta(1, b).
            for a in [0.5, 1.0, 3.0, 200.0] {
                assert!((log_cdf(x, a, 1.0) - a * libm::log(x)).abs() < 4e-14 * (1.0 + (a * libm::log(x)).abs()), "{x} {a}");
                assert!((log_sf(x, 1.0, a) - a * libm::log1p(-x)).abs() < 4e-14 * (1.0 + a), "{x} {a}");
            }
            // The arcsine law.
            let arcsine = 2.0 / std::f64::consts::PI * libm::asin(libm::sqrt(x));
            assert!((cdf(x, 0.5, 0.5) / arcsine - 1.0).abs() < 1e-13, "{x}");
        }
    }

    #[test]
    fn quantile_inverts() {
        for (a, b) in [(1.0, 1.0), (3.0, 9.0), (50.0, 2.0), (1.0, 400.0), (1e5, 3e4)] {
            for p in [1e-200, 1e-9, 0.025, 0.5, 0.975, 1.0 - 1e-12] {
                let x = quantile(p, a, b);
                let back = cdf(x, a, b);
                assert!((back / p - 1.0).abs() < 1e-9, "{a} {b} {p}: {x} {back}");
            }
        }
    }

    #[test]
    fn half_steps_join() {
        assert!((log_gamma_half_step(16.0) - (libm::lgamma(16.5) - libm::lgamma(16.0))).abs() < 2e-14);
        assert!((stirling_error(16.0) - (libm::lgamma(16.0) - (15.5 * libm::log(16.0) - 16.0 + LN_SQRT_2PI))).abs() < 2e-14);
    }
}
