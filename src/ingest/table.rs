//! A file as a table: header found, rows handed out one by one, each row's fate counted.

use std::borrow::Cow;

use super::content::{Content, Records};
use super::header::{Header, line_start};
use super::records::{Lexer, QuoteFault, QuoteFaultKind, Record};
use super::settings::FileSettings;
use super::{canonical, inert, separator};
use crate::trial::{FileRows, Place, Problem, ProblemCode, Problems, RowFate};

/// An opened file: its header is known, its rows are still to be read.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    pub settings: &'a FileSettings<'a>,
    pub header: Header,
    records: Records<'a>,
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

    /// A cell as a name or id: trimmed and composed.
    pub fn name(&self, column: usize) -> Cow<'a, str> {
        canonical(self.cell(column))
    }
}

impl<'a> Table<'a> {
    /// Finds separator and header. `wanted` are columns the plan names, which help to find an undeclared separator.
    pub fn open(settings: &'a FileSettings<'a>, content: &'a Content, wanted: &[&str]) -> Result<Self, Problem> {
        let mut records = match content {
            Content::Text(text) => Records::Text(Self::lexer(settings, text, wanted)?),
            Content::Grid(grid) => Records::of_grid(grid, settings.header_line.unwrap_or(0)),
        };
        let text = records.text();
        let header = read_header(&mut records, settings)?;
        let mut record = Record::default();
        for _ in 0..settings.skip_records {
            if let Some(Err(fault)) = records.read(&mut record) {
                return Err(quote_problem(fault, settings, &header, &record, text));
            }
        }
        Ok(Self { settings, header, records })
    }

    /// The lexer at the header of a text table, its separator found.
    fn lexer(settings: &FileSettings, text: &'a str, wanted: &[&str]) -> Result<Lexer<'a>, Problem> {
        if super::trim(text).trim().is_empty() {
            return Err(Problem::error(ProblemCode::FileEmpty, settings.place(), "expected a table, got an empty file")
                .with_hint("check that the export was finished"));
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
        let hint = if settings.header_line.is_none() { separator::excel_hint(text) } else { None };
        let (at, line) = hint.map_or((at, wanted_line), |(_, length)| (at + length, wanted_line + 1));
        let separator = match (settings.separator, hint) {
            (Some(declared), _) => separator::declared(declared, &settings.name)?,
            (None, Some((separator, _))) => separator,
            (None, None) => separator::find(text, at, line, wanted, &settings.name)?,
        };
        Ok(Lexer::new(text, at, line, separator))
    }

    /// Hands every data row to `use_row`, which says what became of it. Rows of the wrong length are problems; blank
    /// rows are counted and not handed out.
    pub fn rows(mut self, problems: &mut Problems, mut use_row: impl FnMut(&Row<'_, 'a>, &mut Problems) -> Option<RowFate>) -> FileRows {
        let width = self.header.names().len();
        let text = self.records.text();
        let mut record = Record::default();
        let (mut read, mut fates) = (0, [0_usize; RowFate::ALL.len()]);
        while let Some(step) = self.records.read(&mut record) {
            read += 1;
            let fate = if let Err(fault) = step {
                problems.push(quote_problem(fault, self.settings, &self.header, &record, text));
                None
            } else if super::trim(&record.cell(text, 0)).is_empty() && record.is_blank(text) {
                Some(RowFate::Blank)
            } else if record.len() != width {
                problems.push(length_problem(self.settings, &record, width));
                None
            } else {
                use_row(&Row { text, record: &record }, problems)
            };
            if let Some(at) = fate.and_then(|fate| RowFate::ALL.iter().position(|f| *f == fate)) {
                fates[at] += 1;
            }
        }
        if read == fates[RowFate::ALL.iter().position(|f| *f == RowFate::Blank).unwrap_or(0)] {
            problems.push(
                Problem::error(ProblemCode::HeaderOnly, self.settings.place(), "expected rows of data under the header, got none")
                    .with_hint("check that the export was finished"),
            );
        }
        let fates = RowFate::ALL.into_iter().zip(fates).filter(|(_, count)| *count > 0).collect();
        FileRows { file: self.settings.name.clone(), read, fates }
    }
}

/// The first record that is not blank.
fn read_header(records: &mut Records, settings: &FileSettings) -> Result<Header, Problem> {
    let mut record = Record::default();
    let text = records.text();
    while let Some(step) = records.read(&mut record) {
        if let Err(fault) = step {
            let nameless = Header::new(&settings.name, record.line, std::iter::empty());
            return Err(quote_problem(fault, settings, &nameless, &record, text));
        }
        if !record.is_blank(text) {
            let names = (0..record.len()).map(|i| record.cell(text, i).into_owned());
            return Ok(Header::new(&settings.name, record.line, names));
        }
    }
    Err(Problem::error(ProblemCode::FileEmpty, settings.place(), "expected a header, got blank lines"))
}

/// The cell itself is not shown: it may hold whole rows of other people.
fn quote_problem(fault: QuoteFault, settings: &FileSettings, header: &Header, record: &Record, text: &str) -> Problem {
    let mut place = settings.place().line(fault.line);
    if let Some(name) = header.names().get(fault.cell).filter(|name| !name.is_empty()) {
        place = place.column(inert(name));
    }
    let breaks = record.cell(text, fault.cell).lines().count().saturating_sub(1);
    let what = match fault.kind {
        QuoteFaultKind::Unclosed => format!("expected a closing quote for cell {} of this row, got the end of the file", fault.cell + 1),
        QuoteFaultKind::TextAfter if breaks > 0 => {
            let last = fault.line + breaks as u64;
            format!("cell {} of this row opens a quote that closes on line {last}, in the middle of a cell", fault.cell + 1)
        }
        QuoteFaultKind::TextAfter => {
            format!("expected a separator after the closing quote of cell {} of this row, got more text", fault.cell + 1)
        }
    };
    Problem::error(ProblemCode::QuoteUnclosed, place, what).with_hint("a quote inside a quoted cell is written twice; remove a stray quote")
}

fn length_problem(settings: &FileSettings, record: &Record, width: usize) -> Problem {
    let (code, hint) = if record.len() < width {
        (ProblemCode::ShortRow, "a cell is missing, or the row is no data: complete or remove it")
    } else {
        (ProblemCode::LongRow, "a cell holds an unquoted separator, or there is a cell too many: quote or remove it")
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
