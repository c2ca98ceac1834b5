//! Rows that hold one visit each → every subject's entry at both visits. The common part of the long and the two-file
//! layout.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::columns::{SharedColumns, duplicate, found};
use super::outcomes::OutcomeKeys;
use super::pairing::{Measured, MeasuredOutcome};
use super::roster::{At, Roster};
use super::scores::{Entry, ScoreReader, ScoreSource};
use super::seen_rows::SeenRows;
use super::table::{Row, Table};
use super::{LoadedFile, inert};
use crate::plan::Plan;
use crate::trial::{FileRows, Outcome, Place, Problem, ProblemCode, Problems, RowFate};

/// What says which visit a row belongs to.
pub enum VisitSource<'a> {
    /// A column; each visit with the labels that mean it.
    Column { name: &'a str, labels: &'a [Vec<Cow<'a, str>>] },
    /// The file: the number of its visit.
    File(usize),
}

/// The entries of one outcome at every visit, by subject.
type ByVisit = Vec<Vec<Entry>>;

/// Everything observed so far, over all files.
pub struct Observations<'a> {
    plan: &'a Plan,
    outcomes: &'a [Outcome],
    files: &'a [LoadedFile<'a>],
    keys: OutcomeKeys<'a>,
    roster: Roster<'a>,
    /// By outcome number.
    entries: Vec<ByVisit>,
    /// The row of each subject by visit, for all outcomes together; in the tidy long layout by outcome number, too.
    seen_rows: Vec<Vec<SeenRows>>,
    /// Which visits of the plan occurred, and how many rows have each label that is none of them.
    pub seen: Vec<bool>,
    pub other_labels: BTreeMap<Cow<'a, str>, usize>,
    /// How messages name the visits.
    visit_names: Vec<String>,
    rows: Vec<FileRows>,
}

