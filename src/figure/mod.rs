//! Results → figures as data → SVG → PNG and PDF.

mod mark;

pub use mark::{Anchor, Figure, Mark, Paint, Shape, Size, Stroke, Weight};
