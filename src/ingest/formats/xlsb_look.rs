//! The records of an `.xlsb` for what calamine reads over: texts that are written into their cells in pieces, pieces that are raised,
//! lowered or struck out, cells that are struck out, formulas whose value is an error, and rows that are hidden.

use std::collections::HashMap;
use std::io::{BufRead, Read};

use super::compound::{u16_at, u32_at};
use super::faults::{Fault, damaged};
use super::rich_text::{RichText, Written};

const ROW: u16 = 0x0000;
const SHARED_TEXT: u16 = 0x0007;
const ERROR_FORMULA: u16 = 0x000B;
const OWN_TEXT: u16 = 0x003E;
const SHARED_ITEM: u16 = 0x0013;
const FONT: u16 = 0x002B;
const STYLE: u16 = 0x002F;
const STYLES_OF_CELLS: u16 = 0x0269;
const END_OF_STYLES: u16 = 0x026A;
const SHEET: u16 = 0x009C;
const END_OF_CELLS: u16 = 0x0092;

/// Records one after another.
pub struct Records<R> {
    part: R,
    data: Vec<u8>,
}

impl<R: BufRead> Records<R> {
    pub fn new(part: R) -> Self {
        Self { part, data: Vec::new() }
    }

    /// The kind of the next record, whose data are [`Self::data`] then; `None` at the end.
    fn next(&mut self) -> Result<Option<u16>, Fault> {
        if self.part.fill_buf().map_err(|_| damaged())?.is_empty() {
            return Ok(None);
        }
        let kind = self.number(2)? as u16;
        let length = self.number(4)?;
        self.data.clear();
        let read = self.part.by_ref().take(u64::from(length)).read_to_end(&mut self.data).map_err(|_| damaged())?;
        if read == length as usize { Ok(Some(kind)) } else { Err(damaged()) }
    }

    /// A number in bytes of seven bits, of which there may be `most`.
    fn number(&mut self, most: u32) -> Result<u32, Fault> {
        let mut number = 0;
        for place in 0..most {
            let mut byte = [0];
            self.part.read_exact(&mut byte).map_err(|_| damaged())?;
            number |= u32::from(byte[0] & 0x7F) << (7 * place);
            if byte[0] & 0x80 == 0 {
                break;
            }
        }
        Ok(number)
    }
}

/// How text is written, by the number of its font; and the font of each style of cells.
#[derive(Debug, Default)]
pub struct Styles {
    fonts: Vec<Written>,
    cells: Vec<usize>,
}

impl Styles {
    pub fn read(mut records: Records<impl BufRead>) -> Result<Self, Fault> {
        let (mut styles, mut of_cells) = (Self::default(), false);
        while let Some(kind) = records.next()? {
            let number = |at: usize| u16_at(&records.data, at).unwrap_or(0);
            match kind {
                FONT => styles.fonts.push(Written::of_font(number(2), number(6))),
                STYLES_OF_CELLS => of_cells = true,
                END_OF_STYLES => of_cells = false,
                STYLE if of_cells => styles.cells.push(usize::from(number(4))),
                _ => {}
            }
        }
        Ok(styles)
    }

    fn font(&self, number: usize) -> Written {
        self.fonts.get(number).copied().unwrap_or_default()
    }

    fn is_struck(&self, style: usize) -> bool {
        self.cells.get(style).is_some_and(|font| self.font(*font) == Written::Struck)
    }

    /// A text with the fonts of its pieces.
    fn rich_text(&self, data: &[u8]) -> Result<RichText, Fault> {
        let (letters, rest) = wide_text(data.get(1..).ok_or(Fault::Damaged)?)?;
        let count = if data[0] & 1 != 0 { u32_at(rest, 0)? as usize } else { 0 };
        let runs = rest.get(4..).unwrap_or_default().chunks_exact(4).take(count);
        RichText::of_runs(&letters, runs.map(|run| Ok((usize::from(u16_at(run, 0)?), self.font(usize::from(u16_at(run, 2)?))))))
    }
}

