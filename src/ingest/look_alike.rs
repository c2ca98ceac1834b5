//! Letters of other alphabets that look like Latin letters, and kana that look like ideographs: typed with the wrong
//! keyboard, they are seen by nobody.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Cyrillic and Greek letters, capital and small, with the Latin ones. The small ones need not look alike: a letter keeps its
/// likeness in both cases, so that case and alphabet can be taken away in any order.
const LETTERS: [(&str, char); 23] = [
    ("АаΑα", 'a'),
    ("ВвΒβ", 'b'),
    ("Сс", 'c'),
    ("ЕеΕε", 'e'),
    ("Ԍԍ", 'g'),
    ("НнΗη", 'h'),
    ("ІіΙι", 'i'),
    ("Јј", 'j'),
    ("КкΚκ", 'k'),
    ("МмΜμ", 'm'),
    ("Νν", 'n'),
    ("ОоΟο", 'o'),
    ("РрΡρ", 'p'),
    ("Ԛԛ", 'q'),
    ("Ѕѕ", 's'),
    ("ТтΤτ", 't'),
    ("Ԝԝ", 'w'),
    ("ХхΧχ", 'x'),
    ("УуΥυ", 'y'),
    ("Ζζ", 'z'),
    ("Ѵѵ", 'v'),
    ("Ԁԁ", 'd'),
    ("Һһ", 'h'),
];

/// Ideographs with the kana that they look like.
const KANA: [(char, char); 9] =
    [('力', 'カ'), ('口', 'ロ'), ('工', 'エ'), ('二', 'ニ'), ('八', 'ハ'), ('夕', 'タ'), ('卜', 'ト'), ('才', 'オ'), ('へ', 'ヘ')];

/// `text` with every letter that looks like another as that one.
pub fn without_look_alikes(text: &str) -> Cow<'_, str> {
    if !text.chars().any(looks_like_another) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().flat_map(seen).collect())
}

/// Whether [`without_look_alikes`] would change it.
fn looks_like_another(letter: char) -> bool {
    !letter.is_ascii() && seen(letter).next() != Some(letter)
}

/// What a reader takes the letter for.
fn seen(letter: char) -> impl Iterator<Item = char> {
    let latin = |(letters, latin): &(&str, char)| {
        letters.contains(letter).then(|| if letter.is_uppercase() { latin.to_ascii_uppercase() } else { *latin })
    };
    let other = match letter {
        '\u{0370}'..='\u{052F}' => LETTERS.iter().find_map(latin),
        '\u{3040}'..='\u{9FFF}' => KANA.iter().find(|(other, _)| *other == letter).map(|(_, kana)| *kana),
        _ => None,
    };
    let is_roman = matches!(letter, '\u{2160}'..='\u{217F}');
    let roman = Some(letter).into_iter().filter(move |_| is_roman).nfkc();
    roman.chain(Some(other.unwrap_or(letter)).filter(move |_| !is_roman))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_alike_in_both_cases() {
        for (text, seen) in [("А01", "A01"), ("а01", "a01"), ("ΒΟ-7", "BO-7"), ("Ⅳ", "IV"), ("力ラ", "カラ"), ("S01", "S01"), ("Щ1", "Щ1")]
        {
            assert_eq!(without_look_alikes(text), seen, "{text}");
        }
        for (letters, latin) in LETTERS {
            for letter in letters.chars() {
                let text = letter.to_string();
                assert_eq!(without_look_alikes(&text).to_lowercase(), latin.to_string(), "{letter}");
                assert_eq!(without_look_alikes(&text.to_lowercase()), latin.to_string(), "{letter}");
            }
        }
    }
}
