//! Figures: marks stand where the numbers say, nothing overlaps, the same input gives the same bytes.

pub mod fixture;
pub mod layout;
pub mod marks;

mod drawing;
mod everywhere;
mod flow;
mod forest;
mod gallery;
mod paired;
mod raincloud;
mod waterfall;
