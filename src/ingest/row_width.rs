//! How many cells a row has, where that is not the header's number for a reason that is certain.

use super::content::Records;
use super::header::Header;
use super::records::Record;
use super::settings::FileSettings;
use crate::trial::{Problem, ProblemCode};

/// The cells of every row.
#[derive(Debug, Clone, Copy)]
pub struct RowWidth {
    pub cells: usize,
    /// Whether every row ends in one separator more than the header.
    trailing_separator: bool,
}

impl RowWidth {
    /// The header's width; one more where every row ends in an empty cell more; fewer where every row ends before the
    /// header's last columns, which have no name. Rows that are all one cell longer and not empty there are an error:
    /// the names stand over the wrong columns.
    ///
    /// All rows are looked at where the first one differs, and none otherwise. `records` stand at the first row.
    pub fn find(records: &Records, settings: &FileSettings, header: &Header) -> Result<Self, Problem> {
        let width = header.names().len();
        let named = header.names().iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        let as_header = Self { cells: width, trailing_separator: false };
        let (mut records, mut record) = (records.clone(), Record::default());
        let text = records.text();
        let (mut rows, mut first, mut all_blank) = (0, None, true);
        let mut running = Some(0);
        while let Some(step) = records.read(&mut record) {
            if record.is_blank(text) {
                continue;
            }
            let cells = record.len();
            if step.is_err() || cells == width || cells != width + 1 && cells != named {
                return Ok(as_header);
            }
            let (cells_before, _) = *first.get_or_insert((cells, record.line));
            if cells != cells_before {
                return Ok(as_header);
            }
            rows += 1;
            running = running.and_then(|last| super::trim(&record.cell(text, 0)).parse::<u64>().ok().filter(|number| *number > last));
            all_blank &= cells < width || super::trim(&record.cell(text, width)).is_empty();
        }
        match first {
            Some((cells, _)) if cells < width => Ok(Self { cells, trailing_separator: false }),
            Some((cells, _)) if all_blank && rows > 1 => Ok(Self { cells, trailing_separator: true }),
            Some((cells, line)) if rows > 1 => {
                let what = format!("every row has {cells} cells and the header {width}: the names do not stand over their columns");
                let hint = match running {
                    Some(_) => "R's write.table leaves out the name of the row names: add a name for the first column to the header",
                    None => "give every column its name in the header; if the rows have a cell too many, remove it from all of them",
                };
                Err(Problem::error(ProblemCode::LongRow, settings.place().line(line), what).with_count(rows).with_hint(hint))
            }
            _ => Ok(as_header),
        }
    }

    /// The warning for a separator too many in every row.
    pub fn note(&self, settings: &FileSettings, rows: usize) -> Option<Problem> {
        self.trailing_separator.then(|| {
            let what = format!(
                "every row has {} cells and the header {}; the last is empty in all of them and was left out",
                self.cells,
                self.cells - 1
            );
            Problem::warning(ProblemCode::LongRow, settings.place(), what).with_count(rows)
        })
    }
}
