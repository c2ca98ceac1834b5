//! One benchmark from several studies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::estimate::zero_sign_free;
use crate::stats::wald::Wald;
use crate::stats::{Inference, Interval, NotEstimable};

/// How the variance between studies is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tau2Method {
    /// DerSimonian & Laird (1986), Control Clin Trials 7:177.
    DersimonianLaird,
    /// Restricted maximum likelihood; Viechtbauer (2005), J Educ Behav Stat 30:261.
    Reml,
}

/// What the mean and the prediction are referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MetaTest {
    /// The normal distribution (metafor's default).
    Normal,
    /// Knapp & Hartung (2003), Stat Med 22:2693: rescaled standard error, t with k − 1 df.
    KnappHartung,
}

/// The record of [`random_effects`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MetaAnalysis {
    pub k: usize,
    pub tau2_method: Tau2Method,
    pub mean: Wald,
    /// Where the true mean of one more study is expected.
    pub prediction_interval: Interval,
    /// Variance between studies.
    pub tau2: f64,
    /// Share of the variance that is between studies, 0 to 1.
    pub i2: f64,
    /// Cochran's Q, with k − 1 df.
    pub q: f64,
}

/// The random-effects mean of `(yi, vi)`, estimates and their squared standard errors, with its prediction interval.
///
/// yᵢ ~ N(θᵢ, vᵢ), θᵢ ~ N(μ, τ²), vᵢ known; weights 1/(vᵢ + τ²). Prediction: mean ± quantile · √(τ² + se²), by the
/// distribution of the mean. I² = τ²/(τ² + v), v the typical variance (k − 1)/(Σw − Σw²/Σw), w = 1/vᵢ.
/// Below about five studies τ² is hardly known: Knapp and Hartung's form is the honest one.
/// Matches R: `metafor::rma(yi, vi, method = "DL" | "REML", test = "z" | "knha")` and `predict()`.
pub fn random_effects(
    studies: &[(f64, f64)],
    method: Tau2Method,
    test: MetaTest,
    inference: Inference,
) -> Result<MetaAnalysis, NotEstimable> {
    let k = studies.len();
    let bad = studies.iter().filter(|(y, v)| !(y.is_finite() && *v > 0.0 && v.is_finite())).count();
    if bad > 0 {
        return Err(NotEstimable::OutsideDomain {
            method: "random effects".into(),
            n: bad,
            needed: "a finite mean and a variance above 0".into(),
        });
    }
    if k < 2 {
        return Err(NotEstimable::NotComputed { why: format!("needs at least 2 studies, found {k}") });
    }
    let df = (k - 1) as f64;
    let fixed = Weighted::at(0.0, studies);
    let q = fixed.squares;
    let spread = fixed.w - fixed.w2 / fixed.w;
    let tau2 = match method {
        Tau2Method::DersimonianLaird => ((q - df) / spread).max(0.0),
        Tau2Method::Reml => reml(studies)?,
    };
    let pooled = Weighted::at(tau2, studies);
    let variance = match test {
        MetaTest::Normal => 1.0 / pooled.w,
        MetaTest::KnappHartung => pooled.squares / df / pooled.w,
    };
    let reference = match test {
        MetaTest::Normal => None,
        MetaTest::KnappHartung => Some(df),
    };
    let mean = Wald::new(pooled.mean, libm::sqrt(variance), reference, 0.0, inference)?;
    let wider = Wald::new(pooled.mean, libm::sqrt(variance + tau2), reference, 0.0, inference)?;
    let typical = df / spread;
    Ok(MetaAnalysis {
        k,
        tau2_method: method,
        mean,
        prediction_interval: wider.interval,
        tau2,
        i2: tau2 / (tau2 + typical),
        q: zero_sign_free(q),
    })
}

/// Sums over the studies with weights 1/(v + τ²).
struct Weighted {
    w: f64,
    w2: f64,
    w3: f64,
    mean: f64,
    /// Σ w (y − mean)².
    squares: f64,
    /// Σ w² (y − mean)².
    squares2: f64,
}

