//! SVG → PDF with the used glyphs embedded; texts stay selectable.

use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};

use super::DrawError;
use crate::figure::theme::PT;
use crate::figure::{Figure, Fonts, text};

/// One page of the figure's physical size. No clock, so that the same figure gives the same bytes.
pub fn pdf(figure: &Figure, fonts: &Fonts) -> Result<Vec<u8>, DrawError> {
    let tree = super::tree::tree(figure, fonts)?;
    let failed = |what: &str| DrawError::Conversion(what.into());
    let size = Size::from_wh((figure.size.width / PT) as f32, (figure.size.height / PT) as f32).ok_or_else(|| failed("empty page"))?;
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(text::clean(&figure.title))
            .description(text::clean(&figure.alt_text))
            .creator("prepost".into())
            .language("en".into()),
    );
    let mut page = document.start_page_with(PageSettings::new(size));
    let mut surface = page.surface();
    surface.draw_svg(&tree, size, SvgSettings::default()).ok_or_else(|| failed("the page could not be drawn"))?;
    surface.finish();
    page.finish();
    document.finish().map_err(|error| DrawError::Conversion(format!("{error:?}")))
}
