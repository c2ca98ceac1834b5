//! A column of scores on one grid.

use super::number::LIMIT;
use super::quotient::least_common_multiple;
use super::sum::float_cross;
use super::{Decimal, DoubleDouble, LongUnits, Score, exact_ratio};

/// Scores on a common grid, `units / per_point`, or doubles where 30 digits do not hold them all.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    values: Values,
    /// Units of the grid in one point: 100 where scores have two decimals, 7 for means of seven items; 1 where 18 digits do not
    /// hold the scores.
    per_point: i64,
}

/// The values of [`Scores`]: integers on the grid, long ones on a finer grid of their own, or doubles.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    Grid(Vec<i64>),
    Long(LongUnits),
    Float(Vec<f64>),
}

impl Scores {
    /// Puts several columns on their common grid (the finest any of them needs).
    pub fn on_common_grid<const K: usize>(columns: [&[Score]; K]) -> [Self; K] {
        let mut denominators = columns.iter().flat_map(|column| column.iter()).map(denominator);
        let per_point = denominators.try_fold(1, |grid, parts| finer(grid, parts?));
        let grid = per_point.and_then(|per_point| {
            let units = |column: &&[Score]| column.iter().map(|score| units(*score, per_point)).collect::<Option<Vec<i64>>>();
            columns.iter().map(units).collect::<Option<Vec<_>>>().map(|columns| (columns, per_point))
        });
        match grid {
            Some((mut units, per_point)) => {
                std::array::from_fn(|k| Self { values: Values::Grid(std::mem::take(&mut units[k])), per_point })
            }
            None => match LongUnits::on_common_grid(columns) {
                Some(columns) => columns.map(|units| Self { values: Values::Long(units), per_point: 1 }),
                None => {
                    columns.map(|column| Self { values: Values::Float(column.iter().map(|score| score.to_f64()).collect()), per_point: 1 })
                }
            },
        }
    }

    /// Integers on a grid of `per_point` units in one point.
    pub fn from_units(units: Vec<i64>, per_point: i64) -> Self {
        Self { values: Values::Grid(units), per_point }
    }

    /// Doubles taken at their shortest decimal text, as a person would have typed them.
    pub fn from_f64(values: &[f64]) -> Self {
        let scores: Vec<Score> =
            values.iter().map(|value| Score::parse(&format!("{value}"), '.').unwrap_or(Score::Float(*value))).collect();
        let [column] = Self::on_common_grid([&scores]);
        column
    }

