//! Files → observations, with every problem placed (file, line, column, value).

use std::path::Path;

use crate::plan::{HeaderColumn, Plan};
use crate::trial::{Dataset, Outcome, Problems};

/// Reads the data of a plan. `base` is the folder that the plan's paths start from.
///
/// All findings of all files come together: with an error among them there is no dataset.
pub fn ingest(_plan: &Plan, _outcomes: &[Outcome], _base: &Path) -> (Option<Dataset>, Problems) {
    unimplemented!()
}

/// The columns of a data file, as [`crate::plan::infer`] wants them.
pub fn look(_file: &Path) -> Result<Vec<HeaderColumn>, Problems> {
    unimplemented!()
}
