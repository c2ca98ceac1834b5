//! Where the header stands, and what else there is around the data: titles before it, rows of units or question texts under it, a
//! table on its side, a table of something else.

use std::collections::HashSet;

use super::content::{Content, Records};
use super::header::Header;
use super::records::{Lexer, Record};
use super::separator::CANDIDATES;
use super::settings::FileSettings;
use super::{canonical, inert};
use crate::trial::{Problem, ProblemCode};

/// Lines from the start of a file on which a header is looked for.
const HEADER_LINES: usize = 60;

/// Rows looked at for names that stand down the first column.
const ROWS_DOWN: usize = 500;

/// Rows under the header that are compared with the ones right under it.
const SAMPLE: usize = 24;

/// Rows under a header that can belong to it.
const HEADER_ROWS: usize = 3;

/// A record with its line, its cells trimmed and composed.
struct Line {
    number: u64,
    cells: Vec<String>,
}

/// What stands in place of the table that the plan describes, where its header lacks columns of the plan; `None` where nothing
/// says more than that they are missing.
pub fn misplaced(content: &Content, settings: &FileSettings, header: &Header, separators: &[u8], wanted: &[&str]) -> Option<Problem> {
    let missing: Vec<&str> = wanted.iter().copied().filter(|name| !header.has(name)).collect();
    let first = missing.first()?;
    if is_dictionary(header.names()) {
        let what = "expected data, got a REDCap data dictionary, which describes the fields";
        return Some(
            Problem::error(ProblemCode::NotATable, settings.place().line(header.line()), what)
                .with_hint("export the data itself: Data Exports, Reports, and Stats → CSV (raw data)"),
        );
    }
    if let Some(line) = elsewhere(content, header.names(), separators, wanted, settings.subject) {
        return Some(not_first(settings, line, Some(header.line()), wanted));
    }
    let rows = rows_from(content, header.line(), separators.first().copied(), ROWS_DOWN);
    let down: HashSet<&str> = rows.iter().skip(1).filter_map(|row| row.cells.first()).map(String::as_str).collect();
    let names_down: Vec<&str> = missing.iter().copied().filter(|name| down.contains(&*canonical((*name).into()))).collect();
    let subject_first = header.names().first().is_some_and(|name| *name == canonical(settings.subject.into()));
    if names_down.len() > 1 || names_down.len() == 1 && subject_first {
        let line = rows.iter().find(|row| row.cells.first().is_some_and(|cell| *cell == canonical(names_down[0].into())));
        let mut place = settings.place().column(inert(names_down[0]));
        place.line = line.map(|row| row.number);
        let what = format!(
            "expected {} as columns, got {} down the first column: the table lies on its side",
            listed(wanted),
            listed(&names_down)
        );
        return Some(
            Problem::error(ProblemCode::TransposedTable, place, what).with_hint("transpose it, so that every subject has a row of its own"),
        );
    }
    if let [above, below, ..] = rows.as_slice()
        && above.cells.len() == below.cells.len()
        && below.cells.iter().all(|cell| !is_number(cell))
        && above.cells.iter().zip(&below.cells).any(|(above, below)| above.is_empty() && !below.is_empty())
        && below.cells.iter().filter(|cell| !cell.is_empty()).count() > 1
    {
        let what = format!(
            "no column of this name: the header takes two rows, lines {} and {}, as merged cells give (the plan wants {})",
            above.number,
            below.number,
            listed(&missing)
        );
        return Some(
            Problem::error(ProblemCode::HeaderRows, settings.place().line(above.number).column(inert(first)), what)
                .with_value(inert(first))
                .with_hint("write one header row with a name of its own for every column"),
        );
    }
    None
}

/// The error for a table whose separator was not even found, where its header stands further down.
pub fn header_elsewhere(content: &Content, settings: &FileSettings, wanted: &[&str]) -> Option<Problem> {
    elsewhere(content, &[], &CANDIDATES, wanted, settings.subject).map(|line| not_first(settings, line, None, wanted))
}

fn not_first(settings: &FileSettings, line: u64, expected: Option<u64>, wanted: &[&str]) -> Problem {
    let expected = expected.or(settings.header_line).unwrap_or(1);
    let what = format!("expected the header with {} on line {expected}, found it here", listed(wanted));
    Problem::error(ProblemCode::HeaderNotFirst, settings.place().line(line), what)
        .with_hint(format!("add `header_line = {line}` under {} in trial.toml", settings.section()))
}

