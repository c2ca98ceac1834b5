//! Dates of the visits, where all of them are written in one way.

use super::choose::choose;
use super::draft::Draft;
use super::file::HeaderColumn;
use crate::plan::moment::{Moment, split};
use crate::trial::fold;

/// ISO, which needs no `date_format`.
const ISO: &str = "%Y-%m-%d";

const DATE: [&str; 12] =
    ["date", "visitdate", "dateofvisit", "assessmentdate", "datum", "日付", "実施日", "測定日", "評価日", "날짜", "검사일", "방문일"];

/// Wide layout: `date_pre` and `date_post`.
pub(super) fn wide(draft: &mut Draft<'_>, columns: &[HeaderColumn]) {
    let members: Vec<(&str, Moment)> = columns
        .iter()
        .filter(|column| column.date_format.is_some())
        .filter_map(|column| split(&column.name).filter(|marked| is_date(&marked.stem)).map(|marked| (column.name.as_str(), marked.moment)))
        .collect();
    let Some(choice) = choose(&members).filter(|choice| choice.rivals.is_empty() && !choice.is_guess) else { return };
    let format = |name: &str| columns.iter().find(|column| column.name == name).and_then(|column| column.date_format);
    if let (Some(pre), Some(post)) = (format(choice.pre), format(choice.post))
        && pre == post
    {
        draft.plan.data.pre_date = Some(choice.pre.to_owned());
        draft.plan.data.post_date = Some(choice.post.to_owned());
        draft.plan.data.date_format = (pre != ISO).then(|| pre.to_owned());
        draft.assume(format!("the visits are dated in `{}` and `{}`, written as {pre}", choice.pre, choice.post));
    }
}

/// Long layouts: one column of dates, which is not the visit itself.
pub(super) fn long(draft: &mut Draft<'_>, columns: &[HeaderColumn], visit: Option<&HeaderColumn>) {
    let is_visit = |column: &HeaderColumn| visit.is_some_and(|visit| visit.name == column.name);
    let dated: Vec<(&HeaderColumn, &str)> = columns
        .iter()
        .filter(|column| is_date(&column.name) && !is_visit(column))
        .filter_map(|column| Some((column, column.date_format?)))
        .collect();
    if let [(column, format)] = dated.as_slice() {
        draft.plan.data.date = Some(column.name.clone());
        draft.plan.data.date_format = (*format != ISO).then(|| (*format).to_owned());
        draft.assume(format!("the visits are dated in `{}`, written as {format}", column.name));
    }
}

fn is_date(name: &str) -> bool {
    DATE.contains(&fold(name).as_str())
}
