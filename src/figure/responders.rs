//! Who changed by an amount that matters: one bar an outcome, improved on the left, worsened on the right.

use super::axis::Scale;
use super::forest::themes;
use super::key::{Entry, Symbol, key};
use super::theme::{GUIDE, IMPROVED, INK, MUTED, Theme, WHITE, WORSENED};
use super::{Anchor, Canvas, Figure, NotDrawn, Paint, Shape, Size, Weight, file_stem_in, text};
use crate::plan::{FigureKind, Preset};
use crate::results::{Finding, Method, ResponderRow, Results, number};
use crate::stats::NotEstimable;
use crate::stats::proportion::Proportion;
use crate::trial::{ChangeUnit, Importance, Outcome, Role};

pub fn responders(results: &Results, theme: &Theme) -> Result<Figure, NotDrawn> {
    let rows: Vec<Row> = results.outcomes.iter().map(|outcome| Row::new(results, outcome)).collect();
    if rows.is_empty() {
        return Err(NotDrawn::new("the results have no outcome"));
    }
    if rows.iter().all(|row| row.shares.is_err()) {
        let reason = rows.iter().filter_map(|row| row.shares.as_ref().err()).map(String::as_str).collect::<Vec<_>>();
        let same = reason.windows(2).all(|pair| pair[0] == pair[1]);
        let reason = if same { reason.first().copied().unwrap_or(NO_MCID) } else { "no outcome has shares to draw" };
        return Err(if rows.iter().all(|row| row.lacks_fact) { NotDrawn::lacking(reason) } else { NotDrawn::new(reason) });
    }
    let title = "Changes that matter to people";
    let sizes: Vec<Theme> = themes(theme).collect();
    let fits = |theme: &Theme| paint(&rows, results, theme, title).1 <= theme.max_height + 1e-6;
    let size = sizes.iter().find(|theme| fits(theme)).or(sizes.last()).unwrap_or(theme);
    let (marks, natural) = paint(&rows, results, size, title);
    let mut notes = Vec::new();
    if natural > theme.max_height + 1e-6 {
        notes.push(format!(
            "{} outcomes do not fit the height of the preset at its smallest type: the figure is higher",
            number::count(rows.len())
        ));
    }
    Ok(Figure {
        id: file_stem_in(results, None, FigureKind::Responders),
        title: title.into(),
        alt_text: alt_text(&rows),
        caption: caption(&rows),
        size: Size { width: theme.width, height: theme.height.map_or(natural, |height| height.max(natural)) },
        marks,
        notes,
    })
}

/// One outcome.
struct Row<'a> {
    outcome: &'a Outcome,
    /// `MCID 5 points`.
    threshold: Option<String>,
    /// Absent where there is no threshold.
    kind: Option<Importance>,
    shares: Result<Shares<'a>, String>,
    lacks_fact: bool,
}

struct Shares<'a> {
    improved: &'a Proportion,
    worsened: &'a Proportion,
}

const NO_MCID: &str = "no established MCID";

impl<'a> Row<'a> {
    fn new(results: &'a Results, outcome: &'a Outcome) -> Self {
        let without = |reason: String, lacks_fact| Self { outcome, threshold: None, kind: None, shares: Err(reason), lacks_fact };
        let record = match results.finding(&outcome.id, Method::Responders) {
            Some(Ok(Finding::Responders(record))) => record,
            Some(Err(NotEstimable::FactUnknown { .. })) if outcome.meaning.not_accepted.iter().any(|kind| kind == "mcid") => {
                return without("MCID to be verified, and not accepted by the plan".into(), true);
            }
            Some(Err(NotEstimable::FactUnknown { .. })) => return without(NO_MCID.into(), true),
            Some(Err(reason)) => return without(reason.to_string(), false),
            _ => return without("not analysed".into(), true),
        };
        let Some(first) = record.thresholds.first() else { return without(NO_MCID.into(), true) };
        let shares = first
            .shares
            .as_result()
            .and_then(|shares| Ok(Shares { improved: shares.response.as_result()?, worsened: shares.deterioration.as_result()? }));
        Self {
            outcome,
            threshold: Some(threshold(outcome, first)),
            kind: Some(first.threshold.fact.kind),
            shares: shares.map_err(ToString::to_string),
            lacks_fact: false,
        }
    }

