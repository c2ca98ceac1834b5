//! Figures: marks stand where the numbers say, nothing overlaps, the same input gives the same bytes.

pub mod fixture;
pub mod layout;

mod drawing;
pub mod gallery;
