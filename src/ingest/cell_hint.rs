//! What a cell that is no number most likely is, so that the message can say what to do. Never used to read it.

use super::cell::number;
use super::id_fold::is_invisible;
use super::text_marker::behind_text_marker;

/// Error values of spreadsheets.
const SPREADSHEET_ERRORS: [&str; 13] = [
    "#DIV/0!",
    "#N/A",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#UNKNOWN!",
    "#CONNECT!",
    "#GETTING_DATA",
];

/// Codes for missing that data systems write: HL7 null flavours, SPSS, Stata, SAS, R, pandas, survey tools.
const USUAL_CODES: [&str; 26] = [
    "ni", "asku", "unk", "nask", "nav", "nap", "msk", "inv", "oth", "nan", "nil", "#null!", "<na>", "#n/a", "missing", "n.d.", "n.a.",
    "nd", "na.", "-", "--", "—", "?", ".", "…", "...",
];

/// Bytes of the longest cell that can plainly be one of these.
const LONGEST: usize = 500;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What the bad cell plainly is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Badness {
    SpreadsheetError,
    UsualCode,
    Time,
    Date,
    Exponent,
    Infinite,
    Censored,
    Approximate,
    Range,
    TwoAnswers,
    Unit,
    LetterForDigit,
    OtherMinus,
    OtherDigit,
    BareMark,
    OtherBase,
    InnerSpace,
    Invisible,
    YesOrNo,
    Formula,
    Struck,
}

impl Badness {
    /// What `cell`, trimmed and no number with this decimal `mark`, plainly is; `None` where that is not plain.
    pub fn of(cell: &str, mark: char) -> Option<Self> {
        if cell.len() > LONGEST {
            return None;
        }
        let lower = cell.to_lowercase();
        let is_number = |text: &str| number(text.trim(), mark, None).is_ok();
        let upper = cell.to_uppercase();
        let kinds: [(Self, &dyn Fn() -> bool); 21] = [
            (Self::Struck, &|| cell.contains('\u{336}')),
            (Self::UsualCode, &|| is_usual_code(&lower)),
            (Self::SpreadsheetError, &|| SPREADSHEET_ERRORS.contains(&upper.as_str()) || lower.strip_prefix("err:").is_some_and(is_digits)),
            (Self::Formula, &|| cell.starts_with('=') && behind_text_marker(cell).is_none()),
            (Self::Invisible, &|| cell.trim() != cell || cell.chars().any(|letter| is_invisible(letter) || letter.is_control())),
            (Self::YesOrNo, &|| {
                ["true", "false", "yes", "no", "○", "×", "〇", "✓", "✔", "はい", "いいえ", "예", "아니오"].contains(&lower.as_str())
            }),
            (Self::Infinite, &|| ["inf", "infinity", "∞"].contains(&lower.trim_start_matches(['-', '+', '\u{2212}']))),
            (Self::OtherBase, &|| {
                lower.strip_prefix("0x").is_some_and(|digits| !digits.is_empty() && digits.chars().all(|d| d.is_ascii_hexdigit()))
            }),
            (Self::Exponent, &|| lower.split_once('e').is_some_and(|(left, right)| is_number(left) && number(right, '.', None).is_ok())),
            (Self::Time, &|| is_time(cell)),
            (Self::Date, &|| is_date(&lower)),
            (Self::Censored, &|| is_censored(cell, is_number)),
            (Self::Approximate, &|| is_approximate(&lower, is_number)),
            (Self::BareMark, &|| {
                let body = cell.trim_start_matches(['-', '+']);
                body.strip_prefix(mark).or(body.strip_suffix(mark)).is_some_and(is_digits)
            }),
            (Self::OtherMinus, &|| is_other_minus(cell, is_number)),
            (Self::OtherDigit, &|| cell.chars().any(|letter| letter.is_numeric() && !is_digit(letter))),
            (Self::LetterForDigit, &|| is_lookalike(cell, is_number)),
            (Self::InnerSpace, &|| {
                let joined: String = cell.split_whitespace().collect();
                joined.len() < cell.len() && cell.chars().all(|letter| letter.is_whitespace() || is_digit(letter)) && is_number(&joined)
            }),
            (Self::Range, &|| halves(cell, &['-', '–', '—', '~', '〜', '～', '\u{2010}', '\u{2011}', '\u{2212}'], is_number)),
            (Self::TwoAnswers, &|| halves(cell, &[';', '/', '|', '&', '、', '；', '・', '\n'], is_number)),
            (Self::Unit, &|| is_with_unit(cell, is_number)),
        ];
        kinds.into_iter().find(|(_, is)| is()).map(|(kind, _)| kind)
    }

