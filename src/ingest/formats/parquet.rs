//! Parquet, by the columns that the plan names.

use std::fmt::Write;

use bytes::Bytes;
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::metadata::ParquetMetaDataReader;
use parquet::file::reader::{FileReader, RowGroupReader};
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::schema::types::ColumnDescriptor;

use super::cell_text::{clock, date, date_time, decimal, plain_number};
use super::faults::{Fault, check_size, damaged};
use super::needed::Needed;
use super::parquet_pages;
use crate::ingest::content::{Grid, Span};
use crate::ingest::inert;

/// Values decoded at once.
const BATCH: usize = 8192;

/// Reads the rows, numbered from 1, under a header in row 0. Columns that are not needed are named and left empty.
pub fn read(bytes: Vec<u8>, needed: &Needed) -> Result<Grid, Fault> {
    let bytes = Bytes::from(bytes);
    let metadata = ParquetMetaDataReader::new().parse_and_finish(&bytes).map_err(|_| damaged())?;
    let columns = columns(metadata.file_metadata().schema_descr(), needed)?;
    let leaves: Vec<usize> = columns.iter().filter_map(|column| column.leaf).collect();
    let rows = metadata.row_groups().iter().try_fold(0_usize, |rows, group| rows.checked_add(usize::try_from(group.num_rows()).ok()?));
    let rows = rows.ok_or(Fault::Damaged)?;
    if rows.saturating_mul(columns.len()).saturating_mul(size_of::<Span>()) > Grid::MOST_BYTES {
        return Err(Fault::TooLarge(format!("expected a table of at most {} MiB, got {rows} rows", Grid::MOST_BYTES >> 20)));
    }
    parquet_pages::check(&bytes, &metadata, &leaves)?;

    let mut grid = Grid::default();
    grid.row(0);
    columns.iter().for_each(|column| grid.cell(&column.name));
    let file = SerializedFileReader::new(bytes).map_err(|_| damaged())?;
    let mut number = 0;
    for index in 0..file.num_row_groups() {
        let group = file.get_row_group(index).map_err(|_| damaged())?;
        let rows = usize::try_from(group.metadata().num_rows()).map_err(|_| damaged())?;
        let mut read: Vec<Vec<Span>> = Vec::with_capacity(columns.len());
        for column in &columns {
            read.push(match column.leaf {
                Some(leaf) => spans(&*group, leaf, rows, &mut grid)?,
                None => Vec::new(),
            });
        }
        for row in 0..rows {
            number += 1;
            grid.row(number);
            read.iter().for_each(|spans| grid.cell_at(spans.get(row).copied().unwrap_or_default()));
        }
        check_size(&grid)?;
    }
    Ok(grid)
}

/// A column of the table: its name, and which leaf of the schema is decoded for it.
struct Column {
    name: String,
    leaf: Option<usize>,
}

/// The columns on top of the schema. One of several leaves holds no single value a row.
fn columns(schema: &parquet::schema::types::SchemaDescriptor, needed: &Needed) -> Result<Vec<Column>, Fault> {
    let mut columns: Vec<Column> = Vec::new();
    let mut last_root = None;
    for leaf in 0..schema.num_columns() {
        let root = schema.get_column_root_idx(leaf);
        if last_root.replace(root) == Some(root) {
            continue;
        }
        let described = schema.column(leaf);
        let name = schema.get_column_root(leaf).name().to_owned();
        let is_needed = needed.has(&name);
        if is_needed && (described.path().parts().len() > 1 || described.max_rep_level() > 0) {
            return Err(Fault::Cell {
                row: None,
                what: format!("column `{}` holds lists or records, not one value a row", inert(&name)),
                hint: "write it as plain columns, one value a row",
            });
        }
        columns.push(Column { name, leaf: is_needed.then_some(leaf) });
    }
    Ok(columns)
}

/// The cells of one column in one row group.
fn spans(group: &dyn RowGroupReader, leaf: usize, rows: usize, grid: &mut Grid) -> Result<Vec<Span>, Fault> {
    let described = group.metadata().schema_descr().column(leaf);
    let meaning = Meaning::of(&described)?;
    let levels = described.max_def_level();
    let mut out = Cells { grid, spans: Vec::with_capacity(rows), rows, last: None };
    let reader = group.get_column_reader(leaf).map_err(|_| damaged())?;
    match reader {
        ColumnReader::BoolColumnReader(reader) => out.fill(reader, levels, |value, text| {
            text.push_str(if *value { "true" } else { "false" });
            Ok(())
        }),
        ColumnReader::Int32ColumnReader(reader) => out.fill(reader, levels, |value, text| meaning.integer(i64::from(*value), text)),
        ColumnReader::Int64ColumnReader(reader) => out.fill(reader, levels, |value, text| meaning.integer(*value, text)),
        ColumnReader::Int96ColumnReader(reader) => out.fill(reader, levels, |value, text| {
            let nanos = value.to_nanos();
            text.push_str(&date_time(nanos.div_euclid(1_000_000_000), nanos.rem_euclid(1_000_000_000) as u32).ok_or(Fault::Damaged)?);
            Ok(())
        }),
        // As the shortest decimal of its own width: 0.1 and not 0.10000000149.
        ColumnReader::FloatColumnReader(reader) => {
            out.fill(reader, levels, |value, text| write!(text, "{}", if *value == 0.0 { 0.0 } else { *value }).map_err(|_| damaged()))
        }
        ColumnReader::DoubleColumnReader(reader) => out.fill(reader, levels, |value, text| {
            text.push_str(&plain_number(*value));
            Ok(())
        }),
        ColumnReader::ByteArrayColumnReader(reader) => out.fill(reader, levels, |value, text| meaning.bytes(value.data(), text)),
        ColumnReader::FixedLenByteArrayColumnReader(reader) => out.fill(reader, levels, |value, text| meaning.bytes(value.data(), text)),
    }?;
    Ok(out.spans)
}

