//! What must hold for any data.

mod binary;
mod one_arm;
mod parametric;
mod ranks;
