//! Bytes → text, strictly: a byte that does not decode stops the file.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::candidates::{candidates, find, nearest};
use super::separator::likely;
use super::{canonical, foreign, inert, utf16};
use crate::trial::{Place, Problem, ProblemCode};

/// Candidates named in a hint.
const NAMED: usize = 4;

/// What is known of a file besides its bytes.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// What messages call it.
    pub name: &'a str,
    /// The encoding that the plan declares.
    pub declared: Option<&'a str>,
    /// Columns that the plan names: that a candidate spells them speaks for it.
    pub wanted: &'a [&'a str],
}

/// The text of a file. A byte-order mark decides; then the declared encoding; then UTF-8, or UTF-16 that is certain.
///
/// Byte-order marks are stripped, also when there are two.
pub fn decode(bytes: Vec<u8>, about: About) -> Result<String, Problem> {
    let place = || Place::file(inert(about.name));
    if utf16::is_utf32(&bytes) {
        return Err(
            Problem::error(ProblemCode::FileNotText, place(), "expected a text table, got UTF-32").with_hint("save it as CSV UTF-8")
        );
    }
    if let Some(problem) = foreign::binary(&bytes, about.name) {
        return Err(problem);
    }
    let declared = about.declared.map(|label| known(label, about.name)).transpose()?;
    let encoding = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding).or(declared);
    let encoding = encoding.or_else(|| if bytes.contains(&0) { utf16::recognise(&bytes) } else { None });
    let text = match encoding.filter(|encoding| *encoding != UTF_8) {
        None => decode_utf8(bytes, about)?,
        Some(encoding) => decode_legacy(&bytes, encoding, about)?,
    };
    if text.contains('\0') {
        let line = text.split('\0').next().map_or(1, |before| line_of(before.as_bytes(), before.len()));
        // A few of them are damage, whatever columns of bytes they stand in.
        let is_wide = 4 * text.bytes().filter(|byte| *byte == 0).count() >= text.len();
        let hint = match utf16::by_nuls(text.as_bytes()).filter(|_| encoding.is_none() && is_wide) {
            Some(likely) => as_utf16(likely),
            None => "the file is damaged, or is no text: export it again".to_owned(),
        };
        return Err(Problem::error(ProblemCode::FileNotText, place().line(line), "expected a text table, got NUL bytes").with_hint(hint));
    }
    // Seven-bit Japanese is all ASCII to any other reader.
    if encoding.is_none() && ["\u{1b}$B", "\u{1b}$@"].iter().any(|escape| text.contains(escape)) {
        return Err(Problem::error(ProblemCode::EncodingUnknown, place(), "the file has the escape sequences of ISO-2022-JP")
            .with_hint("declare `encoding = \"iso-2022-jp\"` under [data] in trial.toml, or save the file as CSV UTF-8"));
    }
    Ok(without_marks(text))
}

fn decode_utf8(bytes: Vec<u8>, about: About) -> Result<String, Problem> {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let (bytes, fault) = (error.as_bytes(), error.utf8_error());
    // No legacy text holds NUL: this is a program, a picture, a workbook under another name; or damaged UTF-16.
    if bytes.contains(&0) {
        let hint = match utf16::by_nuls(bytes) {
            Some(likely) => as_utf16(likely),
            None => "save it as CSV and name that file".to_owned(),
        };
        let place = Place::file(inert(about.name));
        return Err(Problem::error(ProblemCode::FileNotText, place, "expected a text table, got binary data").with_hint(hint));
    }
    let at = fault.valid_up_to();
    let is_utf8 = about.declared.is_some() || !bytes[..at].is_ascii() && is_mostly_utf8(bytes);
    let cut = fault.error_len().is_none();
    if cut && (is_utf8 || bytes.len() - at > 1) {
        return Err(cut_problem(bytes, at, about));
    }
    let problem = undecodable(bytes, at, UTF_8, about);
    if is_utf8 {
        return Err(
            problem.with_hint("a row may have been pasted from a file in another encoding: correct it, or save the file as CSV UTF-8")
        );
    }
    let candidates = candidates(bytes, about.wanted);
    let mut hint = as_lines(&candidates);
    if one_line_only(bytes, at) && line_of(bytes, at) > 1 {
        hint += "; or this one row was pasted from a file in another encoding: then correct the row";
    }
    Err(problem.with_hint(hint))
}

