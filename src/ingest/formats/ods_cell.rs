//! One cell of an `.ods`: what its attributes say, and what stands in it.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cell_text::spreadsheet_number;
use super::faults::{Fault, damaged};
use super::ods::is_cell;
use super::ods_styles::Styles;
use super::rich_text::{RichText, Written, struck};
use super::xlsx::percent;
use super::xml::{attribute, count, entity};

/// The text of one cell.
const LONGEST_TEXT: usize = 1 << 20;

/// Reads an opened cell to its end: as the cell grammar reads it.
pub fn read_cell(start: &BytesStart, xml: &mut Reader<impl BufRead>, styles: &Styles) -> Result<String, Fault> {
    let style = attribute(start, "table:style-name")?;
    let value = Value::of(start)?;
    let content = read_content(xml, styles)?;
    let text = match content.marked() {
        Some(marked) => marked,
        None => value.text(content.text().to_owned())?,
    };
    let is_struck = style.and_then(|style| styles.written(&style)) == Some(Written::Struck);
    Ok(if is_struck { struck(&text) } else { text })
}

/// The text of a cell up to its end: paragraphs on lines of their own; remarks and readings that stand over its letters left out.
fn read_content(xml: &mut Reader<impl BufRead>, styles: &Styles) -> Result<RichText, Fault> {
    let (mut text, mut buffer, mut paragraphs, mut remark) = (RichText::default(), Vec::new(), 0, None);
    // How each open element is written.
    let mut open: Vec<Written> = Vec::new();
    loop {
        buffer.clear();
        let here = open.last().copied();
        let read = here.filter(|_| remark.is_none());
        match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(start) => {
                let style = if start.name().as_ref() == "text:span" { attribute(&start, "text:style-name")? } else { None };
                let written = style.and_then(|style| styles.written(&style)).or(here).unwrap_or_default();
                open.push(written);
                match start.name().as_ref() {
                    "office:annotation" | "draw:frame" | "text:ruby-text" | "text:note" if remark.is_none() => remark = Some(open.len()),
                    _ if remark.is_some() => {}
                    "text:p" => {
                        if paragraphs > 0 {
                            text.push("\n", written);
                        }
                        paragraphs += 1;
                    }
                    "text:s" => text.push(&" ".repeat(count(&start, "text:c")?.min(LONGEST_TEXT as u64 + 1) as usize), written),
                    "text:tab" => text.push("\t", written),
                    "text:line-break" => text.push("\n", written),
                    _ => {}
                }
            }
            Event::Text(piece) if let Some(written) = read => text.push(&piece.xml10_content(), written),
            Event::GeneralRef(reference) if let Some(written) = read => text.push(&entity(&reference)?, written),
            Event::End(end) if open.is_empty() && is_cell(end.name().as_ref()) => return Ok(text),
            Event::End(_) => {
                if remark == Some(open.len()) {
                    remark = None;
                }
                open.pop();
            }
            Event::Eof => return Err(damaged()),
            _ => {}
        }
        if text.text().len() > LONGEST_TEXT {
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
