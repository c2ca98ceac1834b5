//! Reference values of other software, committed as JSON beside the script that made them.

mod bca;
mod density;
mod multiplicity;
mod ranks;
//!

mod distributions;
mod parametric;
