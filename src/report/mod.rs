//! Results → document → Markdown, HTML.
//!
//! A report is a [`Document`] of blocks; [`to_markdown`] and [`to_html`] are two writers of it. Nothing is computed here: every number
//! is taken from [`Results`] and becomes text in [`crate::results::number`]. Figures come as [`FigureAsset`]s, drawn elsewhere.

mod conclusion;
mod document;
mod html;
mod inert;
mod markdown;
mod reference;
mod section;
mod source;
mod svg;
mod words;

pub use document::{Align, Block, Column, Document, Figure, Inline, Row, Span, Table, TableKind, Target};
pub use html::to_html;
pub use markdown::to_markdown;

use crate::plan::FigureKind;
use crate::results::Results;

/// A figure as the report receives it: a drawing for HTML, a file for Markdown, words for both; or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureAsset {
    pub kind: FigureKind,
    /// The outcome it is about; `None` for figures of the whole trial.
    pub outcome: Option<String>,
    /// The drawing, for HTML.
    pub svg: Option<String>,
    /// Path of the file that Markdown links to, from the folder of the report: `figures/bdi2-paired.svg`.
    pub file: Option<String>,
    /// The numbers a reader would take from it.
    pub alt: String,
    /// n, what is shown, how intervals were made.
    pub caption: String,
    /// What the reader should know about the drawing.
    pub notes: Vec<String>,
    /// Why it was not drawn.
    pub not_drawn: Option<String>,
}

/// The report of `results`, with the figures that were drawn of them.
pub fn document(results: &Results, figures: &[FigureAsset]) -> Document {
    let source = source::Source { results, figures };
    let title = match results.trial.title.as_deref().map(str::trim) {
        Some(title) if !title.is_empty() => title.to_owned(),
        _ => "Paired pre/post analysis".to_owned(),
    };
    Document { title, subtitle: section::subtitle(&source), blocks: section::blocks(&source) }
}
