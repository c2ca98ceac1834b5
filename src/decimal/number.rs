//! One decimal number, and the text it is read from.

use std::cmp::Ordering;
use std::fmt;

use super::{Fraction, LongDecimal, long};

/// The largest magnitude of a mantissa: 18 digits, so that the difference of two still fits `i64`.
pub(super) const LIMIT: i64 = 999_999_999_999_999_999;

/// A decimal number `mantissa × 10^−scale`, exact up to 18 significant digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

/// One score as it was read or formed: exact where 30 digits or a fraction hold it, else the nearest double.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Score {
    Exact(Decimal),
    /// More than 18 digits.
    Long(LongDecimal),
    /// A quotient whose decimals do not end.
    Fraction(Fraction),
    Float(f64),
}

/// Why a text is not a number of the cell grammar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    #[error("not a number")]
    NotANumber,
    #[error("beyond the range of a double")]
    OutOfRange,
}

impl Decimal {
    /// The number `mantissa × 10^−scale`, in lowest terms; `None` beyond 18 digits.
    pub fn new(mantissa: i64, scale: u8) -> Option<Self> {
        let (mut mantissa, mut scale) = (mantissa, scale);
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        (mantissa.abs() <= LIMIT && scale <= 18).then_some(Self { mantissa, scale })
    }

    pub fn from_integer(value: i32) -> Self {
        Self { mantissa: i64::from(value), scale: 0 }
    }

    pub fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// Digits after the decimal mark, in lowest terms.
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        super::exact_ratio(i128::from(self.mantissa), 10_i128.pow(u32::from(self.scale)))
    }

    /// Mantissa on the grid of `scale` digits; `None` where that loses digits or overflows 18.
    pub fn units(self, scale: u8) -> Option<i64> {
        let factor = 10_i64.checked_pow(u32::from(scale.checked_sub(self.scale)?))?;
        self.mantissa.checked_mul(factor).filter(|units| units.abs() <= LIMIT)
    }

    /// Whether `self` lies on the grid `origin + k · step`.
    pub fn is_multiple(self, origin: Decimal, step: Decimal) -> bool {
        let scale = self.scale.max(origin.scale).max(step.scale);
        let wide = |d: Decimal| i128::from(d.mantissa) * 10_i128.pow(u32::from(scale - d.scale));
        step.mantissa != 0 && (wide(self) - wide(origin)) % wide(step) == 0
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        let wide = |d: &Decimal| i128::from(d.mantissa) * 10_i128.pow(u32::from(scale - d.scale));
        wide(self).cmp(&wide(other))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_decimal(f, self.mantissa < 0, self.mantissa.unsigned_abs().into(), self.scale)
    }
}

/// Writes a decimal by its digits and how many of them stand behind the mark.
pub(super) fn write_decimal(f: &mut fmt::Formatter<'_>, is_negative: bool, digits: u128, scale: u8) -> fmt::Result {
    let sign = if is_negative { "-" } else { "" };
    let scale = usize::from(scale);
    if scale == 0 {
        return write!(f, "{sign}{digits}");
    }
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    write!(f, "{sign}{whole}.{fraction}")
}

impl std::str::FromStr for Decimal {
    type Err = DecimalError;

    /// Sign, digits, one point: `-12.50`. Nothing else is a number here.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        match Score::parse(text, '.')? {
            Score::Exact(decimal) => Ok(decimal),
            Score::Long(_) | Score::Fraction(_) | Score::Float(_) => Err(DecimalError::OutOfRange),
        }
    }
}

