//! The flow figure: the pair ledger as boxes, from rows read to pairs analysed.

mod boxes;
mod chain;
mod counts;
mod table;
mod words;

use self::counts::Counts;
use self::table::Table;
use super::theme::Theme;
use super::{Canvas, Figure, NotDrawn, Size, forest};
use crate::results::Results;

/// What rows of the table have above and below their text, in ems: as much as there is room for.
const AIRS: [f64; 3] = [0.5, 0.3, 0.15];

const TITLE: &str = "Participant flow";

/// Lays out the flow diagram of a trial.
pub fn flow(results: &Results, theme: &Theme) -> Result<Figure, NotDrawn> {
    let ledger = results.participants.ledger().ok_or_else(|| NotDrawn::new("some of its counts are withheld: too few people"))?;
    let counts = Counts::new(results, ledger);
    if !ledger.reconciles() {
        return Err(NotDrawn::new("the counts of the ledger do not add up"));
    }
    let subtitle = results.trial.title.as_deref().unwrap_or_default();
    let layout = Layout::fitted(&counts, theme, subtitle)
        .ok_or_else(|| NotDrawn::new("the canvas is too narrow for the columns of a flow diagram"))?;
    let mut canvas = Canvas::new(&layout.theme);
    let top = canvas.header(TITLE, subtitle) + 0.6 * layout.theme.label;
    let mut bottom = chain::draw(&mut canvas, &layout.steps, top, layout.chain_stretch);
    if let Some(table) = &layout.table {
        bottom = table.draw(&mut canvas, counts.subjects, bottom, layout.row_stretch);
    }
    let natural = bottom + theme.margin;
    let mut notes = Vec::new();
    if natural > theme.max_height + 1e-6 {
        notes.push(format!(
            "{} outcomes do not fit the height of the preset at its smallest type: the figure is higher",
            counts.outcomes.len()
        ));
    }
    Ok(Figure {
        id: "flow".into(),
        title: TITLE.into(),
        alt_text: words::alt_text(&counts),
        caption: words::caption(&counts),
        size: Size { width: theme.width, height: theme.height.map_or(natural, |height| height.max(natural)) },
        marks: canvas.marks,
        notes,
    })
}

/// Boxes and table at the type sizes that fit.
struct Layout {
    theme: Theme,
    steps: Vec<chain::Step>,
    /// With one outcome the chain says all.
    table: Option<Table>,
    chain_stretch: f64,
    row_stretch: f64,
}

impl Layout {
    /// The largest type at which everything fits, else the smallest.
    fn fitted(counts: &Counts, theme: &Theme, subtitle: &str) -> Option<Self> {
        let mut smallest = None;
        for mut layout in
            forest::themes(theme).flat_map(|size| AIRS.map(|air| (size, air))).filter_map(|(size, air)| Self::at(counts, size, air))
        {
            let spare = theme.max_height - layout.height(subtitle);
            if spare >= 0.0 {
                layout.stretch(spare);
                return Some(layout);
            }
            smallest = Some(layout);
        }
        smallest
    }

    fn at(counts: &Counts, theme: Theme, air: f64) -> Option<Self> {
        let table = if counts.outcomes.len() > 1 { Some(table::table(counts, &theme, air)?) } else { None };
        Some(Self { theme, steps: chain::steps(counts, &theme), table, chain_stretch: 0.0, row_stretch: 0.0 })
    }

    fn height(&self, subtitle: &str) -> f64 {
        let top = Canvas::new(&self.theme).header(TITLE, subtitle) + 0.6 * self.theme.label;
        top + chain::height(&self.steps, &self.theme)
            + self.table.as_ref().map_or(0.0, |table| table.height(&self.theme))
            + self.theme.margin
    }

    /// Spreads what a canvas of fixed height has to spare.
    fn stretch(&mut self, spare: f64) {
        if self.theme.height.is_none() {
            return;
        }
        let gaps = self.steps.len().saturating_sub(1).max(1) as f64;
        match &self.table {
            Some(table) => self.row_stretch = (spare / table.len().max(1) as f64).min(0.8 * self.theme.label),
            None => self.chain_stretch = (spare / gaps).min(1.5 * self.theme.label),
        }
    }
}
