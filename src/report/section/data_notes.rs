//! What was noticed about the data.

use super::{heading, paragraph};
use crate::report::document::{Block, Inline};
use crate::report::reference::Citations;
use crate::report::source::Source;
use crate::report::words;

pub(in crate::report) fn section(source: &Source, _: &mut Citations) -> Vec<Block> {
    let notes = &source.results.data_notes;
    if notes.is_empty() {
        return vec![heading("Notes on the data"), paragraph("Reading the data raised no warning.")];
    }
    let item = |note: &crate::results::DataNote| {
        let cases = note.count.map_or_else(String::new, |count| format!("{}; ", words::counted(count, "case", "cases")));
        Inline::from(words::sentence(&note.message)).text(format!(" ({cases}")).code(note.code.name()).text(")")
    };
    vec![heading("Notes on the data"), Block::List(notes.iter().map(item).collect())]
}
