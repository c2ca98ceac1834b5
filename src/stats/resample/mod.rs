//! Resampling people.

mod bca;
mod bootstrap;
mod random;

pub use bca::bca;
pub use bootstrap::{BootstrapIntervals, bootstrap};
pub use random::Stream;
