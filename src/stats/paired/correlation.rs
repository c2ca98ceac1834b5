//! Pearson correlation of pre and post, and the Pitman–Morgan test of equal variances.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::{DoubleDouble, Scores, Values};
use crate::stats::describe;
use crate::stats::distribution::{normal, student_t};
use crate::stats::estimable::Column;
use crate::stats::estimate::zero_sign_free;
use crate::stats::{Alternative, Estimable, Interval, NotEstimable, PValue, Pairs};

/// The record of [`correlation`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Correlation {
    pub r: f64,
    pub interval: Estimable<Interval>,
}

/// The record of [`pitman_morgan`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PitmanMorgan {
    pub statistic: f64,
    pub df: f64,
    pub p: PValue,
}

/// Pearson's r of pre and post with its Fisher-z interval.
///
/// Assumes independent subjects and, for the interval, bivariate normal scores: tanh(atanh r ± z / √(n − 3)), n ≥ 4.
/// Matches R: `cor.test(pre, post)`. Source: Fisher (1921), Metron 1:3.
pub fn correlation(pairs: &Pairs, conf_level: f64) -> Result<Correlation, NotEstimable> {
    let n = pairs.n();
    if n < 2 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: n });
    }
    refuse_constant(pairs)?;
    let r = pearson(pairs).ok_or(NotEstimable::Overflow)?;
    let interval = if n < 4 {
        Err(NotEstimable::TooFewPairs { needed: 4, found: n })
    } else if r.abs() >= 1.0 {
        Err(NotEstimable::NotComputed { why: "pre and post are perfectly correlated".into() })
    } else {
        let reach = -normal::quantile(0.5 * (1.0 - conf_level)) / libm::sqrt((n - 3) as f64);
        let limit = |z: f64| zero_sign_free(libm::tanh(z));
        let centre = libm::atanh(r);
        Ok(Interval { level: conf_level, lower: limit(centre - reach), upper: limit(centre + reach) })
    };
    Ok(Correlation { r, interval: interval.into() })
}

/// Pitman–Morgan test of equal variances before and after; the statistic is positive when post varies more.
///
/// Assumes independent subjects and bivariate normal scores. The correlation of post − pre with post + pre is 0 exactly
/// when the variances are equal: t = r √((n − 2) / (1 − r²)) with n − 2 df, two-sided.
/// Matches R: `cor.test(post - pre, post + pre)`. Source: Pitman (1939), Morgan (1939), Biometrika 31:9 and 31:13.
pub fn pitman_morgan(pairs: &Pairs) -> Result<PitmanMorgan, NotEstimable> {
    let n = pairs.n();
    if n < 3 {
        return Err(NotEstimable::TooFewPairs { needed: 3, found: n });
    }
    refuse_constant(pairs)?;
    if pairs.changes().is_constant() {
        return Err(NotEstimable::ConstantChange);
    }
    let [xx, yy, dd, ss, ds] = sums_of_squares(pairs);
    let r = pearson(pairs).ok_or(NotEstimable::Overflow)?;
    // Σd² Σs² − (Σds)² = 4 (Σx² Σy² − (Σxy)²): by whichever side cancels less. Both sides vanish on a line.
    let of_sum = ds / (libm::sqrt(dd) * libm::sqrt(ss));
    if ss <= 0.0 || r.abs() >= 1.0 && of_sum.abs() >= EDGE {
        return Err(NotEstimable::NotComputed { why: "pre and post are perfectly correlated".into() });
    }
    let determinant =
        if of_sum.abs() <= r.abs() { dd * ss * (1.0 - of_sum) * (1.0 + of_sum) } else { 4.0 * xx * yy * (1.0 - r) * (1.0 + r) };
    let df = (n - 2) as f64;
    let statistic = zero_sign_free(ds * libm::sqrt(df / determinant));
    if !statistic.is_finite() {
        return Err(NotEstimable::Overflow);
    }
    let p = PValue::from_tails(student_t::cdf(statistic, df), student_t::sf(statistic, df), Alternative::TwoSided)?;
    Ok(PitmanMorgan { statistic, df, p })
}

/// A correlation within rounding of ±1.
pub(crate) const EDGE: f64 = 1.0 - 4.0 * f64::EPSILON;

