//! A cell → a score, by a closed grammar: what is not in it is an error, never a guess.

use super::cell_hint::{Badness, spreadsheet_date};
use super::long_number::{compare, has_fraction};
use super::missing::MissingCodes;
use super::text_marker::behind_text_marker;
use super::{inert, trim};
use crate::decimal::{Decimal, DecimalError, Score};
use crate::trial::{Outcome, Place, Problem, ProblemCode};

/// How the cells of one column are read and checked.
#[derive(Debug, Clone)]
pub struct CellRule<'p> {
    /// The decimal mark: `.` or `,`.
    pub mark: char,
    /// The thousands mark, where one is declared.
    pub thousands: Option<char>,
    pub codes: &'p MissingCodes,
    pub outcome: &'p Outcome,
}

/// What a good cell holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    Missing,
    Score(Score),
}

/// What a bad cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellFault {
    NotANumber,
    /// More than a double holds.
    TooLarge,
    OutOfRange,
    OffStep,
    /// A declared missing code that is also a possible score.
    CodeInRange,
}

impl CellFault {
    pub fn code(self) -> ProblemCode {
        match self {
            CellFault::NotANumber | CellFault::TooLarge => ProblemCode::NotANumber,
            CellFault::OutOfRange => ProblemCode::OutOfRange,
            CellFault::OffStep => ProblemCode::OffStep,
            CellFault::CodeInRange => ProblemCode::MissingCodeInRange,
        }
    }
}

