//! What a file holds once its bytes are understood: text with records still to be found, or a grid of cells.

use super::records::{Lexer, Record, RecordFault};

/// The content of a file.
#[derive(Debug)]
pub enum Content {
    /// A text table; separator and header are still to be found.
    Text(String),
    /// Cells of a file that is no text: a spreadsheet, Parquet, SPSS, Stata.
    Grid(Grid),
}

/// Rows of cells as text. The first row is the header, as in a text table.
#[derive(Debug, Default)]
pub struct Grid {
    /// The texts of all cells; equal ones may be kept once.
    text: String,
    cells: Vec<Span>,
    /// The number of each row as its program shows it, and how many cells stand before the row.
    rows: Vec<(u64, usize)>,
    /// The numbers of the rows that its program hides, ascending.
    pub hidden: Vec<u64>,
}

/// A piece of a grid's text: where it starts and ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The piece that `text` is when it is appended at `start`.
    pub fn of_text(start: usize, text: &str) -> Self {
        Self { start: start as u32, end: (start + text.len()) as u32 }
    }

    /// The piece of `text` that it is.
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }
}

impl Grid {
    /// The most that a grid may take: more would not leave room for reading it in a gigabyte.
    pub const MOST_BYTES: usize = 1 << 29;

    /// Starts row `number` (from 1, as its program shows it).
    pub fn row(&mut self, number: u64) {
        self.rows.push((number, self.cells.len()));
    }

    /// Adds a cell to the row started last.
    pub fn cell(&mut self, text: &str) {
        let span = self.keep(text);
        self.cell_at(span);
    }

    /// Keeps a text for cells that are added by [`Self::cell_at`].
    pub fn keep(&mut self, text: &str) -> Span {
        let span = Span::of_text(self.text.len(), text);
        self.text.push_str(text);
        span
    }

    /// Keeps the texts of a whole column, whose cells are added by [`Self::cell_at`].
    pub fn adopt(&mut self, text: &str, mut spans: Vec<Span>) -> Vec<Span> {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        for span in &mut spans {
            (span.start, span.end) = (span.start + start, span.end + start);
        }
        spans
    }

    /// Adds a cell with a text that is kept already.
    pub fn cell_at(&mut self, text: Span) {
        self.cells.push(text);
    }

    /// How many bytes it takes, for [`Self::MOST_BYTES`], which whoever fills it has to heed.
    pub fn size(&self) -> usize {
        self.text.len() + self.cells.len() * size_of::<Span>() + self.rows.len() * size_of::<(u64, usize)>()
    }

    /// The number of each row, and how many cells it has.
    #[cfg(test)]
    pub fn numbers_and_widths(&self) -> impl Iterator<Item = (u64, usize)> {
        let ends = self.rows.iter().skip(1).map(|(_, first)| *first).chain([self.cells.len()]);
        self.rows.iter().zip(ends).map(|((number, first), end)| (*number, end - first))
    }
}

/// The records of a content, one after another.
#[derive(Debug, Clone)]
pub enum Records<'a> {
    Text(Lexer<'a>),
    Grid { grid: &'a Grid, next: usize },
}

impl<'a> Records<'a> {
    /// The rows of a grid from the one its program shows as `first`. A header that is no row of its own (Parquet, SPSS,
    /// Stata) is row 0.
    pub fn of_grid(grid: &'a Grid, first: u64) -> Self {
        Self::Grid { grid, next: grid.rows.partition_point(|(number, _)| *number < first) }
    }

    /// Reads the next record into `record`; `None` at the end. Its cells are pieces of [`Self::text`].
    pub fn read(&mut self, record: &mut Record) -> Option<Result<(), RecordFault>> {
        match self {
            Self::Text(lexer) => lexer.read(record),
            Self::Grid { grid, next } => {
                let &(number, first) = grid.rows.get(*next)?;
                *next += 1;
                let end = grid.rows.get(*next).map_or(grid.cells.len(), |(_, end)| *end);
                record.refill(number, grid.cells[first..end].iter().map(|cell| (cell.start as usize, cell.end as usize)));
                Some(Ok(()))
            }
        }
    }

    /// Whether row `number` is one that a spreadsheet hides.
    pub fn is_hidden(&self, number: u64) -> bool {
        matches!(self, Self::Grid { grid, .. } if grid.hidden.binary_search(&number).is_ok())
    }

    /// What separates the cells of a text.
    pub fn separator(&self) -> Option<u8> {
        match self {
            Self::Text(lexer) => Some(lexer.separator()),
            Self::Grid { .. } => None,
        }
    }

    /// The text that the cells of its records are pieces of.
    pub fn text(&self) -> &'a str {
        match self {
            Self::Text(lexer) => lexer.text(),
            Self::Grid { grid, .. } => &grid.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_gives_its_rows_from_the_one_asked_for() {
        let mut grid = Grid::default();
        for (number, cells) in [(1, vec!["title"]), (3, vec!["id", "x"]), (4, vec!["s1", ""])] {
            grid.row(number);
            cells.iter().for_each(|cell| grid.cell(cell));
        }
        let (mut record, mut seen) = (Record::default(), Vec::new());
        let mut records = Records::of_grid(&grid, 2);
        while records.read(&mut record) == Some(Ok(())) {
            seen.push((record.line, (0..record.len()).map(|i| record.cell(records.text(), i).into_owned()).collect::<Vec<_>>()));
        }
        assert_eq!(seen, [(3, vec!["id".to_owned(), "x".to_owned()]), (4, vec!["s1".to_owned(), String::new()])]);
        assert_eq!(grid.numbers_and_widths().collect::<Vec<_>>(), [(1, 1), (3, 2), (4, 2)]);
    }
}
