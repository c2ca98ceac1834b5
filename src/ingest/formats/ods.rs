//! `.ods`, read here because repeated rows and columns must be counted before they are made: a hundred bytes of file can
//! stand for a thousand million cells.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::cell_text::spreadsheet_number;
use super::faults::{Fault, damaged};
use super::sheet::{MOST_COLUMNS, Sheet, SheetRows};
use super::xlsx::percent;

const MOST_ROWS: u64 = 1 << 20;
/// The text of one cell.
const LONGEST_TEXT: usize = 1 << 20;

/// An opened workbook.
pub struct Workbook<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

/// What the walk through a workbook meets.
enum Step<'t> {
    Sheet { name: String, visible: bool },
    Cell { row: u32, column: u32, text: &'t str },
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
                Step::Cell { text, .. } => {
                    if let Some(sheet) = sheets.last_mut() {
                        sheet.filled |= !text.trim().is_empty();
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
                Step::Cell { row, column, text } if here => rows.put(row, column, text)?,
                Step::Cell { .. } => {}
            }
            Ok(())
        })?;
        Ok(rows)
    }

    /// Goes through all sheets. Repeated rows and columns are taken one by one, so that `take` can stop.
    fn walk(&mut self, mut take: impl FnMut(Step) -> Result<(), Fault>) -> Result<(), Fault> {
        let part = self.archive.by_name("content.xml").map_err(|_| damaged())?;
        let mut xml = Reader::from_reader(BufReader::new(part));
        xml.config_mut().expand_empty_elements = true;
        let (mut hidden, mut style) = (HashSet::new(), None);
        let (mut buffer, mut row) = (Vec::new(), 0_u64);
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
                Event::Start(start) => match start.name().as_ref() {
                    "style:style" => style = attribute(&start, "style:name")?,
                    "style:table-properties" if attribute(&start, "table:display")?.as_deref() == Some("false") => {
                        hidden.extend(style.take())
                    }
                    "table:table" => {
                        let name = attribute(&start, "table:name")?.unwrap_or_default();
                        let visible = attribute(&start, "table:style-name")?.is_none_or(|style| !hidden.contains(&style));
                        row = 0;
                        take(Step::Sheet { name, visible })?;
                    }
                    "table:table-row" => {
                        let repeated = count(&start, "table:number-rows-repeated")?;
                        let cells = read_row(&mut xml)?;
                        for number in row..row.saturating_add(if cells.is_empty() { 0 } else { repeated }) {
                            if number >= MOST_ROWS {
                                return Err(damaged());
                            }
                            put_row(number as u32, &cells, &mut take)?;
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

/// A cell that holds something: its first column, how many columns repeat it, its text.
type RowCell = (u64, u64, String);

fn put_row(row: u32, cells: &[RowCell], take: &mut impl FnMut(Step) -> Result<(), Fault>) -> Result<(), Fault> {
    for (first, repeated, text) in cells {
        for column in *first..first.saturating_add(*repeated) {
            if column >= u64::from(MOST_COLUMNS) {
                return Err(damaged());
            }
            take(Step::Cell { row, column: column as u32, text })?;
        }
    }
    Ok(())
}

fn read_row(xml: &mut Reader<impl BufRead>) -> Result<Vec<RowCell>, Fault> {
    let (mut cells, mut column, mut buffer) = (Vec::new(), 0_u64, Vec::new());
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(start) if is_cell(start.name().as_ref()) => {
                let repeated = count(&start, "table:number-columns-repeated")?;
                let value = Value::of(&start)?;
                let text = value.text(read_content(xml)?)?;
                if !text.is_empty() {
                    cells.push((column, repeated, text));
                }
                column = column.saturating_add(repeated);
            }
            Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(cells),
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
}

fn is_cell(name: &str) -> bool {
    matches!(name, "table:table-cell" | "table:covered-table-cell")
}

/// The text of a cell up to its end: paragraphs on lines of their own, remarks left out.
fn read_content(xml: &mut Reader<impl BufRead>) -> Result<String, Fault> {
    let (mut text, mut buffer) = (String::new(), Vec::new());
    let (mut paragraphs, mut depth, mut remark) = (0, 0_usize, None);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(start) => {
                depth += 1;
                match start.name().as_ref() {
                    "office:annotation" | "draw:frame" if remark.is_none() => remark = Some(depth),
                    _ if remark.is_some() => {}
                    "text:p" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "text:s" => {
                        let spaces = count(&start, "text:c")?.min(LONGEST_TEXT as u64 + 1) as usize;
                        text.extend(std::iter::repeat_n(' ', spaces));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    _ => {}
                }
            }
            Event::Text(piece) if remark.is_none() && depth > 0 => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(reference) if remark.is_none() && depth > 0 => {
                let letter = reference.resolve_char_ref().map_err(|_| damaged())?;
                match (letter, quick_xml::escape::resolve_predefined_entity(&reference)) {
                    (Some(letter), _) => text.push(letter),
                    (None, Some(known)) => text.push_str(known),
                    (None, None) => return Err(damaged()),
                }
            }
            Event::End(end) if depth == 0 && is_cell(end.name().as_ref()) => return Ok(text),
            Event::End(_) => {
                if remark == Some(depth) {
                    remark = None;
                }
                depth = depth.saturating_sub(1);
            }
            Event::Eof => return Err(damaged()),
            _ => {}
        }
        if text.len() > LONGEST_TEXT {
            return Err(Fault::TooLarge("expected cells of at most 1 MiB, got a longer one".to_owned()));
        }
    }
}

/// What the attributes of a cell say of its value.
struct Value {
    kind: Option<String>,
    is_error: bool,
    number: Option<String>,
    /// Date, time, boolean or text, as the attribute of that kind has it.
    written: Option<String>,
    formula: Option<String>,
}

impl Value {
    fn of(cell: &BytesStart) -> Result<Self, Fault> {
        let kind = attribute(cell, "office:value-type")?;
        let written = match kind.as_deref() {
            Some("date") => attribute(cell, "office:date-value")?,
            Some("time") => attribute(cell, "office:time-value")?,
            Some("boolean") => attribute(cell, "office:boolean-value")?.map(|value| value.to_uppercase()),
            Some("string") => attribute(cell, "office:string-value")?,
            _ => None,
        };
        Ok(Self {
            is_error: attribute(cell, "calcext:value-type")?.as_deref() == Some("error"),
            number: attribute(cell, "office:value")?,
            formula: attribute(cell, "table:formula")?,
            kind,
            written,
        })
    }

    /// The cell as the cell grammar reads it. An error cell may hold the number 0 besides, which it is not.
    fn text(self, content: String) -> Result<String, Fault> {
        if self.is_error {
            return Ok(if content.trim().is_empty() { "#ERROR".to_owned() } else { content });
        }
        match self.kind.as_deref() {
            Some(kind @ ("float" | "percentage" | "currency")) => {
                let value: f64 = self.number.and_then(|number| number.trim().parse().ok()).ok_or(Fault::Damaged)?;
                Ok(if kind == "percentage" { percent(value) } else { spreadsheet_number(value) })
            }
            Some("date") => Ok(self.written.unwrap_or(content).trim_end_matches("T00:00:00").replace('T', " ")),
            Some(_) => Ok(self.written.unwrap_or(content)),
            // Not computed yet: its value is not known.
            None => Ok(self.formula.unwrap_or(content)),
        }
    }
}

fn attribute(start: &BytesStart, name: &str) -> Result<Option<String>, Fault> {
    let found = start.try_get_attribute(name).map_err(|_| damaged())?;
    found.map(|found| quick_xml::escape::unescape(&found.value).map(std::borrow::Cow::into_owned).map_err(|_| damaged())).transpose()
}

fn count(start: &BytesStart, name: &str) -> Result<u64, Fault> {
    attribute(start, name)?.map_or(Ok(1), |count| count.trim().parse().map_err(|_| damaged()))
}
