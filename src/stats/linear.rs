//! The straight line through two columns, and their correlation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::distribution::{normal, student_t};
use super::estimate::zero_sign_free;
use super::paired::EDGE;
use super::{Alternative, Estimable, Interval, NotEstimable, PValue};
use crate::decimal::{DoubleDouble, Scores, Values, exact_ratio};

/// Least squares of y on x.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    pub n: usize,
    pub mean_x: f64,
    pub mean_y: f64,
    pub slope: f64,
    /// Σ (x − x̄)².
    pub ss_x: f64,
    /// Σ of squared residuals; exactly 0 where they are within rounding of it.
    pub rss: f64,
}

impl Line {
    /// `None` where every x is equal. Residuals are formed one by one, so that a near-perfect line keeps its digits.
    pub(crate) fn of(x: &Scores, y: &Scores) -> Option<Self> {
        if x.len() < 2 || x.is_constant() {
            return None;
        }
        let (dx, dy) = (centred(x), centred(y));
        let (ss_x, ss_y) = (products(&dx, &dx), products(&dy, &dy));
        let slope = products(&dx, &dy) / ss_x;
        let residuals: Vec<f64> = dx.iter().zip(&dy).map(|(x, y)| libm::fma(-slope, *x, *y)).collect();
        let rss = rounding_aside(products(&residuals, &residuals), ss_y);
        Some(Self { n: x.len(), mean_x: x.mean(), mean_y: y.mean(), slope: zero_sign_free(slope), ss_x, rss })
    }
}

/// A sum of squares that is only the rounding of its parts is 0.
pub(crate) fn rounding_aside(squares: f64, of: f64) -> f64 {
    const ROUNDING: f64 = 64.0 * f64::EPSILON * f64::EPSILON;
    if squares <= ROUNDING * of { 0.0 } else { squares }
}

/// Deviations from the mean in raw points, each rounded once where the column is exact.
pub(crate) fn centred(column: &Scores) -> Vec<f64> {
    match column.values() {
        Values::Grid(units) => {
            let n = units.len() as i128;
            let sum: i128 = units.iter().map(|&u| i128::from(u)).sum();
            let denominator = n * i128::from(column.per_point());
            units.iter().map(|&u| exact_ratio(i128::from(u) * n - sum, denominator)).collect()
        }
        Values::Long(long) => {
            let n = long.units().len() as i128;
            let sum: i128 = long.units().iter().sum();
            long.units().iter().map(|units| exact_ratio(units * n - sum, long.per_point() * n)).collect()
        }
        Values::Float(values) => {
            let mean = column.mean();
            let first: Vec<f64> = values.iter().map(|v| v - mean).collect();
            let rest = first.iter().map(|d| d / first.len() as f64).collect::<DoubleDouble>().value();
            first.iter().map(|d| d - rest).collect()
        }
    }
}

/// mean(a) − mean(b), rounded once where both columns are exact, so that a large common offset costs no digits.
pub(crate) fn mean_difference(a: &Scores, b: &Scores) -> f64 {
    exact_mean_difference(a, b).unwrap_or_else(|| a.mean() - b.mean())
}

/// The mean of a column less a number at its shortest decimal text; 0 where the number is what the mean rounds to.
pub(crate) fn mean_above(column: &Scores, number: f64) -> f64 {
    if column.mean() == number { 0.0 } else { mean_difference(column, &Scores::from_f64(&[number])) }
}

fn exact_mean_difference(a: &Scores, b: &Scores) -> Option<f64> {
    let ((sum_a, in_a), (sum_b, in_b)) = (a.exact_sum()?, b.exact_sum()?);
    // Mostly one grid holds the other.
    let per_point = if in_a % in_b == 0 {
        in_a
    } else if in_b % in_a == 0 {
        in_b
    } else {
        in_a.checked_mul(in_b)?
    };
    let (sum_a, sum_b) = (sum_a.checked_mul(per_point / in_a)?, sum_b.checked_mul(per_point / in_b)?);
    let (n_a, n_b) = (a.len() as i128, b.len() as i128);
    let numerator = sum_a.checked_mul(n_b)?.checked_sub(sum_b.checked_mul(n_a)?)?;
    let denominator = n_a.checked_mul(n_b)?.checked_mul(per_point)?;
    (denominator > 0).then(|| exact_ratio(numerator, denominator))
}

