//! The wide layout: one row a subject, a column for each outcome and visit.

use std::collections::BTreeSet;

use super::columns::{SharedColumns, duplicate, found};
use super::pairing::{Measured, MeasuredOutcome, VISITS};
use super::roster::{At, Roster};
use super::scores::{Entry, ScoreReader, ScoreSource};
use super::table::Table;
use super::{LoadedFile, inert};
use crate::plan::{OutcomeSection, Plan};
use crate::trial::{Outcome, Place, Problem, ProblemCode, Problems, RowFate};

/// Reads all files of a wide plan; rows of several files are appended.
pub fn read<'a>(plan: &'a Plan, outcomes: &'a [Outcome], files: &'a [LoadedFile<'a>], problems: &mut Problems) -> Measured<'a> {
    let visits = visits(plan);
    let mut planned: Vec<(&Outcome, Vec<Option<ScoreSource>>)> = Vec::new();
    for outcome in outcomes {
        match sources(plan, outcome, &visits) {
            Ok(sources) => planned.push((outcome, sources)),
            Err(problem) => problems.push(problem),
        }
    }
    let mut entries: Vec<Vec<Vec<Entry>>> = planned.iter().map(|_| vec![Vec::new(); visits.len()]).collect();
    let mut roster = Roster::new(&plan.data.ids_equal_under);
    let mut rows = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let columns = planned.iter().flat_map(|(_, sources)| sources.iter().flatten()).flat_map(ScoreSource::columns);
        let wanted: Vec<&str> = columns.chain([file.settings.subject]).collect();
        let Some(table) = found(Table::open(&file.settings, &file.content, &wanted), problems) else { continue };
        let shared = SharedColumns::find(&table.header, &file.settings, false, problems);
        let before = problems.0.len();
        let mut readers: Vec<(usize, usize, ScoreReader)> = Vec::new();
        for (k, (outcome, sources)) in planned.iter().enumerate() {
            for (visit, source) in sources.iter().enumerate().filter_map(|(visit, source)| Some((visit, source.as_ref()?))) {
                readers.extend(source.open(&table.header, &file.settings, outcome, problems).map(|reader| (k, visit, reader)));
            }
        }
        let Some(shared) = shared.filter(|_| problems.0.len() == before) else { continue };
        rows.push(table.rows(problems, |row, problems| {
            if !shared.keeps(row) {
                return Some(RowFate::Filtered);
            }
            let (subject, new) = shared.subject(row, number as u32, files, &mut roster, problems)?;
            if !new {
                let person = &roster.people[subject as usize];
                let again = At { file: number as u32, line: row.line() };
                problems.push(duplicate(person, again, person.first, "", files));
            }
            for (k, visit, reader) in &mut readers {
                let entry = reader.read(row, || file.settings.place().line(row.line()), problems);
                if new {
                    entries[*k][*visit].push(entry);
                }
            }
            Some(RowFate::Used)
        }));
        for (_, _, reader) in readers {
            reader.finish(file.settings.place(), "", problems);
        }
    }
    let mut measured = Vec::new();
    for ((outcome, sources), of_visits) in planned.into_iter().zip(entries) {
        let mut of_visits = of_visits.into_iter().map(|mut entries| {
            // An outcome need not have been measured at every further visit.
            entries.resize(roster.people.len(), Entry::NoRow);
            entries
        });
        let [pre, post] = [of_visits.next().unwrap_or_default(), of_visits.next().unwrap_or_default()];
        let place = |visit: usize| place(files, sources.get(visit).and_then(Option::as_ref).map_or("", ScoreSource::name));
        let places = [place(0), place(1)];
        measured.push(MeasuredOutcome { outcome: outcome.clone(), pre, post, others: of_visits.collect(), places });
    }
    Measured { visits, people: std::mem::take(&mut roster.people), outcomes: measured, files: rows }
}

/// Labels of the visits: pre, post, and every further one that an outcome names, in alphabetical order.
fn visits(plan: &Plan) -> Vec<String> {
    let others: BTreeSet<&String> = plan.outcome.iter().flat_map(|section| section.others.keys()).collect();
    VISITS.map(str::to_owned).into_iter().chain(others.into_iter().cloned()).collect()
}

/// Where the scores of each visit stand, as the plan says.
fn sources<'a>(plan: &'a Plan, outcome: &Outcome, visits: &[String]) -> Result<Vec<Option<ScoreSource<'a>>>, Problem> {
    let section: Option<&OutcomeSection> = plan.outcome.iter().find(|section| section.id == outcome.id);
    let Some((section, pre, post)) = section.and_then(|section| Some((section, section.pre.as_deref()?, section.post.as_deref()?))) else {
        let what = format!("outcome `{}` names no `pre` and `post` column", inert(&outcome.id));
        return Err(Problem::error(ProblemCode::PlanMissingKey, Place::default(), what)
            .with_hint("in the wide layout each [[outcome]] needs both; a long table needs `visit` under [data]"));
    };
    let others = visits[VISITS.len()..].iter().map(|visit| section.others.get(visit).map(|column| ScoreSource::Column(column)));
    Ok([pre, post].into_iter().map(|column| Some(ScoreSource::Column(column))).chain(others).collect())
}

fn place(files: &[LoadedFile], column: &str) -> Place {
    super::shared_place(files).column(inert(column))
}
