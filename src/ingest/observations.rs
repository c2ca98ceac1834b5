//! Rows that hold one visit each → every subject's entry at both visits. The common part of the long and the two-file
//! layout.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::columns::{SharedColumns, duplicate, found};
use super::outcomes::OutcomeKeys;
use super::pairing::{Measured, MeasuredOutcome};
use super::roster::{At, Roster};
use super::scores::{Entry, ScoreColumn};
use super::table::{Row, Table};
use super::{LoadedFile, inert, join};
use crate::plan::Plan;
use crate::trial::{FileRows, Outcome, Place, Problem, ProblemCode, Problems, RowFate};

/// The two visits of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visit {
    Pre,
    Post,
}

/// What says which visit a row belongs to.
pub enum VisitSource<'a> {
    /// A column, with the labels of pre and post.
    Column { name: &'a str, labels: [Cow<'a, str>; 2] },
    /// The file.
    File(Visit),
}

/// One score of one subject at one visit.
struct Observation {
    /// Outcome number and subject number.
    key: u64,
    entry: Entry,
    at: At,
}

/// Everything observed so far, over all files.
pub struct Observations<'a> {
    plan: &'a Plan,
    outcomes: &'a [Outcome],
    files: &'a [LoadedFile<'a>],
    keys: OutcomeKeys<'a>,
    roster: Roster<'a>,
    by_visit: [Vec<Observation>; 2],
    /// Which labels of the plan occurred, and all others that did.
    pub seen: [bool; 2],
    pub other_labels: BTreeSet<Cow<'a, str>>,
    /// How messages name the two visits.
    visit_names: [String; 2],
    rows: Vec<FileRows>,
}

