//! Long layouts: one row a subject and visit (and outcome, where tidy).

use super::draft::{Draft, one_line};
use super::families::families;
use super::file::HeaderColumn;
use super::names::{is_no_score, is_outcome, is_value, is_visit};
use super::panel::{is_repeated, panels, repeats};
use super::said::Part;
use super::{dates, items, labels, subject, wide};
use crate::plan::moment::{Moment, split};
use crate::plan::write::{key, text};

/// A column with more labels than this is no visit column by its name alone.
const MOST_LABELS: usize = 12;

/// The column of the visit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit<'h> {
    pub column: &'h HeaderColumn,
    /// Whether its name or its labels say that it is; else it only tells the rows of each subject apart.
    pub is_named: bool,
}

/// The column of the visit: called like one, holding labels that speak of before and after, or telling the rows of each subject
/// apart. Where each subject has one row only there is none.
pub(super) fn visit_column<'h>(draft: &Draft<'_>, columns: &'h [HeaderColumn], subject: Option<&HeaderColumn>) -> Option<Visit<'h>> {
    if subject.is_some_and(|column| column.unique) {
        return None;
    }
    let others: Vec<&HeaderColumn> =
        columns.iter().filter(|column| subject.is_none_or(|subject| subject.name != column.name) && !column.unique).collect();
    let is_called = |column: &HeaderColumn| column.called().any(is_visit);
    // Numbers alone (sex 1, 2) prove nothing under another name.
    let says_pre = |column: &HeaderColumn| {
        !column.numeric && column.distinct.iter().any(|label| split(label).is_some_and(|marked| marked.moment == Moment::Pre))
    };
    let is_certain = |column: &HeaderColumn| labels::choice(column).is_some_and(|choice| choice.is_certain());
    let named = others.iter().copied().filter(|column| (is_called(column) || says_pre(column)) && labels::choice(column).is_some());
    // Of several, the one whose labels leave no question (`time` pre and post beside `session` 1 to 8), then the one called so.
    let by_labels = named.min_by_key(|column| (!is_certain(column), !is_called(column)));
    // Of several arms there is no one pair of visits, but the events are still the visits.
    let by_arms = || {
        let has_arms = |column: &HeaderColumn| column.distinct.iter().any(|label| labels::arm(label).is_some());
        others.iter().copied().find(|column| is_called(column) && has_arms(column))
    };
    if let Some(column) = by_labels.or_else(by_arms) {
        return Some(Visit { column, is_named: true });
    }
    let by_rows = || {
        let subject = subject.or_else(|| subject::of_rows(columns)).filter(|subject| is_repeated(subject))?;
        if wide::has_scored_pairs(columns) {
            return None;
        }
        let telling = panels(columns, subject, &scales(draft, columns), outcome_column(draft, columns));
        let called = telling.iter().find(|panel| is_called(panel.column));
        called.or(telling.iter().find(|panel| panel.is_full)).map(|panel| panel.column)
    };
    let by_name = || {
        let has_labels = |column: &HeaderColumn| is_called(column) && (2..=MOST_LABELS).contains(&column.distinct.len());
        others.iter().copied().find(|column| has_labels(column))
    };
    by_rows().or_else(by_name).map(|column| Visit { column, is_named: false })
}

/// The columns that are scores without doubt.
fn scales<'h>(draft: &Draft<'_>, columns: &'h [HeaderColumn]) -> Vec<&'h HeaderColumn> {
    columns.iter().filter(|column| column.has_numbers() && draft.is_scale(column)).collect()
}