fn decode_legacy(bytes: &[u8], encoding: &'static Encoding, about: About) -> Result<String, Problem> {
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if !wide && is_utf8_instead(bytes, &text, about) => {
            let what = format!("declared as {}, but the whole file is valid UTF-8", encoding.name());
            Err(Problem::error(ProblemCode::EncodingUnknown, Place::file(inert(about.name)), what)
                .with_hint("remove `encoding`, or declare `encoding = \"utf-8\"`, under [data] in trial.toml"))
        }
        Some(text) if !wide && let Some(at) = text.find(|letter| matches!(letter, '\u{80}'..='\u{9F}')) => {
            let place = Place::file(inert(about.name)).line(line_of(text.as_bytes(), at));
            let what = format!("a byte that {} does not define", encoding.name());
            Err(Problem::error(ProblemCode::EncodingUnknown, place, what).with_hint(as_lines(&candidates(bytes, about.wanted))))
        }
        Some(text) => Ok(text.into_owned()),
        None => {
            let at = first_undecodable(bytes, encoding);
            if wide && bytes.len() - at < 4 || bytes.len() - at == 1 {
                return Err(cut_problem(bytes, at, about));
            }
            let problem = undecodable(bytes, at, encoding, about);
            let others: Vec<&str> = candidates(bytes, about.wanted).into_iter().filter(|label| find(label) != Some(encoding)).collect();
            Err(match std::str::from_utf8(bytes) {
                Ok(_) => problem.with_hint("the whole file is valid UTF-8: remove `encoding` under [data] in trial.toml"),
                Err(_) if others.is_empty() || one_line_only(bytes, at) => problem.with_hint(
                    "a row may have been pasted from a file in another encoding: correct it, and check `encoding` in trial.toml",
                ),
                Err(_) => problem.with_hint(as_lines(&others)),
            })
        }
    }
}

/// The error for bytes at `at` that do not decode.
fn undecodable(bytes: &[u8], at: usize, encoding: &'static Encoding, about: About) -> Problem {
    let (place, cell) = locate(bytes, at, about);
    let what = format!("a character that is not {}{}", encoding.name(), cell.map_or_else(String::new, |cell| format!(", in cell {cell}")));
    Problem::error(ProblemCode::EncodingUnknown, place, what)
}

/// The error for a file that ends in the middle of a letter.
fn cut_problem(bytes: &[u8], at: usize, about: About) -> Problem {
    let (place, _) = locate(bytes, at, about);
    Problem::error(ProblemCode::FileDamaged, place, "the file ends in the middle of a character")
        .with_hint("it was cut, so that rows may be missing at its end, too: copy or export it again")
}

/// Line of byte `at`; its column where the plan names it, else the number of its cell. Quotes are not minded: a hint.
fn locate(bytes: &[u8], at: usize, about: About) -> (Place, Option<usize>) {
    let place = Place::file(inert(about.name)).line(line_of(bytes, at));
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let start = bytes[..at].iter().rposition(is_end).map_or(0, |end| end + 1);
    let header = &bytes[..bytes.iter().position(is_end).unwrap_or(bytes.len())];
    let Some(separator) = likely(header) else { return (place, None) };
    let row = &bytes[start..at];
    if row.contains(&b'"') {
        return (place, None);
    }
    let cell = row.iter().filter(|byte| **byte == separator).count();
    let name = header.split(|byte| *byte == separator).nth(cell).and_then(|name| std::str::from_utf8(name).ok());
    let name = name.map(|name| canonical(name.trim_start_matches('\u{FEFF}').trim_matches('"').into()));
    match name.filter(|name| start > 0 && about.wanted.iter().any(|wanted| canonical((*wanted).into()) == *name)) {
        Some(name) => (place.column(inert(&name)), None),
        None => (place, Some(cell + 1)),
    }
}

/// Whether at least as many letters decode as UTF-8 as do not.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad
}

