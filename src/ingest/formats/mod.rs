//! Files that are no text, each format in its file: workbooks, Parquet, Stata, SPSS → a grid of cells as text.
//!
//! What a file is, is told by its content; the name is asked only where the two may not differ in silence. Every decoder
//! runs under limits that are checked before it, and under [`guard`].

mod cell_text;
mod compound;
mod faults;
mod guard;
mod needed;
mod ods;
mod ods_cell;
mod ods_styles;
mod parquet;
mod parquet_cells;
mod parquet_pages;
mod rich_text;
mod sheet;
mod spss;
mod spss_data;
mod spss_dictionary;
mod stata;
mod workbook;
mod xls;
mod xls_look;
mod xlsb;
mod xlsb_look;
mod xlsx;
mod xlsx_look;
mod xlsx_parts;
mod xml;
mod zip_bounds;
mod zip_parts;

use std::io::{Cursor, Read};

use encoding_rs::Encoding;
use zip::ZipArchive;

use super::content::{Content, Grid};
use super::settings::FileSettings;
use super::{encoding, inert};
use crate::trial::{Place, Problem, ProblemCode};
use faults::Fault;
use guard::guarded;

pub use needed::Needed;

/// A format that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
    Parquet,
    Stata,
    Spss,
}

/// The content of a file; `columns` are those that the plan names, which help to tell an encoding. The settings learn which sheet of a workbook it is.
pub fn content(bytes: Vec<u8>, settings: &mut FileSettings, needed: &Needed, columns: &[&str]) -> Result<Content, Problem> {
    let wanted = settings.sheet.take();
    let Some(format) = Format::of(&bytes, &settings.file)? else {
        let about = encoding::About { name: &settings.name, declared: settings.encoding, wanted: columns };
        return Ok(Content::Text(encoding::decode(bytes, about)?));
    };
    let name = settings.file.as_str();
    let (header_line, codes) = (settings.header_line, &settings.codes);
    let declared = settings.encoding.and_then(|label| Encoding::for_label(label.as_bytes()));
    let read = guarded(|| -> Result<(Grid, Option<String>), Problem> {
        let alone = |read: Result<Grid, Fault>| read.map(|grid| (grid, None)).map_err(|fault| fault.problem(name, format.kind()));
        match format {
            Format::Parquet => alone(parquet::read(bytes, needed)),
            Format::Stata => alone(stata::read(&bytes, needed)),
            Format::Spss => alone(spss::read(&bytes, declared, codes, needed)),
            _ => workbook::read(&bytes, format, wanted.as_deref(), header_line, name).map(|(grid, sheet)| (grid, Some(sheet))),
        }
    });
    let (grid, sheet) = read.unwrap_or_else(|| Err(Fault::Damaged.problem(name, format.kind())))?;
    settings.sheet = sheet;
    Ok(Content::Grid(grid))
}

/// The sheets of a workbook that hold data, in their order: the visible ones, or where there are none the hidden. Nothing
/// where the file is no workbook.
pub fn sheets(bytes: &[u8], name: &str) -> Result<Vec<String>, Problem> {
    let Some(format) = Format::of(bytes, name)?.filter(|format| format.is_archive() || *format == Format::Xls) else {
        return Ok(Vec::new());
    };
    let found = guarded(|| workbook::sheets(bytes, format)).unwrap_or(Err(Fault::Damaged));
    let filled: Vec<_> = found.map_err(|fault| fault.problem(name, format.kind()))?.into_iter().filter(|sheet| sheet.filled).collect();
    let any_visible = filled.iter().any(|sheet| sheet.visible);
    Ok(filled.into_iter().filter(|sheet| sheet.visible || !any_visible).map(|sheet| sheet.name).collect())
}

