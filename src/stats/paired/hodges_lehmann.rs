//! The Hodges–Lehmann estimate of the change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::{Values, exact_ratio};
use crate::stats::distribution::normal;
use crate::stats::distribution::signed_rank::untied_cdf;
use crate::stats::estimate::zero_sign_free;
use crate::stats::{Changes, Estimable, Interval, NotEstimable};

/// The record of [`hodges_lehmann`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HodgesLehmann {
    pub estimate: f64,
    pub interval: Estimable<Interval>,
    /// The level the interval attains (conservative under ties).
    pub achieved: Estimable<f64>,
}

/// The number of pairs up to which the interval rests on the exact law of the signed-rank statistic.
pub const EXACT_LIMIT: usize = 300;

/// The Hodges–Lehmann estimate of the change: the median of all n(n + 1)/2 Walsh averages (dᵢ + dⱼ)/2, i ≤ j.
///
/// Assumes independent subjects and changes symmetric about their centre. Zeros are kept. The interval is
/// [W(C), W(N + 1 − C)] of the N ordered Walsh averages, C the largest with P(T ≤ C − 1) ≤ α/2 in the law of the untied
/// signed-rank statistic on all n: exact to n = 300, normal beyond. `achieved` is 1 − 2P(T ≤ C − 1), which ties only raise.
/// Matches R: `wilcox.test(post, pre, paired = TRUE, conf.int = TRUE, exact = TRUE)` where no change is zero or tied.
/// Source: Hodges & Lehmann (1963), Monahan (1984).
pub fn hodges_lehmann(changes: &Changes, conf_level: f64) -> Result<HodgesLehmann, NotEstimable> {
    let n = changes.n();
    if n == 0 {
        return Err(NotEstimable::TooFewPairs { needed: 1, found: 0 });
    }
    let walsh = Walsh::new(changes);
    let number = n as u64 * (n as u64 + 1) / 2;
    let limits = depth(n, conf_level);
    let interval = limits.clone().map(|(depth, _)| Interval {
        level: conf_level,
        lower: walsh.middle(depth, depth),
        upper: walsh.middle(number + 1 - depth, number + 1 - depth),
    });
    Ok(HodgesLehmann {
        estimate: walsh.middle(number.div_ceil(2), number / 2 + 1),
        interval: interval.into(),
        achieved: limits.map(|(_, achieved)| achieved).into(),
    })
}

/// C and the level that [W(C), W(N + 1 − C)] attains.
fn depth(n: usize, conf_level: f64) -> Result<(u64, f64), NotEstimable> {
    let tail = (1.0 - conf_level) / 2.0;
    let size = n as f64;
    let mean = size * (size + 1.0) / 4.0;
    let sd = libm::sqrt(size * (size + 1.0) * (2.0 * size + 1.0) / 24.0);
    let z = normal::quantile(tail);
    if n > EXACT_LIMIT {
        // Largest C with Φ((C − ½ − mean)/sd) ≤ α/2: the continuity correction at C − 1.
        let depth = (mean + z * sd + 0.5).floor().max(1.0);
        return Ok((depth as u64, 1.0 - 2.0 * normal::cdf((depth - 0.5 - mean) / sd)));
    }
    let cdf = untied_cdf(n, (mean + 0.8 * z * sd).max(0.0) as u64 + 2);
    // METHOD: a tail that equals α/2 counts as attained, also where 1 − level is off by a rounding.
    let depth = cdf.partition_point(|p| *p <= tail * (1.0 + 1e-12));
    match depth.checked_sub(1).and_then(|last| cdf.get(last)) {
        Some(below) => Ok((depth as u64, 1.0 - 2.0 * below)),
        None => {
            let attainable = 1.0 - 2.0 * libm::ldexp(1.0, -(n as i32));
            Err(NotEstimable::LevelUnattainable { n, level: conf_level, attainable })
        }
    }
}

/// The ordered Walsh averages, found by counting: none is stored.
enum Walsh<'a> {
    /// Ascending units; a Walsh average is the sum of two over `denominator`.
    Grid {
        units: &'a [i64],
        denominator: i128,
    },
    Long {
        units: &'a [i128],
        denominator: i128,
    },
    /// Ascending halves; a Walsh average is the sum of two.
    Float {
        halves: Vec<f64>,
    },
}

impl<'a> Walsh<'a> {
    fn new(changes: &'a Changes) -> Self {
        match changes.scores().values() {
            Values::Grid(units) => Walsh::Grid { units, denominator: 2 * i128::from(changes.scores().per_point()) },
            Values::Long(long) => Walsh::Long { units: long.units(), denominator: 2 * long.per_point() },
            Values::Float(values) => Walsh::Float { halves: values.iter().map(|v| v / 2.0).collect() },
        }
    }