/// Whether text that decoded as declared is UTF-8 all the same. Letters of other encodings form UTF-8 by chance where they are
/// few; a column that the plan names and the declared encoding spells speaks against it.
fn is_utf8_instead(bytes: &[u8], decoded: &str, about: About) -> bool {
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| !text.is_ascii()) else { return false };
    let as_declared = about.wanted.iter().any(|name| !name.is_ascii() && decoded.contains(super::trim(name)));
    let letters = || text.chars().filter(|letter| !letter.is_ascii());
    !as_declared && (letters().any(|letter| letter.len_utf8() > 2) || letters().count() > 3)
}

/// Whether all bytes that are no ASCII stand on the line of byte `at`.
fn one_line_only(bytes: &[u8], at: usize) -> bool {
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let start = bytes[..at].iter().rposition(is_end).map_or(0, |end| end + 1);
    let end = bytes[at..].iter().position(is_end).map_or(bytes.len(), |end| at + end);
    bytes[..start].is_ascii() && bytes[end..].is_ascii()
}

fn as_utf16(likely: &'static Encoding) -> String {
    let label = likely.name().to_lowercase();
    format!("if it is UTF-16 without a byte-order mark, add `encoding = \"{label}\"` under [data] in trial.toml")
}

/// The hint with the lines to add, the likeliest first.
fn as_lines(candidates: &[&str]) -> String {
    let line = |label: &&str| format!("`encoding = \"{label}\"`");
    match candidates {
        [] => "declare its `encoding` under [data] in trial.toml".to_owned(),
        [only] => format!("add {} under [data] in trial.toml if that is its encoding, or save the file as CSV UTF-8", line(only)),
        [first, others @ ..] => {
            let others: Vec<String> = others.iter().take(NAMED - 1).map(line).collect();
            format!(
                "add {} under [data] in trial.toml, which is the likeliest; it could also be {}; or save the file as CSV UTF-8",
                line(first),
                others.join(" or ")
            )
        }
    }
}

/// The encoding of a label; a label nobody knows is an error with a suggestion.
fn known(label: &str, name: &str) -> Result<&'static Encoding, Problem> {
    find(label).ok_or_else(|| {
        let what = format!("expected the name of an encoding, got `{}`", inert(label));
        let problem = Problem::error(ProblemCode::EncodingUnknown, Place::file(inert(name)), what).with_value(inert(label));
        match nearest(label) {
            Some(nearest) => problem.with_hint(format!("did you mean `{nearest}`?")),
            None => problem,
        }
    })
}

fn without_marks(mut text: String) -> String {
    let marks = text.len() - text.trim_start_matches('\u{FEFF}').len();
    text.drain(..marks);
    text
}

/// The line, as an editor shows it, that holds byte `at`.
fn line_of(bytes: &[u8], at: usize) -> u64 {
    let before = &bytes[..at.min(bytes.len())];
    let breaks = before.iter().enumerate().filter(|&(i, &byte)| byte == b'\n' || byte == b'\r' && before.get(i + 1) != Some(&b'\n'));
    1 + breaks.count() as u64
}

