//! `.xlsx` and `.xlsm`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, DataType, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError, XlsxFormulaMetadata};

use super::cell_text::{clock, date_time_of, spreadsheet_number};
use super::faults::{Fault, damaged};
use super::rich_text::struck;
use super::sheet::{Sheet, SheetRows};
use super::xlsx_look::{SheetLook, StyleLook, marked_texts};
use super::xlsx_parts::XlsxParts;

/// An opened workbook.
pub struct Workbook<'b> {
    bytes: &'b [u8],
    book: Xlsx<Cursor<&'b [u8]>>,
}

impl<'b> Workbook<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        Xlsx::new(Cursor::new(bytes)).map(|book| Self { bytes, book }).map_err(|error| fault(&error, None))
    }

    /// The sheets; with `look`, whether each holds data.
    pub fn sheets(&mut self, look: bool) -> Vec<Sheet> {
        let sheets: Vec<calamine::Sheet> = self.book.sheets_metadata().to_vec();
        let tables = sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        tables
            .map(|sheet| Sheet {
                // A sheet that cannot be read is not taken for empty.
                filled: look && self.is_filled(&sheet.name).unwrap_or(true),
                visible: sheet.visible == SheetVisible::Visible,
                name: sheet.name,
            })
            .collect()
    }

    fn is_filled(&mut self, name: &str) -> Result<bool, XlsxError> {
        let mut cells = self.book.worksheet_cells_reader(name)?;
        while let Some(cell) = cells.next_cell()? {
            if !text(cell.get_value()).trim().is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub fn read(&mut self, name: &str, mut rows: SheetRows) -> Result<SheetRows, Fault> {
        let mut parts = XlsxParts::open(self.bytes)?;
        let marked = parts.shared_texts()?.map_or_else(|| Ok(HashMap::new()), marked_texts)?;
        let mut last_row = 0;
        let mut cells = self.book.worksheet_cells_reader(name).map_err(|error| fault(&error, None))?;
        let mut looks = SheetLook::new(parts.sheet(name)?, marked, style_look(cells.styles()));
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| fault(&error, Some(last_row)))? {
            let look = looks.next_cell()?.filter(|look| look.at == cell.pos).ok_or(Fault::Damaged)?;
            let (row, column) = cell.pos;
            last_row = u64::from(row) + 1;
            let shown = match (&cell.value, &cell.formula) {
                _ if let Some(text) = look.text => text,
                // No program has computed it yet: its value is not known, and must not pass for an empty cell.
                (DataRef::Empty, Some(formula)) => Cow::Owned(format!("={}", formula_text(formula))),
                (DataRef::Float(value), _) if look.is_percent => Cow::Owned(percent(*value)),
                (value, _) => text(value),
            };
            rows.put(row, column, if look.is_struck { Cow::Owned(struck(&shown)) } else { shown }.as_ref())?;
            if look.is_hidden {
                rows.hide(row);
            }
        }
        Ok(rows)
    }
}

fn style_look(styles: &[Style]) -> StyleLook {
    let of = |is: fn(&Style) -> bool| styles.iter().map(is).collect();
    StyleLook {
        percent: of(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%'))),
        struck: of(|style| style.font.as_ref().is_some_and(|font| font.strikethrough)),
    }
}

fn formula_text(formula: &XlsxFormulaMetadata) -> &str {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula,
        _ => "…",
    }
}

/// What the sheet shows: the number itself would be a hundredth of it.
pub fn percent(value: f64) -> String {
    format!("{}%", spreadsheet_number(value * 100.0))
}

/// A cell as the cell grammar reads it.
pub fn text(cell: &impl DataType) -> Cow<'_, str> {
    if let Some(text) = cell.get_string().or_else(|| cell.get_datetime_iso()).or_else(|| cell.get_duration_iso()) {
        Cow::Borrowed(text)
    } else if let Some(value) = cell.get_float() {
        Cow::Owned(spreadsheet_number(value))
    } else if let Some(value) = cell.get_int() {
        Cow::Owned(value.to_string())
    } else if let Some(value) = cell.get_bool() {
        Cow::Borrowed(if value { "TRUE" } else { "FALSE" })
    } else if let Some(time) = cell.get_datetime() {
        Cow::Owned(date_text(time))
    } else if let Some(error) = cell.get_error() {
        Cow::Owned(error.to_string())
    } else {
        Cow::Borrowed("")
    }
}

/// Whatever has the format of a date is a date, never its serial number: that could be a score.
fn date_text(time: calamine::ExcelDateTime) -> String {
    let serial = time.as_f64();
    match serial {
        _ if time.is_duration() => clock(serial * 86_400.0),
        _ if !(0.0..2_958_466.0).contains(&serial) => "#######".to_owned(),
        _ if serial < 1.0 => clock(serial * 86_400.0),
        _ => date_time_of(time.to_ymd_hms_milli()),
    }
}

fn fault(error: &XlsxError, after_row: Option<u64>) -> Fault {
    match error {
        XlsxError::Password => Fault::Locked,
        XlsxError::CellError(value) => Fault::Cell {
            row: None,
            what: match after_row {
                Some(row) => format!("a cell in or under row {row} holds the error value `{}`", crate::ingest::inert(value)),
                None => format!("a cell holds the error value `{}`", crate::ingest::inert(value)),
            },
            hint: "correct its formula or empty the cell, and save the workbook again",
        },
        _ => damaged(),
    }
}
