//! The signed_rank distribution.
