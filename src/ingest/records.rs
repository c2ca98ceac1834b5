//! Text → records of cells: RFC 4180 quotes, any line end, and the line each record starts on.

use std::borrow::Cow;

use super::limits::{LIMITS, Limits};

/// Reads one record after another. Line ends may be LF, CRLF, CR or mixed; a quoted cell may hold them.
#[derive(Debug, Clone)]
pub struct Lexer<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    separator: u8,
    limits: Limits,
}

/// One record: where it starts, and its cells. Kept by the caller and filled again, so that nothing is allocated a row.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The line on which it starts, as an editor shows it (from 1).
    pub line: u64,
    /// Whether a quoted cell of it breaks over lines.
    pub has_breaks: bool,
    /// Whether equal texts of several records may be one piece of the text.
    pub shares_texts: bool,
    cells: Vec<Span>,
}

/// A cell as a piece of the text, without its outer quotes.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    /// Whether doubled quotes inside stand for single ones.
    escaped: bool,
}

/// A record that cannot be trusted: a cell's quotes do not close where they must, or it is larger than it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordFault {
    /// The line on which the cell starts; of a record that is too large, the line on which that starts.
    pub line: u64,
    /// Which cell of the record, from 0.
    pub cell: usize,
    pub kind: RecordFaultKind,
}

/// What is wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFaultKind {
    /// The file ends inside the cell.
    Unclosed,
    /// Something other than a separator or a line end follows the closing quote.
    TextAfter,
    /// As [`Self::TextAfter`], and the quote that closes follows a backslash.
    AfterBackslash,
    /// Spaces stand before an opening quote, so that it quotes nothing, and the cell ends before the quote closes.
    SpaceBefore,
    /// A cell of so many bytes.
    LongCell(usize),
    /// A record of so many bytes.
    LongRecord(usize),
    /// A record of so many cells.
    ManyCells(usize),
}

impl<'a> Lexer<'a> {
    /// Starts at byte `at` of `text`, which is on line `line`. The separator is one ASCII byte.
    pub fn new(text: &'a str, at: usize, line: u64, separator: u8) -> Self {
        Self { text, at, line, separator, limits: LIMITS }
    }

    /// The text it reads.
    pub fn text(&self) -> &'a str {
        self.text
    }

    pub fn separator(&self) -> u8 {
        self.separator
    }

    /// Reads the next record into `record`; `None` at the end of the text.
    ///
    /// After a fault the record holds what was read (of too many cells, the first ones), and reading can go on.
    pub fn read(&mut self, record: &mut Record) -> Option<Result<(), RecordFault>> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        record.cells.clear();
        record.line = self.line;
        let (start, mut fault, mut count) = (self.at, None, 0);
        record.has_breaks = false;
        loop {
            let line = self.line;
            let kind = if bytes.get(self.at) == Some(&b'"') { self.quoted(record) } else { self.plain(record) };
            if let Some(kind) = kind {
                fault.get_or_insert(RecordFault { line, cell: count, kind });
            }
            count += 1;
            if record.cells.len() > self.limits.columns {
                // Kept so far, so that a line of separators takes no memory.
                record.cells.pop();
            }
            match bytes.get(self.at) {
                Some(&byte) if byte == self.separator => self.at += 1,
                end => {
                    record.has_breaks = self.line > record.line;
                    if end.is_none() {
                        break;
                    }
                    self.at += if bytes[self.at..].starts_with(b"\r\n") { 2 } else { 1 };
                    self.line += 1;
                    break;
                }
            }
        }
        let oversized = (count > self.limits.columns || self.at - start > self.limits.cell).then(|| self.oversized(record, start, count));
        Some(oversized.flatten().or(fault).map_or(Ok(()), Err))
    }

    /// What of a record is larger than it may be.
    fn oversized(&self, record: &Record, start: usize, count: usize) -> Option<RecordFault> {
        let fault = |cell, kind| Some(RecordFault { line: record.line, cell, kind });
        let length = self.at - start;
        if count > self.limits.columns {
            return fault(self.limits.columns, RecordFaultKind::ManyCells(count));
        }
        if length > self.limits.record {
            return fault(0, RecordFaultKind::LongRecord(length));
        }
        let (cell, length) =
            record.cells.iter().map(|span| span.end - span.start).enumerate().find(|(_, length)| *length > self.limits.cell)?;
        fault(cell, RecordFaultKind::LongCell(length))
    }

    /// A cell without quotes at its start: everything up to the separator or the line end.
    fn plain(&mut self, record: &mut Record) -> Option<RecordFaultKind> {
        let start = self.at;
        self.skip_cell();
        record.cells.push(Span { start, end: self.at, escaped: false });
        let bytes = self.text.as_bytes();
        if bytes.get(start) != Some(&b' ') {
            return None;
        }
        let quoted = self.text[start..self.at].trim_matches(' ').strip_prefix('"')?;
        // A stray quote that no later cell closes is a letter.
        let line = &bytes[self.at..];
        let rest = line.iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(line, |end| &line[..end]);
        (!quoted.contains('"') && rest.contains(&b'"')).then_some(RecordFaultKind::SpaceBefore)
    }

    fn quoted(&mut self, record: &mut Record) -> Option<RecordFaultKind> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut escaped = false;
        self.at = start;
        loop {
            match bytes.get(self.at) {
                None => {
                    record.cells.push(Span { start, end: self.at, escaped });
                    return Some(RecordFaultKind::Unclosed);
                }
                Some(b'"') if bytes.get(self.at + 1) == Some(&b'"') => {
                    escaped = true;
                    self.at += 2;
                }
                Some(b'"') => break,
                Some(byte) => {
                    if *byte == b'\n' || *byte == b'\r' && bytes.get(self.at + 1) != Some(&b'\n') {
                        self.line += 1;
                    }
                    self.at += 1;
                }
            }
        }
        record.cells.push(Span { start, end: self.at, escaped });
        self.at += 1;
        let closed = self.at;
        self.skip_cell();
        // Spaces after the closing quote change nothing.
        let clean = bytes[closed..self.at].iter().all(|byte| *byte == b' ');
        let backslash = closed >= start + 2 && bytes[closed - 2] == b'\\';
        (!clean).then_some(if backslash { RecordFaultKind::AfterBackslash } else { RecordFaultKind::TextAfter })
    }

    fn skip_cell(&mut self) {
        let bytes = self.text.as_bytes();
        let is_end = |byte: &u8| *byte == self.separator || *byte == b'\n' || *byte == b'\r';
        self.at = bytes[self.at..].iter().position(is_end).map_or(bytes.len(), |length| self.at + length);
    }
}

