//! The quotient of two integers as a score.

use std::cmp::Ordering;

use super::number::LIMIT;
use super::{Decimal, LongDecimal, Score, exact_ratio, long};

/// A fraction whose decimals do not end, such as 11/7: the mean of seven items. In lowest terms, so that equal fractions
/// are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: i64,
    denominator: i64,
}

impl Fraction {
    pub fn numerator(self) -> i64 {
        self.numerator
    }

    /// Positive.
    pub fn denominator(self) -> i64 {
        self.denominator
    }

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        exact_ratio(i128::from(self.numerator), i128::from(self.denominator))
    }
}

/// The largest denominator kept: items times answered items stay far below it.
const MOST_PARTS: i128 = 1_000_000_000;

impl Score {
    /// `numerator / denominator`: a decimal where its decimals end within 30 digits, else a fraction; the nearest double where
    /// neither holds it.
    ///
    /// `denominator` must be positive.
    pub fn quotient(numerator: i128, denominator: i128) -> Self {
        debug_assert!(denominator > 0);
        let common = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs()) as i128;
        let (numerator, denominator) = (numerator / common, denominator / common);
        if let Some(score) = finite(numerator, denominator) {
            return score;
        }
        match (i64::try_from(numerator), denominator <= MOST_PARTS) {
            (Ok(numerator), true) if numerator.abs() <= LIMIT => Score::Fraction(Fraction { numerator, denominator: denominator as i64 }),
            _ => Score::Float(exact_ratio(numerator, denominator)),
        }
    }

    /// How the score compares with a decimal: exactly, but for doubles.
    pub fn compare(self, other: Decimal) -> Ordering {
        match self {
            Score::Exact(decimal) => decimal.cmp(&other),
            Score::Long(long) => long.compare(other.into()),
            Score::Fraction(fraction) => {
                let tens = 10_i128.pow(u32::from(other.scale()));
                let left = i128::from(fraction.numerator) * tens;
                left.cmp(&(i128::from(other.mantissa()) * i128::from(fraction.denominator)))
            }
            Score::Float(value) => value.partial_cmp(&other.to_f64()).unwrap_or(Ordering::Equal),
        }
    }
}

/// The quotient, in lowest terms, where its decimals end: the denominator has no factor but 2 and 5.
fn finite(numerator: i128, denominator: i128) -> Option<Score> {
    let (rest, twos) = without_factor(denominator, 2);
    let (rest, fives) = without_factor(rest, 5);
    let scale = twos.max(fives);
    if rest != 1 || scale as usize > long::DIGITS {
        return None;
    }
    let mantissa = numerator.checked_mul(10_i128.pow(scale) / denominator)?;
    let short = i64::try_from(mantissa).ok().and_then(|mantissa| Decimal::new(mantissa, scale as u8));
    short.map(Score::Exact).or_else(|| LongDecimal::new(mantissa, scale).map(Score::Long))
}

fn without_factor(mut number: i128, factor: i128) -> (i128, u32) {
    let mut times = 0;
    while number % factor == 0 {
        number /= factor;
        times += 1;
    }
    (number, times)
}

/// The least common multiple of two positive numbers; `None` beyond 18 digits.
pub(super) fn least_common_multiple(a: i64, b: i64) -> Option<i64> {
    let common = greatest_common_divisor(a.unsigned_abs().into(), b.unsigned_abs().into()) as i64;
    (a / common).checked_mul(b).filter(|multiple| *multiple <= LIMIT + 1)
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
            Score::Long(long) => format!("exactly {long}"),
            Score::Fraction(fraction) => format!("exactly {}/{}", fraction.numerator, fraction.denominator),
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
    fn others_are_fractions_in_lowest_terms() {
        assert_eq!(text(7, 3), "exactly 7/3");
        assert_eq!(text(-2 * 7, 6), "exactly -7/3");
        let seven_thirds = Score::quotient(7, 3);
        let than = |other: &str| seven_thirds.compare(other.parse().unwrap());
        assert_eq!((than("2.33333333333333333"), than("2.33333333333333334")), (Ordering::Greater, Ordering::Less));
    }

    #[test]
    fn what_neither_holds_is_rounded_once() {
        assert_eq!(text(10_i128.pow(20), 1), "exactly 100000000000000000000");
        assert_eq!(text(10_i128.pow(30), 1), "about 1000000000000000000000000000000");
        assert_eq!(text(1, 1 << 40), format!("about {}", 1.0 / (1_u64 << 40) as f64));
        assert_eq!(text(10_i128.pow(19), 3), format!("about {}", 1e19 / 3.0));
    }
}
