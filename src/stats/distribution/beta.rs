//! The beta distribution.
