//! Severity bands before and after: a bar each, and between them the people who stayed and who moved.

use super::axis::spread;
use super::key::{Entry, Symbol, key};
use super::theme::{IMPROVED, INK, MUTED, Theme, UNCHANGED, WHITE, WORSENED};
use super::{Anchor, Canvas, Drawing, Figure, NotDrawn, Paint, Size, Stroke, Weight, file_stem_in, record, text};
use crate::plan::FigureKind;
use crate::results::{BandShift, Finding, Method, number};
use crate::trial::{Direction, Outcome};

pub fn bands(outcome: &Outcome, drawing: &Drawing, theme: &Theme) -> Result<Figure, NotDrawn> {
    let Finding::BandShift(shift) = record::finding(drawing, outcome, Method::BandShift)? else {
        return Err(NotDrawn::new("the results hold no shift of severity bands"));
    };
    let table = Table::new(outcome, shift)?;
    let notes = notes(shift);
    let n = record::pairs(drawing.results, outcome, Method::BandShift);
    let mut canvas = Canvas::new(theme);
    let title = format!("{}: severity bands, pre and post", outcome.label);
    let top = canvas.header(&title, &record::pairs_text(drawing.results, n));
    let frame = Frame::new(&table, &mut canvas, top, &notes);
    frame.flows(&mut canvas, &table);
    frame.bars(&mut canvas, &table);
    frame.names(&mut canvas, &table);
    canvas.notes(frame.notes_top, &notes);
    Ok(Figure {
        id: file_stem_in(drawing.results, Some(&outcome.id), FigureKind::Bands),
        title,
        alt_text: alt_text(&table, n, drawing),
        caption: caption(&table, shift, n, drawing, &notes),
        size: Size { width: theme.width, height: frame.height },
        marks: canvas.marks,
        notes,
    })
}

/// The counts, bands from the top of the picture down: from the highest scores to the lowest.
struct Table<'a> {
    outcome: &'a Outcome,
    bands: Vec<&'a str>,
    /// `counts[pre][post]`.
    counts: Vec<Vec<u64>>,
    n: u64,
}

#[derive(Clone, Copy)]
enum Visit {
    Pre,
    Post,
}

/// Where a flow leads.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Better,
    Same,
    Worse,
    /// Elsewhere on a scale without a better direction.
    Other,
}

impl Way {
    fn role(self) -> &'static str {
        match self {
            Way::Better => "flow-better",
            Way::Same => "flow-same",
            Way::Worse => "flow-worse",
            Way::Other => "flow-other",
        }
    }

    fn paint(self) -> Paint {
        match self {
            Way::Better => IMPROVED.with_opacity(0.5),
            Way::Same => UNCHANGED.with_opacity(0.3),
            Way::Worse => WORSENED.with_opacity(0.6),
            Way::Other => MUTED.with_opacity(0.5),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Way::Better => "to a better band",
            Way::Same => "in the same band",
            Way::Worse => "to a worse band",
            Way::Other => "to another band",
        }
    }
}

impl<'a> Table<'a> {
    fn new(outcome: &'a Outcome, shift: &'a BandShift) -> Result<Self, NotDrawn> {
        let k = shift.bands.len();
        if k == 0 || shift.counts.len() != k || shift.counts.iter().any(|row| row.len() != k) {
            return Err(NotDrawn::new("the table of severity bands is not square"));
        }
        let counts: Vec<Vec<u64>> = shift.counts.iter().rev().map(|row| row.iter().rev().copied().collect()).collect();
        let n = counts.iter().flatten().sum();
        if n == 0 {
            return Err(NotDrawn::new(format!("nobody's scores of {} lie in a severity band at both visits", outcome.label)));
        }
        Ok(Self { outcome, bands: shift.bands.iter().rev().map(String::as_str).collect(), counts, n })
    }

    fn len(&self) -> usize {
        self.bands.len()
    }

    /// People in a band at a visit.
    fn count(&self, visit: Visit, band: usize) -> u64 {
        match visit {
            Visit::Pre => self.counts[band].iter().sum(),
            Visit::Post => self.counts.iter().map(|row| row[band]).sum(),
        }
    }