/// The shared texts whose pieces differ, as they look, by their number.
pub fn marked_texts(mut records: Records<impl BufRead>, styles: &Styles) -> Result<HashMap<u32, String>, Fault> {
    let (mut marked, mut index) = (HashMap::new(), 0);
    while let Some(kind) = records.next()? {
        if kind == SHARED_ITEM {
            marked.extend(styles.rich_text(&records.data)?.marked().map(|text| (index, text)));
            index += 1;
        }
    }
    Ok(marked)
}

/// What the relations call the sheet called `name`.
pub fn sheet_id(mut records: Records<impl BufRead>, name: &str) -> Result<String, Fault> {
    while let Some(kind) = records.next()? {
        // Some sheets have no part of their own.
        if kind == SHEET && u32_at(&records.data, 8)? != u32::MAX {
            let (id, rest) = wide_text(records.data.get(8..).ok_or(Fault::Damaged)?)?;
            if String::from_utf16_lossy(&wide_text(rest)?.0) == name {
                return Ok(String::from_utf16_lossy(&id));
            }
        }
    }
    Err(damaged())
}

/// Letters after their number, and what follows.
fn wide_text(data: &[u8]) -> Result<(Vec<u16>, &[u8]), Fault> {
    let count = u32_at(data, 0)? as usize;
    let (letters, rest) = data[4..].split_at_checked(count.checked_mul(2).ok_or(Fault::Damaged)?).ok_or(Fault::Damaged)?;
    Ok((letters.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect(), rest))
}

/// Reads a sheet beside calamine, cell by cell.
pub struct SheetLook<R> {
    records: Records<R>,
    styles: Styles,
    marked: HashMap<u32, String>,
    row: u32,
    row_is_hidden: bool,
}

/// A cell that holds something.
pub struct CellLook {
    /// Row and column, from 0.
    pub at: (u32, u32),
    pub kind: CellKind,
    pub is_struck: bool,
    /// Whether its row is hidden.
    pub is_hidden: bool,
}

pub enum CellKind {
    /// calamine reads it.
    Value,
    /// calamine reads it, but not how its pieces are written.
    Marked(String),
    /// calamine passes over it: a text in its cell.
    Text(String),
    /// calamine passes over it: a formula whose value is an error.
    Error,
}

impl<R: BufRead> SheetLook<R> {
    pub fn new(records: Records<R>, styles: Styles, marked: HashMap<u32, String>) -> Self {
        Self { records, styles, marked, row: 0, row_is_hidden: false }
    }

    /// The next cell; `None` at the end.
    pub fn next_cell(&mut self) -> Result<Option<CellLook>, Fault> {
        while let Some(kind) = self.records.next()? {
            let data = &self.records.data;
            let kind = match kind {
                ROW => {
                    const HIDDEN: u16 = 0x1000;
                    self.row = u32_at(data, 0)?;
                    self.row_is_hidden = u16_at(data, 10).is_ok_and(|flags| flags & HIDDEN != 0);
                    continue;
                }
                END_OF_CELLS => return Ok(None),
                SHARED_TEXT => match self.marked.get(&u32_at(data, 8)?) {
                    Some(text) => CellKind::Marked(text.clone()),
                    None => CellKind::Value,
                },
                OWN_TEXT => {
                    let text = self.styles.rich_text(data.get(8..).ok_or(Fault::Damaged)?)?;
                    CellKind::Text(text.marked().unwrap_or_else(|| text.text().to_owned()))
                }
                ERROR_FORMULA => CellKind::Error,
                0x0002..=0x000A => CellKind::Value,
                _ => continue,
            };
            // The style takes three bytes of four.
            let style = u32_at(data, 4)? & 0x00FF_FFFF;
            return Ok(Some(CellLook {
                at: (self.row, u32_at(data, 0)?),
                kind,
                is_struck: self.styles.is_struck(style as usize),
                is_hidden: self.row_is_hidden,
            }));
        }
        Ok(None)
    }
}
