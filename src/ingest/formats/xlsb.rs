//! `.xlsb`.

use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::faults::{Fault, damaged};
use super::sheet::{Sheet, SheetRows};
use super::xlsx::text;

/// An opened workbook.
pub struct Workbook<'b>(Xlsb<Cursor<&'b [u8]>>);

impl<'b> Workbook<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        Xlsb::new(Cursor::new(bytes)).map(Self).map_err(|error| fault(&error))
    }

    /// The sheets; with `look`, whether each holds data.
    pub fn sheets(&mut self, look: bool) -> Vec<Sheet> {
        let sheets: Vec<calamine::Sheet> = self.0.sheets_metadata().to_vec();
        let tables = sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        tables
            .map(|sheet| Sheet {
                filled: look && self.is_filled(&sheet.name).unwrap_or(true),
                visible: sheet.visible == SheetVisible::Visible,
                name: sheet.name,
            })
            .collect()
    }

    fn is_filled(&mut self, name: &str) -> Result<bool, XlsbError> {
        let mut cells = self.0.worksheet_cells_reader(name)?;
        while let Some(cell) = cells.next_cell()? {
            if !text(cell.get_value()).trim().is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub fn read(&mut self, name: &str, mut rows: SheetRows) -> Result<SheetRows, Fault> {
        let formulas = self.formulas(name)?;
        let mut formulas = formulas.into_iter().peekable();
        let mut cells = self.0.worksheet_cells_reader(name).map_err(|error| fault(&error))?;
        while let Some(cell) = cells.next_cell().map_err(|error| fault(&error))? {
            let position = cell.get_position();
            while let Some(lost) = formulas.next_if(|formula| *formula < position) {
                rows.put(lost.0, lost.1, ERROR)?;
            }
            formulas.next_if_eq(&position);
            rows.put(position.0, position.1, &text(cell.get_value()))?;
        }
        for lost in formulas {
            rows.put(lost.0, lost.1, ERROR)?;
        }
        Ok(rows)
    }

    /// Where formulas stand, in their order in the file.
    fn formulas(&mut self, name: &str) -> Result<Vec<(u32, u32)>, Fault> {
        let mut found = Vec::new();
        let mut cells = self.0.worksheet_cells_reader(name).map_err(|error| fault(&error))?;
        while let Some(cell) = cells.next_formula().map_err(|error| fault(&error))? {
            found.push(cell.get_position());
        }
        Ok(found)
    }
}

/// calamine passes over formulas whose value is an error; such a cell must not pass for an empty one.
const ERROR: &str = "#VALUE!";

fn fault(error: &XlsbError) -> Fault {
    match error {
        XlsbError::Password => Fault::Locked,
        XlsbError::StackLen | XlsbError::Etpg(_) | XlsbError::IfTab(_) | XlsbError::BErr(_) | XlsbError::Ptg(_) => Fault::Cell {
            row: None,
            what: "a formula of a kind that is not read".to_owned(),
            hint: "save the workbook as .xlsx or CSV and name that file",
        },
        _ => damaged(),
    }
}
