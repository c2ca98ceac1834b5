//! SVG → the tree that PNG and PDF are made of.

use resvg::usvg::{FontResolver, Options, Tree};

use super::DrawError;
use crate::figure::{Figure, Fonts};

/// Parses the figure's SVG with the fonts it needs.
pub(super) fn tree(figure: &Figure, fonts: &Fonts) -> Result<Tree, DrawError> {
    let faces = fonts.faces(figure);
    let options = Options {
        fontdb: faces.database.clone(),
        font_family: "Noto Sans".into(),
        // Every run names its font; what is still missing then, no font has.
        font_resolver: FontResolver { select_font: FontResolver::default_font_selector(), select_fallback: Box::new(|_, _, _| None) },
        ..Options::default()
    };
    Tree::from_str(&super::svg::svg_in_runs(figure, &faces), &options).map_err(|error| DrawError::Conversion(error.to_string()))
}
