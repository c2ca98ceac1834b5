//! A plan from a header, where there is none.

mod choose;
mod draft;
mod long;
mod names;
mod subject;
mod two_files;
mod wide;

use self::draft::Draft;
use super::Plan;
use crate::trial::{Catalogue, Problem};

/// A column of a data file, as inference sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderColumn {
    pub name: String,
    /// Distinct values where few (a visit or group column), in order of appearance.
    pub distinct: Vec<String>,
    /// Whether every non-missing cell is a number.
    pub numeric: bool,
    /// Whether no value repeats.
    pub unique: bool,
}

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

/// Infers a plan from the headers of one file, of two (pre, post), or of several with the same header.
///
/// Where the plan has no questions it is complete: `read(&inferred.toml)` gives `inferred.plan`.
pub fn infer(files: &[(String, Vec<HeaderColumn>)], catalogue: &Catalogue) -> Inferred {
    let mut draft = Draft::new(files, catalogue);
    let columns = draft::merged(files);
    if let [first, second] = files
        && two_files::applies(first, second)
    {
        two_files::infer(&mut draft, first, second);
    } else {
        draft.plan.data.files = files.iter().map(|(name, _)| name.clone()).collect();
        let subject = subject::find(&columns);
        match long::visit_column(&columns, subject) {
            Some(visit) => long::infer(&mut draft, &columns, subject, visit),
            None => wide::infer(&mut draft, &columns, subject),
        }
    }
    draft.finish()
}
