//! The header: where it stands, and which column has which name.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::{canonical, inert, separator};
use crate::plan::are_of_different_moments;
use crate::trial::{Place, Problem, ProblemCode};

/// Longer names are compared exactly or not at all: edit distance takes time in proportion to the product of lengths.
const LONGEST_COMPARED: usize = 120;

/// The columns of a file by name, trimmed and composed.
#[derive(Debug, Clone)]
pub struct Header {
    /// The file, and the sheet of a workbook.
    place: Place,
    line: u64,
    names: Vec<String>,
}

/// A name with one kind of line break: a question that is a header may hold breaks, written otherwise than in the plan.
fn one_break(name: Cow<'_, str>) -> Cow<'_, str> {
    if name.contains('\r') { Cow::Owned(name.replace("\r\n", "\n").replace('\r', "\n")) } else { name }
}

/// The byte at which line `wanted` of `text` starts; `None` where there are fewer lines.
pub fn line_start(text: &str, wanted: u64) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut line, mut at) = (1, 0);
    while line < wanted {
        at += bytes[at..].iter().position(|&byte| byte == b'\n' || byte == b'\r')?;
        at += if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
        line += 1;
    }
    (at < bytes.len()).then_some(at)
}

impl Header {
    /// The header at `line` of `place`, which is a file or a sheet.
    pub fn new(place: Place, line: u64, names: impl Iterator<Item = String>) -> Self {
        Self { place, line, names: names.map(|name| one_break(canonical(name.into())).into_owned()).collect() }
    }

    /// The line it stands on.
    pub fn line(&self) -> u64 {
        self.line
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The first column called `name`, without a word where there is none.
    pub fn position(&self, name: &str) -> Option<usize> {
        let wanted = one_break(canonical(name.into()));
        self.names.iter().position(|name| *name == wanted)
    }

    pub fn has(&self, name: &str) -> bool {
        let wanted = one_break(canonical(name.into()));
        self.names.iter().any(|name| *name == wanted)
    }

    /// The column called `name`. None is an error with a suggestion; two are an error, because either could be meant.
    pub fn find(&self, name: &str) -> Result<usize, Problem> {
        let wanted = one_break(canonical(name.into()));
        let mut at = self.names.iter().enumerate().filter(|(_, name)| **name == wanted).map(|(i, _)| i);
        let place = self.place.clone().line(self.line).column(inert(name));
        match (at.next(), at.next()) {
            (Some(only), None) => Ok(only),
            (Some(first), Some(second)) => {
                let what = format!("two columns have this name: columns {} and {}", first + 1, second + 1);
                Err(Problem::error(ProblemCode::DuplicateColumn, place, what)
                    .with_value(inert(name))
                    .with_hint("rename one of them in the file, and in the plan if that is the one meant"))
            }
            (None, _) => {
                let what = format!("no column of this name among {}", count(self.names.len()));
                Err(Problem::error(ProblemCode::ColumnMissing, place, what).with_value(inert(name)).with_hint(self.suggestion(&wanted)))
            }
        }
    }

    fn suggestion(&self, wanted: &str) -> String {
        if let [only] = self.names.as_slice()
            && let Some(mark) = separator::would_split(only)
        {
            let mark = if mark == '\t' { "a tab".to_owned() } else { format!("`{mark}`") };
            return format!("the header is one cell that looks separated by {mark}; check `separator` under [data] in trial.toml");
        }
        let names: Vec<String> = self.names.iter().filter(|name| !are_of_different_moments(wanted, name)).cloned().collect();
        match nearest(wanted, &names) {
            Some(nearest) => format!("did you mean `{}`?", inert(nearest)),
            None => "check the name in trial.toml, and `header_line` under [data] if the header stands further down".to_owned(),
        }
    }
}

/// The name most like `wanted`, if any is like it at all. Width and letter case count for nothing: `ｂｄｉ＿ｐｒｅ` is `bdi_pre`.
pub fn nearest<'a>(wanted: &str, names: &'a [String]) -> Option<&'a String> {
    let plain = |name: &str| name.nfkc().collect::<String>().to_lowercase();
    let wanted = plain(wanted);
    let likeness = |name: &String| {
        let name = plain(name);
        let letters = strsim::normalized_damerau_levenshtein(&wanted, &name);
        if is_within(&wanted, &name) { letters.max(WITHIN) } else { letters }
    };
    names
        .iter()
        .filter(|name| !name.is_empty() && name.len() <= LONGEST_COMPARED && wanted.len() <= LONGEST_COMPARED)
        .map(|name| (likeness(name), name))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// How like a name is to one that holds all its words.
const WITHIN: f64 = 0.85;

/// Whether one name has all words of the other: `bdi_pre` and `bdi_pre (0-63)`, or `pre_bdi`.
fn is_within(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    few.len() > 1 && few.iter().all(|word| many.contains(word))
}

fn count(columns: usize) -> String {
    if columns == 1 { "1 column".to_owned() } else { format!("{columns} columns") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Header {
        Header::new(Place::file("a.csv"), 3, names.iter().map(|name| (*name).to_owned()))
    }

    #[test]
    fn names_are_trimmed_and_composed() {
        let header = header(&[" id ", "Pru\u{308}fung"]);
        assert_eq!(header.find("id").ok(), Some(0));
        assert_eq!(header.find("Prüfung").ok(), Some(1));
    }

    #[test]
    fn a_missing_column_suggests_the_nearest() {
        let problem = header(&["id", "bdi2_pre", "bdi2_post"]).find("bdi2_pots").unwrap_err();
        assert_eq!((problem.code, problem.place.line), (ProblemCode::ColumnMissing, Some(3)));
        assert_eq!(problem.hint.as_deref(), Some("did you mean `bdi2_post`?"));
        assert_eq!(header(&["ID", "x"]).find("id").unwrap_err().hint.as_deref(), Some("did you mean `ID`?"));
        let hint = |names: &[&str], wanted: &str| header(names).find(wanted).unwrap_err().hint.unwrap_or_default();
        assert_eq!(hint(&["id", "ｂｄｉ＿ｐｒｅ", "bdi_post"], "bdi_pre"), "did you mean `ｂｄｉ＿ｐｒｅ`?");
        assert_eq!(hint(&["id", "ＢＤＩ前", "ＢＤＩ後"], "BDI前"), "did you mean `ＢＤＩ前`?");
        for name in ["bdi_pre_total", "pre_bdi", "bdi_pre (0-63)"] {
            assert_eq!(hint(&["id", name, "bdi_post"], "bdi_pre"), format!("did you mean `{name}`?"));
        }
        assert!(!hint(&["id", "bdi_post"], "bdi_pre").contains("did you mean"), "the other visit is no slip");
        assert!(header(&["id;pre"]).find("id").unwrap_err().hint.is_some_and(|hint| hint.contains("separated by `;`")));
    }

    #[test]
    fn a_name_that_is_used_twice_stops() {
        let header = header(&["id", "x", "x", "y"]);
        assert_eq!(header.find("x").unwrap_err().code, ProblemCode::DuplicateColumn);
        assert!(header.find("y").is_ok());
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        assert_eq!(line_start("a\r\nb\rc\nd", 4), Some(7));
        assert_eq!(line_start("a\nb", 3), None);
    }
}
