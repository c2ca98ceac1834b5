//! `.xls`.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xls, XlsError};

use super::compound::{Compound, u16_at, u32_at};
use super::faults::{Fault, damaged};
use super::rich_text::struck;
use super::sheet::{Sheet, SheetRows};
use super::xls_look::SheetLook;
use super::xlsx::text;

/// Cells of all sheets, counted by the rectangles that they span: calamine keeps those in memory.
const MOST_CELLS: u64 = 1 << 23;
/// Room that a sheet may ask for in advance.
const MOST_DECLARED: u64 = 1 << 25;
const MOST_COLUMNS: u32 = 256;

/// An opened workbook.
pub struct Workbook<'b> {
    book: Xls<Cursor<&'b [u8]>>,
    stream: Vec<u8>,
}

impl<'b> Workbook<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let file = Compound::open(bytes)?;
        if file.has("EncryptedPackage") {
            return Err(Fault::Locked);
        }
        let mut streams = Vec::new();
        for name in ["Workbook", "Book"] {
            if let Some(stream) = file.stream(name)? {
                check(&stream)?;
                streams.push(stream);
            }
        }
        let book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
            XlsError::Password => Fault::Locked,
            _ => damaged(),
        })?;
        Ok(Self { book, stream: streams.into_iter().next().unwrap_or_default() })
    }

    /// The sheets, with whether each holds data.
    pub fn sheets(&mut self) -> Vec<Sheet> {
        let sheets: Vec<calamine::Sheet> = self.book.sheets_metadata().to_vec();
        let tables = sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        tables
            .map(|sheet| Sheet {
                filled: self.book.worksheet_range(&sheet.name).is_ok_and(|cells| cells.used_cells().next().is_some()),
                visible: sheet.visible == SheetVisible::Visible,
                name: sheet.name,
            })
            .collect()
    }

    pub fn read(&mut self, name: &str, mut rows: SheetRows) -> Result<SheetRows, Fault> {
        let cells = self.book.worksheet_range(name).map_err(|_| damaged())?;
        let sheet = self.book.sheets_metadata().iter().position(|sheet| sheet.name == name).ok_or(Fault::Damaged)?;
        let look = SheetLook::of(&self.stream, sheet)?;
        let (first_row, first_column) = cells.start().unwrap_or_default();
        for (row, column, cell) in cells.used_cells() {
            let (row, column) = (u32::try_from(row).map_err(|_| damaged())?, u32::try_from(column).map_err(|_| damaged())?);
            let at = (first_row + row, first_column + column);
            let shown = look.text(at).map_or_else(|| text(cell), Cow::Borrowed);
            rows.put(at.0, at.1, if look.is_struck(at) { Cow::Owned(struck(&shown)) } else { shown }.as_ref())?;
            if look.is_hidden(at.0) {
                rows.hide(at.0);
            }
        }
        Ok(rows)
    }
}

/// Follows the records of every sheet as calamine will, and stops where their cells span more than the limits.
fn check(stream: &[u8]) -> Result<(), Fault> {
    let mut cells = 0;
    for record in Records(stream).take_while(|record| record.kind != END) {
        if record.kind == SHEET {
            let start = u32_at(record.data, 0)? as usize;
            cells += spanned(stream.get(start..).ok_or(Fault::Damaged)?)?;
        }
        if cells > MOST_CELLS {
            return Err(Fault::TooLarge(format!("expected a workbook of at most {MOST_CELLS} cells, got more")));
        }
    }
    Ok(())
}

pub const START: u16 = 0x0809;
pub const END: u16 = 0x000A;
pub const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const FORMULA: u16 = 0x0006;
/// Several numbers side by side, each with its style; the last column stands at the end.
pub const NUMBERS: u16 = 0x00BD;
/// A cell that holds the number of a shared text.
pub const SHARED_TEXT: u16 = 0x00FD;
/// Cells with one style each: formula, number, text, logical, compact number, shared text.
pub const SINGLE_CELLS: [u16; 7] = [FORMULA, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, SHARED_TEXT];

/// The cells of the rectangle around the cells of one sheet, and of that around its formulas.
fn spanned(sheet: &[u8]) -> Result<u64, Fault> {
    let (mut all, mut formulas) = (Rectangle::default(), Rectangle::default());
    // Whether calamine passes over charts is not ours to know: their cells count.
    for (record, _) in records_of_sheet(sheet) {
        match record.kind {
            DIMENSIONS => {
                let rows = u64::from(u32_at(record.data, 4).unwrap_or(0).saturating_sub(u32_at(record.data, 0).unwrap_or(0)));
                let columns = u64::from(u16_at(record.data, 10).unwrap_or(0).saturating_sub(u16_at(record.data, 8).unwrap_or(0)));
                if rows.saturating_mul(columns.max(1)) > MOST_DECLARED {
                    return Err(damaged());
                }
            }
            NUMBERS => {
                let (row, first) = (u16_at(record.data, 0)?, u16_at(record.data, 2)?);
                let last = u16_at(record.data, record.data.len().saturating_sub(2))?;
                all.take_in(row, first)?;
                all.take_in(row, last)?;
            }
            kind if SINGLE_CELLS.contains(&kind) => {
                let (row, column) = (u16_at(record.data, 0)?, u16_at(record.data, 2)?);
                all.take_in(row, column)?;
                if kind == FORMULA {
                    formulas.take_in(row, column)?;
                }
            }
            _ => {}
        }
    }
    Ok(all.cells() + formulas.cells())
}

/// The records of a sheet to its end, each with whether it belongs to a chart inside the sheet.
pub fn records_of_sheet(sheet: &[u8]) -> impl Iterator<Item = (Record<'_>, bool)> {
    let (mut started, mut depth) = (false, 0_u32);
    Records(sheet).map_while(move |record| {
        match record.kind {
            START if started => depth += 1,
            START => started = true,
            END if depth == 0 => return None,
            END => depth -= 1,
            _ => {}
        }
        Some((record, depth > 0))
    })
}

/// The rectangle around cells.
#[derive(Debug, Default)]
struct Rectangle(Option<(u32, u32, u32, u32)>);

impl Rectangle {
    fn take_in(&mut self, row: u16, column: u16) -> Result<(), Fault> {
        let (row, column) = (u32::from(row), u32::from(column));
        if column >= MOST_COLUMNS {
            return Err(damaged());
        }
        let (top, bottom, left, right) = self.0.unwrap_or((row, row, column, column));
        self.0 = Some((top.min(row), bottom.max(row), left.min(column), right.max(column)));
        Ok(())
    }

    fn cells(&self) -> u64 {
        self.0.map_or(0, |(top, bottom, left, right)| u64::from(bottom - top + 1) * u64::from(right - left + 1))
    }
}

/// A record: its kind and what it holds.
pub struct Record<'s> {
    pub kind: u16,
    pub data: &'s [u8],
}

/// Records one after another, to the end or the first that is cut short.
pub struct Records<'s>(pub &'s [u8]);

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Record<'s>> {
        let kind = u16_at(self.0, 0).ok()?;
        let length = usize::from(u16_at(self.0, 2).ok()?);
        let data = self.0.get(4..4 + length)?;
        self.0 = &self.0[4 + length..];
        Some(Record { kind, data })
    }
}