    fn way(&self, pre: usize, post: usize) -> Way {
        match self.outcome.direction {
            _ if pre == post => Way::Same,
            Direction::None => Way::Other,
            // Row 0 holds the highest scores.
            Direction::Lower if post > pre => Way::Better,
            Direction::Higher if post < pre => Way::Better,
            _ => Way::Worse,
        }
    }

    fn total(&self, way: Way) -> u64 {
        let cells = (0..self.len()).flat_map(|pre| (0..self.len()).map(move |post| (pre, post)));
        cells.filter(|&(pre, post)| self.way(pre, post) == way).map(|(pre, post)| self.counts[pre][post]).sum()
    }

    fn ways(&self) -> Vec<Way> {
        if self.outcome.direction == Direction::None { vec![Way::Same, Way::Other] } else { vec![Way::Better, Way::Same, Way::Worse] }
    }

    fn ways_text(&self) -> Vec<String> {
        self.ways().into_iter().map(|way| format!("{} {}", number::count(self.total(way) as usize), way.words())).collect()
    }

    /// The worse, the darker; from pale to dark also where there is no better direction.
    fn paint(&self, band: usize) -> Paint {
        let last = (self.len() - 1).max(1) as f64;
        let rank = if self.outcome.direction == Direction::Higher { band } else { self.len() - 1 - band };
        let severity = rank as f64 / last;
        let mix = |pale: u8, dark: u8| (f64::from(pale) + severity * (f64::from(dark) - f64::from(pale))).round() as u8;
        Paint { rgb: (mix(0xD6, 0x1C), mix(0xE0, 0x2B), mix(0xEA, 0x3A)), opacity: 1.0 }
    }
}

fn notes(shift: &BandShift) -> Vec<String> {
    match shift.n_outside {
        0 => Vec::new(),
        1 => vec!["1 pair with a score in no band is not shown.".into()],
        n => vec![format!("{} pairs with a score in no band are not shown.", number::count(n))],
    }
}

struct Frame {
    top: f64,
    /// Millimetres a person.
    unit: f64,
    /// Between two bands.
    gap: f64,
    pre: (f64, f64),
    post: (f64, f64),
    bottom: f64,
    names: [Vec<Vec<String>>; 2],
    notes_top: f64,
    height: f64,
}

impl Frame {
    fn new(table: &Table, canvas: &mut Canvas, top: f64, notes: &[String]) -> Self {
        let theme = *canvas.theme;
        let (left, right) = (theme.margin, theme.width - theme.margin);
        let entries: Vec<Entry> =
            table.ways().iter().zip(table.ways_text()).map(|(way, text)| Entry::new(Symbol::Swatch(way.paint()), text)).collect();
        let top = key(canvas, (left, right), top + 0.4 * theme.tick, &entries) + 0.4 * theme.tick;

        let room = 0.27 * (right - left);
        let names = [Visit::Pre, Visit::Post].map(|visit| {
            let name = |band: usize| named(table.bands[band], table.count(visit, band), room, theme.tick);
            (0..table.len()).map(name).collect::<Vec<_>>()
        });
        let widest = |names: &[Vec<String>]| {
            names.iter().flatten().map(|line| text::width(line, theme.tick, Weight::Regular)).fold(0.0, f64::max) + 0.8 * theme.tick
        };
        let bar = 1.6 * theme.label;
        let pre = left + widest(&names[0]).max(text::width("Pre", theme.label, Weight::Bold) / 2.0);
        let post = right - widest(&names[1]).max(text::width("Post", theme.label, Weight::Bold) / 2.0) - bar;

        let head = top + theme.label;
        for (name, x) in [("Pre", pre), ("Post", post)] {
            canvas.styled("column", (x + bar / 2.0, head), name, theme.label, Weight::Bold, Anchor::Middle, INK);
        }
        if let Some(better) = record::better(table.outcome) {
            canvas.text("axis-title", ((pre + bar + post) / 2.0, head), better, theme.tick, Anchor::Middle);
        }
        let plot_top = head + 0.6 * theme.label;
        let notes_height = canvas.notes_height(notes);
        let below = notes_height + theme.margin + 0.6 * theme.tick;
        // Every name of a band must find room beside its bar.
        let lines = names.iter().map(|names| names.iter().map(Vec::len).sum::<usize>()).max().unwrap_or(0) as f64;
        let wanted = (24.0 * theme.label).max(lines * theme.leading(theme.tick) + 0.5 * table.len() as f64 * theme.tick);
        let height = theme.height.unwrap_or((plot_top + wanted + below).min(theme.max_height));
        let bottom = height - below;
        let gap = (0.35 * theme.tick).min(0.2 * (bottom - plot_top) / table.len() as f64);
        let unit = (bottom - plot_top - gap * (table.len() - 1) as f64) / table.n as f64;
        Self {
            top: plot_top,
            unit,
            gap,
            pre: (pre, pre + bar),
            post: (post, post + bar),
            bottom,
            names,
            notes_top: height - theme.margin - notes_height,
            height,
        }
    }

