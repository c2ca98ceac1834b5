//! Net change against the assumed reliability: what is left once regression to the mean is taken off.

use super::axis::{Scale, Ticks, extent, padded};
use super::key::{Entry, Symbol, key};
use super::theme::{INK, MUTED, POST, Theme};
use super::{Anchor, Canvas, Drawing, Figure, NotDrawn, Paint, Shape, Size, Stroke, Weight, file_stem_in, record, text};
use crate::plan::FigureKind;
use crate::results::{Finding, Method, RegressionToMean, number};
use crate::stats::Interval;
use crate::stats::one_arm::NetChange;
use crate::trial::Outcome;

pub fn regression(outcome: &Outcome, drawing: &Drawing, theme: &Theme) -> Result<Figure, NotDrawn> {
    let Finding::RegressionToMean(record) = record::finding(drawing, outcome, Method::RegressionToMean)? else {
        return Err(NotDrawn::new("the results hold no record of regression to the mean"));
    };
    let net = record.net.as_result().map_err(record::refused)?;
    let curve: Vec<(f64, f64, Interval)> =
        record.curve.iter().filter_map(|at| at.net.ok().map(|net| (at.r, net.estimate, net.interval))).collect();
    if curve.len() < 2 {
        let why = record.curve.iter().find_map(|at| at.net.reason()).map(|why| format!(": {why}")).unwrap_or_default();
        return Err(NotDrawn::new(format!("there is no curve of net change{why}")));
    }
    let plot = Plot { outcome, record, net, curve, drawing };
    let mut canvas = Canvas::new(theme);
    let title = format!("{}: change beyond regression to the mean", outcome.label);
    let top = canvas.header(&title, &plot.subtitle());
    let frame = Frame::new(&plot, &mut canvas, top);
    frame.curve(&mut canvas, &plot);
    frame.axes(&mut canvas);
    frame.assumed(&mut canvas, &plot);
    Ok(Figure {
        id: file_stem_in(drawing.results, Some(&outcome.id), FigureKind::Regression),
        title,
        alt_text: plot.alt_text(),
        caption: plot.caption(),
        size: Size { width: theme.width, height: frame.height },
        marks: canvas.marks,
        notes: Vec::new(),
    })
}

struct Plot<'a> {
    outcome: &'a Outcome,
    record: &'a RegressionToMean,
    net: &'a NetChange,
    /// r, net change, interval.
    curve: Vec<(f64, f64, Interval)>,
    drawing: &'a Drawing<'a>,
}

const BAND: Paint = POST.with_opacity(0.2);

fn raw(theme: &Theme) -> Stroke {
    Stroke { paint: MUTED, width: theme.axis_line, dash: Some((0.5 * theme.tick, 0.35 * theme.tick)) }
}

fn curve_line(theme: &Theme) -> Stroke {
    Stroke { paint: POST, width: theme.data_line, dash: None }
}

