//! What the points, commas, spaces and apostrophes among the digits of a column can be.

use crate::ingest::cell::number;
use crate::plan::DecimalMark;

/// Whole numbers above this stand beside thousands; scores of a scale with three decimals are below.
const LARGE: f64 = 99.0;

/// Marks of thousands besides the point and the comma.
const SPACES: [char; 3] = [' ', '\'', '’'];

/// The marks seen so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct MarksSeen {
    /// Numbers whose point, or comma, is a decimal mark for certain.
    points: usize,
    commas: usize,
    /// Points, or commas, that stand between one to three digits and exactly three: `1.200`.
    maybe_points: usize,
    maybe_commas: usize,
    /// Whether such a number ended in a zero.
    zero_at_end: bool,
    thousands: Option<char>,
    /// Whether a whole number above 99 has no mark.
    large: bool,
}

impl MarksSeen {
    /// The number in a cell, in whatever way its marks make one; `None` where no way does.
    pub fn read(&mut self, cell: &str) -> Option<f64> {
        for mark in ['.', ','] {
            if let Ok(score) = number(cell, mark, None) {
                let value = score.to_f64();
                self.note(cell, mark, value);
                return Some(value);
            }
        }
        let marks = [(',', '.'), ('.', ',')].into_iter().chain(SPACES.into_iter().flat_map(|space| [(space, '.'), (space, ',')]));
        for (thousands, mark) in marks {
            if let Ok(score) = number(cell, mark, Some(thousands)) {
                self.thousands.get_or_insert(thousands);
                if cell.contains(mark) {
                    *(if mark == '.' { &mut self.points } else { &mut self.commas }) += 1;
                }
                return Some(score.to_f64());
            }
        }
        None
    }

    fn note(&mut self, cell: &str, mark: char, value: f64) {
        let wide = if mark == '.' { '．' } else { '，' };
        let Some((whole, fraction)) = cell.split_once([mark, wide]) else {
            self.large |= value.abs() > LARGE;
            return;
        };
        let whole = whole.trim_start_matches(|letter: char| !letter.is_numeric());
        let is_certain = fraction.chars().count() != 3 || whole.chars().count() > 3 || whole.starts_with(['0', '０']);
        let (certain, maybe) = match mark {
            '.' => (&mut self.points, &mut self.maybe_points),
            _ => (&mut self.commas, &mut self.maybe_commas),
        };
        if is_certain {
            *certain += 1;
        } else {
            *maybe += 1;
            self.zero_at_end |= fraction.ends_with(['0', '０']);
        }
    }

    /// The decimal mark that the numbers need. `keeps_numbers`: the file is no text, so that only a zero at the end was typed.
    pub fn decimal(&self, keeps_numbers: bool) -> Option<DecimalMark> {
        let certain = match self.thousands {
            Some(',') => Some(DecimalMark::Point).filter(|_| self.points > 0),
            Some('.') => Some(DecimalMark::Comma),
            _ => None,
        };
        if certain.is_some() {
            return certain;
        }
        match (self.commas, self.points) {
            (0, 0) if self.thousands == Some(',') => None,
            (0, 0) if self.maybe_commas > 0 => Some(DecimalMark::CommaOrThousands),
            (0, 0) if self.maybe_points > 0 && (!keeps_numbers || self.zero_at_end) => Some(DecimalMark::PointOrThousands),
            (0, 0) if self.maybe_points > 0 => Some(DecimalMark::Point),
            (0, 0) => None,
            (commas, points) if commas > points => Some(DecimalMark::Comma),
            _ => Some(DecimalMark::Point),
        }
    }

    /// The thousands mark that some number cannot do without.
    pub fn thousands(&self) -> Option<char> {
        self.thousands
    }

    /// Whether whole numbers above 99 stand beside those with a mark.
    pub fn has_large(&self) -> bool {
        self.large
    }

    /// Whether both marks are decimal marks: some of the numbers are written otherwise than the rest.
    pub fn are_mixed(&self) -> bool {
        self.points > 0 && self.commas > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(cells: &[&str]) -> (Option<DecimalMark>, Option<char>, bool) {
        let mut marks = MarksSeen::default();
        for cell in cells {
            assert!(marks.read(cell).is_some(), "{cell}");
        }
        (marks.decimal(false), marks.thousands(), marks.has_large())
    }

    #[test]
    fn marks_are_certain_where_only_one_way_of_reading_is_left() {
        assert_eq!(seen(&["12", "7"]), (None, None, false));
        assert_eq!(seen(&["12.5", "7"]), (Some(DecimalMark::Point), None, false));
        assert_eq!(seen(&["0,123", "７，５"]), (Some(DecimalMark::Comma), None, false));
        assert_eq!(seen(&["1,200.5", "540.5"]), (Some(DecimalMark::Point), Some(','), false));
        assert_eq!(seen(&["1.200,5", "1.080"]), (Some(DecimalMark::Comma), Some('.'), false));
        assert_eq!(seen(&["1,234,567", "1,200"]), (None, Some(','), false));
        assert_eq!(seen(&["1 200", "540"]), (None, Some(' '), true));
        assert_eq!(seen(&["1’200,5", "540"]), (Some(DecimalMark::Comma), Some('’'), true));
    }

    #[test]
    fn a_mark_before_three_digits_is_in_doubt() {
        assert_eq!(seen(&["1.200", "540"]), (Some(DecimalMark::PointOrThousands), None, true));
        assert_eq!(seen(&["1,200", "540"]), (Some(DecimalMark::CommaOrThousands), None, true));
        assert_eq!(seen(&["-1.234", "1.5"]), (Some(DecimalMark::Point), None, false));
    }
}
