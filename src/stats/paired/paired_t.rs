//! Student's paired t-test.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::distribution::student_t;
use crate::stats::estimate::zero_sign_free;
use crate::stats::{Changes, Estimable, Inference, Interval, NotEstimable, PValue};

/// The record of [`paired_t`]. With one pair or constant changes the mean stands and the test is refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PairedT {
    pub mean_change: f64,
    pub sd_change: Estimable<f64>,
    pub std_error: Estimable<f64>,
    pub t: Estimable<f64>,
    pub df: f64,
    pub p: Estimable<PValue>,
    pub interval: Estimable<Interval>,
}

/// Student's paired t-test of the mean change against `null`.
///
/// Assumes independent subjects and a roughly normal mean change. t = (mean − null) / (sd / √n), df = n − 1; the
/// interval is mean ± t(1 − α/2; df) · sd / √n, two-sided whatever the alternative.
/// Matches R: `t.test(post, pre, paired = TRUE, mu = null)`. Source: Student (1908), Biometrika 6:1.
pub fn paired_t(changes: &Changes, null: f64, inference: Inference) -> Result<PairedT, NotEstimable> {
    let n = changes.n();
    if n == 0 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: n });
    }
    let df = (n - 1) as f64;
    let mean_change = finite(changes.mean())?;
    let refused = |why: NotEstimable| PairedT {
        mean_change,
        sd_change: Estimable::NotEstimable(why.clone()),
        std_error: Estimable::NotEstimable(why.clone()),
        t: Estimable::NotEstimable(why.clone()),
        df,
        p: Estimable::NotEstimable(why.clone()),
        interval: Estimable::NotEstimable(why),
    };
    if n == 1 {
        return Ok(refused(NotEstimable::TooFewPairs { needed: 2, found: n }));
    }
    if changes.is_constant() {
        return Ok(PairedT { sd_change: Estimable::Estimated(0.0), ..refused(NotEstimable::ConstantChange) });
    }
    let sd = changes.sd();
    let std_error = sd / libm::sqrt(n as f64);
    let t = (mean_change - null) / sd * libm::sqrt(n as f64);
    if !(std_error.is_normal() && t.is_finite()) {
        return Ok(refused(NotEstimable::Overflow));
    }
    let t = zero_sign_free(t);
    let reach = student_t::quantile_upper(0.5 * inference.alpha(), df) * std_error;
    let interval =
        Interval { level: inference.conf_level, lower: zero_sign_free(mean_change - reach), upper: zero_sign_free(mean_change + reach) };
    let interval = if interval.lower.is_finite() && interval.upper.is_finite() { Ok(interval) } else { Err(NotEstimable::Overflow) };
    Ok(PairedT {
        mean_change,
        sd_change: Estimable::Estimated(sd),
        std_error: Estimable::Estimated(std_error),
        t: Estimable::Estimated(t),
        df,
        p: PValue::from_tails(student_t::cdf(t, df), student_t::sf(t, df), inference.alternative).into(),
        interval: interval.into(),
    })
}

fn finite(value: f64) -> Result<f64, NotEstimable> {
    if value.is_finite() { Ok(zero_sign_free(value)) } else { Err(NotEstimable::Overflow) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_by_name() {
        let ask = |values: &[f64]| paired_t(&Changes::from_f64(values), 0.0, Inference::two_sided(0.95));
        assert_eq!(ask(&[]), Err(NotEstimable::TooFewPairs { needed: 2, found: 0 }));
        let one = ask(&[1.0]).map(|r| (r.mean_change, r.t.reason().cloned()));
        assert_eq!(one, Ok((1.0, Some(NotEstimable::TooFewPairs { needed: 2, found: 1 }))));
        let constant = ask(&[0.3, 0.3, 0.3]).map(|r| (r.mean_change, r.t.reason().cloned()));
        assert_eq!(constant, Ok((0.3, Some(NotEstimable::ConstantChange))));
    }

    #[test]
    fn extreme_scales_give_the_same_t() {
        let t = |scale: f64| {
            let values: Vec<f64> = [1.0, 4.0, -2.0, 7.0].iter().map(|v| v * scale).collect();
            paired_t(&Changes::from_f64(&values), 0.0, Inference::two_sided(0.95)).ok().and_then(|r| r.t.ok().copied())
        };
        for scale in [1e150, 1e-150] {
            assert!(t(1.0).zip(t(scale)).is_some_and(|(a, b)| (a / b - 1.0).abs() < 1e-14), "{scale}");
        }
    }
}
