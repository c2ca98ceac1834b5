//! Marks → SVG, through a plotters backend of our own.
//!
//! plotters works on integers: one unit is 1/100 mm, and the `viewBox` maps units to the physical size. What its
//! styles cannot carry travels beside them: the class and the dashes of a mark are set on the backend before its
//! element is drawn. Texts come with `VPos::Bottom`, which this backend takes as the baseline.

use std::convert::Infallible;
use std::fmt::Write;

use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use crate::figure::fonts::Faces;
use crate::figure::theme::WHITE;
use crate::figure::{Anchor, Figure, Mark, Paint, Shape, Stroke, Weight, text};
use crate::results::number;

/// Units of a millimetre.
const GRID: f64 = 100.0;

/// The embedded font first, then what a viewer without it is likely to have, CJK included.
const FONTS: &str = "'Noto Sans', 'Open Sans', 'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic', Meiryo, 'Malgun Gothic', \
                     Arial, sans-serif";

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// The figure as a self-contained SVG with title and description. The same figure gives the same bytes.
pub fn svg(figure: &Figure) -> String {
    document(figure, None)
}

/// The same with texts in runs of one font each, for a reader that has no better way to choose fonts.
pub(super) fn svg_in_runs(figure: &Figure, faces: &Faces) -> String {
    document(figure, Some(faces))
}

fn document(figure: &Figure, faces: Option<&Faces>) -> String {
    let (width, height) = (units(figure.size.width), units(figure.size.height));
    let size = (width.unsigned_abs(), height.unsigned_abs());
    let mut sheet = Sheet { body: String::new(), size, class: "ground", dash: None, faces };
    let ground = Rectangle::new([(0, 0), (width, height)], filled(WHITE));
    let drawn = sheet.element(&ground).and_then(|()| figure.marks.iter().try_for_each(|mark| sheet.mark(mark)));
    // The backend itself cannot fail; plotters could only by its own text drawing, which the backend replaces.
    debug_assert!(drawn.is_ok());

    let id = escape(&figure.id);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}mm\" height=\"{}mm\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" font-family=\"{FONTS}\">\n<title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{}</svg>\n",
        hundredths(width),
        hundredths(height),
        escape(&figure.title),
        escape(&figure.alt_text),
        sheet.body,
    )
}

/// The sheet that is drawn on.
struct Sheet<'f> {
    body: String,
    size: (u32, u32),
    class: &'static str,
    dash: Option<(f64, f64)>,
    faces: Option<&'f Faces>,
}

impl<'f> Sheet<'f> {
    fn mark(&mut self, mark: &Mark) -> Drawn {
        self.class = mark.role();
        self.dash = None;
        match mark {
            Mark::Line { points, stroke, .. } => self.outline(place_all(points), stroke),
            Mark::Polygon { points, fill, .. } => self.element(&Polygon::new(place_all(points), filled(*fill))),
            Mark::Rect { x, y, width, height, fill, stroke, .. } => {
                let (from, to) = (place(*x, *y), place(x + width, y + height));
                if let Some(fill) = fill {
                    self.element(&Rectangle::new([from, to], filled(*fill)))?;
                }
                let Some(stroke) = stroke else { return Ok(()) };
                self.dash = stroke.dash;
                self.element(&Rectangle::new([from, to], stroked(stroke)))
            }
            Mark::Point { x, y, radius, shape, fill, .. } => self.point(*x, *y, *radius, *shape, *fill),
            Mark::Text { x, y, text, size, weight, anchor, fill, .. } => {
                let style = TextStyle { font: font(*size, *weight), color: color(*fill), pos: Pos::new(horizontal(*anchor), VPos::Bottom) };
                self.element(&Text::new(text.as_str(), place(*x, *y), style))
            }
        }
    }

    fn outline(&mut self, points: Vec<BackendCoord>, stroke: &Stroke) -> Drawn {
        self.dash = stroke.dash;
        self.element(&PathElement::new(points, stroked(stroke)))
    }

    fn point(&mut self, x: f64, y: f64, radius: f64, shape: Shape, fill: Paint) -> Drawn {
        let around = |corners: &[(f64, f64)]| corners.iter().map(|(dx, dy)| place(x + dx * radius, y + dy * radius)).collect::<Vec<_>>();
        let corners = match shape {
            Shape::Circle => return self.element(&Circle::new(place(x, y), units(radius), filled(fill))),
            Shape::TriangleUp => around(&[(0.0, -1.0), (0.95, 0.75), (-0.95, 0.75)]),
            Shape::TriangleDown => around(&[(0.0, 1.0), (0.95, -0.75), (-0.95, -0.75)]),
            Shape::Diamond => around(&[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]),
            Shape::Square => around(&[(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]),
        };
        self.element(&Polygon::new(corners, filled(fill)))
    }

    /// Hands a plotters element to this backend, with its coordinates as they are.
    fn element<'e, E>(&mut self, element: &'e E) -> Drawn
    where
        &'e E: PointCollection<'e, BackendCoord>,
        E: Drawable<Sheet<'f>>,
    {
        use std::borrow::Borrow;
        let points: Vec<BackendCoord> = element.point_iter().into_iter().map(|point| *point.borrow()).collect();
        let size = self.size;
        element.draw(points.into_iter(), self, size)
    }

    fn open(&mut self, name: &str) {
        let _ = write!(self.body, "<{name} class=\"{}\"", self.class);
    }

    fn close(&mut self) {
        self.body.push_str("/>\n");
    }

    fn attribute(&mut self, name: &str, value: impl std::fmt::Display) {
        let _ = write!(self.body, " {name}=\"{value}\"");
    }

    fn fill(&mut self, color: BackendColor) {
        self.attribute("fill", hex(color));
        self.opacity("fill-opacity", color);
    }

