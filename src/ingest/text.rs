//! Names and ids as text: trimmed, and in Unicode's composed form (NFC).

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// `text` without the spaces around it: space, tab, no-break space and ideographic space.
pub fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    match (bytes.first(), bytes.last()) {
        // Most cells have nothing to trim, and their ends are ASCII letters or digits.
        (Some(b'!'..=b'~'), Some(b'!'..=b'~')) => text,
        _ => text.trim_matches([' ', '\t', '\u{A0}', '\u{3000}']),
    }
}

/// Trimmed and composed, so that two spellings of one text are equal. Leading zeros and letter case are kept.
pub fn canonical<'a>(text: Cow<'a, str>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => compose(trim(text)),
        Cow::Owned(text) => Cow::Owned(compose(trim(&text)).into_owned()),
    }
}

fn compose(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_zeros_and_case_and_lose_spaces_and_decomposition() {
        assert_eq!(canonical(Cow::Borrowed(" 001\u{A0}")), "001");
        assert_eq!(canonical(Cow::Borrowed("\u{3000}s01\t")), "s01");
        assert_eq!(canonical(Cow::Borrowed("Mu\u{308}ller")), "Müller");
        assert_eq!(canonical(Cow::Owned("Mu\u{308}ller ".into())), "Müller");
    }
}
