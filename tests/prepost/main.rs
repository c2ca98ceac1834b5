//! One test binary, because each links polars.

mod golden;
mod ingest;
mod properties;
mod published;
mod tolerance;