pub(super) fn infer(draft: &mut Draft<'_>, columns: &[HeaderColumn], found: Option<&HeaderColumn>, visit: Option<Visit<'_>>) {
    subject::settle(draft, columns, found, false);
    let visit = visit.map(|Visit { column, is_named }| {
        labels::settle(draft, column, is_named);
        column
    });
    if visit.is_none() {
        ask_visit(draft, columns);
    }
    let taken: Vec<&str> = found.into_iter().chain(visit).map(|column| column.name.as_str()).collect();
    let rest: Vec<&HeaderColumn> = columns.iter().filter(|column| !taken.contains(&column.name.as_str())).collect();
    let scores: Vec<&HeaderColumn> = rest
        .iter()
        .copied()
        .filter(|column| column.has_numbers() || draft.is_scale(column))
        .filter(|column| !column.called().any(|name| is_no_score(name) || subject::is_subject(name)))
        .collect();
    let mut used = taken;
    match tidy(draft, columns, &scores) {
        Some((names, value)) => {
            draft.plan.data.outcome_column = Some(names.name.clone());
            draft.plan.data.value = Some(value.name.clone());
            draft.assume(format!("column `{}` names the outcome, column `{}` holds the score", names.name, value.name));
            for key in &names.distinct {
                draft.add_outcome(key, key, |outcome| outcome.key = Some(key.clone()));
            }
            used.extend([names.name.as_str(), value.name.as_str()]);
        }
        None => used.extend(add_scores(draft, &scores, |outcome, column| outcome.value = Some(column.to_owned()))),
    }
    if draft.plan.data.outcome_column.is_none()
        && let (Some(subject), Some(visit)) = (found, visit)
    {
        ask_repeats(draft, columns, subject, visit);
    }
    dates::long(draft, columns, visit);
    used.extend(columns.iter().map(|column| column.name.as_str()).filter(|name| draft.plan.data.date.as_deref() == Some(*name)));
    draft.not_used(columns, &used);
}

/// Adds an outcome for each column that holds the scores of a visit, or the items of a scale where there are no scores. `fill`
/// writes the column down. Gives the columns that are spoken of.
pub(super) fn add_scores<'h>(
    draft: &mut Draft<'_>,
    scores: &[&'h HeaderColumn],
    fill: impl Fn(&mut crate::plan::OutcomeSection, &str),
) -> Vec<&'h str> {
    let mut used: Vec<&str> = Vec::new();
    let families = families(scores, Part::Code);
    let is_item = |column: &HeaderColumn| families.iter().any(|family| family.members.contains(&column.name.as_str()));
    let totals: Vec<&HeaderColumn> = scores.iter().copied().filter(|column| !is_item(column)).collect();
    let totals = draft.known_scales(totals, |column| &column.name, |draft, column| draft.is_scale(column));
    for column in &totals {
        let names: Vec<&str> = column.called().collect();
        // The parts of a name in two parts before the whole.
        let names: Vec<&str> = names.iter().rev().copied().collect();
        let name = draft.best_name(&names);
        draft.add_outcome(name, &column.name, |outcome| fill(outcome, &column.name));
        used.push(&column.name);
    }
    let (named, left): (Vec<_>, Vec<_>) = families.into_iter().partition(|family| family.pattern.is_some());
    for family in &named {
        let (scale, count) = (family.scale(), family.members.len());
        let Some(pattern) = &family.pattern else { continue };
        used.extend(&family.members);
        if totals.is_empty() {
            items::add(draft, &scale, count, family.members[0], |outcome| outcome.value_items = Some(pattern.clone()));
        } else {
            items::propose(draft, &scale, count, &[("value_items", pattern)]);
        }
    }
    used.extend(left.iter().flat_map(|family| &family.members));
    items::leave(draft, &left, !totals.is_empty() || !named.is_empty());
    used
}

/// The column that names the outcome of each row.
fn outcome_column<'h>(draft: &Draft<'_>, columns: &'h [HeaderColumn]) -> Option<&'h HeaderColumn> {
    // REDCap's repeating form is no outcome: its fields have columns of their own.
    let is_form = |column: &HeaderColumn| column.called().any(is_no_score);
    columns.iter().find(|column| {
        let known = || column.distinct.iter().filter(|value| !draft.candidates(value).is_empty()).count();
        !column.numeric
            && !column.distinct.is_empty()
            && !is_form(column)
            && (column.called().any(is_outcome) || 2 * known() >= column.distinct.len())
    })
}

