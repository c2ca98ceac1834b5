//! One test binary, because each links polars.

mod catalogue;
mod figures;
mod golden;
mod plan;
mod properties;
mod published;
mod report;
mod tolerance;