impl Plot<'_> {
    fn number(&self, value: f64) -> String {
        number::fixed(value, record::mean_decimals(self.outcome))
    }

    fn level(&self) -> String {
        self.curve.first().map(|(_, _, interval)| number::level_percent(interval.level)).unwrap_or_default()
    }

    /// `net change −3.1 points (95 % CI −4.9 to −1.3)`
    fn net_text(&self) -> String {
        match self.net.net.as_result() {
            Ok(net) => format!(
                "net change {} {} ({})",
                self.number(net.estimate),
                record::unit(self.outcome),
                number::labelled_interval(net.interval.level, &number::interval(&net.interval, record::mean_decimals(self.outcome)))
            ),
            Err(reason) => format!("no net change: {reason}"),
        }
    }

    fn raw_text(&self) -> String {
        format!("raw change {}", self.number(self.net.mean_change))
    }

    fn r_text(&self) -> String {
        format!("r\u{a0}=\u{a0}{}", number::fixed(self.net.r, 2))
    }

    fn subtitle(&self) -> String {
        let pairs = record::pairs_text(self.drawing.results, self.net.n);
        format!("{pairs}; {} at {}", self.net_text(), self.r_text())
    }

    fn entries(&self, theme: &Theme) -> Vec<Entry> {
        let mut entries = vec![
            Entry::new(Symbol::Line(curve_line(theme)), format!("net change with {} CI", self.level())),
            Entry::new(Symbol::Line(raw(theme)), self.raw_text()),
        ];
        if self.net.net.ok().is_some() {
            entries.push(Entry::new(Symbol::Point(Shape::Circle, INK), format!("at the assumed {}", self.r_text())));
        }
        entries
    }

    fn zero_text(&self) -> String {
        match self.net.r_at_zero.ok() {
            Some(r) if (0.0..=1.0).contains(r) => format!("The net change is 0 at r = {}.", number::fixed(*r, 2)),
            Some(_) => "No reliability between 0 and 1 explains the change away.".to_owned(),
            None => String::new(),
        }
    }

    fn alt_text(&self) -> String {
        let better = record::better(self.outcome).map(|better| format!(" ({better})")).unwrap_or_default();
        let at = |(r, estimate, interval): &(f64, f64, Interval)| {
            let interval = number::interval(interval, record::mean_decimals(self.outcome));
            format!("{} at r = {} ({interval})", self.number(*estimate), number::fixed(*r, 2))
        };
        let ends: Vec<String> = self.curve.first().into_iter().chain(self.curve.last()).map(at).collect();
        format!(
            "{}{better}: net change (change less what regression to the mean predicts) against the assumed reliability. {}; {} at the assumed {}; {} {}. Net change {}. {}",
            self.outcome.label,
            record::pairs_text(self.drawing.results, self.net.n),
            self.net_text(),
            self.r_text(),
            self.raw_text(),
            record::unit(self.outcome),
            ends.join(", "),
            self.zero_text()
        )
        .trim_end()
        .to_owned()
    }

    fn caption(&self) -> String {
        let reliability = &self.record.reliability;
        let source = reliability.source.as_ref().map(|source| format!(", {source}")).unwrap_or_default();
        let propagated = match self.record.propagated.ok() {
            Some(net) => format!(
                " With the uncertainty of the reliability: {}.",
                number::labelled_interval(net.interval.level, &number::interval(&net.interval, record::mean_decimals(self.outcome)))
            ),
            None => String::new(),
        };
        let whose = self.record.norm.population.as_ref().map(|population| format!(" ({population})")).unwrap_or_default();
        format!(
            "{}: {}. Line: mean change less the change that regression towards the population mean {}{whose} predicts, at every reliability r; band: its {} confidence interval with r taken as known. Point: the assumed {} ({}{source}). Dashed: the raw mean change. {}{propagated}",
            self.outcome.label,
            record::pairs_text(self.drawing.results, self.net.n),
            number::significant(self.net.population_mean, 3),
            self.level(),
            self.r_text(),
            reliability.fact.kind.label(),
            self.zero_text()
        )
        .trim_end()
        .to_owned()
    }
}

struct Frame {
    x: Scale,
    y: Scale,
    ticks: Ticks,
    height: f64,
}

impl Frame {
    fn new(plot: &Plot, canvas: &mut Canvas, top: f64) -> Self {
        let theme = *canvas.theme;
        let (left, right) = (theme.margin, theme.width - theme.margin);
        let top = key(canvas, (left, right), top + 0.4 * theme.tick, &plot.entries(&theme)) + 0.4 * theme.tick;
        let titles = record::axis_title(plot.outcome, "Net change", true, right - left, theme.tick);
        for (i, line) in titles.iter().enumerate() {
            let y = top + theme.tick + i as f64 * theme.leading(theme.tick);
            canvas.text("axis-title", (left, y), line, theme.tick, Anchor::Start);
        }
        // The text over the line at the assumed r has its own row.
        let plot_top = top + titles.len() as f64 * theme.leading(theme.tick) + 1.5 * theme.tick;
        let below = 1.5 * theme.tick + theme.leading(theme.tick) + 0.4 * theme.tick + theme.margin;
        let height = theme.height.unwrap_or((plot_top + 22.0 * theme.label + below).min(theme.max_height));
        let bottom = height - below;
        let values = plot.curve.iter().flat_map(|(_, estimate, interval)| [*estimate, interval.lower, interval.upper]);
        let point = plot.net.net.ok().map(|net| [net.interval.lower, net.interval.upper]);
        let span = extent(values.chain(point.into_iter().flatten()).chain([0.0, plot.net.mean_change])).unwrap_or((0.0, 0.0));
        let y = Scale::new(padded(span, 0.03), bottom, plot_top);
        let ticks = y.ticks(2.2 * theme.tick);
        let widest = ticks.signed_labels().iter().map(|l| text::width(l, theme.tick, Weight::Regular)).fold(0.0, f64::max);
        let rs = extent(plot.curve.iter().map(|(r, ..)| *r).chain([0.0, 1.0, plot.net.r])).unwrap_or((0.0, 1.0));
        let x = Scale::new(rs, left + widest + 0.9 * theme.tick, right - 1.2 * theme.tick);
        canvas.text("axis-title", (x.start, height - theme.margin - 0.3 * theme.tick), "Assumed reliability r", theme.tick, Anchor::Start);
        Self { x, y, ticks, height }
    }

