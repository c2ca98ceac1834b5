//! A plan from a header, where there is none.

mod choose;
mod dates;
mod draft;
mod file;
mod items;
mod long;
mod marks;
mod names;
mod proposals;
mod reading;
mod subject;
mod system;
mod two_files;
mod wide;

use self::draft::Draft;
use self::system::System;
use super::Plan;
use crate::trial::{Catalogue, Problem};

pub use file::{DecimalMark, FoundEncoding, HeaderColumn, LookedFile};

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
pub fn infer(files: &[LookedFile], catalogue: &Catalogue) -> Inferred {
    let mut draft = Draft::new(files, catalogue);
    reading::settle(&mut draft, files);
    let mut columns = draft::merged(files);
    if let [first, second] = files
        && two_files::applies(first, second)
    {
        two_files::infer(&mut draft, first, second);
        proposals::add(&mut draft, &columns, None);
    } else {
        draft.plan.data.files = files.iter().map(|file| file.name.clone()).collect();
        let system = System::of(&columns);
        if let Some(system) = system {
            columns = system.without_metadata(&columns, &mut draft);
        }
        let subject = subject::find(&columns);
        match long::visit_column(&columns, subject) {
            Some(visit) => long::infer(&mut draft, &columns, subject, visit),
            None => wide::infer(&mut draft, &columns, subject),
        }
        proposals::add(&mut draft, &columns, system);
    }
    marks::settle(&mut draft, files);
    draft.finish()
}
