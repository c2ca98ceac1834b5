//! What the styles of an `.ods` say that matters: hidden sheets, and text that is raised, lowered or struck out.

use std::collections::{HashMap, HashSet};
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::faults::{Fault, damaged};
use super::rich_text::Written;
use super::xml::attribute;

/// Styles by name; names of text, cells and tables differ.
#[derive(Debug, Default)]
pub struct Styles {
    hidden: HashSet<String>,
    written: HashMap<String, Written>,
}

impl Styles {
    /// Whether sheets of this style are hidden.
    pub fn hides(&self, style: &str) -> bool {
        self.hidden.contains(style)
    }

    /// How text of this style is written, where the style says so.
    pub fn written(&self, style: &str) -> Option<Written> {
        self.written.get(style).copied()
    }

    /// Reads the styles of a part up to the element `end`.
    pub fn read(&mut self, mut xml: Reader<impl BufRead>, end: &str) -> Result<(), Fault> {
        self.read_on(&mut xml, end)
    }

    /// Reads styles up to the element `end`, which is opened then.
    pub fn read_on(&mut self, xml: &mut Reader<impl BufRead>, end: &str) -> Result<(), Fault> {
        let (mut buffer, mut style) = (Vec::new(), None);
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
                Event::Start(start) => match start.name().as_ref() {
                    name if name == end => return Ok(()),
                    "style:style" => style = self.open(&start)?,
                    "style:table-properties" if attribute(&start, "table:display")?.as_deref() == Some("false") => {
                        self.hidden.extend(style.clone());
                    }
                    "style:text-properties" => self.written.extend(style.clone().zip(written(&start)?)),
                    _ => {}
                },
                Event::End(end) if end.name().as_ref() == "style:style" => style = None,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// The name of a style, which begins as its parent is.
    fn open(&mut self, start: &BytesStart) -> Result<Option<String>, Fault> {
        let name = attribute(start, "style:name")?;
        let parent = attribute(start, "style:parent-style-name")?.and_then(|parent| self.written(&parent));
        self.written.extend(name.clone().zip(parent));
        Ok(name)
    }
}

fn written(properties: &BytesStart) -> Result<Option<Written>, Fault> {
    for stroke in ["style:text-line-through-style", "style:text-line-through-type"] {
        if attribute(properties, stroke)?.is_some_and(|stroke| stroke != "none") {
            return Ok(Some(Written::Struck));
        }
    }
    let position = attribute(properties, "style:text-position")?;
    let shift = position.as_deref().and_then(|position| position.split_whitespace().next());
    Ok(shift.map(|shift| match shift.trim_end_matches('%').parse::<f64>() {
        _ if shift == "super" => Written::Raised,
        _ if shift == "sub" => Written::Lowered,
        Ok(percent) if percent > 0.0 => Written::Raised,
        Ok(percent) if percent < 0.0 => Written::Lowered,
        _ => Written::Plain,
    }))
}
