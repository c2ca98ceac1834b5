//! Bytes → text → records, against a second reader that is written by the definition.

use super::finding;
use crate::ingest::encoding::{About, decode};
use crate::ingest::records::{Lexer, Record};
use crate::ingest::separator;

/// Encodings that a plan may declare, one of each kind.
const DECLARED: [&str; 6] = ["utf-8", "windows-1252", "cp932", "euc-kr", "utf-16le", "iso-2022-jp"];

/// Reads bytes as text and as records under every separator. Each record starts on the line on which an editor shows it, has
/// the cells that the definition gives it, and reading ends.
pub fn records(bytes: &[u8]) {
    let lines = finding::most_lines(bytes);
    for label in DECLARED {
        let about = About { name: "a.csv", declared: Some(label), wanted: &["id", "得点"] };
        if let Err(problem) = decode(bytes.to_vec(), about) {
            finding::check(&problem, Some(lines));
        }
    }
    let about = About { name: "a.csv", declared: None, wanted: &["id"] };
    let text = match decode(bytes.to_vec(), about) {
        Ok(text) => text,
        Err(problem) => return finding::check(&problem, Some(lines)),
    };
    if let Ok(as_utf8) = std::str::from_utf8(bytes)
        // With NUL it is UTF-16.
        && !bytes.contains(&0)
    {
        assert_eq!(text, as_utf8.trim_start_matches('\u{FEFF}'));
    }
    for separator in separator::CANDIDATES {
        as_defined(&text, separator);
    }
    if let Err(problem) = separator::find(&text, 0, 1, &["id", "pre"], "a.csv") {
        finding::check(&problem, Some(lines));
    }
}

fn as_defined(text: &str, separator: u8) {
    let (mut lexer, mut record) = (Lexer::new(text, 0, 1, separator), Record::default());
    for expected in defined(text, char::from(separator)) {
        let Some(step) = lexer.read(&mut record) else { panic!("reading ends before line {}", expected.line) };
        let cells: Vec<String> = (0..record.len()).map(|i| record.cell(text, i).into_owned()).collect();
        assert_eq!((record.line, &cells), (expected.line, &expected.cells));
        assert_eq!(record.has_breaks, expected.has_breaks, "line {}", record.line);
        if let Err(fault) = step {
            assert!(fault.cell < record.len() && fault.line >= record.line, "{fault:?}");
        } else {
            assert!(expected.is_sound, "line {}", record.line);
        }
        for width in [1, 3, cells.len()] {
            let swallowed = record.swallowed(text, width, separator);
            assert!(swallowed.is_none_or(|cell| cells[cell].contains(['\n', '\r'])), "line {}", record.line);
        }
        assert_eq!(record.is_blank(text), cells.iter().all(|cell| crate::ingest::trim(cell).is_empty()));
    }
    assert!(lexer.read(&mut record).is_none(), "records beyond the end");
}

/// A record as the definition has it.
struct Defined {
    line: u64,
    cells: Vec<String>,
    /// Whether every quote closes and nothing but spaces follows it.
    is_sound: bool,
    has_breaks: bool,
}

/// Letter by letter: a line end is CRLF, LF or CR.
fn defined(text: &str, separator: char) -> Vec<Defined> {
    let letters: Vec<char> = text.chars().collect();
    let is_end = |at: usize| matches!(letters.get(at), None | Some('\n' | '\r'));
    let (mut at, mut line, mut records) = (0, 1, Vec::new());
    while at < letters.len() {
        let mut record = Defined { line, cells: Vec::new(), is_sound: true, has_breaks: false };
        loop {
            let mut cell = String::new();
            if letters.get(at) == Some(&'"') {
                at += 1;
                loop {
                    match (letters.get(at), letters.get(at + 1)) {
                        (None, _) => {
                            record.is_sound = false;
                            break;
                        }
                        (Some('"'), Some('"')) => {
                            cell.push('"');
                            at += 2;
                        }
                        (Some('"'), _) => {
                            at += 1;
                            break;
                        }
                        (Some(letter), next) => {
                            line += u64::from(*letter == '\n' || *letter == '\r' && next != Some(&'\n'));
                            cell.push(*letter);
                            at += 1;
                        }
                    }
                }
                while !is_end(at) && letters[at] != separator {
                    record.is_sound &= letters[at] == ' ';
                    at += 1;
                }
            } else {
                while !is_end(at) && letters[at] != separator {
                    cell.push(letters[at]);
                    at += 1;
                }
            }
            record.cells.push(cell);
            if is_end(at) {
                break;
            }
            at += 1;
        }
        record.has_breaks = line > record.line;
        if at < letters.len() {
            at += if letters[at] == '\r' && letters.get(at + 1) == Some(&'\n') { 2 } else { 1 };
            line += 1;
        }
        records.push(record);
    }
    records
}
