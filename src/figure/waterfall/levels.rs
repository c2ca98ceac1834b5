//! The changes that mean something: the least that matters, and the least beyond measurement error.

use crate::figure::axis::Scale;
use crate::figure::theme::{MUTED, Theme};
use crate::figure::{Anchor, Canvas, Drawing, Stroke, Weight, text};
use crate::results::{Finding, Method, number};
use crate::trial::{ChangeUnit, Direction, Outcome};

/// A magnitude of change with its name, drawn on both sides of zero.
pub struct Level {
    name: &'static str,
    magnitude: f64,
    text: String,
}

impl Level {
    /// `MCID ±3.9`
    pub fn words(&self) -> String {
        format!("{} \u{b1}{}", self.name, self.text)
    }
}

/// The first threshold in points, and the smallest detectable change, where they are known.
pub fn known(outcome: &Outcome, drawing: &Drawing) -> Vec<Level> {
    if outcome.direction == Direction::None {
        return Vec::new();
    }
    let mut levels = Vec::new();
    if let Some(Ok(Finding::Responders(record))) = drawing.results.finding(&outcome.id, Method::Responders)
        && let Some(fact) = record.thresholds.iter().map(|row| &row.threshold.fact).find(|fact| fact.unit == ChangeUnit::Points)
    {
        levels.push(Level { name: fact.kind.label(), magnitude: fact.value.to_f64(), text: fact.value.to_string() });
    }
    if let Some(Ok(Finding::ReliableChange(record))) = drawing.results.finding(&outcome.id, Method::ReliableChange) {
        let magnitude = record.error.smallest_detectable_change;
        levels.push(Level { name: "reliable change", magnitude, text: number::fixed(magnitude, number::decimals(outcome)) });
    }
    levels
}

/// Draws the lines that the axis reaches, across the bars, each named at the end where no bar stands: improvement right,
/// worsening left.
pub fn draw(canvas: &mut Canvas, levels: &[Level], better_is_lower: bool, y: &Scale, (left, right): (f64, f64), (top, bottom): (f64, f64)) {
    let theme: Theme = *canvas.theme;
    let dashed = Stroke { paint: MUTED, width: theme.axis_line * 0.8, dash: Some((theme.tick * 0.4, theme.tick * 0.3)) };
    // Where names of the same side would meet, the later one moves towards the middle.
    let mut named: Vec<(bool, f64, f64)> = Vec::new();
    for level in levels {
        for improved in [true, false] {
            let change = if improved == better_is_lower { -level.magnitude } else { level.magnitude };
            let at = y.at(change);
            if at < top || at > bottom {
                continue;
            }
            canvas.line("level", vec![(left, at), (right, at)], dashed.clone());
            let words = format!("{} {}{}", level.name, if change < 0.0 { "\u{2212}" } else { "+" }, level.text);
            let width = text::width(&words, theme.tick, Weight::Regular);
            let baseline = if change < 0.0 { at + theme.tick } else { at - theme.tick * 0.3 };
            let near = |other: &&(bool, f64, f64)| other.0 == improved && (other.1 - baseline).abs() < 1.2 * theme.tick;
            let shift: f64 = named.iter().filter(near).map(|other| other.2 + theme.tick).sum();
            let (x, anchor) = if improved { (right - shift, Anchor::End) } else { (left + shift + theme.tick * 0.3, Anchor::Start) };
            canvas.styled("level-name", (x, baseline), &words, theme.tick, Weight::Regular, anchor, MUTED);
            named.push((improved, baseline, width));
        }
    }
}
