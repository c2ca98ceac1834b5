//! A figure as data: what the kinds lay out and what `draw` puts on paper. Tests assert on these, not on pixels.

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
