//! Evidence beyond a test of no change: equivalence, minimal effects, Bayes factors, changes that go together.

mod bayes_factor;
mod change_correlation;
mod tost;

pub use bayes_factor::{BayesFactor, DEFAULT_SCALE, ScaleAt, bayes_factor, log_bf10, robustness};
pub use change_correlation::change_correlation;
pub use tost::{MinimalEffect, OneSided, Tost, minimal_effect, tost};
