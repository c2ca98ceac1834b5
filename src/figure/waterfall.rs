//! Waterfall: every change as a bar, from most improved to most worsened.

mod levels;

use self::levels::Level;
use super::axis::{Scale, Ticks, extent, padded};
use super::measured::{Measured, Person, class_paint};
use super::theme::Theme;
use super::{Anchor, Canvas, Drawing, Figure, NotDrawn, Shape, Size, Weight, file_stem_in, text};
use crate::plan::FigureKind;
use crate::results::{ChangeClass, number};
use crate::trial::{Direction, Outcome};

/// Beyond this many people neighbouring bars of one colour are one shape: gaps between them would be thinner than a hairline.
const MOST_BARS: usize = 100;

pub fn waterfall(outcome: &Outcome, drawing: &Drawing, theme: &Theme) -> Result<Figure, NotDrawn> {
    let measured = Measured::of(outcome, drawing)?;
    let mut people = measured.people.clone();
    // Best first: the largest fall where lower is better, else the largest rise.
    if outcome.direction != Direction::Lower {
        people.reverse();
    }
    let mut canvas = Canvas::new(theme);
    let title = format!("{}: change of each person", outcome.label);
    let top = canvas.header(&title, &measured.subtitle());
    let top = shares(&mut canvas, &measured, top);
    let frame = Frame::new(&measured, &mut canvas, top);
    frame.axes(&mut canvas, people.len());
    let levels = levels::known(outcome, drawing);
    let ends = (frame.left, frame.right);
    let lower = outcome.direction == Direction::Lower;
    levels::draw(&mut canvas, &levels, lower, &frame.y, ends, (frame.top, frame.bottom));
    frame.bars(&mut canvas, &people);
    Ok(Figure {
        id: file_stem_in(drawing.results, Some(&outcome.id), FigureKind::Waterfall),
        title,
        alt_text: alt_text(&measured, &levels),
        caption: caption(&measured, &levels),
        size: Size { width: theme.width, height: frame.height },
        marks: canvas.marks,
        notes: Vec::new(),
    })
}

/// The shares over the ends they belong to: improved left, worsened right; below each other where the row is too short.
fn shares(canvas: &mut Canvas, measured: &Measured, top: f64) -> f64 {
    let Some(classes) = measured.describe.classes else { return top };
    let theme = *canvas.theme;
    let (up, down) = (Shape::TriangleUp, Shape::TriangleDown);
    let (better, worse) = if measured.outcome.direction == Direction::Lower { (down, up) } else { (up, down) };
    let parts = [
        ("improved", ChangeClass::Improved, better, classes.pct_improved, classes.n_improved),
        ("unchanged", ChangeClass::Unchanged, Shape::Circle, classes.pct_unchanged, classes.n_unchanged),
        ("worsened", ChangeClass::Worsened, worse, classes.pct_worsened, classes.n_worsened),
    ];
    let size = theme.tick;
    let key = size * 1.1;
    let texts = parts.map(|(name, _, _, percent, n)| format!("{} {name} ({})", number::percent(percent, 0), number::count(n)));
    let widths = texts.each_ref().map(|text| key + text::width(text, size, Weight::Regular));
    let room = theme.width - 2.0 * theme.margin;
    let in_a_row = widths.iter().sum::<f64>() + 2.0 * size <= room;
    let mut y = top + size * 1.4;
    for (i, ((_, class, shape, ..), text)) in parts.iter().zip(&texts).enumerate() {
        let x = match i {
            _ if !in_a_row => theme.margin,
            0 => theme.margin,
            1 => theme.margin + widths[0] + (room - widths.iter().sum::<f64>()) / 2.0,
            _ => theme.width - theme.margin - widths[2],
        };
        canvas.point("class-key", (x + size * 0.4, y - size * 0.36), size * 0.4, *shape, class_paint(Some(*class)));
        canvas.text("share", (x + key, y), text, size, Anchor::Start);
        if !in_a_row && i < 2 {
            y += theme.leading(size);
        }
    }
    y + size * 0.4
}

