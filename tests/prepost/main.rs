//! One test binary, because each links polars.

mod golden;
mod properties;
mod published;
mod report;
mod tolerance;
