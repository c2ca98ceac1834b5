//! Parquet, by the columns that the plan names.

use std::fmt::Write;

use bytes::Bytes;
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type as Physical};
use parquet::column::reader::ColumnReader;
use parquet::file::metadata::ParquetMetaDataReader;
use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::schema::types::ColumnDescriptor;
use rayon::prelude::*;

use super::cell_text::{clock, date, date_time, decimal, plain_number};
use super::faults::{Fault, check_size, damaged};
use super::guard::guarded;
use super::needed::Needed;
use super::parquet_cells::{Cells, Group, Room};
use super::parquet_pages;
use crate::ingest::content::{Grid, Span};
use crate::ingest::inert;

/// Reads the rows, numbered from 1, under a header in row 0. Columns that are not needed are named and left empty.
pub fn read(bytes: Vec<u8>, needed: &Needed) -> Result<Grid, Fault> {
    let bytes = Bytes::from(bytes);
    let metadata = ParquetMetaDataReader::new().parse_and_finish(&bytes).map_err(|_| damaged())?;
    let columns = columns(metadata.file_metadata().schema_descr(), needed)?;
    let leaves: Vec<usize> = columns.iter().filter_map(|column| column.leaf).collect();
    let rows = metadata.row_groups().iter().try_fold(0_usize, |rows, group| rows.checked_add(usize::try_from(group.num_rows()).ok()?));
    let rows = rows.ok_or(Fault::Damaged)?;
    if rows.saturating_mul(columns.len()).saturating_mul(size_of::<Span>()) > Grid::MOST_BYTES {
        return Err(too_large(rows));
    }
    parquet_pages::check(&bytes, &metadata, &leaves)?;

    let file = SerializedFileReader::new(bytes).map_err(|_| damaged())?;
    let room = Room::default();
    // Columns are packed apart from one another, so that each can be unpacked on its own.
    let unpacked = columns.par_iter().map(|column| {
        let Some(leaf) = column.leaf else { return Ok(Cells::default()) };
        // Guarded here as well, because what a thread panics with is shown by that thread.
        guarded(|| cells(&file, leaf, rows, &room)).unwrap_or(Err(Fault::Damaged))
    });
    let unpacked = unpacked.collect::<Result<Vec<Cells>, Fault>>()?;
    let named = columns.iter().zip(unpacked).map(|(column, cells)| (column.name.as_str(), cells.text, cells.spans));
    let grid = Grid::of_columns(named, rows);
    check_size(&grid)?;
    Ok(grid)
}

/// Every cell of a column.
fn cells(file: &SerializedFileReader<Bytes>, leaf: usize, rows: usize, room: &Room) -> Result<Cells, Fault> {
    let mut cells = Cells::new(rows);
    for index in 0..file.num_row_groups() {
        let group = file.get_row_group(index).map_err(|_| damaged())?;
        let rows = usize::try_from(group.metadata().num_rows()).map_err(|_| damaged())?;
        if rows == 0 {
            continue;
        }
        let described = group.metadata().schema_descr().column(leaf);
        let reader = group.get_column_reader(leaf).map_err(|_| damaged())?;
        let named = |fault| match fault {
            Fault::Cell { row, what, hint } => Fault::Cell { row, what: format!("column `{}`: {what}", inert(described.name())), hint },
            other => other,
        };
        let group = Group { meaning: Meaning::of(&described).map_err(named)?, levels: described.max_def_level(), rows, room };
        unpack(reader, &group, &mut cells).map_err(named)?;
    }
    Ok(cells)
}