impl Record {
    /// Fills it with the cells of a row that no text is lexed for, each by its start and end.
    pub fn refill(&mut self, line: u64, cells: impl Iterator<Item = (usize, usize)>) {
        (self.line, self.has_breaks) = (line, false);
        self.cells.clear();
        self.cells.extend(cells.map(|(start, end)| Span { start, end, escaped: false }));
    }

    /// How many cells it has; an empty line has one.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Where a cell stands, as far as cells of other records stand there, too: such cells hold the same.
    pub fn piece(&self, index: usize) -> Option<(usize, usize)> {
        self.cells.get(index).filter(|_| self.shares_texts).map(|span| (span.start, span.end))
    }

    /// Whether a cell is empty, or a digit or a minus sign is its first byte, as of most cells.
    pub fn is_like_number(&self, text: &str, index: usize) -> bool {
        let span = self.cells.get(index).filter(|span| span.start < span.end);
        span.is_none_or(|span| matches!(text.as_bytes()[span.start], b'0'..=b'9' | b'-'))
    }

    /// Cell `index` of the record, which must come from `text`; empty beyond the last.
    pub fn cell<'a>(&self, text: &'a str, index: usize) -> Cow<'a, str> {
        match self.cells.get(index) {
            None => Cow::Borrowed(""),
            Some(span) if span.escaped => Cow::Owned(text[span.start..span.end].replace("\"\"", "\"")),
            Some(span) => Cow::Borrowed(&text[span.start..span.end]),
        }
    }

    /// The first cell that breaks over lines and holds a whole row's worth of cells: the rest of its own row of `width`
    /// cells, every line between, and another row up to the same column. Then a stray quote swallowed rows.
    ///
    /// Free text with commas could do so by chance; it must hold a number between separators, too, as rows of scores do.
    pub fn swallowed(&self, text: &str, width: usize, separator: u8) -> Option<usize> {
        let is_mark = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-');
        let is_number = |cell: &str| !cell.trim().is_empty() && cell.trim().bytes().all(is_mark);
        (0..self.cells.len().min(width)).find(|&index| {
            let inside = self.cell(text, index).replace("\r\n", "\n");
            let lines: Vec<Vec<&str>> = inside.split(['\n', '\r']).map(|line| line.split(char::from(separator)).collect()).collect();
            let [first, between @ .., last] = lines.as_slice() else { return false };
            // A quote that opens a line of its own has nothing of its row behind it.
            let is_own_line = first.concat().trim().is_empty() && between.iter().any(|line| line.len() == width);
            let is_whole = |line: &Vec<&str>| line.len() == width || line.concat().trim().is_empty();
            let to_end = (first.len() == width - index || is_own_line) && between.iter().all(is_whole);
            // In a row of another length the quote closes in another column.
            let from_start = last.len() == index + 1 || self.cells.len() != width;
            let whole = first.iter().skip(1).chain(between.iter().flatten()).chain(last.iter().take(index));
            to_end && from_start && whole.copied().any(is_number)
        })
    }

    /// Whether every cell is empty or blank.
    pub fn is_blank(&self, text: &str) -> bool {
        self.cells.iter().all(|span| super::trim(&text[span.start..span.end]).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut lexer = Lexer::new(text, 0, 1, b',');
        let mut record = Record::default();
        let mut rows = Vec::new();
        while lexer.read(&mut record).is_some() {
            rows.push((record.line, (0..record.len()).map(|i| record.cell(text, i).into_owned()).collect()));
        }
        rows
    }

    fn cells(list: &[&str]) -> Vec<String> {
        list.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn every_line_end_counts_one_line() {
        let rows = all("a,b\r\nc,d\re,f\n\ng,h");
        let expected = [(1, vec!["a", "b"]), (2, vec!["c", "d"]), (3, vec!["e", "f"]), (4, vec![""]), (5, vec!["g", "h"])];
        assert_eq!(rows, expected.map(|(line, row)| (line, cells(&row))));
    }

    #[test]
    fn quotes_hold_separators_line_ends_and_doubled_quotes() {
        let rows = all("a,\"b\r\nc, \"\"d\"\"\"\nx,\n");
        assert_eq!(rows, [(1, cells(&["a", "b\r\nc, \"d\""])), (3, cells(&["x", ""]))]);
    }

    #[test]
    fn faults_name_the_cell_and_reading_goes_on() {
        let text = "a,\"b\"x,c\nd,\"e";
        let mut lexer = Lexer::new(text, 0, 1, b',');
        let mut record = Record::default();
        assert_eq!(lexer.read(&mut record), Some(Err(RecordFault { line: 1, cell: 1, kind: RecordFaultKind::TextAfter })));
        assert_eq!(record.len(), 3);
        assert_eq!(lexer.read(&mut record), Some(Err(RecordFault { line: 2, cell: 1, kind: RecordFaultKind::Unclosed })));
        assert_eq!(lexer.read(&mut record), None);
    }

    #[test]
    fn a_quote_inside_a_plain_cell_is_a_letter() {
        assert_eq!(all("5\" pipe,x"), [(1, cells(&["5\" pipe", "x"]))]);
    }

    fn fault(text: &str) -> Option<(u64, usize, RecordFaultKind)> {
        let (mut lexer, mut record) = (Lexer::new(text, 0, 1, b','), Record::default());
        std::iter::from_fn(|| lexer.read(&mut record)).find_map(|step| step.err().map(|fault| (fault.line, fault.cell, fault.kind)))
    }

    #[test]
    fn odd_quotes_are_told_apart() {
        assert_eq!(fault("a, \"b, c\",d\n"), Some((1, 1, RecordFaultKind::SpaceBefore)));
        assert_eq!(fault("a, \"b\",d\n"), None);
        assert_eq!(fault("a, \"b,d\n"), None);
        assert_eq!(fault("a,\"b \\\"c\\\", d\"\n"), Some((1, 1, RecordFaultKind::AfterBackslash)));
        assert_eq!(fault("a,\"b\" ,c\n"), None);
        assert_eq!(fault("\"a\nb\",\"c\"d\n"), Some((2, 1, RecordFaultKind::TextAfter)), "the line on which the cell starts");
    }

    fn swallowed(text: &str, width: usize) -> Option<usize> {
        let (mut lexer, mut record) = (Lexer::new(text, 0, 1, b','), Record::default());
        lexer.read(&mut record)?.ok()?;
        record.swallowed(text, width, b',')
    }

    #[test]
    fn rows_inside_a_cell_are_seen() {
        assert_eq!(swallowed("S4,\"ok,20,14\nS5,,43,38\nS6,\",39,32\n", 4), Some(1));
        assert_eq!(swallowed("S4,\"ok,20,14\r\nS6,fine\",39,32\n", 4), Some(1));
        assert_eq!(swallowed("\"S4,20,14\nS5\",43,38\n", 3), Some(0));
        assert_eq!(swallowed("S4,20,\"14\nS5,43,38\"\n", 3), Some(2));
        assert_eq!(swallowed("S4,\"first line\nsecond, line\",39,32\n", 4), None);
        assert_eq!(swallowed("S4,39,\"first line\nsecond, line, third\"\n", 3), None);
    }

    #[test]
    fn what_is_too_large_is_a_fault_and_takes_no_memory() {
        let limits = Limits { cell: 8, record: 12, columns: 3, file: 0 };
        let read = |text: &str| {
            let (mut lexer, mut record) = (Lexer { limits, ..Lexer::new(text, 0, 1, b',') }, Record::default());
            let step = lexer.read(&mut record);
            (step.and_then(Result::err).map(|fault| (fault.cell, fault.kind)), record.len())
        };
        assert_eq!(read("a,b,c\n"), (None, 3));
        assert_eq!(read("a,b,c,d,e\n"), (Some((3, RecordFaultKind::ManyCells(5))), 3));
        assert_eq!(read("a,123456789\n"), (Some((1, RecordFaultKind::LongCell(9))), 2));
        assert_eq!(read("12345678,12345678\n"), (Some((0, RecordFaultKind::LongRecord(18))), 2));
    }

    /// Draws from a fixed stream: the same tables on every machine.
    struct Fixed(u64);

    impl Fixed {
        fn below(&mut self, n: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 33) as usize) % n
        }

        fn cell(&mut self) -> String {
            const LETTERS: [&str; 16] = ["a", "z", "0", "9", " ", ",", ";", "\t", "|", "\"", "\"\"", "\n", "\r", "\r\n", "é", "験"];
            (0..self.below(7)).map(|_| LETTERS[self.below(16)]).collect()
        }
    }

    /// A table as text, quoted where it must be or for no reason, with any line ends and blank lines, and the line on which each
    /// of its records starts.
    fn written(rows: &[Vec<String>], separator: char, random: &mut Fixed) -> (String, Vec<u64>) {
        const ENDS: [&str; 3] = ["\n", "\r\n", "\r"];
        let (mut text, mut lines) = (String::new(), Vec::new());
        // By definition: line ends are CRLF, LF or CR.
        let line = |text: &str| 1 + text.replace("\r\n", "\n").matches(['\n', '\r']).count() as u64;
        for cells in rows {
            lines.push(line(&text));
            for (i, cell) in cells.iter().enumerate() {
                if i > 0 {
                    text.push(separator);
                }
                if random.below(2) == 0 || cell.contains(['"', '\n', '\r', separator]) {
                    text += &format!("\"{}\"", cell.replace('"', "\"\""));
                } else {
                    text += cell;
                }
            }
            let end = random.below(3);
            text += ENDS[end];
            // A blank line after a lone CR must not turn it into CRLF.
            if random.below(4) == 0 {
                text += if end == 2 { "\r" } else { ENDS[end] };
            }
        }
        (text, lines)
    }

    #[test]
    fn ten_thousand_tables_agree_with_the_csv_crate_and_count_lines() {
        let mut random = Fixed(7);
        for _ in 0..10_000 {
            let separator = [b',', b';', b'\t', b'|'][random.below(4)];
            let rows: Vec<Vec<String>> = (0..random.below(12)).map(|_| (0..2 + random.below(3)).map(|_| random.cell()).collect()).collect();
            let (text, lines) = written(&rows, char::from(separator), &mut random);
            let (mut ours, mut starts) = (Vec::new(), Vec::new());
            let (mut lexer, mut record) = (Lexer::new(&text, 0, 1, separator), Record::default());
            while let Some(step) = lexer.read(&mut record) {
                assert_eq!(step, Ok(()), "{text:?}");
                if record.len() > 1 {
                    starts.push(record.line);
                    ours.push((0..record.len()).map(|i| record.cell(&text, i).into_owned()).collect::<Vec<_>>());
                }
            }
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
            let theirs: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            assert_eq!(ours, theirs, "{text:?}");
            assert_eq!((ours, starts), (rows, lines), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "[a1 ,;\"\\\\\n\ré]{0,40}") {
            let (mut lexer, mut record) = (Lexer::new(&text, 0, 1, b','), Record::default());
            let mut last = 0;
            while lexer.read(&mut record).is_some() {
                prop_assert!(record.line > last);
                last = record.line;
                (0..record.len()).for_each(|i| drop(record.cell(&text, i)));
                record.swallowed(&text, 3, b',');
            }
        }
    }
}
