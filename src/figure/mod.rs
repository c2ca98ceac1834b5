//! Results → figures as data → SVG → PNG and PDF.
//!
//! A kind lays out [`Mark`]s in millimetres from numbers that were computed before; [`render`] puts them on paper.
//! Nothing here computes a statistic: what places ink (ticks, swarms, line breaks) is geometry and lives here.

pub mod axis;
mod bands;
mod canvas;
pub mod draw;
mod flow;
mod fonts;
mod forest;
mod key;
mod mark;
mod measured;
mod name;
mod paired;
mod raincloud;
mod record;
mod regression;
mod reliable;
mod responders;
mod swarm;
pub mod text;
pub mod theme;
mod waterfall;

use crate::plan::{FigureKind, Format, Preset};
use crate::results::{Individuals, Results};

pub use canvas::Canvas;
pub use draw::DrawError;
pub use fonts::{FontError, Fonts};
pub use mark::{Anchor, Bounds, Figure, Mark, Paint, Shape, Size, Stroke, Weight};
pub use name::{file_stem, file_stem_in};
pub use theme::{Theme, resolution};

/// What figures are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Drawing<'a> {
    pub results: &'a Results,
    /// Absent where `individuals.csv` is; figures that show people are then not drawn.
    pub individuals: Option<&'a Individuals>,
}

/// Why there is no figure, in words that stand in its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct NotDrawn {
    pub reason: String,
    /// Whether only a fact is missing that neither plan nor catalogue states, or an analysis that was not asked for: then
    /// there is nothing to warn of.
    pub lacks_fact: bool,
}

impl NotDrawn {
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), lacks_fact: false }
    }

    fn lacking(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), lacks_fact: true }
    }
}

/// Lays out one figure: of the outcome for kinds that are drawn once an outcome, of the trial for the others.
pub fn figure(kind: FigureKind, outcome_id: Option<&str>, drawing: &Drawing, preset: Preset) -> Result<Figure, NotDrawn> {
    let theme = Theme::of(preset);
    let outcome = || {
        let id =
            outcome_id.ok_or_else(|| NotDrawn::new(format!("the {} figure is drawn of one outcome, and none was named", kind.name())))?;
        drawing.results.outcome(id).ok_or_else(|| NotDrawn::new(format!("the results have no outcome `{id}`")))
    };
    match kind {
        FigureKind::Paired => paired::paired(outcome()?, drawing, &theme),
        FigureKind::Raincloud => raincloud::raincloud(outcome()?, drawing, &theme),
        FigureKind::Waterfall => waterfall::waterfall(outcome()?, drawing, &theme),
        FigureKind::Forest => forest::forest(drawing.results, &theme),
        FigureKind::Flow => flow::flow(drawing.results, &theme),
        FigureKind::Reliable => reliable::reliable(outcome()?, drawing, &theme),
        FigureKind::Bands => bands::bands(outcome()?, drawing, &theme),
        FigureKind::Responders => responders::responders(drawing.results, &theme),
        FigureKind::Regression => regression::regression(outcome()?, drawing, &theme),
    }
}

/// The bytes of one figure; `dpi` matters to PNG alone. [`Fonts::warnings`] tells what PNG and PDF cannot show.
pub fn render(figure: &Figure, format: Format, dpi: u32, fonts: &Fonts) -> Result<Vec<u8>, DrawError> {
    match format {
        Format::Svg => Ok(draw::svg(figure).into_bytes()),
        Format::Png => draw::png(figure, dpi, fonts),
        Format::Pdf => draw::pdf(figure, fonts),
    }
}
