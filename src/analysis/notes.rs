//! When a number gets a caveat.

use crate::stats::describe::Summary;
use crate::stats::{Alternative, Inference, Note, PValue};

/// Skewness beyond which changes are called clearly skewed.
///
/// METHOD: |G₁| > 1 (Bulmer's "highly skewed") and beyond 1.96 standard errors of G₁ under normality, so that small
/// normal samples are not called skewed by chance. On skewed changes normal-theory intervals of d under-cover.
const CLEARLY_SKEWED: f64 = 1.0;

/// A note when the changes are clearly skewed.
pub fn skewed(change: &Summary) -> Option<Note> {
    let skewness = *change.skewness.ok()?;
    let n = change.n as f64;
    let std_error = libm::sqrt(6.0 * n * (n - 1.0) / ((n - 2.0) * (n + 1.0) * (n + 3.0)));
    (skewness.abs() > CLEARLY_SKEWED && skewness.abs() > 1.96 * std_error).then_some(Note::SkewedChanges { skewness })
}

/// Notes every test shares: one-sided, p at its floor.
pub fn of_test(inference: Inference, p: Option<PValue>, skewed: &Option<Note>) -> Vec<Note> {
    let one_sided = match inference.alternative {
        Alternative::TwoSided => None,
        Alternative::Greater => Some(Note::OneSided { alternative: "change > 0".into() }),
        Alternative::Less => Some(Note::OneSided { alternative: "change < 0".into() }),
    };
    let tiny = p.filter(|p| p.is_floor()).map(|_| Note::TinyP);
    one_sided.into_iter().chain(tiny).chain(skewed.clone()).collect()
}
