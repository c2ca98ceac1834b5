//! SPSS `.sav` and `.zsav`.

use encoding_rs::Encoding;

use super::cell_text::{clock, date_time, plain_number};
use super::faults::{Fault, check_size, damaged};
use super::needed::Needed;
use super::spss_data::{Element, Elements};
use super::spss_dictionary::{Dictionary, Piece, Variable, decoded};
use crate::decimal::Score;
use crate::ingest::content::Grid;
use crate::ingest::inert;
use crate::ingest::missing::MissingCodes;

/// 1582-10-14, from which SPSS counts, in seconds of 1970.
const DAY_ZERO: i64 = -12_219_379_200;

/// Reads the cases, numbered from 1, under a header in row 0. Numbers are read, never their labels.
///
/// A value that the variable declares missing is that value where the plan declares it too (`codes`); else it is marked, so
/// that it is no number.
pub fn read(bytes: &[u8], declared: Option<&'static Encoding>, codes: &MissingCodes, needed: &Needed) -> Result<Grid, Fault> {
    let dictionary = Dictionary::read(bytes, declared)?;
    let columns: Vec<&Variable> = dictionary.variables.iter().collect();
    let wanted: Vec<bool> =
        columns.iter().map(|variable| variable.very_long != Some(Piece::Further) && needed.has(&variable.name)).collect();
    if let Some(long) = columns.iter().zip(&wanted).find(|(variable, wanted)| **wanted && variable.very_long.is_some()) {
        return Err(Fault::Cell {
            row: None,
            what: format!("variable `{}` holds texts of more than 255 bytes, which are not read", inert(&long.0.name)),
            hint: "in SPSS make it shorter by ALTER TYPE, or export the file as CSV",
        });
    }
    let mut elements = Elements::new(bytes, dictionary.data, dictionary.packing, dictionary.bias, dictionary.big_endian)?;

    let mut grid = Grid::default();
    grid.row(0);
    let shown = |variable: &Variable| variable.very_long != Some(Piece::Further);
    columns.iter().filter(|variable| shown(variable)).for_each(|variable| grid.cell(&variable.name));
    let (mut number, mut text) = (0, Vec::new());
    while dictionary.cases.is_none_or(|cases| number < cases) {
        for (index, variable) in columns.iter().enumerate() {
            text.clear();
            let mut value = Element::Missing;
            for piece in 0..variable.elements() {
                let Some(element) = elements.next()? else {
                    // The file may say that it does not know how many cases it has; then it ends between two.
                    let between = index == 0 && piece == 0 && dictionary.cases.is_none();
                    return if between { Ok(grid) } else { Err(damaged()) };
                };
                value = element;
                if variable.width > 0 {
                    let Element::Bytes(bytes) = element else { return Err(damaged()) };
                    text.extend_from_slice(&bytes);
                }
            }
            if index == 0 {
                number += 1;
                grid.row(number);
            }
            if !wanted[index] {
                if shown(variable) {
                    grid.cell("");
                }
            } else if variable.width > 0 {
                text.truncate(variable.width);
                grid.cell(&text_cell(variable, &text, &dictionary)?);
            } else {
                grid.cell(&number_cell(variable, value, &dictionary, codes)?);
            }
        }
        check_size(&grid)?;
        if columns.is_empty() {
            return Err(damaged());
        }
    }
    Ok(grid)
}

fn text_cell(variable: &Variable, bytes: &[u8], dictionary: &Dictionary) -> Result<String, Fault> {
    let text = decoded(bytes, dictionary.encoding)?;
    let start = [bytes, &[b' '; 8]].concat();
    let is_missing = !text.is_empty() && variable.missing.values.iter().any(|value| bytes.len() <= 8 && start[..8] == value[..]);
    Ok(if is_missing { marked(&text) } else { text })
}

fn number_cell(variable: &Variable, value: Element, dictionary: &Dictionary, codes: &MissingCodes) -> Result<String, Fault> {
    let of = |eight: [u8; 8]| if dictionary.big_endian { f64::from_be_bytes(eight) } else { f64::from_le_bytes(eight) };
    let number = match value {
        Element::Missing => return Ok(String::new()),
        Element::Small(number) => number,
        Element::Bytes(eight) => of(eight),
    };
    // Missing without a reason is the lowest number there is.
    if number == f64::MIN {
        return Ok(String::new());
    }
    let is_missing = variable.missing.range.is_some_and(|(low, high)| low <= number && number <= high)
        || variable.missing.values.iter().any(|value| of(*value) == number);
    let text = match variable.format {
        // DATE, ADATE, JDATE, MOYR, QYR, WKYR, DATETIME, EDATE, SDATE, YMDHMS.
        20 | 22..=24 | 28..=30 | 38 | 39 | 41 if !is_missing => moment(number)?,
        // TIME, DTIME, MTIME.
        21 | 25 | 40 if !is_missing => clock(number),
        _ => plain_number(number),
    };
    let declared = Score::parse(&text, '.').is_ok_and(|score| codes.has_number(score));
    Ok(if is_missing && !declared { marked(&text) } else { text })
}

fn moment(seconds: f64) -> Result<String, Fault> {
    let whole = seconds.floor();
    if !(0.0..4e11).contains(&whole) {
        return Err(damaged());
    }
    date_time(whole as i64 + DAY_ZERO, 0).ok_or(Fault::Damaged)
}

/// A value that the file declares missing, written so that it is no number.
fn marked(text: &str) -> String {
    format!("{text} (missing in SPSS)")
}
