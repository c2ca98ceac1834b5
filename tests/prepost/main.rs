//! One test binary, because each links polars.

mod figures;
mod golden;
mod properties;
mod published;
mod tolerance;
