//! The sign-flip permutation test of the mean change.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::Values;
use crate::stats::distribution::signed_rank;
use crate::stats::resample::{HalfBinomial, Stream};
use crate::stats::{Alternative, Changes, Inference, NotEstimable, PValue};

/// The record of [`permutation`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Permutation {
    pub p: PValue,
    /// Monte Carlo permutations; 0 where all 2ⁿ sign vectors were enumerated.
    pub n_permutations: usize,
    /// Standard error of `p` from the Monte Carlo; 0 where enumerated.
    pub mc_error: f64,
}

/// Additions that the exact distribution may take, and a sixteenth of it entries that it may hold.
const EXACT_WORK: u64 = 100_000_000;
/// Up to so many non-zero changes the sign vectors are always counted exactly, by halves.
const HALVES: usize = 36;
/// Random signs and groups that the Monte Carlo may visit in all.
const MONTE_CARLO_WORK: usize = 500_000_000;
/// Names the random stream of this test.
const STREAM: u64 = 0x7065_726d_7574_6500;

/// Sign-flip permutation test of the mean change.
///
/// Under the null hypothesis each change is as likely as its negative; p is the share of the 2ⁿ sign vectors whose sum is
/// at least as far out as the observed one, compared as integers on the decimal grid. It is computed exactly (shift
/// algorithm, or counting by halves) where that takes no more than about a tenth of a second; else from `permutations`
/// random sign vectors, p = (1 + hits)/(1 + B), with `mc_error` √(p(1 − p)/B). For very many distinct changes B is
/// lowered, not below 1000, so that the work stays bounded: `n_permutations` says how many were drawn.
/// Matches R: `exactRankTests::perm.test(post, pre, paired = TRUE, exact = TRUE)` on integers, and full enumeration.
/// Source: Fisher (1935) §21, Streitberg & Röhmel (1986), Phipson & Smyth (2010).
pub fn permutation(changes: &Changes, inference: Inference, permutations: usize, seed: u64) -> Result<Permutation, NotEstimable> {
    let (magnitudes, plus, minus) = magnitudes(changes);
    if magnitudes.is_empty() {
        return Err(NotEstimable::NoNonzeroChange);
    }
    // P(Σ₊ ≥ plus) = P(Σ₊ ≤ minus) by symmetry.
    let (reach, sides) = match inference.alternative {
        Alternative::TwoSided => (plus.min(minus), 2.0),
        Alternative::Greater => (minus, 1.0),
        Alternative::Less => (plus, 1.0),
    };
    let exact = |tail: f64| {
        let p = PValue::new(sides * tail).ok_or(NotEstimable::Overflow)?;
        Ok(Permutation { p, n_permutations: 0, mc_error: 0.0 })
    };
    if let Some(weights) = narrow(&magnitudes)
        && let Ok(reach) = u64::try_from(reach)
        && signed_rank::work(&weights, reach, EXACT_WORK).is_some()
    {
        return exact(signed_rank::lower_tail(&weights, reach));
    }
    if magnitudes.len() <= HALVES {
        return exact(by_halves(&magnitudes, reach));
    }
    let two_sided = inference.alternative == Alternative::TwoSided;
    let (drawn, hits) = match narrow(&magnitudes) {
        Some(narrow) => draws(&narrow, [reach as u64, (plus + minus) as u64], two_sided, permutations, seed),
        None => draws(&magnitudes, [reach, plus + minus], two_sided, permutations, seed),
    };
    let p = (1 + hits) as f64 / (1 + drawn) as f64;
    Ok(Permutation {
        p: PValue::new(p).ok_or(NotEstimable::Overflow)?,
        n_permutations: drawn,
        mc_error: libm::sqrt(p * (1.0 - p) / drawn as f64),
    })
}

/// The non-zero magnitudes ascending, in their greatest common unit, and the sums of the positive and the negative ones.
fn magnitudes(changes: &Changes) -> (Vec<u128>, u128, u128) {
    let signed: Vec<i128> = match changes.scores().values() {
        Values::Grid(units) => units.iter().map(|unit| i128::from(*unit)).collect(),
        Values::Long(long) => long.units().to_vec(),
        Values::Float(values) => {
            // Doubles as integers of 2⁻⁹⁰ of the largest: exact unless they span more than 37 binary orders.
            let largest = values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
            let exponent = if largest > 0.0 { 90 - libm::ilogb(largest) } else { 0 };
            values.iter().map(|v| libm::ldexp(*v, exponent) as i128).collect()
        }
    };
    let unit = signed.iter().fold(0_u128, |unit, value| gcd(unit, value.unsigned_abs())).max(1);
    let sum =
        |positive: bool| -> u128 { signed.iter().filter(|v| **v != 0 && (**v > 0) == positive).map(|v| v.unsigned_abs() / unit).sum() };
    let mut magnitudes: Vec<u128> = signed.iter().filter(|v| **v != 0).map(|v| v.unsigned_abs() / unit).collect();
    magnitudes.sort_unstable();
    let (plus, minus) = (sum(true), sum(false));
    (magnitudes, plus, minus)
}

