//! How wide a text is, and where it breaks: layouts rest on the metrics of the embedded font.

use std::sync::LazyLock;

use ttf_parser::Face;

use super::Weight;

/// Share of the em above the baseline that capitals and digits take.
pub const ASCENT: f64 = 0.76;
/// What two measurements of one text may differ by.
const SLACK: f64 = 1e-6;
/// Share of the em below the baseline.
pub const DESCENT: f64 = 0.22;

static REGULAR: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(notosans::REGULAR_TTF, 0).ok());
static BOLD: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(notosans::BOLD_TTF, 0).ok());

fn face(weight: Weight) -> Option<&'static Face<'static>> {
    match weight {
        Weight::Regular => REGULAR.as_ref(),
        Weight::Bold => BOLD.as_ref(),
    }
}

/// Whether the embedded font has a glyph for `c`.
pub fn has_glyph(c: char) -> bool {
    REGULAR.as_ref().is_some_and(|face| face.glyph_index(c).is_some())
}

/// `text` as it is drawn: control, bidirectional and other invisible format characters dropped, white space as single spaces.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}') {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_inert(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// Characters that XML forbids, that reorder text or that draw nothing.
fn is_inert(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e0fff}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

/// The width of `text` at `size` (both in millimetres), by advance widths.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    ems(&clean(text), weight) * size
}

/// The width in ems of a text that is clean already.
pub(super) fn ems(text: &str, weight: Weight) -> f64 {
    text.chars().map(|c| advance(c, weight)).sum()
}

/// In ems. A character the font lacks is drawn by another font: one em is what CJK takes, none what combines.
fn advance(c: char, weight: Weight) -> f64 {
    let glyph = face(weight).and_then(|face| Some((face, face.glyph_index(c)?)));
    match glyph {
        Some((face, glyph)) => f64::from(face.glyph_hor_advance(glyph).unwrap_or(0)) / f64::from(face.units_per_em()),
        None if combines(c) => 0.0,
        None => 1.0,
    }
}

/// `1 subject`, `30 subjects`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", crate::results::number::count(count), if count == 1 { one } else { many })
}

/// Whether `c` is a mark that stands on the letter before it.
pub(super) fn combines(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{3099}' | '\u{309a}' | '\u{fe20}'..='\u{fe2f}')
}

/// Breaks `text` into at most `max_lines` lines of at most `width`; what does not fit ends in an ellipsis.
///
/// Breaks stand at spaces and between CJK characters; a word wider than a line breaks anywhere.
pub fn wrap(text: &str, width: f64, size: f64, weight: Weight, max_lines: usize) -> Vec<String> {
    let text = clean(text);
    let measure = |text: &str| self::width(text, size, weight);
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() && lines.len() < max_lines {
        if measure(rest) <= width + SLACK {
            lines.push(rest.to_owned());
            rest = "";
        } else if lines.len() + 1 == max_lines {
            lines.push(shorten(rest, width, size, weight));
            rest = "";
        } else {
            let end = break_at(rest, width, size, weight);
            lines.push(rest[..end].trim_end().to_owned());
            rest = rest[end..].trim_start();
        }
    }
    lines
}

/// `text` on one line of at most `width`, with an ellipsis where it was cut.
pub fn shorten(text: &str, width: f64, size: f64, weight: Weight) -> String {
    let text = clean(text);
    if self::width(&text, size, weight) <= width + SLACK {
        return text;
    }
    let room = width / size - advance('…', weight);
    let end = prefix(&text, room, weight);
    format!("{}…", text[..end].trim_end())
}

/// The longest prefix, in bytes, that is no wider than `room` ems.
fn prefix(text: &str, room: f64, weight: Weight) -> usize {
    let mut used = 0.0;
    for (at, c) in text.char_indices() {
        used += advance(c, weight);
        if used > room {
            return at;
        }
    }
    text.len()
}

fn break_at(text: &str, width: f64, size: f64, weight: Weight) -> usize {
    let hard = prefix(text, width / size, weight);
    let first = text.chars().next().map_or(0, char::len_utf8);
    // A space may hang over the edge.
    let fits_whole_word = text[hard..].starts_with(' ');
    let soft = (0..=hard)
        .rev()
        .filter(|&at| text.is_char_boundary(at))
        .find(|&at| at > 0 && (text[at..].starts_with(' ') || text[..at].chars().next_back().is_some_and(is_cjk)));
    match soft {
        _ if fits_whole_word => hard,
        Some(at) => at,
        None => hard.max(first),
    }
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // Noto Sans, in 1/2048 em: digits 1171, the space 532.
        assert!((width("0 0", 10.0, Weight::Regular) - 10.0 * (2.0 * 1171.0 + 532.0) / 2048.0).abs() < 1e-9);
        assert!((width("日本", 10.0, Weight::Regular) - 20.0).abs() < 1e-9);
        assert!(width("Bold", 10.0, Weight::Bold) > width("Bold", 10.0, Weight::Regular));
    }

    #[test]
    fn wraps_at_spaces_and_cuts_with_an_ellipsis() {
        let lines = wrap("return to work after long sick leave", 20.0, 2.5, Weight::Regular, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| width(line, 2.5, Weight::Regular) <= 20.0), "{lines:?}");
        assert!(lines[1].ends_with('…'), "{lines:?}");
        assert_eq!(wrap("社会復帰準備性尺度", 10.0, 2.5, Weight::Regular, 5), ["社会復帰", "準備性尺", "度"]);
        assert_eq!(wrap("", 10.0, 2.5, Weight::Regular, 5), Vec::<String>::new());
        assert!(!wrap("x", 0.1, 2.5, Weight::Regular, 5).is_empty());
    }

    #[test]
    fn invisible_characters_are_dropped() {
        assert_eq!(clean(" a\u{0}\u{202e}b\n\tc\u{200f}\u{fffe} "), "ab c");
    }
}
