//! Published examples: the paper's table in, the paper's table out.

mod clinical;
mod evidence;
mod nist;
mod one_arm;
mod paired_binary;
mod ranks;
mod shift;
mod sleep;