/// Σ of squares and products of deviations: pre, post, change, sum, change × sum. Exact on the grid, so that nearly
/// collinear scores lose nothing; deviations in one unit for doubles.
fn sums_of_squares(pairs: &Pairs) -> [f64; 5] {
    if pairs.pre().is_exact() {
        let (pre, post) = (pairs.pre(), pairs.post());
        let (change, sum) = (post.minus(pre), post.plus(pre));
        return [(pre, pre), (post, post), (&change, &change), (&sum, &sum), (&change, &sum)].map(|(a, b)| a.cross_deviation(b));
    }
    let (pre, post) = deviations(pairs);
    let change: Vec<f64> = post.iter().zip(&pre).map(|(b, a)| b - a).collect();
    let sum: Vec<f64> = post.iter().zip(&pre).map(|(b, a)| b + a).collect();
    [(&pre, &pre), (&post, &post), (&change, &change), (&sum, &sum), (&change, &sum)].map(|(a, b)| cross(a, b))
}

/// s_post − s_pre in units of the SD of change, from the exact difference of the variances; what d_rm rests on.
pub(crate) fn gap_of_sds(pairs: &Pairs) -> f64 {
    let [xx, yy, dd, _, ds] = sums_of_squares(pairs);
    ds / ((libm::sqrt(xx) + libm::sqrt(yy)) * libm::sqrt(dd))
}

/// Pearson's r, held to [−1, 1] and at ±1 exactly where it is within rounding of it; `None` with a constant column.
pub(crate) fn pearson(pairs: &Pairs) -> Option<f64> {
    if pairs.n() < 2 || pairs.pre().is_constant() || pairs.post().is_constant() {
        return None;
    }
    let r = if pairs.pre().is_exact() {
        let (pre, post) = (pairs.pre(), pairs.post());
        pre.cross_deviation(post) / (libm::sqrt(pre.cross_deviation(pre)) * libm::sqrt(post.cross_deviation(post)))
    } else {
        let (pre, post) = deviations(pairs);
        cross(&pre, &post) / (libm::sqrt(cross(&pre, &pre)) * libm::sqrt(cross(&post, &post)))
    };
    r.is_finite().then(|| if r.abs() >= EDGE { r.signum() } else { zero_sign_free(r) })
}

fn refuse_constant(pairs: &Pairs) -> Result<(), NotEstimable> {
    for (column, visit) in [(pairs.pre(), Column::Pre), (pairs.post(), Column::Post)] {
        if column.is_constant() {
            return Err(NotEstimable::ConstantColumn { visit });
        }
    }
    Ok(())
}

/// Deviations of both columns from their means, in one unit: the largest of all is 1.
fn deviations(pairs: &Pairs) -> (Vec<f64>, Vec<f64>) {
    let centred = |column: &Scores| -> Vec<f64> {
        match column.values() {
            Values::Grid(_) | Values::Long(_) => describe::deviations(column),
            Values::Float(values) => {
                let n = values.len() as f64;
                let mean = column.mean();
                let first: Vec<f64> = values.iter().map(|v| v - mean).collect();
                let rest = first.iter().map(|d| d / n).collect::<DoubleDouble>().value();
                first.iter().map(|d| d - rest).collect()
            }
        }
    };
    let (pre, post) = (centred(pairs.pre()), centred(pairs.post()));
    let largest = pre.iter().chain(&post).fold(0.0_f64, |most, d| most.max(d.abs()));
    let scale = |values: Vec<f64>| values.into_iter().map(|d| d / largest).collect();
    (scale(pre), scale(post))
}

fn cross(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = DoubleDouble::default();
    a.iter().zip(b).for_each(|(a, b)| sum.add_product(*a, *b));
    sum.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perfect_lines_and_equal_variances() {
        let line = Pairs::from_f64(&[1.0, 2.0, 3.0, 5.0], &[1.1, 2.2, 3.3, 5.5]);
        let r = correlation(&line, 0.95);
        assert!(r.is_ok_and(|r| r.r == 1.0 && r.interval.ok().is_none()));
        assert!(pitman_morgan(&line).is_err());
        let equal = Pairs::from_f64(&[1.0, 2.0, 3.0, 4.0], &[2.0, 1.0, 4.0, 3.0]);
        assert!(pitman_morgan(&equal).is_ok_and(|r| r.statistic == 0.0 && r.p.get() == 1.0));
    }
}