impl CellRule<'_> {
    /// Reads a cell as it stands in the file.
    pub fn read(&self, cell: &str) -> Result<Reading, CellFault> {
        let cell = trim(cell);
        if cell.is_empty() {
            return Ok(Reading::Missing);
        }
        let score = match number(cell, self.mark, self.thousands) {
            Ok(score) => score,
            Err(_) if self.codes.has_text(cell) => return Ok(Reading::Missing),
            Err(DecimalError::NotANumber) => return Err(CellFault::NotANumber),
            Err(DecimalError::OutOfRange) => return Err(CellFault::TooLarge),
        };
        let fault = self.check(score, cell);
        match (self.codes.has_number(score), fault) {
            (true, None) if self.outcome.range.is_some() => Err(CellFault::CodeInRange),
            (true, _) => Ok(Reading::Missing),
            (false, Some(fault)) => Err(fault),
            (false, None) => Ok(Reading::Score(score)),
        }
    }

    /// Reads what stands behind a spreadsheet's text marker; `None` where there is no marker, or no number behind it.
    pub fn read_behind_marker(&self, cell: &str) -> Option<Result<Reading, CellFault>> {
        let behind = behind_text_marker(cell).filter(|behind| !behind.is_empty())?;
        Some(self.read(behind)).filter(|reading| *reading != Err(CellFault::NotANumber))
    }

    fn check(&self, score: Score, cell: &str) -> Option<CellFault> {
        let range = self.outcome.range;
        // More than 30 digits are judged on the text: the nearest double may lie on the bound or the grid where they do not.
        let text = match score {
            Score::Exact(_) | Score::Long(_) | Score::Fraction(_) => String::new(),
            Score::Float(_) => normalised(cell, self.mark, self.thousands).unwrap_or_default(),
        };
        let inside = range.is_none_or(|range| match score {
            Score::Exact(_) | Score::Long(_) | Score::Fraction(_) => score.compare(range.min).is_ge() && score.compare(range.max).is_le(),
            Score::Float(_) => compare(&text, range.min).is_ge() && compare(&text, range.max).is_le(),
        });
        let origin = range.map_or(Decimal::from_integer(0), |range| range.min);
        let on_step = match (score, self.outcome.step) {
            (_, None) => true,
            (Score::Exact(decimal), Some(step)) => decimal.is_multiple(origin, step),
            (Score::Fraction(_), Some(_)) => false,
            (Score::Long(long), Some(_)) => long.scale() == 0,
            // A long number is finer than any step that 18 digits can state, unless it is a huge whole number.
            (Score::Float(_), Some(_)) => !has_fraction(&text),
        };
        if !inside { Some(CellFault::OutOfRange) } else { (!on_step).then_some(CellFault::OffStep) }
    }

    /// A bad cell as a problem that says what was expected, what was found and what to do.
    pub fn problem(&self, fault: CellFault, cell: &str, place: Place) -> Problem {
        let shown = inert(trim(cell));
        let what = match fault {
            CellFault::NotANumber => format!("expected a number, got `{shown}`"),
            CellFault::TooLarge => format!("expected a number that a double can hold, got {shown}"),
            CellFault::OutOfRange => format!("expected {}, got {shown}", self.expected_range()),
            CellFault::OffStep => format!("expected {}, got {shown}", self.expected_step()),
            CellFault::CodeInRange => format!("{shown} is declared missing, but {} are possible scores", self.expected_range()),
        };
        Problem::error(fault.code(), place, what).with_value(inert(cell)).with_hint(self.hint(fault, cell, &shown))
    }

    /// Said once of a column where most numbers are out of range: that is no typing error.
    pub fn many_outside(&self, outside: usize, numbers: usize, column: Place) -> Problem {
        let what = format!("{outside} of {numbers} scores lie outside {}: another unit or another scale", self.expected_range());
        let hint = format!("check that the column is the one meant, and `range` or `instrument` of outcome `{}`", inert(&self.outcome.id));
        Problem::error(ProblemCode::OutOfRange, column, what).with_count(outside).with_hint(hint)
    }

    fn expected_range(&self) -> String {
        self.outcome.range.map_or_else(String::new, |range| format!("{} to {}", range.min, range.max))
    }

    fn expected_step(&self) -> String {
        let from = self.outcome.range.map(|range| range.min).filter(|min| min.mantissa() != 0);
        match (self.outcome.step, from) {
            (Some(step), _) if step == Decimal::from_integer(1) && from.is_none_or(|min| min.scale() == 0) => "a whole number".to_owned(),
            (Some(step), None) => format!("a multiple of {step}"),
            (Some(step), Some(min)) => format!("{min} plus a multiple of {step}"),
            (None, _) => String::new(),
        }
    }

    /// What could be declared to make a number of a cell that holds the `other` mark.
    fn reads_otherwise(&self, cell: &str, other: char) -> Option<String> {
        let decimal = format!("`{other}` is the decimal mark, declare `decimal = \"{other}\"` (or `decimal_by_column` for one column)");
        let thousands = format!("`{other}` separates thousands, declare `thousands = \"{other}\"`");
        let is_decimal = number(trim(cell), other, None).is_ok();
        let is_thousands = number(trim(cell), self.mark, Some(other)).is_ok();
        match (is_decimal, is_thousands) {
            (true, true) => Some(format!("{decimal}; if {thousands},")),
            (true, false) => Some(decimal),
            (false, true) => Some(thousands),
            (false, false) => None,
        }
    }

    fn hint(&self, fault: CellFault, cell: &str, shown: &str) -> String {
        let declare = format!("if {shown} means missing, add it to `missing` under [data] in trial.toml");
        let other = if self.mark == ',' { '.' } else { ',' };
        if fault == CellFault::NotANumber
            && self.thousands.is_none()
            && let Some(declare) = self.reads_otherwise(cell, other)
        {
            return format!("if {declare} under [data] in trial.toml");
        }
        if fault == CellFault::NotANumber
            && let Some(badness) = Badness::of(trim(cell), self.mark)
        {
            return badness.hint(shown);
        }
        match fault {
            CellFault::CodeInRange => "take the code out of `missing` under [data] in trial.toml, or recode it in the data".to_owned(),
            CellFault::OffStep => format!("correct the cell, or `step` of outcome `{}` in trial.toml", inert(&self.outcome.id)),
            CellFault::NotANumber if shown.chars().any(char::is_numeric) => {
                "correct the cell: one plain number, without unit or remark".to_owned()
            }
            CellFault::OutOfRange if let Some(date) = spreadsheet_date(trim(cell)) => {
                format!("{shown} is {date} as a spreadsheet counts days: the cell may be one column off; correct it")
            }
            CellFault::OutOfRange => {
                format!("{declare}; if the scale is another, correct `range` or `instrument` of outcome `{}`", inert(&self.outcome.id))
            }
            CellFault::NotANumber | CellFault::TooLarge => declare,
        }
    }
}

