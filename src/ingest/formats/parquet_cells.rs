//! The cells of one Parquet column while it is unpacked: each value as its text, equal texts mostly once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::DataType;

use super::faults::{Fault, damaged};
use super::parquet::{Meaning, too_large};
use crate::ingest::content::{Grid, Span};

/// Values decoded at once.
const BATCH: usize = 8192;

/// Whole numbers from 0 to this are written once a column: scores are small.
const SMALL: usize = 1024;

/// Other numbers that are written once a column: scores lie on a grid, and writing a fraction costs more than finding it.
const FRACTIONS: usize = 4096;

/// Texts of a column that are remembered: labels are few, and most other texts stand once.
const MET: usize = 16;

/// The bytes that the columns take together.
#[derive(Debug, Default)]
pub struct Room(AtomicUsize);

impl Room {
    /// Takes `bytes` more, where so many are left.
    fn take(&self, bytes: usize) -> Option<()> {
        (self.0.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes) <= Grid::MOST_BYTES).then_some(())
    }
}

/// A row group, as one column needs it.
pub struct Group<'r> {
    pub meaning: Meaning,
    /// The definition level of a value that is there.
    pub levels: i16,
    pub rows: usize,
    pub room: &'r Room,
}

/// Cells of one column; equal texts may be kept once.
#[derive(Default)]
pub struct Cells {
    pub text: String,
    /// Each cell as a piece of the text.
    pub spans: Vec<Span>,
    /// Texts met before, each where its ends and length put it.
    met: [Option<Span>; MET],
    /// The texts of small numbers met so far.
    small: Vec<Option<Span>>,
    /// Those of other numbers, by their bits.
    fractions: HashMap<u64, Span>,
}

impl Cells {
    /// Room for the cells of `rows` rows.
    pub fn new(rows: usize) -> Self {
        Self { spans: Vec::with_capacity(rows), small: vec![None; SMALL], ..Self::default() }
    }

    /// Reads every value, `write` giving its text.
    pub fn fill<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        group: &Group<'_>,
        write: impl Fn(&T::T, &mut String) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.each(reader, group, |cells, value| cells.keep(|text| write(value, text)))
    }

    /// Reads every value of a column of integers.
    pub fn fill_integers<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        group: &Group<'_>,
        integer: impl Fn(&T::T) -> i64,
    ) -> Result<(), Fault> {
        self.each(reader, group, |cells, value| {
            let value = integer(value);
            let small = usize::try_from(value).ok().filter(|small| *small < SMALL);
            if let Some(span) = small.and_then(|small| cells.small[small]) {
                return Ok(span);
            }
            let span = cells.keep(|text| group.meaning.integer(value, text))?;
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
        group: &Group<'_>,
        wide: impl Fn(&T::T) -> f64,
        write: impl Fn(&T::T, &mut String) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.each(reader, group, |cells, value| {
            let number = wide(value);
            let whole = number as usize;
            let small = (whole < SMALL && whole as f64 == number).then_some(whole);
            let known = match small {
                Some(small) => cells.small[small],
                None => cells.fractions.get(&number.to_bits()).copied(),
            };
            if let Some(span) = known {
                return Ok(span);
            }
            let span = cells.keep(|text| write(value, text))?;
            match small {
                Some(small) => cells.small[small] = Some(span),
                None if cells.fractions.len() < FRACTIONS => {
                    cells.fractions.insert(number.to_bits(), span);
                }
                None => {}
            }
            Ok(span)
        })
    }

    fn each<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        group: &Group<'_>,
        mut span: impl FnMut(&mut Self, &T::T) -> Result<Span, Fault>,
    ) -> Result<(), Fault> {
        let (mut values, mut present) = (Vec::new(), Vec::new());
        let end = self.spans.len() + group.rows;
        while self.spans.len() < end {
            values.clear();
            present.clear();
            let before = self.text.len();
            let wanted = BATCH.min(end - self.spans.len());
            let (records, _, _) = reader.read_records(wanted, Some(&mut present), None, &mut values).map_err(|_| damaged())?;
            if records == 0 || records > wanted {
                return Err(damaged());
            }
            let mut values = values.iter();
            for record in 0..records {
                // Without levels no value may be absent.
                if group.levels > 0 && present.get(record) != Some(&group.levels) {
                    self.spans.push(Span::default());
                    continue;
                }
                let span = span(self, values.next().ok_or(Fault::Damaged)?)?;
                self.spans.push(span);
            }
            let added = self.text.len() - before + records * size_of::<Span>();
            group.room.take(added).ok_or_else(|| too_large(group.rows))?;
        }
        Ok(())
    }

    /// Keeps the text that `write` adds, or one met before that is equal.
    fn keep(&mut self, write: impl FnOnce(&mut String) -> Result<(), Fault>) -> Result<Span, Fault> {
        let start = self.text.len();
        write(&mut self.text)?;
        let added = &self.text[start..];
        let place = match added.as_bytes() {
            [first, .., last] => usize::from(first ^ last) ^ added.len(),
            bytes => bytes.first().map_or(0, |byte| usize::from(*byte)),
        } % MET;
        // Ids mostly differ in their last byte.
        let ends_alike = |met: &str| met.as_bytes().last() == added.as_bytes().last();
        let is_same = |met: &Span| Some(met.of(&self.text)).is_some_and(|met| met.len() == added.len() && ends_alike(met) && met == added);
        if let Some(met) = self.met[place].filter(is_same) {
            self.text.truncate(start);
            return Ok(met);
        }
        let span = Span::of_text(start, added);
        self.met[place] = Some(span);
        Ok(span)
    }
}
