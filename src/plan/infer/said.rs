//! What a header says in the way of the system that wrote it, and the names that it gives thereby.

use super::file::{HeaderColumn, LookedFile, Said};
use crate::plan::moment::{Marked, Moment, of_label, split, split_twice};

/// Which part of a header of two parts (code and question) is read for scale and visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Code,
    Text,
}

impl Said {
    /// `G1Q1. How often …`, `G1Q2[SQ001]. How often … [Down]`.
    pub(super) fn question(name: &str) -> Option<Self> {
        let (code, text) = name.split_once(". ")?;
        let (word, parts) = code.split_once('[').map_or((code, ""), |(word, _)| (word, &code[word.len()..]));
        let is_word = word.starts_with(|first: char| first.is_ascii_alphabetic())
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let is_code = is_word && (parts.is_empty() || parts.ends_with(']')) && !text.trim().is_empty();
        is_code.then(|| Self::Question { code: code.to_owned(), text: text.trim().to_owned() })
    }

    /// `BDI_TOTAL_E1_C1`, where `events` are the codes and names of the events. A repeat of an event (`_E1_2_C1`) is none.
    pub(super) fn event(name: &str, events: &[(String, String)]) -> Option<Self> {
        let (rest, _) = numbered(name, 'C')?;
        let (item, number) = numbered(rest, 'E')?;
        let code = format!("E{number}");
        let named = events.iter().find(|(known, _)| *known == code).map(|(_, event)| event.clone());
        (!item.is_empty()).then(|| Self::Event { item: item.to_owned(), number, event: named.unwrap_or(code) })
    }
}

/// A file whose columns have the questions that stand under the header.
pub(super) fn with_questions(mut file: LookedFile) -> LookedFile {
    for (column, text) in file.columns.iter_mut().zip(&file.questions).filter(|(_, text)| !text.is_empty()) {
        column.said = Said::Question { code: column.name.clone(), text: text.clone() };
    }
    file
}

/// `BDI_TOTAL_E1` and `E` → `BDI_TOTAL` and 1.
fn numbered(name: &str, letter: char) -> Option<(&str, u32)> {
    let (rest, last) = name.rsplit_once('_')?;
    Some((rest, last.strip_prefix(letter)?.parse().ok()?))
}

impl HeaderColumn {
    /// The part of its name that says what it holds.
    pub(super) fn by(&self, part: Part) -> &str {
        match (&self.said, part) {
            (Said::Name, _) => &self.name,
            (Said::Question { code, .. }, Part::Code) => code,
            (Said::Question { text, .. }, Part::Text) => text,
            (Said::Event { item, .. }, _) => item,
        }
    }

    /// Every name by which it may be called, the most telling last.
    pub(super) fn called(&self) -> impl Iterator<Item = &str> {
        let parts = if self.said == Said::Name { Vec::new() } else { vec![self.by(Part::Code), self.by(Part::Text)] };
        std::iter::once(self.name.as_str()).chain(parts)
    }

    /// Its scale and visit where its name says the visit twice.
    pub(super) fn marked_twice(&self, part: Part) -> Option<Marked> {
        if matches!(self.said, Said::Event { .. }) { None } else { split_twice(self.by(part)) }
    }

    /// Its scale and visit.
    pub(super) fn marked(&self, part: Part) -> Option<Marked> {
        match &self.said {
            Said::Event { item, number, event } => {
                Some(Marked { stem: item.clone(), moment: of_label(event).unwrap_or(Moment::Bare(*number)) })
            }
            _ => split(self.by(part)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_and_events_are_taken_apart() {
        let question = |code: &str, text: &str| Some(Said::Question { code: code.to_owned(), text: text.to_owned() });
        assert_eq!(Said::question("G1Q1. How often?"), question("G1Q1", "How often?"));
        assert_eq!(Said::question("G1Q2[SQ001]. How? [Down]"), question("G1Q2[SQ001]", "How? [Down]"));
        for name in ["BDI total", "1. How often?", "bdi.pre", "Q1. "] {
            assert_eq!(Said::question(name), None, "{name}");
        }
        let events = [("E1".to_owned(), "Baseline".to_owned())];
        let event = |number, event: &str| Some(Said::Event { item: "BDI_TOTAL".to_owned(), number, event: event.to_owned() });
        assert_eq!(Said::event("BDI_TOTAL_E1_C1", &events), event(1, "Baseline"));
        assert_eq!(Said::event("BDI_TOTAL_E2_C1", &events), event(2, "E2"));
        assert_eq!(Said::event("BDI_TOTAL_E1_2_C1", &events), None);
    }
}
