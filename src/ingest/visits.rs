//! Labels in the visit column: which visit of the plan each means, what else stands there, and what looks like a label of
//! the plan spelled in another way.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::inert;
use super::look_alike::without_look_alikes;
use super::outcomes::unknown_label;
use super::roster::At;
use crate::trial::{Place, Problem, ProblemCode, Problems};

/// Labels listed in one message.
const LISTED: usize = 10;

/// Rows of visits outside the plan, by label.
#[derive(Debug, Default)]
pub struct OtherVisits<'a>(BTreeMap<Cow<'a, str>, OtherLabel<'a>>);

/// The rows of one label.
#[derive(Debug)]
struct OtherLabel<'a> {
    rows: usize,
    first: At,
    ids: Vec<Cow<'a, str>>,
}

impl<'a> OtherVisits<'a> {
    /// Notes a row of another visit; a row without a subject has an empty `id`.
    pub fn note(&mut self, label: Cow<'a, str>, id: Cow<'a, str>, at: At) {
        let label = self.0.entry(label).or_insert_with(|| OtherLabel { rows: 0, first: at, ids: Vec::new() });
        label.rows += 1;
        if !id.is_empty() {
            label.ids.push(id);
        }
    }

    /// Labels of the plan that no row has, where rows have others; and labels that look like one of the plan.
    ///
    /// `seen` says which visits of the plan occurred, `has_row` whether a subject has a row at one of them.
    pub fn report_labels(
        &self,
        labels: &[Vec<Cow<str>>],
        seen: &[bool],
        has_row: impl Fn(&str, usize) -> bool,
        place: &Place,
        problems: &mut Problems,
    ) {
        let known = labels.iter().zip(seen).filter(|(_, seen)| **seen).flat_map(|(spellings, _)| spellings);
        let found: BTreeSet<&str> = self.0.keys().chain(known).map(|label| &**label).filter(|label| !label.is_empty()).collect();
        for (visit, (spellings, seen)) in labels.iter().zip(seen).enumerate() {
            let Some(label) = spellings.first() else { continue };
            if !seen && !found.is_empty() {
                problems.push(unknown_label(ProblemCode::UnknownVisit, "visit", label, &found, place.clone()));
            } else if *seen {
                self.report_spellings(visit, spellings, |id| has_row(id, visit), place, problems);
            }
        }
    }

    /// Labels that differ from those of visit number `visit` in writing only; and labels that are like them, where no
    /// subject has both, as if one visit had two names.
    fn report_spellings(
        &self,
        visit: usize,
        spellings: &[Cow<str>],
        has_row: impl Fn(&str) -> bool,
        place: &Place,
        problems: &mut Problems,
    ) {
        let Some(label) = spellings.first() else { return };
        let equal = |other: &str| spellings.iter().any(|label| folded(label) == folded(other));
        let like = |other: &str, rows: &OtherLabel| {
            spellings.iter().any(|label| is_like(label, other)) && !rows.ids.is_empty() && !rows.ids.iter().any(|id| has_row(id))
        };
        let found: Vec<(&Cow<str>, &OtherLabel, bool)> = self
            .0
            .iter()
            .filter(|(other, _)| !other.is_empty())
            .map(|(other, rows)| (other, rows, equal(other)))
            .filter(|(other, rows, is_equal)| *is_equal || like(other, rows))
            .collect();
        let Some(first) = found.iter().map(|(_, rows, _)| rows.first).min() else { return };
        let count: usize = found.iter().map(|(_, rows, _)| rows.rows).sum();
        let shown = listed(&found, |(other, rows, _)| format!("`{}` ({} from line {})", inert(other), rows_of(rows.rows), rows.first.line));
        let all = spellings.iter().chain(found.iter().map(|(other, ..)| *other)).map(|label| quoted(label));
        let list = all.take(LISTED).collect::<Vec<_>>().join(", ");
        let key = ["pre", "post"].get(visit).copied();
        let mut hint = match key {
            Some(key) => format!("if they are one visit, list its labels under [visits]: `{key} = [{list}]`"),
            None => "if they are one visit, write its label alike in the file".to_owned(),
        };
        let separate: Vec<String> = found.iter().map(|(other, ..)| quoted(other)).take(LISTED).collect();
        hint += &format!("; if not, name the others: `others = [{}]`", separate.join(", "));
        let what = format!("expected visit `{}` in one spelling, got also {shown}", inert(label));
        let place = Place { line: Some(first.line), ..place.clone() };
        let value = found.first().map_or_else(String::new, |(other, ..)| inert(other));
        problems.push(Problem::error(ProblemCode::VisitSpellings, place, what).with_value(value).with_count(count).with_hint(hint));
    }

