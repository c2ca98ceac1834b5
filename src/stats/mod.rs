//! What can be computed from numbers alone: slices in, plain records out.
//!
//! A statistic is a pure function that returns its record or a typed refusal, [`NotEstimable`]. Nothing here knows of
//! files, plans or people.

mod estimable;
mod estimate;
mod linear;
mod pairs;
mod wald;

pub mod clinical;
pub mod density;
pub mod describe;
pub mod distribution;
pub mod effect;
pub mod evidence;
pub mod missing;
pub mod multiplicity;
pub mod one_arm;
pub mod paired;
pub mod paired_binary;
pub mod proportion;
pub mod rank;
pub mod resample;
pub mod shares;
pub mod shift;

pub use estimable::{Column, Estimable, NotEstimable, Note, ScaleEnd};
pub use estimate::{Alternative, Benefit, Inference, Interval, PValue, Statistic};
pub use linear::CorrelationTest;
pub use pairs::{Changes, Pairs};
pub use wald::Wald;