/// Σ aᵢ bᵢ, compensated.
pub(crate) fn products(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = DoubleDouble::default();
    a.iter().zip(b).for_each(|(a, b)| sum.add_product(*a, *b));
    sum.value()
}

/// The record of [`correlation_of`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CorrelationTest {
    pub n: usize,
    pub r: f64,
    /// Fisher-z interval.
    pub interval: Estimable<Interval>,
    pub t: Estimable<f64>,
    pub df: f64,
    pub p: Estimable<PValue>,
}

/// Pearson's correlation of two columns with its Fisher-z interval and t-test, two-sided.
///
/// Assumes independent people and, for interval and test, bivariate normal values. tanh(atanh r ± z/√(n − 3)), n ≥ 4;
/// t = r √((n − 2)/(1 − r²)), df = n − 2, n ≥ 3. Matches R: `cor.test(a, b)`. Source: Fisher (1921), Metron 1:3.
pub(crate) fn correlation_of(a: &Scores, b: &Scores, conf_level: f64) -> Result<CorrelationTest, NotEstimable> {
    let n = a.len();
    if n < 2 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: n });
    }
    for column in [a, b] {
        if column.is_constant() {
            return Err(NotEstimable::NotComputed { why: "every value of one of the two is equal".into() });
        }
    }
    let (da, db) = (centred(a), centred(b));
    let r = products(&da, &db) / (libm::sqrt(products(&da, &da)) * libm::sqrt(products(&db, &db)));
    if !r.is_finite() {
        return Err(NotEstimable::Overflow);
    }
    let r = if r.abs() >= EDGE { r.signum() } else { zero_sign_free(r) };
    let perfect = || NotEstimable::NotComputed { why: "the two are perfectly correlated".into() };
    let few = |needed| NotEstimable::TooFewPairs { needed, found: n };
    let interval = if n < 4 {
        Err(few(4))
    } else if r.abs() >= 1.0 {
        Err(perfect())
    } else {
        let reach = -normal::quantile(0.5 * (1.0 - conf_level)) / libm::sqrt((n - 3) as f64);
        let limit = |z: f64| zero_sign_free(libm::tanh(z));
        Ok(Interval { level: conf_level, lower: limit(libm::atanh(r) - reach), upper: limit(libm::atanh(r) + reach) })
    };
    let df = n as f64 - 2.0;
    let t = if n < 3 {
        Err(few(3))
    } else if r.abs() >= 1.0 {
        Err(perfect())
    } else {
        Ok(r * libm::sqrt(df / ((1.0 - r) * (1.0 + r))))
    };
    let p = t.clone().and_then(|t| PValue::from_tails(student_t::cdf(t, df), student_t::sf(t, df), Alternative::TwoSided));
    Ok(CorrelationTest { n, r, interval: interval.into(), t: t.into(), df, p: p.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_line_has_no_residuals() {
        let x = Scores::from_f64(&[0.1, 0.2, 0.7, 1.3]);
        let y = Scores::from_f64(&[1.3, 1.6, 3.1, 4.9]);
        assert!(Line::of(&x, &y).is_some_and(|line| line.rss == 0.0 && (line.slope - 3.0).abs() < 1e-15));
        assert_eq!(Line::of(&Scores::from_f64(&[2.0, 2.0]), &Scores::from_f64(&[1.0, 2.0])), None);
        let r = correlation_of(&x, &y, 0.95);
        assert!(r.is_ok_and(|r| r.r == 1.0 && r.p.ok().is_none() && r.interval.ok().is_none()));
    }
}