fn gcd(a: u128, b: u128) -> u128 {
    match (u64::try_from(a), u64::try_from(b)) {
        (Ok(a), Ok(b)) => u128::from(signed_rank::gcd(a, b)),
        _ if b == 0 => a,
        _ => gcd(b, a % b),
    }
}

/// The magnitudes as `u64`, where their sum is one too.
fn narrow(magnitudes: &[u128]) -> Option<Vec<u64>> {
    u64::try_from(magnitudes.iter().sum::<u128>()).ok()?;
    magnitudes.iter().map(|m| u64::try_from(*m).ok()).collect()
}

/// P(Σ₊ ≤ reach) by counting: the sums of either half ascending, then one pass over both.
fn by_halves(magnitudes: &[u128], reach: u128) -> f64 {
    let (first, second) = magnitudes.split_at(magnitudes.len() / 2);
    let (first, second) = (subset_sums(first), subset_sums(second));
    let mut above = second.len();
    let mut count = 0_u64;
    for sum in first {
        while above > 0 && sum + second[above - 1] > reach {
            above -= 1;
        }
        count += above as u64;
    }
    libm::ldexp(count as f64, -(magnitudes.len() as i32))
}

/// The sums of all subsets, ascending: each magnitude merges the list with itself shifted.
fn subset_sums(magnitudes: &[u128]) -> Vec<u128> {
    let mut sums = vec![0];
    for magnitude in magnitudes {
        let mut merged = Vec::with_capacity(2 * sums.len());
        let mut plain = sums.iter().copied().peekable();
        for shifted in sums.iter().map(|sum| sum + magnitude) {
            while let Some(sum) = plain.next_if(|sum| *sum <= shifted) {
                merged.push(sum);
            }
            merged.push(shifted);
        }
        sums = merged;
    }
    sums
}

/// Equal magnitudes from which on a table is quicker than counting bits.
const MANY: u32 = 256;

/// Magnitudes by how their signs are drawn. Of m equal ones Binomial(m, ½) are positive: for few that is a count of ones in
/// random words, for many a draw from a table. Those that stand alone take a bit each.
struct Groups<T> {
    alone: Vec<T>,
    /// Magnitude and how many.
    tied: Vec<(T, u32)>,
    many: Vec<(T, HalfBinomial)>,
}

impl<T: Magnitude> Groups<T> {
    fn new(magnitudes: &[T]) -> Self {
        let (alone, tied): (Vec<&[T]>, Vec<&[T]>) = magnitudes.chunk_by(|a, b| a == b).partition(|group| group.len() == 1);
        let tied = tied.iter().map(|group| (group[0], group.len() as u32));
        let (many, tied): (Vec<_>, Vec<_>) = tied.partition(|(_, size)| *size >= MANY);
        let many = many.into_iter().map(|(magnitude, size)| (magnitude, HalfBinomial::new(size))).collect();
        Self { alone: alone.concat(), tied, many }
    }

    fn work(&self) -> usize {
        (self.alone.len() + 2 * self.many.len() + self.tied.iter().map(|(_, size)| 1 + *size as usize / 64).sum::<usize>()).max(1)
    }

    /// The sum of the positive changes under random signs.
    fn draw(&self, stream: &mut Stream) -> T {
        let mut sum = T::default();
        for magnitudes in self.alone.chunks(64) {
            let mut word = stream.next_u64();
            for magnitude in magnitudes {
                sum = sum + magnitude.times(word & 1);
                word >>= 1;
            }
        }
        let (mut word, mut left) = (0_u64, 0_u32);
        for &(magnitude, size) in &self.tied {
            // Bits left in a word serve the next group.
            let (mut size, mut ones) = (size, 0);
            while size > 0 {
                if left == 0 {
                    (word, left) = (stream.next_u64(), 64);
                }
                let take = size.min(left);
                let bits = if take == 64 { word } else { word & ((1 << take) - 1) };
                ones += bits.count_ones();
                word = if take == 64 { 0 } else { word >> take };
                left -= take;
                size -= take;
            }
            sum = sum + magnitude.times(u64::from(ones));
        }
        for (magnitude, law) in &self.many {
            sum = sum + magnitude.times(law.draw(stream));
        }
        sum
    }
}