struct Frame {
    y: Scale,
    ticks: Ticks,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    height: f64,
}

impl Frame {
    fn new(measured: &Measured, canvas: &mut Canvas, top: f64) -> Self {
        let theme = *canvas.theme;
        let lines = measured.axis_title("Change", true, theme.width - 2.0 * theme.margin, theme.tick);
        let mut title_y = top + theme.tick * 1.6;
        for line in &lines {
            canvas.text("axis-title", (theme.margin, title_y), line, theme.tick, Anchor::Start);
            title_y += theme.leading(theme.tick);
        }
        let plot_top = title_y - theme.tick * 0.4;
        let below = 2.4 * theme.leading(theme.tick) + theme.margin;
        let height = theme.height.unwrap_or((plot_top + 19.0 * theme.label + below).min(theme.max_height));
        let bottom = height - below;
        let span = extent(measured.people.iter().map(|person| person.change).chain([0.0])).unwrap_or((0.0, 0.0));
        let y = Scale::new(padded(span, 0.02), bottom, plot_top);
        let ticks = y.ticks(theme.tick * 2.2);
        let widest = ticks.signed_labels().iter().map(|l| text::width(l, theme.tick, Weight::Regular)).fold(0.0, f64::max);
        Self { y, ticks, left: theme.margin + widest + theme.tick * 0.9, right: theme.width - theme.margin, top: plot_top, bottom, height }
    }

    fn axes(&self, canvas: &mut Canvas, n: usize) {
        let theme = *canvas.theme;
        let tick = theme.tick * 0.4;
        let low = self.ticks.values.iter().copied().fold(0.0, f64::min);
        let high = self.ticks.values.iter().copied().fold(0.0, f64::max);
        canvas.line("axis", vec![(self.left, self.y.at(low)), (self.left, self.y.at(high))], theme.axis());
        for (value, label) in self.ticks.values.iter().zip(self.ticks.signed_labels()) {
            let y = self.y.at(*value);
            canvas.line("tick", vec![(self.left - tick, y), (self.left, y)], theme.axis());
            canvas.text("tick-label", (self.left - 1.6 * tick, y + theme.tick * 0.36), &label, theme.tick, Anchor::End);
        }
        let y = self.bottom + theme.tick * 1.2;
        let last = number::count(n);
        let widest = text::width(&last, theme.tick, Weight::Regular);
        let mut numbers = vec![1.0];
        numbers.extend(Ticks::within(1.0, n as f64, ((self.right - self.left) / (3.0 * widest)).clamp(1.0, 8.0) as usize).values);
        let mut free_from = self.left - theme.tick;
        for running in numbers.into_iter().map(|number| number_of(number, n)).chain([n]) {
            let label = number::count(running);
            let half = text::width(&label, theme.tick, Weight::Regular) / 2.0;
            let centre = ((self.bar(running - 1, n).0 + self.bar(running - 1, n).1) / 2.0).min(theme.width - theme.margin - half);
            // The last number is the n and must stand: what comes close before it gives way.
            let limit = self.right - widest - theme.tick * 0.5;
            if centre - half < free_from || (running != n && centre + half > limit) {
                continue;
            }
            canvas.text("running-number", (centre, y), &label, theme.tick, Anchor::Middle);
            free_from = centre + half + theme.tick * 0.5;
        }
        let order = if n == 1 { "Person" } else { "Persons, ordered by change" };
        canvas.text("axis-title", (self.left, y + theme.leading(theme.tick)), order, theme.tick, Anchor::Start);
    }

    /// Left and right edge of a bar.
    fn bar(&self, index: usize, n: usize) -> (f64, f64) {
        // One person is not a wall.
        let width = ((self.right - self.left) / n as f64).min((self.right - self.left) / 8.0);
        let gap = if n <= MOST_BARS { width * 0.12 } else { 0.0 };
        let left = self.left + index as f64 * width;
        (left + gap, left + width - gap)
    }

