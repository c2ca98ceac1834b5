//! The change less what repeating the test alone brings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::paired::paired_t;
use crate::stats::wald::{Wald, satterthwaite};
use crate::stats::{Changes, Estimable, Inference, NotEstimable};

/// The record of [`minus_practice`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgainstPractice {
    pub n: usize,
    pub mean_change: f64,
    pub practice: f64,
    pub practice_std_error: Option<f64>,
    /// mean_change − practice.
    pub net: Estimable<Wald>,
}

/// The mean change less a practice effect known from elsewhere, with its standard error if there is one.
///
/// SE = √(s²/n + se²). Without a standard error the practice effect counts as known and t has n − 1 df (the one-sample
/// t against `practice`); with one the df are Welch–Satterthwaite's, the practice effect's own taken as large.
/// Assumes that the practice effect of its source holds here. Matches R: `t.test(change, mu = practice)` without error.
/// Source: Chelune et al. (1993), Neuropsychology 7:41.
pub fn minus_practice(
    changes: &Changes,
    practice: f64,
    practice_std_error: Option<f64>,
    inference: Inference,
) -> Result<AgainstPractice, NotEstimable> {
    let own = paired_t(changes, 0.0, inference)?;
    if !practice.is_finite() || practice_std_error.is_some_and(|se| !(se.is_finite() && se >= 0.0)) {
        let needed = "a finite effect and a standard error of 0 or more".into();
        return Err(NotEstimable::OutsideDomain { method: "practice effect".into(), n: 1, needed });
    }
    let net = own.std_error.as_result().map_err(Clone::clone).and_then(|&se| {
        let other = practice_std_error.unwrap_or(0.0);
        let df = satterthwaite([se * se, other * other], [Some(own.df), None]);
        Wald::new(own.mean_change - practice, libm::hypot(se, other), df, 0.0, inference)
    });
    Ok(AgainstPractice { n: changes.n(), mean_change: own.mean_change, practice, practice_std_error, net: net.into() })
}

/// The record of [`against_control`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgainstControl {
    pub n: usize,
    pub mean_change: f64,
    pub control_n: usize,
    pub control_mean_change: f64,
    /// mean_change − control_mean_change.
    pub net: Estimable<Wald>,
}

/// The mean change less that of people who only repeated the test: Welch's t.
///
/// Assumes independent people in both groups; the groups were not randomised, so the difference is a description.
/// SE = √(s₁²/n₁ + s₂²/n₂), df by Welch–Satterthwaite. Matches R: `t.test(change, control_change)`.
/// Source: Welch (1947), Biometrika 34:28.
pub fn against_control(changes: &Changes, control: &Changes, inference: Inference) -> Result<AgainstControl, NotEstimable> {
    let (own, other) = (paired_t(changes, 0.0, inference)?, paired_t(control, 0.0, inference)?);
    let net = welch([changes, control], own.mean_change - other.mean_change, inference);
    Ok(AgainstControl {
        n: changes.n(),
        mean_change: own.mean_change,
        control_n: control.n(),
        control_mean_change: other.mean_change,
        net: net.into(),
    })
}

/// Two constant groups are refused; one constant group has no variance of its own and stands.
fn welch([a, b]: [&Changes; 2], difference: f64, inference: Inference) -> Result<Wald, NotEstimable> {
    for group in [a, b] {
        if group.n() < 2 {
            return Err(NotEstimable::TooFewPairs { needed: 2, found: group.n() });
        }
    }
    if a.is_constant() && b.is_constant() {
        return Err(NotEstimable::ConstantChange);
    }
    let error = |group: &Changes| if group.is_constant() { 0.0 } else { group.sd() / libm::sqrt(group.n() as f64) };
    let (ea, eb) = (error(a), error(b));
    let df = satterthwaite([ea * ea, eb * eb], [Some((a.n() - 1) as f64), Some((b.n() - 1) as f64)]);
    Wald::new(difference, libm::hypot(ea, eb), df, 0.0, inference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_practice_effect_is_the_one_sample_t() {
        let changes = Changes::from_f64(&[1.0, 4.0, -2.0, 7.0, 3.0]);
        let two = Inference::two_sided(0.95);
        let net = minus_practice(&changes, 1.5, None, two).unwrap();
        let t = paired_t(&changes, 1.5, two).unwrap();
        assert_eq!((net.net.ok().map(|w| w.p), net.net.ok().and_then(|w| w.df)), (t.p.ok().copied(), Some(4.0)));
        let uncertain = minus_practice(&changes, 1.5, Some(1.0), two).unwrap();
        assert!(uncertain.net.ok().unwrap().df > Some(4.0) && uncertain.net.ok().unwrap().p > net.net.ok().unwrap().p);
        assert!(minus_practice(&changes, 1.5, Some(-1.0), two).is_err());
        let constant = Changes::from_f64(&[2.0, 2.0]);
        assert!(against_control(&constant, &constant, two).unwrap().net.ok().is_none());
        assert_eq!(against_control(&changes, &constant, two).unwrap().net.ok().and_then(|w| w.df), Some(4.0));
    }
}
