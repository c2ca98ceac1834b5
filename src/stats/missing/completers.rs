//! Completers against dropouts at baseline.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Followed;
use crate::decimal::Scores;
use crate::stats::describe::{Summary, summary};
use crate::stats::estimate::zero_sign_free;
use crate::stats::linear::mean_difference;
use crate::stats::wald::{Wald, satterthwaite};
use crate::stats::{Column, Estimable, Inference, NotEstimable};

/// The record of [`completers`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Completers {
    /// Pre scores of those with a post score.
    pub completers: Summary,
    /// Pre scores of those without.
    pub dropouts: Summary,
    /// Completers − dropouts, Welch.
    pub difference: Estimable<Wald>,
    /// The difference over √((s₁² + s₂²)/2).
    pub standardised_difference: Estimable<f64>,
}

/// Pre scores of people with and without a post score: Welch's difference with interval, and the standardised difference.
///
/// A description of who left: no test result shows that data are missing at random, and small groups hide differences.
/// Matches R: `t.test(pre_completers, pre_dropouts)`. Source: Welch (1947), Biometrika 34:28; Austin (2009), Stat Med 28:3083.
pub fn completers(followed: &Followed, inference: Inference) -> Completers {
    let (stayed, left) = (followed.pairs().pre(), followed.pre_only());
    let compared = compare([stayed, left], inference);
    let (difference, standardised) = match compared {
        Ok((difference, standardised)) => (difference.into(), Estimable::Estimated(standardised)),
        Err(why) => (Estimable::NotEstimable(why.clone()), Estimable::NotEstimable(why)),
    };
    Completers { completers: summary(stayed), dropouts: summary(left), difference, standardised_difference: standardised }
}

type Compared = (Result<Wald, NotEstimable>, f64);

fn compare([a, b]: [&Scores; 2], inference: Inference) -> Result<Compared, NotEstimable> {
    for group in [a, b] {
        if group.len() < 2 {
            return Err(NotEstimable::NotComputed { why: format!("needs at least 2 people in each group, found {}", group.len()) });
        }
    }
    if a.is_constant() && b.is_constant() {
        return Err(NotEstimable::ConstantColumn { visit: Column::Pre });
    }
    let spread = |group: &Scores| if group.is_constant() { 0.0 } else { group.sd() };
    let (sa, sb) = (spread(a), spread(b));
    let (ea, eb) = (sa / libm::sqrt(a.len() as f64), sb / libm::sqrt(b.len() as f64));
    let df = satterthwaite([ea * ea, eb * eb], [Some((a.len() - 1) as f64), Some((b.len() - 1) as f64)]);
    let difference = mean_difference(a, b);
    let standardised = zero_sign_free(difference / (libm::hypot(sa, sb) * std::f64::consts::FRAC_1_SQRT_2));
    if !standardised.is_finite() {
        return Err(NotEstimable::Overflow);
    }
    Ok((Wald::new(difference, libm::hypot(ea, eb), df, 0.0, inference), standardised))
}
