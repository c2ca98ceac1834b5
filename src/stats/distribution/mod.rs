//! Distributions with tails that stay right: survival functions and log tails instead of `1 − cdf`.

pub mod beta;
pub mod binomial;
pub mod chi_squared;
pub mod gamma;
pub mod hypergeometric;
pub mod noncentral_t;
pub mod normal;
pub mod signed_rank;
pub mod student_t;
