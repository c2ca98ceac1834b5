//! What else could explain a change in one arm: regression to the mean, practice, and what is known from elsewhere.

mod baseline_change;
mod benchmark;
mod mee_chua;
mod meta;
mod net_change;
mod practice;
mod regression_to_mean;

pub use baseline_change::{BaselineChange, baseline_change};
pub use benchmark::{AgainstBenchmark, Benchmark, against_benchmark, against_criterion};
pub use mee_chua::{MeeChua, mee_chua};
pub use meta::{MetaAnalysis, MetaTest, Tau2Method, random_effects};
pub use net_change::{Assumed, NetAt, NetChange, PropagatedNetChange, net_change, net_change_curve, net_change_propagated};
pub use practice::{AgainstControl, AgainstPractice, against_control, minus_practice};
pub use regression_to_mean::{ExpectedBySelection, Selection, expected_by_selection};
