//!

mod distributions;
mod parametric;