/// The cells of a column, their texts kept in the grid.
struct Cells<'g> {
    grid: &'g mut Grid,
    spans: Vec<Span>,
    rows: usize,
    /// The text met last: the same again is kept once.
    last: Option<(String, Span)>,
}

impl Cells<'_> {
    fn fill<T: DataType>(
        &mut self,
        mut reader: ColumnReaderImpl<T>,
        levels: i16,
        mut write: impl FnMut(&T::T, &mut String) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let (mut values, mut present, mut text) = (Vec::new(), Vec::new(), String::new());
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
                text.clear();
                write(values.next().ok_or(Fault::Damaged)?, &mut text)?;
                let span = self.keep(&text);
                self.spans.push(span);
            }
            check_size(self.grid)?;
        }
        Ok(())
    }

    fn keep(&mut self, text: &str) -> Span {
        if let Some((last, span)) = &self.last
            && last == text
        {
            return *span;
        }
        let span = self.grid.keep(text);
        let mut last = self.last.take().map_or_else(String::new, |(last, _)| last);
        last.clear();
        last.push_str(text);
        self.last = Some((last, span));
        span
    }
}

/// What the stored values of a column stand for.
enum Meaning {
    Integer,
    Unsigned,
    /// A decimal with this many digits after the point.
    Decimal(usize),
    Date,
    /// Parts of a second since midnight.
    Time(i64),
    /// Parts of a second since 1970.
    Timestamp(i64),
    Text,
    Unreadable,
}

impl Meaning {
    fn of(column: &ColumnDescriptor) -> Result<Self, Fault> {
        let parts = |unit: &TimeUnit| match unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        };
        let scale = || usize::try_from(column.type_scale()).ok().filter(|scale| *scale <= 76).ok_or(Fault::Damaged);
        Ok(match (column.logical_type_ref(), column.converted_type()) {
            (Some(LogicalType::Integer(kind)), _) if !kind.is_signed => Self::Unsigned,
            (Some(LogicalType::Integer(_)), _) => Self::Integer,
            (Some(LogicalType::Decimal(_)), _) | (None, ConvertedType::DECIMAL) => Self::Decimal(scale()?),
            (Some(LogicalType::Date), _) | (None, ConvertedType::DATE) => Self::Date,
            (Some(LogicalType::Time(time)), _) => Self::Time(parts(&time.unit)),
            (Some(LogicalType::Timestamp(time)), _) => Self::Timestamp(parts(&time.unit)),
            (None, ConvertedType::TIME_MILLIS) => Self::Time(1_000),
            (None, ConvertedType::TIME_MICROS) => Self::Time(1_000_000),
            (None, ConvertedType::TIMESTAMP_MILLIS) => Self::Timestamp(1_000),
            (None, ConvertedType::TIMESTAMP_MICROS) => Self::Timestamp(1_000_000),
            (None, ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64) => Self::Unsigned,
            (None, ConvertedType::NONE) if column.physical_type() == Physical::FIXED_LEN_BYTE_ARRAY => Self::Unreadable,
            (None, ConvertedType::INTERVAL | ConvertedType::BSON) => Self::Unreadable,
            (Some(LogicalType::String | LogicalType::Enum | LogicalType::Json), _) => Self::Text,
            (Some(_), _) => Self::Unreadable,
            (None, _) if column.physical_type() == Physical::BYTE_ARRAY => Self::Text,
            (None, _) => Self::Integer,
        })
    }

    fn integer(&self, value: i64, text: &mut String) -> Result<(), Fault> {
        let written = match self {
            Self::Integer => return write!(text, "{value}").map_err(|_| damaged()),
            // 32 bits are widened with their sign, which they do not have.
            Self::Unsigned if value < 0 && value >= i64::from(i32::MIN) => (value as u32).to_string(),
            Self::Unsigned => (value as u64).to_string(),
            Self::Decimal(scale) => decimal(i128::from(value), *scale),
            Self::Date => date(value).ok_or(Fault::Damaged)?,
            Self::Time(parts) => clock(value as f64 / *parts as f64),
            Self::Timestamp(parts) => {
                let nanos = value.rem_euclid(*parts) * (1_000_000_000 / parts);
                date_time(value.div_euclid(*parts), nanos as u32).ok_or(Fault::Damaged)?
            }
            Self::Text | Self::Unreadable => return Err(unreadable()),
        };
        text.push_str(&written);
        Ok(())
    }

    fn bytes(&self, bytes: &[u8], text: &mut String) -> Result<(), Fault> {
        match self {
            Self::Text => text.push_str(std::str::from_utf8(bytes).map_err(|_| unreadable())?),
            Self::Decimal(scale) => {
                let negative = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
                if bytes.is_empty() || bytes.len() > 16 {
                    return Err(unreadable());
                }
                let start: i128 = if negative { -1 } else { 0 };
                let mantissa = bytes.iter().fold(start, |mantissa, byte| mantissa << 8 | i128::from(*byte));
                text.push_str(&decimal(mantissa, *scale));
            }
            _ => return Err(unreadable()),
        }
        Ok(())
    }
}

fn unreadable() -> Fault {
    let what = "a column of the plan holds binary data, not text, numbers or dates".to_owned();
    Fault::Cell { row: None, what, hint: "write it as text or numbers" }
}
