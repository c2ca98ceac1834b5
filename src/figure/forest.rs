//! The forest figure: the headline effect of every outcome on one benefit-coded axis, with the table beside it.

mod columns;
mod headline;
mod layout;
mod marker;
mod paint;
mod reach;
mod rows;
mod words;

use self::rows::Table;
use super::theme::Theme;
use super::{Figure, NotDrawn, Size};
use crate::results::{Results, number};

pub(super) use self::layout::themes;

/// Lays out the forest plot of a trial.
pub fn forest(results: &Results, theme: &Theme) -> Result<Figure, NotDrawn> {
    let table = Table::new(results);
    let count = table.rows().count();
    if count == 0 {
        return Err(NotDrawn::new("the results have no outcome"));
    }
    let title = "Change from pre to post";
    let subtitle = words::pairs_of(results);
    let layout = layout::fitted(&table, theme, |layout| paint::around(layout, &table, title, &subtitle))
        .ok_or_else(|| NotDrawn::new("the canvas is too narrow for the columns of a forest plot"))?;
    let painted = paint::paint(&layout, &table, title, &subtitle);
    let mut notes = words::notes(&table);
    let natural = painted.bottom + theme.margin;
    if natural > theme.max_height + 1e-6 {
        notes.push(format!(
            "{} outcomes do not fit the height of the preset at its smallest type: the figure is higher",
            number::count(count)
        ));
    }
    let height = theme.height.map_or(natural, |height| height.max(natural));
    Ok(Figure {
        id: "forest".into(),
        title: title.into(),
        alt_text: words::alt_text(&table, results),
        caption: words::caption(&table, results, painted.cut),
        size: Size { width: theme.width, height },
        marks: painted.marks,
        notes,
    })
}
