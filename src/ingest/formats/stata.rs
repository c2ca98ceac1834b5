//! Stata's `.dta`, versions 113 (Stata 8) and later.

use std::cell::Cell;
use std::fmt::Display;
use std::io::{Cursor, Read};
use std::rc::Rc;

use dta::stata::dta::dta_reader::DtaReader;
use dta::stata::dta::schema::Schema;
use dta::stata::dta::value::Value;
use dta::stata::missing_value::MissingValue;
use dta::stata::stata_byte::StataByte;
use dta::stata::stata_double::StataDouble;
use dta::stata::stata_float::StataFloat;
use dta::stata::stata_int::StataInt;
use dta::stata::stata_long::StataLong;
use dta::stata::temporal::TemporalKind;
use dta::stata::temporal::conversion::{tc_millis_to_unix_millis, th_halves_to_year_half, tm_months_to_year_month};
use dta::stata::temporal::conversion::{tq_quarters_to_year_quarter, tw_weeks_to_year_week};

use super::cell_text::{date, date_time, plain_number};
use super::compound::u32_at;
use super::faults::{Fault, check_size, damaged};
use super::needed::Needed;
use crate::ingest::content::Grid;
use crate::ingest::inert;

/// Bytes that a variable takes in the description of the data, at least.
const LEAST_DESCRIPTION: u64 = 33;
/// Stata 8, the first to write the version that is read here.
const OLDEST: u8 = 113;
/// 1960-01-01, Stata's day 0, in days of 1970.
const DAY_ZERO: i64 = -3653;

/// Reads the observations, numbered from 1, under a header in row 0. Numbers are read, never their labels.
pub fn read(bytes: &[u8], needed: &Needed) -> Result<Grid, Fault> {
    let tagged = bytes.starts_with(b"<stata_dta>");
    if !tagged && bytes.first().is_none_or(|version| *version < OLDEST) {
        return Err(Fault::Cell {
            row: None,
            what: "expected a file of Stata 8 or later, got an older one".to_owned(),
            hint: "open it in Stata and save it again, or export it as CSV",
        });
    }
    let at = Rc::new(Cell::new(0));
    let source = Counted { bytes: Cursor::new(bytes), at: Rc::clone(&at) };
    let described = DtaReader::new().from_reader(source).read_header().map_err(|_| damaged())?;
    // Room is made for the declared number before a single one is read.
    if u64::from(described.header().variable_count()) > bytes.len() as u64 / LEAST_DESCRIPTION {
        return Err(damaged());
    }
    let mut characteristics = described.read_schema().map_err(|_| damaged())?;
    check_characteristics(bytes, at.get(), tagged)?;
    characteristics.skip_to_end().map_err(|_| damaged())?;
    let mut records = characteristics.into_record_reader().map_err(|_| damaged())?;
    let schema = records.schema().clone();
    if schema.variables().is_empty() {
        return Err(damaged());
    }
    let columns = columns(&schema, needed)?;

    let mut grid = Grid::default();
    grid.row(0);
    schema.variables().iter().for_each(|variable| grid.cell(variable.name()));
    let mut number = 0;
    while let Some(record) = records.read_record().map_err(|_| damaged())? {
        number += 1;
        grid.row(number);
        for (value, column) in record.values().iter().zip(&columns) {
            grid.cell(&column.as_ref().map_or_else(|| Ok(String::new()), |temporal| text(value, *temporal))?);
        }
        check_size(&grid)?;
    }
    Ok(grid)
}

/// For each variable that is needed, what its numbers are in time, if anything.
fn columns(schema: &Schema, needed: &Needed) -> Result<Vec<Option<Option<TemporalKind>>>, Fault> {
    let column = |variable: &dta::stata::dta::variable::Variable| {
        if !needed.has(variable.name()) {
            return Ok(None);
        }
        if variable.variable_type() == dta::stata::dta::variable_type::VariableType::LongString {
            return Err(Fault::Cell {
                row: None,
                what: format!("variable `{}` holds long strings (strL), which are not read", inert(variable.name())),
                hint: "in Stata `recast str244` the variable and save the file again",
            });
        }
        Ok(Some(TemporalKind::from_format(variable.format())))
    };
    schema.variables().iter().map(column).collect()
}

