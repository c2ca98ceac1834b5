//! Figures: marks stand where the numbers say, nothing overlaps, the same input gives the same bytes.

pub mod fixture;
pub mod layout;
pub mod marks;
pub mod meaning_fixture;

mod drawing;
mod everywhere;
mod flow;
mod forest;
mod gallery;
mod meaning;
mod paired;
mod raincloud;
mod waterfall;