    fn stroke(&mut self, color: BackendColor, width: u32) {
        self.attribute("fill", "none");
        self.attribute("stroke", hex(color));
        self.opacity("stroke-opacity", color);
        self.attribute("stroke-width", width);
        if let Some((on, off)) = self.dash {
            self.attribute("stroke-dasharray", format_args!("{} {}", units(on), units(off)));
        }
    }

    fn text_attributes(&mut self, y: i32, size: f64, bold: bool) {
        self.attribute("y", y);
        self.attribute("font-size", number::data(size));
        if bold {
            self.attribute("font-weight", "bold");
        }
    }

    fn opacity(&mut self, name: &str, color: BackendColor) {
        let percent = (color.alpha * 100.0).round();
        if percent < 100.0 {
            self.attribute(name, number::data(percent / 100.0));
        }
    }

    fn points(&mut self, points: impl IntoIterator<Item = BackendCoord>) {
        self.body.push_str(" points=\"");
        for (i, (x, y)) in points.into_iter().enumerate() {
            let gap = if i == 0 { "" } else { " " };
            let _ = write!(self.body, "{gap}{x},{y}");
        }
        self.body.push('"');
    }
}

impl DrawingBackend for Sheet<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        self.open("rect");
        self.attribute("x", from.0.min(to.0));
        self.attribute("y", from.1.min(to.1));
        self.attribute("width", (to.0 - from.0).abs());
        self.attribute("height", (to.1 - from.1).abs());
        if fill {
            self.fill(style.color())
        } else {
            self.stroke(style.color(), style.stroke_width())
        }
        self.close();
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.open("polyline");
        self.points(path);
        self.stroke(style.color(), style.stroke_width());
        self.close();
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        self.open("circle");
        self.attribute("cx", center.0);
        self.attribute("cy", center.1);
        self.attribute("r", radius);
        if fill {
            self.fill(style.color())
        } else {
            self.stroke(style.color(), style.stroke_width())
        }
        self.close();
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        self.open("polygon");
        self.points(corners);
        self.fill(style.color());
        self.close();
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, (x, y): BackendCoord) -> Drawn {
        let bold = matches!(style.style(), FontStyle::Bold);
        let cleaned = text::clean(text);
        let weight = if bold { Weight::Bold } else { Weight::Regular };
        let runs = self.faces.map(|faces| faces.runs(&cleaned, weight)).unwrap_or_default();
        let size = (style.size() * 10.0).round() / 10.0;
        if runs.iter().all(|run| run.family.is_none()) {
            self.open("text");
            self.attribute("x", x);
            self.text_attributes(y, size, bold);
            match style.anchor().h_pos {
                HPos::Left => {}
                HPos::Center => self.attribute("text-anchor", "middle"),
                HPos::Right => self.attribute("text-anchor", "end"),
            }
            self.fill(style.color());
            let _ = writeln!(self.body, ">{}</text>", escape(text));
            return Ok(());
        }
        // Runs are placed by their advance widths, so they are set without kerning.
        let share = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => 0.5,
            HPos::Right => 1.0,
        };
        let mut left = f64::from(x) - share * size * runs.iter().map(|run| run.ems).sum::<f64>();
        for run in runs {
            self.open("text");
            self.attribute("x", number::data((left * 10.0).round() / 10.0));
            self.text_attributes(y, size, bold);
            self.attribute("xml:space", "preserve");
            self.attribute("font-kerning", "none");
            if let Some(family) = run.family {
                self.attribute("font-family", format_args!("'{family}'"));
            }
            self.fill(style.color());
            let _ = writeln!(self.body, ">{}</text>", escape_clean(run.text));
            left += size * run.ems;
        }
        Ok(())
    }
}

fn place(x: f64, y: f64) -> BackendCoord {
    (units(x), units(y))
}

fn place_all(points: &[(f64, f64)]) -> Vec<BackendCoord> {
    points.iter().map(|&(x, y)| place(x, y)).collect()
}

/// Millimetres on the grid; a place that is no number falls on 0, one beyond the grid on its end.
fn units(millimetres: f64) -> i32 {
    (millimetres * GRID).round() as i32
}

/// Units as millimetres: `89`, `61.25`.
fn hundredths(units: i32) -> String {
    number::data(f64::from(units) / GRID)
}

fn color(paint: Paint) -> BackendColor {
    BackendColor { alpha: paint.opacity, rgb: paint.rgb }
}

fn rgba(paint: Paint) -> RGBAColor {
    RGBAColor(paint.rgb.0, paint.rgb.1, paint.rgb.2, paint.opacity)
}

fn filled(paint: Paint) -> ShapeStyle {
    ShapeStyle { color: rgba(paint), filled: true, stroke_width: 0 }
}

fn stroked(stroke: &Stroke) -> ShapeStyle {
    ShapeStyle { color: rgba(stroke.paint), filled: false, stroke_width: units(stroke.width).unsigned_abs() }
}

fn font(size: f64, weight: Weight) -> FontDesc<'static> {
    let style = if weight == Weight::Bold { FontStyle::Bold } else { FontStyle::Normal };
    FontDesc::new(FontFamily::Name("Noto Sans"), size * GRID, style)
}

fn horizontal(anchor: Anchor) -> HPos {
    match anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    }
}

fn hex(color: BackendColor) -> String {
    let (r, g, b) = color.rgb;
    format!("#{r:02X}{g:02X}{b:02X}")
}

/// Text from data, inert in XML: markup escaped, characters that XML forbids or that reorder text dropped.
fn escape(text: &str) -> String {
    escape_clean(&text::clean(text))
}

/// The same of a text that is clean already, spaces at its ends included.
fn escape_clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
