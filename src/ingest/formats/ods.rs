//! `.ods`, read here because repeated rows and columns must be counted before they are made: a hundred bytes of file can
//! stand for a thousand million cells.

use std::io::{BufRead, BufReader, Cursor, Read};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::faults::{Fault, check_room, damaged};
use super::ods_cell::read_cell;
use super::ods_styles::Styles;
use super::sheet::{MOST_COLUMNS, Sheet, SheetRows};
use super::xml::{attribute, count, reader};
use crate::ingest::content::Span;

const MOST_ROWS: u64 = 1 << 20;

/// An opened workbook.
pub struct Workbook<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

/// What the walk through a workbook meets.
enum Step<'t> {
    Sheet {
        name: String,
        visible: bool,
    },
    /// Equal rows one below the other, counted from 0, with their cells that hold something.
    Rows {
        rows: Range<u64>,
        cells: &'t [RowCell],
        hidden: bool,
    },
}

impl<'b> Workbook<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        let mut manifest = String::new();
        if let Ok(mut part) = archive.by_name("META-INF/manifest.xml") {
            part.read_to_string(&mut manifest).map_err(|_| damaged())?;
        }
        if manifest.contains("encryption-data") {
            return Err(Fault::Locked);
        }
        Ok(Self { archive })
    }

    /// The sheets, with whether each holds data.
    pub fn sheets(&mut self) -> Result<Vec<Sheet>, Fault> {
        let mut sheets: Vec<Sheet> = Vec::new();
        self.walk(|step| {
            match step {
                Step::Sheet { name, visible } => sheets.push(Sheet { name, visible, filled: false }),
                Step::Rows { cells, .. } => {
                    if let Some(sheet) = sheets.last_mut() {
                        sheet.filled |= cells.iter().any(|cell| !cell.text.trim().is_empty());
                    }
                }
            }
            Ok(())
        })?;
        Ok(sheets)
    }

    pub fn read(&mut self, name: &str, mut rows: SheetRows) -> Result<SheetRows, Fault> {
        let mut here = false;
        let mut done = false;
        self.walk(|step| {
            match step {
                Step::Sheet { name: next, .. } => {
                    done |= here;
                    here = !done && next == name;
                }
                Step::Rows { rows: numbers, cells, hidden } if here => put_rows(&mut rows, numbers, cells, hidden)?,
                Step::Rows { .. } => {}
            }
            Ok(())
        })?;
        Ok(rows)
    }

    /// Goes through all sheets.
    fn walk(&mut self, mut take: impl FnMut(Step) -> Result<(), Fault>) -> Result<(), Fault> {
        let mut styles = Styles::default();
        if let Ok(part) = self.archive.by_name("styles.xml") {
            styles.read(reader(BufReader::new(part)), "office:automatic-styles")?;
        }
        let part = self.archive.by_name("content.xml").map_err(|_| damaged())?;
        let mut xml = reader(BufReader::new(part));
        styles.read_on(&mut xml, "office:body")?;
        let (mut buffer, mut row) = (Vec::new(), 0_u64);
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
                Event::Start(start) => match start.name().as_ref() {
                    "table:table" => {
                        let name = attribute(&start, "table:name")?.unwrap_or_default();
                        let visible = attribute(&start, "table:style-name")?.is_none_or(|style| !styles.hides(&style));
                        row = 0;
                        take(Step::Sheet { name, visible })?;
                    }
                    "table:table-row" => {
                        let repeated = count(&start, "table:number-rows-repeated")?;
                        let hidden = attribute(&start, "table:visibility")?.is_some_and(|visibility| visibility != "visible");
                        let cells = read_row(&mut xml, &styles)?;
                        if !cells.is_empty() {
                            take(Step::Rows { rows: row..row.saturating_add(repeated), cells: &cells, hidden })?;
                        }
                        row = row.saturating_add(repeated);
                    }
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

/// Equal cells side by side that hold something, by their columns from 0.
struct RowCell {
    columns: Range<u64>,
    text: String,
}

/// Makes the cells that repeated rows and columns stand for, where there is room for them.
fn put_rows(sheet: &mut SheetRows, rows: Range<u64>, cells: &[RowCell], hidden: bool) -> Result<(), Fault> {
    if rows.end > MOST_ROWS || cells.iter().any(|cell| cell.columns.end > u64::from(MOST_COLUMNS)) {
        return Err(damaged());
    }
    let size = |cell: &RowCell| (cell.columns.end - cell.columns.start) * (cell.text.len() + size_of::<Span>()) as u64;
    check_room(cells.iter().map(size).sum::<u64>().saturating_mul(rows.end - rows.start))?;
    for row in rows {
        for RowCell { columns, text } in cells {
            for column in columns.clone() {
                sheet.put(row as u32, column as u32, text)?;
            }
        }
        if hidden {
            sheet.hide(row as u32);
        }
    }
    Ok(())
}

fn read_row(xml: &mut Reader<impl BufRead>, styles: &Styles) -> Result<Vec<RowCell>, Fault> {
    let (mut cells, mut column, mut buffer) = (Vec::new(), 0_u64, Vec::new());
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(start) if is_cell(start.name().as_ref()) => {
                let repeated = count(&start, "table:number-columns-repeated")?;
                let text = read_cell(&start, xml, styles)?;
                if !text.is_empty() {
                    cells.push(RowCell { columns: column..column.saturating_add(repeated), text });
                }
                column = column.saturating_add(repeated);
            }
            Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(cells),
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
}

pub fn is_cell(name: &str) -> bool {
    matches!(name, "table:table-cell" | "table:covered-table-cell")
}
