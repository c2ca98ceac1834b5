//! Plan and dataset → results: which statistic of whom, under which name, with which caveat.

mod adjusted;
mod agreement;
mod describe;
mod effects;
mod explanation;
mod individuals;
mod meaning;
mod notes;
mod outcome;
mod participants;
mod request;
mod tests_of_change;
mod unknown;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::plan::{Plan, file_name};
use crate::results::{DataNote, Provenance, Results, SCHEMA_VERSION, Settings, TrialInfo};
use crate::trial::{Dataset, ProblemCode, Problems};

pub use individuals::individuals;
pub use participants::shown as shown_participants;
pub use request::Request;

/// Analyses every outcome of a dataset as planned.
///
/// Outcomes run in parallel and are put together in plan order; the numbers do not depend on the number of threads.
pub fn analyze(dataset: &Dataset, problems: &Problems, request: &Request) -> Results {
    let per_outcome: Vec<_> = dataset
        .outcomes
        .par_iter()
        .enumerate()
        .map(|(position, scores)| {
            let analyses = outcome::analyses(dataset, scores, position as u64, request);
            (request.on_outcome)();
            analyses
        })
        .collect();
    let outcomes: Vec<_> = dataset.outcomes.iter().map(outcome::as_read).collect();
    let analyses = adjusted::with_adjusted(per_outcome, &outcomes, &request.plan.analysis);
    let min_cell = request.plan.privacy.min_cell as usize;
    let participants = participants::shown(&dataset.ledger, min_cell);
    let data_notes = data_notes(problems, participants.ledger().is_none().then_some(min_cell));
    Results {
        schema_version: SCHEMA_VERSION,
        trial: TrialInfo { title: request.plan.trial.title.clone(), id: request.plan.trial.id.clone() },
        provenance: Provenance {
            version: concat!("prepost ", env!("CARGO_PKG_VERSION")).into(),
            plan_sha256: request.plan_sha256.clone(),
            plan_inferred: request.plan_inferred,
            data: dataset.sources.iter().chain(request.control.iter().flat_map(|control| &control.sources)).cloned().collect(),
            observations_sha256: request.observations_sha256.clone(),
            seed: request.plan.analysis.seed,
            settings: Settings(without_folders(&request.plan)),
        },
        participants,
        outcomes,
        analyses,
        data_notes,
    }
}

/// The plan with the names of files alone: where they stood is nobody's business.
fn without_folders(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let name = |path: &mut String| *path = file_name(path).to_owned();
    plan.data.files.iter_mut().chain(&mut plan.data.control_files).chain(&mut plan.data.pre).chain(&mut plan.data.post).for_each(name);
    plan.figures.fonts.iter_mut().for_each(name);
    plan.data.files_by_name = std::mem::take(&mut plan.data.files_by_name)
        .into_iter()
        .map(|(mut path, settings)| {
            name(&mut path);
            (path, settings)
        })
        .collect();
    plan
}

/// The warnings of the reader as the report repeats them: what and how many, without values or subjects. Where a count of
/// people is withheld, the kinds of warnings alone remain.
fn data_notes(problems: &Problems, withheld_below: Option<usize>) -> Vec<DataNote> {
    if let Some(min_cell) = withheld_below {
        let codes: BTreeSet<ProblemCode> = problems.warnings().map(|problem| problem.code).collect();
        let message = |code: ProblemCode| format!("{}: withheld, because fewer than {min_cell} people may be concerned", code.words());
        return codes.into_iter().map(|code| DataNote { code, count: None, message: message(code) }).collect();
    }
    problems
        .warnings()
        .map(|problem| {
            let column = problem.place.column.as_ref().map(|column| format!("column `{column}`: ")).unwrap_or_default();
            let what = if problem.code.is_about_rows() { problem.code.words() } else { problem.what.clone() };
            DataNote { code: problem.code, count: Some(problem.count), message: format!("{column}{what}") }
        })
        .collect()
}
