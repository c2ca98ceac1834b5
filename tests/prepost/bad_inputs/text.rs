//! Looking for words in texts, as the rules of the corpus mean it.

/// Whether `word` occurs in `text`; a word of digits must stand alone: the 5 of `line 5` is not in `15`, `5.2` has one, `0.5` none.
pub fn mentioned(word: &str, text: &str) -> bool {
    let digits = !word.is_empty() && word.chars().all(is_digit);
    if !digits {
        return text.contains(word);
    }
    stands(word, text, |c| is_digit(c) || c == '.', is_digit)
}

/// Whether `word` occurs in `text` with no letter beside it.
pub fn stands_alone(word: &str, text: &str) -> bool {
    stands(word, text, |c| c.is_ascii_alphabetic(), |c| c.is_ascii_alphabetic())
}

fn stands(word: &str, text: &str, not_before: impl Fn(char) -> bool, not_after: impl Fn(char) -> bool) -> bool {
    let overlapping = text.char_indices().map(|(at, _)| at).filter(|&at| text[at..].starts_with(word));
    overlapping.into_iter().any(|at| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(&not_before) && !after.is_some_and(&not_after)
    })
}

/// ASCII and full-width digits.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Lines as any viewer may break them: also at vertical tab, form feed, separators, NEL, U+2028 and U+2029.
pub fn python_lines(text: &str) -> Vec<&str> {
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some((at, found)) = rest.char_indices().find(|(_, c)| breaks(*c)) {
        lines.push(&rest[..at]);
        let after = &rest[at + found.len_utf8()..];
        rest = if found == '\r' { after.strip_prefix('\n').unwrap_or(after) } else { after };
    }
    if !rest.is_empty() {
        lines.push(rest);
    }
    lines
}

/// A cell that a spreadsheet reads as a number: `[+-]?[\d.]+([eE][+-]?\d+)?`.
pub fn is_number(cell: &str) -> bool {
    let unsigned = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let digits = |text: &str| !text.is_empty() && text.chars().all(is_digit);
    !mantissa.is_empty() && mantissa.chars().all(|c| is_digit(c) || c == '.') && exponent.is_none_or(digits)
}

/// A negative number that an apostrophe made a text.
pub fn is_broken_number(cell: &str) -> bool {
    cell.strip_prefix("'-").is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| is_digit(c) || c == '.'))
}
