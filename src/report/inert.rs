//! Text from data made inert: whatever a file, a label or a message holds, a reader sees its characters and no more.

/// `text` on one line, without control characters, line and paragraph separators, and marks that reorder what follows.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            // Bidirectional controls could show a text other than the one that is there.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}' => {}
            _ if letter.is_control() => {}
            _ => out.push(letter),
        }
    }
    out
}

/// For HTML text and double-quoted attributes.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in clean(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}

/// For Markdown text anywhere, table cells included. `at_start`: the text opens a block, where more signs mean something.
pub(super) fn markdown(text: &str, at_start: bool) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut numbered = at_start;
    for (at, letter) in text.char_indices() {
        let rest = &text[at + letter.len_utf8()..];
        let escape = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => true,
            // `p < .001` opens no tag; what follows a piece of text is unknown.
            '<' => rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '>' => at_start && at == 0,
            '&' => rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#'),
            '-' | '+' | '=' => at_start && at == 0,
            // `12.` and `12)` open a list.
            '.' | ')' if numbered && at > 0 => true,
            // A bare address would become a link.
            ':' => rest.starts_with("//"),
            '.' => text[..at].to_ascii_lowercase().ends_with("www"),
            '!' => rest.starts_with('['),
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(letter);
        numbered &= letter.is_ascii_digit();
    }
    out
}

/// A relative path for a Markdown link: ASCII signs that could end or redirect the link are percent-encoded.
pub(super) fn path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for letter in clean(path).chars() {
        if letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | '/') {
            out.push(letter);
        } else {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// Whether `text` can stand in an id or fragment as it is.
pub(super) fn is_fragment(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_line_breaks_go() {
        assert_eq!(clean("a\r\nb\u{0}\u{1b}[31mc\u{202e}d\u{2028}e"), "a b[31mcd e");
    }

    #[test]
    fn markdown_signs_lose_their_meaning() {
        assert_eq!(markdown("a|b *c* _d_ `e` <f> [g](h)", false), r"a\|b \*c\* \_d\_ \`e\` \<f> \[g\](h)");
        assert_eq!(markdown("12. x - y", true), r"12\. x - y");
        assert_eq!(markdown("- x", true), r"\- x");
        assert_eq!(markdown("p < .001 > 0", false), "p < .001 > 0");
        assert_eq!(markdown("> x", true), r"\> x");
        assert_eq!(markdown("1.5 points", false), "1.5 points");
        assert_eq!(markdown("&lt; R&D https://x www.x", false), r"\&lt; R\&D https\://x www\.x");
    }

    #[test]
    fn a_path_cannot_leave_its_link() {
        assert_eq!(path("figures/a b).svg"), "figures/a%20b%29.svg");
        assert_eq!(path("javascript:x"), "javascript%3Ax");
    }
}
