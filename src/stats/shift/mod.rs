//! Ordered bands (none, mild, moderate, severe) of the same people before and after: a square table.

mod homogeneity;
mod symmetry;
mod table;

pub use homogeneity::{MarginalHomogeneity, bhapkar, stuart_maxwell};
pub use symmetry::{Bowker, bowker};
pub use table::ShiftTable;
