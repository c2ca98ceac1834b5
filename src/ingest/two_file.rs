//! The two-file layout: the pre scores in one file, the post scores in another, matched by subject.

use super::columns::{check_somewhere, found};
use super::long::value_columns_of;
use super::observations::{Observations, Visit, VisitSource};
use super::pairing::Measured;
use super::table::Table;
use super::{LoadedFile, inert};
use crate::plan::Plan;
use crate::trial::{Outcome, Problems};

/// Reads the pre file and the post file, which stand in `files` in this order.
pub fn read<'a>(plan: &'a Plan, outcomes: &'a [Outcome], files: &'a [LoadedFile<'a>], problems: &mut Problems) -> Measured<'a> {
    let mut visit_names = files.iter().map(|file| inert(&file.settings.name));
    let visit_names = [visit_names.next().unwrap_or_default(), visit_names.next().unwrap_or_default()];
    let mut observations = Observations::new(plan, outcomes, files, visit_names);
    let mut opened = Vec::new();
    for ((number, file), visit) in files.iter().enumerate().zip([Visit::Pre, Visit::Post]) {
        let Some(values) = value_columns_of(plan, outcomes, &file.settings, Some(visit), problems) else { continue };
        let wanted: Vec<&str> = values.iter().copied().chain([file.settings.subject]).collect();
        if let Some(table) = found(Table::open(&file.settings, &file.text, &wanted), problems) {
            opened.push((number, table, visit, values));
        }
    }
    if let (Some(first), true) = (files.first(), opened.len() == files.len()) {
        let headers: Vec<_> = opened.iter().map(|(_, table, _, _)| &table.header).collect();
        check_somewhere(&headers, &first.settings, problems);
    }
    let mut value_columns = vec![Vec::new(); files.len()];
    for (number, table, visit, values) in opened {
        observations.add(number, table, &VisitSource::File(visit), &values, problems);
        value_columns[number] = values;
    }
    let place = |outcome: usize, file: usize| {
        files[file].settings.place().column(inert(value_columns[file].get(outcome).copied().unwrap_or_default()))
    };
    observations.finish(|outcome| [place(outcome, 0), place(outcome, 1)], problems)
}