/// The column that names the outcome and the one score column beside it.
fn tidy<'h>(draft: &Draft<'_>, columns: &'h [HeaderColumn], scores: &[&'h HeaderColumn]) -> Option<(&'h HeaderColumn, &'h HeaderColumn)> {
    let names = outcome_column(draft, columns)?;
    let others: Vec<&HeaderColumn> = scores.iter().copied().filter(|column| column.name != names.name).collect();
    match others.as_slice() {
        [only] => Some((names, only)),
        several => several.iter().find(|column| is_value(&column.name)).map(|value| (names, *value)),
    }
}

/// Asks for a visit column where each subject has several rows and none tells them apart.
fn ask_visit(draft: &mut Draft<'_>, columns: &[HeaderColumn]) {
    let dates: Vec<String> =
        columns.iter().filter(|column| column.date_format.is_some()).map(|column| format!("`{}`", column.name)).collect();
    let by_date = if dates.is_empty() { String::new() } else { format!(", unless it is the order of the dates in {}", dates.join(", ")) };
    draft.ask_data(
        "visit = \"visit\"",
        "the column that says which visit a row is of; none was found: add one to the file",
        &format!("each subject has several rows, and no column says which of them is before and which after{by_date}"),
        "add a column to the file that says which visit each row is of, and run init again",
    );
    draft.remarks.visits.push("# ANSWER: pre = \"pre\"   # its label in the row before".to_owned());
    draft.remarks.visits.push("# ANSWER: post = \"post\"   # its label in the row after".to_owned());
}

/// Asks for one outcome where each subject has a row an outcome, with the visits beside each other: no layout has this.
pub(super) fn ask_outcome(draft: &mut Draft<'_>, columns: &[HeaderColumn], subject: &HeaderColumn) {
    let Some(names) = outcome_column(draft, columns) else { return };
    let is_telling = panels(columns, subject, &[], None).iter().any(|panel| panel.column.name == names.name);
    let labels: Vec<String> = names.distinct.iter().map(|label| text(label)).collect();
    let Some(first) = labels.first().filter(|_| is_telling) else { return };
    let found = one_line(&labels.join(", "));
    let name = one_line(&names.name);
    draft.ask_data(
        &format!("where = {{ {} = {first} }}", key(&names.name)),
        &format!("each subject has a row for each of {found}: a plan takes one of them"),
        &format!("each subject has a row for each outcome in `{name}` ({found}), with the visits in columns"),
        "add `where` under [data] with one outcome, and write a plan for each; or give each outcome columns of its own",
    );
}

/// Asks which row counts where a subject has several at one visit (raters, repeats of a form), and a column tells them apart.
fn ask_repeats(draft: &mut Draft<'_>, columns: &[HeaderColumn], subject: &HeaderColumn, visit: &HeaderColumn) {
    let scores: Vec<&HeaderColumn> = columns.iter().filter(|column| draft.outcome_of(&column.name).is_some()).collect();
    if scores.is_empty() || !repeats(subject, visit, &scores) {
        return;
    }
    let telling = panels(columns, subject, &scores, Some(visit));
    let Some(column) = telling.first().map(|panel| panel.column) else { return };
    let labels: Vec<String> = column.distinct.iter().map(|label| text(label)).collect();
    let first = labels.first().map_or("", String::as_str);
    // Forms that do not repeat have no number in REDCap.
    let value = if column.rows.contains(&0) { format!("[\"\", {first}]") } else { first.to_owned() };
    let found = one_line(&labels.join(", "));
    let name = one_line(&column.name);
    draft.ask_data(
        &format!("where = {{ {} = {value} }}", key(&column.name)),
        &format!("which of several rows of a subject at one visit counts; found in `{name}`: {found}"),
        &format!("some subjects have several rows at one visit, which `{name}` tells apart ({found}): which row counts?"),
        "add `where` under [data] with the rows that count",
    );
}