/// The line with the columns of the plan: all of them, or else most where the header has fewer.
fn elsewhere(content: &Content, header: &[String], separators: &[u8], wanted: &[&str], subject: &str) -> Option<u64> {
    let wanted: HashSet<String> = wanted.iter().map(|name| canonical((*name).into()).into_owned()).collect();
    let count = |cells: &[String]| cells.iter().collect::<HashSet<_>>().into_iter().filter(|cell| wanted.contains(*cell)).count();
    // Where the subject stands above, a row with other names is the lower half of a header of two rows.
    let subject = canonical(subject.into());
    let is_half = |cells: &[String]| header.iter().any(|name| *name == subject) && !cells.iter().any(|cell| *cell == subject);
    if wanted.len() < 2 {
        return None;
    }
    let here = count(header);
    let lines: Vec<(u64, usize)> = match content {
        Content::Grid(_) => rows_from(content, 0, None, HEADER_LINES)
            .iter()
            .filter(|row| !is_half(&row.cells))
            .map(|row| (row.number, count(&row.cells)))
            .collect(),
        Content::Text(text) => lines_of(text)
            .take(HEADER_LINES)
            .flat_map(|(number, at)| separators.iter().map(move |separator| (number, at, *separator)))
            .map(|(number, at, separator)| one_record(text, at, number, separator))
            .filter(|row| !is_half(&row.cells))
            .map(|row| (row.number, count(&row.cells)))
            .collect(),
    };
    let best = lines.iter().map(|(_, count)| *count).max().filter(|best| *best > here && *best > 1 && 2 * best >= wanted.len())?;
    lines.into_iter().find(|(_, count)| *count == best).map(|(number, _)| number)
}

/// The error for rows right under the header that are no data: Qualtrics' question texts and import ids, units.
///
/// `records` stand behind the header and the records that are skipped; `columns` are those of the plan, `subject` one of them.
pub fn under_header(
    records: &Records,
    settings: &FileSettings,
    header: &Header,
    subject: Option<usize>,
    columns: &[usize],
) -> Option<Problem> {
    let rows = take_rows(records.clone(), SAMPLE);
    let names: Vec<&str> =
        columns.iter().filter(|column| Some(**column) != subject).map(|column| header.names()[*column].as_str()).collect();
    let (count, what) = match rows.iter().take(HEADER_ROWS).position(has_import_id) {
        Some(at) => (at + 1, "rows under the header hold question texts and import ids (Qualtrics), no data"),
        None => (units_rows(&rows, subject, columns), "the row under the header holds units or question texts, no data"),
    };
    let first = rows.first().filter(|_| count > 0)?;
    let mut place = settings.place().line(first.number);
    if let Some(name) = names.first() {
        place = place.column(inert(name));
    }
    let all = settings.skip_records + count as u64;
    let shown = columns.iter().filter(|column| Some(**column) != subject).find_map(|column| first.cells.get(*column));
    let shown = inert(shown.map_or("", String::as_str));
    Some(
        Problem::error(ProblemCode::HeaderRows, place, format!("{what}: `{shown}`"))
            .with_value(shown)
            .with_count(count)
            .with_hint(format!("add `skip_records_after_header = {all}` under {} in trial.toml", settings.section())),
    )
}

fn has_import_id(row: &Line) -> bool {
    row.cells
        .iter()
        .any(|cell| cell.strip_prefix('{').is_some_and(|rest| rest.trim_start_matches([' ', '"', '\'']).starts_with("ImportId")))
}

/// How many rows at the start have words where the later ones have numbers, and no id.
fn units_rows(rows: &[Line], subject: Option<usize>, columns: &[usize]) -> usize {
    let Some(subject) = subject else { return 0 };
    let cell = |row: &'_ Line, column: usize| row.cells.get(column).cloned().unwrap_or_default();
    let is_units = |at: usize| {
        let (row, later) = (&rows[at], &rows[at + 1..]);
        let mut words = 0;
        for &column in columns.iter().filter(|column| **column != subject) {
            let filled: Vec<String> = later.iter().map(|row| cell(row, column)).filter(|cell| !cell.is_empty()).collect();
            let numbers = filled.iter().filter(|cell| is_number(cell)).count();
            if numbers == 0 || 2 * numbers < filled.len() {
                continue;
            }
            let here = cell(row, column);
            if is_number(&here) {
                return false;
            }
            words += usize::from(!here.is_empty());
        }
        let id = cell(row, subject);
        let is_text = id.contains([' ', '(', '（', '[']) && !later.iter().any(|row| cell(row, subject).contains([' ', '(', '（', '[']));
        words > 0 && (id.is_empty() || is_text || is_units_word(&id))
    };
    (0..rows.len().min(HEADER_ROWS)).take_while(|at| is_units(*at)).count()
}

