//!

mod parametric;
//! What must hold for any data.

mod ranks;
