//! On which line the header stands, where a title or notes come before it.

use crate::ingest::content::{Content, Records};
use crate::ingest::records::{Lexer, Record};
use crate::ingest::separator;
use crate::ingest::trim;

/// Records looked at.
const SAMPLE: usize = 60;

/// A table narrower than this cannot be told from notes.
const NARROWEST: usize = 3;

/// A record as it counts here.
#[derive(Clone, Copy)]
struct Shape {
    line: u64,
    cells: usize,
    filled: usize,
}

/// The line of the header where that is not the first record of the file; `None` where it is, or where it is not certain.
pub fn line(content: &Content) -> Option<u64> {
    match content {
        Content::Grid(grid) => after_notes(&shapes(Records::of_grid(grid, 0))),
        Content::Text(text) => {
            if separator::excel_hint(text).is_some() {
                return None;
            }
            // A separator of the data makes the most rows of one length.
            let trials = [b',', b';', b'\t', b'|'].map(|mark| shapes(Records::Text(Lexer::new(text, 0, 1, mark))));
            let best = trials.iter().max_by_key(|shapes| usual(shapes).map_or(0, |(_, count)| count))?;
            after_notes(best)
        }
    }
}

fn shapes(mut records: Records) -> Vec<Shape> {
    let text = records.text();
    let mut record = Record::default();
    let mut shapes = Vec::new();
    while let Some(Ok(())) = records.read(&mut record) {
        let filled = (0..record.len()).filter(|&cell| !trim(&record.cell(text, cell)).is_empty()).count();
        if filled > 0 {
            shapes.push(Shape { line: record.line, cells: record.len(), filled });
        }
        if shapes.len() == SAMPLE {
            break;
        }
    }
    shapes
}

/// The usual number of cells of a record, and how many records have it.
fn usual(shapes: &[Shape]) -> Option<(usize, usize)> {
    let wide = shapes.iter().filter(|shape| shape.cells >= NARROWEST);
    wide.map(|shape| (shape.cells, shapes.iter().filter(|other| other.cells == shape.cells).count())).max_by_key(|(_, count)| *count)
}

fn after_notes(shapes: &[Shape]) -> Option<u64> {
    let (cells, count) = usual(shapes)?;
    let is_note = |shape: &Shape| shape.cells < cells || shape.filled <= 2 && shape.filled < cells - 1;
    let header = shapes.iter().position(|shape| !is_note(shape))?;
    let rest = &shapes[header..];
    // Where rows below are notes as well this is no table under a title.
    let even = rest.iter().filter(|shape| shape.cells == cells).count() == rest.len();
    (header > 0 && count >= 3 && even && shapes[header].filled + 1 >= cells).then(|| shapes[header].line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<u64> {
        line(&Content::Text(text.to_owned()))
    }

    #[test]
    fn titles_and_notes_are_passed_over() {
        assert_eq!(of("Scores of the trial\nexported 2024-03-31\n\nid,pre,post\na,1,2\nb,3,4\n"), Some(4));
        assert_eq!(of("Scores of the trial,,\nid,pre,post\na,1,2\nb,3,4\n"), Some(2));
        assert_eq!(of("Ergebnisse\r\nid;pre;post\r\na;1,5;2\r\nb;3;4,5\r\n"), Some(2));
    }

    #[test]
    fn a_header_on_the_first_line_is_left_there() {
        for text in ["id,pre,post\na,1,2\nb,,\nc,3,4\n", "id,pre\na,1\nb,2\n", "", "sep=;\nid;pre;post\n1;2;3\n1;2;3\n"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
