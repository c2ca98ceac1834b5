//! Jacobson–Truax: each person's post score over the pre score, the band of measurement error, the cut-off on both axes.

use super::axis::{Scale, Ticks, extent, padded};
use super::key::{Entry, Symbol, key};
use super::measured::{Measured, Person};
use super::theme::{GUIDE, IMPROVED, INK, MUTED, POST, Theme, UNCHANGED, WHITE, WORSENED};
use super::{Anchor, Canvas, Drawing, Figure, NotDrawn, Paint, Shape, Size, Stroke, Weight, file_stem_in, record, text};
use crate::plan::{FigureKind, Preset};
use crate::results::{Finding, Method, ReliableChange, number};
use crate::stats::clinical::{Class, Classes, CutoffKind};
use crate::stats::proportion::Proportion;
use crate::trial::{Direction, Outcome};

/// From those who matter least to the picture to those who must not be hidden.
const DRAWN: [Class; 4] = [Class::Unchanged, Class::Improved, Class::Recovered, Class::Deteriorated];

pub fn reliable(outcome: &Outcome, drawing: &Drawing, theme: &Theme) -> Result<Figure, NotDrawn> {
    let Finding::ReliableChange(change) = record::finding(drawing, outcome, Method::ReliableChange)? else {
        return Err(NotDrawn::new("the results hold no record of reliable change"));
    };
    let classes = change.classes.as_result().map_err(record::refused)?;
    let measured = Measured::of(outcome, drawing)?;
    let people = people(&measured, classes)?;
    let notes = notes(&people);
    let scatter = Scatter { measured: &measured, change, classes, people };

    let mut canvas = Canvas::new(theme);
    let title = format!("{}: reliable change of each person", outcome.label);
    let top = canvas.header(&title, &scatter.subtitle(drawing));
    let frame = Frame::new(&scatter, &mut canvas, top, &notes);
    frame.ground(&mut canvas, &scatter);
    frame.axes(&mut canvas, &scatter);
    frame.people(&mut canvas, &scatter);
    canvas.notes(frame.notes_top, &notes);
    Ok(Figure {
        id: file_stem_in(drawing.results, Some(&outcome.id), FigureKind::Reliable),
        title,
        alt_text: scatter.alt_text(),
        caption: scatter.caption(),
        size: Size { width: theme.width, height: frame.height },
        marks: canvas.marks,
        notes,
    })
}

/// People of one class with the same two scores.
struct Place {
    pre: f64,
    post: f64,
    class: Class,
    count: usize,
}

struct Scatter<'a> {
    measured: &'a Measured<'a>,
    change: &'a ReliableChange,
    classes: &'a Classes,
    people: Vec<Place>,
}

/// Everyone by place, after a check that the file of people and the record tell the same story.
fn people(measured: &Measured, classes: &Classes) -> Result<Vec<Place>, NotDrawn> {
    let class = |person: &Person| person.reliable.map(|class| Place { pre: person.pre, post: person.post, class, count: 1 });
    let mut people: Vec<Place> = measured.people.iter().filter_map(class).collect();
    let count = |wanted: Class| people.iter().filter(|place| place.class == wanted).count() as u64;
    let recorded = [
        classes.recovered.ok().map_or(0, |share| share.count),
        classes.improved.count,
        classes.unchanged.count,
        classes.deteriorated.count,
    ];
    if [Class::Recovered, Class::Improved, Class::Unchanged, Class::Deteriorated].map(count) != recorded {
        return Err(NotDrawn::new(format!(
            "individuals.csv and the results class the people of {} differently: the two do not belong together",
            measured.outcome.label
        )));
    }
    people.sort_by(|a, b| a.class.cmp(&b.class).then(a.pre.total_cmp(&b.pre)).then(a.post.total_cmp(&b.post)));
    people.dedup_by(|next, kept| {
        let same = next.class == kept.class && next.pre == kept.pre && next.post == kept.post;
        kept.count += usize::from(same);
        same
    });
    Ok(people)
}

fn notes(people: &[Place]) -> Vec<String> {
    let together = people.iter().any(|place| place.count > 1);
    together.then(|| "Larger points are several people with the same scores.".to_owned()).into_iter().collect()
}

