//! d_z·√(2(1 − r)).

use super::Effect;
use crate::stats::estimable::Column;
use crate::stats::estimate::zero_sign_free;
use crate::stats::paired::{EDGE, gap_of_sds, pearson};
use crate::stats::{Estimable, NotEstimable, Pairs};

/// d_z √(2 (1 − r)): the mean change in units of one score's SD, where both SDs are equal.
///
/// Point estimate only: no calibrated interval is known when the SDs differ (a delta-method one covers .72 at r = .95 and
/// SD ratio .6), so that interval and standard error are refused by name.
/// 2 (1 − r) s₁ s₂ = s_d² − (s₁ − s₂)² keeps its digits when r is near 1.
/// Matches R: `mean(x) / sd(x) * sqrt(2 * (1 - cor(pre, post)))`. Source: Morris & DeShon (2002), Psychol Methods 7:105.
pub fn d_rm(pairs: &Pairs) -> Result<Effect, NotEstimable> {
    if pairs.n() < 2 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: pairs.n() });
    }
    if pairs.changes().is_constant() {
        return Err(NotEstimable::ConstantChange);
    }
    for (column, visit) in [(pairs.pre(), Column::Pre), (pairs.post(), Column::Post)] {
        if column.is_constant() {
            return Err(NotEstimable::ConstantColumn { visit });
        }
    }
    let r = pearson(pairs).ok_or(NotEstimable::Overflow)?;
    let gap = gap_of_sds(pairs);
    // METHOD: at |r| = 1 with unequal SDs the formula says 0 (or a multiple of d_z) from rounding alone.
    if r <= -1.0 || gap.abs() >= EDGE {
        return Err(NotEstimable::NotComputed { why: "pre and post are perfectly correlated".into() });
    }
    let (s1, s2, sd) = (pairs.pre().sd(), pairs.post().sd(), pairs.changes().sd());
    let spread =
        if r < 0.5 { libm::sqrt(2.0 * (1.0 - r)) / sd } else { libm::sqrt((1.0 - gap) * (1.0 + gap)) / (libm::sqrt(s1) * libm::sqrt(s2)) };
    let d = zero_sign_free(pairs.changes().mean() * spread);
    if !d.is_finite() {
        return Err(NotEstimable::Overflow);
    }
    Ok(Effect {
        estimate: d,
        std_error: Estimable::NotEstimable(NotEstimable::NoCalibratedInterval),
        interval: Estimable::NotEstimable(NotEstimable::NoCalibratedInterval),
        hedges: None,
        hedges_ri: None,
        benefit: None,
    })
}
