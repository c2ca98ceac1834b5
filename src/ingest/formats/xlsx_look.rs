//! What an `.xlsx` says of its cells besides their values, which calamine reads over: pieces of a text that are raised, lowered or
//! struck out, cells that are struck out or shown as percent, and rows that are hidden.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::faults::{Fault, damaged};
use super::rich_text::{RichText, Written};
use super::xml;

/// Shared texts whose pieces differ: those of footnotes and corrections are short and few.
const MOST_MARKED: usize = 1 << 26;

/// A cell by its row and column, from 0.
pub type Position = (u32, u32);

/// What is asked of a style, by its number.
#[derive(Debug, Default)]
pub struct StyleLook {
    pub percent: Vec<bool>,
    pub struck: Vec<bool>,
}

/// Reads a sheet beside calamine, cell by cell.
pub struct SheetLook<R> {
    part: Reader<R>,
    /// The shared texts whose pieces differ, as they look, by their number.
    shared: HashMap<usize, String>,
    styles: StyleLook,
    buffer: Vec<u8>,
    /// Where the next cell stands that does not say so.
    next: Position,
    row_is_hidden: bool,
}

/// What is said of one cell.
#[derive(Debug, Default)]
pub struct CellLook<'l> {
    pub at: Position,
    /// Its text as it looks, where its pieces differ.
    pub text: Option<Cow<'l, str>>,
    pub is_percent: bool,
    pub is_struck: bool,
    /// Whether its row is hidden.
    pub is_hidden: bool,
}

impl<R: BufRead> SheetLook<R> {
    pub fn new(part: Reader<R>, shared: HashMap<usize, String>, styles: StyleLook) -> Self {
        Self { part, shared, styles, buffer: Vec::new(), next: (0, 0), row_is_hidden: false }
    }

    /// The next cell, whatever it holds; `None` at the end.
    pub fn next_cell(&mut self) -> Result<Option<CellLook<'_>>, Fault> {
        loop {
            self.buffer.clear();
            match self.part.read_event_into(&mut self.buffer).map_err(|_| damaged())? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "row" => {
                        self.next.0 = row_number(&start)?.map_or(self.next.0, |number| number.saturating_sub(1));
                        let height = xml::attribute(&start, "ht")?.and_then(|height| height.trim().parse::<f64>().ok());
                        self.row_is_hidden = is_on(&start, "hidden")? || height == Some(0.0);
                    }
                    "c" => {
                        let cell = Cell::open(&start, self.next)?;
                        self.next.1 = cell.at.1.saturating_add(1);
                        return self.look_at(&cell).map(Some);
                    }
                    _ => {}
                },
                Event::End(end) => match end.local_name().as_ref() {
                    "row" => self.next = (self.next.0.saturating_add(1), 0),
                    "sheetData" => return Ok(None),
                    _ => {}
                },
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// Reads an opened cell to its end.
    fn look_at(&mut self, cell: &Cell) -> Result<CellLook<'_>, Fault> {
        let (mut own, mut shared) = (None, None);
        loop {
            self.buffer.clear();
            match self.part.read_event_into(&mut self.buffer).map_err(|_| damaged())? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "is" => own = rich_text(&mut self.part)?.marked(),
                    "v" if cell.is_shared && !self.shared.is_empty() => shared = xml::text_of(&mut self.part)?.trim().parse::<usize>().ok(),
                    _ => {}
                },
                Event::End(end) if end.local_name().as_ref() == "c" => break,
                Event::Eof => return Err(damaged()),
                _ => {}
            }
        }
        let has = |styles: &[bool]| styles.get(cell.style) == Some(&true);
        let shared = shared.and_then(|index| self.shared.get(&index)).map(|text| Cow::Borrowed(text.as_str()));
        Ok(CellLook {
            at: cell.at,
            text: own.map(Cow::Owned).or(shared),
            is_percent: has(&self.styles.percent),
            is_struck: has(&self.styles.struck),
            is_hidden: self.row_is_hidden,
        })
    }
}

