//! One test binary, because each links polars.

mod catalogue;
mod cli;
mod figures;
mod golden;
mod ingest;
mod layering;
mod plan;
mod properties;
mod published;
mod report;
mod tolerance;