fn text(value: &Value, temporal: Option<TemporalKind>) -> Result<String, Fault> {
    let number = match value {
        Value::String(text) => return Ok(text.to_string()),
        Value::LongStringRef(_) => return Ok(String::new()),
        Value::Byte(StataByte::Missing(code)) | Value::Int(StataInt::Missing(code)) | Value::Long(StataLong::Missing(code)) => {
            return Ok(missing(*code));
        }
        Value::Float(StataFloat::Missing(code)) | Value::Double(StataDouble::Missing(code)) => return Ok(missing(*code)),
        Value::Byte(StataByte::Present(value)) => f64::from(*value),
        Value::Int(StataInt::Present(value)) => f64::from(*value),
        Value::Long(StataLong::Present(value)) => f64::from(*value),
        // As the shortest decimal of its own width: 0.1 and not 0.10000000149.
        Value::Float(StataFloat::Present(value)) if temporal.is_none() => return Ok(shortest(value)),
        Value::Float(StataFloat::Present(value)) => f64::from(*value),
        Value::Double(StataDouble::Present(value)) => *value,
    };
    temporal.map_or_else(|| Ok(plain_number(number)), |kind| moment(number, kind))
}

fn shortest(value: &(impl Display + Default + PartialEq)) -> String {
    let text = value.to_string();
    if text == "-0" { "0".to_owned() } else { text }
}

/// Missing without a reason is the empty cell; `.a` to `.z` are codes that the user gave, to be declared.
fn missing(code: MissingValue) -> String {
    if code == MissingValue::System { String::new() } else { code.to_string() }
}

/// A moment as text that no score could be.
fn moment(number: f64, kind: TemporalKind) -> Result<String, Fault> {
    let whole = number.floor() as i32;
    Ok(match kind {
        TemporalKind::Date => date(i64::from(whole) + DAY_ZERO).ok_or(Fault::Damaged)?,
        TemporalKind::DateTime => {
            let millis = tc_millis_to_unix_millis(number).ok_or(Fault::Damaged)?;
            date_time(millis.div_euclid(1000), millis.rem_euclid(1000) as u32 * 1_000_000).ok_or(Fault::Damaged)?
        }
        TemporalKind::Week => joined(tw_weeks_to_year_week(whole), 'w'),
        TemporalKind::Month => joined(tm_months_to_year_month(whole), 'm'),
        TemporalKind::Quarter => joined(tq_quarters_to_year_quarter(whole), 'q'),
        TemporalKind::HalfYear => joined(th_halves_to_year_half(whole), 'h'),
        TemporalKind::Year => plain_number(number),
        _ => format!("{} %tC", plain_number(number)),
    })
}

fn joined((year, part): (i32, u8), mark: char) -> String {
    format!("{year}{mark}{part}")
}

/// The remarks between description and data: each says its length, for which the library makes room at once.
fn check_characteristics(bytes: &[u8], start: usize, tagged: bool) -> Result<(), Fault> {
    let big_endian = if tagged { bytes.windows(14).take(200).any(|tag| tag == b"<byteorder>MSF") } else { bytes.get(1) == Some(&1) };
    let length_at = |at: usize| u32_at(bytes, at).map(|length| if big_endian { length.swap_bytes() } else { length } as usize);
    let mut at = start;
    if tagged {
        const OPEN: &[u8] = b"<characteristics>";
        at += if bytes[at.min(bytes.len())..].starts_with(OPEN) { OPEN.len() } else { 0 };
        while bytes.get(at..).is_some_and(|rest| rest.starts_with(b"<ch>")) {
            at += 4;
            at += 4 + length_at(at)? + b"</ch>".len();
        }
    } else {
        loop {
            let (kind, length) = (*bytes.get(at).ok_or(Fault::Damaged)?, length_at(at + 1)?);
            at += 5 + length;
            if kind == 0 && length == 0 {
                break;
            }
        }
    }
    if at > bytes.len() { Err(damaged()) } else { Ok(()) }
}

/// Bytes that tell how far they have been read.
struct Counted<'b> {
    bytes: Cursor<&'b [u8]>,
    at: Rc<Cell<usize>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.at.set(self.at.get() + read);
        Ok(read)
    }
}
