//! A file as a table: header found, rows handed out one by one, each row's fate counted.

mod no_data;

use std::borrow::Cow;

use super::bytes::too_large;
use super::cell::number;
use super::content::{Content, Records};
use super::header::{Header, line_start};
use super::hidden_rows::HiddenRows;
use super::limits::LIMITS;
use super::many::RowFindings;
use super::records::{Lexer, Record, RecordFault, RecordFaultKind};
use super::row_width::RowWidth;
use super::settings::FileSettings;
use super::{canonical, foreign, inert, separator, shape, summary_row};
use crate::trial::{FileRows, Place, Problem, ProblemCode, Problems, RowFate};

/// An opened file: its header is known, its rows are still to be read.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    pub settings: &'a FileSettings<'a>,
    pub header: Header,
    records: Records<'a>,
    /// Where the columns of the plan stand that were found, and the subject's among them.
    wanted: Vec<usize>,
    subject: Option<usize>,
    row_width: RowWidth,
}

/// One data row with as many cells as the header.
pub struct Row<'r, 'a> {
    text: &'a str,
    record: &'r Record,
}

impl<'a> Row<'_, 'a> {
    pub fn line(&self) -> u64 {
        self.record.line
    }

    pub fn cell(&self, column: usize) -> Cow<'a, str> {
        self.record.cell(self.text, column)
    }

    /// Where a cell stands, as far as equal cells of other rows stand there, too.
    pub fn piece(&self, column: usize) -> Option<(usize, usize)> {
        self.record.piece(column)
    }

    /// A cell as a name or id: trimmed and composed.
    pub fn name(&self, column: usize) -> Cow<'a, str> {
        canonical(self.cell(column))
    }
}

impl<'a> Table<'a> {
    /// Finds separator and header. `wanted` are columns the plan names, which help to find an undeclared separator, and
    /// to see that the header or the data are not what they should be.
    pub fn open(settings: &'a FileSettings<'a>, content: &'a Content, wanted: &[&str]) -> Result<Self, Problem> {
        let mut records = match content {
            Content::Text(text) => match Self::lexer(settings, text, wanted) {
                Ok(lexer) => Records::Text(lexer),
                Err(problem) if problem.code == ProblemCode::SeparatorUncertain => {
                    return Err(shape::header_elsewhere(content, settings, wanted).unwrap_or(problem));
                }
                Err(problem) => return Err(problem),
            },
            Content::Grid(grid) => Records::of_grid(grid, settings.header_line.unwrap_or(0)),
        };
        let text = records.text();
        let separators = records.separator();
        let header = read_header(&mut records, settings)?;
        if let Some(problem) = shape::misplaced(content, settings, &header, separators.as_slice(), wanted) {
            return Err(problem);
        }
        // Where no plan names the subject, a column without a name is none.
        let subject = Some(settings.subject).filter(|name| !name.is_empty()).and_then(|name| header.position(name));
        let wanted: Vec<usize> = wanted.iter().filter_map(|name| header.position(name)).collect();
        let mut record = Record::default();
        for _ in 0..settings.skip_records {
            if let Some(Err(fault)) = records.read(&mut record) {
                return Err(record_problem(fault, settings, &header, &record, text));
            }
            if let Some(problem) = skipped_subject(&record, text, settings, &header, (subject, &wanted)) {
                return Err(problem);
            }
        }
        if let Some(problem) = shape::under_header(&records, settings, &header, subject, &wanted) {
            return Err(problem);
        }
        let row_width = RowWidth::find(&records, settings, &header)?;
        Ok(Self { settings, header, records, wanted, subject, row_width })
    }

    /// What separates the cells; `None` where the file is no text.
    pub fn separator(&self) -> Option<u8> {
        self.records.separator()
    }

