//! The change to be expected from entry by score alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::NotEstimable;
use crate::stats::distribution::normal;
use crate::stats::estimate::zero_sign_free;

/// Which side of the cut-off was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    Above,
    Below,
}

/// The record of [`expected_by_selection`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExpectedBySelection {
    /// Share of the population beyond the cut-off.
    pub share_selected: f64,
    pub expected_pre: f64,
    pub expected_change: f64,
}

/// The mean pre score and the mean change that selection on the pre score alone produces, without any effect.
///
/// Pre and post are bivariate normal in the population, mean μ and SD σ at both visits, correlation r; people enter
/// beyond `cut`. With s = +1 for above and −1 for below, z = s (cut − μ)/σ and c = φ(z)/(1 − Φ(z)):
/// expected pre μ + s σ c, expected change −s σ (1 − r) c.
/// Reference in R: `mu + s * sigma * dnorm(z) / pnorm(z, lower.tail = FALSE)`.
/// Source: Davis (1976), Am J Epidemiol 104:493; Barnett, van der Pols & Dobson (2005), Int J Epidemiol 34:215.
pub fn expected_by_selection(selection: Selection, cut: f64, mean: f64, sd: f64, r: f64) -> Result<ExpectedBySelection, NotEstimable> {
    let outside = |needed: &str| NotEstimable::OutsideDomain { method: "regression to the mean".into(), n: 1, needed: needed.into() };
    if !(sd > 0.0 && sd.is_finite()) {
        return Err(outside("a population SD above 0"));
    }
    if !(-1.0..=1.0).contains(&r) {
        return Err(outside("a correlation from -1 to 1"));
    }
    let sign = match selection {
        Selection::Above => 1.0,
        Selection::Below => -1.0,
    };
    let z = sign * (cut - mean) / sd;
    let pull = sign * sd * hazard(z);
    let expected = ExpectedBySelection {
        share_selected: normal::sf(z),
        expected_pre: mean + pull,
        expected_change: zero_sign_free(-(1.0 - r) * pull),
    };
    // Where nobody is beyond the cut-off to within a double, there is nobody to speak of.
    let sound = expected.share_selected > 0.0 && expected.expected_pre.is_finite() && expected.expected_change.is_finite();
    if sound { Ok(expected) } else { Err(NotEstimable::Overflow) }
}

/// φ(z)/(1 − Φ(z)); far out by Laplace's continued fraction z + 1/(z + 2/(z + 3/…)).
fn hazard(z: f64) -> f64 {
    if z < 6.0 {
        return normal::pdf(z) / normal::sf(z);
    }
    (1..=80).rev().fold(z, |below, k| z + f64::from(k) / below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mirror_ends_and_refusals() {
        let above = expected_by_selection(Selection::Above, 60.0, 50.0, 10.0, 0.6).unwrap();
        let below = expected_by_selection(Selection::Below, 40.0, 50.0, 10.0, 0.6).unwrap();
        assert_eq!(above.expected_change, -below.expected_change);
        assert!((above.expected_pre - 50.0 - (50.0 - below.expected_pre)).abs() < 1e-12);
        assert_eq!(expected_by_selection(Selection::Above, 60.0, 50.0, 10.0, 1.0).unwrap().expected_change, 0.0);
        let everyone = expected_by_selection(Selection::Above, -1e6, 50.0, 10.0, 0.6).unwrap();
        assert_eq!((everyone.share_selected, everyone.expected_pre), (1.0, 50.0));
        assert!(expected_by_selection(Selection::Above, 60.0, 50.0, 0.0, 0.6).is_err());
        assert!(expected_by_selection(Selection::Above, 60.0, 50.0, 10.0, 1.1).is_err());
        assert_eq!(expected_by_selection(Selection::Above, 1e6, 50.0, 10.0, 0.6), Err(NotEstimable::Overflow));
        assert!((hazard(6.0) / (normal::pdf(6.0) / normal::sf(6.0)) - 1.0).abs() < 1e-13);
    }
}
