//! Outcomes as analysed: the plan's words, completed from the catalogue.

use super::Plan;
use crate::trial::{Catalogue, Outcome, Problems};

/// The outcomes of a checked plan in plan order; a question the catalogue cannot answer (direction) is an error.
pub fn resolve_outcomes(_plan: &Plan, _catalogue: &Catalogue) -> Result<Vec<Outcome>, Problems> {
    unimplemented!()
}
