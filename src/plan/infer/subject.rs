//! The column of the subject id.

use std::collections::HashSet;

use super::draft::Draft;
use super::file::HeaderColumn;
use super::names::SUBJECT;
use super::panel::{is_repeated, panels};
use crate::plan::moment::{Moment, split};
use crate::plan::write::text;
use crate::trial::fold;

/// Columns tried as ids.
const MOST_TRIED: usize = 10;

/// The column that is called like a subject id, the likeliest name first.
pub(super) fn find(columns: &[HeaderColumn]) -> Option<&HeaderColumn> {
    SUBJECT.iter().find_map(|name| columns.iter().find(|column| column.called().any(|called| fold(called) == *name)))
}

/// The column that holds mostly the ids of another file's subject column, each once.
pub(super) fn with_ids_of<'h>(subject: &HeaderColumn, columns: &'h [HeaderColumn]) -> Option<&'h HeaderColumn> {
    let ids: HashSet<u64> = subject.rows.iter().copied().filter(|id| *id != 0).collect();
    let shared = |column: &HeaderColumn| column.rows.iter().filter(|id| ids.contains(id)).count();
    columns
        .iter()
        .filter(|column| column.unique && may_be_id(column) && 2 * shared(column) >= ids.len().max(1))
        .max_by_key(|column| shared(column))
}

/// Whether a name is that of an id.
pub(super) fn is_subject(name: &str) -> bool {
    SUBJECT.contains(&fold(name).as_str())
}

/// The column that most likely holds the ids where none is called so and ids repeat: its values have several rows each, which
/// the few labels of another column tell apart.
pub(super) fn of_rows(columns: &[HeaderColumn]) -> Option<&HeaderColumn> {
    columns.iter().filter(|column| may_be_id(column) && !column.unique && is_repeated(column)).take(MOST_TRIED).find(|id| {
        let subjects: HashSet<u64> = id.rows.iter().copied().filter(|value| *value != 0).collect();
        let telling = panels(columns, id, &[], None);
        telling.iter().any(|panel| panel.is_full && panel.column.distinct.len() < subjects.len())
    })
}

/// Ids are texts or whole numbers, and called like no score of a visit.
fn may_be_id(column: &HeaderColumn) -> bool {
    column.mark.is_none()
        && !column.mixed
        && !column.rows.is_empty()
        && split(&column.name).is_none_or(|marked| matches!(marked.moment, Moment::Bare(_)))
}

/// Writes the subject column down, or the question which it is. `unique` says whether each id may stand in one row only.
pub(super) fn settle(draft: &mut Draft<'_>, columns: &[HeaderColumn], found: Option<&HeaderColumn>, unique: bool) {
    match found {
        Some(column) if column.unique || !unique => {
            draft.plan.data.subject.clone_from(&column.name);
            draft.assume(format!("the subject id is in column `{}`", column.name));
        }
        Some(column) => {
            let what = format!("the ids in `{}` repeat, but each subject has one row in the wide layout", column.name);
            let line = format!("subject = {}", text(&column.name));
            let hint =
                "remove or correct the repeated rows, name another column as `subject`, or add a column that says which visit a row is of";
            let others: Vec<String> =
                columns.iter().filter(|other| other.unique && other.called().any(is_subject)).map(|other| text(&other.name)).collect();
            let why = match others.as_slice() {
                [] => "once every id stands in one row".to_owned(),
                others => format!("once every id stands in one row; or {}, whose values do not repeat", others.join(", ")),
            };
            draft.ask_data(&line, &why, &what, hint);
        }
        None => {
            let by_rows = || of_rows(columns).filter(|_| !unique);
            let by_values =
                || columns.iter().find(|column| column.unique && may_be_id(column)).or(columns.iter().find(|column| column.unique));
            let likely = by_rows().or_else(by_values).or(columns.first()).map(|column| column.name.as_str());
            let likely = likely.filter(|name| !name.is_empty()).unwrap_or("id column");
            let line = format!("subject = {}", text(likely));
            draft.ask_data(
                &line,
                "which column identifies the subject?",
                "no column is called like a subject id",
                "add `subject = \"…\"` under [data]",
            );
        }
    }
}
