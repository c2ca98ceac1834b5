//! Yuen's paired test on 20 % trimmed means.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::Scores;
use crate::stats::distribution::{normal, student_t};
use crate::stats::estimate::zero_sign_free;
use crate::stats::{Estimable, Inference, Interval, NotEstimable, PValue, Pairs};

/// The record of [`yuen`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Yuen {
    /// Trimmed mean(post) − trimmed mean(pre).
    pub estimate: f64,
    pub std_error: f64,
    pub t: f64,
    pub df: f64,
    pub p: PValue,
    pub interval: Interval,
    /// Trimmed, winsorised robust d (Algina, Keselman & Penfield 2005).
    pub robust_d: Estimable<f64>,
}

/// Variance of the 20 % winsorised standard normal, the square of the 0.642 of the paper:
/// (1 − 2γ) − 2 z φ(z) + 2 γ z², γ = 0.2, z = Φ⁻¹(0.8).
fn winsorised_normal_variance() -> f64 {
    let z = normal::quantile(0.8);
    0.6 - 2.0 * z * normal::pdf(z) + 0.4 * z * z
}

/// Yuen's paired test of trimmed mean(post) − trimmed mean(pre), 20 % off each end of each column.
///
/// Assumes independent subjects; resists outliers. g = ⌊n/5⌋, h = n − 2g; each column is winsorised in its own order,
/// pairs kept; se = √(Σ(dᵢ − d̄)² / (h (h − 1))) with d the difference of the winsorised scores, df = h − 1.
/// The robust d is 0.642 (t̄post − t̄pre) / √((w²pre + w²post)/2), w² the winsorised variances, the constant to all digits.
/// Matches R: `WRS2::yuend(post, pre, tr = 0.2)`. Source: Yuen (1974), Biometrika 61:165; Wilcox (2012), §5.9.5;
/// Algina, Keselman & Penfield (2005), Educ Psychol Meas 65:241.
pub fn yuen(pairs: &Pairs, inference: Inference) -> Result<Yuen, NotEstimable> {
    let n = pairs.n();
    if n < 2 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: n });
    }
    let g = n / 5;
    let h = n - 2 * g;
    let (pre, post) = (winsorised(pairs.pre(), g), winsorised(pairs.post(), g));
    let estimate = zero_sign_free(trimmed_difference(pairs, g));
    let change = post.minus(&pre);
    if change.is_constant() {
        return Err(if pairs.changes().is_constant() {
            NotEstimable::ConstantChange
        } else {
            NotEstimable::NotComputed { why: "the winsorised changes are all equal".into() }
        });
    }
    let (h, df) = (h as f64, h as f64 - 1.0);
    // √(SS / (h (h − 1))) with SS = (n − 1) s², so that extreme scales do not overflow.
    let std_error = change.sd() * libm::sqrt((n - 1) as f64 / (h * (h - 1.0)));
    let t = zero_sign_free(estimate / std_error);
    let reach = student_t::quantile_upper(0.5 * inference.alpha(), df) * std_error;
    let interval =
        Interval { level: inference.conf_level, lower: zero_sign_free(estimate - reach), upper: zero_sign_free(estimate + reach) };
    if !(t.is_finite() && std_error.is_normal() && interval.lower.is_finite() && interval.upper.is_finite()) {
        return Err(NotEstimable::Overflow);
    }
    Ok(Yuen {
        estimate,
        std_error,
        t,
        df,
        p: PValue::from_tails(student_t::cdf(t, df), student_t::sf(t, df), inference.alternative)?,
        interval,
        robust_d: robust_d(estimate, &pre, &post, g).into(),
    })
}

fn robust_d(estimate: f64, pre: &Scores, post: &Scores, g: usize) -> Result<f64, NotEstimable> {
    // METHOD: below five pairs nothing is trimmed and the constant of 20 % trimming would be wrong.
    if g == 0 {
        return Err(NotEstimable::TooFewPairs { needed: 5, found: pre.len() });
    }
    let scale = libm::hypot(pre.sd(), post.sd()) * std::f64::consts::FRAC_1_SQRT_2;
    if scale == 0.0 {
        return Err(NotEstimable::NotComputed { why: "the winsorised variances are zero".into() });
    }
    let d = libm::sqrt(winsorised_normal_variance()) * (estimate / scale);
    if d.is_finite() { Ok(zero_sign_free(d)) } else { Err(NotEstimable::Overflow) }
}

/// The column with its `g` lowest and highest scores drawn in to the next, in place.
fn winsorised(column: &Scores, g: usize) -> Scores {
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_by(|&i, &j| column.compare(i, j));
    let last = order.len() - 1 - g;
    let mut source: Vec<usize> = (0..order.len()).collect();
    for &i in &order[..g] {
        source[i] = order[g];
    }
    for &i in &order[last + 1..] {
        source[i] = order[last];
    }
    column.select(&source)
}

/// Trimmed mean(post) − trimmed mean(pre), on the grid rounded once.
fn trimmed_difference(pairs: &Pairs, g: usize) -> f64 {
    let middle = |column: &Scores| {
        let mut order: Vec<usize> = (0..column.len()).collect();
        order.sort_by(|&i, &j| column.compare(i, j));
        column.select(&order[g..order.len() - g])
    };
    // The difference of two sorted middles has the difference of their means as its mean.
    middle(pairs.post()).minus(&middle(pairs.pre())).mean()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constant_is_the_one_of_the_paper() {
        assert!((libm::sqrt(winsorised_normal_variance()) - 0.642).abs() < 0.001);
    }

    #[test]
    fn without_trimming_it_is_the_paired_t() {
        let pairs = Pairs::from_f64(&[1.0, 2.0, 4.0], &[2.0, 5.0, 6.0]);
        let t = crate::stats::paired::paired_t(pairs.changes(), 0.0, Inference::two_sided(0.95));
        let y = yuen(&pairs, Inference::two_sided(0.95));
        let both = y.ok().zip(t.ok().and_then(|t| t.t.ok().copied()));
        assert!(both.is_some_and(|(y, t)| (y.t / t - 1.0).abs() < 1e-14 && y.robust_d.ok().is_none()));
    }
}