fn look(class: Class, direction: Direction) -> (&'static str, Shape, Paint) {
    let (better, worse) =
        if direction == Direction::Lower { (Shape::TriangleDown, Shape::TriangleUp) } else { (Shape::TriangleUp, Shape::TriangleDown) };
    match class {
        Class::Recovered => ("recovered", Shape::Diamond, POST),
        Class::Improved => ("improved", better, IMPROVED),
        Class::Unchanged => ("unchanged", Shape::Circle, UNCHANGED),
        Class::Deteriorated => ("deteriorated", worse, WORSENED),
    }
}

fn cutoff_name(kind: CutoffKind) -> &'static str {
    match kind {
        CutoffKind::A => "cut-off a",
        CutoffKind::B => "cut-off b",
        CutoffKind::C => "cut-off c",
        CutoffKind::Stated(_) => "stated cut-off",
    }
}

impl Scatter<'_> {
    fn limit(&self) -> f64 {
        self.change.error.smallest_detectable_change
    }

    /// The cut-off that decides.
    fn cutoff(&self) -> Option<(CutoffKind, f64)> {
        let deciding = self.change.deciding?;
        let row = self.change.cutoffs.iter().find(|row| row.kind == deciding)?;
        Some((deciding, row.value.ok().copied()?))
    }

    fn shares(&self) -> Vec<(Class, &Proportion)> {
        let recovered = self.classes.recovered.ok().map(|share| (Class::Recovered, share));
        let others = [
            (Class::Improved, &self.classes.improved),
            (Class::Unchanged, &self.classes.unchanged),
            (Class::Deteriorated, &self.classes.deteriorated),
        ];
        recovered.into_iter().chain(others).collect()
    }

    fn share_text(&self, class: Class, share: &Proportion) -> String {
        let (name, ..) = look(class, self.measured.outcome.direction);
        format!("{name} {} ({})", number::count(share.count as usize), number::percent(100.0 * share.share, 0))
    }

    fn entries(&self, theme: &Theme) -> Vec<Entry> {
        let class = |(class, share): (Class, &Proportion)| {
            let (_, shape, paint) = look(class, self.measured.outcome.direction);
            Entry::new(Symbol::Point(shape, paint), self.share_text(class, share))
        };
        let mut entries: Vec<Entry> = self.shares().into_iter().map(class).collect();
        entries.push(Entry::new(Symbol::Line(no_change(theme)), "no change"));
        entries.push(Entry::new(Symbol::Swatch(BAND), format!("within measurement error: ±{}", self.measured.mean_text(self.limit()))));
        if let Some((kind, value)) = self.cutoff() {
            entries.push(Entry::new(Symbol::Line(cutoff_line(theme)), format!("{} {}", cutoff_name(kind), self.measured.mean_text(value))));
        }
        entries
    }

    fn subtitle(&self, drawing: &Drawing) -> String {
        format!(
            "{}; reliable change: more than {} {}",
            record::pairs_text(drawing.results, self.measured.people.len()),
            self.measured.mean_text(self.limit()),
            self.measured.unit()
        )
    }

    fn basis(&self) -> String {
        let reliability = &self.change.reliability;
        format!(
            "{} {}{}",
            reliability.fact.kind.label(),
            number::fixed(reliability.fact.value, 2),
            reliability.source.as_ref().map(|source| format!(", {source}")).unwrap_or_default()
        )
    }

    fn cutoffs_text(&self) -> String {
        match self.cutoff() {
            Some((kind, value)) => format!(
                "the {} at {} stands between the clinical and the functional range",
                cutoff_name(kind),
                self.measured.mean_text(value)
            ),
            None => "no cut-off is known, so that nobody can be called recovered".to_owned(),
        }
    }

    fn alt_text(&self) -> String {
        let shares: Vec<String> = self.shares().into_iter().map(|(class, share)| self.share_text(class, share)).collect();
        let better = self.measured.better().map(|better| format!(" ({better})")).unwrap_or_default();
        format!(
            "{}{better}: post score over pre score, one point per person, with the line of no change and the band of measurement error. {} Classes: {}. Changes up to {} {} may be measurement error; {}.",
            self.measured.outcome.label,
            self.measured.n_sentence(),
            shares.join(", "),
            self.measured.mean_text(self.limit()),
            self.measured.unit(),
            self.cutoffs_text()
        )
    }

    fn caption(&self) -> String {
        let error = &self.change.error;
        let others: Vec<String> = self
            .change
            .cutoffs
            .iter()
            .filter(|row| Some(row.kind) != self.change.deciding)
            .filter_map(|row| Some(format!("{} {}", cutoff_name(row.kind), self.measured.mean_text(*row.value.ok()?))))
            .collect();
        let others = if others.is_empty() { String::new() } else { format!(" Other cut-offs: {}.", others.join(", ")) };
        format!(
            "{}: {} Reliable change by Jacobson and Truax (1991). The grey band is ±{} {} around no change: {} × √2 × the standard error of measurement {} (SD {}, {}). Dashed: {}. Recovered: reliably improved, from the clinical to the functional side of the cut-off.{others}",
            self.measured.outcome.label,
            self.measured.n_sentence(),
            self.measured.mean_text(self.limit()),
            self.measured.unit(),
            number::fixed(error.critical, 2),
            number::significant(error.sem, 3),
            number::significant(error.sd, 3),
            self.basis(),
            self.cutoffs_text()
        )
    }
}

