//! Text from data in CSV: nothing that a spreadsheet would run as a formula.

use std::borrow::Cow;

/// What a formula may begin with in one spreadsheet or another.
const STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// An apostrophe goes before text that begins like a formula. Plain numbers (`-5`) stay: a spreadsheet reads them as such.
pub fn escape(text: &str) -> Cow<'_, str> {
    if is_escapable(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Undoes [`escape`].
pub fn unescape(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_escapable(rest)).unwrap_or(text)
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
        ] {
            assert_eq!(escape(text), written);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(text in "['=+@a5.-]{0,6}") {
            let written = escape(&text);
            prop_assert_eq!(unescape(&written), text.as_str());
            prop_assert!(!written.starts_with(STARTS) || is_number(&written));
        }
    }
}