    /// The lexer at the header of a text table, its separator found.
    fn lexer(settings: &FileSettings, text: &'a str, wanted: &[&str]) -> Result<Lexer<'a>, Problem> {
        if super::trim(text).trim().is_empty() {
            return Err(Problem::error(ProblemCode::FileEmpty, settings.place(), "expected a table, got an empty file")
                .with_hint("check that the export was finished"));
        }
        if let Some(problem) = foreign::document(text, &settings.name) {
            return Err(problem);
        }
        let wanted_line = settings.header_line.unwrap_or(1).max(1);
        let at = line_start(text, wanted_line).ok_or_else(|| {
            Problem::error(
                ProblemCode::HeaderOnly,
                settings.place(),
                format!("expected the header on line {wanted_line}, but the file ends before"),
            )
            .with_hint("check `header_line` under [data] in trial.toml")
        })?;
        let hint = separator::excel_hint(text);
        let (at, line) = match hint {
            Some((_, length)) if wanted_line == 1 => (length, 2),
            _ => (at, wanted_line),
        };
        let separator = match (settings.separator, hint) {
            (Some(declared), _) => separator::declared(declared, &settings.name)?,
            (None, Some((separator, _))) => separator,
            (None, None) => separator::find(text, at, line, wanted, &settings.name)?,
        };
        Ok(Lexer::new(text, at, line, separator))
    }

    /// Hands every data row to `use_row`, which says what became of it. Rows of the wrong length are problems; blank
    /// rows are counted and not handed out.
    pub fn rows(mut self, problems: &mut Problems, mut use_row: impl FnMut(&Row<'_, 'a>, &mut RowFindings) -> Option<RowFate>) -> FileRows {
        let width = self.row_width.cells;
        let text = self.records.text();
        let separator = self.records.separator();
        let mut record = Record::default();
        let (mut read, mut fates) = (0, [0_usize; RowFate::ALL.len()]);
        let (mut findings, mut hidden) = (RowFindings::new(problems), HiddenRows::default());
        while let Some(step) = self.records.read(&mut record) {
            read += 1;
            let problem = if let Err(fault) = step {
                Some(record_problem(fault, self.settings, &self.header, &record, text))
            } else if super::trim(&record.cell(text, 0)).is_empty() && record.is_blank(text) {
                fates[BLANK] += 1;
                continue;
            } else if record.has_breaks
                && let Some(cell) = separator.and_then(|mark| record.swallowed(text, width, mark))
            {
                Some(self.swallowed_problem(&record, text, cell))
            } else if let Some(problem) = self.no_data(&record, text) {
                Some(problem)
            } else {
                (record.len() != width).then(|| length_problem(self.settings, &record, width))
            };
            let fate = match problem {
                Some(problem) => {
                    findings.push(problem);
                    None
                }
                None => use_row(&Row { text, record: &record }, &mut findings),
            };
            hidden.add(&self.records, record.line, fate);
            if let Some(at) = fate.and_then(|fate| RowFate::ALL.iter().position(|f| *f == fate)) {
                fates[at] += 1;
            }
        }
        findings.finish(&self.settings.place());
        if read == fates[BLANK] {
            problems.push(
                Problem::error(ProblemCode::HeaderOnly, self.settings.place(), "expected rows of data under the header, got none")
                    .with_hint("check that the export was finished"),
            );
        }
        problems.0.extend(hidden.problem(self.settings));
        problems.0.extend(self.row_width.note(self.settings, read - fates[BLANK]));
        let fates = RowFate::ALL.into_iter().zip(fates).filter(|(_, count)| *count > 0).collect();
        FileRows { file: self.settings.name.clone(), read, fates }
    }

    /// The error for a quoted cell that holds rows.
    fn swallowed_problem(&self, record: &Record, text: &str, cell: usize) -> Problem {
        let before: usize = (0..cell).map(|i| breaks(&record.cell(text, i))).sum();
        let first = record.line + before as u64;
        let last = first + breaks(&record.cell(text, cell)) as u64;
        let what = format!("cell {} of this row opens a quote that closes on line {last} and holds the rows between", cell + 1);
        quote_problem(first, cell, self.settings, &self.header, what)
            .with_hint("remove the stray quotes; a quote inside a quoted cell is written twice")
    }
}

/// Line breaks inside a cell.
fn breaks(cell: &str) -> usize {
    cell.replace("\r\n", "\n").matches(['\n', '\r']).count()
}

/// The place of blank rows in the counts of fates.
const BLANK: usize = {
    let mut at = 0;
    while !matches!(RowFate::ALL[at], RowFate::Blank) {
        at += 1;
    }
    at
};

/// The error where a record that the plan skips holds an id and a score: a person would be lost without a word.
fn skipped_subject(
    record: &Record,
    text: &str,
    settings: &FileSettings,
    header: &Header,
    (subject, wanted): (Option<usize>, &[usize]),
) -> Option<Problem> {
    let subject = subject?;
    let cell = |column: usize| if column < record.len() { record.cell(text, column) } else { Cow::Borrowed("") };
    let is_score = |column: usize| ['.', ','].iter().any(|mark| number(super::trim(&cell(column)), *mark, None).is_ok());
    let id = canonical(cell(subject));
    let is_no_id = id.is_empty() || id == header.names()[subject] || id.starts_with(['(', '{', '[']) || summary_row::is_summary(&id);
    (!is_no_id && wanted.iter().any(|column| *column != subject && is_score(*column))).then(|| {
        let place = settings.place().line(record.line).column(inert(settings.subject));
        Problem::error(ProblemCode::HeaderRows, place, "`skip_records_after_header` leaves out a row with an id and a score")
            .with_hint("lower `skip_records_after_header` under [data] in trial.toml; if the row is no subject's, remove it from the file")
    })
}

/// The first record that is not blank.
fn read_header(records: &mut Records, settings: &FileSettings) -> Result<Header, Problem> {
    let mut record = Record::default();
    let text = records.text();
    while let Some(step) = records.read(&mut record) {
        if let Err(fault) = step {
            let nameless = Header::new(settings.place(), record.line, std::iter::empty());
            return Err(record_problem(fault, settings, &nameless, &record, text));
        }
        if !record.is_blank(text) {
            let names = (0..record.len()).map(|i| record.cell(text, i).into_owned());
            return Ok(Header::new(settings.place(), record.line, names));
        }
    }
    Err(Problem::error(ProblemCode::FileEmpty, settings.place(), "expected a header, got blank lines"))
}

/// The cell itself is not shown: it may hold whole rows of other people.
fn record_problem(fault: RecordFault, settings: &FileSettings, header: &Header, record: &Record, text: &str) -> Problem {
    let cell = fault.cell + 1;
    let breaks = || breaks(&record.cell(text, fault.cell));
    let too_large = |what: &str, found: usize, limit: usize| too_large(&settings.name, Some(fault.line), what, found as u64, limit as u64);
    let what = match fault.kind {
        RecordFaultKind::LongCell(bytes) => return too_large("cell", bytes, LIMITS.cell),
        RecordFaultKind::LongRecord(bytes) => return too_large("row", bytes, LIMITS.record),
        RecordFaultKind::ManyCells(found) => {
            let what = format!("expected at most {} cells in a row, got {found}", LIMITS.columns);
            return Problem::error(ProblemCode::TooLarge, settings.place().line(fault.line), what)
                .with_hint("is this the exported table? missing line ends make one row of many");
        }
        RecordFaultKind::Unclosed => format!("cell {cell} of this row opens a quote that the file never closes"),
        RecordFaultKind::TextAfter | RecordFaultKind::AfterBackslash if breaks() > 0 => {
            let last = fault.line + breaks() as u64;
            format!("cell {cell} of this row opens a quote that closes on line {last}, in the middle of a cell")
        }
        RecordFaultKind::TextAfter | RecordFaultKind::AfterBackslash => {
            format!("expected a separator after the closing quote of cell {cell} of this row, got more text")
        }
        RecordFaultKind::SpaceBefore => {
            format!("cell {cell} of this row has a space before its quote, so that the quote holds nothing together")
        }
    };
    let hint = match fault.kind {
        RecordFaultKind::AfterBackslash => "a quote inside a quoted cell is written twice (\"\"), not with a backslash",
        RecordFaultKind::SpaceBefore => "remove the space before the quote",
        _ => "a quote inside a quoted cell is written twice; remove a stray quote",
    };
    quote_problem(fault.line, fault.cell, settings, header, what).with_hint(hint)
}

fn quote_problem(line: u64, cell: usize, settings: &FileSettings, header: &Header, what: String) -> Problem {
    let mut place = settings.place().line(line);
    if let Some(name) = header.names().get(cell).filter(|name| !name.is_empty()) {
        place = place.column(inert(name));
    }
    Problem::error(ProblemCode::QuoteUnclosed, place, what)
}

fn length_problem(settings: &FileSettings, record: &Record, width: usize) -> Problem {
    let (code, hint) = if record.len() < width {
        (ProblemCode::ShortRow, "a cell is missing, or the row is no data: complete or remove it")
    } else {
        let of_text = "a cell holds an unquoted separator, or there is a cell too many: quote or remove it";
        let of_sheet = "something stands to the right of the last column that has a name: give that column a name, or remove the cell";
        (ProblemCode::LongRow, if settings.keeps_numbers { of_sheet } else { of_text })
    };
    let place: Place = settings.place().line(record.line);
    Problem::error(code, place, format!("expected {width} cells as in the header, got {}", record.len())).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::plan::DataSection;

    fn read(text: &str, data: &DataSection) -> (Option<FileRows>, Vec<(u64, String)>, Problems) {
        let settings = FileSettings::new(data, "a.csv", Path::new(""));
        let (mut problems, mut seen) = (Problems::default(), Vec::new());
        let content = Content::Text(text.to_owned());
        let rows = match Table::open(&settings, &content, &["id"]) {
            Ok(table) => Some(table.rows(&mut problems, |row, _| {
                seen.push((row.line(), row.name(0).into_owned()));
                Some(RowFate::Used)
            })),
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        (rows, seen, problems)
    }

    fn codes(problems: &Problems) -> Vec<(ProblemCode, Option<u64>)> {
        problems.0.iter().map(|problem| (problem.code, problem.place.line)).collect()
    }

    #[test]
    fn blank_rows_are_counted_and_bad_ones_are_placed() {
        let (rows, seen, problems) = read("id,x\n\na,1\n,\nb\nc,1,2\nd,\"1\"x\n", &DataSection::default());
        assert_eq!(rows.map(|rows| (rows.read, rows.fates)), Some((6, vec![(RowFate::Used, 1), (RowFate::Blank, 2)])));
        assert_eq!(seen, [(3, "a".into())]);
        assert_eq!(
            codes(&problems),
            [(ProblemCode::ShortRow, Some(5)), (ProblemCode::LongRow, Some(6)), (ProblemCode::QuoteUnclosed, Some(7))]
        );
    }

    #[test]
    fn the_header_may_stand_further_down_with_records_to_skip() {
        let data = DataSection { header_line: Some(3), skip_records_after_header: Some(2), ..DataSection::default() };
        let (_, seen, problems) = read("title \" here\n\nid,x\n\"a\nquestion\",q\n{},{}\ns1,1\n", &data);
        assert_eq!((seen, codes(&problems)), (vec![(7, "s1".into())], vec![]));
    }

    #[test]
    fn a_skipped_record_of_a_subject_stops() {
        let of = |skip, text: &str| {
            let data = DataSection { subject: "id".into(), skip_records_after_header: Some(skip), ..DataSection::default() };
            let settings = FileSettings::new(&data, "a.csv", Path::new(""));
            let opened = Table::open(&settings, &Content::Text(text.to_owned()), &["id", "pre", "post"]).map(|_| ());
            opened.map_err(|problem| (problem.code, problem.place.line))
        };
        assert_eq!(of(1, "id,pre,post\nS1,5,6\nS2,7,8\n"), Err((ProblemCode::HeaderRows, Some(2))));
        assert_eq!(of(1, "id,pre,post\nStudy number,\"Score, before\",\nS1,5,6\nS2,7,8\n"), Ok(()));
        assert_eq!(of(1, "id,pre,post\n(max),27,27\nS1,5,6\nS2,7,8\n"), Ok(()));
    }

    #[test]
    fn a_header_in_another_order_or_case_is_seen() {
        let of = |row: &str| {
            let data = DataSection { subject: "id".into(), ..DataSection::default() };
            let settings = FileSettings::new(&data, "a.csv", Path::new(""));
            let content = Content::Text(format!("id,x_pre,x_post\nS1,1,2\n{row}\nS2,3,4\n"));
            let mut problems = Problems::default();
            let table = Table::open(&settings, &content, &["id", "x_pre", "x_post"]).unwrap();
            table.rows(&mut problems, |_, _| Some(RowFate::Used));
            codes(&problems)
        };
        for row in ["id,x_post,x_pre", "ID,X_PRE,X_POST", "\u{FEFF}id,x_pre,x_post", "S9,3,x_post"] {
            assert_eq!(of(row), [(ProblemCode::RepeatedHeader, Some(3))], "{row}");
        }
        assert_eq!(of("S9,x,na"), []);
    }

    #[test]
    fn empty_and_header_only_files_stop() {
        assert_eq!(codes(&read(" \n\n", &DataSection::default()).2), [(ProblemCode::FileEmpty, None)]);
        assert_eq!(codes(&read("id,x\n", &DataSection::default()).2), [(ProblemCode::HeaderOnly, None)]);
        assert_eq!(codes(&read("id,x\n,\n", &DataSection::default()).2), [(ProblemCode::HeaderOnly, None)]);
    }

    #[test]
    fn excels_separator_line_is_read_over() {
        assert_eq!(read("sep=|\nid|x\ns1|1\n", &DataSection::default()).1, [(3, "s1".into())]);
    }
}
