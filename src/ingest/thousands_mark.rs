//! A point that may be a thousands mark: `1.200` beside `540`.

use super::cell::CellRule;
use super::{inert, trim};
use crate::trial::{Place, Problem, ProblemCode};

/// The smallest score with a thousands mark.
const THOUSAND: f64 = 1000.0;
/// Whole numbers above this stand beside thousands; scores of a scale with three decimals are below.
const LARGE: f64 = 99.0;

/// The scores of one outcome in one file, as they are written.
///
/// In doubt are scores whose every point has one to three digits before it, none of them a leading zero, and exactly three
/// behind, while others are whole numbers above 99 without a point. A program that writes three decimals writes them
/// everywhere, and one that leaves zeros out leaves them out: neither writes both. In a file that keeps numbers as numbers
/// only a zero at the end (`1.200`) can have been typed.
#[derive(Debug, Clone, Default)]
pub struct PointsInDoubt {
    /// The first score with a point.
    first: Option<(Place, String)>,
    pointed: usize,
    with_zero_at_end: bool,
    is_large_beside: bool,
    /// Some point is a decimal mark without doubt.
    is_decimal: bool,
}

impl PointsInDoubt {
    /// Whether a column read by `rule` can be in doubt: not where its range ends below a thousand, or its step has decimals.
    pub fn can_be(rule: &CellRule) -> bool {
        rule.mark == '.'
            && rule.thousands.is_none()
            && rule.outcome.range.is_none_or(|range| range.max.to_f64() >= THOUSAND)
            && rule.outcome.step.is_none_or(|step| step.scale() == 0)
    }

    /// Notes a cell that was read as a score; `place` is its own.
    pub fn add(&mut self, cell: &str, value: f64, place: impl FnOnce() -> Place) {
        let cell = trim(cell);
        let Some((whole, fraction)) = cell.split_once('.') else {
            self.is_large_beside |= value.abs() > LARGE;
            return;
        };
        let whole = whole.trim_start_matches(['-', '+']);
        self.is_decimal |= fraction.len() != 3 || whole.len() > 3 || whole.starts_with('0');
        self.with_zero_at_end |= fraction.ends_with('0');
        self.pointed += 1;
        self.first.get_or_insert_with(|| (place(), inert(cell)));
    }

    /// Adds what another column of the same outcome holds.
    pub fn join(&mut self, other: Self) {
        self.first = self.first.take().or(other.first);
        self.pointed += other.pointed;
        self.with_zero_at_end |= other.with_zero_at_end;
        self.is_large_beside |= other.is_large_beside;
        self.is_decimal |= other.is_decimal;
    }

    /// The error, where there is doubt. `keeps_numbers`: the file is no text.
    pub fn problem(self, keeps_numbers: bool) -> Option<Problem> {
        let (place, value) = self.first?;
        let is_doubtful = self.is_large_beside && !self.is_decimal && (self.with_zero_at_end || !keeps_numbers);
        is_doubtful.then(|| {
            let what = format!("the point in `{value}` may separate thousands: every score with a point has three digits behind it, and others are whole numbers");
            Problem::error(ProblemCode::NotANumber, place, what).with_value(value).with_count(self.pointed).with_hint(
                "if `.` separates thousands, declare `thousands = \".\"` and `decimal = \",\"` under [data] in trial.toml; if it is the decimal mark, `decimal = \".\"`",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubt(cells: &[&str], keeps_numbers: bool) -> bool {
        let mut points = PointsInDoubt::default();
        for cell in cells {
            points.add(cell, cell.parse().unwrap(), Place::default);
        }
        points.problem(keeps_numbers).is_some()
    }

    #[test]
    fn thousands_beside_whole_numbers_are_in_doubt() {
        assert!(doubt(&["1.200", "540", "1.080", "420"], false));
        assert!(doubt(&["1.234", "540"], false) && !doubt(&["1.234", "540"], true));
        assert!(doubt(&["1.200", "540"], true));
    }

    #[test]
    fn decimals_are_not() {
        for cells in [
            &["-1.234", "-0.512", "1.020", "2.340"][..],
            &["1.234", "2.500", "3.125"],
            &["1.234", "12", "7"],
            &["120.125", "130.5", "140"],
            &["0.123", "540"],
            &["1234.567", "540"],
            &["540", "420"],
        ] {
            assert!(!doubt(cells, false), "{cells:?}");
        }
    }
}
