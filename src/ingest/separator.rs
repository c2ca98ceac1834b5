//! Which byte separates the cells: declared, or found where there is no doubt.

use std::collections::HashSet;

use super::records::{Lexer, Record};
use super::{canonical, inert};
use crate::trial::{Place, Problem, ProblemCode};

/// What may separate cells in a file that declares nothing.
pub const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Records looked at to see whether a candidate gives rows of one length.
const SAMPLE: usize = 100;

/// The separator that the plan declares: one ASCII character, or the word `tab`.
pub fn declared(separator: &str, name: &str) -> Result<u8, Problem> {
    match separator.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Ok(*byte),
        _ => {
            let what = format!("expected a separator of one character, got `{}`", inert(separator));
            Err(Problem::error(ProblemCode::SeparatorUncertain, Place::file(inert(name)), what)
                .with_hint("separator is one of `,` `;` `\\t` `|`"))
        }
    }
}

/// The mark that stands in a line of bytes most often, for a hint.
pub fn likely(line: &[u8]) -> Option<u8> {
    let count = |mark: u8| line.iter().filter(|byte| **byte == mark).count();
    CANDIDATES.into_iter().filter(|mark| count(*mark) > 0).max_by_key(|mark| count(*mark))
}

/// Excel's hint `sep=;` where it is the first line: the separator, and how many bytes the line takes.
pub fn excel_hint(text: &str) -> Option<(u8, usize)> {
    let end = text.find(['\n', '\r'])?;
    let line = text[..end].trim_matches('"');
    let &[byte] = line.get(..4).filter(|key| key.eq_ignore_ascii_case("sep=")).map(|_| &line.as_bytes()[4..])? else {
        return None;
    };
    let length = end + if text[end..].starts_with("\r\n") { 2 } else { 1 };
    byte.is_ascii().then_some((byte, length))
}

/// Finds the separator of the table that starts at byte `at`, where only one fits.
///
/// The one under which the header has all `wanted` columns; else the only one that splits the header; else the only
/// one that gives rows of one length.
pub fn find(text: &str, at: usize, line: u64, wanted: &[&str], name: &str) -> Result<u8, Problem> {
    let trials: Vec<Trial> = CANDIDATES.iter().map(|&separator| Trial::run(text, at, separator, wanted)).collect();
    let only = |fits: &dyn Fn(&Trial) -> bool| match trials.iter().filter(|trial| fits(trial)).collect::<Vec<_>>().as_slice() {
        [one] => Some(one.separator),
        _ => None,
    };
    only(&|trial| trial.has_wanted)
        .or_else(|| only(&|trial| trial.width > 1))
        .or_else(|| only(&|trial| trial.width > 1 && trial.even))
        .ok_or_else(|| {
            let splits = trials.iter().any(|trial| trial.width > 1);
            let what = if splits { "more than one separator could be meant" } else { "expected a table with a header, got one column" };
            Problem::error(ProblemCode::SeparatorUncertain, Place::file(inert(name)).line(line), what)
                .with_hint("declare `separator` under [data] in trial.toml, or `header_line` if the header stands further down")
        })
}

/// The candidate that would split this header cell, for the hint on a wrong separator.
pub fn would_split(header: &str) -> Option<char> {
    CANDIDATES.iter().map(|&byte| char::from(byte)).find(|mark| header.contains(*mark))
}

/// How a file looks under one separator.
struct Trial {
    separator: u8,
    /// Cells of the header.
    width: usize,
    /// Whether the header has every wanted column.
    has_wanted: bool,
    /// Whether the first rows are all as wide as the header.
    even: bool,
}

impl Trial {
    fn run(text: &str, at: usize, separator: u8, wanted: &[&str]) -> Self {
        let mut lexer = Lexer::new(text, at, 1, separator);
        let mut record = Record::default();
        let (mut width, mut has_wanted, mut even) = (0, false, true);
        for _ in 0..SAMPLE {
            match lexer.read(&mut record) {
                None => break,
                Some(_) if record.is_blank(text) => {}
                Some(_) if width == 0 => {
                    width = record.len();
                    let names: HashSet<_> = (0..width).map(|i| canonical(record.cell(text, i))).collect();
                    has_wanted = !wanted.is_empty() && wanted.iter().all(|name| names.contains(&canonical((*name).into())));
                }
                Some(_) => even &= record.len() == width,
            }
        }
        Self { separator, width, has_wanted, even }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, wanted: &[&str]) -> Option<char> {
        find(text, 0, 1, wanted, "a.csv").ok().map(char::from)
    }

    #[test]
    fn the_only_one_that_fits_is_found() {
        assert_eq!(found("id,pre\n1,2\n", &[]), Some(','));
        assert_eq!(found("id;pre\n1;2,5\n", &[]), Some(';'));
        assert_eq!(found("id\tpre, points\n1\t2\n", &["id"]), Some('\t'));
        assert_eq!(found("id|pre;post|x\n1|2|3\n", &[]), Some('|'));
    }

    #[test]
    fn doubt_stops() {
        assert_eq!(found("a,b;c\n1,2;3\n", &[]), None);
        assert_eq!(found("a\n1\n", &[]), None);
    }

    #[test]
    fn a_declared_separator_is_one_character() {
        assert_eq!(declared("\t", "a.csv").ok(), Some(b'\t'));
        assert_eq!(declared("tab", "a.csv").ok(), Some(b'\t'));
        assert!(declared("||", "a.csv").is_err());
        assert!(declared("\"", "a.csv").is_err());
    }

    #[test]
    fn excels_hint_is_a_line_of_its_own() {
        assert_eq!(excel_hint("sep=;\r\na;b"), Some((b';', 7)));
        assert_eq!(excel_hint("\"sep=,\"\na,b"), Some((b',', 8)));
        assert_eq!(excel_hint("separator\n"), None);
    }
}
