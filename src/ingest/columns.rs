//! The columns of a file that every layout shares: the subject, the filters, the group.

use std::borrow::Cow;

use super::filter::{Dropped, Filter, OtherSpelling};
use super::limits::MOST_SUBJECTS;
use super::many::RowFindings;
use super::roster::{At, Person, Roster};
use super::settings::FileSettings;
use super::table::Row;
use super::{LoadedFile, canonical, inert, subject_id};
use crate::ingest::header::Header;
use crate::trial::{Place, Problem, ProblemCode, Problems};

/// Where the shared columns stand in one file.
pub struct SharedColumns<'a> {
    subject: usize,
    filters: Vec<Filter<'a>>,
    group: Option<usize>,
}

impl<'a> SharedColumns<'a> {
    /// Finds the columns; each that is missing is a problem. With `per_file`, filter and group may stand in other files.
    pub fn find(header: &Header, settings: &'a FileSettings, per_file: bool, problems: &mut Problems) -> Option<Self> {
        let before = problems.0.len();
        let subject = found(header.find(settings.subject), problems);
        let mut filters = Vec::new();
        for (column, values) in settings.keep_where {
            if !per_file || header.has(column) {
                filters.extend(found(header.find(column), problems).map(|index| Filter::new(index, values.as_slice())));
            }
        }
        let group = settings.group.filter(|group| !per_file || header.has(group)).and_then(|group| found(header.find(group), problems));
        (problems.0.len() == before).then_some(Self { subject: subject?, filters, group })
    }

    /// Whether the plan's `where` keeps the row.
    pub fn keeps(&self, row: &Row<'_, 'a>) -> bool {
        self.filters.iter().all(|filter| filter.keeps(row))
    }

    /// What keeps the row out of the plan's `where`; `None` where nothing does.
    pub fn dropped_by(&self, row: &Row<'_, 'a>) -> Option<Dropped<'_, 'a>> {
        let mut failed = self.filters.iter().filter(|filter| !filter.keeps(row)).peekable();
        let column = failed.peek()?.column;
        let spellings: Option<Vec<OtherSpelling>> = failed.map(|filter| filter.other_spelling(row)).collect();
        Some(Dropped { column, spellings: spellings.unwrap_or_default() })
    }

    /// The id in a row that need not have one.
    pub fn id(&self, row: &Row<'_, 'a>) -> Cow<'a, str> {
        row.name(self.subject)
    }

    /// The number of the row's subject, and whether it is new; a row without an id is a problem.
    pub fn subject(
        &self,
        row: &Row<'_, 'a>,
        file: u32,
        files: &[LoadedFile],
        roster: &mut Roster<'a>,
        findings: &mut RowFindings,
    ) -> Option<(u32, bool)> {
        let cell = row.cell(self.subject);
        let id = canonical(cell.clone());
        let settings = &files[file as usize].settings;
        let at = At { file, line: row.line() };
        let column = || settings.place().line(at.line).column(inert(settings.subject));
        if id.is_empty() || subject_id::is_unseen(&id) {
            findings.error(ProblemCode::SubjectMissing, || {
                Problem::error(ProblemCode::SubjectMissing, column(), "expected a subject id, got an empty cell")
                    .with_value(inert(&cell))
                    .with_hint("give the row its subject, or remove it")
            });
            return None;
        }
        // A number among the declared codes may be somebody's id.
        let is_code = !id.bytes().all(|byte| byte.is_ascii_digit()) && settings.codes.has_text(&id);
        if is_code || subject_id::is_placeholder(&id) {
            findings.error(ProblemCode::SubjectMissing, || {
                let what = format!("expected a subject id, got `{}`, which says that there is none", inert(&id));
                Problem::error(ProblemCode::SubjectMissing, column(), what)
                    .with_value(inert(&id))
                    .with_hint("give the row its subject, or remove it; rows with this id would be taken for one person")
            });
            return None;
        }
        if roster.is_too_many(&id) {
            if !std::mem::replace(&mut roster.overfull, true) {
                let what = format!("expected at most {MOST_SUBJECTS} subjects, got more");
                findings.push(Problem::error(ProblemCode::TooLarge, column(), what).with_hint("is `subject` the column of the ids?"));
            }
            return None;
        }
        let is_as_typed = id.len() == cell.len() && (matches!(id, Cow::Borrowed(_)) || id == cell);
        let (number, new) = roster.number(id, at);
        let person = &mut roster.people[number as usize];
        person.typed.exactly |= is_as_typed;
        person.typed.otherwise |= !is_as_typed;
        if let Some(problem) = Some(&person.id).filter(|_| new).and_then(|id| subject_id::problem(id, column)) {
            findings.push(problem);
        }
        if let Some(group) = self.group {
            let column = settings.group.unwrap_or_default();
            let place = |at: At| at_place(at, files).column(inert(column));
            if let Err(problem) = roster.note_group(number, row.name(group), at, place) {
                findings.push(problem);
            }
        }
        Some((number, new))
    }
}

/// File and line of a row.
pub fn at_place(at: At, files: &[LoadedFile]) -> Place {
    files[at.file as usize].settings.place().line(at.line)
}

/// The value, or nothing and one more problem.
pub fn found<T>(result: Result<T, Problem>, problems: &mut Problems) -> Option<T> {
    result.map_err(|problem| problems.push(problem)).ok()
}

/// Filters and the group that may stand in any of several files must stand in one of them.
pub fn check_somewhere(headers: &[&Header], settings: &FileSettings, problems: &mut Problems) {
    for column in settings.keep_where.keys().map(String::as_str).chain(settings.group) {
        if let Some(first) = headers.first().filter(|_| !headers.iter().any(|header| header.has(column))) {
            found(first.find(column), problems);
        }
    }
}

/// A subject met a second time where once is right; both rows are named.
pub fn duplicate(person: &Person, again: At, first: At, context: &str, files: &[LoadedFile]) -> Problem {
    let column = inert(files[again.file as usize].settings.subject);
    let earlier = at_place(first, files);
    let earlier = if again.file == first.file { earlier.row().unwrap_or_default() } else { earlier.to_string() };
    let id = inert(&person.id);
    let also: String = person.also.first().map_or_else(String::new, |id| format!(" (or `{}`)", inert(id)));
    let what = format!("expected each subject once{context}, got `{id}`{also} again, first on {earlier}");
    Problem::error(ProblemCode::DuplicateSubject, at_place(again, files).column(column), what)
        .with_value(id)
        .with_hint("keep the row that counts, or choose it by `where` under [data] in trial.toml")
}