fn is_units_word(id: &str) -> bool {
    const WORDS: [&str; 14] =
        ["unit", "units", "einheit", "unité", "単位", "단위", "单位", "單位", "-", "—", "label", "labels", "text", "string"];
    WORDS.contains(&id.to_lowercase().as_str())
}

/// Whether a cell is written with digits and number marks alone; `0-63` is a range.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+', '−', '－']).unwrap_or(cell);
    let is_mark = |letter: char| letter.is_numeric() || matches!(letter, '.' | ',' | '．' | '，');
    digits.contains(char::is_numeric) && digits.chars().all(is_mark)
}

fn is_dictionary(names: &[String]) -> bool {
    let has = |ways: [&str; 2]| names.iter().any(|name| ways.contains(&name.to_lowercase().as_str()));
    has(["variable / field name", "field_name"]) && has(["form name", "form_name"]) && has(["field type", "field_type"])
}

/// Where the header stands in a file that no plan describes, and how many records under it are no data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderGuess {
    /// The line, for `header_line`.
    pub header_line: u64,
    /// For `skip_records_after_header`.
    pub skip_records: u64,
}

/// Guesses the header: the first row that is as wide as most rows after it, has words in most of its cells, and all of them
/// distinct. `separator` is tried alone where it is known. `None` where no row is like that.
pub fn guess(content: &Content, separator: Option<u8>) -> Option<HeaderGuess> {
    let starts: Vec<(u64, Option<u8>)> = match content {
        Content::Grid(_) => rows_from(content, 0, None, HEADER_LINES).iter().map(|row| (row.number, None)).collect(),
        Content::Text(text) => {
            let separators: Vec<u8> = separator.map_or(CANDIDATES.to_vec(), |only| vec![only]);
            lines_of(text).take(HEADER_LINES).flat_map(|(number, _)| separators.iter().map(move |mark| (number, Some(*mark)))).collect()
        }
    };
    starts.into_iter().find_map(|(number, separator)| {
        let rows = rows_from(content, number, separator, SAMPLE);
        let (header, below) = rows.split_first().filter(|(header, _)| header.number == number)?;
        let width = header.cells.len();
        // In a sheet a row ends with its last filled cell.
        let is_as_wide = |row: &&Line| row.cells.len() == width || separator.is_none() && (2..width).contains(&row.cells.len());
        let same = below.iter().filter(is_as_wide).count();
        let words = header.cells.iter().filter(|cell| !cell.is_empty() && !is_number(cell)).count();
        let distinct = header.cells.iter().filter(|cell| !cell.is_empty()).collect::<HashSet<_>>().len();
        let is_header = width > 1 && 2 * same > below.len() && 3 * words > 2 * width && distinct >= words;
        is_header.then(|| {
            let import_ids = below.iter().take(HEADER_ROWS).position(has_import_id).map(|at| at + 1);
            let skip =
                import_ids.unwrap_or_else(|| usize::from(below.split_first().is_some_and(|(first, later)| is_questions(first, later))));
            HeaderGuess { header_line: number, skip_records: skip as u64 }
        })
    })
}

/// Whether a row holds the questions of a survey: another text in every column that holds numbers further down, some of
/// them of several words. Words for missing would be the same in several columns, or come again.
fn is_questions(row: &Line, later: &[Line]) -> bool {
    let cell = |line: &'_ Line, at: usize| line.cells.get(at).cloned().unwrap_or_default();
    let filled = |at: usize| later.iter().map(move |line| cell(line, at)).filter(|text| !text.is_empty()).collect::<Vec<_>>();
    let of_numbers = (0..row.cells.len()).filter(|at| {
        let filled = filled(*at);
        filled.len() > 1 && 2 * filled.iter().filter(|text| is_number(text)).count() > filled.len()
    });
    let texts: Vec<(usize, String)> = of_numbers.map(|at| (at, cell(row, at))).collect();
    let distinct: HashSet<&String> = texts.iter().map(|(_, text)| text).collect();
    texts.len() > 1
        && distinct.len() == texts.len()
        && texts.iter().all(|(at, text)| !text.is_empty() && !is_number(text) && !filled(*at).contains(text))
        && texts.iter().any(|(_, text)| text.split_whitespace().count() > 1)
}

