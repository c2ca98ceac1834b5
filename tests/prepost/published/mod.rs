//!

mod nist;
mod sleep;