    /// `62 % (44 % to 77 %), n = 29`.
    fn share_text(&self) -> String {
        let Ok(shares) = &self.shares else { return String::new() };
        let wilson = &shares.improved.wilson;
        format!(
            "{} ({} to {}), n = {}",
            number::percent(100.0 * shares.improved.share, 0),
            number::fixed(100.0 * wilson.lower, 0),
            number::fixed(100.0 * wilson.upper, 0),
            number::count(shares.improved.n as usize)
        )
    }
}

fn threshold(outcome: &Outcome, row: &ResponderRow) -> String {
    let fact = &row.threshold.fact;
    match fact.unit {
        ChangeUnit::Points => format!("{} {} {}", fact.kind.label(), fact.value, outcome.unit.as_deref().unwrap_or("points")),
        ChangeUnit::PercentOfBaseline => format!("{} {} % of baseline", fact.kind.label(), fact.value),
    }
}

/// Whether every threshold is the least change that matters: only then is it called the MCID.
fn all_least(rows: &[Row]) -> bool {
    rows.iter().filter_map(|row| row.kind).all(|kind| kind == Importance::Minimal)
}

impl Shares<'_> {
    /// Improved, unchanged, worsened, with who they are.
    fn parts(&self) -> [(&'static str, u64, Paint); 3] {
        let unchanged = self.improved.n.saturating_sub(self.improved.count + self.worsened.count);
        [("improved", self.improved.count, IMPROVED), ("unchanged", unchanged, UNCHANGED), ("worsened", self.worsened.count, WORSENED)]
    }
}

/// Paler than elsewhere, so that the three are apart in grey print as well.
const UNCHANGED: Paint = GUIDE;

/// All marks and the height they take.
fn paint(rows: &[Row], results: &Results, theme: &Theme, title: &str) -> (Vec<super::Mark>, f64) {
    let mut canvas = Canvas::new(theme);
    let (left, right) = (theme.margin, theme.width - theme.margin);
    let subtitle = match results.participants.subjects() {
        Some(subjects) => format!("{}; {}", shares_of(rows), text::counted(subjects, "subject", "subjects")),
        None => shares_of(rows),
    };
    let top = canvas.header(title, &subtitle);
    let entries = [
        Entry::new(Symbol::Swatch(IMPROVED), "improved"),
        Entry::new(Symbol::Swatch(UNCHANGED), "neither"),
        Entry::new(Symbol::Swatch(WORSENED), "worsened"),
        Entry::new(Symbol::Line(theme.interval()), format!("{} CI of the improved", level(rows))),
    ];
    let top = key(&mut canvas, (left, right), top + 0.4 * theme.tick, &entries) + 0.8 * theme.tick;
    // On a wide canvas label, bar and numbers stand side by side, else below each other.
    let beside = matches!(theme.preset, Preset::JournalWide | Preset::Slide);
    let inset = 0.02 * (right - left);
    let bar = if beside { (left + 0.3 * (right - left), left + 0.72 * (right - left)) } else { (left + inset, right - inset) };
    let x = Scale::new((0.0, 1.0), bar.0, bar.1);
    let layout = Layout { theme, x, left, right, beside };
    let mut y = top;
    for row in rows.iter().filter(|row| !row.lacks_fact) {
        y = layout.row(&mut canvas, row, y);
    }
    let axis = y;
    canvas.line("axis", vec![(x.start, axis), (x.end, axis)], theme.axis());
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let at = x.at(share);
        canvas.line("tick", vec![(at, axis), (at, axis + 0.4 * theme.tick)], theme.axis());
        let label = number::percent(100.0 * share, 0);
        let half = text::width(&label, theme.tick, Weight::Regular) / 2.0;
        canvas.text("tick-label", (at.clamp(left + half, right - half), axis + 1.5 * theme.tick), &label, theme.tick, Anchor::Middle);
    }
    let mut bottom = axis + 1.8 * theme.tick;
    // What nobody can judge takes no room of a bar: one line for each reason.
    for (reason, labels) in lacking(rows) {
        let mut letters = reason.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        let words = format!("{first}{}: {}", letters.as_str(), labels.join(", "));
        let lines = text::wrap(&words, right - left, theme.tick, Weight::Regular, 4);
        bottom = canvas.lines("reason", left, bottom + 0.6 * theme.tick, &lines, theme.tick, Weight::Regular, MUTED);
    }
    (canvas.marks, bottom + theme.margin)
}

