//! Numbers become text here and nowhere else.
//!
//! Rounding is half up (away from zero) on the shortest decimal of the double: 1.275 → 1.28, as a person would round
//! what they see. Prose carries the true minus sign U+2212; data files carry `-` and shortest round-trip decimals.

use crate::stats::{Interval, PValue};
use crate::trial::Outcome;

/// The minus sign of prose and figures.
pub const MINUS: char = '\u{2212}';

/// A narrow no-break space, between the thousands of counts.
const THIN: char = '\u{202f}';

/// The shortest decimal that reads back as the same double: for data files.
pub fn data(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let magnitude = value.abs();
    if (1e-5..1e16).contains(&magnitude) { format!("{value}") } else { format!("{value:e}") }
}

/// Digits for means, SDs and limits of an outcome: one more than its scores have. Scores have the digits that were read,
/// else those of the step, else those of the ends of the range, else one.
pub fn decimals(outcome: &Outcome) -> usize {
    let range = outcome.range.map(|range| range.min.scale().max(range.max.scale()));
    let scores = outcome.score_decimals.or(outcome.step.map(|step| step.scale())).or(range).unwrap_or(1);
    let shown = if scores > MOST_MEASURED { OF_QUOTIENTS } else { scores.min(5) };
    usize::from(shown) + 1
}

/// More digits behind the mark are no measurement, but what a program writes of a quotient: 21.333333333333332.
const MOST_MEASURED: u8 = 9;

/// Digits that are shown of such scores.
const OF_QUOTIENTS: u8 = 2;

/// Digits for single scores of an outcome (lowest, highest): those that scores have.
pub fn score_decimals(outcome: &Outcome) -> usize {
    decimals(outcome) - 1
}

/// A sum of ranks: whole, or a half where ties left one.
pub fn rank_sum(value: f64) -> String {
    if value.fract() == 0.0 { fixed(value, 0) } else { fixed(value, 1) }
}

/// `value` with `decimals` digits, half up on its shortest decimal; a rounded zero has no sign. Results hold no infinities and no NaN;
/// should one come from elsewhere, a dash stands for it.
pub fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "\u{2013}".into();
    }
    let rounded = round_half_up(value.abs(), decimals);
    let is_zero = rounded.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if value < 0.0 && !is_zero { format!("{MINUS}{rounded}") } else { rounded }
}

/// [`fixed`] with an explicit plus sign: for changes.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if value > 0.0 && value.is_finite() && !is_zero { format!("+{text}") } else { text }
}

/// `−6.9 to −3.5`.
pub fn interval(interval: &Interval, decimals: usize) -> String {
    format!("{} to {}", fixed(interval.lower, decimals), fixed(interval.upper, decimals))
}

/// `95 % CI −6.9 to −3.5`.
pub fn labelled_interval(level: f64, text: &str) -> String {
    format!("{} CI {text}", level_percent(level))
}

/// `95 %` from 0.95, `97.5 %` from 0.975.
pub fn level_percent(level: f64) -> String {
    let percent = round_half_up(level * 100.0, 1);
    format!("{}\u{a0}%", percent.strip_suffix(".0").unwrap_or(&percent))
}

/// A p-value without its name: `< .001`, `.012`, `> .999`; below 1e-300 `< 1e-300` by [`p_exact`].
pub fn p(p: PValue) -> String {
    let value = p.get();
    if value < 0.001 {
        return "<\u{a0}.001".into();
    }
    let rounded = round_half_up(value, 3);
    match rounded.strip_prefix('0') {
        Some(fraction) => fraction.to_owned(),
        None if value < 1.0 => ">\u{a0}.999".into(),
        None => "1.000".into(),
    }
}

/// `p = .012`, `p < .001`.
pub fn p_named(value: PValue) -> String {
    let text = p(value);
    match text.chars().next() {
        Some('<' | '>') => format!("p\u{a0}{text}"),
        _ => format!("p\u{a0}=\u{a0}{text}"),
    }
}

/// A p-value in full for details: three significant digits, `< 1e-300` at the floor.
pub fn p_exact(value: PValue) -> String {
    if value.is_floor() {
        return "<\u{a0}1e-300".into();
    }
    let value = value.get();
    if value >= 1e-4 { significant(value, 3) } else { format!("{value:.2e}") }
}

/// [`p_exact`] as prose writes it: `4.00 × 10⁻⁶`.
pub fn p_prose(value: PValue) -> String {
    let text = p_exact(value);
    let Some((digits, exponent)) = text.split_once('e') else { return text };
    let raised = |letter: char| match letter {
        '-' => '\u{207b}',
        '1' => '\u{b9}',
        '2' => '\u{b2}',
        '3' => '\u{b3}',
        other => other.to_digit(10).and_then(|digit| char::from_u32(0x2070 + digit)).unwrap_or(other),
    };
    format!("{digits}\u{a0}\u{d7}\u{a0}10{}", exponent.chars().map(raised).collect::<String>())
}

/// `digits` significant digits, no exponent.
pub fn significant(value: f64, digits: usize) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let exponent = libm::floor(libm::log10(value.abs())) as i64;
    let decimals = (digits as i64 - 1 - exponent).max(0) as usize;
    fixed(value, decimals)
}

