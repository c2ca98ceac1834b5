//! SVG → the tree that PNG and PDF are made of.

use resvg::usvg::{self, FontResolver, Options, Tree};

use super::DrawError;
use crate::figure::{Figure, Fonts};

/// Parses the figure's SVG with the fonts it needs.
pub(super) fn tree(figure: &Figure, fonts: &Fonts) -> Result<Tree, DrawError> {
    let options = Options {
        fontdb: fonts.database(figure),
        font_family: "Noto Sans".into(),
        font_resolver: FontResolver { select_font: FontResolver::default_font_selector(), select_fallback: Box::new(fallback) },
        ..Options::default()
    };
    Tree::from_str(&super::svg(figure), &options).map_err(|error| DrawError::Conversion(error.to_string()))
}

/// The first face, in order of loading, that has the character: of the same weight if there is one.
fn fallback(c: char, used: &[usvg::fontdb::ID], fonts: &mut std::sync::Arc<usvg::fontdb::Database>) -> Option<usvg::fontdb::ID> {
    let wanted = used.first().and_then(|&id| fonts.face(id)).map(|face| face.weight);
    let candidates = fonts.faces().filter(|face| !used.contains(&face.id) && crate::figure::fonts::covers(fonts, face.id, c));
    let mut first = None;
    for face in candidates {
        if Some(face.weight) == wanted {
            return Some(face.id);
        }
        first = first.or(Some(face.id));
    }
    first
}
