//! The parts of an `.xlsx`, found as its relations say.

use quick_xml::Reader;

use super::faults::Fault;
use super::xml::local_attribute;
use super::zip_parts::{Part, Parts};

/// An archive and where its workbook stands in it.
pub struct XlsxParts<'b> {
    parts: Parts<'b>,
    /// The folder of the workbook, with its `/`, and its name.
    folder: String,
    workbook: String,
}

impl<'b> XlsxParts<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let mut parts = Parts::open(bytes)?;
        let relations = parts.relations("_rels/.rels")?;
        let document = relations.into_values().find(|relation| relation.kind.ends_with("/relationships/officeDocument"));
        let path = document.map_or_else(|| "xl/workbook.xml".to_owned(), |document| document.target);
        let (folder, workbook) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
        Ok(Self { parts, folder: folder.strip_prefix('/').unwrap_or(folder).to_owned(), workbook: workbook.to_owned() })
    }

    /// The texts that cells share, where there are any.
    pub fn shared_texts(&mut self) -> Result<Option<Reader<Part<'_, 'b>>>, Fault> {
        self.parts.xml(&format!("{}sharedStrings.xml", self.folder))
    }

    /// The sheet called `name`.
    pub fn sheet(&mut self, name: &str) -> Result<Reader<Part<'_, 'b>>, Fault> {
        let mut of_sheet = None;
        self.parts.each_start(&format!("{}{}", self.folder, self.workbook), |start| {
            if of_sheet.is_none() && start.local_name().as_ref() == "sheet" && local_attribute(start, "name")?.as_deref() == Some(name) {
                of_sheet = local_attribute(start, "id")?;
            }
            Ok(())
        })?;
        let relations = self.parts.relations(&format!("{}_rels/{}.rels", self.folder, self.workbook))?;
        let target = &relations.get(&of_sheet.ok_or(Fault::Damaged)?).ok_or(Fault::Damaged)?.target;
        let path = target.strip_prefix('/').map_or_else(|| format!("{}{target}", self.folder), str::to_owned);
        self.parts.xml(&path)?.ok_or(Fault::Damaged)
    }
}
