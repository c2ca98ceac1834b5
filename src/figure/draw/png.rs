//! SVG → PNG with its resolution recorded.

use resvg::tiny_skia::{Color, Pixmap, Transform};

use super::DrawError;
use crate::figure::{Figure, Fonts};

/// The most pixels of one figure: a 300 mm poster at 900 dpi.
const MAX_PIXELS: u64 = 120_000_000;

/// The figure at its physical size, on white, at `dpi`.
pub fn png(figure: &Figure, dpi: u32, fonts: &Fonts) -> Result<Vec<u8>, DrawError> {
    let (width, height) = (pixels(figure.size.width, dpi), pixels(figure.size.height, dpi));
    if width < 8 || height < 8 {
        return Err(DrawError::TooSmall { width, height });
    }
    let too_large = DrawError::TooLarge { width, height };
    if width.saturating_mul(height) > MAX_PIXELS {
        return Err(too_large);
    }
    let tree = super::tree::tree(figure, fonts)?;
    let mut pixmap = Pixmap::new(width as u32, height as u32).ok_or(too_large)?;
    pixmap.fill(Color::WHITE);
    let scale = Transform::from_scale(width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, scale, &mut pixmap.as_mut());
    encode(&pixmap, dpi).map_err(|error| DrawError::Conversion(error.to_string()))
}

fn pixels(millimetres: f64, dpi: u32) -> u64 {
    (millimetres / 25.4 * f64::from(dpi)).round() as u64
}

/// Every pixel is opaque, so that the alpha channel is left out.
fn encode(pixmap: &Pixmap, dpi: u32) -> Result<Vec<u8>, png::EncodingError> {
    let rgb: Vec<u8> = pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let per_metre = (f64::from(dpi) / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(bytes)
}
