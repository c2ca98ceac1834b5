//! The number cell, against the grammar of docs/ingest.md.

use super::finding;
use crate::decimal::{Decimal, DecimalError, Score};
use crate::ingest::cell::{CellFault, CellRule, Reading, number};
use crate::ingest::missing::MissingCodes;
use crate::ingest::trim;
use crate::trial::{Direction, Outcome, Place, Role, ScoreRange};

/// Decimal marks with the thousands marks that may be declared beside them.
const MARKS: [(char, Option<char>); 7] =
    [('.', None), (',', None), ('.', Some(',')), (',', Some('.')), ('.', Some(' ')), (',', Some(' ')), ('.', Some('\''))];

/// Reads a cell under every mark: what is accepted is in the grammar and is that number, what is refused is not in it.
pub fn cell(text: &str) {
    for (mark, thousands) in MARKS {
        let expected = digits(trim(text), mark, thousands);
        let read = number(trim(text), mark, thousands);
        match (&read, &expected) {
            (Ok(Score::Exact(decimal)), Some(expected)) => assert_eq!(&of_decimal(*decimal), expected, "{text:?}"),
            (Ok(Score::Long(long)), Some(expected)) => {
                assert!(expected.digits.len() > 18 || expected.places > 18, "{text:?}: {long}");
                assert_eq!(&digits(&long.to_string(), '.', None).unwrap(), expected, "{text:?}");
                assert_eq!(long.to_f64(), expected.nearest(), "{text:?}");
            }
            (Ok(Score::Float(double)), Some(expected)) => {
                assert!(double.is_finite() && expected.digits.len() > 30 || expected.places > 30, "{text:?}: {double}");
                assert_eq!(*double, expected.nearest(), "{text:?}");
            }
            (Err(DecimalError::OutOfRange), Some(expected)) => assert!(expected.nearest().is_infinite(), "{text:?}"),
            (Err(DecimalError::NotANumber), None) => {}
            (read, expected) => panic!("{text:?} with {mark:?} and {thousands:?}: read as {read:?}, by the grammar {expected:?}"),
        }
        in_column(text, mark, thousands, read.ok());
    }
}

/// A score column reads the same number, or refuses the cell with a message that can be shown.
fn in_column(text: &str, mark: char, thousands: Option<char>, expected: Option<Score>) {
    let codes = MissingCodes::new(&["-99".to_owned(), "NI".to_owned()]);
    for outcome in [outcome(None), outcome(Some(63))] {
        let rule = CellRule { mark, thousands, codes: &codes, outcome: &outcome };
        match rule.read(text) {
            Ok(Reading::Score(score)) => assert_eq!(Some(score), expected, "{text:?}"),
            Ok(Reading::Missing) => {
                assert!(expected.is_none_or(|score| score == Score::Exact(Decimal::from_integer(-99))), "{text:?}");
            }
            Err(fault) => {
                assert_eq!(fault == CellFault::NotANumber, expected.is_none() && fault != CellFault::TooLarge, "{text:?}");
                finding::check(&rule.problem(fault, text, Place::default()), None);
            }
        }
        if let Some(Ok(Reading::Score(score))) = rule.read_behind_marker(text) {
            assert!(number(trim(text), mark, thousands).is_err() && score.to_f64().is_finite(), "{text:?}");
        }
    }
}

fn outcome(highest: Option<i32>) -> Outcome {
    Outcome {
        score_decimals: None,
        id: "x".into(),
        label: "x".into(),
        instrument: None,
        domain: None,
        direction: Direction::Lower,
        range: highest.map(|max| ScoreRange { min: Decimal::from_integer(0), max: Decimal::from_integer(max) }),
        step: highest.map(|_| Decimal::from_integer(1)),
        role: Role::Primary,
        unit: None,
        bands: Vec::new(),
        meaning: Default::default(),
    }
}

/// A number as its digits: `digits × 10^−places`, without zeros that mean nothing.
#[derive(Debug, PartialEq)]
struct Digits {
    negative: bool,
    digits: String,
    places: usize,
}

impl Digits {
    fn new(negative: bool, whole: &str, fraction: &str) -> Self {
        let fraction = fraction.trim_end_matches('0');
        let digits = format!("{whole}{fraction}").trim_start_matches('0').to_owned();
        Self { negative: negative && !digits.is_empty(), places: if digits.is_empty() { 0 } else { fraction.len() }, digits }
    }

    fn nearest(&self) -> f64 {
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}0{}e-{}", self.digits, self.places).parse().expect("digits with an exponent")
    }
}

fn of_decimal(decimal: Decimal) -> Digits {
    let text = decimal.to_string();
    let body = text.trim_start_matches('-');
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    Digits::new(text.starts_with('-'), whole, fraction)
}

/// `[-+−－＋]?` digits (in groups of three where a mark is declared), then perhaps a mark and digits; `None` for all else.
fn digits(cell: &str, mark: char, thousands: Option<char>) -> Option<Digits> {
    let digit = |letter: char| match letter {
        '0'..='9' => Some(letter),
        '０'..='９' => char::from_digit(letter as u32 - 0xFF10, 10),
        _ => None,
    };
    let wide = if mark == '.' { '．' } else { '，' };
    let is_group_mark = |letter: char| Some(letter) == thousands || thousands == Some(' ') && matches!(letter, '\u{A0}' | '\u{202F}');
    let body = cell.strip_prefix(['-', '+', '\u{2212}', '\u{FF0D}', '\u{FF0B}']);
    let negative = body.is_some() && !cell.starts_with(['+', '\u{FF0B}']);
    let body = body.unwrap_or(cell);
    let (whole, fraction) = match body.find([mark, wide]) {
        Some(at) => (&body[..at], Some(body[at..].trim_start_matches([mark, wide]))),
        None => (body, None),
    };
    if let Some(fraction) = fraction {
        // One mark, with a digit behind it.
        let after_one = body[whole.len()..].chars().nth(1);
        after_one.and_then(digit)?;
        fraction.chars().map(digit).collect::<Option<String>>()?;
    }
    let groups: Vec<&str> = whole.split(is_group_mark).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.chars().count()).collect();
    let (first, rest) = lengths.split_first()?;
    if !rest.is_empty() && groups[0].chars().next().and_then(digit) == Some('0') {
        return None;
    }
    let in_groups = rest.is_empty() && *first > 0 || (1..=3).contains(first) && rest.iter().all(|length| *length == 3);
    let whole: String = in_groups.then(|| groups.concat().chars().map(digit).collect::<Option<String>>())??;
    let fraction: String = fraction.unwrap_or_default().chars().filter_map(digit).collect();
    Some(Digits::new(negative, &whole, &fraction))
}
