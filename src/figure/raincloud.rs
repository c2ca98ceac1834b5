//! Raincloud: for pre and post the density, the box of quartiles and every person, on the scale of the instrument.

use super::axis::{Scale, Ticks, extent, padded, spread};
use super::measured::{Measured, curve};
use super::swarm::swarm;
use super::theme::{INK, MUTED, POST, PRE, Theme, WHITE};
use super::{Anchor, Canvas, Drawing, Figure, NotDrawn, Paint, Shape, Size, Stroke, Weight, file_stem_in, text};
use crate::plan::FigureKind;
use crate::results::{Summary, number};
use crate::stats::Estimable;
use crate::stats::density::Density;
use crate::trial::Outcome;

pub fn raincloud(outcome: &Outcome, drawing: &Drawing, theme: &Theme) -> Result<Figure, NotDrawn> {
    let measured = Measured::of(outcome, drawing)?;
    let notes = notes(&measured);
    let mut canvas = Canvas::new(theme);
    let title = format!("{}: distribution at pre and post", outcome.label);
    let top = canvas.header(&title, &measured.subtitle());
    let frame = Frame::new(&measured, &mut canvas, top, &notes);
    frame.bands(&mut canvas, &measured);
    frame.axis(&mut canvas, &measured);
    let tallest = tallest(&measured);
    for side in [Side::Pre, Side::Post] {
        frame.cloud(&mut canvas, &measured, side, tallest);
        frame.rain(&mut canvas, &measured, side);
        frame.quartiles(&mut canvas, &measured, side);
        frame.name(&mut canvas, &measured, side);
    }
    canvas.notes(frame.notes_top, &notes);
    Ok(Figure {
        id: file_stem_in(drawing.results, Some(&outcome.id), FigureKind::Raincloud),
        title,
        alt_text: alt_text(&measured),
        caption: caption(&measured, &notes),
        size: Size { width: theme.width, height: frame.height },
        marks: canvas.marks,
        notes,
    })
}

/// The two visits; pre stands left with its cloud to the left, post mirrors it.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Pre,
    Post,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Side::Pre => "Pre",
            Side::Post => "Post",
        }
    }

    fn paint(self) -> Paint {
        match self {
            Side::Pre => PRE,
            Side::Post => POST,
        }
    }

    fn summary<'a>(self, measured: &Measured<'a>) -> &'a Summary {
        match self {
            Side::Pre => &measured.describe.pre,
            Side::Post => &measured.describe.post,
        }
    }

    fn density<'a>(self, measured: &Measured<'a>) -> Option<&'a Estimable<Density>> {
        measured.density.as_ref().ok().map(|density| match self {
            Side::Pre => &density.pre,
            Side::Post => &density.post,
        })
    }

    /// The place of something that stands at `share` of the width on the left side.
    fn mirrored(self, share: f64) -> f64 {
        match self {
            Side::Pre => share,
            Side::Post => 1.0 - share,
        }
    }
}

fn notes(measured: &Measured) -> Vec<String> {
    let refused = |side: Side| match side.density(measured) {
        Some(Estimable::NotEstimable(reason)) => Some(format!("No density of {}: {reason}.", side.name().to_lowercase())),
        _ => None,
    };
    let none = match &measured.density {
        Err(Some(reason)) => Some(format!("No densities: {reason}.")),
        _ => None,
    };
    [Side::Pre, Side::Post].into_iter().filter_map(refused).chain(none).collect()
}

/// The greatest height of both curves: areas of pre and post can be compared.
fn tallest(measured: &Measured) -> f64 {
    let heights = [Side::Pre, Side::Post].into_iter().filter_map(|side| side.density(measured)?.ok());
    heights.flat_map(|density| density.density.iter().copied()).filter(|height| height.is_finite()).fold(0.0, f64::max)
}

struct Frame {
    y: Scale,
    /// From the lowest to the highest value of the axis: the scale's, or those that the data and their curves reach.
    span: (f64, f64),
    ticks: Ticks,
    left: f64,
    right: f64,
    /// Where names of bands may stand, right of the plot.
    band_names: f64,
    names_top: f64,
    notes_top: f64,
    height: f64,
}

