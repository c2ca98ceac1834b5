//! A plan from a header, where there is none.

mod choose;
mod dates;
mod draft;
mod families;
mod file;
mod items;
mod labels;
mod long;
mod marks;
mod names;
mod panel;
mod proposals;
mod reading;
mod said;
mod scale;
mod sheets;
mod subject;
mod system;
mod two_files;
mod unfound;
mod wide;

use self::draft::Draft;
use self::system::System;
use super::Plan;
use crate::trial::{Catalogue, Problem};

pub use file::{DecimalMark, FoundEncoding, HeaderColumn, LookedFile, Said};

/// What a header gave: a plan, what was assumed, and what must be answered before it can run.
#[derive(Debug, Clone, PartialEq)]
pub struct Inferred {
    pub plan: Plan,
    /// The plan as TOML with comments; a line to complete is marked `# ANSWER:`.
    pub toml: String,
    /// One line each: what was found and assumed.
    pub assumptions: Vec<String>,
    pub questions: Vec<Problem>,
}

/// Infers a plan from the headers of one file, of two (pre, post), or of several with the same header. The sheets of a workbook
/// are files of one name.
///
/// Where the plan has no questions it is complete: `read(&inferred.toml)` gives `inferred.plan`.
pub fn infer(files: &[LookedFile], catalogue: &Catalogue) -> Inferred {
    let mut draft = Draft::new(files, catalogue);
    let files = sheets::settle(&mut draft, files, catalogue);
    table(&mut draft, &files);
    draft.finish()
}

/// Infers the plan of files of which each is one table.
fn table(draft: &mut Draft<'_>, files: &[LookedFile]) {
    reading::settle(draft, files);
    let mut systems: Vec<System> = Vec::new();
    let files: Vec<LookedFile> = files
        .iter()
        .map(|file| {
            let file = said::with_questions(file.clone());
            let Some(system) = System::of(&file.columns) else { return file };
            systems.push(system);
            LookedFile { columns: system.columns(&file, draft), ..file }
        })
        .collect();
    let system = systems.first().copied();
    let columns = draft::merged(&files);
    let has_half_header = files.iter().any(|file| unfound::is_half_header(&file.columns));
    if let Some(visits) = two_files::of(draft, &files).filter(|_| !has_half_header) {
        two_files::infer(draft, &visits);
    } else {
        draft.plan.data.files = files.iter().map(|file| file.name.clone()).collect();
        if has_half_header {
            unfound::ask_header(draft);
            subject::settle(draft, &columns, subject::find(&columns), false);
        } else {
            one_table(draft, &columns, system);
        }
        if draft.plan.outcome.is_empty() {
            unfound::ask(draft, &columns);
        }
    }
    proposals::add(draft, &columns, system);
    marks::settle(draft, &files);
}

/// Infers the plan of one table, however many files it stands in.
fn one_table(draft: &mut Draft<'_>, columns: &[HeaderColumn], system: Option<System>) {
    // The first column of REDCap is the record, whatever it is called.
    let first = columns.first().filter(|_| system == Some(System::Redcap));
    let subject = first.or_else(|| subject::find(columns)).filter(|subject| !numbers_rows(draft, columns, subject));
    match long::visit_column(draft, columns, subject) {
        Some(visit) => long::infer(draft, columns, subject, Some(visit)),
        None if repeats_alone(columns, subject) => long::infer(draft, columns, subject, None),
        None => wide::infer(draft, columns, subject),
    }
}

/// Whether a column called like an id only numbers the rows: other ids have a row for each label of a visit column.
fn numbers_rows(draft: &Draft<'_>, columns: &[HeaderColumn], subject: &HeaderColumn) -> bool {
    let others = || columns.iter().filter(|column| column.name != subject.name).cloned().collect::<Vec<_>>();
    subject.unique && long::visit_column(draft, columns, None).is_some_and(|visit| visit.is_named) && subject::of_rows(&others()).is_some()
}

/// Whether every subject has several rows, and no score a pre and a post beside each other: then a visit column is wanting.
fn repeats_alone(columns: &[HeaderColumn], subject: Option<&HeaderColumn>) -> bool {
    subject.is_some_and(|subject| !subject.unique && panel::is_repeated(subject)) && !wide::has_pairs(columns)
}
