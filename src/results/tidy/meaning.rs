//! Tidy rows of the records of clinical significance.

use super::Cell;
use crate::results::{Finding, Method};

/// The statistics of a record of this kind; nothing for other kinds.
pub fn cells(finding: &Finding) -> Vec<Cell> {
    let _ = finding;
    Vec::new()
}

/// The statistic names of a method whose whole record is refused.
pub fn names(method: Method) -> &'static [&'static str] {
    let _ = method;
    &[]
}
