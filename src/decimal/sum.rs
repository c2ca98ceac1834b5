//! Ratios of integers, and sums that keep what plain addition drops.

/// `numerator / denominator` rounded once, to within one unit in the last place.
///
/// `denominator` must be positive. Integers beyond 2⁵³ keep their low digits because the quotient is formed before
/// anything is rounded.
pub fn exact_ratio(numerator: i128, denominator: i128) -> f64 {
    debug_assert!(denominator > 0);
    if numerator == 0 {
        return 0.0;
    }
    let negative = numerator < 0;
    let mut n = numerator.unsigned_abs();
    let mut d = denominator.unsigned_abs();
    // Shift so that the integer quotient has at least 64 significant bits: it is then rounded once, to nearest.
    let mut exponent = 0_i32;
    let spare = n.leading_zeros();
    n <<= spare;
    exponent -= spare as i32;
    let excess = 64_i32 - d.leading_zeros() as i32;
    if excess > 0 {
        let room = d.trailing_zeros().min(excess as u32);
        d >>= room;
        exponent -= room as i32;
    }
    let (mut quotient, mut rest) = (n / d, n % d);
    // A long denominator leaves too few bits: they are found one by one.
    while quotient < 1 << 60 {
        let twice = rest << 1;
        let bit = u128::from(twice >= d);
        (quotient, rest) = (quotient << 1 | bit, twice - bit * d);
        exponent -= 1;
    }
    let value = scale_by_power_of_two(to_nearest(quotient, u128::from(rest != 0)), exponent);
    if negative { -value } else { value }
}

/// The double nearest to `quotient` (plus something below one if `sticky`).
fn to_nearest(quotient: u128, sticky: u128) -> f64 {
    // u128 → f64 rounds to nearest even; the sticky bit breaks what would look like a tie.
    (quotient | sticky) as f64
}

fn scale_by_power_of_two(value: f64, exponent: i32) -> f64 {
    libm::ldexp(value, exponent)
}

/// An unevaluated sum of two doubles: about 32 digits.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct DoubleDouble {
    high: f64,
    low: f64,
}

impl DoubleDouble {
    /// Adds one term without losing its low digits (Knuth's two-sum).
    pub fn add(&mut self, term: f64) {
        let sum = self.high + term;
        let back = sum - self.high;
        let error = (self.high - (sum - back)) + (term - back);
        let low = self.low + error;
        self.high = sum + low;
        self.low = low - (self.high - sum);
    }

    /// Adds the product `a · b` exactly (fused multiply-add gives the error of the product).
    pub fn add_product(&mut self, a: f64, b: f64) {
        let product = a * b;
        self.add(product);
        self.add(libm::fma(a, b, -product));
    }

    pub fn value(self) -> f64 {
        self.high + self.low
    }
}

impl FromIterator<f64> for DoubleDouble {
    fn from_iter<I: IntoIterator<Item = f64>>(terms: I) -> Self {
        let mut sum = Self::default();
        terms.into_iter().for_each(|term| sum.add(term));
        sum
    }
}

/// `Σ ab − ΣaΣb/n` in doubles: deviations from the mean, products kept to 32 digits, the rounding of the mean corrected.
pub(super) fn float_cross(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let mean = |values: &[f64]| values.iter().map(|v| v / n).collect::<DoubleDouble>().value();
    let (mean_a, mean_b) = (mean(a), mean(b));
    let mut products = DoubleDouble::default();
    for (a, b) in a.iter().zip(b) {
        products.add_product(a - mean_a, b - mean_b);
    }
    let rest = |values: &[f64], mean: f64| values.iter().map(|v| v - mean).collect::<DoubleDouble>().value();
    products.add(-rest(a, mean_a) * rest(b, mean_b) / n);
    products.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_rounded_once() {
        assert_eq!(exact_ratio(1, 10), 0.1);
        assert_eq!(exact_ratio(-23, 10), -2.3);
        assert_eq!(exact_ratio(123_456_789_987_654_321, 1_000_000_000), 123_456_789.987_654_33);
        assert_eq!(exact_ratio(1, 1_000_000_000_000_000_000), 1e-18);
        assert_eq!(exact_ratio(10_i128.pow(30) + 1, 10_i128.pow(30)), 1.0);
        assert_eq!(exact_ratio(i128::MAX, 1), 1.701_411_834_604_692_3e38);
        assert_eq!(exact_ratio(1, 3 * 10_i128.pow(37)), 3.333_333_333_333_333_3e-38);
        assert_eq!(exact_ratio(2 * 10_i128.pow(37) + 1, 3 * 10_i128.pow(37) + 1), 2.0 / 3.0);
    }

    #[test]
    fn small_terms_survive_large_ones() {
        let sum: DoubleDouble = [1e16, 1.0, -1e16, 1.0].into_iter().collect();
        assert_eq!(sum.value(), 2.0);
    }
}