/// Where the first byte is that `encoding` cannot read.
fn first_undecodable(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = vec![0_u8; 64 << 10];
    let mut at = 0;
    loop {
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut buffer, true);
        at += read;
        match result {
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::InputEmpty => return at,
            encoding_rs::DecoderResult::Malformed(length, after) => return at.saturating_sub(usize::from(length) + usize::from(after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], declared: Option<&str>) -> Result<String, (ProblemCode, Option<u64>, String)> {
        let about = About { name: "a.csv", declared, wanted: &["id"] };
        decode(bytes.to_vec(), about).map_err(|p| (p.code, p.place.line, p.hint.unwrap_or_default()))
    }

    #[test]
    fn marks_are_stripped_also_two() {
        assert_eq!(text(b"\xEF\xBB\xBFa,b", None), Ok("a,b".into()));
        assert_eq!(text(b"\xEF\xBB\xBF\xEF\xBB\xBF\"a\",b", None), Ok("\"a\",b".into()));
        assert_eq!(text(b"\xFF\xFEa\0,\0", None), Ok("a,".into()));
        assert_eq!(text(b"\xFF\xFE\xFF\xFEa\0,\0", None), Ok("a,".into()));
        assert_eq!(text(b"\xFE\xFF\0a\0,", None), Ok("a,".into()));
    }

    #[test]
    fn declared_encodings_are_read_strictly() {
        for label in ["cp932", "shift_jis", "CP932", "ms932", "windows-31j", "sjis", "csShiftJIS"] {
            assert_eq!(text(b"\x94\xed\x8c\xb1\x8e\xd2", Some(label)), Ok("被験者".into()));
        }
        for label in ["cp949", "euc-kr", "windows-949", "ks_c_5601-1987", "UHC"] {
            assert_eq!(text(b"\xc7\xd1", Some(label)), Ok("한".into()));
        }
        assert_eq!(text(b"\xE9", Some("latin1")), Ok("é".into()));
        assert_eq!(text(b"\x81\x30\x84\x36", Some("gb18030")), Ok("¥".into()));
        assert_eq!(text(b"a\0", Some("utf-16le")), Ok("a".into()));
        let (code, line, _) = text(b"a\nb\n\x81!\nc", Some("cp932")).unwrap_err();
        assert_eq!((code, line), (ProblemCode::EncodingUnknown, Some(3)));
        let (_, _, hint) = text(b"a", Some("shift-gis")).unwrap_err();
        assert_eq!(hint, "did you mean `shift_jis`?");
    }

    #[test]
    fn a_declaration_against_the_bytes_stops() {
        let (code, _, hint) = text("id,被験者\n".as_bytes(), Some("windows-1252")).unwrap_err();
        assert_eq!(code, ProblemCode::EncodingUnknown);
        assert!(hint.contains("utf-8") || hint.contains("cp932"), "{hint}");
        let (_, line, _) = text(b"id,x\na\x81,1\n", Some("windows-1252")).unwrap_err();
        assert_eq!(line, Some(2));
    }

    #[test]
    fn undeclared_text_that_is_not_utf8_stops_with_candidates() {
        let (code, line, hint) = text(b"id,x\r\n\x94\xed\x8c\xb1\x8e\xd2,1\r\n", None).unwrap_err();
        assert_eq!((code, line), (ProblemCode::EncodingUnknown, Some(2)));
        assert!(hint.starts_with("add `encoding = \"cp932\"` under [data]"), "{hint}");
        assert!(text(b"id,x\n\x1b$B8!\x1b(B,1\n", None).unwrap_err().2.contains("iso-2022-jp"));
    }

    #[test]
    fn one_bad_row_is_placed_by_column() {
        let about = About { name: "a.csv", declared: None, wanted: &["id"] };
        let problem = decode(b"note,id\r\n\xC3\xA9,S1\r\nx,\x94\xED2\r\n".to_vec(), about).unwrap_err();
        assert_eq!((problem.place.line, problem.place.column.as_deref()), (Some(3), Some("id")));
        let about = About { wanted: &["other"], ..about };
        let problem = decode(b"note,id\r\n\xC3\xA9,S1\r\nx,\x94\xED2\r\n".to_vec(), about).unwrap_err();
        assert_eq!((problem.place.column.as_deref(), problem.what.as_str()), (None, "a character that is not UTF-8, in cell 2"));
    }

    #[test]
    fn a_file_cut_in_a_character_is_damaged() {
        let (code, line, _) = text(b"id,x\n\xE8\xA2", None).unwrap_err();
        assert_eq!((code, line), (ProblemCode::FileDamaged, Some(2)));
        assert_eq!(text("id,é\nü".as_bytes().split_last().unwrap().1, None).unwrap_err().0, ProblemCode::FileDamaged);
        assert_eq!(text(b"id,x\n\x94", Some("cp932")).unwrap_err().0, ProblemCode::FileDamaged);
    }

    #[test]
    fn utf16_without_a_mark_is_read_where_it_is_certain() {
        assert_eq!(text(b"a\0,\0b\0\n\0", None), Ok("a,b\n".into()));
        assert_eq!(text(b"a\0b\0c", None).unwrap_err().0, ProblemCode::FileNotText);
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(text(b"PK\x03\x04...", None).unwrap_err().0, ProblemCode::FileNotText);
        assert_eq!(text(b"id,\0x\n\n1", None).unwrap_err().0, ProblemCode::FileNotText);
        assert!(text(b"\xFF\xFE\0\0i\0\0\0", None).unwrap_err().0 == ProblemCode::FileNotText);
    }
}
