//! Texts of workbooks whose pieces are written in different ways: `23` with a raised `2` is no 232, and a digit that is struck
//! out is no digit.

use super::faults::Fault;

/// How a piece of a text is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Written {
    #[default]
    Plain,
    Raised,
    Lowered,
    Struck,
}

impl Written {
    /// Of a font of Excel's binary formats: its flags, and where it stands over or under the line.
    pub fn of_font(flags: u16, shift: u16) -> Self {
        const STRUCK: u16 = 0x0008;
        match (flags & STRUCK, shift) {
            (STRUCK, _) => Self::Struck,
            (_, 1) => Self::Raised,
            (_, 2) => Self::Lowered,
            _ => Self::Plain,
        }
    }
}

/// The text of a cell, piece by piece.
#[derive(Debug, Clone, Default)]
pub struct RichText {
    text: String,
    /// Where each piece ends, and how it is written.
    pieces: Vec<(usize, Written)>,
}

impl RichText {
    pub fn push(&mut self, text: &str, written: Written) {
        self.text.push_str(text);
        match self.pieces.last_mut() {
            Some((end, last)) if *last == written => *end = self.text.len(),
            _ => self.pieces.push((self.text.len(), written)),
        }
    }

    /// Letters whose font changes at `runs`: where each begins, and how it is written; plain before the first.
    pub fn of_runs(letters: &[u16], runs: impl Iterator<Item = Result<(usize, Written), Fault>>) -> Result<Self, Fault> {
        let mut text = Self::default();
        let piece = |from: usize, to: usize| String::from_utf16_lossy(letters.get(from..to).unwrap_or_default());
        let (mut start, mut here) = (0, Written::Plain);
        for run in runs {
            let (at, next) = run?;
            text.push(&piece(start, at), here);
            (start, here) = (at, next);
        }
        text.push(&piece(start, letters.len()), here);
        Ok(text)
    }

    /// The letters, however they are written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text with its raised, lowered and struck letters told from the others; `None` where there are none, and where all of it
    /// is raised or lowered.
    pub fn marked(&self) -> Option<String> {
        let starts = [0].into_iter().chain(self.pieces.iter().map(|(end, _)| *end));
        let pieces = starts.zip(&self.pieces).map(|(start, (end, written))| (&self.text[start..*end], *written));
        let pieces: Vec<(&str, Written)> = pieces.filter(|(piece, _)| !piece.trim().is_empty()).collect();
        let is_plain = match pieces.as_slice() {
            [(_, written)] => *written != Written::Struck,
            several => several.iter().all(|(_, written)| *written == Written::Plain),
        };
        // `T₀` is typed `T0`; a number has nothing to be lowered.
        let in_word = pieces.iter().any(|(piece, written)| *written == Written::Plain && piece.chars().any(char::is_alphabetic));
        let shown = |(piece, written): &(&str, Written)| -> String {
            match written {
                Written::Raised => raised(piece),
                Written::Lowered if !in_word => piece.chars().map(lowered).collect(),
                Written::Struck => struck(piece),
                Written::Plain | Written::Lowered => (*piece).to_owned(),
            }
        };
        (!is_plain).then(|| pieces.iter().map(shown).collect())
    }
}

/// `piece` in raised digits and signs; so is a letter alone, as footnotes have it, and not the end of `1st`.
fn raised(piece: &str) -> String {
    let is_one = piece.trim().chars().count() == 1;
    piece.chars().map(|letter| if letter.is_alphabetic() && !is_one { letter } else { raised_letter(letter) }).collect()
}

fn raised_letter(letter: char) -> char {
    const PLAIN: &str = "0123456789+-−=()abcdefghijklmnoprstuvwxyz";
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ";
    let at = PLAIN.chars().position(|plain| plain == letter);
    at.and_then(|at| RAISED.chars().nth(at)).unwrap_or(letter)
}

fn lowered(letter: char) -> char {
    match letter {
        '0'..='9' => char::from_u32(0x2080 + letter as u32 - '0' as u32).unwrap_or(letter),
        '+' => '₊',
        '-' | '−' => '₋',
        _ => letter,
    }
}

/// `text` with a stroke through every letter.
pub fn struck(text: &str) -> String {
    text.chars().flat_map(|letter| [Some(letter), Some(STROKE).filter(|_| !letter.is_whitespace())]).flatten().collect()
}

/// The stroke through the letter before it.
pub const STROKE: char = '\u{336}';

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: &[(&str, Written)]) -> Option<String> {
        let mut text = RichText::default();
        pieces.iter().for_each(|(piece, written)| text.push(piece, *written));
        text.marked()
    }

    #[test]
    fn raised_lowered_and_struck_letters_are_told_from_the_others() {
        use Written::{Lowered, Plain, Raised, Struck};
        for (pieces, expected) in [
            (&[("23", Plain), ("2", Raised)][..], "23²"),
            (&[("23", Plain), (" ", Plain), ("-1", Raised)], "23 ⁻¹"),
            (&[("S01", Plain), ("a", Raised)], "S01ᵃ"),
            (&[("1", Plain), ("st", Raised), (" visit", Plain)], "1st visit"),
            (&[("23", Plain), ("2", Lowered)], "23₂"),
            (&[("T", Plain), ("0", Lowered)], "T0"),
            (&[("23", Struck), ("25", Plain)], "2\u{336}3\u{336}25"),
            (&[("23", Struck)], "2\u{336}3\u{336}"),
        ] {
            assert_eq!(marked(pieces).as_deref(), Some(expected));
        }
        for pieces in [&[("2", Plain), ("3", Plain)][..], &[("23", Raised)], &[("23", Plain), (" ", Raised)], &[]] {
            assert_eq!(marked(pieces), None);
        }
    }
}
