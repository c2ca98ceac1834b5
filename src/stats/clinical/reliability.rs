//! What a reliability says of the error of one score and of one change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::distribution::{chi_squared, normal};
use crate::stats::{Interval, NotEstimable};

/// A reliability coefficient and what it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reliability {
    pub value: f64,
    /// What kind and whose, as shown beside every number that rests on it: "test-retest, 2 weeks, outpatients".
    pub label: String,
    /// How many people it rests on, where the source says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub n: Option<u64>,
}

/// The record of [`measurement_error`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MeasurementError {
    pub sd: f64,
    pub reliability: f64,
    /// SD √(1 − r), the standard error of measurement of one score.
    pub sem: f64,
    /// √2 SEM, the standard error of the difference of two scores.
    pub s_diff: f64,
    /// The z of the next field.
    pub critical: f64,
    /// z s_diff: a smaller change of one person may be measurement error.
    pub smallest_detectable_change: f64,
}

/// SEM, s_diff and the smallest detectable change from an SD and a reliability.
///
/// SEM = SD √(1 − r), s_diff = √2 SEM, SDC = z s_diff. Assumes the reliability is that of this population and interval, and the
/// same error for everybody. Refused for an SD of 0 and a reliability outside [0, 1): at 1 there is no error to exceed.
/// Matches R: `1.96 * sqrt(2) * sd * sqrt(1 - r)`. Source: Jacobson & Truax (1991) J Consult Clin Psychol 59:12; de Vet
/// et al. (2006) Health Qual Life Outcomes 4:54.
pub fn measurement_error(sd: f64, reliability: f64, critical: f64) -> Result<MeasurementError, NotEstimable> {
    check_sd(sd, "the SD")?;
    check_reliability(reliability)?;
    let sem = sd * libm::sqrt(1.0 - reliability);
    let s_diff = std::f64::consts::SQRT_2 * sem;
    let smallest_detectable_change = critical * s_diff;
    if !(sem.is_normal() && smallest_detectable_change.is_finite()) {
        return Err(NotEstimable::Overflow);
    }
    Ok(MeasurementError { sd, reliability, sem, s_diff, critical, smallest_detectable_change })
}

impl Reliability {
    /// The sampling error of a test–retest correlation on `n` people: tanh(atanh r ± z/√(n − 3)).
    ///
    /// Assumes bivariate normal scores; not for alpha or an ICC, whose laws differ. Refused without n or below 4.
    /// Matches R: `cor.test`. Source: Fisher (1921).
    pub fn interval(&self, conf_level: f64) -> Result<Interval, NotEstimable> {
        check_reliability(self.value)?;
        let n = self.n.filter(|n| *n >= 4).ok_or_else(|| unknown_n("reliability"))?;
        let z = -normal::quantile(0.5 * (1.0 - conf_level)) / libm::sqrt((n - 3) as f64);
        let centre = libm::atanh(self.value);
        Ok(Interval { level: conf_level, lower: libm::tanh(centre - z), upper: libm::tanh(centre + z) })
    }
}

impl super::Norms {
    /// The sampling error of the SD on `n` people: s √((n − 1)/χ²).
    ///
    /// Assumes normal scores. Refused without n or below 2.
    /// Matches R: `sd * sqrt((n - 1) / qchisq(c(.975, .025), n - 1))`.
    pub fn sd_interval(&self, conf_level: f64) -> Result<Interval, NotEstimable> {
        check_sd(self.sd, "the SD")?;
        let n = self.n.filter(|n| *n >= 2).ok_or_else(|| unknown_n("SD"))?;
        let (df, half) = ((n - 1) as f64, 0.5 * (1.0 - conf_level));
        let limit = |p: f64| self.sd * libm::sqrt(df / chi_squared::quantile(p, df));
        Ok(Interval { level: conf_level, lower: limit(1.0 - half), upper: limit(half) })
    }
}

/// The record of [`change_from_t`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeFromT {
    pub sd_change: f64,
    pub d_z: f64,
}

/// The SD of change and d_z that a published paired t-test implies: SD = |d̄| √n / |t|, d_z = t/√n with the sign of d̄.
///
/// Only the magnitude of t is used: papers subtract in either order. Refused for a t or a difference of 0.
/// Source: Cochrane Handbook (2023) §6.5.2.8.
pub fn change_from_t(difference: f64, t: f64, n: u64) -> Result<ChangeFromT, NotEstimable> {
    if n < 2 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: n as usize });
    }
    if !(difference.is_finite() && t.is_finite() && difference != 0.0 && t != 0.0) {
        return Err(NotEstimable::NotComputed { why: "a difference or a t of 0 does not tell the SD of change".into() });
    }
    let root = libm::sqrt(n as f64);
    Ok(ChangeFromT { sd_change: difference.abs() * root / t.abs(), d_z: difference.signum() * t.abs() / root })
}

pub(super) fn check_sd(sd: f64, whose: &str) -> Result<(), NotEstimable> {
    if sd > 0.0 && sd.is_finite() {
        return Ok(());
    }
    Err(NotEstimable::NotComputed { why: format!("{whose} must be above 0, it is {sd}") })
}

pub(super) fn check_reliability(r: f64) -> Result<(), NotEstimable> {
    if (0.0..1.0).contains(&r) {
        return Ok(());
    }
    Err(NotEstimable::NotComputed { why: format!("a reliability lies from 0 to below 1, not at {r}") })
}

fn unknown_n(what: &str) -> NotEstimable {
    NotEstimable::NotComputed { why: format!("how many people the {what} rests on is not known, or too few") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published() {
        // SD 5.84, ICC .73: SDC 8.41.
        let sdc = measurement_error(5.84, 0.73, 1.96).map(|e| libm::round(e.smallest_detectable_change * 100.0) / 100.0);
        assert_eq!(sdc, Ok(8.41));
        // Difference 11.5, t 13.303, n 112: SD 9.149, d_z 1.257.
        let change = change_from_t(11.5, 13.303, 112).map(|c| (libm::round(c.sd_change * 1e3) / 1e3, libm::round(c.d_z * 1e3) / 1e3));
        assert_eq!(change, Ok((9.149, 1.257)));
        // Jacobson & Truax (1991): SD 7.5, r .80.
        let jt = measurement_error(7.5, 0.8, 1.96).map(|e| (libm::round(e.sem * 100.0) / 100.0, libm::round(e.s_diff * 100.0) / 100.0));
        assert_eq!(jt, Ok((3.35, 4.74)));
    }

    #[test]
    fn refusals() {
        for (sd, r) in [(0.0, 0.8), (-1.0, 0.8), (f64::NAN, 0.8), (5.0, 1.0), (5.0, -0.1), (5.0, f64::NAN), (1e308, 0.0)] {
            assert!(measurement_error(sd, r, 1.96).is_err(), "{sd} {r}");
        }
        assert!(change_from_t(1.0, 0.0, 10).is_err() && change_from_t(0.0, 1.0, 10).is_err() && change_from_t(1.0, 1.0, 1).is_err());
        assert!(Reliability { value: 0.8, label: "alpha".into(), n: None }.interval(0.95).is_err());
    }
}
