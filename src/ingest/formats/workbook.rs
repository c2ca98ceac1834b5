//! Workbooks: the sheet that is meant, as a grid.

use super::faults::Fault;
use super::sheet::{Sheet, SheetRows, choose};
use super::{Format, ods, xls, xlsb, xlsx, zip_bounds};
use crate::ingest::content::Grid;
use crate::trial::Problem;

/// Reads the sheet `wanted`, or the only one with data, of workbook `file`: its cells and the sheet's name.
pub fn read(bytes: &[u8], format: Format, wanted: Option<&str>, header_line: Option<u64>, file: &str) -> Result<(Grid, String), Problem> {
    let problem = |fault: Fault| fault.problem(file, format.kind());
    let (look, rows) = (wanted.is_none(), SheetRows::new(header_line));
    let chosen = |sheets: Vec<Sheet>| choose(&sheets, wanted, file).map(|sheet| sheet.name.clone());
    if format != Format::Xls {
        zip_bounds::check(bytes).map_err(problem)?;
    }
    let (rows, sheet) = match format {
        Format::Xlsb => {
            let mut book = xlsb::Workbook::open(bytes).map_err(problem)?;
            let sheet = chosen(book.sheets(look))?;
            (book.read(&sheet, rows).map_err(problem)?, sheet)
        }
        Format::Xls => {
            let mut book = xls::Workbook::open(bytes).map_err(problem)?;
            let sheet = chosen(book.sheets())?;
            (book.read(&sheet, rows).map_err(problem)?, sheet)
        }
        Format::Ods => {
            let mut book = ods::Workbook::open(bytes).map_err(problem)?;
            let sheet = chosen(book.sheets().map_err(problem)?)?;
            (book.read(&sheet, rows).map_err(problem)?, sheet)
        }
        _ => {
            let mut book = xlsx::Workbook::open(bytes).map_err(problem)?;
            let sheet = chosen(book.sheets(look))?;
            (book.read(&sheet, rows).map_err(problem)?, sheet)
        }
    };
    Ok((rows.finish(), sheet))
}

/// The sheets of a workbook, with whether each holds data.
pub fn sheets(bytes: &[u8], format: Format) -> Result<Vec<Sheet>, Fault> {
    if format != Format::Xls {
        zip_bounds::check(bytes)?;
    }
    match format {
        Format::Xlsb => Ok(xlsb::Workbook::open(bytes)?.sheets(true)),
        Format::Xls => Ok(xls::Workbook::open(bytes)?.sheets()),
        Format::Ods => ods::Workbook::open(bytes)?.sheets(),
        _ => Ok(xlsx::Workbook::open(bytes)?.sheets(true)),
    }
}
