//! A plan from a header, where there is none.

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

/// Infers a plan from the headers of one file, or of two (pre, post).
pub fn infer(_files: &[(String, Vec<HeaderColumn>)], _catalogue: &Catalogue) -> Inferred {
    unimplemented!()
}
