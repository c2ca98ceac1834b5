//! The quotient of two integers as a score.

use super::{Decimal, Score, exact_ratio};

impl Score {
    /// `numerator / denominator`: exact where the quotient is a decimal of at most 18 digits, else the double nearest to it.
    ///
    /// `denominator` must be positive.
    pub fn quotient(numerator: i128, denominator: i128) -> Self {
        debug_assert!(denominator > 0);
        finite(numerator, denominator).map_or_else(|| Score::Float(exact_ratio(numerator, denominator)), Score::Exact)
    }
}

/// The quotient where its decimals end: in lowest terms the denominator has no factor but 2 and 5.
fn finite(numerator: i128, denominator: i128) -> Option<Decimal> {
    let common = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs()) as i128;
    let (numerator, denominator) = (numerator / common, denominator / common);
    let (rest, twos) = without_factor(denominator, 2);
    let (rest, fives) = without_factor(rest, 5);
    let scale = twos.max(fives);
    if rest != 1 || scale > 18 {
        return None;
    }
    let mantissa = numerator.checked_mul(10_i128.pow(scale) / denominator)?;
    Decimal::new(i64::try_from(mantissa).ok()?, scale as u8)
}

fn without_factor(mut number: i128, factor: i128) -> (i128, u32) {
    let mut times = 0;
    while number % factor == 0 {
        number /= factor;
        times += 1;
    }
    (number, times)
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(numerator: i128, denominator: i128) -> String {
        match Score::quotient(numerator, denominator) {
            Score::Exact(decimal) => format!("exactly {decimal}"),
            Score::Float(value) => format!("about {value}"),
        }
    }

    #[test]
    fn decimals_that_end_are_exact() {
        assert_eq!(text(0, 7), "exactly 0");
        assert_eq!(text(35, 7), "exactly 5");
        assert_eq!(text(7 * 5, 4), "exactly 8.75");
        assert_eq!(text(-9, 80), "exactly -0.1125");
        assert_eq!(text(1, 10_i128.pow(18)), "exactly 0.000000000000000001");
    }

    #[test]
    fn others_are_rounded_once() {
        assert_eq!(text(7, 3), format!("about {}", 7.0 / 3.0));
        assert_eq!(text(-2 * 7, 6), format!("about {}", -14.0 / 6.0));
        assert_eq!(text(10_i128.pow(20), 1), "about 100000000000000000000");
        assert_eq!(text(1, 1 << 40), format!("about {}", 1.0 / (1_u64 << 40) as f64));
    }
}
