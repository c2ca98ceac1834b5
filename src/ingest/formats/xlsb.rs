//! `.xlsb`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::faults::{Fault, damaged};
use super::rich_text::struck;
use super::sheet::{Sheet, SheetRows};
use super::xlsb_look::{CellKind, Records, SheetLook, Styles, marked_texts, sheet_id};
use super::xlsx::text;
use super::zip_parts::Parts;

/// An opened workbook.
pub struct Workbook<'b> {
    bytes: &'b [u8],
    book: Xlsb<Cursor<&'b [u8]>>,
}

impl<'b> Workbook<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        Xlsb::new(Cursor::new(bytes)).map(|book| Self { bytes, book }).map_err(|error| fault(&error))
    }

    /// The sheets; with `look`, whether each holds data.
    pub fn sheets(&mut self, look: bool) -> Vec<Sheet> {
        let sheets: Vec<calamine::Sheet> = self.book.sheets_metadata().to_vec();
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
        let mut cells = self.book.worksheet_cells_reader(name)?;
        while let Some(cell) = cells.next_cell()? {
            if !text(cell.get_value()).trim().is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub fn read(&mut self, name: &str, mut rows: SheetRows) -> Result<SheetRows, Fault> {
        let mut parts = Parts::open(self.bytes)?;
        let styles = parts.part("xl/styles.bin")?.map_or_else(|| Ok(Styles::default()), |part| Styles::read(Records::new(part)))?;
        let shared = parts.part("xl/sharedStrings.bin")?;
        let marked = shared.map_or_else(|| Ok(HashMap::new()), |part| marked_texts(Records::new(part), &styles))?;
        let id = sheet_id(Records::new(parts.part("xl/workbook.bin")?.ok_or(Fault::Damaged)?), name)?;
        let relations = parts.relations("xl/_rels/workbook.bin.rels")?;
        let path = format!("xl/{}", relations.get(&id).ok_or(Fault::Damaged)?.target);
        let sheet = parts.part(&path)?.ok_or(Fault::Damaged)?;
        let mut looks = SheetLook::new(Records::new(sheet), styles, marked);
        let mut cells = self.book.worksheet_cells_reader(name).map_err(|error| fault(&error))?;
        while let Some(look) = looks.next_cell()? {
            let shown = match look.kind {
                CellKind::Error => Cow::Borrowed(ERROR),
                CellKind::Text(text) => Cow::Owned(text),
                kind => {
                    let cell = cells.next_cell().map_err(|error| fault(&error))?;
                    let cell = cell.filter(|cell| cell.get_position() == look.at).ok_or(Fault::Damaged)?;
                    if let CellKind::Marked(text) = kind { Cow::Owned(text) } else { Cow::Owned(text(cell.get_value()).into_owned()) }
                }
            };
            rows.put(look.at.0, look.at.1, if look.is_struck { Cow::Owned(struck(&shown)) } else { shown }.as_ref())?;
            if look.is_hidden {
                rows.hide(look.at.0);
            }
        }
        Ok(rows)
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