    fn bars(&self, canvas: &mut Canvas, people: &[Person]) {
        let zero = self.y.at(0.0);
        let theme = *canvas.theme;
        if people.len() > MOST_BARS {
            self.runs(canvas, people);
        } else {
            for (i, person) in people.iter().enumerate() {
                let (left, right) = self.bar(i, people.len());
                if person.change != 0.0 {
                    canvas.bar("change", (left, zero), (right, self.y.at(person.change)), class_paint(person.class));
                }
            }
        }
        canvas.line("zero", vec![(self.left, zero), (self.bar(people.len() - 1, people.len()).1, zero)], theme.axis());
        for (i, person) in people.iter().enumerate().filter(|(_, person)| person.change == 0.0) {
            let (left, right) = self.bar(i, people.len());
            let radius = theme.point.min(f64::max((right - left) / 2.0, theme.point * 0.4));
            canvas.point("unchanged", ((left + right) / 2.0, zero), radius, Shape::Circle, class_paint(person.class));
        }
    }

    /// One stepped shape for each run of a class.
    fn runs(&self, canvas: &mut Canvas, people: &[Person]) {
        let n = people.len();
        let zero = self.y.at(0.0);
        let mut start = 0;
        for run in
            people.chunk_by(|a, b| a.class == b.class && a.change.signum() == b.change.signum() && (a.change == 0.0) == (b.change == 0.0))
        {
            // People without change are points on the line.
            if run[0].change == 0.0 {
                start += run.len();
                continue;
            }
            let mut points = vec![(self.bar(start, n).0, zero)];
            for (i, person) in run.iter().enumerate() {
                let (left, right) = self.bar(start + i, n);
                points.extend([(left, self.y.at(person.change)), (right, self.y.at(person.change))]);
            }
            points.push((self.bar(start + run.len() - 1, n).1, zero));
            canvas.polygon("change", points, class_paint(run[0].class));
            start += run.len();
        }
    }
}

fn number_of(tick: f64, n: usize) -> usize {
    (tick as usize).clamp(1, n)
}

/// ` Dashed: MCID ±3.9, reliable change ±6.3.`
fn dashed(levels: &[Level]) -> String {
    let words: Vec<String> = levels.iter().map(Level::words).collect();
    if words.is_empty() { String::new() } else { format!(" Dashed, where the axis reaches: {}.", words.join(", ")) }
}

fn alt_text(measured: &Measured, levels: &[Level]) -> String {
    let classes = measured.classes_text().map(|classes| format!(" {classes}.")).unwrap_or_default();
    let better = measured.better().map(|better| format!(" ({better})")).unwrap_or_default();
    let span = match (measured.describe.change.min.ok(), measured.describe.change.max.ok()) {
        (Some(min), Some(max)) => {
            format!("; from {} to {}", number::signed(*min, measured.decimals), number::signed(*max, measured.decimals))
        }
        _ => String::new(),
    };
    format!(
        "{}{better}: the change of each person as a bar, in order. {}{classes} Changes: {}{span}.{}",
        measured.outcome.label,
        measured.n_sentence(),
        measured.mean_change_text(),
        dashed(levels)
    )
}

fn caption(measured: &Measured, levels: &[Level]) -> String {
    let order = match measured.outcome.direction {
        Direction::None => "from the largest rise to the largest fall",
        _ => {
            "from the most improved to the most worsened; points on the line are people without change. Improved and worsened mean any change in that direction, however small"
        }
    };
    let interval = match &measured.mean_change.interval {
        Ok(interval) => {
            format!(" The interval of the mean change is a {} confidence interval (Student's t).", number::level_percent(interval.level))
        }
        Err(reason) => format!(" The mean change has no interval: {reason}."),
    };
    format!(
        "{}: {} One bar per person: the change (post − pre), {order}. The numbers below are running numbers, not subject ids.{}{interval}",
        measured.outcome.label,
        measured.n_sentence(),
        dashed(levels)
    )
}
