//! Rows that repeat a subject, and the column that tells them apart.

use std::collections::{HashMap, HashSet};

use super::file::HeaderColumn;

/// More labels than this are no visits.
const MOST_LABELS: usize = 12;

/// How the rows of the subjects are told apart by the labels of a column.
pub(super) struct Panel<'h> {
    pub column: &'h HeaderColumn,
    /// Whether each subject has each label mostly; else some have one and some another.
    pub is_full: bool,
}

/// The columns each of whose labels stands in one row of a subject at most, the likeliest visit first. Only rows with one of
/// `scores` count, where there are such columns: other forms may have rows of their own. Where `outcome` names several
/// outcomes, each has rows of its own.
pub(super) fn panels<'h>(
    columns: &'h [HeaderColumn],
    subject: &HeaderColumn,
    scores: &[&HeaderColumn],
    outcome: Option<&HeaderColumn>,
) -> Vec<Panel<'h>> {
    let is_candidate = |column: &&HeaderColumn| {
        let is_other = column.name != subject.name && outcome.is_none_or(|outcome| outcome.name != column.name);
        let is_score = scores.iter().any(|score| score.name == column.name);
        is_other && !is_score && !column.unique && (2..=MOST_LABELS).contains(&column.distinct.len())
    };
    let mut found: Vec<Panel> = columns.iter().filter(is_candidate).filter_map(|column| panel(column, subject, scores, outcome)).collect();
    found.sort_by_key(|panel| (!panel.is_full, panel.column.numeric, panel.column.distinct.len()));
    found
}

fn panel<'h>(
    column: &'h HeaderColumn,
    subject: &HeaderColumn,
    scores: &[&HeaderColumn],
    outcome: Option<&HeaderColumn>,
) -> Option<Panel<'h>> {
    let at = |column: &HeaderColumn, row: usize| column.rows.get(row).copied().unwrap_or(0);
    let mut seen: HashSet<(u64, u64, u64)> = HashSet::new();
    let mut labels: HashSet<u64> = HashSet::new();
    // By subject and outcome: how many labels.
    let mut rows: HashMap<(u64, u64), usize> = HashMap::new();
    for row in 0..subject.rows.len() {
        let (id, label, key) = (at(subject, row), at(column, row), outcome.map_or(1, |outcome| at(outcome, row)));
        let has_score = scores.is_empty() || scores.iter().any(|score| at(score, row) != 0);
        if id == 0 || label == 0 || key == 0 || !has_score {
            continue;
        }
        if !seen.insert((id, label, key)) {
            return None;
        }
        labels.insert(label);
        *rows.entry((id, key)).or_default() += 1;
    }
    let repeats = rows.values().any(|count| *count > 1);
    let is_full = 2 * seen.len() >= labels.len() * rows.len();
    (labels.len() > 1 && repeats).then_some(Panel { column, is_full })
}

/// Whether some subject has several rows with one of `scores` at one visit.
pub(super) fn repeats(subject: &HeaderColumn, visit: &HeaderColumn, scores: &[&HeaderColumn]) -> bool {
    let at = |column: &HeaderColumn, row: usize| column.rows.get(row).copied().unwrap_or(0);
    let mut seen = HashSet::new();
    (0..subject.rows.len()).any(|row| {
        let (id, label) = (at(subject, row), at(visit, row));
        let counts = id != 0 && label != 0 && scores.iter().any(|score| at(score, row) != 0);
        counts && !seen.insert((id, label))
    })
}

/// Whether most of its values stand in several rows.
pub(super) fn is_repeated(subject: &HeaderColumn) -> bool {
    let values: HashSet<u64> = subject.rows.iter().copied().filter(|value| *value != 0).collect();
    let rows = subject.rows.iter().filter(|value| **value != 0).count();
    2 * rows >= 3 * values.len() && !values.is_empty()
}
