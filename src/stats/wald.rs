//! An estimate with its standard error, and the test and interval that follow from the two.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::distribution::{normal, student_t};
use super::estimate::zero_sign_free;
use super::{Inference, Interval, NotEstimable, PValue};

/// An estimate, its standard error, the test of a null and the two-sided interval. `df` is absent where the normal
/// distribution is the reference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Wald {
    pub estimate: f64,
    pub std_error: f64,
    /// (estimate − null) / std_error.
    pub statistic: f64,
    pub df: Option<f64>,
    pub p: PValue,
    pub interval: Interval,
}

impl Wald {
    /// By t with `df`, or by z without; refused where the standard error is zero or beyond a double.
    pub(crate) fn new(estimate: f64, std_error: f64, df: Option<f64>, null: f64, inference: Inference) -> Result<Self, NotEstimable> {
        if std_error == 0.0 {
            return Err(NotEstimable::NotComputed { why: "the standard error is zero".into() });
        }
        let statistic = zero_sign_free((estimate - null) / std_error);
        let half = 0.5 * inference.alpha();
        let (lower_tail, upper_tail, quantile) = match df {
            Some(df) => (student_t::cdf(statistic, df), student_t::sf(statistic, df), student_t::quantile_upper(half, df)),
            None => (normal::cdf(statistic), normal::sf(statistic), -normal::quantile(half)),
        };
        let reach = quantile * std_error;
        let interval =
            Interval { level: inference.conf_level, lower: zero_sign_free(estimate - reach), upper: zero_sign_free(estimate + reach) };
        let finite = [estimate, statistic, interval.lower, interval.upper].iter().all(|value| value.is_finite());
        if !(std_error.is_normal() && finite) {
            return Err(NotEstimable::Overflow);
        }
        let p = PValue::from_tails(lower_tail, upper_tail, inference.alternative)?;
        Ok(Self { estimate: zero_sign_free(estimate), std_error, statistic, df, p, interval })
    }

    /// The same, moved by `by`: for a shift that is known without error.
    pub(crate) fn shifted(&self, by: f64, inference: Inference) -> Result<Self, NotEstimable> {
        Self::new(self.estimate + by, self.std_error, self.df, 0.0, inference)
    }
}

/// Welch–Satterthwaite degrees of freedom of a sum of two independent variances; a part without df is known.
///
/// (a + b)² / (a²/df_a + b²/df_b). Absent where neither part has df, and where the df exceed what a double holds.
/// Source: Satterthwaite (1946), Biometrics Bull 2:110; Welch (1947), Biometrika 34:28.
pub(crate) fn satterthwaite([a, b]: [f64; 2], df: [Option<f64>; 2]) -> Option<f64> {
    let largest = a.max(b);
    let (a, b) = (a / largest, b / largest);
    let part = |variance: f64, df: Option<f64>| df.map_or(0.0, |df| variance * variance / df);
    let below = part(a, df[0]) + part(b, df[1]);
    let total = (a + b) * (a + b) / below;
    (below > 0.0 && total < 1e300).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_of_freedom() {
        assert_eq!(satterthwaite([1.0, 1.0], [Some(9.0), Some(9.0)]), Some(18.0));
        assert_eq!(satterthwaite([2.0, 0.0], [Some(9.0), None]), Some(9.0));
        assert_eq!(satterthwaite([1.0, 1.0], [Some(9.0), None]), Some(36.0));
        assert_eq!(satterthwaite([1.0, 1.0], [None, None]), None);
        let wald = |se| Wald::new(1.0, se, None, 0.0, Inference::two_sided(0.95));
        assert!(wald(0.0).is_err() && wald(f64::INFINITY).is_err() && wald(f64::NAN).is_err());
    }
}
