//! The works that were cited, in order of citation.

use super::heading;
use crate::report::document::Block;
use crate::report::reference::Citations;
use crate::report::source::Source;

pub(in crate::report) fn section(_: &Source, citations: &mut Citations) -> Vec<Block> {
    vec![heading("References"), Block::Numbered { prefix: "ref", items: citations.list() }]
}