/// A cell as it opens.
#[derive(Debug)]
struct Cell {
    at: Position,
    style: usize,
    /// Whether its value is the number of a shared text.
    is_shared: bool,
}

impl Cell {
    fn open(start: &BytesStart, next: Position) -> Result<Self, Fault> {
        let mut cell = Self { at: next, style: 0, is_shared: false };
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| damaged())?;
            match attribute.key.as_ref() {
                "r" => cell.at = position(&attribute.value).ok_or(Fault::Damaged)?,
                "s" => cell.style = attribute.value.trim().parse().unwrap_or(0),
                "t" => cell.is_shared = attribute.value == "s",
                _ => {}
            }
        }
        Ok(cell)
    }
}

/// `B3` → row 2, column 1.
fn position(name: &str) -> Option<Position> {
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.to_ascii_uppercase().checked_sub(b'A').filter(|letter| *letter < 26)?;
        column.checked_mul(26)?.checked_add(u32::from(letter) + 1)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// The shared texts whose pieces differ, as they look, by their number.
pub fn marked_texts(mut part: Reader<impl BufRead>) -> Result<HashMap<usize, String>, Fault> {
    let (mut marked, mut buffer, mut index, mut size) = (HashMap::new(), Vec::new(), 0, 0);
    loop {
        buffer.clear();
        match part.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(start) if start.local_name().as_ref() == "si" => {
                if let Some(text) = rich_text(&mut part)?.marked() {
                    size += text.len();
                    marked.insert(index, text);
                }
                index += 1;
            }
            Event::Eof => return Ok(marked),
            _ => {}
        }
        if size > MOST_MARKED {
            return Err(Fault::TooLarge(format!(
                "expected at most {} MiB of raised, lowered and struck text, got more",
                MOST_MARKED >> 20
            )));
        }
    }
}

/// The pieces of a text up to the end of its element; readings that stand over its letters (furigana) are none.
fn rich_text(part: &mut Reader<impl BufRead>) -> Result<RichText, Fault> {
    let (mut text, mut buffer, mut depth, mut written, mut reading) = (RichText::default(), Vec::new(), 0_usize, Written::Plain, false);
    loop {
        buffer.clear();
        match part.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => {
                    let piece = xml::text_of(part)?;
                    if !reading {
                        text.push(&piece, written);
                    }
                }
                name => {
                    depth += 1;
                    match name {
                        "r" => written = Written::Plain,
                        "rPh" => reading = true,
                        "strike" if is_on(&start, "val")? || xml::attribute(&start, "val")?.is_none() => written = Written::Struck,
                        "vertAlign" if written != Written::Struck => {
                            written = match xml::attribute(&start, "val")?.as_deref() {
                                Some("superscript") => Written::Raised,
                                Some("subscript") => Written::Lowered,
                                _ => Written::Plain,
                            }
                        }
                        _ => {}
                    }
                }
            },
            Event::End(_) if depth == 0 => return Ok(text),
            Event::End(end) => {
                depth -= 1;
                match end.local_name().as_ref() {
                    "r" => written = Written::Plain,
                    "rPh" => reading = false,
                    _ => {}
                }
            }
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
}

fn is_on(start: &BytesStart, name: &str) -> Result<bool, Fault> {
    Ok(matches!(xml::attribute(start, name)?.as_deref(), Some("1" | "true" | "on")))
}

/// The number of a row that says it, from 1.
fn row_number(start: &BytesStart) -> Result<Option<u32>, Fault> {
    xml::attribute(start, "r")?.map(|number| number.trim().parse().map_err(|_| damaged())).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_by_their_names() {
        assert_eq!(
            ["A1", "b3", "AA10", "XFD1048576"].map(position),
            [Some((0, 0)), Some((2, 1)), Some((9, 26)), Some((1_048_575, 16_383))]
        );
        assert_eq!(["", "A", "7", "A0", "Ä1", "A1B"].map(position), [None; 6]);
    }
}
