//! Ids with some of their differences in writing taken away, so that ids that nearly are alike become equal.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::id_marks::{is_ascii_mark, without_marks};
use super::look_alike::without_look_alikes;
use super::text_marker::behind_text_marker;
use crate::plan::IdDifference;

/// Every difference, in the order of the plan's words. What two of them would explain is laid to the later one.
pub const EVERY: [IdDifference; 8] = [
    IdDifference::Case,
    IdDifference::Width,
    IdDifference::Marks,
    IdDifference::Invisible,
    IdDifference::LeadingZeros,
    IdDifference::Hyphens,
    IdDifference::DecimalPoint,
    IdDifference::Alphabet,
];

/// Rounds after which an id is taken as it is; more than two are needed by none that was ever made up.
const ROUNDS: usize = 8;

/// `id` without the `differences`; trimmed ids of equal folds differ in nothing else.
pub fn fold<'a>(id: &'a str, differences: &[IdDifference]) -> Cow<'a, str> {
    if differences.is_empty() {
        return Cow::Borrowed(id);
    }
    let mut text = fold_once(id, differences);
    // Accents join other letters once what stood between is gone, and may change what a hyphen divides.
    for _ in 1..ROUNDS {
        let again = match &text {
            Cow::Owned(changed) if !changed.is_ascii() => fold_once(changed, differences).into_owned(),
            _ => return text,
        };
        if again == text {
            return text;
        }
        text = Cow::Owned(again);
    }
    text
}

fn fold_once<'a>(id: &'a str, differences: &[IdDifference]) -> Cow<'a, str> {
    let has = |difference| differences.contains(&difference);
    let mut text = Cow::Borrowed(id);
    if has(IdDifference::Invisible) {
        let is_blank = |letter: char| letter.is_whitespace() || is_invisible(letter) || is_control(letter);
        let id = Some(id.trim_matches(is_blank)).filter(|inside| !inside.is_empty()).unwrap_or(id);
        let behind = behind_text_marker(id).filter(|behind| !behind.is_empty()).unwrap_or(id);
        text = Cow::Borrowed(behind);
        if behind.chars().any(|letter| is_invisible(letter) || is_control(letter)) {
            text = Cow::Owned(behind.chars().filter(|letter| !is_invisible(*letter) && !is_control(*letter)).collect());
        }
    }
    if has(IdDifference::Marks) {
        text = changed(text, without_marks);
    }
    if has(IdDifference::Width) && !text.is_ascii() {
        // Compatibility forms only of the full-width and half-width block: NFKC of everything would make `12` of `①②`.
        // The wave dash of some programs is the full-width tilde of others.
        let narrow = |letter: char| Some(if letter == '\u{301C}' { '~' } else { letter }).filter(|_| is_wide(letter)).into_iter().nfkc();
        let letters = text.chars().flat_map(|letter| narrow(letter).chain(Some(letter).filter(|letter| !is_wide(*letter))));
        text = Cow::Owned(letters.nfc().collect());
    }
    if has(IdDifference::Alphabet) {
        text = changed(text, without_look_alikes);
    }
    if has(IdDifference::Case) && text.chars().any(|letter| letter.is_uppercase()) {
        text = Cow::Owned(if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() });
    }
    if has(IdDifference::DecimalPoint)
        && let Some((whole, fraction)) = text.split_once(['.', ','])
        && is_all(whole, |byte| byte.is_ascii_digit())
        && is_all(fraction, |byte| byte == b'0')
    {
        text = Cow::Owned(whole.to_owned());
    }
    if has(IdDifference::Hyphens) && text.chars().any(is_separator) {
        text = Cow::Owned(without_hyphens(&text));
    }
    if has(IdDifference::LeadingZeros) && text.bytes().any(|byte| byte == b'0') {
        text = Cow::Owned(without_leading_zeros(&text));
    }
    match text {
        // What was taken away may have stood between a letter and its accent.
        Cow::Owned(text) if !text.is_ascii() => Cow::Owned(text.nfc().collect()),
        text => text,
    }
}

/// What `change` makes of `text`, which stays where that is the same.
fn changed<'a>(text: Cow<'a, str>, change: fn(&str) -> Cow<'_, str>) -> Cow<'a, str> {
    let changed = Some(change(&text)).filter(|changed| *changed != text).map(Cow::into_owned);
    changed.map_or(text, Cow::Owned)
}

