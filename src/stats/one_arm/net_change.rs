//! The change beyond regression to the mean, at an assumed correlation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::distribution::normal;
use crate::stats::estimate::zero_sign_free;
use crate::stats::linear::{centred, mean_above, products, rounding_aside};
use crate::stats::wald::Wald;
use crate::stats::{Estimable, Inference, Interval, NotEstimable, Pairs};

/// The record of [`net_change`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NetChange {
    pub n: usize,
    pub r: f64,
    pub population_mean: f64,
    pub mean_pre: f64,
    pub mean_change: f64,
    /// −(1 − r)(mean_pre − μ).
    pub expected_change: f64,
    /// mean_change − expected_change; refused below two pairs and where post − r · pre is the same for everyone.
    pub net: Estimable<Wald>,
    /// The r at which the net change is 0, 1 + mean_change/(mean_pre − μ). Outside 0 to 1 no reliability explains the
    /// change away.
    pub r_at_zero: Estimable<f64>,
}

/// The mean change less what regression to the mean predicts, with r and μ taken as known.
///
/// Net change = mean of y − μ − r (x − μ), SE = SD(y − r x)/√n, t with n − 1 df. Assumes that without an effect post
/// regresses on pre with slope r about the population mean μ (one SD at both visits), and independent people; no
/// normality of pre is needed, because the selection conditions on pre. At r = 1 it is the paired t.
/// Reference in R: `t.test((post - mu) - r * (pre - mu))`. Source: Barnett et al. (2005), Int J Epidemiol 34:215.
pub fn net_change(pairs: &Pairs, population_mean: f64, r: f64, inference: Inference) -> Result<NetChange, NotEstimable> {
    let n = pairs.n();
    if n == 0 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: 0 });
    }
    if !(-1.0..=1.0).contains(&r) {
        return Err(outside("a correlation from -1 to 1"));
    }
    let (mean_pre, mean_change) = (pairs.pre().mean(), pairs.changes().mean());
    let above = mean_above(pairs.pre(), population_mean);
    let expected_change = zero_sign_free(-(1.0 - r) * above);
    let estimate = mean_change - expected_change;
    if ![mean_pre, mean_change, expected_change, estimate].iter().all(|value| value.is_finite()) {
        return Err(NotEstimable::Overflow);
    }
    let net = if n < 2 {
        Err(NotEstimable::TooFewPairs { needed: 2, found: n })
    } else {
        match residual_squares(pairs, r) {
            0.0 => Err(NotEstimable::NotComputed { why: "post - r * pre is the same for everyone".into() }),
            squares => {
                let df = (n - 1) as f64;
                Wald::new(estimate, libm::sqrt(squares / df) / libm::sqrt(n as f64), Some(df), 0.0, inference)
            }
        }
    };
    let r_at_zero = 1.0 + mean_change / above;
    let r_at_zero = if r_at_zero.is_finite() {
        Ok(r_at_zero)
    } else {
        Err(NotEstimable::NotComputed { why: "the pre mean is the population mean: nothing regresses".into() })
    };
    Ok(NetChange { n, r, population_mean, mean_pre, mean_change, expected_change, net: net.into(), r_at_zero: r_at_zero.into() })
}

/// Σ of squared deviations of y − r x = (y − x) + (1 − r) x, formed person by person.
fn residual_squares(pairs: &Pairs, r: f64) -> f64 {
    // `Changes` are sorted by themselves: the changes are needed beside their pre scores.
    let change = centred(&pairs.post().minus(pairs.pre()));
    let pre = centred(pairs.pre());
    let rest: Vec<f64> = change.iter().zip(&pre).map(|(d, x)| libm::fma(1.0 - r, *x, *d)).collect();
    rounding_aside(products(&rest, &rest), products(&change, &change) + products(&pre, &pre))
}

/// One point of the curve of net change against assumed r.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NetAt {
    pub r: f64,
    pub net: Estimable<Wald>,
}

/// The net change at `steps` + 1 values of r, equally spaced from 0 to 1.
pub fn net_change_curve(pairs: &Pairs, population_mean: f64, steps: usize, inference: Inference) -> Vec<NetAt> {
    let steps = steps.max(1);
    let at = |k: usize| {
        let r = k as f64 / steps as f64;
        let net = net_change(pairs, population_mean, r, inference);
        NetAt { r, net: net.map_or_else(Estimable::NotEstimable, |record| record.net) }
    };
    (0..=steps).map(at).collect()
}

