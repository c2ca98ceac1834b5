//! Decimal numbers of more than 18 digits: what programs write of a third.

use std::cmp::Ordering;
use std::fmt;

use super::{Decimal, exact_ratio};

/// Digits that are kept: sums of hundreds of millions of such numbers still fit 128 bits.
pub(super) const DIGITS: usize = 30;

/// Below this lie all numerators and denominators on a grid of long scores.
pub(super) const LIMIT: i128 = 10_i128.pow(DIGITS as u32);

/// A decimal number `mantissa × 10^−scale` of up to 30 significant digits and as many after the mark, in lowest terms.
///
/// `mantissa × 256 + scale` is kept in two halves, so that a score takes no more room than with 18 digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LongDecimal {
    high: i64,
    low: u64,
}

impl LongDecimal {
    /// The number `mantissa × 10^−scale`; `None` beyond 30 digits.
    pub(super) fn new(mantissa: i128, scale: u32) -> Option<Self> {
        let (mut mantissa, mut scale) = (mantissa, scale);
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        let fits = mantissa.abs() < LIMIT && scale as usize <= DIGITS;
        fits.then(|| Self::packed(mantissa, scale as u8))
    }

    fn packed(mantissa: i128, scale: u8) -> Self {
        let both = mantissa << 8 | i128::from(scale);
        Self { high: (both >> 64) as i64, low: both as u64 }
    }

    pub(super) fn mantissa(self) -> i128 {
        (i128::from(self.high) << 64 | i128::from(self.low)) >> 8
    }

    /// The power of ten below the mantissa.
    pub(super) fn denominator(self) -> i128 {
        10_i128.pow(u32::from(self.scale()))
    }

    /// Digits after the decimal mark, in lowest terms.
    pub fn scale(self) -> u8 {
        self.low as u8
    }

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        exact_ratio(self.mantissa(), self.denominator())
    }

    /// How it compares with a number of any length.
    pub fn compare(self, other: Self) -> Ordering {
        let parts = |number: Self| (number.mantissa().div_euclid(number.denominator()), number.mantissa().rem_euclid(number.denominator()));
        let ((whole, rest), (other_whole, other_rest)) = (parts(self), parts(other));
        // Rests lie below their denominators, so that on the finer grid they stay below the largest power of ten kept.
        let scale = self.scale().max(other.scale());
        let on = |rest: i128, own: u8| rest * 10_i128.pow(u32::from(scale - own));
        whole.cmp(&other_whole).then_with(|| on(rest, self.scale()).cmp(&on(other_rest, other.scale())))
    }
}

impl From<Decimal> for LongDecimal {
    fn from(decimal: Decimal) -> Self {
        Self::packed(decimal.mantissa().into(), decimal.scale())
    }
}

impl fmt::Debug for LongDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LongDecimal({self})")
    }
}

impl fmt::Display for LongDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::number::write_decimal(f, self.mantissa() < 0, self.mantissa().unsigned_abs(), self.scale())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decimal::Score;

    fn long(text: &str) -> LongDecimal {
        match Score::parse(text, '.').unwrap() {
            Score::Long(long) => long,
            Score::Exact(decimal) => decimal.into(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn long_texts_are_kept_whole() {
        for text in
            ["21.33333333333333333333", "-0.000000000000000000000000000001", "123456789012345678901234567890", "1234567890123456704"]
        {
            assert_eq!((long(text).to_string(), long(text).to_f64()), (text.to_owned(), text.parse().unwrap()), "{text}");
        }
        assert_eq!(long("7.10000000000000000000000000000000000000"), long("7.1"));
        assert!(matches!(Score::parse("0.1234567890123456789012345678901", '.'), Ok(Score::Float(_))));
        assert!(matches!(Score::parse("1234567890123456789012345678901", '.'), Ok(Score::Float(_))));
        assert_eq!(size_of::<Score>(), 24);
    }

    #[test]
    fn comparison_is_exact() {
        let ascending =
            ["-5.00000000000000000000000000001", "-5", "-4.9999999999999999999999999999", "63", "63.00000000000000000000000001"];
        for (i, a) in ascending.iter().enumerate() {
            for (j, b) in ascending.iter().enumerate() {
                assert_eq!(long(a).compare(long(b)), i.cmp(&j), "{a} {b}");
            }
        }
    }

    proptest! {
        #[test]
        fn comparison_is_that_of_the_digits(a in -1_000_000_i128..1_000_000, b in -1_000_000_i128..1_000_000, scale in 0_u32..24) {
            let [x, y] = [a, b].map(|mantissa| LongDecimal::new(mantissa, scale).unwrap());
            prop_assert_eq!(x.compare(y), a.cmp(&b));
        }
    }
}
