//! Arithmetic of decimals and fractions that is exact or says that it cannot be.

use std::cmp::Ordering;

use crate::decimal::{Decimal, Score, Scores, Values, exact_ratio};

/// `mantissa × 10^−scale / parts` in 128 bits. Every operation is exact, or `None` beyond that.
#[derive(Debug, Clone, Copy)]
pub struct Exact {
    mantissa: i128,
    scale: u32,
    /// 1 but for scores on a grid that is not decimal, such as sevenths.
    parts: i128,
}

impl Exact {
    pub const ONE: Self = Self { mantissa: 1, scale: 0, parts: 1 };

    pub fn of(decimal: Decimal) -> Self {
        Self { mantissa: i128::from(decimal.mantissa()), scale: u32::from(decimal.scale()), parts: 1 }
    }

    /// A double at its shortest decimal text, as a person would have typed it.
    pub fn of_f64(value: f64) -> Option<Self> {
        match Score::parse(&format!("{value}"), '.') {
            Ok(Score::Exact(decimal)) => Some(Self::of(decimal)),
            _ => None,
        }
    }

    /// Element `i` of a column, where the column is exact.
    pub fn at(scores: &Scores, i: usize) -> Option<Self> {
        if let Values::Long(long) = scores.values() {
            return Some(Self { mantissa: *long.units().get(i)?, scale: 0, parts: long.per_point() });
        }
        let mantissa = i128::from(*scores.units()?.get(i)?);
        Some(match scores.decimals() {
            Some(scale) => Self { mantissa, scale: scale.into(), parts: 1 },
            None => Self { mantissa, scale: 0, parts: scores.per_point().into() },
        })
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let (mine, others, parts) = self.on_common(other, scale)?;
        Some(Self { mantissa: mine.checked_add(others)?, scale, parts })
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { mantissa: -other.mantissa, ..other })
    }

    pub fn times(self, other: Self) -> Option<Self> {
        let (mantissa, parts) = (self.mantissa.checked_mul(other.mantissa)?, self.parts.checked_mul(other.parts)?);
        Some(Self { mantissa, scale: self.scale + other.scale, parts }.reduced())
    }

    pub fn squared(self) -> Option<Self> {
        self.times(self)
    }

    pub fn compare(self, other: Self) -> Option<Ordering> {
        let scale = self.scale.max(other.scale);
        let (mine, others, _) = self.on_common(other, scale)?;
        Some(mine.cmp(&others))
    }

    pub fn negated_if(self, negate: bool) -> Self {
        Self { mantissa: if negate { -self.mantissa } else { self.mantissa }, ..self }
    }

    /// The quotient, rounded once; nothing beyond 128 bits and over what is not above 0.
    pub fn over(self, other: Self) -> Option<f64> {
        let scale = self.scale.max(other.scale);
        let (numerator, denominator) = (self.on(scale)?, other.on(scale)?);
        (denominator > 0).then(|| exact_ratio(numerator, denominator))
    }

    pub fn is_positive(self) -> bool {
        self.mantissa > 0
    }

    /// Both mantissas with one scale and one number of parts.
    fn on_common(self, other: Self, scale: u32) -> Option<(i128, i128, i128)> {
        let (mine, others) = (self.on(scale)?, other.on(scale)?);
        if self.parts == other.parts {
            return Some((mine, others, self.parts));
        }
        Some((mine.checked_mul(other.parts)?, others.checked_mul(self.parts)?, self.parts.checked_mul(other.parts)?))
    }

    fn on(self, scale: u32) -> Option<i128> {
        self.mantissa.checked_mul(10_i128.checked_pow(scale - self.scale)?)
    }

    fn reduced(mut self) -> Self {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_or_nothing() {
        let e = |v: f64| Exact::of_f64(v).unwrap_or(Exact::ONE);
        let sum = e(0.1).plus(e(0.2)).and_then(|s| s.compare(e(0.3)));
        assert_eq!(sum, Some(Ordering::Equal));
        let part = e(17.5).times(e(40.0)).and_then(|p| p.compare(e(700.0)));
        assert_eq!(part, Some(Ordering::Equal));
        assert!(e(1.234_567_890_123_45).squared().and_then(Exact::squared).is_none());
        assert!(Exact::of_f64(1e300).is_none() && Exact::of_f64(f64::NAN).is_none());
        let sevenths = Scores::from_units(vec![11, 4], 7);
        let change = Exact::at(&sevenths, 0).zip(Exact::at(&sevenths, 1)).and_then(|(a, b)| a.minus(b));
        assert_eq!(change.and_then(|change| change.compare(Exact::ONE)), Some(Ordering::Equal));
        assert!(e(-2.5).negated_if(true).is_positive() && !e(0.0).is_positive());
        assert_eq!((e(6.2).over(e(1.0)), e(38.0).over(e(-3.0)), e(1.0).over(e(0.0))), (Some(6.2), None, None));
    }
}