    pub fn len(&self) -> usize {
        match &self.values {
            Values::Grid(units) => units.len(),
            Values::Long(long) => long.units().len(),
            Values::Float(values) => values.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether every score is held exactly.
    pub fn is_exact(&self) -> bool {
        !matches!(self.values, Values::Float(_))
    }

    pub fn values(&self) -> &Values {
        &self.values
    }

    /// Units of the grid of [`Self::units`] in one point.
    pub fn per_point(&self) -> i64 {
        self.per_point
    }

    /// Element `i` as a score.
    pub fn at(&self, i: usize) -> Score {
        match &self.values {
            Values::Grid(units) => match self.decimals().and_then(|scale| Decimal::new(units[i], scale)) {
                Some(decimal) => Score::Exact(decimal),
                None => Score::quotient(i128::from(units[i]), i128::from(self.per_point)),
            },
            Values::Long(long) => long.at(i),
            Values::Float(values) => Score::Float(values[i]),
        }
    }

    /// Digits after the decimal mark, where the scores have units on a decimal grid.
    pub fn decimals(&self) -> Option<u8> {
        self.units()?;
        let mut rest = self.per_point;
        let mut decimals = 0;
        while rest % 10 == 0 {
            rest /= 10;
            decimals += 1;
        }
        (rest == 1).then_some(decimals)
    }

    /// The integers, where 18 digits hold them.
    pub fn units(&self) -> Option<&[i64]> {
        match &self.values {
            Values::Grid(units) => Some(units),
            Values::Long(_) | Values::Float(_) => None,
        }
    }

    /// The sum of all scores as a fraction, where the column is exact.
    pub fn exact_sum(&self) -> Option<(i128, i128)> {
        match &self.values {
            Values::Grid(units) => Some((units.iter().map(|&units| i128::from(units)).sum(), i128::from(self.per_point))),
            Values::Long(long) => Some((long.units().iter().sum(), long.per_point())),
            Values::Float(_) => None,
        }
    }

    /// Integers with the order, the signs and the ties of the scores: the units where 18 digits hold them, else signed dense ranks of
    /// the magnitudes. For everything that rests on ranks alone.
    pub fn signed_ranks(&self) -> Vec<i64> {
        match &self.values {
            Values::Grid(units) => units.clone(),
            Values::Long(long) => long.signed_ranks(),
            Values::Float(values) => {
                let mut magnitudes: Vec<f64> = values.iter().map(|v| v.abs()).filter(|m| *m > 0.0).collect();
                magnitudes.sort_by(f64::total_cmp);
                magnitudes.dedup();
                let rank = |v: f64| magnitudes.partition_point(|m| *m < v.abs()) as i64 + 1;
                values.iter().map(|&v| if v == 0.0 { 0 } else { rank(v) * v.signum() as i64 }).collect()
            }
        }
    }

    /// The scores with `count` scores of 0 behind them.
    pub fn with_zeros(&self, count: usize) -> Self {
        let values = match &self.values {
            Values::Grid(units) => Values::Grid(units.iter().copied().chain(std::iter::repeat_n(0, count)).collect()),
            Values::Long(long) => Values::Long(long.with_zeros(count)),
            Values::Float(values) => Values::Float(values.iter().copied().chain(std::iter::repeat_n(0.0, count)).collect()),
        };
        Self { values, per_point: self.per_point }
    }

    /// One unit of the grid of [`Self::units`] in raw points.
    pub fn unit(&self) -> f64 {
        exact_ratio(1, i128::from(self.per_point))
    }

    /// Every score as the nearest double, in order.
    pub fn to_f64(&self) -> Vec<f64> {
        match &self.values {
            Values::Grid(units) => units.iter().map(|units| exact_ratio(i128::from(*units), i128::from(self.per_point))).collect(),
            Values::Long(long) => long.to_f64(),
            Values::Float(values) => values.clone(),
        }
    }

    /// The difference `self − other`, element by element; both must share a grid and a length.
    pub fn minus(&self, other: &Self) -> Self {
        let values = match (&self.values, &other.values) {
            (Values::Grid(a), Values::Grid(b)) => Values::Grid(a.iter().zip(b).map(|(a, b)| a - b).collect()),
            (Values::Long(a), Values::Long(b)) => Values::Long(a.combine(b, |a, b| a - b)),
            _ => Values::Float(self.to_f64().iter().zip(other.to_f64()).map(|(a, b)| a - b).collect()),
        };
        Self { values, per_point: self.per_point }
    }

    /// The sum `self + other`, element by element; both must share a grid and a length.
    pub fn plus(&self, other: &Self) -> Self {
        let values = match (&self.values, &other.values) {
            (Values::Grid(a), Values::Grid(b)) => Values::Grid(a.iter().zip(b).map(|(a, b)| a + b).collect()),
            (Values::Long(a), Values::Long(b)) => Values::Long(a.combine(b, |a, b| a + b)),
            _ => Values::Float(self.to_f64().iter().zip(other.to_f64()).map(|(a, b)| a + b).collect()),
        };
        Self { values, per_point: self.per_point }
    }

    /// The scores in the order of `index`.
    pub fn select(&self, index: &[usize]) -> Self {
        let values = match &self.values {
            Values::Grid(units) => Values::Grid(index.iter().map(|&i| units[i]).collect()),
            Values::Long(long) => Values::Long(long.select(index)),
            Values::Float(values) => Values::Float(index.iter().map(|&i| values[i]).collect()),
        };
        Self { values, per_point: self.per_point }
    }

    /// Compares two elements.
    pub fn compare(&self, i: usize, j: usize) -> std::cmp::Ordering {
        match &self.values {
            Values::Grid(units) => units[i].cmp(&units[j]),
            Values::Long(long) => long.units()[i].cmp(&long.units()[j]),
            Values::Float(values) => values[i].total_cmp(&values[j]),
        }
    }

    /// The sum in raw points, rounded once where the column is exact.
    pub fn sum(&self) -> f64 {
        match &self.values {
            Values::Grid(_) | Values::Long(_) => self.exact_sum().map_or(0.0, |(sum, per_point)| exact_ratio(sum, per_point)),
            Values::Float(values) => values.iter().copied().collect::<DoubleDouble>().value(),
        }
    }

    /// The mean in raw points; 0 for an empty column.
    pub fn mean(&self) -> f64 {
        let n = self.len();
        if n == 0 {
            return 0.0;
        }
        match &self.values {
            Values::Grid(_) | Values::Long(_) => self.exact_sum().map_or(0.0, |(sum, per_point)| exact_ratio(sum, n as i128 * per_point)),
            Values::Float(values) => {
                // Halving the scale keeps scores near the largest double from overflowing the sum.
                values.iter().map(|v| v / n as f64).collect::<DoubleDouble>().value()
            }
        }
    }

    /// The sum of products of deviations `Σ (aᵢ − ā)(bᵢ − b̄)` in squared raw points.
    pub fn cross_deviation(&self, other: &Self) -> f64 {
        debug_assert_eq!(self.len(), other.len());
        match (&self.values, &other.values) {
            (Values::Grid(a), Values::Grid(b)) => exact_cross(a, b, i128::from(self.per_point) * i128::from(other.per_point))
                .unwrap_or_else(|| float_cross(&self.to_f64(), &other.to_f64())),
            (Values::Long(a), Values::Long(b)) => a.cross_deviation(b),
            _ => float_cross(&self.to_f64(), &other.to_f64()),
        }
    }

    /// The sample standard deviation (divisor n − 1); 0 for fewer than two.
    pub fn sd(&self) -> f64 {
        let n = self.len();
        if n < 2 {
            return 0.0;
        }
        if let Values::Float(values) = &self.values {
            return scaled_float_sd(values);
        }
        libm::sqrt(self.variance())
    }

    /// The sample variance (divisor n − 1); 0 for fewer than two.
    pub fn variance(&self) -> f64 {
        if self.len() < 2 { 0.0 } else { self.cross_deviation(self) / (self.len() - 1) as f64 }
    }

    /// Whether all elements are equal (true for none or one).
    pub fn is_constant(&self) -> bool {
        match &self.values {
            Values::Grid(units) => units.windows(2).all(|w| w[0] == w[1]),
            Values::Long(long) => long.units().windows(2).all(|w| w[0] == w[1]),
            Values::Float(values) => values.windows(2).all(|w| w[0] == w[1]),
        }
    }
}

/// How many parts of a point the score is counted in; `None` for a double.
fn denominator(score: &Score) -> Option<i64> {
    match score {
        Score::Exact(decimal) => 10_i64.checked_pow(u32::from(decimal.scale())),
        Score::Fraction(fraction) => Some(fraction.denominator()),
        Score::Long(_) | Score::Float(_) => None,
    }
}

/// The grid that holds two others.
fn finer(grid: i64, parts: i64) -> Option<i64> {
    // Most scores lie on the grid of those before them.
    if grid % parts == 0 { Some(grid) } else { least_common_multiple(grid, parts) }
}

fn units(score: Score, per_point: i64) -> Option<i64> {
    let (numerator, denominator) = match score {
        Score::Exact(decimal) => (decimal.mantissa(), 10_i64.checked_pow(u32::from(decimal.scale()))?),
        Score::Fraction(fraction) => (fraction.numerator(), fraction.denominator()),
        Score::Long(_) | Score::Float(_) => return None,
    };
    numerator.checked_mul(per_point / denominator).filter(|units| units.abs() <= LIMIT)
}

/// `Σ ab − ΣaΣb/n` in integers about a pivot, so that a large common offset costs nothing; `None` on overflow.
fn exact_cross(a: &[i64], b: &[i64], per_point_squared: i128) -> Option<f64> {
    let n = a.len() as i128;
    if n == 0 {
        return Some(0.0);
    }
    let (pivot_a, pivot_b) = (i128::from(a[0]), i128::from(b[0]));
    let (mut sum_a, mut sum_b, mut sum_ab) = (0_i128, 0_i128, 0_i128);
    for (&a, &b) in a.iter().zip(b) {
        let (a, b) = (i128::from(a) - pivot_a, i128::from(b) - pivot_b);
        sum_a += a;
        sum_b += b;
        sum_ab = sum_ab.checked_add(a.checked_mul(b)?)?;
    }
    let numerator = sum_ab.checked_mul(n)?.checked_sub(sum_a.checked_mul(sum_b)?)?;
    let denominator = per_point_squared.checked_mul(n)?;
    Some(exact_ratio(numerator, denominator))
}

/// Standard deviation of doubles, scaled by the largest deviation so that 1e±150 neither overflows nor vanishes.
fn scaled_float_sd(values: &[f64]) -> f64 {
    let largest = values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
    if largest == 0.0 {
        return 0.0;
    }
    let scaled: Vec<f64> = values.iter().map(|v| v / largest).collect();
    let cross = float_cross(&scaled, &scaled).max(0.0);
    libm::sqrt(cross / (values.len() - 1) as f64) * largest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_changes_are_equal() {
        let pre = Scores::from_f64(&[2.0, 0.8, 10.3]);
        let post = Scores::from_f64(&[2.3, 1.1, 10.6]);
        let [pre, post] = {
            let score =
                |s: &Scores| s.to_f64().iter().map(|v| Score::parse(&v.to_string(), '.').unwrap_or(Score::Float(*v))).collect::<Vec<_>>();
            Scores::on_common_grid([&score(&pre), &score(&post)])
        };
        let change = post.minus(&pre);
        assert!(change.is_constant());
        assert_eq!(change.sd(), 0.0);
        assert_eq!(change.mean(), 0.3);
    }

    #[test]
    fn means_of_items_lie_on_a_grid_of_their_own() {
        let sevenths = |numerators: [i128; 3]| numerators.map(|n| Score::quotient(n, 7));
        let [pre, post] = Scores::on_common_grid([&sevenths([3, 7, 10]), &sevenths([8, 12, 15])]);
        let change = post.minus(&pre);
        assert!(change.is_exact() && change.is_constant());
        assert_eq!((change.per_point(), change.mean(), change.sd()), (7, 5.0 / 7.0, 0.0));
        assert_eq!((change.at(0), pre.at(1)), (Score::quotient(5, 7), Score::quotient(1, 1)));
        // Prorated forms of 9 and of 10 answered items beside typed decimals.
        let mixed = [Score::quotient(1, 9), Score::quotient(1, 10), Score::quotient(5, 4)];
        let [column] = Scores::on_common_grid([&mixed]);
        assert_eq!((column.per_point(), column.decimals(), column.units()), (900, None, Some(&[100, 90, 1125][..])));
        let far: Vec<Score> = [1_000_000_007, 999_999_937, 999_999_929].map(|prime| Score::quotient(1, prime)).to_vec();
        assert!(!Scores::on_common_grid([&far])[0].is_exact());
    }

    #[test]
    fn a_large_offset_costs_no_digits() {
        // NIST StRD NumAcc4: mean 10000000.2, SD 0.1.
        let mut values = vec![10_000_000.2];
        for _ in 0..500 {
            values.extend([10_000_000.1, 10_000_000.3]);
        }
        let column = Scores::from_f64(&values);
        assert_eq!(column.mean(), 10_000_000.2);
        assert_eq!(column.sd(), 0.1);
    }

    #[test]
    fn extreme_scales_do_not_overflow() {
        for scale in [1e150, 1e-150] {
            let column = Scores::from_f64(&[1.0 * scale, 2.0 * scale, 3.0 * scale]);
            assert!((column.sd() / scale - 1.0).abs() < 1e-15, "{}", column.sd());
        }
    }
}
