//! What must hold for any data.

mod parametric;
mod ranks;