    /// What to do; `shown` is the cell made inert.
    pub fn hint(self, shown: &str) -> String {
        let declare = format!("if {shown} means missing, add it to `missing` under [data] in trial.toml");
        match self {
            Self::SpreadsheetError => format!("{shown} is an error of a spreadsheet formula: correct it there and export again; {declare}"),
            Self::UsualCode => declare,
            Self::Time => format!("{shown} looks like a time: the cell may be one column off; correct it"),
            Self::Date => {
                format!("{shown} looks like a date: the cell may be one column off, or a spreadsheet may have changed it; correct it")
            }
            Self::Exponent => format!("correct the cell: one plain number, written in full and without exponent; {declare}"),
            Self::Infinite => format!("correct the cell: a score is finite; {declare}"),
            Self::Censored => {
                format!("{shown} says on which side of a limit the score is, not what it is: decide in the data how it counts; {declare}")
            }
            Self::Approximate => format!("{shown} is an approximate or doubtful value: decide in the data how it counts; {declare}"),
            Self::Range => format!("{shown} looks like a range: correct the cell to one plain number; {declare}"),
            Self::TwoAnswers => format!("{shown} looks like two answers in one cell: decide in the data which counts; {declare}"),
            Self::Unit => "correct the cell: one plain number, without unit or remark".to_owned(),
            Self::LetterForDigit => format!("{shown} holds a letter that looks like a digit (l or I for 1, O for 0): correct the cell"),
            Self::OtherMinus => format!("the first character of {shown} is no minus sign, though it looks like one: write `-`"),
            Self::OtherDigit => {
                format!("{shown} holds a character that is no plain digit (superscript, circled, fraction, other script): write 0 to 9")
            }
            Self::BareMark => format!("write digits on both sides of the decimal mark: {shown} may have lost one"),
            Self::OtherBase => format!("{shown} is in the notation of a programming language: write one plain number"),
            Self::InnerSpace => format!(
                "correct the cell: {shown} has a space between its digits; if spaces separate thousands, declare `thousands = \" \"` under [data] in trial.toml"
            ),
            Self::Invisible => format!("{shown} holds a character that a screen does not show: type the cell again"),
            Self::YesOrNo => format!("{shown} is an answer, not a score: check that the column is the one meant; {declare}"),
            Self::Struck => format!("{shown} is struck out, in whole or in part: write what counts; {declare}"),
            Self::Formula => format!("{shown} is a formula: export its value; {declare}"),
        }
    }
}

/// A day count of a spreadsheet as the date it stands for, where that is a day of 1970 to 2069.
pub fn spreadsheet_date(cell: &str) -> Option<chrono::NaiveDate> {
    let days: u64 = cell.parse().ok().filter(|days| (25_569..62_092).contains(days))?;
    chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || ('０'..='９').contains(&letter)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_digit)
}

fn is_usual_code(lower: &str) -> bool {
    let is_stata = matches!(lower.as_bytes(), [b'.', b'a'..=b'z' | b'_']);
    USUAL_CODES.contains(&lower) || is_stata || lower.starts_with("##user_missing_") || lower.starts_with("##missing")
}

