//! A column of scores on a grid that 18 digits do not reach.

use std::collections::HashMap;

use super::sum::float_cross;
use super::{Score, exact_ratio, long};

/// Integers on a grid of `per_point` units in one point: of hundreds of people with 34 digits, of hundreds of millions with 28.
///
/// Differences, order, ties and means are exact; sums of squares are exact where 128 bits hold them, else those of deviations that
/// were each rounded once.
#[derive(Debug, Clone, PartialEq)]
pub struct LongUnits {
    units: Vec<i128>,
    per_point: i128,
}

impl LongUnits {
    /// Puts several columns on their common grid; `None` where a score is a double, or 30 digits do not reach.
    pub(super) fn on_common_grid<const K: usize>(columns: [&[Score]; K]) -> Option<[Self; K]> {
        let mut scores = columns.iter().flat_map(|column| column.iter());
        let per_point = scores.try_fold(1_i128, |grid, score| finer(grid, parts(*score)?.1))?;
        // Sums over all people, of differences and of the weights of quartiles, stay below 128 bits.
        let longest = columns.iter().map(|column| column.len()).max().unwrap_or(0).max(1) as i128;
        let limit = i128::MAX / 16 / longest;
        let on_grid = |score: &Score| {
            let (numerator, denominator) = parts(*score)?;
            numerator.checked_mul(per_point / denominator).filter(|units| units.abs() < limit)
        };
        let column = |column: &&[Score]| Some(Self { units: column.iter().map(on_grid).collect::<Option<_>>()?, per_point });
        let columns: Vec<Self> = columns.iter().map(column).collect::<Option<_>>()?;
        columns.try_into().ok()
    }

    pub fn units(&self) -> &[i128] {
        &self.units
    }

    pub fn per_point(&self) -> i128 {
        self.per_point
    }

    /// Every score less the first, rounded once: what is common to all costs no digits.
    pub fn about_first(&self) -> Vec<f64> {
        let first = self.units.first().copied().unwrap_or(0);
        self.units.iter().map(|units| exact_ratio(units - first, self.per_point)).collect()
    }

    /// Integers with the order, the signs and the ties of the scores: dense ranks of the magnitudes with the signs.
    pub fn signed_ranks(&self) -> Vec<i64> {
        let mut magnitudes: Vec<u128> = self.units.iter().map(|units| units.unsigned_abs()).filter(|magnitude| *magnitude > 0).collect();
        magnitudes.sort_unstable();
        magnitudes.dedup();
        let ranks: HashMap<u128, i64> = magnitudes.into_iter().zip(1..).collect();
        let rank = |units: i128| ranks.get(&units.unsigned_abs()).map_or(0, |rank| if units < 0 { -rank } else { *rank });
        self.units.iter().map(|units| rank(*units)).collect()
    }

    pub(super) fn at(&self, i: usize) -> Score {
        Score::quotient(self.units[i], self.per_point)
    }

    pub(super) fn to_f64(&self) -> Vec<f64> {
        self.units.iter().map(|units| exact_ratio(*units, self.per_point)).collect()
    }

    /// Both must share a grid.
    pub(super) fn combine(&self, other: &Self, with: impl Fn(i128, i128) -> i128) -> Self {
        debug_assert_eq!(self.per_point, other.per_point);
        Self { units: self.units.iter().zip(&other.units).map(|(a, b)| with(*a, *b)).collect(), per_point: self.per_point }
    }

    pub(super) fn select(&self, index: &[usize]) -> Self {
        Self { units: index.iter().map(|&i| self.units[i]).collect(), per_point: self.per_point }
    }

    pub(super) fn with_zeros(&self, count: usize) -> Self {
        Self { units: self.units.iter().copied().chain(std::iter::repeat_n(0, count)).collect(), per_point: self.per_point }
    }

    /// The sum of products of deviations, in squared points.
    pub(super) fn cross_deviation(&self, other: &Self) -> f64 {
        exact_cross(self, other).unwrap_or_else(|| float_cross(&self.about_first(), &other.about_first()))
    }
}

