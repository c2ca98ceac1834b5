//! Reference values of other software, committed as JSON beside the script that made them.

mod bca;
mod binary;
mod binary_second;
mod density;
mod distributions;
mod multiplicity;
mod parametric;
mod ranks;