/// `12:30`, `1:02:03`, `12:30 pm`
fn is_time(cell: &str) -> bool {
    let cell = cell.to_lowercase();
    let clock = cell.trim_end_matches("am").trim_end_matches("pm").trim_end();
    let parts: Vec<&str> = clock.split([':', '：']).collect();
    (2..=3).contains(&parts.len()) && parts.iter().all(|part| is_digits(part.split(['.', ',']).next().unwrap_or(part)) && part.len() <= 8)
}

/// `2024/3/1`, `01.03.2024`, `1-Mar`, `Mar-24`, `2024-03-01 12:30`, `2024年3月1日`
fn is_date(lower: &str) -> bool {
    let day = lower.split(['t', ' ']).next().unwrap_or(lower);
    let is_month = |part: &str| MONTHS.iter().any(|month| part.starts_with(month)) && part.chars().all(char::is_alphabetic);
    let numeric = |separator: char| {
        let parts: Vec<&str> = day.split(separator).collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.chars().count()).collect();
        let is_long_enough = lengths.iter().sum::<usize>() > 3;
        is_long_enough && parts.iter().all(|part| is_digits(part)) && matches!(lengths[..], [1 | 2 | 4, 1 | 2, 1 | 2 | 4])
    };
    let parts: Vec<&str> = lower.split(['-', ' ', '/', '.', ',']).filter(|part| !part.is_empty()).collect();
    let with_month = (2..=3).contains(&parts.len())
        && parts.iter().filter(|part| is_month(part)).count() == 1
        && parts.iter().all(|part| is_month(part) || is_digits(part));
    let in_kanji = (lower.contains('月') && lower.contains('日')) || (lower.contains('월') && lower.contains('일'));
    ['/', '-', '.', '／'].into_iter().any(numeric) || with_month || in_kanji && lower.chars().any(is_digit)
}

fn is_censored(cell: &str, is_number: impl Fn(&str) -> bool) -> bool {
    let limit = cell.trim_start_matches(['<', '>', '=', '≤', '≥', '＜', '＞', '≦', '≧']);
    let limit = limit.trim_end_matches(['+', '＋']);
    let limit =
        ["以上", "以下", "未満", "超", "이상", "이하", "미만", "초과"].iter().find_map(|word| limit.strip_suffix(word)).unwrap_or(limit);
    limit.len() < cell.len() && is_number(limit)
}

fn is_approximate(lower: &str, is_number: impl Fn(&str) -> bool) -> bool {
    let value = ["約", "およそ", "ca.", "ca", "c.", "approx.", "approx", "about", "~", "～", "≈", "약"]
        .iter()
        .find_map(|word| lower.strip_prefix(word));
    let value = value
        .or_else(|| lower.strip_suffix(['?', '？']))
        .or_else(|| ["くらい", "ぐらい", "頃", "정도"].iter().find_map(|word| lower.strip_suffix(word)));
    value.is_some_and(is_number)
}

/// A number behind a dash or long vowel mark that is no minus sign: `ー3`, `–3`.
fn is_other_minus(cell: &str, is_number: impl Fn(&str) -> bool) -> bool {
    let first = cell.chars().next();
    first.is_some_and(|first| {
        matches!(first, '\u{2010}'..='\u{2015}' | '\u{30FC}' | '\u{FF70}' | '\u{4E00}' | '\u{2500}' | '\u{FE63}' | '\u{FE58}' | '\u{00AF}')
    }) && is_number(&cell.chars().skip(1).collect::<String>())
}

fn is_lookalike(cell: &str, is_number: impl Fn(&str) -> bool) -> bool {
    let digits: String = cell
        .chars()
        .map(|letter| match letter {
            'l' | 'I' | '|' | 'i' => '1',
            'O' | 'o' | 'Ｏ' | 'ｏ' => '0',
            _ => letter,
        })
        .collect();
    cell.chars().any(is_digit) && digits != cell && is_number(&digits)
}

fn halves(cell: &str, separators: &[char], is_number: impl Fn(&str) -> bool) -> bool {
    separators.iter().any(|separator| {
        let parts: Vec<&str> = cell.split(*separator).collect();
        parts.len() >= 2 && parts.iter().all(|part| is_number(part))
    })
}

