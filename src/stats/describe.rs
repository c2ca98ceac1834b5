//! Descriptive statistics.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::estimate::zero_sign_free;
use super::{Estimable, NotEstimable};
use crate::decimal::{DoubleDouble, Scores, Values, exact_ratio};

/// One column of scores. Quartiles are type 7 (R's default).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    pub n: usize,
    pub mean: Estimable<f64>,
    pub sd: Estimable<f64>,
    pub median: Estimable<f64>,
    pub q1: Estimable<f64>,
    pub q3: Estimable<f64>,
    pub min: Estimable<f64>,
    pub max: Estimable<f64>,
    /// Adjusted Fisher–Pearson skewness; information for notes.
    pub skewness: Estimable<f64>,
}

/// Count, mean, SD (divisor n − 1), median, quartiles, range and skewness of one column.
///
/// Quartiles of type 7 lie on quarters of the grid and are rounded once. Skewness is the adjusted Fisher–Pearson
/// G₁ = n √(n − 1) / (n − 2) · Σd³ / (Σd²)^1.5. Matches R: `quantile(x, c(.25, .5, .75))`, `e1071::skewness(x, type = 2)`.
/// Source: Hyndman & Fan (1996), Am Stat 50:361; Joanes & Gill (1998), The Statistician 47:183.
pub fn summary(scores: &Scores) -> Summary {
    let n = scores.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| scores.compare(i, j));
    let sorted = scores.select(&order);
    let at_least = |needed: usize, value: f64| -> Estimable<f64> {
        match n {
            _ if n < needed => Err(NotEstimable::TooFewPairs { needed, found: n }),
            _ if !value.is_finite() => Err(NotEstimable::Overflow),
            _ => Ok(zero_sign_free(value)),
        }
        .into()
    };
    let quarter = |k| at_least(1, quartile(&sorted, k).unwrap_or(0.0));
    Summary {
        n,
        mean: at_least(1, scores.mean()),
        sd: at_least(2, scores.sd()),
        median: quarter(2),
        q1: quarter(1),
        q3: quarter(3),
        min: quarter(0),
        max: quarter(4),
        skewness: skewness(&sorted).into(),
    }
}

/// The median of an ascending column; `None` for an empty one.
pub(crate) fn median(sorted: &Scores) -> Option<f64> {
    quartile(sorted, 2)
}

/// The k-th quartile (type 7) of an ascending column: x(j) (4 − rest)/4 + x(j + 1) rest/4, (n − 1) k = 4 (j − 1) + rest.
fn quartile(sorted: &Scores, k: usize) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let (j, rest) = (last * k / 4, last * k % 4);
    let next = (j + 1).min(last);
    let value = match sorted.values() {
        Values::Grid(units) => {
            let sum = i128::from(units[j]) * (4 - rest as i128) + i128::from(units[next]) * rest as i128;
            exact_ratio(sum, 4 * i128::from(sorted.per_point()))
        }
        Values::Long(long) => {
            let sum = long.units()[j] * (4 - rest as i128) + long.units()[next] * rest as i128;
            exact_ratio(sum, 4 * long.per_point())
        }
        Values::Float(values) => {
            let weight = rest as f64 / 4.0;
            if rest == 0 { values[j] } else { values[j] * (1.0 - weight) + values[next] * weight }
        }
    };
    Some(zero_sign_free(value))
}

fn skewness(scores: &Scores) -> Result<f64, NotEstimable> {
    let n = scores.len();
    if n < 3 {
        return Err(NotEstimable::TooFewPairs { needed: 3, found: n });
    }
    if scores.is_constant() {
        return Err(NotEstimable::NotComputed { why: "every value is equal".into() });
    }
    let mut deviations = deviations(scores);
    let largest = deviations.iter().fold(0.0_f64, |most, d| most.max(d.abs()));
    if !(largest.is_finite() && largest > 0.0) {
        return Err(NotEstimable::Overflow);
    }
    deviations.iter_mut().for_each(|d| *d /= largest);
    let mut squares = DoubleDouble::default();
    let mut cubes = DoubleDouble::default();
    for d in deviations {
        squares.add_product(d, d);
        cubes.add(d * d * d);
    }
    let (n, squares) = (n as f64, squares.value());
    Ok(zero_sign_free(n * libm::sqrt(n - 1.0) / (n - 2.0) * cubes.value() / (squares * libm::sqrt(squares))))
}

/// Deviations from the mean up to a common factor, exact before rounding where the column is exact.
pub(crate) fn deviations(scores: &Scores) -> Vec<f64> {
    let n = scores.len();
    match scores.values() {
        Values::Grid(units) => {
            let sum: i128 = units.iter().map(|&u| i128::from(u)).sum();
            units.iter().map(|&u| (i128::from(u) * n as i128 - sum) as f64).collect()
        }
        Values::Long(long) => {
            let sum: i128 = long.units().iter().sum();
            long.units().iter().map(|units| (units * n as i128 - sum) as f64).collect()
        }
        Values::Float(values) => {
            let largest = values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
            let scaled: Vec<f64> = values.iter().map(|v| v / largest).collect();
            let mean = scaled.iter().map(|v| v / n as f64).collect::<DoubleDouble>().value();
            scaled.iter().map(|v| v - mean).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_rounded_once_and_small_columns_refused() {
        let s = summary(&Scores::from_f64(&[0.1, 0.4, 0.2, 0.3]));
        assert_eq!((s.q1.ok(), s.median.ok(), s.q3.ok()), (Some(&0.175), Some(&0.25), Some(&0.325)));
        assert_eq!(s.skewness.ok(), Some(&0.0));
        let one = summary(&Scores::from_f64(&[2.0]));
        assert_eq!(one.sd.reason(), Some(&NotEstimable::TooFewPairs { needed: 2, found: 1 }));
        assert_eq!(one.median.ok(), Some(&2.0));
        assert!(summary(&Scores::from_f64(&[])).mean.ok().is_none());
    }
}
