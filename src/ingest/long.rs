//! The long layout: one row a subject and visit, or (tidy) a subject, visit and outcome.

use std::collections::BTreeSet;

use super::columns::found;
use super::observations::{Observations, Visit, VisitSource};
use super::outcomes::unknown_label;
use super::pairing::Measured;
use super::settings::FileSettings;
use super::table::Table;
use super::{LoadedFile, canonical, inert, shared_place};
use crate::plan::Plan;
use crate::trial::{Outcome, Place, Problem, ProblemCode, Problems};

/// Reads all files of a long plan; rows of several files are appended.
pub fn read<'a>(
    plan: &'a Plan,
    outcomes: &'a [Outcome],
    visit: &'a str,
    files: &'a [LoadedFile<'a>],
    problems: &mut Problems,
) -> Measured<'a> {
    let Some(visits) = &plan.visits else {
        let hint = "add [visits] with the labels `pre` and `post` as they stand in the visit column";
        problems.push(
            Problem::error(ProblemCode::PlanMissingKey, Place::default(), "a long table needs the labels of its visits").with_hint(hint),
        );
        return Measured::default();
    };
    let labels = [&visits.pre, &visits.post].map(|label| canonical(label.as_str().into()));
    let visit_names = labels.clone().map(|label| format!("visit `{}`", inert(&label)));
    let source = VisitSource::Column { name: visit, labels: labels.clone() };
    let mut observations = Observations::new(plan, outcomes, files, visit_names);
    let mut value_columns = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let Some(values) = value_columns_of(plan, outcomes, &file.settings, None, problems) else { continue };
        let wanted: Vec<&str> = values.iter().copied().chain([file.settings.subject, visit]).collect();
        if let Some(table) = found(Table::open(&file.settings, &file.text, &wanted), problems) {
            observations.add(number, table, &source, &values, problems);
        }
        value_columns = values;
    }
    if observations.files_read() == plan.data.files.len() {
        report_unseen(&observations, &labels, shared_place(files).column(inert(visit)), problems);
    }
    let place = |outcome: usize| shared_place(files).column(inert(value_columns.get(outcome).copied().unwrap_or_default()));
    observations.finish(|outcome| [place(outcome), place(outcome)], problems)
}

/// The score column of each outcome in one file: that file's own, the outcome's, else the one under [data].
pub fn value_columns_of<'a>(
    plan: &'a Plan,
    outcomes: &[Outcome],
    settings: &FileSettings<'a>,
    visit: Option<Visit>,
    problems: &mut Problems,
) -> Option<Vec<&'a str>> {
    let column = |outcome: &Outcome| {
        let section = plan.outcome.iter().find(|section| section.id == outcome.id);
        let of_visit = section.and_then(|section| match visit {
            Some(Visit::Pre) => section.pre.as_deref(),
            Some(Visit::Post) => section.post.as_deref(),
            None => None,
        });
        settings.value.or(section.and_then(|section| section.value.as_deref())).or(of_visit).or(plan.data.value.as_deref())
    };
    let columns: Vec<Option<&str>> = outcomes.iter().map(column).collect();
    for (outcome, _) in outcomes.iter().zip(&columns).filter(|(_, column)| column.is_none()) {
        let what = format!("outcome `{}` names no score column", inert(&outcome.id));
        let problem = Problem::error(ProblemCode::PlanMissingKey, Place::default(), what).with_hint("add `value` to the [[outcome]]");
        // Said once, not once a file.
        if !problems.0.contains(&problem) {
            problems.push(problem);
        }
    }
    columns.into_iter().collect()
}

/// A label of the plan that no row has, where rows have others.
fn report_unseen(observations: &Observations, labels: &[std::borrow::Cow<str>; 2], place: Place, problems: &mut Problems) {
    let seen = labels.iter().zip(observations.seen).filter(|(_, seen)| *seen).map(|(label, _)| &**label);
    let found: BTreeSet<&str> = observations.other_labels.iter().map(|label| &**label).chain(seen).collect();
    if found.is_empty() {
        return;
    }
    for (label, _) in labels.iter().zip(observations.seen).filter(|(_, seen)| !seen) {
        problems.push(unknown_label(ProblemCode::UnknownVisit, "visit", label, &found, place.clone()));
    }
}
