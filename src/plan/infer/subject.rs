//! The column of the subject id.

use super::draft::Draft;
use super::file::HeaderColumn;
use super::names::SUBJECT;
use crate::plan::write::text;
use crate::trial::fold;

/// The column that is called like a subject id, the likeliest name first.
pub(super) fn find(columns: &[HeaderColumn]) -> Option<&HeaderColumn> {
    SUBJECT.iter().find_map(|name| columns.iter().find(|column| fold(&column.name) == *name))
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
            draft.ask_data(
                &line,
                "once every id stands in one row",
                &what,
                "remove or correct the repeated rows, or name another column as `subject`",
            );
        }
        None => {
            let likely = columns.iter().find(|column| column.unique).or(columns.first()).map_or("", |column| column.name.as_str());
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
