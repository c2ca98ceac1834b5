//! Bytes → text, strictly: a byte that does not decode stops the file.

use encoding_rs::{Encoding, UTF_8};

use super::inert;
use crate::trial::{Place, Problem, ProblemCode};

/// Encodings suggested, in this order, for a file that is not UTF-8 and declares none.
const CANDIDATES: [&str; 6] = ["shift_jis", "euc-kr", "euc-jp", "gbk", "big5", "windows-1252"];

/// Names in wide use that are no WHATWG labels.
const OTHER_NAMES: [(&str, &str); 10] = [
    ("cp932", "shift_jis"),
    ("ms-932", "shift_jis"),
    ("cp949", "euc-kr"),
    ("uhc", "euc-kr"),
    ("cp936", "gbk"),
    ("cp950", "big5"),
    ("utf-8-sig", "utf-8"),
    ("utf16", "utf-16"),
    ("utf-16-le", "utf-16le"),
    ("utf-16-be", "utf-16be"),
];

/// The text of a file. A byte-order mark decides; then the declared encoding; then UTF-8.
///
/// Byte-order marks are stripped, also when there are two.
pub fn decode(bytes: Vec<u8>, declared: Option<&str>, name: &str) -> Result<String, Problem> {
    let place = || Place::file(inert(name));
    if let Some(kind) = foreign_kind(&bytes) {
        return Err(Problem::error(ProblemCode::FileNotText, place(), format!("expected a text table, got {kind}"))
            .with_hint("save it as CSV and name that file"));
    }
    let declared = declared.map(|label| find(label, name)).transpose()?;
    let encoding = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding).or(declared);
    if encoding.is_none_or(|encoding| encoding == UTF_8) {
        return decode_utf8(bytes, declared.is_some(), name);
    }
    let encoding = encoding.unwrap_or(UTF_8);
    match encoding.decode_without_bom_handling_and_without_replacement(&bytes) {
        Some(text) => Ok(without_marks(text.into_owned())),
        None => {
            let line = first_undecodable_line(&bytes, encoding);
            Err(Problem::error(ProblemCode::EncodingUnknown, place().line(line), format!("a character that is not {}", encoding.name()))
                .with_hint("check `encoding` under [data] in trial.toml; a row may have been pasted from a file in another encoding"))
        }
    }
}

fn decode_utf8(bytes: Vec<u8>, declared: bool, name: &str) -> Result<String, Problem> {
    let error = match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => return Ok(without_marks(text)),
        Ok(_) => {
            let hint = "if it is UTF-16 without a byte-order mark, declare `encoding = \"utf-16le\"` under [data] in trial.toml";
            let place = Place::file(inert(name));
            return Err(Problem::error(ProblemCode::FileNotText, place, "expected a text table, got NUL bytes").with_hint(hint));
        }
        Err(error) => error,
    };
    // No legacy text holds NUL: this is a program, a picture, a workbook under another name.
    if error.as_bytes().contains(&0) {
        let place = Place::file(inert(name));
        let hint = "save it as CSV and name that file; if it is UTF-16 without a byte-order mark, declare that as its `encoding`";
        return Err(Problem::error(ProblemCode::FileNotText, place, "expected a text table, got binary data").with_hint(hint));
    }
    let line = line_of(error.as_bytes(), error.utf8_error().valid_up_to());
    let decodes = |label: &&str| Encoding::for_label(label.as_bytes()).is_some_and(|e| decodes_strictly(e, error.as_bytes()));
    let candidates: Vec<String> =
        CANDIDATES.iter().filter(|label| decodes(label)).map(|label| format!("`encoding = \"{label}\"`")).collect();
    let hint = match candidates.as_slice() {
        _ if declared => "the file is not what `encoding` says; a row may have been pasted from a file in another encoding".to_owned(),
        [] => "declare its `encoding` under [data] in trial.toml".to_owned(),
        some => {
            format!("declare its encoding under [data] in a trial.toml; it could be {}; or save the file as CSV UTF-8", some.join(" or "))
        }
    };
    Err(Problem::error(ProblemCode::EncodingUnknown, Place::file(inert(name)).line(line), "a character that is not UTF-8").with_hint(hint))
}

