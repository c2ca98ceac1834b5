//! SPSS.

use super::faults::Fault;
use super::needed::Needed;
use crate::ingest::content::Grid;

pub fn read(_bytes: &[u8], _needed: &Needed) -> Result<Grid, Fault> {
    Err(Fault::Damaged)
}
