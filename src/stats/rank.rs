//! Midranks.
