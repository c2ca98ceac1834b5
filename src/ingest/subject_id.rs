//! What a subject id may be: text whose every character is known, of a sensible length.

use super::id_fold::is_invisible;
use super::inert;
use crate::trial::{Place, Problem, ProblemCode};

/// Characters of the longest id.
const LONGEST: usize = 256;

/// What stands in the cell of an id that is not known, in lower case.
const PLACEHOLDERS: [&str; 33] = [
    "na",
    "n/a",
    "#n/a",
    "<na>",
    "nan",
    "null",
    "#null!",
    "none",
    "nil",
    "#ref!",
    "#value!",
    "#name?",
    "#div/0!",
    "#num!",
    "unknown",
    "unk",
    "unkn",
    "missing",
    "not known",
    "no id",
    "tbd",
    "tba",
    "anonymous",
    "不明",
    "不詳",
    "未定",
    "なし",
    "無し",
    "미상",
    "불명",
    "없음",
    "unbekannt",
    "inconnu",
];

/// Whether the cell says that there is no id: `NA`, `unknown`, or marks alone, as `-`.
pub fn is_placeholder(id: &str) -> bool {
    // Ids have a digit nearly always.
    if id.bytes().any(|byte| byte.is_ascii_digit() && !id.starts_with('#')) {
        return false;
    }
    // One mark alone or again and again: other text without letters may be somebody's key.
    let mut marks = id.chars();
    let first = marks.next();
    let is_mark = first.is_some_and(|mark| "-–—−－.…?？_/*".contains(mark)) && marks.all(|mark| Some(mark) == first);
    is_mark || PLACEHOLDERS.contains(&id.to_lowercase().as_str())
}

/// Whether an id that is not empty shows nothing: invisible and control characters alone.
pub fn is_unseen(id: &str) -> bool {
    id.chars().all(|letter| is_invisible(letter) || letter.is_control() || letter.is_whitespace())
}

/// Whether the id is one that is typed to try a form out, or to fill the cell.
pub fn is_trial_entry(id: &str) -> bool {
    ["test", "testing", "demo", "dummy", "sample", "example", "xxx", "テスト", "테스트"].contains(&id.to_lowercase().as_str())
}

/// What is wrong with an id that is neither empty nor spelled like another; `place` is its cell.
///
/// Control characters are let through: the text is known, and shown escaped.
pub fn problem(id: &str, place: impl FnOnce() -> Place) -> Option<Problem> {
    let is_usual = id.len() <= LONGEST && id.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && !id.contains("E+");
    if is_usual {
        return None;
    }
    let length = id.chars().count();
    let problem = if length > LONGEST {
        Problem::error(ProblemCode::SubjectTooLong, place(), format!("expected a subject id of at most {LONGEST} characters, got {length}"))
            .with_hint("a quote that does not close, or the wrong column as `subject`, can make an id this long")
    } else if id.contains('\u{FFFD}') {
        let what = format!("the subject id `{}` holds U+FFFD: a character was lost when the file was written", inert(id));
        Problem::error(ProblemCode::SubjectDamaged, place(), what)
            .with_hint("export the file again in UTF-8: who the row belongs to cannot be known")
    } else if id.contains('\u{336}') {
        let what = format!("the subject id `{}` is struck out, in whole or in part", inert(id));
        Problem::error(ProblemCode::SubjectDamaged, place(), what).with_hint("write the id that counts, or remove the row")
    } else if is_rounded(id) {
        let what = format!("the subject id `{}` is a long number that a spreadsheet rounded: its last digits are lost", inert(id));
        Problem::error(ProblemCode::SubjectDamaged, place(), what)
            .with_hint("export again from the original data, with the id column formatted as text")
    } else if id.contains(['\n', '\r']) {
        Problem::warning(ProblemCode::SubjectDamaged, place(), format!("the subject id `{}` holds a line break", inert(id)))
            .with_hint("if a quote is misplaced, two rows may have become one: look at the line")
    } else {
        return None;
    };
    Some(problem.with_value(inert(id)))
}

/// `1.23457E+11`, as spreadsheets show a long number in a narrow column and then write it.
fn is_rounded(id: &str) -> bool {
    let Some((mantissa, exponent)) = id.split_once("E+") else { return false };
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    whole.len() == 1 && is_digits(whole) && is_digits(fraction) && exponent.len() == 2 && is_digits(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Severity;

    #[test]
    fn damaged_ids_are_found_and_usual_ones_pass() {
        let found = |id: &str| problem(id, Place::default).map(|problem| (problem.code, problem.severity));
        for id in ["S01", "被験者 01", "Müller", "5373-100", "c\u{1}c", "l\u{2028}s", "E+12", "AE+01", "-2+3", &"é".repeat(256)] {
            assert_eq!(found(id), None, "{id}");
        }
        assert_eq!(found("M\u{FFFD}ller"), Some((ProblemCode::SubjectDamaged, Severity::Error)));
        assert_eq!(found("S\u{336}01"), Some((ProblemCode::SubjectDamaged, Severity::Error)));
        assert_eq!(found("1.23457E+11"), Some((ProblemCode::SubjectDamaged, Severity::Error)));
        assert_eq!(found(&"é".repeat(257)), Some((ProblemCode::SubjectTooLong, Severity::Error)));
        assert_eq!(found("S04\nerror: none"), Some((ProblemCode::SubjectDamaged, Severity::Warning)));
    }

    #[test]
    fn placeholders_are_told_from_ids() {
        for id in ["NA", "#N/A", "n/a", "unknown", "-", "--", ".", "?", "#DIV/0!", "不明", "—"] {
            assert!(is_placeholder(id), "{id}");
        }
        for id in ["0", "S01", "AB", "Nadia", "N-1", "#1", "被験者", "山田", "-5", "🙂", "]]><!--"] {
            assert!(!is_placeholder(id), "{id}");
        }
    }

    #[test]
    fn a_long_id_is_shown_by_its_beginning() {
        let found = problem(&"x".repeat(20_000), Place::default).unwrap();
        assert_eq!(found.what, "expected a subject id of at most 256 characters, got 20000");
        assert_eq!(found.value.map(|value| value.chars().count()), Some(81));
    }
}