impl Frame {
    fn new(measured: &Measured, canvas: &mut Canvas, top: f64, notes: &[String]) -> Self {
        let theme = *canvas.theme;
        let scale_ends = measured.outcome.range.map(|range| [range.min.to_f64(), range.max.to_f64()]);
        let scores = measured.people.iter().flat_map(|person| [person.pre, person.post]);
        let mut span = extent(scores.chain(scale_ends.into_iter().flatten())).unwrap_or((0.0, 0.0));
        if scale_ends.is_none() {
            let visible = tallest(measured) * 0.01;
            let curves = [Side::Pre, Side::Post].into_iter().filter_map(|side| side.density(measured)?.ok());
            let reached = curves.flat_map(curve).filter(|(_, height)| *height > visible).map(|(value, _)| value);
            span = extent(reached.chain([span.0, span.1])).unwrap_or(span);
        }
        let title = measured.axis_title("Score", true, theme.width - 2.0 * theme.margin, theme.tick);
        let mut title_y = top + theme.tick * 1.5;
        for line in &title {
            canvas.text("axis-title", (theme.margin, title_y), line, theme.tick, Anchor::Start);
            title_y += theme.leading(theme.tick);
        }
        let plot_top = title_y - theme.tick * 0.2;
        let below = 2.0 * theme.leading(theme.label) + theme.tick + canvas.notes_height(notes) + theme.margin;
        let height = theme.height.unwrap_or((plot_top + 24.0 * theme.label + below).min(theme.max_height));
        let bottom = height - below;
        let y = Scale::new(padded(span, 0.02), bottom, plot_top);
        let ticks = with_ends(y.ticks(theme.tick * 2.2), scale_ends, &y, theme.tick * 1.3);
        let widest = |texts: &[String]| texts.iter().map(|l| text::width(l, theme.tick, Weight::Regular)).fold(0.0, f64::max);
        let names: Vec<String> = measured.outcome.bands.iter().map(|band| band.label.clone()).collect();
        let names_width = if names.is_empty() { 0.0 } else { widest(&names).min(theme.width * 0.24) };
        let names_gap = if names.is_empty() { 0.0 } else { theme.tick * 0.4 };
        let right = theme.width - theme.margin - names_width - names_gap;
        Self {
            y,
            span,
            left: theme.margin + widest(&ticks.labels()) + theme.tick * 0.9,
            ticks,
            right,
            band_names: right + names_gap,
            names_top: bottom + theme.tick * 0.6,
            notes_top: height - theme.margin - canvas.notes_height(notes),
            height,
        }
    }

    fn x(&self, side: Side, share: f64) -> f64 {
        self.left + side.mirrored(share) * (self.right - self.left)
    }

    /// Severity bands as faint stripes; a border stands halfway between the highest score of one and the lowest of the next.
    fn bands(&self, canvas: &mut Canvas, measured: &Measured) {
        let theme = *canvas.theme;
        let mut bands: Vec<(f64, f64, &str)> =
            measured.outcome.bands.iter().map(|band| (band.min.to_f64(), band.max.to_f64(), band.label.as_str())).collect();
        bands.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut stripes: Vec<(f64, f64, &str)> = Vec::new();
        for (i, (min, max, label)) in bands.iter().enumerate() {
            let low = if i == 0 { *min } else { (bands[i - 1].1 + min) / 2.0 };
            let high = bands.get(i + 1).map_or(*max, |next| (max + next.0) / 2.0);
            let (low, high) = (low.max(self.y.from), high.min(self.y.to));
            if low < high {
                stripes.push((low, high, label));
            }
        }
        for (i, (low, high, _)) in stripes.iter().enumerate() {
            let strength = if i % 2 == 0 { 0.045 } else { 0.11 };
            canvas.bar("band", (self.left, self.y.at(*low)), (self.right, self.y.at(*high)), MUTED.with_opacity(strength));
        }
        // From the top down, as places on paper grow.
        let centres: Vec<f64> = stripes.iter().rev().map(|(low, high, _)| (self.y.at(*low) + self.y.at(*high)) / 2.0).collect();
        let half = theme.tick * 0.6;
        let room = theme.width - theme.margin - self.band_names;
        let Some(places) = spread(&centres, theme.leading(theme.tick), self.y.end + half, self.y.start - half) else { return };
        for ((_, _, label), y) in stripes.iter().rev().zip(places) {
            let label = text::shorten(label, room, theme.tick, Weight::Regular);
            let place = (self.band_names, y + theme.tick * 0.36);
            canvas.styled("band-name", place, &label, theme.tick, Weight::Regular, Anchor::Start, MUTED);
        }
    }

