//! What must hold for any data.

mod one_arm;
mod parametric;
mod ranks;
