//! Probability that post is higher than pre within a person.

use super::Effect;
use crate::decimal::exact_ratio;
use crate::stats::distribution::normal;
use crate::stats::{Changes, Estimable, Interval, NotEstimable};

/// The probability that a person's post score is higher than the pre score, ties counted half.
///
/// (n₊ + n₀/2)/n = (1 + D)/2 with D = (n₊ − n₋)/n, and Tango's score interval of D, mapped: all δ whose score statistic
/// |n₊ − n₋ − nδ| / √(n(2q + δ(1 − δ))) stays within z, q the constrained estimate of P(change < 0).
/// Assumes independent subjects. No R function of Debian gives it; the tests invert the score test by brute force.
/// Source: Tango (1998) Stat Med 17:891; Grissom & Kim (2012) for the estimate.
pub fn p_superiority(changes: &Changes, conf_level: f64) -> Result<Effect, NotEstimable> {
    let n = changes.n();
    if n == 0 {
        return Err(NotEstimable::TooFewPairs { needed: 1, found: 0 });
    }
    let keys = changes.keys();
    let negative = keys.partition_point(|key| *key < 0);
    let positive = n - keys.partition_point(|key| *key <= 0);
    let difference = positive as i128 - negative as i128;
    let (lower, upper) = tango(positive as f64, negative as f64, n as f64, conf_level);
    let interval = Interval { level: conf_level, lower: ((1.0 + lower) / 2.0).max(0.0), upper: ((1.0 + upper) / 2.0).min(1.0) };
    Ok(Effect {
        estimate: exact_ratio(n as i128 + difference, 2 * n as i128),
        std_error: Estimable::NotEstimable(NotEstimable::NotComputed { why: "the score interval rests on no standard error".into() }),
        interval: Estimable::Estimated(interval),
        hedges: None,
        hedges_ri: None,
        benefit: None,
    })
}

/// Tango's interval of D = (b − c)/n.
pub(crate) fn tango(b: f64, c: f64, n: f64, conf_level: f64) -> (f64, f64) {
    let z = -normal::quantile((1.0 - conf_level) / 2.0);
    let within = |delta: f64| {
        let off = b - c - n * delta;
        off * off <= z * z * score_variance(b, c, n, delta)
    };
    let estimate = (b - c) / n;
    (edge(estimate, -1.0, within), edge(estimate, 1.0, within))
}

/// n(2q + δ(1 − δ)) with q the estimate of P(change < 0) where P(change > 0) − P(change < 0) = δ.
fn score_variance(b: f64, c: f64, n: f64, delta: f64) -> f64 {
    let linear = -b - c + (2.0 * n - b + c) * delta;
    let constant = -c * delta * (1.0 - delta);
    let root = libm::sqrt((linear * linear - 8.0 * n * constant).max(0.0));
    // The root of 2n·q² + linear·q + constant, in the form that does not cancel.
    let q = if linear > 0.0 { -2.0 * constant / (linear + root) } else { (root - linear) / (4.0 * n) };
    n * (2.0 * q + delta * (1.0 - delta))
}

/// Where `within` ends between a point inside and the end of the range, by bisection to the last place.
fn edge(inside: f64, end: f64, within: impl Fn(f64) -> bool) -> f64 {
    if within(end) {
        return end;
    }
    let (mut inside, mut outside) = (inside, end);
    loop {
        let middle = 0.5 * (inside + outside);
        if middle == inside || middle == outside {
            return inside;
        }
        if within(middle) { inside = middle } else { outside = middle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyone_higher_reaches_one_and_no_further() {
        let effect = p_superiority(&Changes::from_f64(&[1.0, 2.0, 3.0]), 0.95);
        let interval = effect.as_ref().ok().and_then(|e| e.interval.ok().copied());
        assert_eq!(effect.as_ref().map(|e| e.estimate), Ok(1.0));
        assert!(interval.is_some_and(|i| i.upper == 1.0 && i.lower > 0.0 && i.lower < 1.0), "{interval:?}");
    }

    #[test]
    fn without_any_change_the_interval_is_symmetric() {
        // b = c = 0: nδ/(1 − δ) = z².
        let effect = p_superiority(&Changes::from_f64(&[0.0; 10]), 0.95);
        let z = normal::quantile(0.975);
        let delta = z * z / (10.0 + z * z);
        let interval = effect.ok().and_then(|e| e.interval.ok().copied());
        assert!(interval.is_some_and(|i| (i.upper - (1.0 + delta) / 2.0).abs() < 1e-14 && (i.lower + i.upper - 1.0).abs() < 1e-14));
    }
}
