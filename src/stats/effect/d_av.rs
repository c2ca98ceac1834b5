//! Mean change over the root mean variance.

use super::Effect;
use super::hedges::corrected;
use crate::stats::distribution::normal;
use crate::stats::estimable::Column;
use crate::stats::estimate::zero_sign_free;
use crate::stats::paired::pearson;
use crate::stats::{Estimable, Interval, NotEstimable, Pairs};

/// Mean change over the root mean variance of pre and post: d̄ / √v, v = (s₁² + s₂²)/2.
///
/// Assumes independent subjects and bivariate normal scores; with skewed changes the interval covers less than it says.
/// Variance s_d² / ((n − 1) v) + d² (s₁⁴ + s₂⁴ + 2 r² s₁² s₂²) / (8 (n − 1) v²) with the uncorrected d; interval d ± z · se.
/// `hedges` multiplies by J(n − 1), by convention; `hedges_ri` by J(2 (n − 1)/(1 + r²)), nearly unbiased.
/// Matches R: `statpsych::ci.stdmean.ps`. Source: Bonett (2008), Psychol Methods 13:99, eq. 10; Cumming (2012).
pub fn d_av(pairs: &Pairs, conf_level: f64) -> Result<Effect, NotEstimable> {
    if pairs.n() < 2 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: pairs.n() });
    }
    let (s1, s2, sd) = (pairs.pre().sd(), pairs.post().sd(), pairs.changes().sd());
    let root_v = libm::hypot(s1, s2) * std::f64::consts::FRAC_1_SQRT_2;
    if root_v == 0.0 {
        return Err(NotEstimable::ConstantColumn { visit: Column::Pre });
    }
    let d = zero_sign_free(pairs.changes().mean() / root_v);
    // With a constant column the term in r² s₁² s₂² is 0 whatever r.
    let r = pearson(pairs);
    let r2 = r.map_or(0.0, |r| r * r);
    // Variances as ratios to v, so that no scale overflows.
    let (a, b, c) = (square(s1 / root_v), square(s2 / root_v), square(sd / root_v));
    let df = (pairs.n() - 1) as f64;
    let std_error = libm::sqrt(c / df + d * d * (a * a + b * b + 2.0 * r2 * a * b) / (8.0 * df));
    let (std_error, interval) = precision(d, std_error, conf_level)?;
    Ok(Effect {
        estimate: d,
        std_error,
        interval,
        hedges: corrected(d, df),
        hedges_ri: r.and_then(|r| corrected(d, 2.0 * df / (1.0 + r * r))),
        benefit: None,
    })
}

pub(super) fn square(x: f64) -> f64 {
    x * x
}

/// Standard error and interval of an estimate that stands; where every change is zero both are refused, the estimate is not.
pub(super) fn precision(d: f64, std_error: f64, conf_level: f64) -> Result<(Estimable<f64>, Estimable<Interval>), NotEstimable> {
    match normal_interval(d, std_error, conf_level) {
        Ok((std_error, interval)) => Ok((Estimable::Estimated(std_error), Estimable::Estimated(interval))),
        Err(NotEstimable::ConstantChange) => {
            Ok((Estimable::NotEstimable(NotEstimable::ConstantChange), Estimable::NotEstimable(NotEstimable::ConstantChange)))
        }
        Err(reason) => Err(reason),
    }
}

/// d ± z · se, refused where a double does not hold it or where it would have no width.
fn normal_interval(d: f64, std_error: f64, conf_level: f64) -> Result<(f64, Interval), NotEstimable> {
    let z = -normal::quantile(0.5 * (1.0 - conf_level));
    let interval = Interval { level: conf_level, lower: zero_sign_free(d - z * std_error), upper: zero_sign_free(d + z * std_error) };
    if std_error == 0.0 {
        return Err(NotEstimable::ConstantChange);
    }
    if d.is_finite() && interval.lower.is_finite() && interval.upper.is_finite() {
        Ok((std_error, interval))
    } else {
        Err(NotEstimable::Overflow)
    }
}
