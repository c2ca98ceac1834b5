//! What must hold for any input whatever, as functions that panic where it does not. The fuzz targets in `fuzz/` call them with
//! whatever libFuzzer finds, and a test with seeds that it damages by a fixed stream.

mod binary;
mod cell;
mod finding;
#[cfg(test)]
mod mutate;
mod plans;
mod records;
mod whole;

pub use binary::binary;
pub use cell::cell;
pub use records::records;
pub use whole::whole;
