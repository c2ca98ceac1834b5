//! The one drawing path: marks → SVG; PNG and PDF are conversions of that SVG.

mod pdf;
mod png;
mod svg;
mod tree;

pub use pdf::pdf;
pub use png::png;
pub use svg::svg;

/// Why a figure could not be written in a format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    #[error("{width} × {height} pixels are more than a PNG of this program may have; lower the dpi")]
    TooLarge { width: u64, height: u64 },
    #[error("a figure of {width} × {height} pixels shows nothing; raise the dpi")]
    TooSmall { width: u64, height: u64 },
    #[error("the SVG could not be converted: {0}")]
    Conversion(String),
}