/// How many of the first rows of a sheet hold two numbers or more.
pub fn number_rows(content: &Content) -> usize {
    let has_numbers = |row: &&Line| row.cells.iter().filter(|cell| is_number(cell)).count() > 1;
    rows_from(content, 0, None, ROWS_DOWN).iter().filter(has_numbers).count()
}

/// The rows above line `header`.
pub fn above(content: &Content, header: u64, separator: Option<u8>) -> Vec<Vec<String>> {
    let start = if matches!(content, Content::Grid(_)) { 0 } else { 1 };
    let rows = rows_from(content, start, separator, HEADER_LINES);
    rows.into_iter().take_while(|row| row.number < header).map(|row| row.cells).collect()
}

/// The first record under the header on line `header`.
pub fn first_record(content: &Content, header: u64, separator: Option<u8>) -> Vec<String> {
    rows_from(content, header, separator, 2).into_iter().nth(1).map_or_else(Vec::new, |row| row.cells)
}

/// The byte at which each line starts, with its number.
fn lines_of(text: &str) -> impl Iterator<Item = (u64, usize)> {
    let bytes = text.as_bytes();
    let mut next = Some(0);
    let start = move || {
        let at = next.filter(|at| *at < bytes.len())?;
        let end = bytes[at..].iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        next = end.map(|end| at + end + if bytes[at + end..].starts_with(b"\r\n") { 2 } else { 1 });
        Some(at)
    };
    (1..).zip(std::iter::from_fn(start))
}

fn one_record(text: &str, at: usize, number: u64, separator: u8) -> Line {
    let mut record = Record::default();
    // A title may hold a stray quote: what follows is another line's matter.
    let _ = Lexer::new(text, at, number, separator).read(&mut record);
    line(&record, text)
}

/// The first rows from line `number` on that are not blank.
fn rows_from(content: &Content, number: u64, separator: Option<u8>, count: usize) -> Vec<Line> {
    let records = match content {
        Content::Grid(grid) => Some(Records::of_grid(grid, number)),
        Content::Text(text) => separator.and_then(|separator| {
            lines_of(text).find(|(line, _)| *line == number).map(|(_, at)| Records::Text(Lexer::new(text, at, number, separator)))
        }),
    };
    records.map_or_else(Vec::new, |records| take_rows(records, count))
}

fn take_rows(mut records: Records, count: usize) -> Vec<Line> {
    let (mut record, mut rows) = (Record::default(), Vec::new());
    let text = records.text();
    while rows.len() < count && records.read(&mut record).is_some() {
        if !record.is_blank(text) {
            rows.push(line(&record, text));
        }
    }
    rows
}

fn line(record: &Record, text: &str) -> Line {
    Line { number: record.line, cells: (0..record.len()).map(|i| canonical(record.cell(text, i)).into_owned()).collect() }
}

/// Names of the plan as a message lists them.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{}`", inert(name))).collect();
    if names.len() > SHOWN { format!("{} and {} more", shown.join(", "), names.len() - SHOWN) } else { shown.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(text: &str) -> Option<(u64, u64)> {
        guess(&Content::Text(text.into()), None).map(|guess| (guess.header_line, guess.skip_records))
    }

    #[test]
    fn the_header_is_guessed_behind_titles() {
        assert_eq!(guessed("id,pre,post\nS1,1,2\nS2,3,4\n"), Some((1, 0)));
        assert_eq!(guessed("Study of \"sleep\n\nExported 2024,,\nid,pre,post\nS1,1,2\nS2,3,4\n"), Some((4, 0)));
        assert_eq!(guessed("sep=;\nid;pre\nS1;1,5\nS2;2,5\n"), Some((2, 0)));
        assert_eq!(guessed("1\n2\n"), None);
    }

    #[test]
    fn qualtrics_rows_are_counted() {
        let text = "id,q1\n\"Your\nid\",Score\n\"{\"\"ImportId\"\":\"\"a\"\"}\",\"{\"\"ImportId\"\":\"\"b\"\"}\"\nS1,3\nS2,4\n";
        assert_eq!(guessed(text), Some((1, 2)));
    }

    #[test]
    fn lines_start_behind_any_line_end() {
        assert_eq!(lines_of("a\r\nb\rc\n\nd").collect::<Vec<_>>(), [(1, 0), (2, 3), (3, 5), (4, 7), (5, 8)]);
    }
}