impl Score {
    /// Reads sign, digits and one decimal `mark`: no exponent, no `inf`, no grouping, no spaces.
    ///
    /// The dialect of a cell (full-width digits, the signs U+2212 and U+FF0D) is normalised by the reader before it
    /// comes here.
    pub fn parse(text: &str, mark: char) -> Result<Self, DecimalError> {
        let (negative, body) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, fraction) = body.split_once(mark).unwrap_or((body, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let marked = body.contains(mark);
        if whole.is_empty() && fraction.is_empty()
            || marked && (whole.is_empty() || fraction.is_empty())
            || !all_digits(whole)
            || !all_digits(fraction)
        {
            return Err(DecimalError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        let digits = format!("{whole}{fraction}");
        let significant = digits.trim_start_matches('0');
        if significant.len() <= 18 && fraction.len() <= 18 {
            let mantissa: i64 = if significant.is_empty() { 0 } else { significant.parse().map_err(|_| DecimalError::NotANumber)? };
            let mantissa = if negative { -mantissa } else { mantissa };
            return Decimal::new(mantissa, fraction.len() as u8).map(Score::Exact).ok_or(DecimalError::OutOfRange);
        }
        if significant.len() <= long::DIGITS && fraction.len() <= long::DIGITS {
            let mantissa: i128 = significant.parse().map_err(|_| DecimalError::NotANumber)?;
            let mantissa = if negative { -mantissa } else { mantissa };
            return LongDecimal::new(mantissa, fraction.len() as u32).map(Score::Long).ok_or(DecimalError::OutOfRange);
        }
        let sign = if negative { "-" } else { "" };
        let value: f64 = format!("{sign}{whole}.{fraction}0").parse().map_err(|_| DecimalError::NotANumber)?;
        if value.is_finite() { Ok(Score::Float(value)) } else { Err(DecimalError::OutOfRange) }
    }

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        match self {
            Score::Exact(decimal) => decimal.to_f64(),
            Score::Long(long) => long.to_f64(),
            Score::Fraction(fraction) => fraction.to_f64(),
            Score::Float(value) => value,
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Score::Exact(decimal) => decimal.fmt(f),
            Score::Long(long) => long.fmt(f),
            Score::Fraction(fraction) => fraction.to_f64().fmt(f),
            Score::Float(value) => value.fmt(f),
        }
    }
}

/// In JSON and TOML a decimal is a number: `63`, `0.5`.
impl serde::Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.scale == 0 { serializer.serialize_i64(self.mantissa) } else { serializer.serialize_f64(self.to_f64()) }
    }
}

impl<'de> serde::Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Decimal;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a decimal number of at most 18 digits")
            }
            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Decimal, E> {
                Decimal::new(value, 0).ok_or_else(|| E::custom("more than 18 digits"))
            }
            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Decimal, E> {
                i64::try_from(value).ok().and_then(|v| Decimal::new(v, 0)).ok_or_else(|| E::custom("more than 18 digits"))
            }
            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Decimal, E> {
                // The shortest text of the double is what was typed, up to 15 digits.
                format!("{value}").parse().map_err(|_| E::custom(format!("{value} is not a decimal of at most 18 digits")))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl schemars::JsonSchema for Decimal {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number", "description": "a decimal number of at most 18 digits" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_grammar_allows_and_nothing_else() {
        assert_eq!("-12.50".parse::<Decimal>().map(|d| (d.mantissa, d.scale)), Ok((-125, 1)));
        assert_eq!("+7".parse::<Decimal>().map(|d| d.to_string()), Ok("7".into()));
        assert_eq!("0.05".parse::<Decimal>().map(|d| d.to_string()), Ok("0.05".into()));
        for bad in ["", ".", "-", "1.", ".5", "1e3", "inf", "NaN", "1_2", " 1", "1 ", "--1", "0x1", "1,5", "１"] {
            assert_eq!(bad.parse::<Decimal>(), Err(DecimalError::NotANumber), "{bad:?}");
        }
    }

    #[test]
    fn the_comma_is_a_mark_only_when_declared() {
        assert_eq!(Score::parse("1,5", ','), Score::parse("1.5", '.'));
        assert!(Score::parse("1.5", ',').is_err());
    }

    #[test]
    fn long_numbers_fall_back_to_the_nearest_double() {
        let text = "0.1234567890123456789012345678901234567";
        assert_eq!(Score::parse(text, '.'), Ok(Score::Float(0.123_456_789_012_345_68)));
        assert_eq!(Score::parse(&"9".repeat(400), '.'), Err(DecimalError::OutOfRange));
    }

    #[test]
    fn to_f64_is_correctly_rounded() {
        for text in ["0.1", "2.3", "123456789.987654321", "0.000000000000000001", "999999999999999999"] {
            let decimal: Decimal = text.parse().unwrap_or(Decimal::from_integer(0));
            assert_eq!(decimal.to_f64(), text.parse::<f64>().unwrap_or(f64::NAN), "{text}");
        }
    }

    #[test]
    fn steps_are_judged_on_the_grid() {
        let d = |text: &str| text.parse::<Decimal>().unwrap_or(Decimal::from_integer(0));
        assert!(d("0.3").is_multiple(d("0"), d("0.1")));
        assert!(!d("0.35").is_multiple(d("0"), d("0.1")));
        assert!(d("21").is_multiple(d("1"), d("2")));
    }
}