/// A number taken from elsewhere, with the interval its source gives, if any.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assumed {
    pub value: f64,
    pub interval: Option<Interval>,
}

/// The record of [`net_change_propagated`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PropagatedNetChange {
    pub estimate: f64,
    /// By the delta method.
    pub std_error: f64,
    /// Standard errors of the parts: people, r, μ.
    pub std_error_people: f64,
    pub std_error_r: f64,
    pub std_error_population_mean: f64,
    /// By the method of variance estimates recovery; not symmetric where the interval of r is not.
    pub interval: Interval,
}

/// The net change with the uncertainty of r and μ carried through.
///
/// With D = mean_pre − μ: the sources are independent, ∂/∂r = −D and ∂/∂μ = −(1 − r). The interval recovers from each
/// source the distance to its own limit and adds them in squares: the t distance of the people, |D| times the distance
/// of r to its limit, (1 − r) times that of μ. Intervals at another level are brought to this one on Fisher's z scale
/// for r and on the raw scale for μ. The standard error adds the same parts by the delta method, with
/// se(r) = (1 − r²) · (width on the z scale)/(2 z). No p-value: the interval answers.
/// Source: Zou & Donner (2008), Stat Med 27:1693 (method of variance estimates recovery).
// METHOD: closed form instead of simulation, so that the interval needs no seed; its coverage is in calibration.md.
pub fn net_change_propagated(
    pairs: &Pairs,
    population_mean: Assumed,
    r: Assumed,
    inference: Inference,
) -> Result<PropagatedNetChange, NotEstimable> {
    let known = net_change(pairs, population_mean.value, r.value, inference)?;
    let net = *known.net.as_result().map_err(Clone::clone)?;
    let above = mean_above(pairs.pre(), population_mean.value);
    let [r_below, r_above, se_r] = match r.interval {
        None => [0.0; 3],
        Some(given) => {
            let inside = -1.0 < given.lower && given.lower <= r.value && r.value <= given.upper && given.upper < 1.0;
            if !(inside && r.value.abs() < 1.0) {
                return Err(outside("an interval of r that holds r and lies between -1 and 1"));
            }
            let (ratio, deviate) = to_level(given.level, inference.conf_level)?;
            let [low, centre, high] = [given.lower, r.value, given.upper].map(libm::atanh);
            let [below, above] = [centre - ratio * (centre - low), centre + ratio * (high - centre)].map(libm::tanh);
            [r.value - below, above - r.value, (1.0 - r.value * r.value) * (high - low) / (2.0 * deviate)]
        }
    };
    let [mu_below, mu_above, se_mu] = match population_mean.interval {
        None => [0.0; 3],
        Some(given) => {
            if !(given.lower <= population_mean.value && population_mean.value <= given.upper) {
                return Err(outside("an interval of the population mean that holds it"));
            }
            let (ratio, deviate) = to_level(given.level, inference.conf_level)?;
            let distance = |d: f64| ratio * d;
            [
                distance(population_mean.value - given.lower),
                distance(given.upper - population_mean.value),
                (given.upper - given.lower) / (2.0 * deviate),
            ]
        }
    };
    // A larger r lowers the net change where the sample lies above the population; a larger μ always does.
    let (r_down, r_up) = if above >= 0.0 { (r_above, r_below) } else { (r_below, r_above) };
    let share = 1.0 - r.value;
    let root = |parts: [f64; 3]| libm::hypot(libm::hypot(parts[0], parts[1]), parts[2]);
    let down = root([net.estimate - net.interval.lower, above * r_down, share * mu_above]);
    let up = root([net.interval.upper - net.estimate, above * r_up, share * mu_below]);
    let (std_error_r, std_error_population_mean) = (above.abs() * se_r, share * se_mu);
    let std_error = root([net.std_error, std_error_r, std_error_population_mean]);
    let interval =
        Interval { level: inference.conf_level, lower: zero_sign_free(net.estimate - down), upper: zero_sign_free(net.estimate + up) };
    if !(std_error.is_finite() && interval.lower.is_finite() && interval.upper.is_finite()) {
        return Err(NotEstimable::Overflow);
    }
    let std_error_people = net.std_error;
    Ok(PropagatedNetChange { estimate: net.estimate, std_error, std_error_people, std_error_r, std_error_population_mean, interval })
}

