//! What an `.xls` says of its cells besides their values: pieces of a text that are raised, lowered or struck out, cells that are
//! struck out, and rows that are hidden. calamine reads over these.

use std::collections::{HashMap, HashSet};

use super::compound::{u16_at, u32_at};
use super::faults::{Fault, damaged};
use super::rich_text::{RichText, Written};
use super::xls::{END, NUMBERS, Records, SHARED_TEXT, SHEET, SINGLE_CELLS, records_of_sheet};

const FONT: u16 = 0x0031;
const STYLE: u16 = 0x00E0;
const SHARED_TEXTS: u16 = 0x00FC;
const CONTINUED: u16 = 0x003C;
const ROW: u16 = 0x0208;

/// A cell by its row and column, from 0.
type Position = (u32, u32);

/// What one sheet says.
#[derive(Debug, Default)]
pub struct SheetLook {
    /// The shared texts whose pieces differ, as they look, by their number; and the cells that hold one.
    marked: HashMap<u32, String>,
    texts: HashMap<Position, u32>,
    struck: HashSet<Position>,
    hidden: HashSet<u32>,
}

impl SheetLook {
    /// Of sheet number `sheet` in a workbook's stream.
    pub fn of(stream: &[u8], sheet: usize) -> Result<Self, Fault> {
        let mut look = Self::default();
        let (mut fonts, mut styles, mut sheets) = (Vec::new(), Vec::new(), Vec::new());
        let mut records = Records(stream).take_while(|record| record.kind != END).peekable();
        while let Some(record) = records.next() {
            match record.kind {
                FONT => fonts.push(font(record.data)),
                STYLE => styles.push(usize::from(u16_at(record.data, 0).unwrap_or(0))),
                SHEET => sheets.push(u32_at(record.data, 0)? as usize),
                SHARED_TEXTS => {
                    let mut pieces = vec![record.data.get(8..).ok_or(Fault::Damaged)?];
                    while let Some(next) = records.next_if(|record| record.kind == CONTINUED) {
                        pieces.push(next.data);
                    }
                    look.marked = marked_texts(&pieces, &fonts)?;
                }
                _ => {}
            }
        }
        let struck = |style: u16| styles.get(usize::from(style)).and_then(|font| written(&fonts, *font)) == Some(Written::Struck);
        let start = *sheets.get(sheet).ok_or(Fault::Damaged)?;
        look.read(stream.get(start..).ok_or(Fault::Damaged)?, struck)?;
        Ok(look)
    }

    pub fn text(&self, cell: Position) -> Option<&str> {
        self.texts.get(&cell).and_then(|text| self.marked.get(text)).map(String::as_str)
    }

    pub fn is_struck(&self, cell: Position) -> bool {
        self.struck.contains(&cell)
    }

    pub fn is_hidden(&self, row: u32) -> bool {
        self.hidden.contains(&row)
    }

    fn read(&mut self, sheet: &[u8], is_struck: impl Fn(u16) -> bool) -> Result<(), Fault> {
        for (record, _) in records_of_sheet(sheet).filter(|(_, in_chart)| !in_chart) {
            match record.kind {
                ROW => {
                    const HIDDEN: u16 = 0x0020;
                    if u16_at(record.data, 12).is_ok_and(|flags| flags & HIDDEN != 0) {
                        self.hidden.insert(u32::from(u16_at(record.data, 0)?));
                    }
                }
                NUMBERS => {
                    let (row, first) = (u32::from(u16_at(record.data, 0)?), u32::from(u16_at(record.data, 2)?));
                    for (column, number) in (first..).zip(record.data.get(4..).unwrap_or_default().chunks_exact(6)) {
                        self.struck.extend(Some((row, column)).filter(|_| is_struck(u16::from_le_bytes([number[0], number[1]]))));
                    }
                }
                kind if SINGLE_CELLS.contains(&kind) => {
                    let cell = (u32::from(u16_at(record.data, 0)?), u32::from(u16_at(record.data, 2)?));
                    self.struck.extend(Some(cell).filter(|_| u16_at(record.data, 4).is_ok_and(&is_struck)));
                    if kind == SHARED_TEXT {
                        let text = u32_at(record.data, 6)?;
                        self.texts.extend(Some((cell, text)).filter(|(_, text)| self.marked.contains_key(text)));
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn font(data: &[u8]) -> Written {
    let number = |at: usize| u16_at(data, at).unwrap_or(0);
    Written::of_font(number(2), number(8))
}

/// Font number `index`: there is none of number 4.
fn written(fonts: &[Written], index: usize) -> Option<Written> {
    fonts.get(if index > 4 { index - 1 } else { index }).copied()
}

/// The shared texts whose pieces differ, as they look, by their number.
fn marked_texts(pieces: &[&[u8]], fonts: &[Written]) -> Result<HashMap<u32, String>, Fault> {
    let mut bytes = Pieces { rest: pieces.first().copied().unwrap_or_default(), more: pieces.get(1..).unwrap_or_default() };
    let mut marked = HashMap::new();
    let mut index = 0;
    while !bytes.is_at_end() {
        let (count, flags) = (bytes.u16()?, bytes.byte()?);
        let runs = if flags & 0x08 != 0 { bytes.u16()? } else { 0 };
        let extension = if flags & 0x04 != 0 { u32::from(bytes.u16()?) | u32::from(bytes.u16()?) << 16 } else { 0 };
        let letters = bytes.letters(count, flags & 1 != 0)?;
        let run = |bytes: &mut Pieces| Ok((usize::from(bytes.u16()?), written(fonts, usize::from(bytes.u16()?)).unwrap_or_default()));
        let text = RichText::of_runs(&letters, (0..runs).map(|_| run(&mut bytes)))?;
        bytes.skip(extension)?;
        marked.extend(text.marked().map(|text| (index, text)));
        index += 1;
    }
    Ok(marked)
}

/// The bytes of a record that others continue.
struct Pieces<'s> {
    rest: &'s [u8],
    more: &'s [&'s [u8]],
}

impl Pieces<'_> {
    fn is_at_end(&mut self) -> bool {
        while self.rest.is_empty() && self.next_piece() {}
        self.rest.is_empty()
    }

    fn next_piece(&mut self) -> bool {
        let Some((next, more)) = self.more.split_first() else { return false };
        (self.rest, self.more) = (next, more);
        true
    }

    fn byte(&mut self) -> Result<u8, Fault> {
        if self.is_at_end() {
            return Err(damaged());
        }
        let (first, rest) = self.rest.split_first().ok_or(Fault::Damaged)?;
        self.rest = rest;
        Ok(*first)
    }

    fn u16(&mut self) -> Result<u16, Fault> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: u32) -> Result<(), Fault> {
        while count > 0 {
            if self.is_at_end() {
                return Err(damaged());
            }
            let here = self.rest.len().min(count as usize);
            self.rest = &self.rest[here..];
            count -= here as u32;
        }
        Ok(())
    }

    /// `count` letters of one or two bytes; where they go on in the next piece, that says anew how many.
    fn letters(&mut self, count: u16, mut wide: bool) -> Result<Vec<u16>, Fault> {
        let mut letters = Vec::with_capacity(usize::from(count));
        while letters.len() < usize::from(count) {
            if self.rest.is_empty() {
                if self.is_at_end() {
                    return Err(damaged());
                }
                wide = self.byte()? & 1 != 0;
            }
            letters.push(if wide { self.u16()? } else { u16::from(self.byte()?) });
        }
        Ok(letters)
    }
}
