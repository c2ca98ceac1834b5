//! What all ids together tell: one person under two spellings, two people under one, a record entered twice.

use super::columns::at_place;
use super::near_miss::word;
use super::pairing::Measured;
use super::roster::Person;
use super::visits::listed;
use super::{LoadedFile, double_entry, group_labels, inert, near_miss, shared_place, subject_id};
use crate::plan::DataSection;
use crate::trial::{Problem, ProblemCode, Problems};

/// Looks through the subjects of all files.
pub fn check(data: &DataSection, files: &[LoadedFile], measured: &Measured, problems: &mut Problems) {
    let people = &measured.people;
    double_entry::check(people, files, problems);
    near_miss::check(data, files, measured, problems);
    report_typed(people, files, problems);
    report_joined(data, people, files, problems);
    group_labels::check(data, people, files, problems);
    report_trial_entries(people, files, problems);
}

/// Subjects whose id is a word for a trial entry, or 0 where nobody is 1: such rows may be several people's, or nobody's.
fn report_trial_entries(people: &[Person], files: &[LoadedFile], problems: &mut Problems) {
    let is_counted_from_zero = || people.iter().any(|person| person.id == "1");
    for person in people.iter().filter(|person| person.id.len() < 16) {
        if subject_id::is_trial_entry(&person.id) || person.id == "0" && !is_counted_from_zero() {
            let place = at_place(person.first, files).column(inert(files[person.first.file as usize].settings.subject));
            let what = format!("`{}` looks like a placeholder or a trial entry: counted as a subject", inert(&person.id));
            problems.push(
                Problem::warning(ProblemCode::SubjectMissing, place, what)
                    .with_value(inert(&person.id))
                    .with_hint("if it is nobody's id, remove its rows, or give them their subjects"),
            );
        }
    }
}

/// Subjects whose rows belong together only because ids are trimmed and composed.
fn report_typed(people: &[Person], files: &[LoadedFile], problems: &mut Problems) {
    let count = people.iter().filter(|person| person.typed.exactly && person.typed.otherwise).count();
    if count > 0 {
        let ids = if count == 1 { "1 subject id is" } else { &format!("{count} subject ids are") };
        let what = format!("{ids} written in two ways, with spaces around or with decomposed accents: taken as one subject each");
        problems.push(Problem::warning(ProblemCode::NearMissId, subject_place(files), what).with_count(count));
    }
}

/// Subjects that `ids_equal_under` made of several spellings.
fn report_joined(data: &DataSection, people: &[Person], files: &[LoadedFile], problems: &mut Problems) {
    let mut joined = people.iter().filter(|person| !person.also.is_empty());
    let Some(first) = joined.next() else { return };
    let count = 1 + joined.count();
    let subjects = if count == 1 { "1 subject is" } else { &format!("{count} subjects are") };
    let words: Vec<&str> = data.ids_equal_under.iter().map(|difference| word(*difference)).collect();
    let also: Vec<&str> = first.also.iter().map(|id| &**id).collect();
    let what = format!(
        "{subjects} joined from several spellings by `ids_equal_under` ({}), first `{}` with {}",
        words.join(", "),
        inert(&first.id),
        listed(&also, |id| format!("`{}`", inert(id)))
    );
    let place = at_place(first.first, files).column(inert(files[first.first.file as usize].settings.subject));
    problems.push(Problem::warning(ProblemCode::NearMissId, place, what).with_value(inert(&first.id)).with_count(count));
}

/// The place of what concerns the subjects of all files.
fn subject_place(files: &[LoadedFile]) -> crate::trial::Place {
    match files {
        [only] => only.settings.place().column(inert(only.settings.subject)),
        _ => shared_place(files),
    }
}
