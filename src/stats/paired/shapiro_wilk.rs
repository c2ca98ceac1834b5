//! The Shapiro–Wilk statistic of the changes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::DoubleDouble;
use crate::stats::describe;
use crate::stats::distribution::normal;
use crate::stats::{Changes, NotEstimable, PValue};

/// The record of [`shapiro_wilk`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShapiroWilk {
    pub w: f64,
    pub p: PValue,
}

/// Shapiro–Wilk statistic of the changes with Royston's p, for 3 to 5000 changes that are not all equal.
///
/// Information only: it never selects a test. W = (Σ aᵢ x₍ᵢ₎)² / Σ (xᵢ − x̄)², a from normal scores with Royston's
/// polynomials at the ends; 1 − W is formed directly, so that W near 1 keeps its tail.
/// Matches R: `shapiro.test(x)`. Source: Royston (1995), Appl Stat 44:547, AS R94.
pub fn shapiro_wilk(changes: &Changes) -> Result<ShapiroWilk, NotEstimable> {
    let n = changes.n();
    if n < 3 {
        return Err(NotEstimable::TooFewPairs { needed: 3, found: n });
    }
    if n > 5000 {
        return Err(NotEstimable::OutsideDomain { method: "the Shapiro–Wilk test".into(), n, needed: "3 to 5000".into() });
    }
    if changes.is_constant() {
        return Err(NotEstimable::ConstantChange);
    }
    let x = describe::deviations(changes.scores());
    let largest = x.iter().fold(0.0_f64, |most, d| most.max(d.abs()));
    if !(largest.is_finite() && largest > 0.0) {
        return Err(NotEstimable::Overflow);
    }
    let weights = weights(n);
    let (mut aa, mut ax, mut xx) = (DoubleDouble::default(), DoubleDouble::default(), DoubleDouble::default());
    for (a, x) in weights.iter().zip(x.iter().map(|x| x / largest)) {
        aa.add_product(*a, *a);
        ax.add_product(*a, x);
        xx.add_product(x, x);
    }
    let (ax, norm) = (ax.value(), libm::sqrt(aa.value() * xx.value()));
    let complement = ((norm - ax) * (norm + ax) / (norm * norm)).clamp(0.0, 1.0);
    let w = 1.0 - complement;
    Ok(ShapiroWilk { w, p: PValue::new(p_value(w, complement, n)).ok_or(NotEstimable::Overflow)? })
}

/// The antisymmetric weights, ascending.
fn weights(n: usize) -> Vec<f64> {
    const LAST: [f64; 6] = [0.0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056];
    const LAST_BUT_ONE: [f64; 6] = [0.0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
    let half = n / 2;
    // The upper half, from the largest down.
    let mut upper = vec![std::f64::consts::FRAC_1_SQRT_2];
    if n > 3 {
        let scores: Vec<f64> = (1..=half).map(|i| -normal::quantile((i as f64 - 0.375) / (n as f64 + 0.25))).collect();
        let total = 2.0 * scores.iter().map(|m| m * m).sum::<f64>();
        let (root, u) = (libm::sqrt(total), 1.0 / libm::sqrt(n as f64));
        let first = normal::horner(&LAST, u) + scores[0] / root;
        let (fixed, factor) = if n > 5 {
            let second = normal::horner(&LAST_BUT_ONE, u) + scores[1] / root;
            let rest = total - 2.0 * scores[0] * scores[0] - 2.0 * scores[1] * scores[1];
            (vec![first, second], libm::sqrt(rest / (1.0 - 2.0 * first * first - 2.0 * second * second)))
        } else {
            let rest = total - 2.0 * scores[0] * scores[0];
            (vec![first], libm::sqrt(rest / (1.0 - 2.0 * first * first)))
        };
        upper = fixed.iter().copied().chain(scores[fixed.len()..].iter().map(|m| m / factor)).collect();
    }
    let middle = if n % 2 == 1 { Some(0.0) } else { None };
    upper.iter().map(|a| -a).chain(middle).chain(upper.iter().rev().copied()).collect()
}

/// Royston's p of W, given 1 − W as well.
fn p_value(w: f64, complement: f64, n: usize) -> f64 {
    if n == 3 {
        // Exact: 6/π (asin √W − asin √¾).
        return 6.0 / std::f64::consts::PI * (libm::asin(libm::sqrt(w)) - libm::asin(libm::sqrt(0.75)));
    }
    if complement == 0.0 {
        return 1.0;
    }
    let (size, log_n) = (n as f64, libm::log(n as f64));
    let y = libm::log(complement);
    let (y, mean, sd) = if n <= 11 {
        let gamma = -2.273 + 0.459 * size;
        if y >= gamma {
            return 0.0;
        }
        let mean = normal::horner(&[0.544, -0.39978, 0.025054, -6.714e-4], size);
        (-libm::log(gamma - y), mean, libm::exp(normal::horner(&[1.3822, -0.77857, 0.062767, -0.0020322], size)))
    } else {
        let mean = normal::horner(&[-1.5861, -0.31082, -0.083751, 0.0038915], log_n);
        (y, mean, libm::exp(normal::horner(&[-0.4803, -0.082676, 0.0030302], log_n)))
    };
    normal::sf((y - mean) / sd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals() {
        assert_eq!(shapiro_wilk(&Changes::from_f64(&[1.0, 2.0])), Err(NotEstimable::TooFewPairs { needed: 3, found: 2 }));
        assert_eq!(shapiro_wilk(&Changes::from_f64(&[2.0; 9])), Err(NotEstimable::ConstantChange));
        let many: Vec<f64> = (0..5001).map(f64::from).collect();
        assert!(matches!(shapiro_wilk(&Changes::from_f64(&many)), Err(NotEstimable::OutsideDomain { .. })));
    }

    #[test]
    fn three_on_a_line() {
        assert!(shapiro_wilk(&Changes::from_f64(&[1.0, 2.0, 3.0])).is_ok_and(|r| (r.w - 1.0).abs() < 1e-15 && r.p.get() > 0.999_999));
    }
}
