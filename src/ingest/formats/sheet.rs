//! What the sheets of any workbook share: which one is meant, and its cells as rows of a grid.

use super::faults::{Fault, check_size, damaged};
use crate::ingest::content::Grid;
use crate::ingest::header::nearest;
use crate::ingest::{canonical, inert, trim};
use crate::trial::{Place, Problem, ProblemCode};

/// Columns that a sheet can have in any program.
pub const MOST_COLUMNS: u32 = 16_384;

/// Sheets named in a message.
const NAMED: usize = 20;

/// A sheet, before it is read.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub name: String,
    pub visible: bool,
    /// Whether any of its cells holds something.
    pub filled: bool,
}

/// The sheet that the plan names; else the only visible one with data.
pub fn choose<'s>(sheets: &'s [Sheet], wanted: Option<&str>, file: &str) -> Result<&'s Sheet, Problem> {
    let uncertain = |what: String| Problem::error(ProblemCode::SheetUncertain, Place::file(inert(file)), what);
    if let Some(wanted) = wanted {
        let key = canonical(wanted.into());
        let exact = sheets.iter().find(|sheet| sheet.name == wanted);
        return exact.or_else(|| sheets.iter().find(|sheet| canonical(sheet.name.as_str().into()) == key)).ok_or_else(|| {
            let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
            let problem = uncertain(format!("no sheet `{}`, only {}", inert(wanted), listed(&names))).with_value(inert(wanted));
            match nearest(wanted, &names) {
                Some(nearest) => problem.with_hint(format!("did you mean `{}`?", inert(nearest))),
                None => problem.with_hint("correct the name of the sheet, behind the `#` of the file or under `sheet`"),
            }
        });
    }
    let filled: Vec<&Sheet> = sheets.iter().filter(|sheet| sheet.filled).collect();
    let visible: Vec<&Sheet> = filled.iter().copied().filter(|sheet| sheet.visible).collect();
    match (visible.as_slice(), filled.as_slice()) {
        ([only], _) => Ok(only),
        ([], []) => Err(Problem::error(ProblemCode::FileEmpty, Place::file(inert(file)), "expected a sheet with data, got none")
            .with_hint("check that the export was finished")),
        ([], hidden) => {
            let names: Vec<String> = hidden.iter().map(|sheet| sheet.name.clone()).collect();
            Err(uncertain(format!("only hidden sheets hold data: {}", listed(&names))).with_hint(declare(hidden[0])))
        }
        (several, _) => {
            let names: Vec<String> = several.iter().map(|sheet| sheet.name.clone()).collect();
            Err(uncertain(format!("more than one sheet holds data: {}", listed(&names))).with_hint(declare(several[0])))
        }
    }
}

fn declare(sheet: &Sheet) -> String {
    format!(
        "say which one is meant: `sheet = \"{0}\"` under [data] in trial.toml, or `#{0}` behind the name of the file; sheets of one visit \
         each are named as `pre` and `post`",
        inert(&sheet.name)
    )
}

fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{}`", inert(name))).collect();
    let more = if names.len() > NAMED { format!(" and {} more", names.len() - NAMED) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// Rows of a grid from single cells, which come row by row and from left to right.
///
/// Extent is what the cells say, not what the file declares. Rows are filled up to the width of the header, which is the
/// first row at or under `header_line`; what stands right of it stays, to be reported as a row too long.
#[derive(Debug)]
pub struct SheetRows {
    grid: Grid,
    header_line: u64,
    header_width: Option<usize>,
    /// The row being filled, and how many cells it has.
    row: Option<(u32, usize)>,
}

impl SheetRows {
    pub fn new(header_line: Option<u64>) -> Self {
        Self { grid: Grid::default(), header_line: header_line.unwrap_or(0), header_width: None, row: None }
    }

    /// Puts `text` in a cell, row and column from 0. Blank text is no cell.
    pub fn put(&mut self, row: u32, column: u32, text: &str) -> Result<(), Fault> {
        if trim(text).is_empty() {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            return Err(damaged());
        }
        let column = column as usize;
        let width = match self.row {
            Some((current, width)) if current == row => width,
            Some((current, _)) if current > row => return Err(damaged()),
            _ => {
                self.end_row();
                self.grid.row(u64::from(row) + 1);
                0
            }
        };
        if column < width {
            return Err(damaged());
        }
        (width..column).for_each(|_| self.grid.cell(""));
        self.grid.cell(text);
        self.row = Some((row, column + 1));
        check_size(&self.grid)
    }

    /// Says that the sheet hides `row`, where a cell was put in it.
    pub fn hide(&mut self, row: u32) {
        let number = u64::from(row) + 1;
        if self.row.is_some_and(|(current, _)| current == row) && self.grid.hidden.last() != Some(&number) {
            self.grid.hidden.push(number);
        }
    }

    fn end_row(&mut self) {
        let Some((row, width)) = self.row else { return };
        if u64::from(row) + 1 >= self.header_line {
            let full = *self.header_width.get_or_insert(width);
            (width..full).for_each(|_| self.grid.cell(""));
        }
    }

    pub fn finish(mut self) -> Grid {
        self.end_row();
        self.grid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, visible: bool, filled: bool) -> Sheet {
        Sheet { name: name.into(), visible, filled }
    }

    #[test]
    fn the_only_visible_sheet_with_data_is_taken() {
        let sheets = [sheet("Lists", false, true), sheet("Data", true, true), sheet("Sheet3", true, false)];
        assert_eq!(choose(&sheets, None, "a.xlsx").map(|sheet| sheet.name.as_str()).ok(), Some("Data"));
        assert_eq!(choose(&sheets, Some("Lists"), "a.xlsx").map(|sheet| sheet.name.as_str()).ok(), Some("Lists"));
    }

    #[test]
    fn doubt_about_the_sheet_stops() {
        let sheets = [sheet("Pre", true, true), sheet("Post", true, true)];
        let problem = choose(&sheets, None, "a.xlsx").unwrap_err();
        assert_eq!(problem.to_string(), "a.xlsx: more than one sheet holds data: `Pre`, `Post`");
        assert!(problem.hint.is_some_and(|hint| hint.contains("`sheet = \"Pre\"`")));
        let problem = choose(&sheets, Some("Prae"), "a.xlsx").unwrap_err();
        assert_eq!((problem.code, problem.hint.as_deref()), (ProblemCode::SheetUncertain, Some("did you mean `Pre`?")));
        assert_eq!(choose(&[sheet("A", true, false)], None, "a.xlsx").unwrap_err().code, ProblemCode::FileEmpty);
        assert_eq!(choose(&[sheet("A", false, true)], None, "a.xlsx").unwrap_err().code, ProblemCode::SheetUncertain);
    }

    #[test]
    fn rows_are_as_wide_as_the_header() {
        let mut rows = SheetRows::new(Some(2));
        for (row, column, text) in [(0, 0, "title"), (2, 1, "id"), (2, 2, "x"), (4, 1, "s1"), (4, 9, " "), (5, 3, "far")] {
            rows.put(row, column, text).unwrap();
        }
        assert!(rows.put(5, 3, "again").is_err());
        assert!(rows.put(4, 9, "back").is_err());
        assert!(rows.put(6, MOST_COLUMNS, "out").is_err());
        let grid = rows.finish();
        assert_eq!(grid.numbers_and_widths(), [(1, 1), (3, 3), (5, 3), (6, 4)]);
    }
}