    /// The labels outside the plan that are mostly of subjects who lost a visit, with the rows of these: perhaps that visit under
    /// another name. `is_lost` is `None` of who has no row of the plan at all.
    pub fn of_lost(&self, is_lost: impl Fn(&str) -> Option<bool>) -> Vec<(&str, usize)> {
        let mostly = |rows: &OtherLabel| {
            let fates: Vec<bool> = rows.ids.iter().collect::<BTreeSet<_>>().into_iter().filter_map(|id| is_lost(id)).collect();
            let lost = fates.iter().filter(|lost| **lost).count();
            lost > 0 && 2 * lost >= fates.len()
        };
        let of_them = |rows: &OtherLabel| rows.ids.iter().filter(|id| is_lost(id) == Some(true)).count();
        let labels = self.0.iter().filter(|(label, rows)| !label.is_empty() && mostly(rows));
        labels.map(|(label, rows)| (&**label, of_them(rows))).collect()
    }

    /// Warns of the people whom the plan's visits leave out. Rows of other visits of people who are in the data lose nothing.
    pub fn report_people(&self, is_known: impl Fn(&str) -> bool, place: &Place, problems: &mut Problems) {
        let mut lost: BTreeSet<&str> = BTreeSet::new();
        let mut labels: Vec<(&str, usize)> = Vec::new();
        for (label, rows) in &self.0 {
            let of_lost: Vec<&str> = rows.ids.iter().map(|id| &**id).filter(|id| !is_known(id)).collect();
            if !of_lost.is_empty() {
                labels.push((label, of_lost.len()));
                lost.extend(of_lost);
            }
        }
        if lost.is_empty() {
            return;
        }
        let rows: usize = labels.iter().map(|(_, rows)| rows).sum();
        let shown = listed(&labels, |(label, rows)| format!("`{}` {rows}", inert(label)));
        let noun = if lost.len() == 1 { "1 subject has" } else { &format!("{} subjects have", lost.len()) };
        let what = format!("{noun} rows of visits outside the plan alone and {} left out: {} ({shown})", are(lost.len()), rows_of(rows));
        let all: Vec<String> = labels.iter().take(LISTED).map(|(label, _)| quoted(label)).collect();
        let hint = format!(
            "if they belong to the trial, correct the labels, or keep these visits by `others = [{}]` under [visits]",
            all.join(", ")
        );
        problems.push(Problem::warning(ProblemCode::OtherVisits, place.clone(), what).with_count(lost.len()).with_hint(hint));
    }
}

fn are(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

pub fn rows_of(n: usize) -> String {
    if n == 1 { "1 row".to_owned() } else { format!("{n} rows") }
}

/// The first of `items` in words, the rest counted.
pub fn listed<T>(items: &[T], show: impl Fn(&T) -> String) -> String {
    let shown: Vec<String> = items.iter().take(LISTED).map(show).collect();
    match items.len().saturating_sub(LISTED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A label as it may be copied into trial.toml.
pub fn quoted(label: &str) -> String {
    let shown = |letter: char| match letter {
        '\\' => "\\\\".to_owned(),
        '"' => "\\\"".to_owned(),
        // What cannot be seen is written as TOML writes it.
        letter if inert(letter.encode_utf8(&mut [0; 4])).starts_with('\\') => format!("\\U{:08X}", u32::from(letter)),
        letter => letter.to_string(),
    };
    format!("\"{}\"", label.chars().map(shown).collect::<String>())
}

/// A label without what one visit is spelled with or without: letter case, width, look-alike letters, spaces, hyphens, underscores and other
/// marks; zeros before a number, and the `.0` that programs write behind whole ones. Marks that make another thing stay: `day -1` is not `day 1`, `1.5` is not `15`, and `PANAS+` is not `PANAS-`.
pub fn folded(label: &str) -> String {
    let letters: Vec<char> = without_look_alikes(label).nfkc().flat_map(char::to_lowercase).collect();
    let mut folded = String::with_capacity(label.len());
    for (i, &letter) in letters.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| letters[i]);
        let is_digit = |letter: Option<char>| letter.is_some_and(char::is_numeric);
        let next_is_digit = is_digit(letters.get(i + 1).copied());
        let is_minus = matches!(letter, '-' | '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}');
        let is_last = i + 1 == letters.len();
        let starts_a_word = before.is_none_or(|before| !before.is_alphanumeric());
        if letter.is_alphanumeric() {
            folded.push(letter);
        } else if is_minus && (is_last || next_is_digit && starts_a_word) {
            folded.push('-');
        } else if letter == '+' && is_last {
            folded.push('+');
        } else if next_is_digit && is_digit(before) {
            folded.push('.');
        }
    }
    plain_numbers(&folded)
}

/// Numbers without zeros before them and without decimals that are all zeros: `v01` → `v1`, `3.0` → `3`.
fn plain_numbers(label: &str) -> String {
    let mut plain = String::with_capacity(label.len());
    let mut rest = label;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let end = rest[start..].find(|letter: char| !letter.is_ascii_digit() && letter != '.').map_or(rest.len(), |end| start + end);
        let number = &rest[start..end];
        let number = match number.split_once('.') {
            Some((whole, decimals)) if !decimals.is_empty() && decimals.bytes().all(|byte| byte == b'0') => whole,
            _ => number,
        };
        let bare = number.trim_start_matches('0');
        plain.push_str(&rest[..start]);
        // One zero is a number itself, and stands before a point.
        plain.push_str(if bare.is_empty() || bare.starts_with('.') { &number[number.len() - bare.len() - 1..] } else { bare });
        rest = &rest[end..];
    }
    plain.push_str(rest);
    plain
}

