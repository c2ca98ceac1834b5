//! The wide layout: one row a subject, a column for each outcome and visit.

use std::collections::BTreeSet;

use super::columns::{SharedColumns, duplicate, found};
use super::dates::VisitDates;
use super::items::ItemSource;
use super::left_out::{Filtered, OtherForms};
use super::observations::set;
use super::pairing::{Measured, MeasuredOutcome, VISITS};
use super::redcap::{self, Repeats, Slotted};
use super::roster::{At, Roster};
use super::scores::{self, Entry, Read, ScoreReader, ScoreSource};
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
    let mut dates = VisitDates::new(&plan.data);
    let (mut filtered, mut other_forms) = (Filtered::default(), OtherForms::default());
    let mut rows = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let columns = planned.iter().flat_map(|(_, sources)| sources.iter().flatten()).flat_map(ScoreSource::columns);
        let wanted: Vec<&str> = columns.chain([file.settings.subject]).collect();
        let Some(table) = found(Table::open(&file.settings, &file.content, &wanted), problems) else { continue };
        let shared = SharedColumns::find(&table.header, &file.settings, false, problems);
        let before = problems.0.len();
        let mut date_columns = dates.find(&table.header, &file.settings, None, problems);
        let mut readers: Vec<(usize, usize, ScoreReader)> = Vec::new();
        for (k, (outcome, sources)) in planned.iter().enumerate() {
            for (visit, source) in sources.iter().enumerate().filter_map(|(visit, source)| Some((visit, source.as_ref()?))) {
                problems.0.extend(redcap::checkbox(source, &table.header, file.settings.place().line(table.header.line())));
                readers.extend(source.open(&table.header, &file.settings, outcome, problems).map(|reader| (k, visit, reader)));
            }
        }
        let Some(shared) = shared.filter(|_| problems.0.len() == before) else { continue };
        let of_readers: Vec<&ScoreSource> = planned.iter().flat_map(|(_, sources)| sources.iter().flatten()).collect();
        let mut repeats = Repeats::find(&table, &shared, of_readers.iter().copied(), |_| Some(0));
        let header = table.header.clone();
        rows.push(table.rows(problems, |row, findings| {
            let at = At { file: number as u32, line: row.line() };
            if let Some(dropped) = shared.dropped_by(row) {
                filtered.note(dropped, &header, at, shared.id(row), Some(0));
                return Some(RowFate::Filtered);
            }
            if let Some(repeats) = &repeats {
                let id = shared.id(row);
                let subject = roster.find(&id);
                if repeats.is_other_form(row, (id, subject), 0) {
                    other_forms.note(shared.id(row));
                    return Some(RowFate::OtherForm);
                }
            }
            let (subject, new) = shared.subject(row, number as u32, files, &mut roster, findings)?;
            dates.note(&mut date_columns, row, 0, subject, at);
            let person = &roster.people[subject as usize];
            let mut first = if new { None } else { Some(person.first) };
            let mut slots = Vec::new();
            if let Some(repeats) = &mut repeats {
                let (of_subject, taken) = repeats.take(row, shared.id(row), subject, 0, at);
                slots = taken;
                first = first.filter(|first| first.file != at.file).or(of_subject);
                let again = slots.iter().zip(&of_readers).find_map(|(slot, source)| match slot {
                    Slotted::Again(first) => Some((source.name(), *first)),
                    Slotted::Read | Slotted::Elsewhere => None,
                });
                if let Some((score, first)) = again.filter(|_| first.is_none()) {
                    findings.push(repeats.repeated((score, ""), &person.id, at, first, &header, files));
                }
            }
            if let Some(first) = first {
                findings.error(ProblemCode::DuplicateSubject, || duplicate(person, at, first, "", files));
            }
            for (slot, (k, visit, reader)) in readers.iter_mut().enumerate() {
                let slotted = slots.get(slot).copied().unwrap_or(Slotted::Read);
                if slotted == Slotted::Elsewhere {
                    continue;
                }
                let entry = reader.read(row, || file.settings.place().line(row.line()), findings);
                if first.is_none() && slotted == Slotted::Read {
                    set(&mut entries[*k][*visit], subject as usize, entry);
                }
            }
            Some(RowFate::Used)
        }));
        let readers = readers.into_iter();
        let readers =
            readers.map(|(outcome, visit, reader)| Read { reader, outcome, side: visit, visit: &visits[visit], context: String::new() });
        scores::finish(readers, &file.settings.place(), problems);
        date_columns.finish(plan.data.date_format.as_deref(), problems);
    }
    dates.finish(files, problems);
    filtered.report_spellings(files, problems);
    let is_known = |id: &str| roster.find(id).is_some();
    filtered.report(|id, _| is_known(id), &super::shared_place(files), problems);
    other_forms.report(is_known, &super::shared_place(files), problems);
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
    let both = |section: &'a OutcomeSection| {
        let [pre, post] = match (&section.pre_items, &section.post_items) {
            (Some(pre), Some(post)) => [pre, post].map(|items| ItemSource::new(section, items, outcome).map(ScoreSource::items)),
            _ => [&section.pre, &section.post].map(|column| column.as_deref().map(ScoreSource::Column)),
        };
        Some((section, pre?, post?))
    };
    let Some((section, pre, post)) = section.and_then(both) else {
        let what = format!("outcome `{}` names no `pre` and `post` column", inert(&outcome.id));
        return Err(Problem::error(ProblemCode::PlanMissingKey, Place::default(), what)
            .with_hint("in the wide layout each [[outcome]] needs both; a long table needs `visit` under [data]"));
    };
    let other = |column: &'a String| match section.is_from_items() {
        true => ItemSource::new(section, column, outcome).map(ScoreSource::items),
        false => Some(ScoreSource::Column(column)),
    };
    let others = visits[VISITS.len()..].iter().map(|visit| section.others.get(visit).and_then(other));
    Ok([Some(pre), Some(post)].into_iter().chain(others).collect())
}

fn place(files: &[LoadedFile], column: &str) -> Place {
    super::shared_place(files).column(inert(column))
}