const BAND: Paint = GUIDE.with_opacity(0.45);

fn no_change(theme: &Theme) -> Stroke {
    Stroke { paint: MUTED, width: theme.axis_line, dash: None }
}

fn cutoff_line(theme: &Theme) -> Stroke {
    Stroke { paint: INK, width: theme.axis_line, dash: Some((theme.tick * 0.5, theme.tick * 0.35)) }
}

/// A square with the same scale on both axes.
struct Frame {
    x: Scale,
    y: Scale,
    ticks: Ticks,
    notes_top: f64,
    height: f64,
}

impl Frame {
    fn new(scatter: &Scatter, canvas: &mut Canvas, top: f64, notes: &[String]) -> Self {
        let theme = *canvas.theme;
        let scores = scatter.measured.people.iter().flat_map(|person| [person.pre, person.post]);
        let span = extent(scores.chain(scatter.cutoff().map(|(_, value)| value))).unwrap_or((0.0, 1.0));
        let domain = padded(span, 0.04);

        // On a wide canvas the key stands beside the square, else above it.
        let beside = matches!(theme.preset, Preset::JournalWide | Preset::Slide);
        let entries = scatter.entries(&theme);
        let edges = (theme.margin, theme.width - theme.margin);
        let top = top + 0.4 * theme.tick;
        let top = if beside { top } else { key(canvas, edges, top, &entries) + 0.3 * theme.tick };

        let plot_room = if beside { 0.6 * (edges.1 - edges.0) } else { edges.1 - edges.0 };
        let titles = |what, with_better| scatter.measured.axis_title(what, with_better, plot_room, theme.tick);
        let (post, pre) = (titles("Post", true), titles("Pre", false));
        let title_y = top + theme.tick;
        for (i, line) in post.iter().enumerate() {
            canvas.text("axis-title", (edges.0, title_y + i as f64 * theme.leading(theme.tick)), line, theme.tick, Anchor::Start);
        }
        let plot_top = title_y + post.len() as f64 * theme.leading(theme.tick) - 0.4 * theme.tick;
        let notes_height = canvas.notes_height(notes);
        let below = 1.5 * theme.tick + pre.len() as f64 * theme.leading(theme.tick) + 0.6 * theme.tick + notes_height + theme.margin;

        let widest = |ticks: &Ticks| ticks.labels().iter().map(|l| text::width(l, theme.tick, Weight::Regular)).fold(0.0, f64::max);
        let room = theme.height.unwrap_or(theme.max_height) - plot_top - below;
        let rough = Scale::new(domain, 0.0, room.min(plot_room)).ticks(2.4 * theme.tick);
        let left = edges.0 + widest(&rough) + 0.9 * theme.tick;
        let side = room.min(edges.0 + plot_room - left - 0.5 * widest(&rough));
        let left = if beside { left } else { left.max((theme.width - side) / 2.0) };
        let height = theme.height.unwrap_or(plot_top + side + below);
        let bottom = plot_top + side;
        let x = Scale::new(domain, left, left + side);
        let ticks = x.ticks((2.4 * theme.tick).max(1.3 * widest(&rough)));
        let y_title = bottom + 1.5 * theme.tick + theme.leading(theme.tick);
        for (i, line) in pre.iter().enumerate() {
            let from = left.min(edges.0 + plot_room - text::width(line, theme.tick, Weight::Regular));
            canvas.text("axis-title", (from, y_title + i as f64 * theme.leading(theme.tick)), line, theme.tick, Anchor::Start);
        }
        if beside {
            let from = left + side + 2.0 * theme.label;
            let mut top = plot_top;
            for entry in &entries {
                top = key(canvas, (from, edges.1), top, std::slice::from_ref(entry)) + 0.4 * theme.tick;
            }
        }
        Self { x, y: Scale::new(domain, bottom, plot_top), ticks, notes_top: height - theme.margin - notes_height, height }
    }