/// [`fold`] of [`EVERY`] difference into `folded`, for the usual id: printable ASCII without marks that need more thought.
/// `false` for any other. Half a million ids are folded at every run.
pub fn fold_usual(id: &str, folded: &mut Vec<u8>) -> bool {
    let id = Some(id.trim_matches(' ')).filter(|inside| !inside.is_empty()).unwrap_or(id).as_bytes();
    let is_usual = |byte: &u8| matches!(byte, b' '..=b'~') && !is_ascii_mark(*byte);
    if !id.iter().all(is_usual) {
        return false;
    }
    folded.clear();
    let is_separator = |byte: u8| matches!(byte, b'-' | b'_' | b' ');
    let mut at = 0;
    while let Some(&byte) = id.get(at) {
        at += 1;
        let (before, next) = (folded.last().copied(), id.get(at).copied());
        if is_separator(byte) {
            at += id[at..].iter().take_while(|byte| is_separator(**byte)).count();
            let divides = match (before, id.get(at)) {
                (Some(before), Some(after)) => {
                    !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric() && before.is_ascii_digit() != after.is_ascii_digit())
                }
                _ => true,
            };
            if divides {
                folded.push(b'-');
            }
            continue;
        }
        let is_leading_zero = byte == b'0' && !before.is_some_and(|b| b.is_ascii_digit()) && next.is_some_and(|b| b.is_ascii_digit());
        if !is_leading_zero {
            folded.push(byte.to_ascii_lowercase());
        }
    }
    true
}

/// The differences taken away where letters that look like digits are looked for: digits stay as they are.
const BESIDE_DIGITS: [IdDifference; 6] =
    [IdDifference::Case, IdDifference::Width, IdDifference::Marks, IdDifference::Invisible, IdDifference::Hyphens, IdDifference::Alphabet];

/// `id` with letters that look like digits made digits, beside digits: `SO1` → `s01`, `l2` → `12`.
pub fn fold_lookalikes(id: &str) -> String {
    let mut letters: Vec<char> = fold(id, &BESIDE_DIGITS).chars().collect();
    let digit = |letter: char| match letter {
        'o' => Some('0'),
        'l' | 'i' | '|' => Some('1'),
        _ => None,
    };
    // From both ends, so that `soo1` and `s1oo` are seen through as well.
    let last = letters.len().saturating_sub(1);
    for i in (0..last).rev() {
        if let Some(digit) = digit(letters[i]).filter(|_| letters[i + 1].is_ascii_digit()) {
            letters[i] = digit;
        }
    }
    for i in 1..letters.len() {
        if let Some(digit) = digit(letters[i]).filter(|_| letters[i - 1].is_ascii_digit()) {
            letters[i] = digit;
        }
    }
    // Where the hyphen stood between two letters, it may now stand between a letter and a digit: `PT-OO3` is `PT-003`.
    let digits: String = letters.into_iter().collect();
    fold(&digits, &[IdDifference::Hyphens]).into_owned()
}

/// Characters that take no place on a screen, or turn the text around them.
pub fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}'
        // Blank letters of Hangul and Braille, and what stands for an object.
        | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{2800}' | '\u{FFFC}')
}

/// Control characters that are no space.
fn is_control(letter: char) -> bool {
    letter.is_control() && !letter.is_whitespace()
}

fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{FF00}'..='\u{FFEF}' | '\u{3000}' | '\u{301C}')
}

/// A hyphen, dash, underscore or space, of any kind.
fn is_separator(letter: char) -> bool {
    matches!(
        letter,
        '-' | '_' | '\u{2010}'
            ..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' | '\u{FF3F}' | '\u{30FC}' | '\u{FF70}'
    ) || letter.is_whitespace()
}

/// Every run of separators as one `-`, and none where it divides nothing: between a letter and a digit (`A-01` is `A01`),
/// and in scripts without word spaces. Between two digits it tells `1-11` from `11-1`.
fn without_hyphens(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        // The long vowel mark of Japanese is typed for a hyphen, and a letter after kana.
        let is_vowel = |letter: char| matches!(letter, '\u{30FC}' | '\u{FF70}') && before.is_some_and(is_kana);
        if !is_separator(letter) || is_vowel(letter) {
            folded.push(letter);
            before = Some(letter);
            continue;
        }
        while letters.next_if(|letter| is_separator(*letter)).is_some() {}
        let divides = match (before, letters.peek()) {
            (Some(before), Some(&after)) => {
                let is_unspaced = |letter: char| letter >= '\u{2E80}';
                let is_plain = |letter: char| letter.is_ascii_digit() || letter.is_alphabetic();
                let is_digit = |letter: char| letter.is_ascii_digit();
                let joins = is_plain(before) && is_plain(after) && is_digit(before) != is_digit(after);
                !(is_unspaced(before) || is_unspaced(after) || joins)
            }
            _ => true,
        };
        if divides {
            folded.push('-');
            before = Some('-');
        }
    }
    folded
}

fn is_kana(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}')
}

fn without_leading_zeros(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut in_digits = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_leading = letter == '0' && !in_digits && letters.peek().is_some_and(char::is_ascii_digit);
        if !is_leading {
            folded.push(letter);
            in_digits = letter.is_ascii_digit();
        }
    }
    folded
}