/// What a distance at level `from` is multiplied by at level `to`, and the normal deviate of `from`.
fn to_level(from: f64, to: f64) -> Result<(f64, f64), NotEstimable> {
    let deviate = |level: f64| -normal::quantile(0.5 * (1.0 - level));
    let (given, wanted) = (deviate(from), deviate(to));
    if given > 0.0 && given.is_finite() && wanted.is_finite() {
        Ok((wanted / given, given))
    } else {
        Err(outside("a level between 0 and 1"))
    }
}

fn outside(needed: &str) -> NotEstimable {
    NotEstimable::OutsideDomain { method: "net change".into(), n: 1, needed: needed.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::paired::paired_t;

    const TWO: Inference = Inference { conf_level: 0.95, alternative: crate::stats::Alternative::TwoSided };

    fn pairs() -> Pairs {
        Pairs::from_f64(&[21.3, 18.4, 25.0, 30.1, 22.2, 19.9], &[18.1, 18.8, 18.9, 27.9, 22.2, 15.4])
    }

    #[test]
    fn at_r_one_it_is_the_paired_t() {
        let net = *net_change(&pairs(), 12.0, 1.0, TWO).unwrap().net.ok().unwrap();
        let t = paired_t(pairs().changes(), 0.0, TWO).unwrap();
        assert!((net.std_error / t.std_error.ok().unwrap() - 1.0).abs() < 1e-14);
        assert_eq!((net.estimate, net.p), (t.mean_change, *t.p.ok().unwrap()));
    }

    #[test]
    fn a_common_offset_costs_no_digits() {
        let net = |offset: f64| {
            let pre = [21.3, 18.4, 25.0, 30.1, 22.2, 19.9].map(|x| x + offset);
            let post = [18.1, 18.8, 18.9, 27.9, 22.2, 15.4].map(|y| y + offset);
            *net_change(&Pairs::from_f64(&pre, &post), 12.0 + offset, 0.6, TWO).unwrap().net.ok().unwrap()
        };
        let (near, far) = (net(0.0), net(1e8));
        assert!((far.estimate / near.estimate - 1.0).abs() < 1e-14 && (far.p.get() / near.p.get() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_net_change_vanishes_where_it_says() {
        let at = *net_change(&pairs(), 12.0, 0.5, TWO).unwrap().r_at_zero.ok().unwrap();
        assert!(net_change(&pairs(), 12.0, at, TWO).unwrap().net.ok().unwrap().estimate.abs() < 1e-14);
        let mean = pairs().pre().mean();
        assert!(net_change(&pairs(), mean, 0.5, TWO).unwrap().r_at_zero.ok().is_none());
        assert_eq!(net_change_curve(&pairs(), 12.0, 20, TWO).len(), 21);
    }

    #[test]
    fn without_intervals_nothing_is_added_and_with_them_it_widens() {
        let plain = |value| Assumed { value, interval: None };
        let known = *net_change(&pairs(), 12.0, 0.7, TWO).unwrap().net.ok().unwrap();
        let same = net_change_propagated(&pairs(), plain(12.0), plain(0.7), TWO).unwrap();
        assert!((same.interval.lower - known.interval.lower).abs() < 1e-12 && (same.std_error / known.std_error - 1.0).abs() < 1e-14);
        let r = Assumed { value: 0.7, interval: Some(Interval { level: 0.9, lower: 0.5, upper: 0.82 }) };
        let wide = net_change_propagated(&pairs(), plain(12.0), r, TWO).unwrap();
        assert!(wide.interval.lower < known.interval.lower && wide.interval.upper > known.interval.upper);
        let bad = Assumed { value: 0.9, interval: Some(Interval { level: 0.9, lower: 0.5, upper: 0.82 }) };
        assert!(net_change_propagated(&pairs(), plain(12.0), bad, TWO).is_err());
    }
}
