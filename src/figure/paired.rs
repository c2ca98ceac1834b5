//! Gardner–Altman: every person from pre to post, and the changes on an axis whose 0 stands at the pre mean.

use super::axis::{Scale, Ticks, extent, padded};
use super::measured::{Measured, Person, class_paint, curve};
use super::swarm::swarm;
use super::theme::{GUIDE, INK, MUTED, POST, PRE, Theme, WHITE};
use super::{Anchor, Canvas, Drawing, Figure, NotDrawn, Paint, Shape, Size, Stroke, Weight, file_stem_in, text};
use crate::plan::FigureKind;
use crate::results::number;
use crate::trial::Outcome;

/// More people than this are shown by a sample and the band of their quartiles.
const MOST_LINES: usize = 300;

pub fn paired(outcome: &Outcome, drawing: &Drawing, theme: &Theme) -> Result<Figure, NotDrawn> {
    let measured = Measured::of(outcome, drawing)?;
    let shown = sample(&measured.people);
    let notes = notes(&measured, shown.len());
    let mut canvas = Canvas::new(theme);
    let title = format!("{}: pre, post and change", outcome.label);
    let top = canvas.header(&title, &measured.subtitle());
    let frame = Frame::new(&measured, &mut canvas, top, &notes);
    frame.axes(&mut canvas);
    frame.people(&mut canvas, &measured, &shown);
    frame.means(&mut canvas, &measured);
    frame.changes(&mut canvas, &shown);
    frame.mean_change(&mut canvas, &measured);
    frame.names(&mut canvas, &measured);
    canvas.notes(frame.notes_top, &notes);
    Ok(Figure {
        id: file_stem_in(drawing.results, Some(&outcome.id), FigureKind::Paired),
        title,
        alt_text: alt_text(&measured),
        caption: caption(&measured, &notes),
        size: Size { width: theme.width, height: frame.height },
        marks: canvas.marks,
        notes,
    })
}

/// All people, or a sample evenly over the ranks of change, both ends included.
fn sample(people: &[Person]) -> Vec<Person> {
    if people.len() <= MOST_LINES {
        return people.to_vec();
    }
    (0..MOST_LINES).map(|i| people[i * (people.len() - 1) / (MOST_LINES - 1)]).collect()
}

fn notes(measured: &Measured, shown: usize) -> Vec<String> {
    let n = measured.people.len();
    if shown == n {
        return Vec::new();
    }
    vec![format!(
        "{} of {} people are drawn, evenly over the ranks of change; the band joins the quartiles of all.",
        number::count(shown),
        number::count(n)
    )]
}

/// Where things stand.
struct Frame {
    /// Scores upwards; a change stands at the pre mean plus itself.
    y: Scale,
    mean_pre: f64,
    score_span: (f64, f64),
    change_span: (f64, f64),
    left: f64,
    right: f64,
    names_top: f64,
    notes_top: f64,
    height: f64,
    ticks: Ticks,
    change_ticks: Ticks,
}