pub(super) fn too_large(rows: usize) -> Fault {
    Fault::TooLarge(format!("expected a table of at most {} MiB, got {rows} rows", Grid::MOST_BYTES >> 20))
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

/// Adds the cells of one column of a row group.
fn unpack(reader: ColumnReader, group: &Group<'_>, out: &mut Cells) -> Result<(), Fault> {
    match reader {
        ColumnReader::BoolColumnReader(mut reader) => out.fill(&mut reader, group, |value, text| {
            text.push_str(if *value { "TRUE" } else { "FALSE" });
            Ok(())
        }),
        ColumnReader::Int32ColumnReader(mut reader) => out.fill_integers(&mut reader, group, |value| i64::from(*value)),
        ColumnReader::Int64ColumnReader(mut reader) => out.fill_integers(&mut reader, group, |value| *value),
        ColumnReader::Int96ColumnReader(mut reader) => out.fill(&mut reader, group, |value, text| {
            let nanos = value.to_nanos();
            let shown = date_time(nanos.div_euclid(1_000_000_000), nanos.rem_euclid(1_000_000_000) as u32);
            text.push_str(&shown.ok_or(Fault::Damaged)?);
            Ok(())
        }),
        // As the shortest decimal of its own width: 0.1 and not 0.10000000149.
        ColumnReader::FloatColumnReader(mut reader) => out.fill_floats(
            &mut reader,
            group,
            |value| f64::from(*value),
            |value, text| write!(text, "{}", if *value == 0.0 { 0.0 } else { *value }).map_err(|_| damaged()),
        ),
        ColumnReader::DoubleColumnReader(mut reader) => out.fill_floats(
            &mut reader,
            group,
            |value| *value,
            |value, text| {
                text.push_str(&plain_number(*value));
                Ok(())
            },
        ),
        ColumnReader::ByteArrayColumnReader(mut reader) => {
            out.fill(&mut reader, group, |value, text| group.meaning.bytes(value.data(), text))
        }
        ColumnReader::FixedLenByteArrayColumnReader(mut reader) => {
            out.fill(&mut reader, group, |value, text| group.meaning.bytes(value.data(), text))
        }
    }
}

/// What the stored values of a column stand for.
pub(super) enum Meaning {
    Integer,
    /// Without a sign, of so many bits.
    Unsigned(u8),
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
        let unsigned = Self::Unsigned(if column.physical_type() == Physical::INT32 { 32 } else { 64 });
        Ok(match (column.logical_type_ref(), column.converted_type()) {
            (Some(LogicalType::Integer(kind)), _) if !kind.is_signed => unsigned,
            (Some(LogicalType::Integer(_)), _) => Self::Integer,
            (Some(LogicalType::Decimal(_)), _) | (None, ConvertedType::DECIMAL) => Self::Decimal(scale()?),
            (Some(LogicalType::Date), _) | (None, ConvertedType::DATE) => Self::Date,
            (Some(LogicalType::Time(time)), _) => Self::Time(parts(&time.unit)),
            (Some(LogicalType::Timestamp(time)), _) => Self::Timestamp(parts(&time.unit)),
            (None, ConvertedType::TIME_MILLIS) => Self::Time(1_000),
            (None, ConvertedType::TIME_MICROS) => Self::Time(1_000_000),
            (None, ConvertedType::TIMESTAMP_MILLIS) => Self::Timestamp(1_000),
            (None, ConvertedType::TIMESTAMP_MICROS) => Self::Timestamp(1_000_000),
            (None, ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64) => unsigned,
            (None, ConvertedType::NONE) if column.physical_type() == Physical::FIXED_LEN_BYTE_ARRAY => Self::Unreadable,
            (None, ConvertedType::INTERVAL | ConvertedType::BSON) => Self::Unreadable,
            (Some(LogicalType::String | LogicalType::Enum | LogicalType::Json), _) => Self::Text,
            (Some(_), _) => Self::Unreadable,
            (None, _) if column.physical_type() == Physical::BYTE_ARRAY => Self::Text,
            (None, _) => Self::Integer,
        })
    }

    pub(super) fn integer(&self, value: i64, text: &mut String) -> Result<(), Fault> {
        let written = match self {
            Self::Integer => return write!(text, "{value}").map_err(|_| damaged()),
            // 32 bits were widened with a sign, which they do not have.
            Self::Unsigned(32) => (value as u32).to_string(),
            Self::Unsigned(_) => (value as u64).to_string(),
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
                let sign = if negative { 0xFF } else { 0 };
                // Of more than 128 bits the upper ones must only repeat the sign.
                let (upper, bytes) = bytes.split_at(bytes.len().saturating_sub(16));
                let is_signed_alike = bytes.first().is_some_and(|byte| byte & 0x80 == sign & 0x80);
                let is_repeated = is_signed_alike && upper.iter().all(|byte| *byte == sign);
                if bytes.is_empty() || !(upper.is_empty() || is_repeated) {
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
    let what = "expected text, numbers or dates, got values of a kind that is not read".to_owned();
    Fault::Cell { row: None, what, hint: "write it as text or numbers" }
}
