//! A figure in the making: marks collected under one theme.

use super::theme::{INK, MUTED, Theme};
use super::{Anchor, Mark, Paint, Shape, Stroke, Weight, text};

/// Collects marks; the kinds draw on it and read off how far down they came.
#[derive(Debug)]
pub struct Canvas<'a> {
    pub theme: &'a Theme,
    pub marks: Vec<Mark>,
}

impl<'a> Canvas<'a> {
    pub fn new(theme: &'a Theme) -> Self {
        Self { theme, marks: Vec::new() }
    }

    pub fn line(&mut self, role: &'static str, points: Vec<(f64, f64)>, stroke: Stroke) {
        self.marks.push(Mark::Line { role, points, stroke });
    }

    pub fn polygon(&mut self, role: &'static str, points: Vec<(f64, f64)>, fill: Paint) {
        self.marks.push(Mark::Polygon { role, points, fill });
    }

    pub fn point(&mut self, role: &'static str, (x, y): (f64, f64), radius: f64, shape: Shape, fill: Paint) {
        self.marks.push(Mark::Point { role, x, y, radius, shape, fill });
    }

    /// A filled rectangle between two corners, whichever way round they are given.
    pub fn bar(&mut self, role: &'static str, (x0, y0): (f64, f64), (x1, y1): (f64, f64), fill: Paint) {
        let (x, y, width, height) = (x0.min(x1), y0.min(y1), (x1 - x0).abs(), (y1 - y0).abs());
        self.marks.push(Mark::Rect { role, x, y, width, height, fill: Some(fill), stroke: None });
    }

    /// A text of regular weight in ink; `y` is the baseline.
    pub fn text(&mut self, role: &'static str, (x, y): (f64, f64), text: &str, size: f64, anchor: Anchor) {
        self.styled(role, (x, y), text, size, Weight::Regular, anchor, INK);
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a text")]
    pub fn styled(&mut self, role: &'static str, (x, y): (f64, f64), text: &str, size: f64, weight: Weight, anchor: Anchor, fill: Paint) {
        let text = text::clean(text);
        if !text.is_empty() {
            self.marks.push(Mark::Text { role, x, y, text, size, weight, anchor, fill });
        }
    }

    /// Lines of text below `top`; returns where the next thing may begin.
    #[expect(clippy::too_many_arguments, reason = "the parts of a text")]
    pub fn lines(&mut self, role: &'static str, x: f64, top: f64, lines: &[String], size: f64, weight: Weight, fill: Paint) -> f64 {
        let mut top = top;
        for line in lines {
            self.styled(role, (x, top + size), line, size, weight, Anchor::Start, fill);
            top += self.theme.leading(size);
        }
        top
    }

    /// Title (up to two lines) and the line under it (up to three), from the top margin; returns where the plot may begin.
    pub fn header(&mut self, title: &str, subtitle: &str) -> f64 {
        let theme = self.theme;
        let room = theme.width - 2.0 * theme.margin;
        let lines = text::wrap(title, room, theme.title, Weight::Bold, 2);
        let top = self.lines("title", theme.margin, theme.margin, &lines, theme.title, Weight::Bold, INK);
        let lines = text::wrap(subtitle, room, theme.label, Weight::Regular, 3);
        self.lines("subtitle", theme.margin, top, &lines, theme.label, Weight::Regular, INK)
    }

    /// How high `notes` stand at the foot.
    pub fn notes_height(&self, notes: &[String]) -> f64 {
        self.note_lines(notes).len() as f64 * self.theme.leading(self.theme.tick)
    }

    /// What the reader should know, at the foot from `top` on.
    pub fn notes(&mut self, top: f64, notes: &[String]) -> f64 {
        let lines = self.note_lines(notes);
        self.lines("note", self.theme.margin, top, &lines, self.theme.tick, Weight::Regular, MUTED)
    }

    fn note_lines(&self, notes: &[String]) -> Vec<String> {
        let room = self.theme.width - 2.0 * self.theme.margin;
        notes.iter().flat_map(|note| text::wrap(note, room, self.theme.tick, Weight::Regular, 3)).collect()
    }
}
