//! REDCap's double data entry: one record entered twice, as `1--1` and `1--2`, and merged as `1`.

use std::collections::BTreeMap;

use super::columns::at_place;
use super::roster::Person;
use super::{LoadedFile, inert};
use crate::trial::{Problem, ProblemCode, Problems};

const SUFFIXES: [&str; 2] = ["--1", "--2"];

/// Stops where both entries of a record, or an entry beside the merged record, are there as subjects.
pub fn check(people: &[Person], files: &[LoadedFile], problems: &mut Problems) {
    let base = |person: &Person| {
        SUFFIXES.iter().find_map(|suffix| person.id.strip_suffix(suffix)).filter(|base| !base.is_empty()).map(str::to_owned)
    };
    let mut records: BTreeMap<String, Vec<&Person>> = BTreeMap::new();
    for person in people.iter().filter(|person| person.id.contains("--")) {
        if let Some(base) = base(person) {
            records.entry(base).or_default().push(person);
        }
    }
    if records.is_empty() {
        return;
    }
    for person in people {
        if let Some(entries) = records.get_mut(&*person.id) {
            entries.push(person);
        }
    }
    records.retain(|_, entries| entries.len() > 1);
    let Some(entries) = records.values_mut().min_by_key(|entries| entries.iter().map(|person| person.first).min()) else { return };
    entries.sort_by_key(|person| person.first);
    let (first, second) = (entries[0], entries[1]);
    let count = records.len();
    let (first, second) = (first, second);
    let place = at_place(second.first, files).column(inert(files[second.first.file as usize].settings.subject));
    let many = if count == 1 { "1 record stands" } else { &format!("{count} records stand") };
    let what = format!(
        "{many} in the data more than once by REDCap's double data entry (suffix `--1` or `--2`), first `{}` beside `{}` ({})",
        inert(&second.id),
        inert(&first.id),
        at_place(first.first, files)
    );
    problems.push(
        Problem::error(ProblemCode::DoubleEntry, place, what)
            .with_value(inert(&second.id))
            .with_count(count)
            .with_hint("merge the two entries in REDCap first, and export the merged records alone"),
    );
}
