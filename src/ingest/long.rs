//! The long layout: one row a subject and visit, or (tidy) a subject, visit and outcome.

use std::borrow::Cow;

use super::columns::found;
use super::items::ItemSource;
use super::observations::{Observations, VisitSource};
use super::pairing::Measured;
use super::scores::ScoreSource;
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
    labels: &'a [Vec<Cow<'a, str>>],
    files: &'a [LoadedFile<'a>],
    problems: &mut Problems,
) -> Measured<'a> {
    let names: Vec<String> = labels.iter().map(|spellings| spellings.first().map_or_else(String::new, ToString::to_string)).collect();
    let visit_names = names.iter().map(|name| format!("visit `{}`", inert(name))).collect();
    let by_column = VisitSource::Column { name: visit, labels };
    let mut observations = Observations::new(plan, outcomes, files, visit_names);
    let mut of_last = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let Some(sources) = sources_of(plan, outcomes, &file.settings, None, problems) else { continue };
        let wanted: Vec<&str> = sources.iter().flat_map(ScoreSource::columns).chain([file.settings.subject, visit]).collect();
        if let Some(table) = found(Table::open(&file.settings, &file.content, &wanted), problems) {
            observations.add(number, table, &by_column, &sources, problems);
        }
        of_last = sources;
    }
    if observations.files_read() == plan.data.files.len() {
        observations.report_labels(labels, &shared_place(files).column(inert(visit)), problems);
    }
    let place = |outcome: usize| shared_place(files).column(inert(of_last.get(outcome).map_or("", ScoreSource::name)));
    observations.finish(names, |outcome| [place(outcome), place(outcome)], problems)
}

/// The labels of each visit of the plan: pre, post, then the further ones; without `[visits]` an error.
pub fn visit_labels(plan: &Plan) -> Result<Vec<Vec<Cow<'_, str>>>, Problem> {
    let Some(visits) = &plan.visits else {
        let hint = "add [visits] with the labels `pre` and `post` as they stand in the visit column";
        return Err(
            Problem::error(ProblemCode::PlanMissingKey, Place::default(), "a long table needs the labels of its visits").with_hint(hint)
        );
    };
    let spellings = |labels: &'_ [String]| labels.iter().map(|label| canonical(label.clone().into())).collect();
    let both = [&visits.pre, &visits.post].map(|labels| spellings(labels.as_slice()));
    Ok(both.into_iter().chain(visits.others.iter().map(|label| spellings(std::slice::from_ref(label)))).collect())
}

/// Where the scores of each outcome stand in one file: its column at that visit, the file's own, the outcome's, else the one
/// under [data].
pub fn sources_of<'a>(
    plan: &'a Plan,
    outcomes: &[Outcome],
    settings: &FileSettings<'a>,
    visit: Option<usize>,
    problems: &mut Problems,
) -> Option<Vec<ScoreSource<'a>>> {
    let source = |outcome: &Outcome| {
        let section = plan.outcome.iter().find(|section| section.id == outcome.id);
        if let Some(section) = section.filter(|section| section.is_from_items()) {
            return ItemSource::of_visit(section, outcome, visit).map(ScoreSource::items);
        }
        let of_visit = section.and_then(|section| match visit {
            Some(0) => section.pre.as_deref(),
            Some(_) => section.post.as_deref(),
            None => None,
        });
        let of_outcome = section.and_then(|section| section.value.as_deref());
        of_visit.or(settings.value).or(of_outcome).or(plan.data.value.as_deref()).map(ScoreSource::Column)
    };
    let sources: Vec<Option<ScoreSource>> = outcomes.iter().map(source).collect();
    for (outcome, _) in outcomes.iter().zip(&sources).filter(|(_, source)| source.is_none()) {
        let what = format!("outcome `{}` names no score column", inert(&outcome.id));
        let problem = Problem::error(ProblemCode::PlanMissingKey, Place::default(), what).with_hint("add `value` to the [[outcome]]");
        // Said once, not once a file.
        if !problems.0.contains(&problem) {
            problems.push(problem);
        }
    }
    sources.into_iter().collect()
}
