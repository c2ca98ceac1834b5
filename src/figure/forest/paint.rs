//! A laid-out forest plot as marks.

use super::columns::{Columns, Mode, TripleColumn, indent, weight};
use super::layout::{Layout, PlacedGroup, PlacedRow};
use super::rows::{Table, Triple};
use super::{marker, reach};
use crate::figure::axis::{Scale, Ticks};
use crate::figure::theme::{INK, MUTED, Theme, WHITE};
use crate::figure::{Anchor, Canvas, Mark, Weight, text};

/// The marks, where they end, and how many intervals were cut at the edge of the axis.
pub(super) struct Painted {
    pub marks: Vec<Mark>,
    pub bottom: f64,
    pub cut: usize,
}

/// The height of everything but headings and rows, both margins included.
pub(super) fn around(layout: &Layout, table: &Table, title: &str, subtitle: &str) -> f64 {
    let theme = &layout.theme;
    let top = head_bottom(&mut Canvas::new(theme), layout, title, subtitle);
    let foot = foot(&mut Canvas::new(theme), layout, table, 0.0);
    top + foot + theme.margin
}

pub(super) fn paint(layout: &Layout, table: &Table, title: &str, subtitle: &str) -> Painted {
    let theme = &layout.theme;
    let mut canvas = Canvas::new(theme);
    let top = head_bottom(&mut canvas, layout, title, subtitle);
    let floor = top + layout.body();
    lines_behind(&mut canvas, layout, table, (top, floor));
    let scale = scale(layout, table);
    let mut cut = 0;
    let mut y = top;
    for group in &layout.groups {
        y = heading(&mut canvas, layout, group, y);
        for row in &group.rows {
            let height = row.height + layout.slack;
            let middle = y + height / 2.0;
            cells(&mut canvas, &layout.columns, row, middle);
            cut += usize::from(marker::draw(&mut canvas, row, &scale, table.headline.null, middle));
            y += height;
        }
    }
    let bottom = foot(&mut canvas, layout, table, floor);
    Painted { marks: canvas.marks, bottom, cut }
}

/// The scale of the plot; a marker at the edge stays within it.
fn scale(layout: &Layout, table: &Table) -> Scale {
    let (left, right) = layout.columns.plot;
    Scale::new(reach::shown(table.rows(), table.headline), left, right)
}

/// At most six steps, so that values can be read; closer together where one tick alone would stay.
fn ticks(theme: &Theme, scale: &Scale) -> Ticks {
    let airy = (3.6 * theme.tick).max((scale.end - scale.start) / 6.0);
    let ticks = scale.ticks(airy);
    if ticks.values.len() > 2 { ticks } else { scale.ticks(1.8 * theme.tick) }
}

/// Title, column heads and the line under them; returns where the rows begin.
fn head_bottom(canvas: &mut Canvas, layout: &Layout, title: &str, subtitle: &str) -> f64 {
    let theme = &layout.theme;
    let top = canvas.header(title, subtitle) + 0.4 * theme.label;
    let leading = theme.leading(theme.tick);
    let bottom = top + layout.head_lines() as f64 * leading;
    for head in &layout.columns.heads {
        // The last lines of all heads share a baseline.
        let first = bottom - head.lines.len() as f64 * leading;
        for (i, line) in head.lines.iter().enumerate() {
            canvas.styled("head", (head.x, first + i as f64 * leading + theme.tick), line, theme.tick, Weight::Regular, head.anchor, MUTED);
        }
    }
    let rule = bottom + 0.3 * theme.tick;
    canvas.line("rule", vec![(theme.margin, rule), (theme.width - theme.margin, rule)], theme.axis());
    rule + 0.3 * theme.label
}

/// Light lines at the ticks, and the line of no change.
fn lines_behind(canvas: &mut Canvas, layout: &Layout, table: &Table, (top, floor): (f64, f64)) {
    let theme = &layout.theme;
    let scale = scale(layout, table);
    for value in ticks(theme, &scale).values {
        let x = scale.at(value);
        canvas.line("grid", vec![(x, top), (x, floor)], theme.guide());
    }
    let x = scale.at(table.headline.null);
    canvas.line("null", vec![(x, top), (x, floor)], theme.axis());
}

fn heading(canvas: &mut Canvas, layout: &Layout, group: &PlacedGroup, top: f64) -> f64 {
    let theme = &layout.theme;
    let height = layout.heading_height(group);
    let text_top = top + height - group.heading.len() as f64 * theme.leading(theme.label);
    canvas.lines("domain", theme.margin, text_top, &group.heading, theme.label, Weight::Regular, MUTED);
    top + height
}

/// Everything of a row that is text in a column.
fn cells(canvas: &mut Canvas, columns: &Columns, placed: &PlacedRow, middle: f64) {
    let theme = canvas.theme;
    let row = &placed.row;
    let leading = theme.leading(theme.label);
    let stacked = columns.mode == Mode::Stacked;
    let lines = placed.label.len() + usize::from(stacked);
    let first = middle - lines as f64 * leading / 2.0;
    let left = columns.label_left + indent(theme);
    let below = canvas.lines("label", left, first, &placed.label, theme.label, weight(row), INK);
    let baseline = middle + on_middle(theme.label);
    triple(canvas, "change", columns.change, &row.change, if stacked { below + theme.label } else { baseline });
    if let Some(column) = columns.effect {
        triple(canvas, "effect", column, &row.effect, baseline);
    }
    canvas.text("n", (columns.n, baseline), &row.n, theme.label, Anchor::End);
    canvas.text("p", (columns.p, baseline), &row.p, theme.label, Anchor::End);
}

