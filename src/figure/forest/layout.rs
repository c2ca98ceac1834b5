//! The forest plot as large as its canvas allows: type sizes, columns, and how high each row stands.

use super::columns::{Columns, Mode, columns, indent, weight};
use super::reach;
use super::rows::{Marker, NOT_ESTIMABLE, Row, Table};
use crate::figure::axis::Scale;
use crate::figure::theme::{PT, Theme};
use crate::figure::{Weight, text};
use crate::plan::Preset;

/// Between rows, in ems, where there is room.
const AIR: f64 = 0.4;

/// What a reason may take in the plot; its end is in the notes.
const MOST_REASON_LINES: usize = 4;

/// A table with sizes chosen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    /// The preset's theme with the type sizes that fit.
    pub theme: Theme,
    pub columns: Columns,
    pub groups: Vec<PlacedGroup>,
    /// Added to every row, so that a canvas of fixed height is used.
    pub slack: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedGroup {
    pub heading: Vec<String>,
    pub rows: Vec<PlacedRow>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedRow {
    pub row: Row,
    pub label: Vec<String>,
    /// The reason in place of a marker.
    pub reason: Vec<String>,
    /// Where the reason may stand: left and right of the room that the line of no change leaves it.
    pub reason_room: (f64, f64),
    pub height: f64,
}

impl Layout {
    /// The height of headings and rows.
    pub fn body(&self) -> f64 {
        self.groups.iter().map(|group| self.heading_height(group) + group.rows.iter().map(|row| row.height + self.slack).sum::<f64>()).sum()
    }

    pub fn heading_height(&self, group: &PlacedGroup) -> f64 {
        if group.heading.is_empty() {
            0.0
        } else {
            group.heading.len() as f64 * self.theme.leading(self.theme.label) + 0.35 * self.theme.label
        }
    }

    /// The lines of the column heads.
    pub fn head_lines(&self) -> usize {
        self.columns.heads.iter().map(|head| head.lines.len()).max().unwrap_or(0)
    }
}

/// The largest type at which everything fits; `around` is the height of all that is not rows. The lowest layout
/// where nothing fits: then the figure grows.
pub(super) fn fitted(table: &Table, theme: &Theme, around: impl Fn(&Layout) -> f64) -> Option<Layout> {
    let mut lowest: Option<(f64, Layout)> = None;
    for size in themes(theme) {
        let airs = [AIR, 0.5 * AIR, 0.25 * AIR];
        for (mode, air) in Mode::ALL.into_iter().flat_map(|mode| airs.map(|air| (mode, air))) {
            let Some(mut layout) = layout(table, &size, mode, air) else { continue };
            let spare = theme.max_height - layout.body() - around(&layout);
            if spare >= 0.0 {
                if theme.height.is_some() {
                    layout.slack = (spare / table.rows().count().max(1) as f64).min(1.2 * size.label);
                }
                return Some(layout);
            }
            if lowest.as_ref().is_none_or(|(least, _)| spare > *least) {
                lowest = Some((spare, layout));
            }
        }
    }
    lowest.map(|(_, layout)| layout)
}

/// The theme with ever smaller type, down to what the preset allows.
pub(in crate::figure) fn themes(theme: &Theme) -> impl Iterator<Item = Theme> {
    let least = least_type(theme.preset);
    let theme = *theme;
    (0..=28).map(|step| 1.0 - 0.02 * f64::from(step)).filter(move |scale| theme.label * scale >= least - 1e-9).map(move |scale| Theme {
        title: (theme.title * scale).max(least),
        label: theme.label * scale,
        tick: (theme.tick * scale).max(least),
        axis_line: theme.axis_line * scale,
        data_line: theme.data_line * scale,
        // Markers shrink less than type: they are what is looked at.
        mean_point: theme.mean_point * scale.sqrt(),
        ..theme
    })
}

/// Print never goes below 5 pt. Slide and poster start at 20 and 26 pt and shrink only where the content asks for it.
fn least_type(preset: Preset) -> f64 {
    PT * match preset {
        Preset::Journal | Preset::JournalWide => 5.0,
        Preset::Slide => 9.0,
        Preset::Poster => 14.0,
    }
}

fn layout(table: &Table, theme: &Theme, mode: Mode, air: f64) -> Option<Layout> {
    let columns = columns(table, theme, mode)?;
    let reason_room = reason_room(table, theme, columns.plot);
    let groups = table
        .groups
        .iter()
        .map(|group| PlacedGroup {
            heading: group
                .heading
                .iter()
                .flat_map(|heading| text::wrap(heading, columns.label_width, theme.label, Weight::Regular, 2))
                .collect(),
            rows: group.rows.iter().map(|row| placed(row, theme, &columns, reason_room, air)).collect(),
        })
        .collect();
    Some(Layout { theme: *theme, columns, groups, slack: 0.0 })
}

/// The wider side of the line of no change, a little away from it.
fn reason_room(table: &Table, theme: &Theme, (left, right): (f64, f64)) -> (f64, f64) {
    let null = Scale::new(reach::shown(table.rows(), table.headline), left, right).at(table.headline.null);
    let gap = 0.6 * theme.tick;
    if right - null >= null - left { (null + gap, right) } else { (left, null - gap) }
}

fn placed(row: &Row, theme: &Theme, columns: &Columns, reason_room: (f64, f64), air: f64) -> PlacedRow {
    let label = text::wrap(&row.label, columns.label_width - indent(theme), theme.label, weight(row), 3);
    let reason = match &row.marker {
        Marker::Reason(reason) => text::wrap(
            reason.strip_prefix(NOT_ESTIMABLE).unwrap_or(reason),
            reason_room.1 - reason_room.0,
            theme.tick,
            Weight::Regular,
            MOST_REASON_LINES,
        ),
        Marker::Effect { .. } => Vec::new(),
    };
    let lines = label.len().max(1) + usize::from(columns.mode == Mode::Stacked);
    let height = (lines as f64 * theme.leading(theme.label)).max(reason.len() as f64 * theme.leading(theme.tick)) + air * theme.label;
    PlacedRow { row: row.clone(), label, reason, reason_room, height }
}
