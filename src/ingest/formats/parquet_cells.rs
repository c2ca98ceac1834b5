//! The cells of one Parquet column while it is unpacked: each value as its text, equal texts mostly once.

use std::collections::HashMap;

use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::DataType;

use super::faults::{Fault, damaged};
use super::parquet::{Meaning, too_large};
use crate::ingest::content::{Grid, Span};

/// Values decoded at once.
pub const BATCH: usize = 8192;

/// Whole numbers from 0 to this are written once a column: scores are small.
const SMALL: usize = 1024;

/// Other numbers that are written once a column: scores lie on a grid, and writing a fraction costs more than finding it.
const FRACTIONS: usize = 4096;

/// Cells of one column; equal texts may be kept once.
#[derive(Default)]
pub struct Cells {
    text: String,
    spans: Vec<Span>,
    rows: usize,
    /// The text met last.
    last: Option<Span>,
    /// The texts of small numbers met so far.
    small: Vec<Option<Span>>,
}

impl Cells {
    /// Forgets what was read, and takes the next `rows` rows.
    pub fn start(&mut self, rows: usize) {
        (self.rows, self.last) = (rows, None);
        self.text.clear();
        self.spans.clear();
    }

    /// The texts of the cells.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Each cell as a piece of the text.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Reads every value, `write` giving its text.
    pub fn fill<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        levels: i16,
        write: impl Fn(&T::T, &mut String) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.each(reader, levels, |cells, value| cells.keep(|text| write(value, text)))
    }

    /// Reads every value of a column of integers.
    pub fn fill_integers<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        levels: i16,
        meaning: &Meaning,
        integer: impl Fn(&T::T) -> i64,
    ) -> Result<(), Fault> {
        self.small = vec![None; SMALL];
        self.each(reader, levels, |cells, value| {
            let value = integer(value);
            let small = usize::try_from(value).ok().filter(|small| *small < SMALL);
            if let Some(span) = small.and_then(|small| cells.small[small]) {
                return Ok(span);
            }
            let span = cells.keep(|text| meaning.integer(value, text))?;
            if let Some(small) = small {
                cells.small[small] = Some(span);
            }
            Ok(span)
        })
    }

    /// Reads every value of a column of floating numbers; `wide` gives the value without loss, `write` its text.
    pub fn fill_floats<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        levels: i16,
        wide: impl Fn(&T::T) -> f64,
        write: impl Fn(&T::T, &mut String) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.small = vec![None; SMALL];
        let mut fractions: HashMap<u64, Span> = HashMap::new();
        self.each(reader, levels, |cells, value| {
            let number = wide(value);
            let small = (number >= 0.0 && number < SMALL as f64 && number.fract() == 0.0).then_some(number as usize);
            let known = match small {
                Some(small) => cells.small[small],
                None => fractions.get(&number.to_bits()).copied(),
            };
            if let Some(span) = known {
                return Ok(span);
            }
            let span = cells.keep(|text| write(value, text))?;
            match small {
                Some(small) => cells.small[small] = Some(span),
                None if fractions.len() < FRACTIONS => {
                    fractions.insert(number.to_bits(), span);
                }
                None => {}
            }
            Ok(span)
        })
    }

    fn each<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        levels: i16,
        mut span: impl FnMut(&mut Self, &T::T) -> Result<Span, Fault>,
    ) -> Result<(), Fault> {
        let (mut values, mut present) = (Vec::new(), Vec::new());
        while self.spans.len() < self.rows {
            values.clear();
            present.clear();
            let wanted = BATCH.min(self.rows - self.spans.len());
            let (records, _, _) = reader.read_records(wanted, Some(&mut present), None, &mut values).map_err(|_| damaged())?;
            if records == 0 {
                return Err(damaged());
            }
            let mut values = values.iter();
            for record in 0..records {
                // Without levels no value may be absent.
                if levels > 0 && present.get(record) != Some(&levels) {
                    self.spans.push(Span::default());
                    continue;
                }
                let span = span(self, values.next().ok_or(Fault::Damaged)?)?;
                self.spans.push(span);
            }
            if self.text.len() > Grid::MOST_BYTES {
                return Err(too_large(self.rows));
            }
        }
        Ok(())
    }

    /// Keeps the text that `write` adds, or where it is the text met last, that one.
    fn keep(&mut self, write: impl FnOnce(&mut String) -> Result<(), Fault>) -> Result<Span, Fault> {
        let start = self.text.len();
        write(&mut self.text)?;
        if let Some(last) = self.last.filter(|last| last.of(&self.text) == &self.text[start..]) {
            self.text.truncate(start);
            return Ok(last);
        }
        let span = Span::of_text(start, &self.text[start..]);
        self.last = Some(span);
        Ok(span)
    }
}
