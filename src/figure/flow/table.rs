//! Several outcomes: a box each with its counts, and a side box with its losses, all in aligned columns.

use super::boxes::{arrow, frame, number as count, pad};
use super::chain;
use super::counts::{Counts, OutcomeCounts};
use crate::figure::theme::{INK, MUTED, Theme};
use crate::figure::{Anchor, Canvas, Weight, text};
use crate::results::number;
use crate::trial::Loss;

/// One of the counts of an outcome.
type Count = fn(&OutcomeCounts) -> usize;

/// The columns across, and how high each row stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    /// What labels may take.
    label_width: f64,
    /// Between two rows.
    between: f64,
    /// Right edge of the row box.
    box_right: f64,
    /// Heads and right edges of with pre, with post, pairs.
    counts: Vec<Column>,
    /// The same of the losses, inside the side box.
    losses: Vec<(Loss, Column)>,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq)]
struct Column {
    right: f64,
    head: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    label: Vec<String>,
    outcome: OutcomeCounts,
    height: f64,
}

/// The table at these type sizes; `None` where its columns leave too little room for the labels.
/// `air` is what rows have above and below their text, in ems.
pub(super) fn table(counts: &Counts, theme: &Theme, air: f64) -> Option<Table> {
    let tight = spaced(counts, theme, air, 0.8 * theme.label)?;
    // Room that no label needs goes between the columns, so that the eye has not far to travel.
    let longest = counts.outcomes.iter().map(|outcome| text::width(&outcome.label, theme.label, Weight::Regular)).fold(0.0, f64::max);
    let spare = (tight.label_width - longest - 2.0 * theme.label).max(0.0) / tight.columns().count().max(1) as f64;
    spaced(counts, theme, air, 0.8 * theme.label + spare.min(4.0 * theme.label)).or(Some(tight))
}

/// The table with `gap` between its columns.
fn spaced(counts: &Counts, theme: &Theme, air: f64, gap: f64) -> Option<Table> {
    let mut edge = theme.width - theme.margin - pad(theme);
    let mut losses = Vec::new();
    for loss in counts.losses().into_iter().rev() {
        let numbers = counts.outcomes.iter().map(|outcome| number::count(outcome.lost(loss)));
        let (column, width) = column(loss.label(), numbers, edge, theme);
        losses.insert(0, (loss, column));
        edge -= width + gap;
    }
    // Between the two boxes there is room for the line that joins them.
    let box_right = if losses.is_empty() { edge + pad(theme) } else { edge + gap - pad(theme) - 1.6 * theme.label };
    edge = box_right - pad(theme);
    let mut columns = Vec::new();
    let kinds: [(&str, Count); 3] = [("pairs analysed", |o| o.pairs), ("with post", |o| o.with_post), ("with pre", |o| o.with_pre)];
    for (head, of) in kinds {
        let (column, width) = column(head, counts.outcomes.iter().map(|outcome| number::count(of(outcome))), edge, theme);
        columns.insert(0, column);
        edge -= width + gap;
    }
    let label_width = edge - theme.margin - pad(theme);
    if label_width < 0.2 * theme.width {
        return None;
    }
    let rows = counts.outcomes.iter().map(|outcome| {
        let label = text::wrap(&outcome.label, label_width, theme.label, Weight::Regular, 3);
        let height = label.len().max(1) as f64 * theme.leading(theme.label) + air * theme.label;
        Row { label, outcome: outcome.clone(), height }
    });
    Some(Table { label_width, between: 0.7 * air * theme.label, box_right, counts: columns, losses, rows: rows.collect() })
}

fn column(title: &str, numbers: impl Iterator<Item = String>, right: f64, theme: &Theme) -> (Column, f64) {
    let words = title.split(' ').map(|word| text::width(word, theme.tick, Weight::Regular));
    // Pairs are bold, so all columns leave room for that.
    let width = numbers.map(|number| text::width(&number, theme.label, Weight::Bold)).chain(words).fold(0.0, f64::max);
    (Column { right, head: text::wrap(title, width + 0.01, theme.tick, Weight::Regular, 4) }, width)
}

