//! The JZS Bayes factor of the paired t.

use std::f64::consts::FRAC_1_SQRT_2;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::DoubleDouble;
use crate::stats::distribution::normal::LN_SQRT_2PI;
use crate::stats::estimate::zero_sign_free;
use crate::stats::paired::paired_t;
use crate::stats::{Changes, Inference, NotEstimable};

/// The scale of the prior where the plan names none, √2/2 ("medium").
pub const DEFAULT_SCALE: f64 = FRAC_1_SQRT_2;

/// The record of [`bayes_factor`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BayesFactor {
    pub n: usize,
    pub t: f64,
    /// Scale of the Cauchy prior on d_z.
    pub scale: f64,
    /// Natural logarithm of the Bayes factor for a change against none; positive favours a change.
    pub log_bf10: f64,
}

/// One point of the robustness curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScaleAt {
    pub scale: f64,
    pub log_bf10: f64,
}

/// The Bayes factor for a change (d_z ~ Cauchy(0, scale)) against none (d_z = 0), two-sided, as a natural logarithm.
///
/// Assumes independent people and normal changes; the mean's scale and the variance have the Jeffreys prior.
/// Matches R: `BayesFactor::ttestBF(change, rscale = scale)`. Source: Rouder et al. (2009), Psychon Bull Rev 16:225.
pub fn bayes_factor(changes: &Changes, scale: f64) -> Result<BayesFactor, NotEstimable> {
    let test = paired_t(changes, 0.0, Inference::two_sided(0.95))?;
    let t = *test.t.as_result().map_err(Clone::clone)?;
    Ok(BayesFactor { n: changes.n(), t, scale, log_bf10: log_bf10(t, changes.n(), scale)? })
}

/// The Bayes factor at `steps` + 1 scales from `low` to `high`, spaced by equal ratios.
pub fn robustness(t: f64, n: usize, [low, high]: [f64; 2], steps: usize) -> Result<Vec<ScaleAt>, NotEstimable> {
    let steps = steps.max(1);
    let at = |k: usize| match k {
        0 => low,
        k if k == steps => high,
        k => libm::exp(libm::log(low) + (libm::log(high) - libm::log(low)) * (k as f64 / steps as f64)),
    };
    (0..=steps).map(at).map(|scale| log_bf10(t, n, scale).map(|log_bf10| ScaleAt { scale, log_bf10 })).collect()
}

/// ln BF₁₀ of the one-sample t with n people.
///
/// BF₁₀ = ∫₀^∞ (1 + n g)^(−½) [(1 + t²/(ν (1 + n g)))/(1 + t²/ν)]^(−(ν+1)/2) s (2π)^(−½) g^(−3/2) e^(−s²/(2g)) dg, ν = n − 1.
/// In u = ln g the integrand is analytic, of width about 1 and falls exponentially on both sides, so that the trapezoid
/// rule converges geometrically; the step is halved until two results agree to 1e-12. Everything is in logarithms.
pub fn log_bf10(t: f64, n: usize, scale: f64) -> Result<f64, NotEstimable> {
    if n < 2 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: n });
    }
    if !(t.is_finite() && scale.is_finite() && scale > 0.0) {
        let needed = "a finite t and a prior scale above 0".into();
        return Err(NotEstimable::OutsideDomain { method: "bayes_factor".into(), n: 1, needed });
    }
    let integrand = Integrand::new(t, n, scale);
    let mut step = 0.25;
    let mut coarse = integrand.trapezoid(step);
    for _ in 0..6 {
        step *= 0.5;
        let fine = integrand.trapezoid(step);
        if (fine - coarse).abs() <= 1e-12 * fine.abs().max(1.0) {
            return Ok(zero_sign_free(fine));
        }
        coarse = fine;
    }
    Err(NotEstimable::NotComputed { why: "the integral of the Bayes factor did not settle".into() })
}

struct Integrand {
    ln_n: f64,
    /// (ν + 1)/2.
    power: f64,
    /// ln(t²/ν), −∞ at t = 0.
    ln_a: f64,
    ln_scale: f64,
}

impl Integrand {
    fn new(t: f64, n: usize, scale: f64) -> Self {
        let df = (n - 1) as f64;
        Self {
            ln_n: libm::log(n as f64),
            power: 0.5 * n as f64,
            ln_a: 2.0 * libm::log(t.abs()) - libm::log(df),
            ln_scale: libm::log(scale),
        }
    }

    /// ln of the integrand at u = ln g, with dg = g du.
    fn ln_at(&self, u: f64) -> f64 {
        let ln_ng = self.ln_n + u;
        // The bracket is 1 − w; where w is large, by the logarithms of its three factors.
        let w = logistic(ln_ng) * logistic(self.ln_a);
        let ln_bracket = if w < 0.5 {
            libm::log1p(-w)
        } else {
            let larger = ln_ng.max(self.ln_a);
            let sum = larger + libm::log1p(libm::exp(ln_ng.min(self.ln_a) - larger));
            softplus(sum) - softplus(ln_ng) - softplus(self.ln_a)
        };
        let prior = self.ln_scale - LN_SQRT_2PI - 0.5 * u - 0.5 * libm::exp(2.0 * self.ln_scale - u);
        -0.5 * softplus(ln_ng) - self.power * ln_bracket + prior
    }

    /// ln of the integral by the trapezoid rule.
    ///
    /// To the left of ln s² − 8 the prior is below e^−1400 of its peak. On the right the integrand falls as e^−u from
    /// the last place where it can peak, g about s² or t²/n.
    fn trapezoid(&self, step: f64) -> f64 {
        let left = 2.0 * self.ln_scale - 8.0;
        let last_peak = (2.0 * self.ln_scale).max(self.ln_a).max(-self.ln_n);
        let count = ((last_peak + 46.0 - left) / step) as usize;
        let values: Vec<f64> = (0..=count).map(|k| self.ln_at(left + k as f64 * step)).collect();
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: DoubleDouble = values.iter().map(|value| libm::exp(value - most)).collect();
        most + libm::log(sum.value() * step)
    }
}

/// ln(1 + eˣ).
fn softplus(x: f64) -> f64 {
    if x > 0.0 { x + libm::log1p(libm::exp(-x)) } else { libm::log1p(libm::exp(x)) }
}

/// eˣ/(1 + eˣ).
fn logistic(x: f64) -> f64 {
    if x > 0.0 {
        1.0 / (1.0 + libm::exp(-x))
    } else {
        let e = libm::exp(x);
        e / (1.0 + e)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleep() {
        // The manual of the R package: ttestBF(diff of sleep) is 17.259.
        let changes = Changes::from_f64(&[1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]);
        let bf = bayes_factor(&changes, DEFAULT_SCALE).unwrap();
        assert_eq!((libm::exp(bf.log_bf10) * 1000.0).round(), 17_259.0);
    }

    #[test]
    fn extremes_stay_finite_and_ordered() {
        let mut before = f64::NEG_INFINITY;
        for t in [0.0, 1.0, 10.0, 1e3, 1e6, 1e12, 1e100, 1e300] {
            let now = log_bf10(t, 20, DEFAULT_SCALE).unwrap();
            assert!(now > before && now.is_finite(), "{t} {now}");
            assert_eq!(log_bf10(-t, 20, DEFAULT_SCALE), Ok(now));
            before = now;
        }
        assert!(log_bf10(0.0, 1_000_000, DEFAULT_SCALE).unwrap() < -6.0);
        assert!(log_bf10(f64::INFINITY, 20, 0.7).is_err() && log_bf10(1.0, 1, 0.7).is_err() && log_bf10(1.0, 9, 0.0).is_err());
    }
}
