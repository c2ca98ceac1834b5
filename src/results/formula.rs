//! Text from data in CSV: nothing that a spreadsheet would run as a formula, nothing that a terminal would obey.

use std::borrow::Cow;

/// What a formula may begin with in one spreadsheet or another.
const STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// An apostrophe goes before text that begins like a formula; plain numbers (`-5`) stay: a spreadsheet reads them as such.
/// Control characters become the pictures of them that Unicode has (`␛`).
pub fn escape(text: &str) -> Cow<'_, str> {
    let shown: Cow<str> = if text.contains(char::is_control) { text.chars().map(picture).collect() } else { text.into() };
    if is_escapable(text) { Cow::Owned(format!("'{shown}")) } else { shown }
}

/// Undoes [`escape`]: what stood there before, but for the controls above U+007F, which have no picture.
pub fn unescape(text: &str) -> Cow<'_, str> {
    let controls: Cow<str> = if text.contains(is_picture) { text.chars().map(control).collect() } else { text.into() };
    match controls.strip_prefix('\'') {
        Some(rest) if is_escapable(rest) => Cow::Owned(rest.to_owned()),
        _ => controls,
    }
}

/// The first of the pictures of control characters: that of NUL.
const PICTURES: u32 = 0x2400;
const PICTURE_OF_DELETE: char = '\u{2421}';

fn picture(letter: char) -> char {
    match letter {
        '\0'..='\u{1f}' => char::from_u32(PICTURES + u32::from(letter)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => PICTURE_OF_DELETE,
        _ if letter.is_control() => char::REPLACEMENT_CHARACTER,
        _ => letter,
    }
}

fn is_picture(letter: char) -> bool {
    matches!(letter, '\u{2400}'..='\u{241f}' | PICTURE_OF_DELETE)
}

fn control(letter: char) -> char {
    match letter {
        PICTURE_OF_DELETE => '\u{7f}',
        _ if is_picture(letter) => char::from_u32(u32::from(letter) - PICTURES).unwrap_or(letter),
        _ => letter,
    }
}

/// Whether it begins like a formula, or like one escaped already: so that no two texts become one.
fn is_escapable(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(STARTS) && !(bare == text && is_number(text))
}

fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    match unsigned.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(unsigned),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_made_inert_and_numbers_stay() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("'=1+1", "''=1+1"),
            ("-5", "-5"),
            ("+81-3", "'+81-3"),
            ("-", "'-"),
            ("S01", "S01"),
            ("'a", "'a"),
            ("@x", "'@x"),
            ("\u{1b}[31mRed", "␛[31mRed"),
            ("two\nlines", "two␊lines"),
            ("\t=1", "'␉=1"),
            ("a\u{9b}b\u{7f}", "a\u{fffd}b␡"),
        ] {
            assert_eq!(escape(text), written);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(text in "['=+@a5.\u{0}-\u{1f}\u{7f}-]{0,6}") {
            let written = escape(&text);
            prop_assert_eq!(unescape(&written), text.as_str());
            prop_assert!(!written.contains(char::is_control));
            prop_assert!(!written.starts_with(STARTS) || is_number(&written));
        }
    }
}
