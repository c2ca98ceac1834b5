//! Marks in and around an id that are no part of it: quotes, and what ends a sentence or points to a footnote.

use std::borrow::Cow;

use super::trim;

/// `id`, which is trimmed, without quotes, and without marks and the spaces beside them at its ends.
pub fn without_marks(id: &str) -> Cow<'_, str> {
    if !id.chars().any(is_quote) {
        return Cow::Borrowed(without_end_marks(id));
    }
    let unquoted: String = id.chars().filter(|letter| !is_quote(*letter)).collect();
    Cow::Owned(without_end_marks(trim(&unquoted)).to_owned())
}

fn without_end_marks(mut text: &str) -> &str {
    loop {
        let inside = text.trim_matches(is_end_mark);
        if inside.len() == text.len() {
            return text;
        }
        text = trim(inside);
    }
}

/// Whether [`without_marks`] could change an id that holds `byte`.
pub fn is_ascii_mark(byte: u8) -> bool {
    is_quote(char::from(byte)) || is_end_mark(char::from(byte))
}

/// Quotes of any language, primes, and the accents that are typed for them.
fn is_quote(letter: char) -> bool {
    matches!(letter,
        '"' | '\'' | '`' | '\u{AB}' | '\u{B4}' | '\u{BB}' | '\u{02B9}'..='\u{02BC}' | '\u{2018}'..='\u{201F}' | '\u{2032}'..='\u{2037}'
        | '\u{2039}' | '\u{203A}' | '\u{300C}'..='\u{300F}' | '\u{301D}'..='\u{301F}' | '\u{FF02}' | '\u{FF07}' | '\u{FF40}' | '\u{FF62}' | '\u{FF63}')
}

/// Stops, commas and the like, stars and daggers, and the small raised digits and letters of footnotes.
fn is_end_mark(letter: char) -> bool {
    matches!(letter,
        '.' | ',' | ';' | ':' | '*' | '!' | '?' | '\u{B7}' | '\u{2020}'..='\u{2022}' | '\u{2026}' | '\u{3001}' | '\u{3002}' | '\u{30FB}'
        | '\u{FF01}' | '\u{FF0A}' | '\u{FF0C}' | '\u{FF0E}' | '\u{FF1A}' | '\u{FF1B}' | '\u{FF1F}' | '\u{FF61}' | '\u{FF64}' | '\u{FF65}'
        | '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}'..='\u{207F}' | '\u{02B0}'..='\u{02B8}' | '\u{02E0}'..='\u{02E4}' | '\u{1D2C}'..='\u{1D6A}' | '\u{1D9B}'..='\u{1DBF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_go_everywhere_and_other_marks_at_the_ends() {
        for id in ["'S01'", "\"S01\"", "“S01”", "`S01`", "S01.", "S01,", "«S01» ;", "S01*", "S01²", "S01ᵃ", "「S01」", "S01。", ". S01"]
        {
            assert_eq!(without_marks(id), "S01", "{id}");
        }
        for (id, without) in [("O’Brien", "OBrien"), ("1.5", "1.5"), ("S-01", "S-01"), ("5+", "5+"), ("#1", "#1")] {
            assert_eq!(without_marks(id), without, "{id}");
        }
    }
}
