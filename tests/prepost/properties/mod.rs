//! What must hold for any data.

mod binary;
mod parametric;
mod ranks;
