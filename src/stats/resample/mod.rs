//! Resampling people.

mod bca;
mod bootstrap;
mod half_binomial;
mod random;

pub use bca::bca;
pub use bootstrap::{BootstrapIntervals, bootstrap};
pub(crate) use half_binomial::HalfBinomial;
pub use random::Stream;