    fn axis(&self, canvas: &mut Canvas, measured: &Measured) {
        let theme = *canvas.theme;
        let tick = theme.tick * 0.4;
        if let Some(range) = measured.outcome.range {
            let dashed = Stroke { paint: MUTED, width: theme.axis_line * 0.8, dash: Some((theme.tick * 0.4, theme.tick * 0.3)) };
            for end in [range.min, range.max] {
                let y = self.y.at(end.to_f64());
                canvas.line("scale-end", vec![(self.left, y), (self.right, y)], dashed.clone());
            }
        }
        let ends = extent(self.ticks.values.iter().copied().chain([self.span.0, self.span.1])).unwrap_or(self.span);
        canvas.line("axis", vec![(self.left, self.y.at(ends.0)), (self.left, self.y.at(ends.1))], theme.axis());
        for (value, label) in self.ticks.values.iter().zip(self.ticks.labels()) {
            let y = self.y.at(*value);
            canvas.line("tick", vec![(self.left - tick, y), (self.left, y)], theme.axis());
            canvas.text("tick-label", (self.left - 1.6 * tick, y + theme.tick * 0.36), &label, theme.tick, Anchor::End);
        }
    }

    fn cloud(&self, canvas: &mut Canvas, measured: &Measured, side: Side, tallest: f64) {
        let Some(density) = side.density(measured).and_then(Estimable::ok) else { return };
        if tallest <= 0.0 {
            return;
        }
        let (base, reach) = (self.x(side, 0.23), self.x(side, 0.02) - self.x(side, 0.23));
        let outline: Vec<(f64, f64)> = curve(density)
            .filter(|(value, _)| (self.y.from..=self.y.to).contains(value))
            .map(|(value, height)| (base + reach * height / tallest, self.y.at(value)))
            .collect();
        if let (Some(first), Some(last)) = (outline.first().copied(), outline.last().copied()) {
            let closed = [vec![(base, first.1)], outline, vec![(base, last.1)]].concat();
            canvas.polygon("density", closed, side.paint().with_opacity(0.75));
        }
    }

    fn rain(&self, canvas: &mut Canvas, measured: &Measured, side: Side) {
        let theme = *canvas.theme;
        let mut scores: Vec<f64> = measured.people.iter().map(|p| if side == Side::Pre { p.pre } else { p.post }).collect();
        scores.sort_by(f64::total_cmp);
        let radius = theme.point * libm::sqrt(80.0 / scores.len().max(80) as f64).max(0.35);
        let ys: Vec<f64> = scores.iter().map(|score| self.y.at(*score)).collect();
        let room = (self.x(Side::Pre, 0.48) - self.x(Side::Pre, 0.4)).max(2.0 * radius) - radius;
        let centre = self.x(side, 0.405);
        let opacity = if scores.len() > 100 { 0.6 } else { 0.85 };
        for (y, offset) in ys.iter().zip(swarm(&ys, radius, room)) {
            canvas.point("person", (centre + offset, *y), radius, Shape::Circle, side.paint().with_opacity(opacity));
        }
    }

    fn quartiles(&self, canvas: &mut Canvas, measured: &Measured, side: Side) {
        let summary = side.summary(measured);
        let (Some(q1), Some(median), Some(q3)) = (summary.q1.ok(), summary.median.ok(), summary.q3.ok()) else { return };
        let theme = *canvas.theme;
        let (outer, inner) = (self.x(side, 0.25), self.x(side, 0.295));
        let (top, bottom) = (self.y.at(*q3), self.y.at(*q1));
        let stroke = Stroke { paint: INK, width: theme.axis_line * 1.5, dash: None };
        let (x, width) = (outer.min(inner), (inner - outer).abs());
        canvas.marks.push(super::Mark::Rect {
            role: "quartiles",
            x,
            y: top,
            width,
            height: bottom - top,
            fill: Some(WHITE),
            stroke: Some(stroke),
        });
        let median = self.y.at(*median);
        let stroke = Stroke { paint: INK, width: theme.data_line * 1.6, dash: None };
        canvas.line("median", vec![(x, median), (x + width, median)], stroke);
    }

