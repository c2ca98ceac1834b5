//! What a file is that is no text table: told from its first bytes or its first words.

use super::inert;
use crate::trial::{Place, Problem, ProblemCode};

/// First bytes of formats that are no text.
const BINARY: [(&[u8], &str); 22] = [
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xD0\xCF\x11\xE0", "an old Excel workbook (.xls)"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ", "an xz archive"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"$FL2", "an SPSS file (.sav)"),
    (b"$FL3", "an SPSS file (.zsav)"),
    (b"<stata_dta>", "a Stata file (.dta)"),
    (b"SQLite format 3", "a SQLite database"),
    (b"{\\rtf", "a rich-text document (RTF)"),
    (b"ARROW1", "an Arrow file"),
    (b"\x7FELF", "a program"),
];

/// A zip archive by what its first entries are called.
const ZIPPED: [(&[u8], &str); 4] = [
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument workbook (a zip archive)"),
    (b"xl/", "an Excel workbook (.xlsx, a zip archive)"),
    (b"word/", "a Word document (.docx, a zip archive)"),
    (b"[Content_Types].xml", "an Office document, perhaps an Excel workbook (a zip archive)"),
];

/// How far into a file its kind is looked for.
const HEAD: usize = 4096;

/// What a file that is certainly no text is, by its first bytes.
pub fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if head.starts_with(b"PK\x03\x04") {
        let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
        return Some(ZIPPED.iter().find(|(name, _)| holds(name)).map_or("a zip archive or spreadsheet workbook", |(_, kind)| *kind));
    }
    BINARY.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, kind)| *kind)
}

/// The error for bytes that are a file of another kind under a text table's name.
pub fn binary(bytes: &[u8], name: &str) -> Option<Problem> {
    let kind = binary_kind(bytes)?;
    let hint = if kind.contains("workbook") || kind.contains("SPSS") || kind.contains("Stata") || kind.contains("Parquet") {
        "give the file the ending that belongs to it, or save it as CSV and name that file"
    } else if kind.contains("archive") {
        "unpack it and name the table inside"
    } else {
        "name the exported table itself"
    };
    let what = format!("expected a text table, got {kind}");
    Some(Problem::error(ProblemCode::FileNotText, Place::file(inert(name)), what).with_hint(hint))
}

/// The error for text that is a document of another kind: a web page, JSON, XML, a server's error message.
pub fn document(text: &str, name: &str) -> Option<Problem> {
    let start = text.trim_start();
    let line = 1 + text[..text.len() - start.len()].matches('\n').count() as u64;
    let head = &start[..start.floor_char_boundary(HEAD)];
    let low = head.to_ascii_lowercase();
    let (kind, hint) = if is_html(&low) {
        let login = low.contains("type=\"password\"") || low.contains("type='password'") || low.contains("log in") || low.contains("login");
        let kind = if login { "a web page (HTML), by the look of it a login page" } else { "a web page (HTML)" };
        (kind, "the download was answered with a page instead of data: log in and export again as CSV")
    } else if is_json(head) {
        let error = low.contains("\"error\"") || low.contains("\"errors\"");
        let kind = if error { "a JSON document with an error message" } else { "a JSON document" };
        (kind, "the server answered with JSON instead of a table: check the permission of the export and its format, and export as CSV")
    } else if low.starts_with("<?xml") || is_element(head) {
        ("an XML document", "export the data as CSV")
    } else if low.starts_with("error:") && start.lines().take(4).count() < 4 {
        ("an error message", "the server answered with an error instead of data: check the permission of the export")
    } else {
        return None;
    };
    let place = Place::file(inert(name)).line(line);
    Some(Problem::error(ProblemCode::NotATable, place, format!("expected a text table, got {kind}")).with_hint(hint))
}

fn is_html(low: &str) -> bool {
    let after_comment = if low.starts_with("<!--") { low.split_once("-->").map_or(low, |(_, rest)| rest.trim_start()) } else { low };
    ["<!doctype html", "<html", "<head", "<body", "<table", "<div", "<script", "<meta"].iter().any(|tag| after_comment.starts_with(tag))
}

/// An object whose first key is written as JSON wants it, or a list of such. A CSV cell may begin with a brace, but not so.
fn is_json(head: &str) -> bool {
    let in_list = head.strip_prefix('[').map(str::trim_start);
    let object = in_list.unwrap_or(head);
    let Some(inside) = object.strip_prefix('{').map(str::trim_start) else {
        return in_list.and_then(|rest| rest.strip_prefix(']')).is_some_and(|rest| rest.trim().is_empty());
    };
    if let Some(rest) = inside.strip_prefix('}') {
        return rest.trim().is_empty() || in_list.is_some();
    }
    let key = inside.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    key.is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
}

/// Text that begins with an element, as `<hash><error>…`.
fn is_element(head: &str) -> bool {
    let name = head.strip_prefix('<').and_then(|rest| rest.split_once('>')).map(|(name, _)| name);
    name.is_some_and(|name| name.starts_with(|letter: char| letter.is_ascii_alphabetic()) && head.contains("</"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<String> {
        document(text, "a.csv").map(|problem| problem.what.replace("expected a text table, got ", ""))
    }

    #[test]
    fn documents_are_named() {
        assert_eq!(kind("\n<!DOCTYPE html>\n<html>"), Some("a web page (HTML)".into()));
        assert_eq!(kind("<html><input type=\"password\">"), Some("a web page (HTML), by the look of it a login page".into()));
        assert_eq!(kind("{\"error\":\"no\"}"), Some("a JSON document with an error message".into()));
        assert_eq!(kind("[ {\n \"id\" : 1}]"), Some("a JSON document".into()));
        assert_eq!(kind("[]"), Some("a JSON document".into()));
        assert_eq!(kind("<?xml version=\"1.0\"?><hash/>"), Some("an XML document".into()));
        assert_eq!(kind("<hash><error>no</error></hash>"), Some("an XML document".into()));
        assert_eq!(kind("ERROR: You do not have permissions"), Some("an error message".into()));
    }

    #[test]
    fn tables_are_not_taken_for_documents() {
        for text in ["id,pre\n", "[id],[pre]\n1,2\n", "{id},x\n", "<id>,pre\n1,2\n", "error,pre\n", "\"{\"\"ImportId\"\"\",x\n", "<5,3\n"] {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn binaries_are_named_by_what_they_hold() {
        let named = |bytes: &[u8]| binary(bytes, "a.csv").map(|problem| problem.what).unwrap_or_default();
        assert!(named(b"PK\x03\x04....xl/workbook.xml").contains("Excel workbook"));
        assert!(named(b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet").contains("OpenDocument"));
        assert!(named(b"PK\x03\x04....a.csv").contains("zip archive"));
        assert!(named(b"%PDF-1.7").contains("PDF"));
        assert!(named(b"\x1F\x8B\x08").contains("gzip"));
        assert!(named(b"\x89PNG\r\n").contains("picture"));
        assert_eq!(named(b"id,pre"), "");
    }
}