    /// Top and bottom of a band in a bar.
    fn segment(&self, table: &Table, visit: Visit, band: usize) -> (f64, f64) {
        let above: u64 = (0..band).map(|band| table.count(visit, band)).sum();
        let top = self.top + above as f64 * self.unit + band as f64 * self.gap;
        (top, top + table.count(visit, band) as f64 * self.unit)
    }

    fn bars(&self, canvas: &mut Canvas, table: &Table) {
        for (role, (left, right), visit) in [("band-pre", self.pre, Visit::Pre), ("band-post", self.post, Visit::Post)] {
            for band in (0..table.len()).filter(|&band| table.count(visit, band) > 0) {
                let (top, bottom) = self.segment(table, visit, band);
                canvas.bar(role, (left, top), (right, bottom), table.paint(band));
            }
        }
    }

    fn flows(&self, canvas: &mut Canvas, table: &Table) {
        let theme = *canvas.theme;
        let mut texts = Vec::new();
        let mut taken_post: Vec<f64> = vec![0.0; table.len()];
        // People who stay lie below those who move, so that moves are not covered.
        let mut flows = Vec::new();
        for pre in 0..table.len() {
            let mut taken_pre = 0.0;
            for (post, taken_post) in taken_post.iter_mut().enumerate() {
                let count = table.counts[pre][post];
                let thick = count as f64 * self.unit;
                if count > 0 {
                    let from = self.segment(table, Visit::Pre, pre).0 + taken_pre;
                    let to = self.segment(table, Visit::Post, post).0 + *taken_post;
                    flows.push((table.way(pre, post), from, to, thick));
                    if thick >= 1.05 * theme.tick {
                        texts.push((from + thick / 2.0 + 0.36 * theme.tick, count));
                    }
                }
                taken_pre += thick;
                *taken_post += thick;
            }
        }
        flows.sort_by_key(|(way, ..)| *way != Way::Same);
        for (way, from, to, thick) in flows {
            canvas.polygon(way.role(), self.ribbon(from, to, thick), way.paint());
            if thick > 0.6 * theme.tick {
                // A white hairline tells neighbours of one colour apart.
                let hair = Stroke { paint: WHITE, width: 0.5 * theme.axis_line, dash: None };
                let edge = self.ribbon(from, to, thick);
                canvas.line("flow-edge", edge[..edge.len() / 2].to_vec(), hair);
            }
        }
        for (y, count) in texts {
            canvas.text("flow-count", (self.pre.1 + 0.5 * theme.tick, y), &number::count(count as usize), theme.tick, Anchor::Start);
        }
    }

    /// The outline of a flow: the upper edge from left to right, then the lower one back.
    fn ribbon(&self, from: f64, to: f64, thick: f64) -> Vec<(f64, f64)> {
        const STEPS: usize = 24;
        let (left, right) = (self.pre.1, self.post.0);
        let at = |i: usize| {
            let t = i as f64 / STEPS as f64;
            (left + t * (right - left), from + t * t * (3.0 - 2.0 * t) * (to - from))
        };
        let upper = (0..=STEPS).map(at);
        let lower = (0..=STEPS).rev().map(at).map(|(x, y)| (x, y + thick));
        upper.chain(lower).collect()
    }

