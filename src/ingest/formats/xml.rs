//! What the readers of XML share.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::faults::{Fault, damaged};

/// A reader whose empty elements open and close like others.
pub fn reader<R: BufRead>(part: R) -> Reader<R> {
    let mut xml = Reader::from_reader(part);
    xml.config_mut().expand_empty_elements = true;
    xml
}

/// The attribute called `name`, with its prefix.
pub fn attribute(start: &BytesStart, name: &str) -> Result<Option<String>, Fault> {
    let found = start.try_get_attribute(name).map_err(|_| damaged())?;
    found.map(|found| quick_xml::escape::unescape(&found.value).map(Cow::into_owned).map_err(|_| damaged())).transpose()
}

/// The attribute called `name`, whatever its prefix.
pub fn local_attribute(start: &BytesStart, name: &str) -> Result<Option<String>, Fault> {
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| damaged())?;
        if attribute.key.local_name().as_ref() == name {
            return quick_xml::escape::unescape(&attribute.value).map(|value| Some(value.into_owned())).map_err(|_| damaged());
        }
    }
    Ok(None)
}

/// A count that an attribute gives; 1 where there is none.
pub fn count(start: &BytesStart, name: &str) -> Result<u64, Fault> {
    attribute(start, name)?.map_or(Ok(1), |count| count.trim().parse().map_err(|_| damaged()))
}

/// The text that `&…;` stands for.
pub fn entity(reference: &BytesRef) -> Result<Cow<'static, str>, Fault> {
    match (reference.resolve_char_ref().map_err(|_| damaged())?, quick_xml::escape::resolve_predefined_entity(reference)) {
        (Some(letter), _) => Ok(letter.to_string().into()),
        (None, Some(known)) => Ok(known.into()),
        (None, None) => Err(damaged()),
    }
}

/// The text of an element that was just opened, up to its end.
pub fn text_of(xml: &mut Reader<impl BufRead>) -> Result<String, Fault> {
    let (mut text, mut buffer, mut depth) = (String::new(), Vec::new(), 0_usize);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => return Ok(text),
            Event::End(_) => depth -= 1,
            Event::Text(piece) => text.push_str(&piece.xml10_content()),
            Event::CData(piece) => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(reference) => text.push_str(&entity(&reference)?),
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
}
