//! Scores on their decimal grid, with exact differences and sums.
//!
//! A score is read as a decimal, not as a binary fraction: 2.3 − 2.0 and 1.1 − 0.8 are the same change, ties are
//! ties, and a constant change has exactly zero variance. Up to 18 significant digits (30, in the columns that need
//! them) a score is an integer with a power of ten, and the mean of seven items is sevenths; beyond that it falls back to
//! `f64`, which [`Scores::is_exact`] tells.

mod long;
mod long_units;
mod number;
mod quotient;
mod scores;
mod sum;

pub use long::LongDecimal;
pub use long_units::LongUnits;
pub use number::{Decimal, DecimalError, Score};
pub use quotient::Fraction;
pub use scores::{Scores, Values};
pub use sum::{DoubleDouble, exact_ratio};
