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
    cells: Cells,
    /// The numbers of the rows that its program hides, ascending.
    pub hidden: Vec<u64>,
}

/// The cells of a grid, by rows or by columns as its file holds them.
#[derive(Debug)]
enum Cells {
    Rows {
        cells: Vec<Span>,
        /// The number of each row as its program shows it, and how many cells stand before the row.
        rows: Vec<(u64, usize)>,
    },
    /// Cell `i` of every column is in row number `i + 1`, under a header in row 0.
    Columns { columns: Vec<Column>, rows: usize },
}

#[derive(Debug)]
struct Column {
    name: Span,
    /// Where the text of its cells begins.
    start: usize,
    /// Nothing where the column is not needed: its cells are empty then.
    cells: Vec<Span>,
}

impl Default for Cells {
    fn default() -> Self {
        Cells::Rows { cells: Vec::new(), rows: Vec::new() }
    }
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

    /// A grid by columns, with a header in row 0 and `rows` rows under it. Each column is its name, a text and the cells as
    /// pieces of that text; where there are fewer cells than rows, those that lack are empty.
    pub fn of_columns<'n>(columns: impl Iterator<Item = (&'n str, String, Vec<Span>)>, rows: usize) -> Self {
        let mut grid = Self::default();
        let columns = columns.map(|(name, text, cells)| {
            let (name, start) = (grid.keep(name), grid.text.len());
            grid.text.push_str(&text);
            Column { name, start, cells }
        });
        let columns = columns.collect();
        grid.cells = Cells::Columns { columns, rows };
        grid
    }

    /// Starts row `number` (from 1, as its program shows it) of a grid that is filled by rows.
    pub fn row(&mut self, number: u64) {
        if let Cells::Rows { cells, rows } = &mut self.cells {
            rows.push((number, cells.len()));
        }
    }

    /// Adds a cell to the row started last.
    pub fn cell(&mut self, text: &str) {
        let span = self.keep(text);
        if let Cells::Rows { cells, .. } = &mut self.cells {
            cells.push(span);
        }
    }

    fn keep(&mut self, text: &str) -> Span {
        let span = Span::of_text(self.text.len(), text);
        self.text.push_str(text);
        span
    }

    /// How many bytes it takes, for [`Self::MOST_BYTES`], which whoever fills it has to heed.
    pub fn size(&self) -> usize {
        let cells = match &self.cells {
            Cells::Rows { cells, rows } => cells.len() * size_of::<Span>() + rows.len() * size_of::<(u64, usize)>(),
            Cells::Columns { columns, .. } => columns.iter().map(|column| column.cells.len()).sum::<usize>() * size_of::<Span>(),
        };
        self.text.len() + cells
    }

    /// How many rows come before the one that its program shows as `number`.
    fn rows_before(&self, number: u64) -> usize {
        match &self.cells {
            Cells::Rows { rows, .. } => rows.partition_point(|(shown, _)| *shown < number),
            Cells::Columns { rows, .. } => usize::try_from(number).unwrap_or(usize::MAX).min(*rows + 1),
        }
    }

    /// Puts row `index`, counted from 0, into `record`; `None` where there is none.
    fn read(&self, index: usize, record: &mut Record) -> Option<()> {
        let piece = |span: &Span, start: usize| (start + span.start as usize, start + span.end as usize);
        match &self.cells {
            Cells::Rows { cells, rows } => {
                let &(number, first) = rows.get(index)?;
                let end = rows.get(index + 1).map_or(cells.len(), |(_, end)| *end);
                record.refill(number, cells[first..end].iter().map(|span| piece(span, 0)));
            }
            Cells::Columns { columns, rows } => match index.checked_sub(1) {
                None => record.refill(0, columns.iter().map(|column| piece(&column.name, 0))),
                Some(row) if row < *rows => {
                    let cell = |column: &Column| column.cells.get(row).map_or((0, 0), |span| piece(span, column.start));
                    record.refill(index as u64, columns.iter().map(cell));
                    record.shares_texts = true;
                }
                Some(_) => return None,
            },
        }
        Some(())
    }

    /// The number of each row, and how many cells it has.
    #[cfg(test)]
    pub fn numbers_and_widths(&self) -> Vec<(u64, usize)> {
        let mut record = Record::default();
        (0..).map_while(|index| self.read(index, &mut record).map(|()| (record.line, record.len()))).collect()
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
        Self::Grid { grid, next: grid.rows_before(first) }
    }

    /// Reads the next record into `record`; `None` at the end. Its cells are pieces of [`Self::text`].
    pub fn read(&mut self, record: &mut Record) -> Option<Result<(), RecordFault>> {
        match self {
            Self::Text(lexer) => lexer.read(record),
            Self::Grid { grid, next } => {
                grid.read(*next, record)?;
                *next += 1;
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
        assert_eq!(grid.numbers_and_widths(), [(1, 1), (3, 2), (4, 2)]);
    }

    #[test]
    fn a_grid_by_columns_has_a_row_of_names_and_empty_cells_where_nothing_was_read() {
        let spans = |text: &str, ends: &[usize]| {
            let starts = [0].into_iter().chain(ends.iter().copied());
            starts.zip(ends).map(|(start, end)| Span::of_text(start, &text[start..*end])).collect::<Vec<_>>()
        };
        let mut scores = spans("56", &[1, 2]);
        scores.push(Span::default());
        let columns = [("id", "s1s2s3", spans("s1s2s3", &[2, 4, 6])), ("note", "", Vec::new()), ("x", "56", scores)];
        let grid = Grid::of_columns(columns.into_iter().map(|(name, text, cells)| (name, text.to_owned(), cells)), 3);
        let rows = |first: u64| {
            let (mut record, mut rows) = (Record::default(), Vec::new());
            let mut records = Records::of_grid(&grid, first);
            while records.read(&mut record) == Some(Ok(())) {
                let cells: Vec<String> = (0..record.len()).map(|i| record.cell(records.text(), i).into_owned()).collect();
                rows.push(format!("{}: {}", record.line, cells.join(",")));
            }
            rows
        };
        assert_eq!(rows(0), ["0: id,note,x", "1: s1,,5", "2: s2,,6", "3: s3,,"]);
        assert_eq!((rows(3), rows(9)), (vec!["3: s3,,".to_owned()], Vec::new()));
        assert_eq!(grid.size(), "ids1s2s3notex56".len() + (3 + 3) * 8);
    }
}