/// What a magnitude must do: 64 bits where the sum of all fits, else 128.
trait Magnitude: Copy + Default + PartialOrd + Send + Sync + std::ops::Add<Output = Self> + std::ops::Sub<Output = Self> {
    fn times(self, count: u64) -> Self;
}

impl Magnitude for u64 {
    fn times(self, count: u64) -> Self {
        self * count
    }
}

impl Magnitude for u128 {
    fn times(self, count: u64) -> Self {
        self * u128::from(count)
    }
}

/// How many sign vectors were drawn, within the work limit, and how many of them reach as far out as the observed one.
fn draws<T: Magnitude>(magnitudes: &[T], ends: [T; 2], two_sided: bool, permutations: usize, seed: u64) -> (usize, u64) {
    let groups = Groups::new(magnitudes);
    let drawn = permutations.min((MONTE_CARLO_WORK / groups.work()).max(1000)).max(1);
    (drawn, monte_carlo(&groups, ends, two_sided, drawn, seed))
}

/// How many of `drawn` random sign vectors reach as far out as the observed one.
fn monte_carlo<T: Magnitude>(groups: &Groups<T>, [reach, total]: [T; 2], two_sided: bool, drawn: usize, seed: u64) -> u64 {
    // Enough for one task to be worth it; hits are counts, so their sum does not depend on the order.
    let block = (20_000 / groups.work()).clamp(1, 256);
    (0..drawn.div_ceil(block))
        .into_par_iter()
        .map_init(
            || Stream::new(seed, STREAM),
            |stream, index| {
                let hit = |replicate: &usize| {
                    stream.set_replicate(*replicate as u64);
                    let sum = groups.draw(stream);
                    sum <= reach || two_sided && total - sum <= reach
                };
                (index * block..((index + 1) * block).min(drawn)).filter(hit).count() as u64
            },
        )
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO_SIDED: Inference = Inference { conf_level: 0.95, alternative: Alternative::TwoSided };

    #[test]
    fn three_equal_changes() {
        let record = permutation(&Changes::from_f64(&[2.0, 2.0, 2.0]), TWO_SIDED, 100, 1);
        assert_eq!(record.map(|r| (r.p.get(), r.n_permutations, r.mc_error)), Ok((0.25, 0, 0.0)));
        assert_eq!(permutation(&Changes::from_f64(&[0.0, 0.0]), TWO_SIDED, 100, 1), Err(NotEstimable::NoNonzeroChange));
    }

    #[test]
    fn doubles_without_a_change_are_refused() {
        let equal = crate::stats::Pairs::from_f64(&[1e-40, 2e-40], &[1e-40, 2e-40]);
        assert!(!equal.pre().is_exact());
        assert_eq!(permutation(equal.changes(), TWO_SIDED, 100, 1), Err(NotEstimable::NoNonzeroChange));
    }

    #[test]
    fn halves_count_as_the_shift_does() {
        let magnitudes: Vec<u128> = vec![1, 1, 2, 3, 5, 8, 8, 8, 13, 21, 40];
        let weights: Vec<u64> = magnitudes.iter().map(|m| *m as u64).collect();
        for reach in 0..=110 {
            assert_eq!(by_halves(&magnitudes, reach), signed_rank::lower_tail(&weights, reach as u64), "{reach}");
        }
    }

    #[test]
    fn wide_numbers_are_counted_too() {
        let changes: Vec<f64> = (1..=20).map(|i| f64::from(i * i % 37) * 1e10 + 1e-6 * f64::from(i)).collect();
        let record = permutation(&Changes::from_f64(&changes), TWO_SIDED, 100, 1);
        assert_eq!(record.map(|r| (r.p.get(), r.n_permutations)), Ok((libm::ldexp(1.0, -19), 0)));
    }

    #[test]
    fn monte_carlo_agrees_with_the_exact_p() {
        let changes: Vec<f64> = (0..60).map(|i| f64::from((i * 7919) % 61 - 24)).collect();
        let changes = Changes::from_f64(&changes);
        let exact = permutation(&changes, TWO_SIDED, 0, 1).map(|r| r.p.get());
        let (magnitudes, plus, minus) = magnitudes(&changes);
        let hits = monte_carlo(&Groups::new(&magnitudes), [plus.min(minus), plus + minus], true, 40_000, 3);
        let error = exact.clone().map(|p| (hits as f64 / 40_000.0 - p) / libm::sqrt(p * (1.0 - p) / 40_000.0));
        assert!(error.as_ref().is_ok_and(|e| e.abs() < 4.0), "{exact:?} {error:?}");
    }
}
