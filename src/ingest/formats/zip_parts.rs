//! The parts of a workbook's archive by name, and the relations between them: for what calamine reads over.

use std::collections::HashMap;
use std::io::{BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::faults::{Fault, damaged};
use super::xml::{self, local_attribute};

/// An opened archive.
pub struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Names by themselves in lower case: programs differ in how they write them.
    names: HashMap<String, String>,
}

/// A part while it is read.
pub type Part<'a, 'b> = BufReader<ZipFile<'a, Cursor<&'b [u8]>>>;

/// What one part says of another.
pub struct Relation {
    pub kind: String,
    pub target: String,
}

impl<'b> Parts<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        let names = archive.file_names().flatten().map(|name| (key(&name), name.into_owned())).collect();
        Ok(Self { archive, names })
    }

    /// The part called `path`; `None` where there is none.
    pub fn part(&mut self, path: &str) -> Result<Option<Part<'_, 'b>>, Fault> {
        let Some(name) = self.names.get(&key(path)) else { return Ok(None) };
        self.archive.by_name(name).map(|part| Some(BufReader::new(part))).map_err(|_| damaged())
    }

    /// The same as XML.
    pub fn xml(&mut self, path: &str) -> Result<Option<Reader<Part<'_, 'b>>>, Fault> {
        let part = self.part(path)?.map(xml::reader);
        // As calamine reads them.
        Ok(part.map(|mut part| {
            part.config_mut().check_end_names = false;
            part
        }))
    }

    /// What a part of relations says, by id; nothing where there is none.
    pub fn relations(&mut self, path: &str) -> Result<HashMap<String, Relation>, Fault> {
        let mut relations = HashMap::new();
        self.each_start(path, |start| {
            if start.local_name().as_ref() == "Relationship" {
                let text = |name: &str| local_attribute(start, name).map(Option::unwrap_or_default);
                relations.insert(text("Id")?, Relation { kind: text("Type")?, target: text("Target")? });
            }
            Ok(())
        })?;
        Ok(relations)
    }

    /// Hands out every element of a part, where there is one.
    pub fn each_start(&mut self, path: &str, mut take: impl FnMut(&BytesStart) -> Result<(), Fault>) -> Result<(), Fault> {
        let Some(mut part) = self.xml(path)? else { return Ok(()) };
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match part.read_event_into(&mut buffer).map_err(|_| damaged())? {
                Event::Start(start) => take(&start)?,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

fn key(path: &str) -> String {
    path.replace('\\', "/").to_ascii_lowercase()
}
