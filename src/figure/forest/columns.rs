//! Where the columns of a forest plot stand, from the widths of what they hold.

use super::rows::{Row, Table, Triple};
use crate::figure::theme::Theme;
use crate::figure::{Anchor, Weight, text};
use crate::results::number;

/// Which columns there are, from the most room needed to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Label, plot, effect, n, mean change, p.
    Full,
    /// Without the effect in words.
    Plain,
    /// The mean change stands under the label.
    Stacked,
}

impl Mode {
    pub const ALL: [Mode; 3] = [Mode::Full, Mode::Plain, Mode::Stacked];
}

/// Places across the figure, in millimetres.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    pub mode: Mode,
    pub label_left: f64,
    pub label_width: f64,
    pub plot: (f64, f64),
    pub effect: Option<TripleColumn>,
    /// Right edge.
    pub n: f64,
    pub change: TripleColumn,
    /// Right edge.
    pub p: f64,
    pub heads: Vec<Head>,
}

/// Right edges of an estimate and its limits, so that decimal points stand under each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TripleColumn {
    pub estimate: f64,
    pub lower: f64,
    pub upper: f64,
}

/// The heading of a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    pub x: f64,
    pub anchor: Anchor,
    pub lines: Vec<String>,
}

/// The columns of `mode`, or `None` where the width does not hold them.
pub(super) fn columns(table: &Table, theme: &Theme, mode: Mode) -> Option<Columns> {
    let (left, right) = (theme.margin, theme.width - theme.margin);
    let room = right - left;
    let gap = theme.label;
    let level = number::level_percent(table.level);
    let mut heads = Vec::new();

    let p_width = widest(table, theme, &table.p_head, |row| &row.p);
    heads.push(head(&table.p_head, right, p_width, theme));
    let mut edge = right - p_width - gap;

    let change_widths = TripleWidths::of(table.rows().map(|row| &row.change), theme.label);
    let change_head = format!("mean change ({level}\u{a0}CI)");
    let stacked = mode == Mode::Stacked;
    let change = if stacked {
        change_widths.column_at(left + indent(theme))
    } else {
        let width = change_widths.total().max(longest_word(&change_head, theme.tick));
        heads.push(head(&change_head, edge, width, theme));
        let column = change_widths.column_at(edge - change_widths.total());
        edge -= width + gap;
        column
    };

    let n_width = widest(table, theme, "n", |row| &row.n);
    heads.push(head("n", edge, n_width, theme));
    let n = edge;
    edge -= n_width + gap;

    let effect = (mode == Mode::Full).then(|| {
        let widths = TripleWidths::of(table.rows().map(|row| &row.effect), theme.label);
        let title = format!("{} ({level}\u{a0}CI)", table.headline.short);
        let width = widths.total().max(longest_word(&title, theme.tick));
        heads.push(head(&title, edge, width, theme));
        let column = widths.column_at(edge - widths.total());
        edge -= width + gap;
        column
    });

    // What is left is shared by label and plot; the plot keeps its share.
    let least_plot = room * if mode == Mode::Full { 0.26 } else { 0.34 };
    let natural = indent(theme) + table.rows().map(|row| text::width(&row.label, theme.label, weight(row))).fold(0.0, f64::max);
    let headings = table.groups.iter().filter_map(|group| group.heading.as_deref());
    let words = headings.map(|heading| longest_word(heading, theme.label) + 0.01).fold(0.0, f64::max);
    // The legend stands under the labels: marker and the word `primary`.
    let legend = indent(theme) + 2.5 * theme.mean_point + 0.9 * theme.label + text::width("primary", theme.tick, Weight::Bold);
    let natural = natural.max(words).max(legend);
    let wanted = natural.max(0.16 * room).min(0.34 * room);
    let most = edge - left - gap - least_plot;
    let (least, label_width) = if stacked {
        let least = indent(theme) + change_widths.total();
        (least, wanted.max(least))
    } else {
        // Two lines hold a label of twice the width, and a little is lost where words break.
        ((0.6 * natural).max(0.22 * room).min(natural).min(0.3 * room), wanted)
    };
    if most < least {
        return None;
    }
    let label_width = label_width.min(most);
    let title = if stacked { format!("outcome, {change_head}") } else { "outcome".into() };
    heads.push(Head { x: left, anchor: Anchor::Start, lines: text::wrap(&title, label_width, theme.tick, Weight::Regular, 3) });
    let plot = (left + label_width + gap, edge);
    Some(Columns { mode, label_left: left, label_width, plot, effect, n, change, p: right, heads })
}

/// Labels stand a little right of the heading of their domain.
pub(super) fn indent(theme: &Theme) -> f64 {
    0.8 * theme.label
}

/// Primary outcomes are bold.
pub(super) fn weight(row: &Row) -> Weight {
    if row.primary { Weight::Bold } else { Weight::Regular }
}

fn head(title: &str, right: f64, width: f64, theme: &Theme) -> Head {
    // A hair more than measured, so that a word as wide as its column stays on its line.
    Head { x: right, anchor: Anchor::End, lines: text::wrap(title, width + 0.01, theme.tick, Weight::Regular, 3) }
}

fn widest(table: &Table, theme: &Theme, title: &str, cell: impl Fn(&Row) -> &str) -> f64 {
    let cells = table.rows().map(|row| text::width(cell(row), theme.label, Weight::Regular)).fold(0.0, f64::max);
    cells.max(longest_word(title, theme.tick))
}

fn longest_word(title: &str, size: f64) -> f64 {
    title.split(' ').map(|word| text::width(word, size, Weight::Regular)).fold(0.0, f64::max)
}

/// The widest estimate, lower and upper limit of a column, with the gaps between them.
struct TripleWidths {
    estimate: f64,
    lower: f64,
    upper: f64,
}

impl TripleWidths {
    fn of<'a>(triples: impl Iterator<Item = &'a Triple>, size: f64) -> Self {
        let wide = |text: &str| text::width(text, size, Weight::Regular);
        let space = 0.3 * size;
        let with_space = |text: &str| if text.is_empty() { 0.0 } else { wide(text) + space };
        triples.fold(Self { estimate: 0.0, lower: 0.0, upper: 0.0 }, |widths, triple| Self {
            estimate: widths.estimate.max(wide(&triple.estimate)),
            lower: widths.lower.max(with_space(&triple.lower)),
            upper: widths.upper.max(with_space(&triple.upper)),
        })
    }

    fn total(&self) -> f64 {
        self.estimate + self.lower + self.upper
    }

    fn column_at(&self, left: f64) -> TripleColumn {
        let estimate = left + self.estimate;
        let lower = estimate + self.lower;
        TripleColumn { estimate, lower, upper: lower + self.upper }
    }
}