impl Frame {
    fn new(measured: &Measured, canvas: &mut Canvas, top: f64, notes: &[String]) -> Self {
        let theme = *canvas.theme;
        let mean_pre = measured.mean_pre;
        let scores = measured.people.iter().flat_map(|person| [person.pre, person.post]).chain([mean_pre, measured.mean_post]);
        let around_means = [&measured.describe.mean_interval_pre, &measured.describe.mean_interval_post];
        let around_means =
            around_means.into_iter().filter_map(|interval| interval.ok()).flat_map(|interval| [interval.lower, interval.upper]);
        let score_span = extent(scores.chain(around_means)).unwrap_or((mean_pre, mean_pre));
        let limits = measured.mean_change.interval.as_ref().ok().map(|interval| [interval.lower, interval.upper]);
        let changes = measured.people.iter().map(|person| person.change).chain([0.0, measured.mean_change.value]);
        let change_span = extent(changes.chain(limits.into_iter().flatten())).unwrap_or((0.0, 0.0));
        let whole = extent([score_span.0, score_span.1, mean_pre + change_span.0, mean_pre + change_span.1]).unwrap_or(score_span);

        // The titles of both axes stand above them, side by side.
        let room = (theme.width - 2.0 * theme.margin) / 2.0 - theme.label;
        let titles = [("Score", false), ("Change", true)].map(|(what, better)| measured.axis_title(what, better, room, theme.tick));
        let titles_top = top + theme.tick * 0.5;
        for (lines, x, anchor) in [(&titles[0], theme.margin, Anchor::Start), (&titles[1], theme.width - theme.margin, Anchor::End)] {
            for (i, line) in lines.iter().enumerate() {
                canvas.text("axis-title", (x, titles_top + theme.tick + i as f64 * theme.leading(theme.tick)), line, theme.tick, anchor);
            }
        }
        let rows = titles[0].len().max(titles[1].len()) as f64;
        let plot_top = titles_top + rows * theme.leading(theme.tick) + theme.tick * 0.6;
        let below = 2.0 * theme.leading(theme.label) + theme.tick + canvas.notes_height(notes) + theme.margin;
        let height = theme.height.unwrap_or((plot_top + 24.0 * theme.label + below).min(theme.max_height));
        let plot_bottom = height - below;

        let y = Scale::new(padded(whole, 0.02), plot_bottom, plot_top);
        let spacing = theme.tick * 2.2;
        // Of the ticks of the whole height an axis shows those along its data.
        let ticks = y.ticks_along(spacing, score_span);
        let shifted = Scale { from: y.from - mean_pre, to: y.to - mean_pre, ..y };
        let change_ticks = shifted.ticks_along(spacing, change_span);
        let widest = |labels: Vec<String>| labels.iter().map(|l| text::width(l, theme.tick, Weight::Regular)).fold(0.0, f64::max);
        let gap = theme.tick * 0.9;
        Self {
            y,
            mean_pre,
            score_span,
            change_span,
            left: theme.margin + widest(ticks.labels()) + gap,
            right: theme.width - theme.margin - widest(change_ticks.signed_labels()) - gap,
            names_top: plot_bottom + theme.tick * 0.6,
            notes_top: height - theme.margin - canvas.notes_height(notes),
            height,
            ticks,
            change_ticks,
        }
    }

    fn x(&self, share: f64) -> f64 {
        self.left + share * (self.right - self.left)
    }

    fn pre_x(&self) -> f64 {
        self.x(0.12)
    }

    fn post_x(&self) -> f64 {
        self.x(0.42)
    }

    fn swarm_x(&self) -> f64 {
        self.x(0.645)
    }

    fn estimate_x(&self) -> f64 {
        self.x(0.85)
    }

    fn change_y(&self, change: f64) -> f64 {
        self.y.at(self.mean_pre + change)
    }

    fn axes(&self, canvas: &mut Canvas) {
        let theme = canvas.theme;
        let tick = theme.tick * 0.4;
        let baseline = theme.tick * 0.36;
        let reach = |span: (f64, f64), ticks: &[f64]| extent(ticks.iter().copied().chain([span.0, span.1])).unwrap_or(span);
        let (low, high) = reach(self.score_span, &self.ticks.values);
        canvas.line("axis", vec![(self.left, self.y.at(low)), (self.left, self.y.at(high))], theme.axis());
        for (value, label) in self.ticks.values.iter().zip(self.ticks.labels()) {
            let y = self.y.at(*value);
            canvas.line("tick", vec![(self.left - tick, y), (self.left, y)], theme.axis());
            canvas.text("tick-label", (self.left - 1.6 * tick, y + baseline), &label, theme.tick, Anchor::End);
        }
        let (low, high) = reach(self.change_span, &self.change_ticks.values);
        canvas.line("change-axis", vec![(self.right, self.change_y(low)), (self.right, self.change_y(high))], theme.axis());
        let labels = self.change_ticks.signed_labels();
        let widest = labels.iter().map(|label| text::width(label, theme.tick, Weight::Regular)).fold(0.0, f64::max);
        for (value, label) in self.change_ticks.values.iter().zip(labels) {
            let y = self.change_y(*value);
            canvas.line("change-tick", vec![(self.right, y), (self.right + tick, y)], theme.axis());
            canvas.text("change-tick-label", (self.right + 1.6 * tick + widest, y + baseline), &label, theme.tick, Anchor::End);
        }
        canvas.line("zero", vec![(self.pre_x(), self.change_y(0.0)), (self.right, self.change_y(0.0))], theme.guide());
    }