    /// The mean of the `low`-th and the `high`-th smallest, counted from 1.
    fn middle(&self, low: u64, high: u64) -> f64 {
        match self {
            Walsh::Grid { units, denominator } => {
                let ends = [units[0], units[units.len() - 1]].map(|end| 2 * i128::from(end));
                let sum = |rank| select(rank, |t| count(units, t, |a, b| i128::from(a) + i128::from(b)), ends);
                let both = if low == high { 2 * sum(low) } else { sum(low) + sum(high) };
                exact_ratio(both, 2 * denominator)
            }
            Walsh::Long { units, denominator } => {
                let sum = |rank| select(rank, |t| count(units, t, |a, b| a + b), [2 * units[0], 2 * units[units.len() - 1]]);
                let both = if low == high { 2 * sum(low) } else { sum(low) + sum(high) };
                exact_ratio(both, 2 * denominator)
            }
            Walsh::Float { halves } => {
                let ends = [halves[0], halves[halves.len() - 1]].map(|half| i128::from(ordered(half + half)));
                // Between two doubles there are only doubles.
                let double = |t: i128| from_ordered(t as i64);
                let sum = |rank| double(select(rank, |t| count(halves, double(t), |a, b| a + b), ends));
                let value = if low == high { sum(low) } else { sum(low) / 2.0 + sum(high) / 2.0 };
                zero_sign_free(value)
            }
        }
    }
}

/// The smallest t between both ends, these included, with `count(t)` ≥ `rank`.
fn select(rank: u64, count: impl Fn(i128) -> u64, [mut low, mut high]: [i128; 2]) -> i128 {
    while low < high {
        let middle = low + (high - low).div_euclid(2);
        if count(middle) >= rank { high = middle } else { low = middle + 1 }
    }
    low
}

/// How many pairs i ≤ j have a sum of at most `t`: one pass with two pointers.
fn count<T: Copy, S: PartialOrd>(ascending: &[T], t: S, sum: impl Fn(T, T) -> S) -> u64 {
    let mut pairs = 0;
    let mut above = ascending.len();
    for (i, &value) in ascending.iter().enumerate() {
        while above > i && sum(value, ascending[above - 1]) > t {
            above -= 1;
        }
        if above <= i {
            break;
        }
        pairs += (above - i) as u64;
    }
    pairs
}

/// An integer with the order of the double.
fn ordered(value: f64) -> i64 {
    let bits = zero_sign_free(value).to_bits() as i64;
    if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }
}

fn from_ordered(key: i64) -> f64 {
    let bits = if key < 0 { i64::MIN.wrapping_sub(key) } else { key };
    f64::from_bits(bits as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(record: &HodgesLehmann) -> Option<(f64, f64)> {
        record.interval.ok().map(|i| (i.lower, i.upper))
    }

    #[test]
    fn the_middle_of_all_walsh_averages() {
        // Averages 1, 1.5, 2, 2.5, 3, 4 of 1, 2, 4 … written out: 1 1.5 2 2.5 3 4.
        let record = hodges_lehmann(&Changes::from_f64(&[4.0, 1.0, 2.0]), 0.95);
        assert_eq!(record.as_ref().map(|r| r.estimate), Ok(2.25));
        let refusal = NotEstimable::LevelUnattainable { n: 3, level: 0.95, attainable: 0.75 };
        assert_eq!(record.map(|r| r.interval.reason().cloned()), Ok(Some(refusal)));
    }

    #[test]
    fn six_pairs_reach_the_extremes() {
        let record = hodges_lehmann(&Changes::from_f64(&[-1.0, 0.0, 1.0, 2.0, 5.0, 9.0]), 0.95);
        assert_eq!(record.as_ref().map(limits), Ok(Some((-1.0, 9.0))));
        assert_eq!(record.map(|r| r.achieved.ok().copied()), Ok(Some(0.96875)));
    }

    #[test]
    fn doubles_are_selected_like_integers() {
        let grid = [-3.25, -1.5, 0.0, 0.5, 2.75, 4.0, 4.0, 7.5];
        let exact = Changes::from_f64(&grid);
        let float = Changes::from_f64(&grid.map(|v| v * 2.0_f64.powi(-90)));
        assert!(!float.scores().is_exact());
        let scale = 2.0_f64.powi(90);
        let (exact, float) = (hodges_lehmann(&exact, 0.95), hodges_lehmann(&float, 0.95));
        assert_eq!(exact.as_ref().map(|r| r.estimate), float.as_ref().map(|r| r.estimate * scale));
        assert_eq!(exact.as_ref().map(limits), float.as_ref().map(|r| limits(r).map(|(l, u)| (l * scale, u * scale))));
    }

    #[test]
    fn the_normal_depth_joins_the_exact_one() {
        let exact = depth(300, 0.95);
        let size = 300.0_f64;
        let normal = (size * (size + 1.0) / 4.0 - 1.959_964 * libm::sqrt(size * (size + 1.0) * (2.0 * size + 1.0) / 24.0) + 0.5).floor();
        assert!(exact.is_ok_and(|(depth, achieved)| (depth as f64 - normal).abs() <= 3.0 && (0.95..0.9502).contains(&achieved)));
    }
}