impl<'a> Observations<'a> {
    pub fn new(plan: &'a Plan, outcomes: &'a [Outcome], files: &'a [LoadedFile<'a>], visit_names: [String; 2]) -> Self {
        Self {
            plan,
            outcomes,
            files,
            keys: OutcomeKeys::new(plan, outcomes),
            roster: Roster::default(),
            by_visit: [Vec::new(), Vec::new()],
            seen: [false; 2],
            other_labels: BTreeSet::new(),
            visit_names,
            rows: Vec::new(),
        }
    }

    /// How many files were read to their end.
    pub fn files_read(&self) -> usize {
        self.rows.len()
    }

    /// Reads one opened file; `values` are the score columns of the plan's outcomes.
    pub fn add(&mut self, number: usize, table: Table<'a>, source: &VisitSource<'a>, values: &[&'a str], problems: &mut Problems) {
        let settings = &self.files[number].settings;
        let tidy = self.plan.data.outcome_column.as_deref();
        let header = &table.header;
        let shared = SharedColumns::find(header, settings, matches!(source, VisitSource::File(_)), problems);
        let visit = match source {
            VisitSource::Column { name, labels } => found(header.find(name), problems).map(|index| Some((index, labels))),
            VisitSource::File(_) => Some(None),
        };
        let naming = match tidy {
            Some(name) => found(header.find(name), problems).map(Some),
            None => Some(None),
        };
        let mut missing: BTreeSet<&str> = BTreeSet::new();
        let indices: Vec<Option<usize>> = values
            .iter()
            .map(|name| header.find(name).map_err(|problem| missing.insert(name).then(|| problems.push(problem))).ok())
            .collect();
        let (Some(shared), Some(visit), Some(naming), Some(indices)) =
            (shared, visit, naming, indices.into_iter().collect::<Option<Vec<usize>>>())
        else {
            return;
        };
        let mut columns: Vec<Option<[ScoreColumn<'a>; 2]>> = Vec::new();
        let Self { outcomes, files, keys, roster, by_visit, seen, other_labels, visit_names, .. } = self;
        let (outcomes, files) = (*outcomes, *files);
        let place = |row: &Row| settings.place().line(row.line());
        let rows = table.rows(problems, |row, problems| {
            if !shared.keeps(row) {
                return Some(RowFate::Filtered);
            }
            let side = match (source, visit) {
                (VisitSource::File(visit), _) => *visit as usize,
                (VisitSource::Column { .. }, None) => return None,
                (VisitSource::Column { .. }, Some((index, labels))) => {
                    let label = row.name(index);
                    match labels.iter().position(|wanted| *wanted == label) {
                        Some(side) => side,
                        None => {
                            other_labels.insert(label);
                            return Some(RowFate::OtherVisit);
                        }
                    }
                }
            };
            seen[side] = true;
            let numbers = match naming {
                Some(index) => match keys.number(row.name(index)) {
                    Some(number) => number..number + 1,
                    None => return Some(RowFate::OtherOutcome),
                },
                None => 0..outcomes.len() as u32,
            };
            let (subject, _) = shared.subject(row, number as u32, files, roster, problems)?;
            for outcome in numbers {
                if columns.len() <= outcome as usize {
                    columns.resize_with(outcome as usize + 1, || None);
                }
                let pair = columns[outcome as usize].get_or_insert_with(|| {
                    let planned = keys.in_plan(outcome);
                    let about = if naming.is_some() { format!(" of outcome `{}`", inert(keys.name(outcome))) } else { String::new() };
                    let rule = settings.rule(values[planned], &outcomes[planned]);
                    let column = |visit: &str| ScoreColumn::new(indices[planned], values[planned], format!("{about}{visit}"), rule.clone());
                    match source {
                        VisitSource::File(_) => [column(""), column("")],
                        VisitSource::Column { .. } => {
                            [column(&format!(" at {}", visit_names[0])), column(&format!(" at {}", visit_names[1]))]
                        }
                    }
                });
                let column = &mut pair[side];
                let entry = column.read(&row.cell(column.index), || place(row), problems);
                let key = u64::from(outcome) << 32 | u64::from(subject);
                by_visit[side].push(Observation { key, entry, at: At { file: number as u32, line: row.line() } });
            }
            Some(RowFate::Used)
        });
        self.rows.push(rows);
        for column in columns.into_iter().flatten().flatten() {
            column.finish(settings.place(), problems);
        }
    }

    /// Matches pre and post rows; what occurs twice is an error, whom the match loses is a warning.
    pub fn finish(mut self, places: impl Fn(usize) -> [Place; 2], problems: &mut Problems) -> Measured<'a> {
        let is_tidy = self.plan.data.outcome_column.is_some();
        let all_read = self.rows.len() == self.files.len();
        if let Some(column) = self.plan.data.outcome_column.as_deref().filter(|_| all_read) {
            problems.0.extend(self.keys.unseen(&super::shared_place(self.files).column(inert(column))));
        }
        self.report_duplicates(is_tidy, problems);
        let rows = std::mem::take(&mut self.rows);
        if problems.has_errors() {
            return Measured { files: rows, ..Measured::default() };
        }
        match self.arms() {
            Err(reason) => {
                problems.push(Problem::error(
                    ProblemCode::JoinFailed,
                    Place::default(),
                    format!("pre and post rows could not be matched: {reason}"),
                ));
                Measured { files: rows, ..Measured::default() }
            }
            Ok(arms) => {
                let mut outcomes = Vec::new();
                for ((number, outcome), [pre, post]) in self.keys.in_order().into_iter().zip(arms) {
                    outcomes.push(MeasuredOutcome { outcome, pre, post, places: places(self.keys.in_plan(number)) });
                }
                self.report_losses(is_tidy, &outcomes, problems);
                Measured { people: self.roster.people, outcomes, files: rows }
            }
        }
    }

    /// Puts each visit's observations in the order of their keys, then of their rows, and reports those of one key.
    fn report_duplicates(&mut self, is_tidy: bool, problems: &mut Problems) {
        let mut found = Vec::new();
        for (side, observations) in self.by_visit.iter_mut().enumerate() {
            observations.sort_unstable_by_key(|observation| (observation.key, observation.at));
            let mut first = 0;
            for i in 1..observations.len() {
                if observations[i].key != observations[first].key {
                    first = i;
                } else if is_tidy || observations[i].key >> 32 == 0 {
                    // Without an outcome column all outcomes of a row are doubled together: once is enough.
                    found.push((observations[i].at, observations[first].at, observations[i].key, side));
                }
            }
        }
        found.sort_unstable();
        for (again, first, key, side) in found {
            let about = if is_tidy { format!(" for outcome `{}`", inert(self.keys.name((key >> 32) as u32))) } else { String::new() };
            let visit = if self.plan.data.visit.is_some() { format!(" at {}", self.visit_names[side]) } else { String::new() };
            let id = &self.roster.people[(key & u64::from(u32::MAX)) as usize].id;
            problems.push(duplicate(id, again, first, &format!("{about}{visit}"), self.files));
        }
    }

    /// The entries of every subject at both visits, for each outcome in order.
    fn arms(&self) -> Result<Vec<[Vec<Entry>; 2]>, String> {
        let keys = |side: usize| self.by_visit[side].iter().map(|observation| observation.key).collect::<Vec<u64>>();
        let order = self.keys.in_order();
        let subjects = self.roster.people.len();
        let mut position = vec![None; order.iter().map(|(number, _)| *number as usize + 1).max().unwrap_or(0)];
        for (at, (number, _)) in order.iter().enumerate() {
            position[*number as usize] = Some(at);
        }
        let mut arms: Vec<[Vec<Entry>; 2]> = order.iter().map(|_| [vec![Entry::NoRow; subjects], vec![Entry::NoRow; subjects]]).collect();
        for matched in join::match_keys(&keys(0), &keys(1))? {
            let Some(Some(at)) = position.get((matched.key >> 32) as usize) else { continue };
            let subject = (matched.key & u64::from(u32::MAX)) as usize;
            for (side, row) in [matched.pre, matched.post].into_iter().enumerate() {
                if let Some(row) = row {
                    arms[*at][side][subject] = self.by_visit[side][row as usize].entry;
                }
            }
        }
        Ok(arms)
    }

    /// Subjects with a row at one visit alone: n in and n out, by visit.
    fn report_losses(&self, is_tidy: bool, outcomes: &[MeasuredOutcome], problems: &mut Problems) {
        // Without an outcome column the rows of all outcomes are the same rows.
        for measured in outcomes.iter().take(if is_tidy { usize::MAX } else { 1 }) {
            let has_row = |entry: &Entry| *entry != Entry::NoRow;
            let rows = [&measured.pre, &measured.post].map(|arm| arm.iter().filter(|entry| has_row(entry)).count());
            let both = measured.pre.iter().zip(&measured.post).filter(|(pre, post)| has_row(pre) && has_row(post)).count();
            let about = if is_tidy { format!(" of outcome `{}`", inert(&measured.outcome.id)) } else { String::new() };
            for (side, n_in) in rows.into_iter().enumerate().filter(|(_, n_in)| *n_in > both) {
                let [here, there] = [side, 1 - side].map(|side| &self.visit_names[side]);
                let lost = n_in - both;
                let what = format!("{} with a row{about} in {here}, {both} of them also in {there}: {lost} without a pair", subjects(n_in));
                let hint = "if an id is spelled in two ways, correct it in one of the files";
                let place = Place { line: None, ..measured.places[side].clone() };
                problems.push(Problem::warning(ProblemCode::JoinLoss, place, what).with_count(lost).with_hint(hint));
            }
            let neither = self.roster.people.len() + both - rows[0] - rows[1];
            if neither > 0 {
                let what = format!("{} of {} without any row{about}", neither, subjects(self.roster.people.len()));
                problems.push(Problem::warning(ProblemCode::JoinLoss, measured.places[0].clone(), what).with_count(neither));
            }
        }
    }
}

fn subjects(n: usize) -> String {
    if n == 1 { "1 subject".to_owned() } else { format!("{n} subjects") }
}