/// The number in a trimmed cell: a sign, digits, one decimal mark; thousands marks only where declared.
///
/// Full-width digits and marks and the minus signs U+2212 and U+FF0D are read as what they plainly are.
pub fn number(cell: &str, mark: char, thousands: Option<char>) -> Result<Score, DecimalError> {
    match plain_number(cell.as_bytes(), mark) {
        Some(decimal) => Ok(Score::Exact(decimal)),
        None => Score::parse(&normalised(cell, mark, thousands).ok_or(DecimalError::NotANumber)?, '.'),
    }
}

/// The usual cell without any detour: ASCII, at most 18 digits.
fn plain_number(bytes: &[u8], mark: char) -> Option<Decimal> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, bytes),
    };
    let (mut mantissa, mut count, mut scale, mut marked) = (0_i64, 0_u8, 0_u8, false);
    for &byte in digits {
        if byte.is_ascii_digit() && count < 18 {
            mantissa = mantissa * 10 + i64::from(byte - b'0');
            count += 1;
            scale += u8::from(marked);
        } else if char::from(byte) == mark && !marked && count > 0 {
            marked = true;
        } else {
            return None;
        }
    }
    if count == 0 || marked && scale == 0 {
        return None;
    }
    Decimal::new(if negative { -mantissa } else { mantissa }, scale)
}

/// The cell in ASCII with `.` as its mark and without thousands marks; `None` where a character has no place in a number.
pub(super) fn normalised(cell: &str, mark: char, thousands: Option<char>) -> Option<String> {
    let ascii: String = cell.chars().map(|letter| half_width(letter, mark)).collect();
    let (sign, body) = match ascii.strip_prefix(['-', '+']) {
        Some(body) => (&ascii[..1], body),
        None => ("", ascii.as_str()),
    };
    let (whole, fraction) = match body.split_once(mark) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (body, None),
    };
    let whole = match thousands.filter(|thousands| *thousands != mark) {
        Some(thousands) => without_thousands(whole, thousands)?,
        None => whole.to_owned(),
    };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match fraction {
        _ if !is_digits(&whole) => None,
        None => Some(format!("{sign}{whole}")),
        Some(fraction) if is_digits(fraction) => Some(format!("{sign}{whole}.{fraction}")),
        Some(_) => None,
    }
}

/// A full-width digit, sign or mark as its ASCII twin. The table is closed: NFKC would make 232 of `23²`.
fn half_width(letter: char, mark: char) -> char {
    match letter {
        '０'..='９' => char::from(b'0' + (letter as u32 - '０' as u32) as u8),
        '\u{2212}' | '\u{FF0D}' => '-',
        '\u{FF0B}' => '+',
        '\u{FF0E}' if mark == '.' => '.',
        '\u{FF0C}' if mark == ',' => ',',
        _ => letter,
    }
}

