//! `.xlsx` and `.xlsm`.

use std::borrow::Cow;
use std::io::Cursor;
use std::iter::Peekable;

use calamine::{DataRef, DataType, Reader, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata};

use super::cell_text::{clock, date_time_of, spreadsheet_number};
use super::faults::{Fault, damaged};
use super::sheet::{Sheet, SheetRows};

/// An opened workbook.
pub struct Workbook<'b>(Xlsx<Cursor<&'b [u8]>>);

impl<'b> Workbook<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        Xlsx::new(Cursor::new(bytes)).map(Self).map_err(|error| fault(&error, None))
    }

    /// The sheets; with `look`, whether each holds data.
    pub fn sheets(&mut self, look: bool) -> Vec<Sheet> {
        let sheets: Vec<calamine::Sheet> = self.0.sheets_metadata().to_vec();
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
        let mut cells = self.0.worksheet_cells_reader(name)?;
        while let Some(cell) = cells.next_cell()? {
            if !text(cell.get_value()).trim().is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub fn read(&mut self, name: &str, mut rows: SheetRows) -> Result<SheetRows, Fault> {
        let mut percents = self.percents(name)?.into_iter().peekable();
        let mut last_row = 0;
        let mut cells = self.0.worksheet_cells_reader(name).map_err(|error| fault(&error, None))?;
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| fault(&error, Some(last_row)))? {
            let (row, column) = cell.pos;
            last_row = u64::from(row) + 1;
            let shown = match (&cell.value, &cell.formula) {
                // No program has computed it yet: its value is not known, and must not pass for an empty cell.
                (DataRef::Empty, Some(formula)) => Cow::Owned(format!("={}", formula_text(formula))),
                (DataRef::Float(value), _) if is_next(&mut percents, cell.pos) => Cow::Owned(percent(*value)),
                (value, _) => text(value),
            };
            rows.put(row, column, &shown)?;
        }
        Ok(rows)
    }

    /// The number cells that are shown as percent, in their order in the file.
    fn percents(&mut self, name: &str) -> Result<Vec<(u32, u32)>, Fault> {
        let mut found = Vec::new();
        let mut cells = self.0.worksheet_cells_reader(name).map_err(|error| fault(&error, None))?;
        let shows_percent = |style: &calamine::Style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%'));
        let styles: Vec<bool> = cells.styles().iter().map(shows_percent).collect();
        if !styles.contains(&true) {
            return Ok(found);
        }
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| fault(&error, None))? {
            if styles.get(style) == Some(&true) && matches!(cell.get_value(), DataRef::Float(_)) {
                found.push(cell.get_position());
            }
        }
        Ok(found)
    }
}

fn is_next(positions: &mut Peekable<impl Iterator<Item = (u32, u32)>>, position: (u32, u32)) -> bool {
    positions.next_if_eq(&position).is_some()
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