/// Whether one label might be another name of the other: all of its words and more (`post`, `post-treatment`), or a slip
/// of the pen (`baseline`, `basline`). Labels with other numbers in them are other visits.
fn is_like(label: &str, other: &str) -> bool {
    let words = |label: &str| -> Vec<String> {
        let lower: String = label.nfkc().flat_map(char::to_lowercase).collect();
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let digits = |label: &str| folded(label).chars().filter(|letter| letter.is_numeric() || "-.".contains(*letter)).collect::<String>();
    let (ours, theirs) = (words(label), words(other));
    let contains = |all: &[String], part: &[String]| !part.is_empty() && all.windows(part.len()).any(|window| window == part);
    digits(label) == digits(other)
        && (contains(&theirs, &ours)
            || contains(&ours, &theirs)
            || strsim::normalized_damerau_levenshtein(&folded(label), &folded(other)) >= 0.8
            || is_slip(&folded(label), &folded(other)))
}

/// Whether one letter is too many, too few, another or in the wrong place: in a short word that is much of it.
fn is_slip(label: &str, other: &str) -> bool {
    const SHORTEST: usize = 4;
    label.chars().count().max(other.chars().count()) >= SHORTEST && strsim::damerau_levenshtein(label, other) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_is_folded_and_numbers_are_kept() {
        for (a, b) in [
            ("Baseline", "ＢＡＳＥＬＩＮＥ"),
            ("month_3", "Month 3"),
            ("follow-up", "follow up"),
            ("T0", "t-0"),
            ("治療前", "治療 前"),
            ("V01", "V1"),
            ("3", "3.0"),
            ("0", "0.0"),
            ("week 00", "week 0"),
        ] {
            assert_eq!(folded(a), folded(b), "{a} {b}");
        }
        for (a, b) in [
            ("day -1", "day 1"),
            ("week 1.5", "week 15"),
            ("month_3", "month_6"),
            ("pre", "post"),
            ("arm_1_2", "arm_12"),
            ("PANAS+", "PANAS-"),
            ("10", "1"),
            ("0.5", "5"),
            ("1.05", "1.5"),
        ] {
            assert_ne!(folded(a), folded(b), "{a} {b}");
        }
    }

    #[test]
    fn other_names_of_a_visit_are_like_it_and_other_visits_are_not() {
        for (a, b) in
            [("post", "post-treatment"), ("baseline", "basline"), ("Baseline visit", "baseline"), ("post", "psot"), ("post", "pst")]
        {
            assert!(is_like(a, b), "{a} {b}");
        }
        for (a, b) in [("month_3_arm_1", "month_3_arm_2"), ("post", "pre"), ("month 1", "month 12"), ("post", "post 2"), ("V1", "V2")] {
            assert!(!is_like(a, b), "{a} {b}");
        }
    }
}