/// `1,234,567` → `1234567`; groups must have three digits. A declared space is also a no-break space.
fn without_thousands(whole: &str, thousands: char) -> Option<String> {
    let is_mark = |letter: char| letter == thousands || thousands == ' ' && matches!(letter, '\u{A0}' | '\u{202F}');
    let mut groups = whole.split(is_mark);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    // Nobody counts `0,123` in thousands: there the mark is a decimal one.
    let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let well_formed = rest.is_empty() || is_first && rest.iter().all(|group| group.len() == 3);
    well_formed.then(|| format!("{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::trial::{Direction, Role, ScoreRange};

    fn outcome(range: Option<(i32, i32)>, step: Option<&str>) -> Outcome {
        Outcome {
            score_decimals: None,
            id: "x".into(),
            label: "x".into(),
            instrument: None,
            domain: None,
            direction: Direction::Lower,
            range: range.map(|(min, max)| ScoreRange { min: Decimal::from_integer(min), max: Decimal::from_integer(max) }),
            step: step.map(|step| step.parse().unwrap()),
            role: Role::Primary,
            unit: None,
            bands: Vec::new(),
            meaning: Default::default(),
        }
    }

    fn text(cell: &str, mark: char, thousands: Option<char>) -> Option<String> {
        number(cell, mark, thousands).ok().map(|score| score.to_string())
    }

    #[test]
    fn numbers_of_the_grammar() {
        for (cell, expected) in
            [("12", "12"), ("-3.50", "-3.5"), ("+7", "7"), ("007", "7"), ("１２．５", "12.5"), ("－3", "-3"), ("−3", "-3")]
        {
            assert_eq!(text(cell, '.', None).as_deref(), Some(expected), "{cell}");
        }
        assert_eq!(text("21,5", ',', None).as_deref(), Some("21.5"));
        assert_eq!(text("1,234,567.5", '.', Some(',')).as_deref(), Some("1234567.5"));
        assert_eq!(text("1.234,5", ',', Some('.')).as_deref(), Some("1234.5"));
        assert_eq!(text("1\u{A0}234", '.', Some(' ')).as_deref(), Some("1234"));
        assert_eq!(text("1234", '.', Some(',')).as_deref(), Some("1234"));
    }

    #[test]
    fn all_else_is_an_error() {
        let bad = [
            "NaN",
            "inf",
            "-inf",
            "1e5",
            "0x10",
            "1_2",
            "21,5",
            "1,234",
            "23²",
            "①5",
            "12½",
            "1-2",
            "<5",
            "50+",
            "ー3",
            "1 2",
            ".5",
            "5.",
            "--1",
            "'12",
            "TRUE",
            "○",
            "l2",
            "12 points",
            "1.2.3",
            "-",
            "+",
            "٣",
        ];
        for cell in bad {
            assert_eq!(number(cell, '.', None), Err(DecimalError::NotANumber), "{cell}");
        }
        for cell in ["1,23", "12,34", "1,2345", ",123", "1234,567", "1,234."] {
            assert!(number(cell, '.', Some(',')).is_err(), "{cell}");
        }
        assert_eq!(number(&"9".repeat(400), '.', None), Err(DecimalError::OutOfRange));
    }

    #[test]
    fn range_and_step_are_checked_on_the_decimals() {
        let codes = MissingCodes::default();
        let outcome = outcome(Some((0, 63)), Some("0.1"));
        let rule = CellRule { mark: '.', thousands: None, codes: &codes, outcome: &outcome };
        assert!(matches!(rule.read(" 63 "), Ok(Reading::Score(_))));
        assert!(matches!(rule.read("0.3"), Ok(Reading::Score(_))));
        assert_eq!(rule.read("63.1"), Err(CellFault::OutOfRange));
        assert_eq!(rule.read("0.35"), Err(CellFault::OffStep));
        assert_eq!(rule.read("63.00000000000000000001"), Err(CellFault::OutOfRange));
        assert_eq!(rule.read("62.00000000000000000001"), Err(CellFault::OffStep));
        let problem = rule.problem(CellFault::OutOfRange, "81", Place::file("a.csv"));
        assert_eq!(problem.to_string(), "a.csv: expected 0 to 63, got 81");
        assert_eq!(
            problem.hint.as_deref(),
            Some(
                "if 81 means missing, add it to `missing` under [data] in trial.toml; if the scale is another, correct `range` or `instrument` of outcome `x`"
            )
        );
    }

    #[test]
    fn missing_codes_are_missing_unless_they_are_possible_scores() {
        let codes = MissingCodes::new(&["-99".into(), "50".into(), "NI".into()]);
        let outcome = outcome(Some((0, 63)), None);
        let rule = CellRule { mark: '.', thousands: None, codes: &codes, outcome: &outcome };
        for cell in ["", " ", "\u{3000}", "NA", "none", "-99", "-99.0", " -99 ", "NI"] {
            assert_eq!(rule.read(cell), Ok(Reading::Missing), "{cell:?}");
        }
        assert_eq!(rule.read("50"), Err(CellFault::CodeInRange));
        assert_eq!(rule.read("NaN"), Err(CellFault::NotANumber));
    }

    #[test]
    fn hints_say_what_to_declare() {
        let codes = MissingCodes::default();
        let outcome = outcome(None, None);
        let rule = CellRule { mark: '.', thousands: None, codes: &codes, outcome: &outcome };
        let hint = |cell: &str| rule.problem(CellFault::NotANumber, cell, Place::default()).hint.unwrap_or_default();
        assert!(hint("21,5").contains("`decimal = \",\"`"));
        assert!(hint("1,234,567").contains("`thousands = \",\"`"));
        assert!(hint("欠測").contains("if 欠測 means missing, add it to `missing`"));
        assert!(hint("45%").contains("without unit"));
    }

    /// The grammar again, letter by letter and by itself: sign, digits, mark, digits → mantissa and scale.
    fn by_the_book(cell: &str, mark: char) -> Option<(i128, u32)> {
        let marks = if mark == '.' { ['.', '．'] } else { [',', '，'] };
        let letters: Vec<char> = cell.chars().collect();
        let (negative, body) = match letters.split_first() {
            Some(('-' | '−' | '－', body)) => (true, body),
            Some(('+' | '＋', body)) => (false, body),
            _ => (false, letters.as_slice()),
        };
        let parts: Vec<&[char]> = body.split(|letter| marks.contains(letter)).collect();
        if parts.len() > 2 || parts.iter().any(|part| part.is_empty()) {
            return None;
        }
        let digit =
            |letter: &char| "0123456789".chars().position(|d| d == *letter).or("０１２３４５６７８９".chars().position(|d| d == *letter));
        let digits: Vec<i128> = parts.concat().iter().map(|letter| digit(letter).map(|d| d as i128)).collect::<Option<_>>()?;
        let mantissa = digits.iter().fold(0, |sum, digit| 10 * sum + digit);
        Some((if negative { -mantissa } else { mantissa }, parts.get(1).map_or(0, |part| part.len() as u32)))
    }

    proptest! {
        #[test]
        fn the_fast_way_agrees_with_the_grammar(cell in "[-+]?[0-9]{0,20}(\\.[0-9]{0,20})?") {
            let fast = number(&cell, '.', None);
            prop_assert_eq!(fast, Score::parse(&cell, '.'));
        }

        #[test]
        fn what_is_read_is_in_the_grammar_and_the_same_number(
            cell in "[-+−－＋ー–]?[0-9０-９]{0,5}[.,．，]?[0-9０-９]{0,5}|[-+0-9.,０-９．，−－eE_ x²½٣①'<%:/○a]{0,6}",
            mark in prop::sample::select(vec!['.', ',']),
        ) {
            match (number(&cell, mark, None), by_the_book(&cell, mark)) {
                (Ok(Score::Exact(read)), Some((mantissa, scale))) => {
                    let wide = |mantissa: i128, scale: u32| mantissa * 10_i128.pow(18 - scale);
                    prop_assert_eq!(wide(i128::from(read.mantissa()), u32::from(read.scale())), wide(mantissa, scale));
                    let again = number(&read.to_string(), '.', None);
                    prop_assert_eq!(again, Ok(Score::Exact(read)));
                }
                (Err(DecimalError::NotANumber), None) => {}
                (read, grammar) => prop_assert!(false, "{:?}: read {:?}, by the grammar {:?}", cell, read, grammar),
            }
        }

        #[test]
        fn no_cell_at_all_makes_reading_or_its_message_fail(cell in any::<String>()) {
            let codes = MissingCodes::new(&["-99".into(), "NI".into()]);
            let outcome = outcome(Some((0, 63)), Some("1"));
            let rule = CellRule { mark: '.', thousands: Some(','), codes: &codes, outcome: &outcome };
            if let Err(fault) = rule.read(&cell) {
                let problem = rule.problem(fault, &cell, Place::default());
                prop_assert!(problem.hint.is_some_and(|hint| !hint.is_empty()));
            }
        }
    }
}
