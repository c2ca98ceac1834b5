//!

mod parametric;