    fn at(&self, r: f64, net: f64) -> (f64, f64) {
        (self.x.at(r), self.y.at(net))
    }

    fn curve(&self, canvas: &mut Canvas, plot: &Plot) {
        let theme = *canvas.theme;
        let upper = plot.curve.iter().map(|(r, _, interval)| self.at(*r, interval.upper));
        let lower = plot.curve.iter().rev().map(|(r, _, interval)| self.at(*r, interval.lower));
        canvas.polygon("interval-band", upper.chain(lower).collect(), BAND);
        let (from, to) = (self.x.from, self.x.to);
        canvas.line("zero", vec![self.at(from, 0.0), self.at(to, 0.0)], theme.axis());
        let change = plot.net.mean_change;
        canvas.line("raw-change", vec![self.at(from, change), self.at(to, change)], raw(&theme));
        canvas.line("net-change", plot.curve.iter().map(|(r, net, _)| self.at(*r, *net)).collect(), curve_line(&theme));
    }

    fn axes(&self, canvas: &mut Canvas) {
        let theme = *canvas.theme;
        let tick = 0.4 * theme.tick;
        let (left, bottom) = (self.x.start, self.y.start);
        canvas.line("axis", vec![(left, bottom), (left, self.y.end)], theme.axis());
        canvas.line("axis", vec![(left, bottom), (self.x.end, bottom)], theme.axis());
        for (value, label) in self.ticks.values.iter().zip(self.ticks.signed_labels()) {
            let y = self.y.at(*value);
            canvas.line("tick", vec![(left - tick, y), (left, y)], theme.axis());
            canvas.text("tick-label", (left - 1.6 * tick, y + 0.36 * theme.tick), &label, theme.tick, Anchor::End);
        }
        let ticks = self.x.ticks(4.0 * theme.tick);
        for (value, label) in ticks.values.iter().zip(ticks.labels()) {
            let x = self.x.at(*value);
            canvas.line("tick", vec![(x, bottom), (x, bottom + tick)], theme.axis());
            canvas.text("r-tick-label", (x, bottom + 1.5 * theme.tick), &label, theme.tick, Anchor::Middle);
        }
    }

    fn assumed(&self, canvas: &mut Canvas, plot: &Plot) {
        let theme = *canvas.theme;
        let r = plot.net.r;
        let x = self.x.at(r);
        canvas.line("assumed", vec![(x, self.y.start), (x, self.y.end)], theme.guide());
        let label = format!("assumed {}", plot.r_text());
        let half = text::width(&label, theme.tick, Weight::Regular) / 2.0;
        let centre = x.clamp(theme.margin + half, theme.width - theme.margin - half);
        canvas.text("assumed-label", (centre, self.y.end - 0.4 * theme.tick), &label, theme.tick, Anchor::Middle);
        if let Some(net) = plot.net.net.ok() {
            canvas.line("interval", vec![self.at(r, net.interval.lower), self.at(r, net.interval.upper)], theme.interval());
            canvas.point("net-change-assumed", self.at(r, net.estimate), theme.mean_point, Shape::Circle, INK);
        }
    }
}