fn triple(canvas: &mut Canvas, role: &'static str, column: TripleColumn, triple: &Triple, baseline: f64) {
    let size = canvas.theme.label;
    for (x, text) in [(column.estimate, &triple.estimate), (column.lower, &triple.lower), (column.upper, &triple.upper)] {
        canvas.text(role, (x, baseline), text, size, Anchor::End);
    }
}

/// From the middle of a line to its baseline: half the height of a capital.
pub(super) fn on_middle(size: f64) -> f64 {
    0.36 * size
}

/// Axis, directions, axis title and legend below `top`; returns where they end.
fn foot(canvas: &mut Canvas, layout: &Layout, table: &Table, top: f64) -> f64 {
    let theme = &layout.theme;
    let (left, right) = layout.columns.plot;
    let scale = scale(layout, table);
    let axis = top + 0.2 * theme.label;
    canvas.line("axis", vec![(left, axis), (right, axis)], theme.axis());
    let ticks = ticks(theme, &scale);
    let tick_length = 0.4 * theme.tick;
    let baseline = axis + tick_length + 1.05 * theme.tick;
    // Two labels never touch, and none leaves the canvas on the left.
    let mut free = f64::NEG_INFINITY;
    for (value, label) in ticks.values.iter().zip(ticks.labels()) {
        let x = scale.at(*value);
        canvas.line("tick", vec![(x, axis), (x, axis + tick_length)], theme.axis());
        let half = text::width(&label, theme.tick, Weight::Regular) / 2.0;
        if x - half > free {
            canvas.text("tick-label", (x, baseline), &label, theme.tick, Anchor::Middle);
            free = x + half + 0.3 * theme.tick;
        }
    }
    let mut y = baseline + 0.3 * theme.tick;
    y = directions(canvas, (left, right), y);
    // The axis title may use the room under the columns to its right.
    let room = theme.width - theme.margin - left;
    let lines = text::wrap(table.headline.name, room, theme.label, Weight::Regular, 3);
    y = canvas.lines("axis-title", left, y, &lines, theme.label, Weight::Regular, INK);
    legend(canvas, table, (axis + 0.3 * theme.label, left - 0.5 * theme.label)).max(y)
}

/// Which way is better: side by side where the plot is wide enough, else one under the other.
fn directions(canvas: &mut Canvas, (left, right): (f64, f64), top: f64) -> f64 {
    const WORSE: &str = "← favours worsening";
    const BETTER: &str = "favours improvement →";
    let size = canvas.theme.tick;
    let leading = canvas.theme.leading(size);
    let width = |text: &str| text::width(text, size, Weight::Regular);
    let first = top + size;
    let side_by_side = width(WORSE) + width(BETTER) + size <= right - left;
    let second = if side_by_side { first } else { first + leading };
    canvas.text("direction", (right.max(left + width(BETTER)), first), BETTER, size, Anchor::End);
    canvas.text("direction", (left, second), WORSE, size, Anchor::Start);
    second + leading - size
}

/// What the two markers mean, under the labels; nothing where no outcome is primary.
fn legend(canvas: &mut Canvas, table: &Table, (top, right): (f64, f64)) -> f64 {
    let theme = canvas.theme;
    let size = theme.tick;
    let left = theme.margin + indent(theme);
    let mut y = top;
    if !table.rows().any(|row| row.primary) {
        return y;
    }
    for (primary, words) in [(true, "primary"), (false, "other")] {
        if !table.rows().any(|row| row.primary == primary) {
            continue;
        }
        let middle = y + theme.leading(size) / 2.0;
        let radius = marker::radius(theme, primary);
        // Both words start at one edge, whatever the size of the marker.
        let centre = left + marker::radius(theme, true);
        canvas.point("legend-marker", (centre, middle), radius, marker::shape(primary), marker::FILL);
        let text_left = centre + marker::radius(theme, true) + 0.4 * size;
        let weight = if primary { Weight::Bold } else { Weight::Regular };
        let words = text::shorten(words, right - text_left, size, weight);
        canvas.styled("legend", (text_left, middle + on_middle(size)), &words, size, weight, Anchor::Start, INK);
        y += theme.leading(size);
    }
    y
}

/// A white ground under a text that stands on lines.
pub(super) fn on_white(canvas: &mut Canvas, role: &'static str, (x, baseline): (f64, f64), words: &str, anchor: Anchor) {
    let size = canvas.theme.tick;
    let width = text::width(words, size, Weight::Regular);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    let pad = 0.15 * size;
    canvas.bar("ground", (left - pad, baseline - 0.85 * size), (left + width + pad, baseline + 0.3 * size), WHITE);
    canvas.styled(role, (x, baseline), words, size, Weight::Regular, anchor, MUTED);
}