    fn people(&self, canvas: &mut Canvas, measured: &Measured, shown: &[Person]) {
        let theme = canvas.theme;
        if shown.len() < measured.people.len() {
            self.quartile_band(canvas, measured);
        }
        let opacity = libm::sqrt(20.0 / shown.len().max(20) as f64) * 0.7;
        let line = Stroke { paint: MUTED.with_opacity(opacity), width: theme.thin_line, dash: None };
        let radius = theme.point * libm::sqrt(60.0 / shown.len().max(60) as f64);
        for person in shown {
            let (pre, post) = ((self.pre_x(), self.y.at(person.pre)), (self.post_x(), self.y.at(person.post)));
            canvas.line("person", vec![pre, post], line.clone());
        }
        for person in shown {
            let strength = opacity.max(0.35);
            canvas.point("pre", (self.pre_x(), self.y.at(person.pre)), radius, Shape::Circle, PRE.with_opacity(strength));
            canvas.point("post", (self.post_x(), self.y.at(person.post)), radius, Shape::Circle, POST.with_opacity(strength));
        }
    }

    fn quartile_band(&self, canvas: &mut Canvas, measured: &Measured) {
        let (pre, post) = (&measured.describe.pre, &measured.describe.post);
        if let (Some(pre1), Some(pre3), Some(post1), Some(post3)) = (pre.q1.ok(), pre.q3.ok(), post.q1.ok(), post.q3.ok()) {
            let corner = |x: f64, score: f64| (x, self.y.at(score));
            let corners = vec![
                corner(self.pre_x(), *pre1),
                corner(self.pre_x(), *pre3),
                corner(self.post_x(), *post3),
                corner(self.post_x(), *post1),
            ];
            canvas.polygon("quartile-band", corners, POST.with_opacity(0.2));
        }
    }

    fn means(&self, canvas: &mut Canvas, measured: &Measured) {
        let theme = canvas.theme;
        let (pre, post) = ((self.pre_x(), self.y.at(measured.mean_pre)), (self.post_x(), self.y.at(measured.mean_post)));
        let reference = Stroke { dash: Some((theme.tick * 0.4, theme.tick * 0.4)), ..theme.guide() };
        canvas.line("post-mean", vec![post, (self.estimate_x(), post.1)], reference);
        canvas.line("means", vec![pre, post], Stroke { paint: INK, width: 1.5 * theme.data_line, dash: None });
        for (role, place, paint) in [("mean-pre", pre, PRE), ("mean-post", post, POST)] {
            ringed(canvas, role, place, paint);
        }
        // The intervals stand beside the means, outside of the lines between them.
        let beside = theme.mean_point * 2.4;
        let describe = measured.describe;
        for (role, x, interval) in [
            ("mean-interval-pre", pre.0 - beside, &describe.mean_interval_pre),
            ("mean-interval-post", post.0 + beside, &describe.mean_interval_post),
        ] {
            if let Some(interval) = interval.ok() {
                canvas.line(role, vec![(x, self.y.at(interval.lower)), (x, self.y.at(interval.upper))], theme.interval());
            }
        }
    }

    fn changes(&self, canvas: &mut Canvas, shown: &[Person]) {
        let theme = canvas.theme;
        let radius = theme.point * libm::sqrt(80.0 / shown.len().max(80) as f64);
        let ys: Vec<f64> = shown.iter().map(|person| self.change_y(person.change)).collect();
        let room = (self.x(0.75) - self.swarm_x()).max(radius) - radius;
        for ((person, y), offset) in shown.iter().zip(&ys).zip(swarm(&ys, radius, room)) {
            // The shape says the direction too: colours are lost in greyscale.
            let (shape, radius) = match person.change {
                change if change > 0.0 => (Shape::TriangleUp, radius * 1.2),
                change if change < 0.0 => (Shape::TriangleDown, radius * 1.2),
                _ => (Shape::Circle, radius),
            };
            canvas.point("change", (self.swarm_x() + offset, *y), radius, shape, class_paint(person.class).with_opacity(0.8));
        }
    }

    fn mean_change(&self, canvas: &mut Canvas, measured: &Measured) {
        let theme = canvas.theme;
        let x = self.estimate_x();
        self.half_violin(canvas, measured);
        if let Ok(interval) = &measured.mean_change.interval {
            canvas.line("interval", vec![(x, self.change_y(interval.lower)), (x, self.change_y(interval.upper))], theme.interval());
        }
        canvas.point("mean-change", (x, self.change_y(measured.mean_change.value)), theme.mean_point, Shape::Circle, INK);
    }

