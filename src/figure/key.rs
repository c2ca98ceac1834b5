//! The key of a figure: what its shapes, colours and lines mean.

use super::{Anchor, Canvas, Paint, Shape, Stroke, Weight, text};

/// How something looks in the plot.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Symbol {
    Point(Shape, Paint),
    Swatch(Paint),
    Line(Stroke),
}

/// One line of the key.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub symbol: Symbol,
    pub text: String,
}

impl Entry {
    pub fn new(symbol: Symbol, text: impl Into<String>) -> Self {
        Self { symbol, text: text.into() }
    }
}

/// The entries side by side between `left` and `right`, in as many rows as they need; returns where the next thing may begin.
pub(super) fn key(canvas: &mut Canvas, (left, right): (f64, f64), top: f64, entries: &[Entry]) -> f64 {
    let size = canvas.theme.tick;
    let row = canvas.theme.leading(size);
    let (mut x, mut y, mut lines_below) = (left, top, 0);
    for entry in entries {
        let mark = mark_width(&entry.symbol, size);
        let lines = text::wrap(&entry.text, right - left - mark, size, Weight::Regular, 3);
        let width = mark + lines.iter().map(|line| text::width(line, size, Weight::Regular)).fold(0.0, f64::max);
        if x > left && x + width > right {
            x = left;
            y += f64::from(lines_below) * row;
            lines_below = 0;
        }
        symbol(canvas, (x, y + 0.62 * size), &entry.symbol);
        for (i, line) in lines.iter().enumerate() {
            canvas.text("key", (x + mark, y + size + i as f64 * row), line, size, Anchor::Start);
        }
        x += width + 1.2 * size;
        lines_below = lines_below.max(lines.len() as i32);
    }
    y + f64::from(lines_below) * row
}

fn mark_width(symbol: &Symbol, size: f64) -> f64 {
    match symbol {
        Symbol::Point(..) => 1.15 * size,
        Symbol::Swatch(_) => 1.5 * size,
        Symbol::Line(_) => 2.4 * size,
    }
}

fn symbol(canvas: &mut Canvas, (x, y): (f64, f64), symbol: &Symbol) {
    let size = canvas.theme.tick;
    match symbol {
        Symbol::Point(shape, paint) => canvas.point("key-mark", (x + 0.42 * size, y), 0.42 * size, *shape, *paint),
        Symbol::Swatch(paint) => canvas.bar("key-mark", (x, y - 0.36 * size), (x + 1.1 * size, y + 0.36 * size), *paint),
        Symbol::Line(stroke) => canvas.line("key-mark", vec![(x, y), (x + 2.0 * size, y)], stroke.clone()),
    }
}
