//! What a row puts into the plot: marker and interval, or the reason why there is none.

use super::layout::PlacedRow;
use super::paint::{on_middle, on_white};
use super::rows::Marker;
use crate::figure::axis::Scale;
use crate::figure::theme::{INK, POST, Theme};
use crate::figure::{Anchor, Canvas, Paint, Shape, Weight, text};
use crate::results::number;
use crate::stats::Interval;

/// One colour for all: position says which way a change went.
pub(super) const FILL: Paint = POST;

/// Primary outcomes have a shape of their own.
pub(super) fn shape(primary: bool) -> Shape {
    if primary { Shape::Diamond } else { Shape::Square }
}

/// A diamond needs more radius to look as large as a square.
pub(super) fn radius(theme: &Theme, primary: bool) -> f64 {
    theme.mean_point * if primary { 1.25 } else { 0.8 }
}

/// Draws the row's part of the plot; says whether something was cut at the edge.
pub(super) fn draw(canvas: &mut Canvas, placed: &PlacedRow, scale: &Scale, null: f64, middle: f64) -> bool {
    match &placed.row.marker {
        Marker::Reason(_) => {
            reason(canvas, placed, middle);
            false
        }
        Marker::Effect { value, interval } => {
            let within = (scale.from..=scale.to).contains(value);
            let cut = match interval {
                Ok(interval) => self::interval(canvas, scale, *interval, middle),
                Err(_) => false,
            };
            if within {
                let radius = radius(canvas.theme, placed.row.primary);
                canvas.point("estimate", (scale.at(*value), middle), radius, shape(placed.row.primary), FILL);
                if interval.is_err() {
                    no_interval(canvas, scale, (*value, null), radius, middle);
                }
            } else {
                off_axis(canvas, scale, *value, interval.as_ref().ok(), middle);
            }
            cut || !within
        }
    }
}

fn reason(canvas: &mut Canvas, placed: &PlacedRow, middle: f64) {
    let lines = &placed.reason;
    let size = canvas.theme.tick;
    let leading = canvas.theme.leading(size);
    let first = middle - (lines.len() as f64 - 1.0) * leading / 2.0 + on_middle(size);
    for (i, line) in lines.iter().enumerate() {
        on_white(canvas, "reason", (placed.reason_room.0, first + i as f64 * leading), line, Anchor::Start);
    }
}

/// The part of the interval that the axis shows, with an arrow head where it goes on.
fn interval(canvas: &mut Canvas, scale: &Scale, interval: Interval, middle: f64) -> bool {
    let (lower, upper) = (interval.lower.clamp(scale.from, scale.to), interval.upper.clamp(scale.from, scale.to));
    if lower < upper {
        canvas.line("interval", vec![(scale.at(lower), middle), (scale.at(upper), middle)], canvas.theme.interval());
    }
    let (cut_low, cut_high) = (interval.lower < scale.from, interval.upper > scale.to);
    if cut_low {
        arrow(canvas, scale.start, 1.0, middle);
    }
    if cut_high {
        arrow(canvas, scale.end, -1.0, middle);
    }
    cut_low || cut_high
}

/// An arrow head with its tip at `tip`; `inward` is the direction of its base.
fn arrow(canvas: &mut Canvas, tip: f64, inward: f64, middle: f64) {
    let length = canvas.theme.mean_point * 1.6;
    let base = tip + inward * length;
    canvas.polygon("arrow", vec![(tip, middle), (base, middle - length / 2.0), (base, middle + length / 2.0)], INK);
}

/// Says beside a lone marker that its interval is missing, away from the line of no change where there is room, so as not
/// to cross it; the notes say it anyway.
fn no_interval(canvas: &mut Canvas, scale: &Scale, (value, null): (f64, f64), radius: f64, middle: f64) {
    let gap = radius + 0.4 * canvas.theme.tick;
    let x = scale.at(value);
    let words = "no interval";
    let (before, after) = (x - scale.start, scale.end - x);
    let needed = gap + text::width(words, canvas.theme.tick, Weight::Regular);
    if before.max(after) < needed {
        return;
    }
    let away_fits = if value >= null { after >= needed } else { before >= needed };
    let on_the_right = if away_fits { value >= null } else { before < after };
    let (x, anchor) = if on_the_right { (x + gap, Anchor::Start) } else { (x - gap, Anchor::End) };
    on_white(canvas, "reason", (x, middle + on_middle(canvas.theme.tick)), words, anchor);
}

/// An estimate beyond the axis: an arrow head at the edge and its value in words before it.
fn off_axis(canvas: &mut Canvas, scale: &Scale, value: f64, interval: Option<&Interval>, middle: f64) {
    let words = number::fixed(value, 2);
    let size = canvas.theme.tick;
    let width = text::width(&words, size, Weight::Regular);
    let gap = canvas.theme.mean_point * 1.6 + 0.4 * size;
    let above = value > scale.to;
    let (edge, inward) = if above { (scale.end, -1.0) } else { (scale.start, 1.0) };
    arrow(canvas, edge, inward, middle);
    // The interval may already reach into the axis: the words stand before it, where there is room.
    let reach = interval.map_or(edge, |i| scale.at(if above { i.lower } else { i.upper }.clamp(scale.from, scale.to)));
    let near = edge + inward * gap;
    let x = if above { near.min(reach - 0.4 * size) } else { near.max(reach + 0.4 * size) };
    let (anchor, x) = if above { (Anchor::End, x.max(scale.start + width)) } else { (Anchor::Start, x.min(scale.end - width)) };
    on_white(canvas, "off-axis", (x, middle + on_middle(size)), &words, anchor);
}