impl Table {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// With the arrow that leads to it and its heads.
    pub fn height(&self, theme: &Theme) -> f64 {
        lead(theme) + self.head_height(theme) + self.rows.iter().map(|row| row.height + self.between).sum::<f64>()
    }

    fn head_height(&self, theme: &Theme) -> f64 {
        let lines = self.columns().map(|column| column.head.len()).max().unwrap_or(0);
        // One line more: what the loss columns have in common.
        (lines + 1) as f64 * theme.leading(theme.tick) + 0.4 * theme.tick
    }

    fn columns(&self) -> impl Iterator<Item = &Column> {
        self.counts.iter().chain(self.losses.iter().map(|(_, column)| column))
    }

    /// Draws the table below the chain that ends at `top`; `stretch` is added to every row.
    pub fn draw(&self, canvas: &mut Canvas, subjects: usize, top: f64, stretch: f64) -> f64 {
        let theme = canvas.theme;
        let axis = chain::axis(theme);
        let start = top + lead(theme);
        arrow(canvas, (axis, top), (axis, start - 0.2 * theme.label));
        self.heads(canvas, subjects, start);
        let mut y = start + self.head_height(theme);
        for row in &self.rows {
            let height = row.height + stretch;
            self.row(canvas, row, y, height);
            y += height + self.between;
        }
        y
    }

    fn heads(&self, canvas: &mut Canvas, subjects: usize, top: f64) {
        let theme = canvas.theme;
        let leading = theme.leading(theme.tick);
        let bottom = top + self.head_height(theme) - 0.4 * theme.tick;
        let last = |lines: usize, i: usize| bottom - (lines - i) as f64 * leading + theme.tick;
        canvas.styled("head", (theme.margin + pad(theme), last(1, 0)), "outcome", theme.tick, Weight::Regular, Anchor::Start, MUTED);
        for column in self.columns() {
            for (i, line) in column.head.iter().enumerate() {
                let place = (column.right, last(column.head.len(), i));
                canvas.styled("head", place, line, theme.tick, Weight::Regular, Anchor::End, MUTED);
            }
        }
        if !self.losses.is_empty() {
            let right = theme.width - theme.margin;
            let words = text::shorten(
                &format!("no pair, of {}:", text::counted(subjects, "subject", "subjects")),
                right - axis_clear(theme),
                theme.tick,
                Weight::Regular,
            );
            canvas.styled("head", (right - pad(theme), top + theme.tick), &words, theme.tick, Weight::Regular, Anchor::End, INK);
        }
    }

    fn row(&self, canvas: &mut Canvas, row: &Row, top: f64, height: f64) {
        let theme = canvas.theme;
        let middle = top + height / 2.0;
        frame(canvas, "box", (theme.margin, top), (self.box_right - theme.margin, height), INK);
        let first = middle - row.label.len() as f64 * theme.leading(theme.label) / 2.0;
        canvas.lines("label", theme.margin + pad(theme), first, &row.label, theme.label, Weight::Regular, INK);
        let baseline = middle + 0.36 * theme.label;
        let outcome = &row.outcome;
        let counts = [("with-pre", outcome.with_pre), ("with-post", outcome.with_post), ("pairs", outcome.pairs)];
        for (column, (role, value)) in self.counts.iter().zip(counts) {
            let weight = if role == "pairs" { Weight::Bold } else { Weight::Regular };
            count(canvas, role, (column.right, baseline), &number::count(value), weight);
        }
        // A side box only where something was lost; with the reasons as columns, the zeros of others align.
        if row.outcome.reasons().is_empty() {
            return;
        }
        let left = self.box_right + 1.6 * theme.label;
        let right = theme.width - theme.margin;
        arrow(canvas, (self.box_right, middle), (left, middle));
        frame(canvas, "side-box", (left, top), (right - left, height), MUTED);
        for (loss, column) in &self.losses {
            count(canvas, "loss", (column.right, baseline), &number::count(outcome.lost(*loss)), Weight::Regular);
        }
    }
}

/// The arrow from the chain to the heads.
fn lead(theme: &Theme) -> f64 {
    1.5 * theme.label
}

/// The left edge of what may stand right of the arrow.
fn axis_clear(theme: &Theme) -> f64 {
    chain::axis(theme) + theme.label
}
