//! Tolerances by class, for every golden and published value. None is ever loosened to pass.

/// Closed forms: relative.
pub const CLOSED_FORM: f64 = 1e-12;
/// Tail probabilities: relative.
pub const TAIL: f64 = 1e-9;
/// Iterative fits and inversions: relative.
pub const ITERATIVE: f64 = 1e-6;

/// Asserts that `got` agrees with `expected` within `relative` (absolute for an expected zero).
#[track_caller]
pub fn assert_close(got: f64, expected: f64, relative: f64, what: &str) {
    let error = if expected == 0.0 { got.abs() } else { ((got - expected) / expected).abs() };
    assert!(error <= relative, "{what}: expected {expected:e}, got {got:e}, relative error {error:.2e} > {relative:e}");
}
