//! Reference values of other software, committed as JSON beside the script that made them.

mod bca;
mod binary;
mod binary_second;
mod density;
mod distributions;
mod evidence;
mod missing_post;
mod multiplicity;
mod one_arm;
mod parametric;
mod ranks;
