//! The binomial distribution.

use super::beta;

/// Largest n whose coefficients C(n, k) all fit 128 bits.
const EXACT_FAIR: u64 = 120;

/// P(X ≤ k) for X ~ Bin(`n`, `p`), 0 < p < 1.
///
/// By the incomplete beta function; a fair coin to 120 tosses by integers. Matches R: `pbinom(k, n, p)`.
pub fn cdf(k: u64, n: u64, p: f64) -> f64 {
    if k >= n {
        return 1.0;
    }
    if p == 0.5 && n <= EXACT_FAIR {
        return fair_cdf(k, n);
    }
    beta::sf(p, k as f64 + 1.0, (n - k) as f64)
}

/// P(X > k). Matches R: `pbinom(k, n, p, lower.tail = FALSE)`.
pub fn sf(k: u64, n: u64, p: f64) -> f64 {
    if k >= n {
        return 0.0;
    }
    if p == 0.5 && n <= EXACT_FAIR {
        return fair_cdf(n - k - 1, n);
    }
    beta::cdf(p, k as f64 + 1.0, (n - k) as f64)
}

/// ln P(X = k), −∞ beyond n, for 0 < p < 1. Matches R: `dbinom(k, n, p, log = TRUE)`. Source: Loader (2000).
pub fn log_pmf(k: u64, n: u64, p: f64) -> f64 {
    match (k, n.checked_sub(k)) {
        (_, None) => f64::NEG_INFINITY,
        (0, Some(rest)) => rest as f64 * libm::log1p(-p),
        (_, Some(0)) => k as f64 * libm::log(p),
        (_, Some(rest)) => beta::log_leading(k as f64, rest as f64, p, 1.0 - p),
    }
}

/// P(X = k).
pub fn pmf(k: u64, n: u64, p: f64) -> f64 {
    libm::exp(log_pmf(k, n, p))
}

/// Σ C(n, j) over j ≤ k, rounded once, by 2ⁿ.
fn fair_cdf(k: u64, n: u64) -> f64 {
    let (mut coefficient, mut sum) = (1_u128, 0_u128);
    for j in 0..=k {
        sum += coefficient;
        coefficient = coefficient * u128::from(n - j) / u128::from(j + 1);
    }
    libm::ldexp(sum as f64, -(n as i32))
}

/// Clopper–Pearson interval of a share: `successes` out of `n` at `level`.
///
/// The limits are the p at which the observed count or more (or less) has probability (1 − level)/2, that is beta
/// quantiles. Matches R: `binom.test(successes, n)$conf.int`. Source: Clopper & Pearson (1934).
pub fn clopper_pearson(successes: u64, n: u64, level: f64) -> (f64, f64) {
    let half = 0.5 * (1.0 - level);
    let (x, rest) = (successes as f64, n.saturating_sub(successes) as f64);
    let lower = if x == 0.0 { 0.0 } else { beta::quantile(half, x, rest + 1.0) };
    // 1 − q of the mirrored law keeps the digits of a small lower tail.
    let upper = if rest == 0.0 { 1.0 } else { 1.0 - beta::quantile(half, rest, x + 1.0) };
    (lower, upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_term_by_term_sums() {
        for n in [1_u64, 2, 7, 30, 120, 121, 500] {
            for p in [0.5, 0.1, 0.83] {
                let mut term = libm::pow(1.0 - p, n as f64);
                let mut sum = 0.0;
                for k in 0..n {
                    sum += term;
                    assert!(term < 1e-290 || (cdf(k, n, p) / sum - 1.0).abs() < 1e-11, "{k} {n} {p}: {} {sum}", cdf(k, n, p));
                    assert!((sf(k, n, p) + cdf(k, n, p) - 1.0).abs() < 1e-14);
                    term *= (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
                }
            }
        }
    }

    #[test]
    fn the_exact_and_the_continuous_branch_join() {
        for k in [0, 20, 45, 60, 75] {
            let beta = beta::sf(0.5, f64::from(k) + 1.0, f64::from(120 - k));
            assert!((fair_cdf(k as u64, 120) / beta - 1.0).abs() < 1e-12, "{k}");
        }
        assert_eq!(cdf(0, 10, 0.5), 1.0 / 1024.0);
        assert_eq!(sf(9, 10, 0.5), 1.0 / 1024.0);
    }

    #[test]
    fn clopper_pearson_at_the_ends() {
        // No success in n: upper = 1 − (α/2)^(1/n).
        let (lower, upper) = clopper_pearson(0, 12, 0.95);
        assert_eq!(lower, 0.0);
        assert!((upper - (1.0 - libm::pow(0.025, 1.0 / 12.0))).abs() < 1e-14);
        assert_eq!(clopper_pearson(12, 12, 0.95).1, 1.0);
    }
}