    fn names(&self, canvas: &mut Canvas, table: &Table) {
        let theme = *canvas.theme;
        let sides = [
            (&self.names[0], Visit::Pre, self.pre.0 - 0.6 * theme.tick, Anchor::End),
            (&self.names[1], Visit::Post, self.post.1 + 0.6 * theme.tick, Anchor::Start),
        ];
        let leading = theme.leading(theme.tick);
        for (names, visit, x, anchor) in sides {
            let middle = |band| {
                let (top, bottom) = self.segment(table, visit, band);
                (top + bottom) / 2.0
            };
            let centres: Vec<f64> = (0..table.len()).map(middle).collect();
            let placed = |lines: usize| {
                let half = lines as f64 * leading / 2.0;
                spread(&centres, 2.0 * half, self.top + half - 0.3 * theme.tick, self.bottom - half + 0.3 * theme.tick)
            };
            // Where names of two lines do not all fit, the last line with the count stands alone.
            let most = names.iter().map(Vec::len).max().unwrap_or(1);
            let (places, lines) = placed(most).map_or_else(|| (placed(1).unwrap_or_default(), 1), |places| (places, most));
            for (band, place) in places.iter().enumerate() {
                let shown = &names[band][names[band].len().saturating_sub(lines)..];
                let first = place - shown.len() as f64 * leading / 2.0 + 0.98 * theme.tick;
                let fill = if table.count(visit, band) == 0 { MUTED } else { INK };
                for (i, line) in shown.iter().enumerate() {
                    canvas.styled("band-name", (x, first + i as f64 * leading), line, theme.tick, Weight::Regular, anchor, fill);
                }
            }
        }
    }
}

/// `severe 12`: the name may be shortened, the count never.
fn named(name: &str, count: u64, room: f64, size: f64) -> Vec<String> {
    let count = format!(" {}", number::count(count as usize));
    let whole = format!("{name}{count}");
    if text::width(&text::clean(&whole), size, Weight::Regular) <= room {
        return vec![whole];
    }
    let mut lines = text::wrap(name, room, size, Weight::Regular, 2);
    if let Some(last) = lines.last_mut() {
        let short = text::shorten(last, room - text::width(&count, size, Weight::Regular), size, Weight::Regular);
        *last = format!("{short}{count}");
    } else {
        lines.push(count);
    }
    lines
}

fn alt_text(table: &Table, n: usize, drawing: &Drawing) -> String {
    let better = record::better(table.outcome).map(|better| format!(" ({better})")).unwrap_or_default();
    let band = |band: usize| {
        format!(
            "{} {} at pre, {} at post",
            table.bands[band],
            number::count(table.count(Visit::Pre, band) as usize),
            number::count(table.count(Visit::Post, band) as usize)
        )
    };
    let bands: Vec<String> = (0..table.len()).map(band).collect();
    format!(
        "{}{better}: people by severity band at pre and post, with flows between the bands. {}. {}. {}.",
        table.outcome.label,
        record::pairs_text(drawing.results, n),
        bands.join("; "),
        table.ways_text().join(", ")
    )
}

fn caption(table: &Table, shift: &BandShift, n: usize, drawing: &Drawing, notes: &[String]) -> String {
    let test = match shift.stuart_maxwell.as_result() {
        Ok(test) => format!(
            "Stuart–Maxwell test that the bands are as common at post as at pre: χ²({}) = {}, {}",
            test.df,
            number::fixed(test.statistic, 2),
            number::p_named(test.p)
        ),
        Err(reason) => format!("no Stuart–Maxwell test: {reason}"),
    };
    let notes = notes.iter().map(|note| format!(" {note}")).collect::<String>();
    let colours = match table.outcome.direction {
        Direction::None => "grey: in the same band or another",
        _ => "green: to a better band; grey: in the same band; orange: to a worse band",
    };
    format!(
        "{}: {}. Severity bands of the instrument at pre (left) and post (right), the highest scores on top; the darker, the more severe. Flows are people ({colours}); numbers are people. {test}.{notes}",
        table.outcome.label,
        record::pairs_text(drawing.results, n)
    )
}