/// The outcomes that lack a fact, by what they lack.
fn lacking<'a>(rows: &'a [Row]) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in rows.iter().filter(|row| row.lacks_fact) {
        let Err(reason) = &row.shares else { continue };
        match reasons.iter_mut().find(|(known, _)| known == reason) {
            Some((_, labels)) => labels.push(&row.outcome.label),
            None => reasons.push((reason, vec![&row.outcome.label])),
        }
    }
    reasons
}

struct Layout<'a> {
    theme: &'a Theme,
    x: Scale,
    left: f64,
    right: f64,
    beside: bool,
}

impl Layout<'_> {
    /// Draws one outcome from `top` on; returns where the next may begin.
    fn row(&self, canvas: &mut Canvas, row: &Row, top: f64) -> f64 {
        let theme = *self.theme;
        let weight = if row.outcome.role == Role::Primary { Weight::Bold } else { Weight::Regular };
        let (size, small) = (theme.label, theme.tick);
        let label_room = if self.beside { self.x.start - self.left - theme.label } else { self.right - self.left };
        let label = text::wrap(&row.outcome.label, label_room, size, weight, if self.beside { 3 } else { 2 });
        let numbers_x = self.x.end + theme.label;
        let numbers_room = self.right - numbers_x;
        let air = 0.9 * size;
        match (&row.shares, self.beside) {
            (Ok(shares), true) => {
                let under = row.threshold.as_ref().map(|t| text::wrap(t, label_room, small, Weight::Regular, 2)).unwrap_or_default();
                let y = canvas.lines("label", self.left, top, &label, size, weight, INK);
                let label_bottom = canvas.lines("threshold", self.left, y, &under, small, Weight::Regular, MUTED);
                let bottom = self.bar(canvas, shares, top);
                let lines = text::wrap(&row.share_text(), numbers_room, small, Weight::Regular, 3);
                let numbers = canvas.lines("share", numbers_x, top + 0.1 * size, &lines, small, Weight::Regular, INK);
                label_bottom.max(bottom).max(numbers) + 0.6 * air
            }
            (Ok(shares), false) => {
                let y = canvas.lines("label", self.left, top, &label, size, weight, INK);
                let bottom = self.bar(canvas, shares, y + 0.1 * size);
                let share = row.share_text();
                let words = match &row.threshold {
                    Some(threshold) => {
                        let room = self.right - self.left - text::width(&share, small, Weight::Regular) - 2.0 * small;
                        format!("{share}; {}", text::shorten(threshold, room, small, Weight::Regular))
                    }
                    None => share,
                };
                let lines = text::wrap(&words, self.right - self.left, small, Weight::Regular, 2);
                canvas.lines("share", self.left, bottom + 0.15 * small, &lines, small, Weight::Regular, INK) + 0.7 * air
            }
            (Err(reason), beside) => {
                let words = match &row.threshold {
                    Some(threshold) => format!("{threshold}: {reason}"),
                    None => reason.clone(),
                };
                let y = canvas.lines("label", self.left, top, &label, size, weight, INK);
                let (at, from, room) =
                    if beside { (self.x.start, top + 0.1 * size, self.right - self.x.start) } else { (self.left, y, label_room) };
                let lines = text::wrap(&words, room, small, Weight::Regular, 3);
                canvas.lines("reason", at, from, &lines, small, Weight::Regular, MUTED).max(y) + 0.7 * air
            }
        }
    }

    /// The bar and below it the interval of those who improved; returns its lower end.
    fn bar(&self, canvas: &mut Canvas, shares: &Shares, top: f64) -> f64 {
        let theme = *self.theme;
        let height = 1.3 * theme.label;
        let n = shares.improved.n.max(1) as f64;
        let gap = 0.5 * theme.axis_line;
        let mut done = 0;
        for (role, count, paint) in shares.parts() {
            let (from, to) = (self.x.at(done as f64 / n), self.x.at((done + count) as f64 / n));
            done += count;
            if count == 0 {
                continue;
            }
            canvas.bar(role, (from, top), ((to - gap).max(from), top + height), paint);
            let label = number::count(count as usize);
            if text::width(&label, theme.tick, Weight::Bold) + 0.4 * theme.tick <= to - from {
                let fill = if role == "unchanged" { INK } else { WHITE };
                let at = ((from + to) / 2.0, top + height / 2.0 + 0.37 * theme.tick);
                canvas.styled("count", at, &label, theme.tick, Weight::Bold, Anchor::Middle, fill);
            }
        }
        let lane = top + height + 0.45 * theme.tick;
        let wilson = &shares.improved.wilson;
        canvas.line("interval", vec![(self.x.at(wilson.lower), lane), (self.x.at(wilson.upper), lane)], theme.interval());
        canvas.point("share-improved", (self.x.at(shares.improved.share), lane), 0.28 * theme.tick, Shape::Circle, INK);
        lane + 0.4 * theme.tick
    }
}

