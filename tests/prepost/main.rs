//! One test binary, because each links the whole crate.

mod bad_inputs;
mod catalogue;
mod cli;
mod figures;
mod golden;
mod ingest;
mod layering;
mod plan;
mod properties;
mod published;
mod readme;
mod report;
mod tolerance;