    fn at(&self, pre: f64, post: f64) -> (f64, f64) {
        (self.x.at(pre), self.y.at(post))
    }

    /// The band of measurement error, the line of no change and the cut-off.
    fn ground(&self, canvas: &mut Canvas, scatter: &Scatter) {
        let theme = *canvas.theme;
        let (low, high) = (self.x.from, self.x.to);
        let limit = scatter.limit().min(high - low);
        let corners = [(low, low), (low, low + limit), (high - limit, high), (high, high), (high, high - limit), (low + limit, low)];
        canvas.polygon("band", corners.map(|(pre, post)| self.at(pre, post)).to_vec(), BAND);
        for (from, to) in [(corners[1], corners[2]), (corners[5], corners[4])] {
            canvas.line("band-edge", vec![self.at(from.0, from.1), self.at(to.0, to.1)], theme.guide());
        }
        canvas.line("no-change", vec![self.at(low, low), self.at(high, high)], no_change(&theme));
        if let Some((_, value)) = scatter.cutoff() {
            canvas.line("cutoff-pre", vec![self.at(value, low), self.at(value, high)], cutoff_line(&theme));
            canvas.line("cutoff-post", vec![self.at(low, value), self.at(high, value)], cutoff_line(&theme));
        }
    }

    fn axes(&self, canvas: &mut Canvas, _: &Scatter) {
        let theme = *canvas.theme;
        let tick = 0.4 * theme.tick;
        let (left, bottom) = (self.x.start, self.y.start);
        canvas.line("axis", vec![(left, bottom), (left, self.y.end)], theme.axis());
        canvas.line("axis", vec![(left, bottom), (self.x.end, bottom)], theme.axis());
        let mut free_from = 0.0;
        for (value, label) in self.ticks.values.iter().zip(self.ticks.labels()) {
            let (x, y) = self.at(*value, *value);
            canvas.line("tick", vec![(left - tick, y), (left, y)], theme.axis());
            canvas.text("tick-label", (left - 1.6 * tick, y + 0.36 * theme.tick), &label, theme.tick, Anchor::End);
            canvas.line("tick", vec![(x, bottom), (x, bottom + tick)], theme.axis());
            let half = text::width(&label, theme.tick, Weight::Regular) / 2.0;
            let centre = x.min(theme.width - theme.margin - half);
            if centre - half >= free_from {
                canvas.text("pre-tick-label", (centre, bottom + 1.5 * theme.tick), &label, theme.tick, Anchor::Middle);
                free_from = centre + half + 0.4 * theme.tick;
            }
        }
    }

    fn people(&self, canvas: &mut Canvas, scatter: &Scatter) {
        let n = scatter.measured.people.len();
        let radius = 1.5 * canvas.theme.point * libm::sqrt(100.0 / n.max(100) as f64).max(0.5);
        for class in DRAWN {
            let (role, shape, paint) = look(class, scatter.measured.outcome.direction);
            for place in scatter.people.iter().filter(|place| place.class == class) {
                // The area tells how many, up to six.
                // Shapes with corners look smaller than circles.
                let round = if shape == Shape::Circle { 1.0 } else { 1.25 };
                let radius = round * radius * libm::sqrt(place.count.min(6) as f64);
                let at = self.at(place.pre, place.post);
                canvas.point("halo", at, 1.25 * radius, shape, WHITE);
                canvas.point(role, at, radius, shape, paint);
            }
        }
    }
}
