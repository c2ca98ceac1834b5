//! Rows that hold one visit each → every subject's entry at both visits. The common part of the long and the two-file
//! layout.

use std::borrow::Cow;

use super::columns::{SharedColumns, duplicate, found};
use super::dates::VisitDates;
use super::left_out::{Filtered, OtherForms};
use super::outcomes::OutcomeKeys;
use super::pairing::{Measured, MeasuredOutcome};
use super::redcap::{self, Repeats, Slotted};
use super::roster::{At, Roster};
use super::scores::{self, Entry, Read, ScoreReader, ScoreSource};
use super::seen_rows::SeenRows;
use super::table::{Row, Table};
use super::visits::{OtherVisits, listed};
use super::{LoadedFile, inert, trim};
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
    /// Which visits of the plan occurred.
    seen: Vec<bool>,
    /// Rows that were not used, by why.
    other_visits: OtherVisits<'a>,
    filtered: Filtered<'a>,
    other_forms: OtherForms<'a>,
    /// How messages name the visits.
    visit_names: Vec<String>,
    rows: Vec<FileRows>,
    dates: VisitDates<'a>,
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
            other_visits: OtherVisits::default(),
            filtered: Filtered::default(),
            other_forms: OtherForms::default(),
            visit_names,
            rows: Vec::new(),
            dates: VisitDates::new(&plan.data),
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
        let of_file = if let VisitSource::File(visit) = visits { Some(*visit) } else { None };
        let mut date_columns = self.dates.find(header, settings, of_file, problems);
        let before = problems.0.len();
        let checkboxes = sources.iter().filter_map(|source| redcap::checkbox(source, header, settings.place().line(header.line())));
        problems.0.extend(checkboxes);
        let templates: Vec<Option<ScoreReader>> =
            sources.iter().zip(self.outcomes).map(|(source, outcome)| source.open(header, settings, outcome, problems)).collect();
        let (Some(shared), Some(visit), Some(naming), Some(templates), true) =
            (shared, visit, naming, templates.into_iter().collect::<Option<Vec<_>>>(), problems.0.len() == before)
        else {
            return;
        };
        // Which visit of the plan a row belongs to: by its file or its label.
        let side_of = |label: &str| match (visits, visit) {
            (VisitSource::File(side), _) => Some(*side),
            (VisitSource::Column { .. }, None) => None,
            (VisitSource::Column { .. }, Some((_, labels))) => {
                labels.iter().position(|spellings| spellings.iter().any(|known| known == label))
            }
        };
        let label_of = |row: &Row<'_, 'a>| visit.map_or(Cow::Borrowed(""), |(index, _)| row.name(index));
        // Where the label of the row before stands, and the visit that it means.
        let mut last_label: Option<((usize, usize), usize)> = None;
        let mut repeats = match naming {
            None => Repeats::find(&table, &shared, sources.iter(), |row| side_of(&label_of(row))),
            Some(_) => None,
        };
        let columns: Vec<usize> =
            sources.iter().flat_map(|source| source.columns()).filter_map(|column| header.find(column.as_ref()).ok()).collect();
        let header = header.clone();
        let mut readers: Vec<Vec<ScoreReader>> = Vec::new();
        let n_visits = self.visit_names.len();
        let Self {
            outcomes,
            files,
            keys,
            roster,
            entries,
            seen_rows,
            seen,
            other_visits,
            filtered,
            other_forms,
            visit_names,
            plan,
            dates,
            ..
        } = self;
        let (outcomes, files) = (*outcomes, *files);
        let place = |row: &Row| settings.place().line(row.line());
        let rows = table.rows(problems, |row, findings| {
            let at = At { file: number as u32, line: row.line() };
            if let Some(dropped) = shared.dropped_by(row) {
                filtered.note(dropped, &header, at, shared.id(row), side_of(&label_of(row)));
                return Some(RowFate::Filtered);
            }
            // What the plan does not want of an instrument is none of its business at any visit.
            let key = match naming.map(|index| row.name(index)) {
                None => None,
                Some(key) => match keys.wanted(&key) {
                    Some(wanted) => Some((wanted, key)),
                    None if key.is_empty() && columns.iter().any(|column| !trim(&row.cell(*column)).is_empty()) => {
                        findings.push(outcome_missing(place(row), tidy.unwrap_or_default()));
                        return None;
                    }
                    None => {
                        keys.leave(key, at);
                        return Some(RowFate::OtherOutcome);
                    }
                },
            };
            let piece = visit.and_then(|(index, _)| row.piece(index));
            let again = last_label.filter(|(last, _)| Some(*last) == piece).map(|(_, side)| side);
            let Some(side) = again.or_else(|| side_of(&label_of(row))) else {
                let label = label_of(row);
                if label.is_empty() && columns.iter().any(|column| !trim(&row.cell(*column)).is_empty()) {
                    findings.push(visit_missing(place(row), plan.data.visit.as_deref().unwrap_or_default()));
                    return None;
                }
                other_visits.note(label, shared.id(row), at);
                return Some(RowFate::OtherVisit);
            };
            last_label = piece.map(|piece| (piece, side));
            seen[side] = true;
            if let Some(repeats) = &repeats {
                let id = shared.id(row);
                let subject = roster.find(&id);
                if repeats.is_other_form(row, (id, subject), side) {
                    other_forms.note(shared.id(row));
                    return Some(RowFate::OtherForm);
                }
            }
            let is_named = key.is_some();
            let numbers = match key {
                Some((wanted, key)) => {
                    let number = keys.number(wanted, key);
                    number..number + 1
                }
                None => 0..outcomes.len() as u32,
            };
            let (subject, _) = shared.subject(row, number as u32, files, roster, findings)?;
            dates.note(&mut date_columns, row, side, subject, at);
            // Without an outcome column all outcomes of a row are doubled together: once is enough.
            let row_key = if is_named { numbers.start as usize } else { 0 };
            if seen_rows.len() <= row_key {
                seen_rows.resize_with(row_key + 1, || (0..n_visits).map(|_| SeenRows::default()).collect());
            }
            let mut first = seen_rows[row_key][side].note(subject, at);
            let mut slots = Vec::new();
            if let Some(repeats) = &mut repeats {
                let (of_visit, taken) = repeats.take(row, shared.id(row), subject, side, at);
                slots = taken;
                // Repeats stand beside one another in a file: what counts there is the scores.
                if first.is_err_and(|first| first.file == at.file) {
                    first = of_visit.map_or(Ok(()), Err);
                }
            }
            let person = &roster.people[subject as usize];
            let context = || {
                let about = if is_named { format!(" for outcome `{}`", inert(keys.name(numbers.start))) } else { String::new() };
                let visit = if plan.data.visit.is_some() { format!(" at {}", visit_names[side]) } else { String::new() };
                format!("{about}{visit}")
            };
            if let Err(first) = first {
                findings.error(ProblemCode::DuplicateSubject, || duplicate(person, at, first, &context(), files));
            } else if let Some(repeats) = &repeats {
                let again = slots.iter().zip(sources).find_map(|(slot, source)| match slot {
                    Slotted::Again(first) => Some((source.name(), *first)),
                    Slotted::Read | Slotted::Elsewhere => None,
                });
                if let Some((score, first)) = again {
                    findings.push(repeats.repeated((score, &context()), &person.id, at, first, &header, files));
                }
            }
            for outcome in numbers {
                while readers.len() <= outcome as usize {
                    let template = &templates[keys.in_plan(readers.len() as u32)];
                    readers.push(vec![template.clone(); n_visits]);
                }
                let slot = slots.get(outcome as usize).copied().unwrap_or(Slotted::Read);
                if slot == Slotted::Elsewhere {
                    continue;
                }
                let entry = readers[outcome as usize][side].read(row, || place(row), findings);
                if first.is_ok() && slot == Slotted::Read {
                    if entries.len() <= outcome as usize {
                        entries.resize_with(outcome as usize + 1, || vec![Vec::new(); n_visits]);
                    }
                    set(&mut entries[outcome as usize][side], subject as usize, entry);
                }
            }
            Some(RowFate::Used)
        });
        self.rows.push(rows);
        let mut read = Vec::new();
        for (outcome, of_visits) in readers.into_iter().enumerate() {
            let about = if tidy.is_some() { format!(" of outcome `{}`", inert(self.keys.name(outcome as u32))) } else { String::new() };
            for (side, (reader, visit_name)) in of_visits.into_iter().zip(&self.visit_names).enumerate() {
                let visit = if matches!(visits, VisitSource::Column { .. }) { format!(" at {visit_name}") } else { String::new() };
                read.push(Read { reader, outcome, side, visit: visit_name, context: format!("{about}{visit}") });
            }
        }
        scores::finish(read.into_iter(), &settings.place(), problems);
        date_columns.finish(self.plan.data.date_format.as_deref(), problems);
    }

    /// Reports labels of the visit column that the plan names and no row has, or that look like one of the plan's.
    pub fn report_labels(&self, labels: &[Vec<Cow<str>>], place: &Place, problems: &mut Problems) {
        self.other_visits.report_labels(labels, &self.seen, |id, side| self.has_row(id, side), place, problems);
    }

    /// Whether a subject has a row at a visit.
    fn has_row(&self, id: &str, side: usize) -> bool {
        let subject = self.roster.find(id);
        subject.is_some_and(|subject| self.seen_rows.iter().any(|of_visits| of_visits[side].has(subject)))
    }

    /// Every subject's entries; whom the match of pre and post loses is a warning. `visits` are the labels of the dataset.
    pub fn finish(mut self, visits: Vec<String>, places: impl Fn(usize) -> [Place; 2], problems: &mut Problems) -> Measured<'a> {
        let is_tidy = self.plan.data.outcome_column.is_some();
        let all_read = self.rows.len() == self.files.len();
        if let Some(column) = self.plan.data.outcome_column.as_deref().filter(|_| all_read) {
            let place = super::shared_place(self.files).column(inert(column));
            problems.0.extend(self.keys.too_many(&place));
            problems.0.extend(self.keys.unseen(&place));
            problems.0.extend(self.keys.spellings(&place));
        }
        let files = std::mem::take(&mut self.rows);
        self.dates.finish(self.files, problems);
        self.filtered.report_spellings(self.files, problems);
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
        if problems.has_errors() {
            return Measured { visits, people: self.roster.people, outcomes, files };
        }
        self.report_losses(is_tidy, &outcomes, problems);
        let place = super::shared_place(self.files);
        let is_known = |id: &str| self.roster.find(id).is_some();
        self.filtered.report(|id, side| self.has_row(id, side), &place, problems);
        let visit_place = Place { column: self.plan.data.visit.as_deref().map(inert), ..place.clone() };
        self.other_visits.report_people(is_known, &visit_place, problems);
        self.other_forms.report(is_known, &place, problems);
        Measured { visits, people: self.roster.people, outcomes, files }
    }

    /// Subjects with a row at one visit alone: n in and n out, by visit.
    fn report_losses(&self, is_tidy: bool, outcomes: &[MeasuredOutcome], problems: &mut Problems) {
        // Without an outcome column the rows of all outcomes are the same rows.
        for measured in outcomes.iter().take(if is_tidy { usize::MAX } else { 1 }) {
            let has_row = |entry: &Entry| *entry != Entry::NoRow;
            let arms = [&measured.pre, &measured.post];
            let rows = arms.map(|arm| arm.iter().filter(|entry| has_row(entry)).count());
            let both = measured.pre.iter().zip(&measured.post).filter(|(pre, post)| has_row(pre) && has_row(post)).count();
            let about = if is_tidy { format!(" of outcome `{}`", inert(&measured.outcome.id)) } else { String::new() };
            for (side, n_in) in rows.into_iter().enumerate().filter(|(_, n_in)| *n_in > both) {
                let [here, there] = [side, 1 - side].map(|side| &self.visit_names[side]);
                let lost = n_in - both;
                let what = format!("{} with a row{about} in {here}, {both} of them also in {there}: {lost} without a pair", subjects(n_in));
                let place = Place { line: None, ..measured.places[side].clone() };
                let mut problem = Problem::warning(ProblemCode::JoinLoss, place, what).with_count(lost);
                let is_lost = |person: usize| has_row(&arms[side][person]) && !has_row(&arms[1 - side][person]);
                let of_lost = self.other_visits.of_lost(|id| self.roster.find(id).map(|person| is_lost(person as usize)));
                if !of_lost.is_empty() {
                    problem.what += &format!(
                        ", with rows of visits outside the plan: {}",
                        listed(&of_lost, |(label, rows)| format!("`{}` {rows}", inert(label)))
                    );
                    let key = ["pre", "post"][1 - side];
                    problem.hint = Some(format!(
                        "if one of these is their {key} visit, list its label under [visits] in trial.toml, beside that of `{key}`"
                    ));
                }
                problems.push(problem);
            }
            let neither = self.roster.people.len() + both - rows[0] - rows[1];
            if neither > 0 {
                let what = format!("{} of {} without any row{about}", neither, subjects(self.roster.people.len()));
                problems.push(Problem::warning(ProblemCode::JoinLoss, measured.places[0].clone(), what).with_count(neither));
            }
        }
    }
}

/// A row with a score and without a visit.
fn visit_missing(row: Place, column: &str) -> Problem {
    Problem::error(ProblemCode::UnknownVisit, row.column(inert(column)), "expected the visit of this score, got an empty cell")
        .with_hint("give the row its visit, or remove it")
}

/// A row with a score of nobody knows what.
fn outcome_missing(row: Place, column: &str) -> Problem {
    Problem::error(ProblemCode::UnknownOutcome, row.column(inert(column)), "expected the outcome of this score, got an empty cell")
        .with_hint("give the row its outcome, or remove it")
}

fn subjects(n: usize) -> String {
    if n == 1 { "1 subject".to_owned() } else { format!("{n} subjects") }
}

/// Puts an entry in its place; those before it that were not set are [`Entry::NoRow`].
pub fn set(entries: &mut Vec<Entry>, subject: usize, entry: Entry) {
    if entries.len() <= subject {
        entries.resize(subject + 1, Entry::NoRow);
    }
    entries[subject] = entry;
}