/// `43 %`, with `decimals` digits.
pub fn percent(value: f64, decimals: usize) -> String {
    format!("{}\u{a0}%", fixed(value, decimals))
}

/// How many times as likely, of the logarithm of a ratio of likelihoods that is not below 1: `3.4`, `27`, `more than a million`.
pub fn times(log: f64) -> String {
    let ratio = libm::exp(log);
    if ratio >= 1e6 {
        "more than a million".into()
    } else if ratio >= 10.0 {
        count(libm::round(ratio) as usize)
    } else {
        fixed(ratio, 1)
    }
}

/// A count with thin spaces between thousands from 10 000 on.
pub fn count(value: usize) -> String {
    let digits = value.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut text = String::with_capacity(digits.len() + 4);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(THIN);
        }
        text.push(digit);
    }
    text
}

/// Degrees of freedom: whole where whole.
pub fn df(value: f64) -> String {
    if value.fract() == 0.0 { fixed(value, 0) } else { fixed(value, 1) }
}

/// Half up on the shortest decimal digits of a non-negative double.
fn round_half_up(value: f64, decimals: usize) -> String {
    // `{}` prints the shortest digits that read back, without an exponent.
    let text = format!("{value}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if fraction.len() <= decimals {
        return if decimals == 0 { whole.to_owned() } else { format!("{whole}.{fraction:0<decimals$}") };
    }
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes().take(decimals)).collect();
    if fraction.as_bytes()[decimals] >= b'5' {
        let mut carry = true;
        for digit in digits.iter_mut().rev() {
            if *digit == b'9' {
                *digit = b'0';
            } else {
                *digit += 1;
                carry = false;
                break;
            }
        }
        if carry {
            digits.insert(0, b'1');
        }
    }
    let point = digits.len() - decimals;
    let digits: String = digits.iter().map(|&digit| char::from(digit)).collect();
    if decimals == 0 { digits } else { format!("{}.{}", &digits[..point], &digits[point..]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{Direction, Role};

    #[test]
    fn halves_go_up_on_the_decimal_one_sees() {
        assert_eq!(fixed(1.275, 2), "1.28");
        assert_eq!(fixed(-1.275, 2), "−1.28");
        assert_eq!(fixed(2.5, 0), "3");
        assert_eq!(fixed(9.995, 2), "10.00");
        assert_eq!(fixed(0.05, 1), "0.1");
        assert_eq!(fixed(-0.004, 2), "0.00");
        assert_eq!(fixed(1e21, 0), "1000000000000000000000");
        assert_eq!(fixed(1e-7, 2), "0.00");
        assert_eq!(signed(0.3, 1), "+0.3");
        assert_eq!(signed(0.001, 1), "0.0");
    }

    #[test]
    fn digits_follow_the_data_but_not_what_programs_write_of_quotients() {
        let of = |score_decimals: Option<u8>| Outcome {
            id: "x".into(),
            label: "x".into(),
            instrument: None,
            domain: None,
            direction: Direction::Lower,
            range: None,
            step: None,
            role: Role::Primary,
            unit: None,
            bands: Vec::new(),
            meaning: Default::default(),
            score_decimals,
        };
        let digits = [None, Some(0), Some(2), Some(9), Some(10), Some(15), Some(22)].map(|read| decimals(&of(read)));
        assert_eq!(digits, [2, 1, 3, 6, 3, 3, 3]);
    }

    #[test]
    fn p_values_are_never_zero_or_beyond_one() {
        let text = |value: f64| PValue::new(value).map(p).unwrap_or_default();
        assert_eq!(text(0.0), "<\u{a0}.001");
        assert_eq!(text(0.000_999), "<\u{a0}.001");
        assert_eq!(text(0.001), ".001");
        assert_eq!(text(0.0125), ".013");
        assert_eq!(text(0.9996), ">\u{a0}.999");
        assert_eq!(text(1.25), "1.000");
        assert_eq!(PValue::new(0.0).map(p_exact), Some("<\u{a0}1e-300".into()));
        assert_eq!(PValue::new(8.25e-17).map(p_exact), Some("8.25e-17".into()));
        assert_eq!(PValue::new(8.25e-17).map(p_prose), Some("8.25\u{a0}×\u{a0}10⁻¹⁷".into()));
        assert_eq!(PValue::new(0.0).map(p_prose), Some("<\u{a0}1\u{a0}×\u{a0}10⁻³⁰⁰".into()));
        assert_eq!(PValue::new(0.0123).map(p_prose), Some("0.0123".into()));
    }

    #[test]
    fn data_reads_back_and_has_no_negative_zero() {
        for value in [0.1, -5.2, 1e-300, 123_456_789.987_654_3, 1e22] {
            assert_eq!(data(value).parse::<f64>(), Ok(value));
        }
        assert_eq!(data(-0.0), "0");
    }

    #[test]
    fn what_is_no_number_is_a_dash() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(fixed(value, 2), "–");
            assert_eq!(signed(value, 2), "–");
        }
    }

    #[test]
    fn counts_and_levels() {
        assert_eq!(count(9999), "9999");
        assert_eq!(count(100_000), "100\u{202f}000");
        assert_eq!(level_percent(0.95), "95\u{a0}%");
        assert_eq!(level_percent(0.975), "97.5\u{a0}%");
    }
}
