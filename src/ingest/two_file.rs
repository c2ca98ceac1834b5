//! The two-file layout: the pre scores in one file, the post scores in another, matched by subject.

use super::columns::{check_somewhere, found};
use super::long::sources_of;
use super::observations::{Observations, VisitSource};
use super::pairing::{Measured, VISITS};
use super::scores::ScoreSource;
use super::table::Table;
use super::{LoadedFile, inert};
use crate::plan::Plan;
use crate::trial::{Outcome, Problems};

/// Reads the pre file and the post file, which stand in `files` in this order.
pub fn read<'a>(plan: &'a Plan, outcomes: &'a [Outcome], files: &'a [LoadedFile<'a>], problems: &mut Problems) -> Measured<'a> {
    let visit_names = files.iter().map(|file| inert(&file.settings.name)).collect();
    let mut observations = Observations::new(plan, outcomes, files, visit_names);
    let mut opened = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let Some(sources) = sources_of(plan, outcomes, &file.settings, Some(number), problems) else { continue };
        let wanted: Vec<&str> = sources.iter().flat_map(ScoreSource::columns).chain([file.settings.subject]).collect();
        if let Some(table) = found(Table::open(&file.settings, &file.content, &wanted), problems) {
            opened.push((number, table, sources));
        }
    }
    if let (Some(first), true) = (files.first(), opened.len() == files.len()) {
        let headers: Vec<_> = opened.iter().map(|(_, table, _)| &table.header).collect();
        check_somewhere(&headers, &first.settings, problems);
    }
    let mut of_files = vec![Vec::new(); files.len()];
    for (number, table, sources) in opened {
        observations.add(number, table, &VisitSource::File(number), &sources, problems);
        of_files[number] = sources;
    }
    let place =
        |outcome: usize, file: usize| files[file].settings.place().column(inert(of_files[file].get(outcome).map_or("", ScoreSource::name)));
    observations.finish(VISITS.map(str::to_owned).to_vec(), |outcome| [place(outcome, 0), place(outcome, 1)], problems)
}