/// A number and then a word or sign, or a currency sign and then a number.
fn is_with_unit(cell: &str, is_number: impl Fn(&str) -> bool) -> bool {
    let is_mark = |letter: char| is_digit(letter) || matches!(letter, '.' | ',' | '-' | '+' | '．' | '，' | '\u{2212}' | '\u{FF0D}');
    let value: String = cell.chars().take_while(|letter| is_mark(*letter)).collect();
    let rest = &cell[value.len()..];
    let is_word = !rest.is_empty() && !rest.chars().any(is_digit);
    let of_currency = cell.strip_prefix(['$', '€', '£', '¥', '￥', '₩']).is_some_and(&is_number);
    of_currency || is_word && is_number(&value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_told_from_the_others() {
        let cases = [
            ("#DIV/0!", Badness::SpreadsheetError),
            ("Err:502", Badness::SpreadsheetError),
            ("##USER_MISSING_96##", Badness::UsualCode),
            (".A", Badness::UsualCode),
            ("#NULL!", Badness::UsualCode),
            ("NaN", Badness::UsualCode),
            ("ASKU", Badness::UsualCode),
            ("12:30", Badness::Time),
            ("1:02:03", Badness::Time),
            ("2024/3/1", Badness::Date),
            ("2024-03-01T12:30", Badness::Date),
            ("01.03.2024", Badness::Date),
            ("1-Mar", Badness::Date),
            ("Mar-24", Badness::Date),
            ("2024年3月1日", Badness::Date),
            ("1e999", Badness::Exponent),
            ("1.2E+02", Badness::Exponent),
            ("-inf", Badness::Infinite),
            ("<5", Badness::Censored),
            ("≥ 5", Badness::Censored),
            ("50+", Badness::Censored),
            ("20以上", Badness::Censored),
            ("約20", Badness::Approximate),
            ("20?", Badness::Approximate),
            ("~20", Badness::Approximate),
            ("20-25", Badness::Range),
            ("20～25", Badness::Range),
            ("2;3", Badness::TwoAnswers),
            ("2/3", Badness::TwoAnswers),
            ("23 points", Badness::Unit),
            ("45%", Badness::Unit),
            ("12点", Badness::Unit),
            ("$12", Badness::Unit),
            ("l2", Badness::LetterForDigit),
            ("1O", Badness::LetterForDigit),
            ("ー3", Badness::OtherMinus),
            ("–3", Badness::OtherMinus),
            ("23²", Badness::OtherDigit),
            ("①5", Badness::OtherDigit),
            ("12½", Badness::OtherDigit),
            ("٣", Badness::OtherDigit),
            (".5", Badness::BareMark),
            ("5.", Badness::BareMark),
            ("0x1A", Badness::OtherBase),
            ("1 2", Badness::InnerSpace),
            ("12\u{200B}", Badness::Invisible),
            ("47.7\u{2003}", Badness::Invisible),
            ("\u{202F}12", Badness::Invisible),
            ("○", Badness::YesOrNo),
            ("TRUE", Badness::YesOrNo),
            ("=A1+A2", Badness::Formula),
        ];
        for (cell, kind) in cases {
            assert!(number(cell, '.', None).is_err(), "{cell}");
            assert_eq!(Badness::of(cell, '.'), Some(kind), "{cell}");
            assert!(!kind.hint(cell).is_empty());
        }
        for cell in ["twelve", "欠測", "S01", "1_2", "n/k", "1.2.3", "--1"] {
            assert_eq!(Badness::of(cell, '.'), None, "{cell}");
        }
    }

    #[test]
    fn day_counts_are_shown_as_dates() {
        assert_eq!(spreadsheet_date("45352").map(|date| date.to_string()).as_deref(), Some("2024-03-01"));
        assert_eq!((spreadsheet_date("230"), spreadsheet_date("99999")), (None, None));
    }
}
