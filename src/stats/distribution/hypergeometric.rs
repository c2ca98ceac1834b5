//! The hypergeometric distribution.

use super::binomial;

/// ln P(X = x): `x` marked ones among `drawn`, from an urn of `marked` and `plain`.
///
/// As a ratio of binomial probabilities at drawn/(marked + plain), which keeps its digits for large urns.
/// Matches R: `dhyper(x, marked, plain, drawn, log = TRUE)`. Source: Loader (2000).
pub fn log_pmf(x: u64, marked: u64, plain: u64, drawn: u64) -> f64 {
    let all = marked + plain;
    if x > drawn || x > marked || drawn - x > plain || drawn > all {
        return f64::NEG_INFINITY;
    }
    if drawn == 0 || drawn == all {
        return 0.0;
    }
    let p = drawn as f64 / all as f64;
    binomial::log_pmf(x, marked, p) + binomial::log_pmf(drawn - x, plain, p) - binomial::log_pmf(drawn, all, p)
}

/// The smallest and the largest x that can be drawn.
pub fn support(marked: u64, plain: u64, drawn: u64) -> (u64, u64) {
    (drawn.saturating_sub(plain), drawn.min(marked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_integer_coefficients_and_sums_to_one() {
        let choose = |n: u64, k: u64| (0..k).fold(1_u128, |c, j| c * u128::from(n - j) / u128::from(j + 1));
        for (marked, plain, drawn) in [(4, 4, 4), (9, 3, 7), (1, 20, 5), (30, 25, 31), (0, 5, 2), (5, 5, 10)] {
            let (low, high) = support(marked, plain, drawn);
            let mut sum = 0.0;
            for x in low..=high {
                let exact = choose(marked, x) as f64 * choose(plain, drawn - x) as f64 / choose(marked + plain, drawn) as f64;
                let got = libm::exp(log_pmf(x, marked, plain, drawn));
                assert!((got / exact - 1.0).abs() < 1e-12, "{x} {marked} {plain} {drawn}");
                sum += got;
            }
            assert!((sum - 1.0).abs() < 1e-12);
        }
    }
}
