//! Random numbers by counter.

/// A stream of random numbers named by (seed, analysis, replicate).
pub struct Stream;
