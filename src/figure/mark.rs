//! A figure as data: what the kinds lay out and what `draw` puts on paper. Tests assert on these, not on pixels.

use super::text;

/// A laid-out figure: every mark in millimetres from the top left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Stable name, also the file stem: `bdi2-paired`, `forest`.
    pub id: String,
    pub title: String,
    /// The numbers a reader would take from it: `<desc>` of the SVG and `alt` of the report.
    pub alt_text: String,
    /// For the report: n, what is shown, how intervals were made.
    pub caption: String,
    pub size: Size,
    pub marks: Vec<Mark>,
    /// What the reader should know about the drawing, e.g. that 300 of 1200 people are shown.
    pub notes: Vec<String>,
}

/// Width and height in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

/// One mark. `role` is a stable class (`interval`, `mean`, `change`, `axis`, `label` …) that tests and styles go by.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Line { role: &'static str, points: Vec<(f64, f64)>, stroke: Stroke },
    Polygon { role: &'static str, points: Vec<(f64, f64)>, fill: Paint },
    Rect { role: &'static str, x: f64, y: f64, width: f64, height: f64, fill: Option<Paint>, stroke: Option<Stroke> },
    Point { role: &'static str, x: f64, y: f64, radius: f64, shape: Shape, fill: Paint },
    Text { role: &'static str, x: f64, y: f64, text: String, size: f64, weight: Weight, anchor: Anchor, fill: Paint },
}

/// A colour with opacity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paint {
    pub rgb: (u8, u8, u8),
    pub opacity: f64,
}

/// Width in millimetres, and dash lengths in millimetres where dashed.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    pub paint: Paint,
    pub width: f64,
    pub dash: Option<(f64, f64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Circle,
    TriangleUp,
    TriangleDown,
    Diamond,
    Square,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// Which point of a text `x` is; `y` is always the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// The box around a mark, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Bounds {
    pub fn overlaps(&self, other: &Bounds) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

impl Mark {
    pub fn role(&self) -> &'static str {
        match self {
            Mark::Line { role, .. }
            | Mark::Polygon { role, .. }
            | Mark::Rect { role, .. }
            | Mark::Point { role, .. }
            | Mark::Text { role, .. } => role,
        }
    }

    /// The box around the mark without its stroke; of a text by the metrics of the embedded font.
    pub fn bounds(&self) -> Bounds {
        match self {
            Mark::Line { points, .. } | Mark::Polygon { points, .. } => around(points),
            Mark::Rect { x, y, width, height, .. } => Bounds { left: *x, top: *y, right: x + width, bottom: y + height },
            Mark::Point { x, y, radius, .. } => Bounds { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius },
            Mark::Text { x, y, text, size, weight, anchor, .. } => {
                let width = text::width(text, *size, *weight);
                let left = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - width / 2.0,
                    Anchor::End => x - width,
                };
                Bounds { left, top: y - text::ASCENT * size, right: left + width, bottom: y + text::DESCENT * size }
            }
        }
    }
}

fn around(points: &[(f64, f64)]) -> Bounds {
    let nothing = Bounds { left: f64::INFINITY, top: f64::INFINITY, right: f64::NEG_INFINITY, bottom: f64::NEG_INFINITY };
    points.iter().fold(nothing, |b, &(x, y)| Bounds {
        left: b.left.min(x),
        top: b.top.min(y),
        right: b.right.max(x),
        bottom: b.bottom.max(y),
    })
}
