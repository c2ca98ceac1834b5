//! Mean change over the SD of change.

use super::Effect;
use super::hedges::corrected;
use crate::stats::distribution::noncentral_t;
use crate::stats::estimate::zero_sign_free;
use crate::stats::paired::paired_t;
use crate::stats::{Inference, Interval, NotEstimable, Pairs};

/// Mean change over the SD of change: d̄ / s_d. For power and planning, not for magnitude.
///
/// Assumes independent subjects and normal changes. The interval is exact: t = d_z √n is noncentral t with n − 1 df and
/// noncentrality δ √n, inverted in δ; it excludes 0 exactly when the two-sided paired t-test has p < α.
/// The standard error is the delta-method √(1/n + d²/(2 (n − 1))), from Var(d̄)/σ² = 1/n and Var(s²) = 2σ⁴/(n − 1).
/// `hedges` multiplies by J(n − 1).
/// Matches R: `effectsize::cohens_d(post, pre, paired = TRUE)`. Source: Hedges & Olkin (1985); Steiger & Fouladi (1997).
pub fn d_z(pairs: &Pairs, conf_level: f64) -> Result<Effect, NotEstimable> {
    let n = pairs.n();
    let inference = Inference::two_sided(conf_level);
    let test = paired_t(pairs.changes(), 0.0, inference)?;
    let t = *test.t.as_result().map_err(Clone::clone)?;
    let p = *test.p.as_result().map_err(Clone::clone)?;
    let (df, root_n) = (test.df, libm::sqrt(n as f64));
    let d = zero_sign_free(t / root_n);
    let std_error = libm::sqrt(1.0 / n as f64 + d * d / (2.0 * df));
    let interval = interval(t, df, root_n, p.get() < inference.alpha(), conf_level);
    let std_error = if std_error.is_finite() { Ok(std_error) } else { Err(NotEstimable::Overflow) };
    Ok(Effect {
        estimate: d,
        std_error: std_error.into(),
        interval: interval.into(),
        hedges: corrected(d, df),
        hedges_ri: None,
        benefit: None,
    })
}

/// The exact interval, held to the decision of the t-test where a limit is within rounding of 0.
fn interval(t: f64, df: f64, root_n: f64, significant: bool, level: f64) -> Result<Interval, NotEstimable> {
    let half = 0.5 * (1.0 - level);
    let mut lower = noncentral_t::ncp_of_sf(t, df, half) / root_n;
    let mut upper = noncentral_t::ncp_of_cdf(t, df, half) / root_n;
    if !(lower.is_finite() && upper.is_finite()) {
        return Err(NotEstimable::Overflow);
    }
    match (significant, t > 0.0) {
        (true, true) => lower = lower.max(f64::MIN_POSITIVE),
        (true, false) => upper = upper.min(-f64::MIN_POSITIVE),
        (false, _) => (lower, upper) = (lower.min(0.0), upper.max(0.0)),
    }
    Ok(Interval { level, lower: zero_sign_free(lower), upper: zero_sign_free(upper) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleep() {
        // Student (1908): effectsize::cohens_d gives 1.28 [0.41, 2.12].
        let pre = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let post = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let e = d_z(&Pairs::from_f64(&pre, &post), 0.95);
        let round = |x: f64| (x * 100.0).round() / 100.0;
        let e = e.map(|e| (round(e.estimate), e.interval.ok().map(|i| (round(i.lower), round(i.upper)))));
        assert_eq!(e, Ok((1.28, Some((0.41, 2.12)))));
    }
}