impl Weighted {
    fn at(tau2: f64, studies: &[(f64, f64)]) -> Self {
        let weights: Vec<f64> = studies.iter().map(|(_, v)| 1.0 / (v + tau2)).collect();
        let sum = |f: &dyn Fn(f64, f64) -> f64| studies.iter().zip(&weights).map(|(&(y, _), &w)| f(y, w)).sum::<f64>();
        let w = sum(&|_, w| w);
        // From the first study on, so that large means lose nothing.
        let origin = studies[0].0;
        let mean = origin + sum(&|y, w| w * (y - origin)) / w;
        Self {
            w,
            w2: sum(&|_, w| w * w),
            w3: sum(&|_, w| w * w * w),
            mean,
            squares: sum(&|y, w| w * (y - mean) * (y - mean)),
            squares2: sum(&|y, w| w * w * (y - mean) * (y - mean)),
        }
    }
}

/// Fisher scoring on τ², τ² + (yᵀPPy − tr P)/tr PP, held at 0 or above.
///
/// Where variances differ widely plain scoring runs in circles: a step beyond a point whose score had the other sign is
/// replaced by the middle of the bracket, and so is every step once scoring has had its time.
fn reml(studies: &[(f64, f64)]) -> Result<f64, NotEstimable> {
    /// Rounds after which a bracket is only halved.
    const SCORING: usize = 60;
    let k = studies.len() as f64;
    let mean = studies.iter().map(|(y, _)| y / k).sum::<f64>();
    let within = studies.iter().map(|(_, v)| v / k).sum::<f64>();
    let between = studies.iter().map(|(y, _)| (y - mean) * (y - mean)).sum::<f64>() / (k - 1.0);
    let mut tau2 = (between - within).max(0.0);
    let (mut low, mut high) = (None, f64::INFINITY);
    for round in 0..2_000 {
        let s = Weighted::at(tau2, studies);
        let trace = s.w - s.w2 / s.w;
        let trace2 = s.w2 - 2.0 * s.w3 / s.w + (s.w2 / s.w) * (s.w2 / s.w);
        let score = s.squares2 - trace;
        if score > 0.0 {
            low = Some(tau2);
        } else if tau2 == 0.0 {
            return Ok(0.0);
        } else {
            high = tau2;
        }
        let step = (tau2 + score / trace2).max(0.0);
        let next = match low {
            Some(low) if high.is_finite() && (step <= low || step >= high || round > SCORING) => 0.5 * (low + high),
            _ => step,
        };
        if !next.is_finite() {
            return Err(NotEstimable::Overflow);
        }
        if (next - tau2).abs() <= 1e-13 * (next + within) {
            return Ok(next);
        }
        tau2 = next;
    }
    Err(NotEstimable::NotComputed { why: "the variance between studies did not converge".into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_variances_have_a_closed_form() {
        // REML and DL agree: τ² = s² − v.
        let studies = [(1.0, 0.5), (4.0, 0.5), (7.0, 0.5)];
        for method in [Tau2Method::DersimonianLaird, Tau2Method::Reml] {
            let r = random_effects(&studies, method, MetaTest::KnappHartung, Inference::two_sided(0.95)).unwrap();
            assert!(
                (r.tau2 - 8.5).abs() < 1e-12 && (r.mean.estimate - 4.0).abs() < 1e-14 && (r.mean.std_error - 3.0_f64.sqrt()).abs() < 1e-12
            );
        }
        let alike = random_effects(&[(1.0, 0.5), (1.1, 0.2)], Tau2Method::Reml, MetaTest::Normal, Inference::two_sided(0.95)).unwrap();
        assert_eq!((alike.tau2, alike.i2, alike.prediction_interval), (0.0, 0.0, alike.mean.interval));
        assert!(random_effects(&studies[..1], Tau2Method::Reml, MetaTest::Normal, Inference::two_sided(0.95)).is_err());
        assert!(random_effects(&[(1.0, 0.0), (1.0, 1.0)], Tau2Method::Reml, MetaTest::Normal, Inference::two_sided(0.95)).is_err());
    }
}