fn shares_of(rows: &[Row]) -> String {
    let threshold = if all_least(rows) { "the MCID" } else { "the named threshold" };
    format!("Share of people who changed by {threshold} or more")
}

fn level(rows: &[Row]) -> String {
    let level = rows.iter().find_map(|row| row.shares.as_ref().ok()).map_or(0.95, |shares| shares.improved.wilson.level);
    number::level_percent(level)
}

fn alt_text(rows: &[Row]) -> String {
    let one = |row: &Row| match &row.shares {
        Ok(shares) => {
            let threshold = row.threshold.as_ref().map(|threshold| format!(" ({threshold})")).unwrap_or_default();
            let [(_, improved, _), (_, unchanged, _), (_, worsened, _)] = shares.parts();
            format!(
                "{}{threshold}: {improved} improved, {unchanged} neither, {worsened} worsened; improved {}",
                row.outcome.label,
                row.share_text()
            )
        }
        Err(reason) => format!("{}: {reason}", row.outcome.label),
    };
    format!("{}, one bar an outcome. {}.", shares_of(rows), rows.iter().map(one).collect::<Vec<_>>().join(". "))
}

fn caption(rows: &[Row]) -> String {
    let source = |row: &Row| {
        row.shares.as_ref().ok()?;
        row.threshold.as_ref().map(|threshold| format!("{}: {threshold}", row.outcome.label))
    };
    let thresholds: Vec<String> = rows.iter().filter_map(source).collect();
    let primary = if rows.iter().any(|row| row.outcome.role == Role::Primary) { " Bold: primary outcomes." } else { "" };
    let threshold = if all_least(rows) { "the MCID (minimal clinically important difference)" } else { "the named threshold" };
    format!(
        "People with both scores who improved or worsened by {threshold} or more, and those between. Numbers in the bars are people; below each bar the share improved with its {} Wilson interval.{primary} Thresholds: {}.",
        level(rows),
        thresholds.join("; ")
    )
}
