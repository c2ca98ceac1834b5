//!

mod nist;
mod sleep;
//! Published examples: the paper's table in, the paper's table out.

mod ranks;