impl Format {
    /// What a file is; `None` for text, and for what the reader of text names as no text.
    ///
    /// A name that promises text is kept to: a workbook called `.csv` was renamed, not saved as CSV, and whoever did
    /// that believes that it is text.
    fn of(bytes: &[u8], name: &str) -> Result<Option<Self>, Problem> {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default();
        if matches!(extension.as_str(), "csv" | "tsv" | "txt" | "tab") {
            return Ok(None);
        }
        let named = match extension.as_str() {
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "xlsb" => Some(Self::Xlsb),
            "xls" => Some(Self::Xls),
            "ods" => Some(Self::Ods),
            "parquet" | "pq" => Some(Self::Parquet),
            "dta" => Some(Self::Stata),
            "sav" | "zsav" => Some(Self::Spss),
            _ => None,
        };
        match (Self::by_content(bytes, named), named) {
            (Some(found), _) => Ok(Some(found)),
            (None, Some(named)) if bytes.is_empty() => Err(Fault::Damaged.problem(name, named.kind())),
            (None, Some(named)) => {
                let found = if looks_like_text(bytes) { "text" } else { "something else" };
                let what = format!("expected {}, as the name says, got {found}", named.kind());
                let hint =
                    if found == "text" { "if it is a table as text, give it a name that ends in .csv" } else { "export the file again" };
                Err(Problem::error(ProblemCode::FileDamaged, Place::file(inert(name)), what).with_hint(hint))
            }
            (None, None) => Ok(None),
        }
    }

    fn by_content(bytes: &[u8], named: Option<Self>) -> Option<Self> {
        match bytes {
            [b'P', b'K', 3, 4, ..] => guarded(|| archived(bytes)).flatten().or(named.filter(|named| named.is_archive())),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Some(Self::Xls),
            [b'P', b'A', b'R', b'1', ..] => Some(Self::Parquet),
            [b'$', b'F', b'L', b'2' | b'3', ..] => Some(Self::Spss),
            _ if bytes.starts_with(b"<stata_dta>") => Some(Self::Stata),
            // Before Stata 13 a file starts with its version, the byte order and a 1: too little to tell without the name.
            [102..=115, 1 | 2, 1, ..] if named == Some(Self::Stata) => Some(Self::Stata),
            _ => None,
        }
    }

    fn is_archive(self) -> bool {
        matches!(self, Self::Xlsx | Self::Xlsb | Self::Ods)
    }

    /// What messages call it, with its article.
    fn kind(self) -> &'static str {
        match self {
            Self::Xlsx | Self::Xlsb => "an Excel workbook",
            Self::Xls => "an Excel 97 workbook",
            Self::Ods => "an OpenDocument spreadsheet",
            Self::Parquet => "a Parquet file",
            Self::Stata => "a Stata file",
            Self::Spss => "an SPSS file",
        }
    }
}

/// Which workbook a zip archive is, if any.
fn archived(bytes: &[u8]) -> Option<Format> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let has = |end: &str| archive.file_names().flatten().any(|name| name.to_lowercase().ends_with(end));
    if has("workbook.bin") {
        return Some(Format::Xlsb);
    }
    if has("workbook.xml") || has("[content_types].xml") {
        return Some(Format::Xlsx);
    }
    let mut kind = String::new();
    archive.by_name("mimetype").ok()?.take(100).read_to_string(&mut kind).ok()?;
    kind.starts_with("application/vnd.oasis.opendocument.spreadsheet").then_some(Format::Ods)
}

fn looks_like_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    !start.contains(&0) || start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name_but_not_against_text() {
        let of = |bytes: &[u8], name: &str| Format::of(bytes, name).map_err(|problem| problem.what);
        assert_eq!(of(b"PAR1....PAR1", "data.parquet"), Ok(Some(Format::Parquet)));
        assert_eq!(of(b"PAR1....PAR1", "data"), Ok(Some(Format::Parquet)));
        assert_eq!(of(b"PAR1....PAR1", "data.csv"), Ok(None));
        assert_eq!(of(b"PK\x03\x04", "data.xlsx"), Ok(Some(Format::Xlsx)));
        assert_eq!(of(b"PK\x03\x04", "data.zip"), Ok(None));
        assert_eq!(of(b"\xD0\xCF\x11\xE0", "data.xlsx"), Ok(Some(Format::Xls)));
        assert_eq!(of(b"id,pre\n", "data"), Ok(None));
        assert_eq!(of(b"id,pre\n", "data.xlsx"), Err("expected an Excel workbook, as the name says, got text".into()));
        assert_eq!(of(b"\0\x01", "data.sav"), Err("expected an SPSS file, as the name says, got something else".into()));
        assert_eq!(of(b"r\x01\x01", "data.dta"), Ok(Some(Format::Stata)));
    }
}