/// `Σ ab − ΣaΣb/n` about the first scores; `None` where 128 bits do not hold it.
fn exact_cross(a: &LongUnits, b: &LongUnits) -> Option<f64> {
    let n = a.units.len() as i128;
    let (Some(first_a), Some(first_b)) = (a.units.first(), b.units.first()) else { return Some(0.0) };
    let (mut sum_a, mut sum_b, mut sum_ab) = (0_i128, 0_i128, 0_i128);
    for (a, b) in a.units.iter().zip(&b.units) {
        let (a, b) = (a - first_a, b - first_b);
        (sum_a, sum_b) = (sum_a + a, sum_b + b);
        sum_ab = sum_ab.checked_add(a.checked_mul(b)?)?;
    }
    let numerator = sum_ab.checked_mul(n)?.checked_sub(sum_a.checked_mul(sum_b)?)?;
    // One division after the other: the product of both grids mostly exceeds 128 bits.
    Some(exact_ratio(numerator, a.per_point.checked_mul(n)?) / exact_ratio(b.per_point, 1))
}

/// Numerator and denominator of a score; `None` for a double.
fn parts(score: Score) -> Option<(i128, i128)> {
    match score {
        Score::Exact(decimal) => Some((i128::from(decimal.mantissa()), 10_i128.pow(u32::from(decimal.scale())))),
        Score::Long(long) => Some((long.mantissa(), long.denominator())),
        Score::Fraction(fraction) => Some((i128::from(fraction.numerator()), i128::from(fraction.denominator()))),
        Score::Float(_) => None,
    }
}

/// The grid that holds two others.
fn finer(grid: i128, parts: i128) -> Option<i128> {
    if grid % parts == 0 {
        return Some(grid);
    }
    let (mut a, mut b) = (grid, parts);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (grid / a).checked_mul(parts).filter(|finer| *finer <= long::LIMIT)
}

#[cfg(test)]
mod tests {
    use crate::decimal::{Score, Scores};

    fn column(texts: &[&str]) -> Vec<Score> {
        texts.iter().map(|text| Score::parse(text, '.').unwrap()).collect()
    }

    fn pair(pre: &[&str], post: &[&str]) -> [Scores; 2] {
        Scores::on_common_grid([&column(pre), &column(post)])
    }

    #[test]
    fn thirds_of_many_digits_tie_as_they_are_written() {
        let [pre, post] = pair(
            &["21.33333333333333333333", "33.33333333333333333333", "8.5", "19.99999999999999999999"],
            &["18.33333333333333333333", "30.33333333333333333333", "5.5", "17"],
        );
        let change = post.minus(&pre);
        assert!(change.is_exact() && !change.is_constant());
        assert!([1, 2].iter().all(|i| change.compare(0, *i).is_eq()) && change.compare(3, 0).is_gt());
        assert_eq!(change.signed_ranks(), [-2, -2, -2, -1]);
        assert_eq!(change.to_f64(), [-3.0, -3.0, -3.0, -3.0]);
        assert_eq!(change.at(3).to_string(), "-2.99999999999999999999");
        assert_eq!(change.mean(), -3.0);
        assert!((change.sd() / 5e-21 - 1.0).abs() < 3e-16, "{}", change.sd());
    }

    #[test]
    fn nineteen_digits_lose_nothing() {
        let [pre, post] = pair(&["1234567890123456704", "1234567890123456700"], &["1234567890123456699", "1234567890123456695"]);
        let change = post.minus(&pre);
        assert!(change.is_constant() && change.sd() == 0.0 && change.mean() == -5.0);
        assert_eq!((pre.sd(), pre.mean()), (libm::sqrt(8.0), 1234567890123456702.0));
    }

    #[test]
    fn spread_beyond_128_bits_is_rounded_once_a_score() {
        let [x] = Scores::on_common_grid([&column(&["1000000000000000000000.5", "1000000000000000000001.5", "1000000000000000000002.5"])]);
        assert_eq!(x.sd(), 1.0);
        let thirds = ["0.333333333333333333333333", "21.666666666666666666667", "44.1", "63"];
        let [x] = Scores::on_common_grid([&column(&thirds)]);
        let near = Scores::from_f64(&[1.0 / 3.0, 65.0 / 3.0, 44.1, 63.0]);
        assert!((x.sd() / near.sd() - 1.0).abs() < 1e-15 && (x.mean() / near.mean() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn mixed_scales_of_seventeen_digits_share_a_grid() {
        let [x] = Scores::on_common_grid([&column(&["0.03333333333333333", "121.33333333333333"])]);
        assert!(x.is_exact() && x.units().is_none());
        assert_eq!(x.at(0).to_string(), "0.03333333333333333");
        let [x] = Scores::on_common_grid([&column(&["0.1234567890123456789012345678901234567", "1"])]);
        assert!(!x.is_exact());
    }
}