    fn name(&self, canvas: &mut Canvas, measured: &Measured, side: Side) {
        let theme = *canvas.theme;
        let centre = self.x(side, 0.25);
        canvas.text("column", (centre, self.names_top + theme.label), side.name(), theme.label, Anchor::Middle);
        let value = format!("median {}", median_text(measured, side));
        let room = 0.5 * (self.right - self.left) - theme.tick;
        if text::width(&value, theme.tick, Weight::Regular) <= room {
            let y = self.names_top + theme.label + theme.leading(theme.label);
            canvas.text("column-median", (centre, y), &value, theme.tick, Anchor::Middle);
        }
    }
}

/// Round ticks and the ends of the scale; round ones too close to an end give way.
fn with_ends(ticks: Ticks, ends: Option<[f64; 2]>, y: &Scale, spacing: f64) -> Ticks {
    // Ends that data far beyond the scale have pushed together would be labelled over each other.
    let Some(ends) = ends.filter(|ends| (y.at(ends[0]) - y.at(ends[1])).abs() >= spacing) else { return ticks };
    let is_clear = |value: &f64| ends.iter().all(|end| (y.at(*value) - y.at(*end)).abs() >= spacing);
    let mut values: Vec<f64> = ticks.values.into_iter().filter(is_clear).chain(ends).collect();
    values.sort_by(f64::total_cmp);
    let digits = |value: &f64| number::data(*value).split_once('.').map_or(0, |(_, fraction)| fraction.len());
    Ticks { decimals: ends.iter().map(digits).max().unwrap_or(0).min(4).max(ticks.decimals), values }
}

/// `24 (18 to 30)`: median and quartiles.
fn median_text(measured: &Measured, side: Side) -> String {
    let summary = side.summary(measured);
    let text = |value: &Estimable<f64>| value.ok().map_or_else(|| "–".to_owned(), |value| measured.mean_text(*value));
    format!("{} ({} to {})", text(&summary.median), text(&summary.q1), text(&summary.q3))
}

fn alt_text(measured: &Measured) -> String {
    let ends = match (measured.describe.scale_ends, measured.outcome.range) {
        (Some(ends), Some(range)) => format!(
            " At the floor of the scale ({}): {} at pre, {} at post; at the ceiling ({}): {} at pre, {} at post.",
            number::data(range.min.to_f64()),
            number::percent(ends.pct_floor_pre, 0),
            number::percent(ends.pct_floor_post, 0),
            number::data(range.max.to_f64()),
            number::percent(ends.pct_ceiling_pre, 0),
            number::percent(ends.pct_ceiling_post, 0)
        ),
        _ => String::new(),
    };
    let better = measured.better().map(|better| format!(" ({better})")).unwrap_or_default();
    format!(
        "{}{better}: how the scores lie at pre and post. {} Median (quartiles): pre {}, post {}. Means: {}; {}.{ends}",
        measured.outcome.label,
        measured.n_sentence(),
        median_text(measured, Side::Pre),
        median_text(measured, Side::Post),
        measured.means_text(),
        measured.mean_change_text()
    )
}

fn caption(measured: &Measured, notes: &[String]) -> String {
    let curves: Vec<String> = [Side::Pre, Side::Post]
        .into_iter()
        .filter_map(|side| {
            let density = side.density(measured)?.ok()?;
            Some(format!("{} {} ({})", side.name().to_lowercase(), number::significant(density.bandwidth, 3), density.kernel))
        })
        .collect();
    let curves = if curves.is_empty() { String::new() } else { format!(" Densities with bandwidth {}.", curves.join(", ")) };
    let scale = match measured.outcome.range {
        Some(_) => " The axis is the range of the scale, its ends dashed.",
        None => "",
    };
    let bands = if measured.outcome.bands.is_empty() { "" } else { " Stripes: severity bands of the instrument." };
    let notes = notes.iter().map(|note| format!(" {note}")).collect::<String>();
    format!(
        "{}: {} Each point is one person; boxes are the quartiles (type 7), thick lines the medians.{curves}{scale}{bands}{notes}",
        measured.outcome.label,
        measured.n_sentence()
    )
}
