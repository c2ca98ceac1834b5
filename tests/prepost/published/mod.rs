//! Published examples: the paper's table in, the paper's table out.

mod nist;
mod ranks;
mod sleep;
