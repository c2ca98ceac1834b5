//! Boxes of text and the arrows between them.

use crate::figure::theme::{INK, MUTED, Theme, WHITE};
use crate::figure::{Anchor, Canvas, Mark, Paint, Stroke, Weight, text};

/// A box with its text wrapped; it has a size but no place yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TextBox {
    /// The first, bold line or lines.
    head: Vec<String>,
    lines: Vec<String>,
    width: f64,
    pub height: f64,
}

impl TextBox {
    /// As wide as its text needs, from `least` to `most`.
    pub fn new(head: &str, lines: &[String], theme: &Theme, least: f64, most: f64) -> Self {
        let size = theme.label;
        let inner = most - 2.0 * pad(theme);
        let head = text::wrap(head, inner, size, Weight::Bold, 2);
        let lines: Vec<String> = lines.iter().flat_map(|line| text::wrap(line, inner, size, Weight::Regular, 2)).collect();
        let wide = |lines: &[String], weight| lines.iter().map(|line| text::width(line, size, weight)).fold(0.0, f64::max);
        let natural = wide(&head, Weight::Bold).max(wide(&lines, Weight::Regular)) + 2.0 * pad(theme);
        let height = (head.len() + lines.len()) as f64 * theme.leading(size) + 1.2 * pad(theme);
        Self { head, lines, width: natural.clamp(least, most.max(least)), height }
    }

    pub fn draw(&self, canvas: &mut Canvas, role: &'static str, left: f64, top: f64) {
        let theme = canvas.theme;
        frame(canvas, role, (left, top), (self.width, self.height), INK);
        let x = left + pad(theme);
        let below = canvas.lines("count", x, top + 0.6 * pad(theme), &self.head, theme.label, Weight::Bold, INK);
        canvas.lines("reason", x, below, &self.lines, theme.label, Weight::Regular, INK);
    }
}

/// Between the frame of a box and its text.
pub(super) fn pad(theme: &Theme) -> f64 {
    0.6 * theme.label
}

/// A white box with a thin frame.
pub(super) fn frame(canvas: &mut Canvas, role: &'static str, (x, y): (f64, f64), (width, height): (f64, f64), paint: Paint) {
    let stroke = Stroke { paint, width: 0.6 * canvas.theme.axis_line, dash: None };
    canvas.marks.push(Mark::Rect { role, x, y, width, height, fill: Some(WHITE), stroke: Some(stroke) });
}

/// A straight arrow; its head ends at `to`.
pub(super) fn arrow(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64)) {
    let theme = canvas.theme;
    let length = 0.45 * theme.label;
    let distance = libm::hypot(to.0 - from.0, to.1 - from.1).max(1e-9);
    let (dx, dy) = ((to.0 - from.0) / distance, (to.1 - from.1) / distance);
    let base = (to.0 - dx * length, to.1 - dy * length);
    let half = 0.45 * length;
    canvas.line("connector", vec![from, base], theme.axis());
    canvas.polygon("arrow", vec![to, (base.0 - dy * half, base.1 + dx * half), (base.0 + dy * half, base.1 - dx * half)], INK);
}

/// A count at the right edge of its column; zeros step back.
pub(super) fn number(canvas: &mut Canvas, role: &'static str, (right, baseline): (f64, f64), words: &str, weight: Weight) {
    let paint = if words == "0" { MUTED } else { INK };
    canvas.styled(role, (right, baseline), words, canvas.theme.label, weight, Anchor::End, paint);
}
