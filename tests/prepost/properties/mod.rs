//! What must hold for any data.

mod one_arm;
mod binary;
mod parametric;
mod ranks;