fn is_all(text: &str, is: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(is)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::trim;

    #[test]
    fn each_difference_folds_its_own_pairs_and_no_others() {
        let pairs = [
            (IdDifference::Case, "S01", "s01"),
            (IdDifference::Case, "ÅNG", "ång"),
            (IdDifference::Width, "Ｓ０１", "S01"),
            (IdDifference::Width, "ｶﾞ1", "ガ1"),
            (IdDifference::Invisible, "\u{200B}S01", "S01"),
            (IdDifference::Invisible, "S\u{202E}01", "S01"),
            (IdDifference::Invisible, "=\"001\"", "001"),
            (IdDifference::Marks, "'S01'", "S01"),
            (IdDifference::Marks, "\"S01\"", "S01"),
            (IdDifference::Marks, "“S01”", "S01"),
            (IdDifference::Marks, "S01.", "S01"),
            (IdDifference::Marks, "O’Brien", "O'Brien"),
            (IdDifference::Alphabet, "А01", "A01"),
            (IdDifference::Alphabet, "Β01", "B01"),
            (IdDifference::Alphabet, "Ⅱ-1", "II-1"),
            (IdDifference::LeadingZeros, "001", "1"),
            (IdDifference::LeadingZeros, "S01-007", "S1-7"),
            (IdDifference::LeadingZeros, "000", "0"),
            (IdDifference::Hyphens, "A-01", "A\u{2011}01"),
            (IdDifference::Hyphens, "A-01", "A01"),
            (IdDifference::Hyphens, "1_11", "1 11"),
            (IdDifference::Hyphens, "田中 太郎", "田中太郎"),
            (IdDifference::Hyphens, "Sー01", "S-01"),
            (IdDifference::DecimalPoint, "101.0", "101"),
            (IdDifference::DecimalPoint, "101,00", "101"),
        ];
        for (difference, a, b) in pairs {
            assert_eq!(fold(a, &[difference]), fold(b, &[difference]), "{difference:?} {a} {b}");
            assert_eq!(fold(a, &EVERY), fold(b, &EVERY), "{a} {b}");
            let others: Vec<IdDifference> = EVERY.into_iter().filter(|other| *other != difference).collect();
            assert_ne!(fold(a, &others), fold(b, &others), "{difference:?} {a} {b}");
        }
    }

    #[test]
    fn a_text_marker_is_a_mark_and_what_a_spreadsheet_does_not_show() {
        for differences in [[IdDifference::Invisible], [IdDifference::Marks]] {
            assert_eq!(fold("'001", &differences), "001");
        }
    }

    #[test]
    fn different_ids_stay_different() {
        for (a, b) in [
            ("1-11", "11-1"),
            ("1-11", "111"),
            ("ab c", "a bc"),
            ("ローラ", "ロラ"),
            ("①", "1"),
            ("1.5", "15"),
            ("10", "1"),
            ("101.5", "101"),
            ("в1", "6 1"),
            ("Щ1", "W1"),
            ("S+", "S"),
            ("二", "三"),
        ] {
            assert_ne!(fold(a, &EVERY), fold(b, &EVERY), "{a} {b}");
        }
    }

    #[test]
    fn letters_that_look_like_digits() {
        assert_eq!(fold_lookalikes("SO1"), fold_lookalikes("S01"));
        assert_eq!(fold_lookalikes("Sl2"), fold_lookalikes("S12"));
        assert_eq!(fold_lookalikes("S1OO"), fold_lookalikes("S100"));
        assert_eq!(fold_lookalikes("PT-OO3"), fold_lookalikes("PT-003"));
        assert_eq!(fold_lookalikes("PT-l01"), fold_lookalikes("PT-101"));
        assert_ne!(fold_lookalikes("CO1"), fold_lookalikes("C1"));
        assert_eq!(fold_lookalikes("Solo"), "solo");
    }

    proptest! {
        #[test]
        fn the_short_way_folds_alike(id in "[A-Ca-c0-2_ #=-]{0,10}") {
            let mut folded = Vec::new();
            prop_assert!(fold_usual(&id, &mut folded));
            let general = fold(&id, &EVERY);
            prop_assert_eq!(folded.as_slice(), general.as_bytes());
        }

        #[test]
        fn a_fold_is_stable(id in "[A-Za-z0-9\u{200B}０-９_ 　ー.,'“*²АвΗΙⅡ力ガｶﾞé\u{301}-]{0,12}") {
            // What was decided by folding must not change by folding again.
            let once = fold(trim(&id), &EVERY).into_owned();
            let again = fold(&once, &EVERY).into_owned();
            prop_assert_eq!(&again, &once);
        }
    }
}
