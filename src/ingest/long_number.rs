//! Numbers of more digits than a score holds, judged on their text: 4.500000000000000001 is more than 4.5.

use std::cmp::Ordering;

use crate::decimal::Decimal;

/// How `text` (sign, digits, `.`, digits) compares to `bound`, on every digit.
pub fn compare(text: &str, bound: Decimal) -> Ordering {
    let bound = bound.to_string();
    let (left, right) = (Parts::of(text), Parts::of(&bound));
    match (left.negative, right.negative) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => left.magnitude(&right),
        (true, true) => right.magnitude(&left),
    }
}

/// Whether `text` has digits other than 0 after its point.
pub fn has_fraction(text: &str) -> bool {
    !Parts::of(text).fraction.is_empty()
}

struct Parts<'t> {
    negative: bool,
    /// Without leading zeros.
    whole: &'t str,
    /// Without trailing zeros.
    fraction: &'t str,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Self {
        let body = text.trim_start_matches(['-', '+']);
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        // There is one zero.
        let negative = text.starts_with('-') && !(whole.is_empty() && fraction.is_empty());
        Self { negative, whole, fraction }
    }

    fn magnitude(&self, other: &Parts) -> Ordering {
        let whole = self.whole.len().cmp(&other.whole.len()).then_with(|| self.whole.cmp(other.whole));
        whole.then_with(|| self.fraction.cmp(other.fraction))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_counts() {
        let compare = |text: &str, bound: &str| compare(text, bound.parse().unwrap());
        assert_eq!(compare("4.500000000000000001", "4.5"), Ordering::Greater);
        assert_eq!(compare("4.499999999999999999", "4.5"), Ordering::Less);
        assert_eq!(compare("004.5000000000000000000", "4.5"), Ordering::Equal);
        assert_eq!(compare("-0.0000000000000000000001", "0"), Ordering::Less);
        assert_eq!(compare("-63.0000000000000000001", "-63"), Ordering::Less);
        assert_eq!(compare("-0.00000000000000000000", "0"), Ordering::Equal);
        assert_eq!(compare("10000000000000000000", "63"), Ordering::Greater);
        assert!(has_fraction("4.000000000000000000001") && !has_fraction("40000000000000000000.00"));
    }
}