    /// The bootstrap density, as far as it lies on the canvas.
    fn half_violin(&self, canvas: &mut Canvas, measured: &Measured) {
        let Some(density) = measured.density.as_ref().ok().and_then(|density| density.bootstrap_mean_change.ok()) else { return };
        let highest = density.density.iter().copied().fold(0.0, f64::max);
        if highest <= 0.0 {
            return;
        }
        let base = self.estimate_x() + canvas.theme.mean_point * 0.5;
        let room = self.x(0.97) - base;
        let on_canvas = |value: f64| (self.y.from..=self.y.to).contains(&(self.mean_pre + value));
        let outline: Vec<(f64, f64)> = curve(density)
            .filter(|(value, _)| on_canvas(*value))
            .map(|(value, height)| (base + room * height / highest, self.change_y(value)))
            .collect();
        if let (Some(first), Some(last)) = (outline.first().copied(), outline.last().copied()) {
            let closed = [vec![(base, first.1)], outline, vec![(base, last.1)]].concat();
            canvas.polygon("bootstrap", closed, GUIDE);
        }
    }

    /// The names of the columns, and the means under those of pre, post and change.
    fn names(&self, canvas: &mut Canvas, measured: &Measured) {
        let theme = *canvas.theme;
        let columns = [
            ("Pre", self.pre_x(), 0.24, Some(measured.mean_pre)),
            ("Post", self.post_x(), 0.24, Some(measured.mean_post)),
            ("Changes", self.swarm_x(), 0.2, None),
            ("Mean", self.estimate_x(), 0.2, Some(measured.mean_change.value)),
        ];
        for (name, x, share, mean) in columns {
            let room = share * (self.right - self.left);
            let label = text::shorten(name, room, theme.label, Weight::Regular);
            canvas.text("column", (x, self.names_top + theme.label), &label, theme.label, Anchor::Middle);
            let value = mean.map(|mean| measured.mean_text(mean)).unwrap_or_default();
            // A cut number would be another number: it stands there whole or not at all.
            if text::width(&value, theme.tick, Weight::Regular) <= room {
                let y = self.names_top + theme.label + theme.leading(theme.label);
                canvas.styled("column-mean", (x, y), &value, theme.tick, Weight::Regular, Anchor::Middle, INK);
            }
        }
    }
}

/// A point with a white and a dark ring, that stands out from lines.
fn ringed(canvas: &mut Canvas, role: &'static str, place: (f64, f64), paint: Paint) {
    let radius = canvas.theme.mean_point;
    canvas.point("ring", place, radius * 1.25, Shape::Circle, WHITE);
    canvas.point("ring", place, radius * 1.1, Shape::Circle, INK);
    canvas.point(role, place, radius * 0.75, Shape::Circle, paint);
}

fn alt_text(measured: &Measured) -> String {
    let classes = measured.classes_text().map(|classes| format!(" {classes}.")).unwrap_or_default();
    let better = measured.better().map(|better| format!(" ({better})")).unwrap_or_default();
    format!(
        "{}{better}, from pre to post, one line per person, and the changes with their mean. {} Means: {}; {}.{classes}",
        measured.outcome.label,
        measured.n_sentence(),
        measured.means_text(),
        measured.mean_change_text()
    )
}

fn caption(measured: &Measured, notes: &[String]) -> String {
    let interval = match &measured.mean_change.interval {
        Ok(interval) => format!("the mean change with its {} confidence interval (Student's t)", number::level_percent(interval.level)),
        Err(reason) => format!("the mean change, without an interval ({reason})"),
    };
    let violin = match measured.density.as_ref().ok().and_then(|density| density.bootstrap_mean_change.ok()) {
        Some(density) => format!("; the grey curve is the bootstrap distribution of the mean change ({})", density.kernel),
        None => String::new(),
    };
    let colour = if measured.better().is_some() { " Green: improved; orange: worsened; grey: unchanged." } else { "" };
    let notes = notes.iter().map(|note| format!(" {note}")).collect::<String>();
    let has_intervals = measured.describe.mean_interval_pre.ok().is_some() || measured.describe.mean_interval_post.ok().is_some();
    let beside = if has_intervals { ", with their intervals beside" } else { "" };
    format!(
        "{}: {} Left: each line is one person; large points are the means, {}{beside}. Right: each change (post − pre) as a point (▲ rise, ▼ fall, ● no change), on an axis whose 0 stands at the pre mean; {interval}{violin}.{colour}{notes}",
        measured.outcome.label,
        measured.n_sentence(),
        measured.means_text()
    )
}