impl<'a> Observations<'a> {
    /// `visit_names` are pre, post and the further visits, as messages name them.
    pub fn new(plan: &'a Plan, outcomes: &'a [Outcome], files: &'a [LoadedFile<'a>], visit_names: Vec<String>) -> Self {
        Self {
            plan,
            outcomes,
            files,
            keys: OutcomeKeys::new(plan, outcomes),
            roster: Roster::new(&plan.data.ids_equal_under),
            entries: Vec::new(),
            seen_rows: Vec::new(),
            seen: vec![false; visit_names.len()],
            other_labels: BTreeMap::new(),
            visit_names,
            rows: Vec::new(),
        }
    }

    /// How many files were read to their end.
    pub fn files_read(&self) -> usize {
        self.rows.len()
    }

    /// Reads one opened file; `sources` say where the scores of the plan's outcomes stand in it.
    pub fn add(&mut self, number: usize, table: Table<'a>, visits: &VisitSource<'a>, sources: &[ScoreSource<'a>], problems: &mut Problems) {
        let settings = &self.files[number].settings;
        let tidy = self.plan.data.outcome_column.as_deref();
        let header = &table.header;
        let shared = SharedColumns::find(header, settings, matches!(visits, VisitSource::File(_)), problems);
        let visit = match visits {
            VisitSource::Column { name, labels } => found(header.find(name), problems).map(|index| Some((index, *labels))),
            VisitSource::File(_) => Some(None),
        };
        let naming = match tidy {
            Some(name) => found(header.find(name), problems).map(Some),
            None => Some(None),
        };
        let templates: Vec<Option<ScoreReader>> =
            sources.iter().zip(self.outcomes).map(|(source, outcome)| source.open(header, settings, outcome, problems)).collect();
        let (Some(shared), Some(visit), Some(naming), Some(templates)) =
            (shared, visit, naming, templates.into_iter().collect::<Option<Vec<_>>>())
        else {
            return;
        };
        let mut readers: Vec<Vec<ScoreReader<'a>>> = Vec::new();
        let n_visits = self.visit_names.len();
        let Self { outcomes, files, keys, roster, entries, seen_rows, seen, other_labels, visit_names, plan, .. } = self;
        let (outcomes, files) = (*outcomes, *files);
        let place = |row: &Row| settings.place().line(row.line());
        let rows = table.rows(problems, |row, problems| {
            if !shared.keeps(row) {
                return Some(RowFate::Filtered);
            }
            let side = match (visits, visit) {
                (VisitSource::File(visit), _) => *visit,
                (VisitSource::Column { .. }, None) => return None,
                (VisitSource::Column { .. }, Some((index, labels))) => {
                    let label = row.name(index);
                    match labels.iter().position(|spellings| spellings.contains(&label)) {
                        Some(side) => side,
                        None => {
                            *other_labels.entry(label).or_default() += 1;
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
            let at = At { file: number as u32, line: row.line() };
            // Without an outcome column all outcomes of a row are doubled together: once is enough.
            let row_key = if naming.is_some() { numbers.start as usize } else { 0 };
            if seen_rows.len() <= row_key {
                seen_rows.resize_with(row_key + 1, || (0..n_visits).map(|_| SeenRows::default()).collect());
            }
            let first = seen_rows[row_key][side].note(subject, at);
            if let Err(first) = first {
                let about = if naming.is_some() { format!(" for outcome `{}`", inert(keys.name(numbers.start))) } else { String::new() };
                let visit = if plan.data.visit.is_some() { format!(" at {}", visit_names[side]) } else { String::new() };
                problems.push(duplicate(&roster.people[subject as usize], at, first, &format!("{about}{visit}"), files));
            }
            for outcome in numbers {
                while readers.len() <= outcome as usize {
                    let template = &templates[keys.in_plan(readers.len() as u32)];
                    readers.push(vec![template.clone(); n_visits]);
                }
                let entry = readers[outcome as usize][side].read(row, || place(row), problems);
                if first.is_ok() {
                    set(entries, outcome as usize, n_visits, side, subject as usize, entry);
                }
            }
            Some(RowFate::Used)
        });
        self.rows.push(rows);
        for (outcome, of_visits) in readers.into_iter().enumerate() {
            let about = if tidy.is_some() { format!(" of outcome `{}`", inert(self.keys.name(outcome as u32))) } else { String::new() };
            for (reader, visit_name) in of_visits.into_iter().zip(&self.visit_names) {
                let visit = if matches!(visits, VisitSource::Column { .. }) { format!(" at {visit_name}") } else { String::new() };
                reader.finish(settings.place(), &format!("{about}{visit}"), problems);
            }
        }
    }

    /// Every subject's entries; whom the match of pre and post loses is a warning. `visits` are the labels of the dataset.
    pub fn finish(mut self, visits: Vec<String>, places: impl Fn(usize) -> [Place; 2], problems: &mut Problems) -> Measured<'a> {
        let is_tidy = self.plan.data.outcome_column.is_some();
        let all_read = self.rows.len() == self.files.len();
        if let Some(column) = self.plan.data.outcome_column.as_deref().filter(|_| all_read) {
            problems.0.extend(self.keys.unseen(&super::shared_place(self.files).column(inert(column))));
        }
        let files = std::mem::take(&mut self.rows);
        let mut outcomes = Vec::new();
        for (number, outcome) in self.keys.in_order() {
            let mut of_visits = self.entries.get_mut(number as usize).map(std::mem::take).unwrap_or_default();
            of_visits.resize(self.visit_names.len(), Vec::new());
            let mut of_visits = of_visits.into_iter().map(|mut entries| {
                entries.resize(self.roster.people.len(), Entry::NoRow);
                entries
            });
            let [pre, post] = [of_visits.next().unwrap_or_default(), of_visits.next().unwrap_or_default()];
            let places = places(self.keys.in_plan(number));
            outcomes.push(MeasuredOutcome { outcome, pre, post, others: of_visits.collect(), places });
        }
        if !problems.has_errors() {
            self.report_losses(is_tidy, &outcomes, problems);
        }
        Measured { visits, people: self.roster.people, outcomes, files }
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

/// Puts an entry in its place; those before it that were not set are [`Entry::NoRow`].
fn set(entries: &mut Vec<ByVisit>, outcome: usize, n_visits: usize, visit: usize, subject: usize, entry: Entry) {
    if entries.len() <= outcome {
        entries.resize_with(outcome + 1, || vec![Vec::new(); n_visits]);
    }
    let of_visit = &mut entries[outcome][visit];
    if of_visit.len() <= subject {
        of_visit.resize(subject + 1, Entry::NoRow);
    }
    of_visit[subject] = entry;
}