/// The encoding of a label; a label nobody knows is an error with a suggestion.
fn find(label: &str, name: &str) -> Result<&'static Encoding, Problem> {
    let plain = label.trim().to_ascii_lowercase().replace('_', "-");
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == plain).map(|(_, label)| *label);
    Encoding::for_label(label.as_bytes())
        .or_else(|| Encoding::for_label(other?.as_bytes()))
        .or_else(|| Encoding::for_label(plain.as_bytes()))
        .ok_or_else(|| {
            let nearest = CANDIDATES
                .iter()
                .chain(&["utf-8", "utf-16le"])
                .max_by(|a, b| strsim::jaro_winkler(a, &plain).total_cmp(&strsim::jaro_winkler(b, &plain)));
            let what = format!("expected the name of an encoding, got `{}`", inert(label));
            let problem = Problem::error(ProblemCode::EncodingUnknown, Place::file(inert(name)), what).with_value(inert(label));
            match nearest {
                Some(nearest) => problem.with_hint(format!("did you mean `{nearest}`?")),
                None => problem,
            }
        })
}

fn decodes_strictly(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

fn without_marks(mut text: String) -> String {
    let marks = text.len() - text.trim_start_matches('\u{FEFF}').len();
    text.drain(..marks);
    text
}

/// What a file is that is certainly no text, by its first bytes.
fn foreign_kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "a zip archive or spreadsheet workbook"),
        (b"\xD0\xCF\x11\xE0", "an old Excel workbook"),
        (b"%PDF", "a PDF"),
        (b"PAR1", "a Parquet file"),
        (b"\x1F\x8B", "a gzip archive"),
    ];
    KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}

/// The line, as an editor shows it, that holds byte `at`.
fn line_of(bytes: &[u8], at: usize) -> u64 {
    let before = &bytes[..at.min(bytes.len())];
    let breaks = before.iter().enumerate().filter(|&(i, &byte)| byte == b'\n' || byte == b'\r' && before.get(i + 1) != Some(&b'\n'));
    1 + breaks.count() as u64
}

/// The line of the first byte that `encoding` cannot read.
fn first_undecodable_line(bytes: &[u8], encoding: &'static Encoding) -> u64 {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len()));
    let _ = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    line_of(text.as_bytes(), text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], declared: Option<&str>) -> Result<String, (ProblemCode, Option<u64>, String)> {
        decode(bytes.to_vec(), declared, "a.csv").map_err(|p| (p.code, p.place.line, p.hint.unwrap_or_default()))
    }

    #[test]
    fn marks_are_stripped_also_two() {
        assert_eq!(text(b"\xEF\xBB\xBFa,b", None), Ok("a,b".into()));
        assert_eq!(text(b"\xEF\xBB\xBF\xEF\xBB\xBFa,b", None), Ok("a,b".into()));
        assert_eq!(text(b"\xFF\xFEa\0,\0", None), Ok("a,".into()));
        assert_eq!(text(b"\xFE\xFF\0a\0,", None), Ok("a,".into()));
    }

    #[test]
    fn declared_encodings_are_read_strictly() {
        for label in ["cp932", "shift_jis", "CP932"] {
            assert_eq!(text(b"\x94\xed\x8c\xb1\x8e\xd2", Some(label)), Ok("被験者".into()));
        }
        assert_eq!(text(b"\xc7\xd1", Some("cp949")), Ok("한".into()));
        assert_eq!(text(b"a\0", Some("utf-16le")), Ok("a".into()));
        let (code, line, _) = text(b"a\nb\n\x81", Some("cp932")).unwrap_err();
        assert_eq!((code, line), (ProblemCode::EncodingUnknown, Some(3)));
        let (_, _, hint) = text(b"a", Some("shift-gis")).unwrap_err();
        assert_eq!(hint, "did you mean `shift_jis`?");
    }

    #[test]
    fn undeclared_text_that_is_not_utf8_stops_with_candidates() {
        let (code, line, hint) = text(b"id,x\r\n\x94\xed\x8c\xb1\x8e\xd2,1\r\n", None).unwrap_err();
        assert_eq!((code, line), (ProblemCode::EncodingUnknown, Some(2)));
        assert!(hint.contains("`encoding = \"shift_jis\"`"), "{hint}");
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(text(b"PK\x03\x04...", None).unwrap_err().0, ProblemCode::FileNotText);
        assert_eq!(text(b"a\0b\0", None).unwrap_err().0, ProblemCode::FileNotText);
    }
}
