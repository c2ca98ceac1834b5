//! Every column that a plan names, for what must be known before a file is opened: its encoding.

use crate::plan::Plan;

/// The column names of a plan; patterns of item columns are left out.
pub fn columns(plan: &Plan) -> Vec<&str> {
    let data = &plan.data;
    let single = [&data.visit, &data.outcome_column, &data.value, &data.group, &data.pre_date, &data.post_date, &data.date];
    let outcomes = plan
        .outcome
        .iter()
        .flat_map(|section| [&section.pre, &section.post, &section.value].into_iter().flatten().chain(section.others.values()));
    let own = data.files_by_name.values().flat_map(|own| [&own.subject, &own.value].into_iter().flatten());
    let names = single.into_iter().flatten().chain(outcomes).chain(own).chain([&data.subject]).chain(data.keep_where.keys());
    names.map(String::as_str).filter(|name| !name.is_empty()).collect()
}
