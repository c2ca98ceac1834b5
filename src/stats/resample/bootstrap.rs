//! The bootstrap over people.

use rayon::prelude::*;

use super::Stream;
use super::bca::bca_in_place;
use crate::decimal::{self, Scores, exact_ratio};
use crate::stats::density::{Density, trimmed_density};
use crate::stats::estimable::Column;
use crate::stats::{Estimable, Interval, NotEstimable, Pairs};

/// Draws of a person in all: with more than 10 000 people fewer replicates are made, so that n × B stays within this.
const WORK: usize = 100_000_000;
/// The work limit never takes the replicates below this.
const FEWEST: usize = 1000;
/// The share of replicates without a value (a resample of one score has no d) beyond which an interval is refused.
const LOST: f64 = 0.01;

/// BCa intervals of everything that is bootstrapped, all from the same resamples.
#[derive(Debug, Clone, PartialEq)]
pub struct BootstrapIntervals {
    pub planned: usize,
    pub replicates: usize,
    pub mean_change: Estimable<Interval>,
    pub d_av: Estimable<Interval>,
    pub d_pre: Estimable<Interval>,
    pub rank_biserial_drop: Estimable<Interval>,
    pub rank_biserial_pratt: Estimable<Interval>,
    /// Density of the bootstrap distribution of the mean change.
    pub mean_change_density: Estimable<Density>,
}

/// `replicates` resamples of people from `seed`; `analysis` numbers the stream, so that no two outcomes share one.
///
/// A resample draws n people with replacement, pre and post together, and gives the mean change, d_av, d_pre and the
/// rank-biserial correlation under both rules for zeros; each gets its BCa interval ([`super::bca`]) with the jackknife over
/// people. Replicates without a value are left out, as in R; above 1 % of them the interval is refused. For more than
/// 10 000 people `replicates` is lowered so that n × B ≤ 10⁸, not below 1000.
/// Matches R: `boot::boot(data, statistic, R)` and `boot.ci(type = "bca", L = empinf(type = "jack"))` for the same resamples.
/// Source: Efron (1987), Davison & Hinkley (1997).
pub fn bootstrap(pairs: &Pairs, conf_level: f64, replicates: usize, seed: u64, analysis: u64) -> BootstrapIntervals {
    let n = pairs.n();
    let used = replicates.min((WORK / n.max(1)).max(FEWEST));
    let refusal = if n < 3 {
        Some(NotEstimable::TooFewPairs { needed: 3, found: n })
    } else if used == 0 {
        Some(NotEstimable::NotComputed { why: "no replicates were asked for".into() })
    } else {
        u32::try_from(n).err().map(|_| NotEstimable::Overflow)
    };
    if let Some(reason) = refusal {
        return BootstrapIntervals::refused(replicates, &reason);
    }
    let people = People::new(pairs);
    let draws = people.resample(used, seed, analysis);
    people.intervals(pairs, &draws, conf_level, replicates)
}

impl BootstrapIntervals {
    fn refused(planned: usize, reason: &NotEstimable) -> Self {
        let refused = || Estimable::NotEstimable(reason.clone());
        Self {
            planned,
            replicates: 0,
            mean_change: refused(),
            d_av: refused(),
            d_pre: refused(),
            rank_biserial_drop: refused(),
            rank_biserial_pratt: refused(),
            mean_change_density: Estimable::NotEstimable(reason.clone()),
        }
    }
}

/// The statistics of one resample.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Values {
    mean_change: f64,
    d_av: f64,
    d_pre: f64,
    rank_biserial_drop: f64,
    rank_biserial_pratt: f64,
}

/// People by kind: those with the same scores are one kind, and a resample is how often each kind was drawn.
///
/// Scores are centred units of the decimal grid, so that their sums are exact in doubles for any real instrument and two
/// resamples of the same people give the same bits.
struct People {
    n: u32,
    /// Kind of each person, ascending.
    kind: Vec<u32>,
    /// Whether everyone is a kind alone: then person and kind have one number.
    all_differ: bool,
    /// Kinds in ascending order of |change|.
    kinds: Vec<Kind>,
    /// Ends in `kinds` of the runs of equal |change|.
    ends: Vec<u32>,
    /// Whether the first run is that of no change.
    zero_first: bool,
    /// Mean(post) − mean(pre) is this plus the difference of the centred means.
    offset: f64,
    /// Units in one point: 10^scale.
    units: f64,
}

#[derive(Debug, Clone, Copy)]
struct Kind {
    pre: f64,
    post: f64,
    pre_squared: f64,
    post_squared: f64,
    sign: i64,
    count: u32,
}

/// Sums over a resample: of the scores and their squares, and of the signed doubled ranks.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    pre: f64,
    post: f64,
    pre_squared: f64,
    post_squared: f64,
    /// Doubled signed rank sum with zeros dropped.
    signed_ranks: i64,
    /// Positive less negative changes.
    balance: i64,
    n_zero: i64,
    n: i64,
}

impl People {
    fn new(pairs: &Pairs) -> Self {
        let n = pairs.n();
        let (pre, pre_pivot) = centred(pairs.pre());
        let (post, post_pivot) = centred(pairs.post());
        let offset = match (pre_pivot, post_pivot) {
            (Pivot::Units(pre), Pivot::Units(post)) => (i128::from(post) - i128::from(pre)) as f64,
            (pre, post) => post.value() - pre.value(),
        };
        // Pairs are sorted, so people with the same scores stand together.
        let same = |i: usize| pairs.pre().compare(i, i - 1).is_eq() && pairs.post().compare(i, i - 1).is_eq();
        let first_of_kind: Vec<usize> = (0..n).filter(|&i| i == 0 || !same(i)).collect();
        let last_of_kind = first_of_kind.iter().skip(1).copied().chain([n]);
        let sizes: Vec<u32> = first_of_kind.iter().zip(last_of_kind).map(|(first, end)| (end - first) as u32).collect();
        let change = pairs.post().minus(pairs.pre());
        let keys = change.signed_ranks();
        let mut order: Vec<usize> = (0..first_of_kind.len()).collect();
        order.sort_by_key(|&k| keys[first_of_kind[k]].unsigned_abs());
        let kinds: Vec<Kind> = order
            .iter()
            .map(|&k| {
                let i = first_of_kind[k];
                Kind {
                    pre: pre[i],
                    post: post[i],
                    pre_squared: pre[i] * pre[i],
                    post_squared: post[i] * post[i],
                    sign: keys[i].signum(),
                    count: sizes[k],
                }
            })
            .collect();
        let kind = (0..).zip(&kinds).flat_map(|(number, kind): (u32, &Kind)| std::iter::repeat_n(number, kind.count as usize)).collect();
        let magnitude = |place: usize| keys[first_of_kind[order[place]]].unsigned_abs();
        let ends = (1..=order.len()).filter(|&end| end == order.len() || magnitude(end) != magnitude(end - 1)).map(|end| end as u32);
        Self {
            n: n as u32,
            kind,
            all_differ: kinds.len() == n,
            ends: ends.collect(),
            zero_first: magnitude(0) == 0,
            kinds,
            offset,
            units: pairs.pre().per_point() as f64,
        }
    }

    /// The statistics of each replicate, in the order of the replicates whatever the number of threads.
    fn resample(&self, replicates: usize, seed: u64, analysis: u64) -> Vec<Values> {
        let empty = Values { mean_change: 0.0, d_av: 0.0, d_pre: 0.0, rank_biserial_drop: 0.0, rank_biserial_pratt: 0.0 };
        let mut values = vec![empty; replicates];
        let block = (50_000 / self.n as usize).clamp(1, 1024);
        values.par_chunks_mut(block).enumerate().for_each_init(
            || (Stream::new(seed, analysis), vec![0_u32; self.kinds.len()]),
            |(stream, counts), (index, chunk)| {
                for (within, value) in chunk.iter_mut().enumerate() {
                    stream.set_replicate((index * block + within) as u64);
                    counts.fill(0);
                    if self.all_differ {
                        (0..self.n).for_each(|_| counts[stream.below(self.n) as usize] += 1);
                    } else {
                        (0..self.n).for_each(|_| counts[self.kind[stream.below(self.n) as usize] as usize] += 1);
                    }
                    *value = self.values(&self.sums(counts));
                }
            },
        );
        values
    }

    fn sums(&self, counts: &[u32]) -> Sums {
        let mut sums = Sums { n: i64::from(self.n), ..Sums::default() };
        let mut start = 0;
        let mut below = 0_i64;
        for (run, &end) in self.ends.iter().enumerate() {
            let end = end as usize;
            let (mut size, mut balance) = (0_i64, 0_i64);
            for (kind, &count) in self.kinds[start..end].iter().zip(&counts[start..end]) {
                let times = f64::from(count);
                sums.pre += times * kind.pre;
                sums.post += times * kind.post;
                sums.pre_squared += times * kind.pre_squared;
                sums.post_squared += times * kind.post_squared;
                size += i64::from(count);
                balance += i64::from(count) * kind.sign;
            }
            if run == 0 && self.zero_first {
                sums.n_zero = size;
            } else {
                sums.signed_ranks += balance * (2 * below + size + 1);
                sums.balance += balance;
                below += size;
            }
            start = end;
        }
        sums
    }

    fn values(&self, sums: &Sums) -> Values {
        let n = sums.n as f64;
        let change = sums.post - sums.pre + n * self.offset;
        let variance = |sum: f64, squared: f64| ((squared - sum * sum / n) / (n - 1.0)).max(0.0);
        let (pre, post) = (variance(sums.pre, sums.pre_squared), variance(sums.post, sums.post_squared));
        let nonzero = sums.n - sums.n_zero;
        // Under Pratt's rule every rank is higher by the number of zeros.
        let pratt = sums.signed_ranks + 2 * sums.n_zero * sums.balance;
        Values {
            mean_change: change / (n * self.units),
            d_av: change / n / libm::sqrt((pre + post) / 2.0),
            d_pre: change / n / libm::sqrt(pre),
            rank_biserial_drop: sums.signed_ranks as f64 / (nonzero * (nonzero + 1)) as f64,
            rank_biserial_pratt: pratt as f64 / (sums.n * (sums.n + 1)) as f64,
        }
    }

    /// The statistics without one person of each kind: sums less one, ranks by suffix sums.
    fn jackknife(&self, all: &Sums) -> Vec<(Values, u32)> {
        let mut left_out = Vec::with_capacity(self.kinds.len());
        let mut start = 0;
        let mut below = 0_i64;
        let mut balance_above = all.balance;
        for (run, &end) in self.ends.iter().enumerate() {
            let kinds = &self.kinds[start..end as usize];
            let size: i64 = kinds.iter().map(|kind| i64::from(kind.count)).sum();
            let balance: i64 = kinds.iter().map(|kind| i64::from(kind.count) * kind.sign).sum();
            let zero = run == 0 && self.zero_first;
            balance_above -= balance;
            for kind in kinds {
                // Those tied with the one left out lose half a rank, the larger ones a whole one.
                let lost = if zero { 0 } else { balance + kind.sign * (2 * below + size) + 2 * balance_above };
                let sums = Sums {
                    pre: all.pre - kind.pre,
                    post: all.post - kind.post,
                    pre_squared: all.pre_squared - kind.pre_squared,
                    post_squared: all.post_squared - kind.post_squared,
                    signed_ranks: all.signed_ranks - lost,
                    balance: all.balance - kind.sign,
                    n_zero: all.n_zero - i64::from(zero),
                    n: all.n - 1,
                };
                left_out.push((self.values(&sums), kind.count));
            }
            below += if zero { 0 } else { size };
            start = end as usize;
        }
        left_out
    }

    fn intervals(&self, pairs: &Pairs, draws: &[Values], conf_level: f64, planned: usize) -> BootstrapIntervals {
        let counts: Vec<u32> = self.kinds.iter().map(|kind| kind.count).collect();
        let sums = self.sums(&counts);
        let estimate = self.values(&sums);
        let jackknife = self.jackknife(&sums);
        let column = |pick: fn(&Values) -> f64| -> Result<Vec<f64>, NotEstimable> {
            let values: Vec<f64> = draws.iter().map(pick).filter(|value| value.is_finite()).collect();
            let lost = draws.len() - values.len();
            if lost as f64 > LOST * draws.len() as f64 {
                let why = format!("{lost} of {} resamples have no value", draws.len());
                return Err(NotEstimable::DegenerateBootstrap { why });
            }
            Ok(values)
        };
        let interval = |pick: fn(&Values) -> f64| -> Result<Interval, NotEstimable> {
            let left_out = jackknife.iter().map(|(values, times)| (pick(values), *times));
            bca_in_place(pick(&estimate), &mut column(pick)?, left_out, pairs.n(), conf_level)
        };
        let constant = |column: Column| NotEstimable::ConstantColumn { visit: column };
        let pre_constant = pairs.pre().is_constant();
        let both_constant = pre_constant && pairs.post().is_constant();
        let no_change = sums.n_zero == sums.n;
        let unless = |refused: bool, reason: NotEstimable, pick: fn(&Values) -> f64| -> Estimable<Interval> {
            if refused { Err(reason).into() } else { interval(pick).into() }
        };
        BootstrapIntervals {
            planned,
            replicates: draws.len(),
            mean_change: unless(pairs.changes().is_constant(), NotEstimable::ConstantChange, |v| v.mean_change),
            d_av: unless(both_constant, constant(Column::Pre), |v| v.d_av),
            d_pre: unless(pre_constant, constant(Column::Pre), |v| v.d_pre),
            rank_biserial_drop: unless(no_change, NotEstimable::NoNonzeroChange, |v| v.rank_biserial_drop),
            rank_biserial_pratt: unless(no_change, NotEstimable::NoNonzeroChange, |v| v.rank_biserial_pratt),
            mean_change_density: if pairs.changes().is_constant() {
                Err(NotEstimable::ConstantChange).into()
            } else {
                column(|v| v.mean_change).and_then(|mut values| trimmed_density(&mut values)).into()
            },
        }
    }
}

enum Pivot {
    Units(i64),
    Value(f64),
}

impl Pivot {
    fn value(&self) -> f64 {
        match self {
            Pivot::Units(units) => *units as f64,
            Pivot::Value(value) => *value,
        }
    }
}

/// The scores less a pivot near their mean, as doubles in units of the grid.
fn centred(scores: &Scores) -> (Vec<f64>, Pivot) {
    match scores.values() {
        decimal::Values::Grid(units) => {
            let sum: i128 = units.iter().map(|unit| i128::from(*unit)).sum();
            let pivot = sum.div_euclid(units.len().max(1) as i128) as i64;
            (units.iter().map(|unit| (unit - pivot) as f64).collect(), Pivot::Units(pivot))
        }
        decimal::Values::Long(long) => {
            let mut sorted = long.units().to_vec();
            sorted.sort_unstable();
            let pivot = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
            let in_points = |units: i128| exact_ratio(units, long.per_point());
            (long.units().iter().map(|units| in_points(units - pivot)).collect(), Pivot::Value(in_points(pivot)))
        }
        decimal::Values::Float(values) => {
            // A score, not the mean: differences of doubles on one binary grid are exact, and so are ties of their sums.
            let mut sorted = values.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let pivot = sorted[sorted.len() / 2];
            (values.iter().map(|value| value - pivot).collect(), Pivot::Value(pivot))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::effect::rank_biserial;
    use crate::stats::paired::Zeros;

    fn sample() -> Pairs {
        let pre: Vec<f64> = (0..25).map(|i| 10.0 + f64::from(i * 7 % 13) / 2.0).collect();
        let post: Vec<f64> = (0..25).map(|i| 12.0 + f64::from(i * 11 % 17) / 2.0 - f64::from(i % 3)).collect();
        Pairs::from_f64(&pre, &post)
    }

    fn all(people: &People) -> Sums {
        people.sums(&people.kinds.iter().map(|kind| kind.count).collect::<Vec<_>>())
    }

    #[test]
    fn the_whole_sample_gives_the_estimates_of_the_other_kernels() {
        let pairs = sample();
        let people = People::new(&pairs);
        let values = people.values(&all(&people));
        assert_eq!(values.mean_change, pairs.changes().mean());
        let close = |a: f64, b: f64| (a - b).abs() < 1e-14;
        assert!(close(values.d_pre, pairs.changes().mean() / pairs.pre().sd()));
        let of = |zeros| rank_biserial(pairs.changes(), zeros).map(|e| e.estimate);
        assert_eq!(of(Zeros::Drop), Ok(values.rank_biserial_drop));
        assert_eq!(of(Zeros::Pratt), Ok(values.rank_biserial_pratt));
    }

    #[test]
    fn the_jackknife_is_that_of_the_sample_without_one() {
        let pairs = sample();
        let people = People::new(&pairs);
        let sums = all(&people);
        for (place, (without, _)) in people.jackknife(&sums).iter().enumerate() {
            let mut counts: Vec<u32> = people.kinds.iter().map(|kind| kind.count).collect();
            counts[place] -= 1;
            let direct = people.values(&Sums { n: sums.n - 1, ..people.sums(&counts) });
            assert_eq!((without.rank_biserial_drop, without.rank_biserial_pratt), (direct.rank_biserial_drop, direct.rank_biserial_pratt));
            assert_eq!((without.mean_change, without.d_av, without.d_pre), (direct.mean_change, direct.d_av, direct.d_pre));
        }
    }

    #[test]
    fn doubles_resample_like_the_grid() {
        let exact = sample();
        let scale = 2.0_f64.powi(-80);
        let scaled = |scores: &Scores| scores.to_f64().iter().map(|v| v * scale).collect::<Vec<_>>();
        let float = Pairs::from_f64(&scaled(exact.pre()), &scaled(exact.post()));
        assert!(!float.pre().is_exact());
        let (exact, float) = (bootstrap(&exact, 0.95, 500, 7, 1), bootstrap(&float, 0.95, 500, 7, 1));
        assert_eq!(exact.rank_biserial_drop, float.rank_biserial_drop);
        let lower = |b: &BootstrapIntervals| b.mean_change.ok().map(|i| i.lower);
        let ratio = lower(&float).zip(lower(&exact)).map(|(f, e)| f / scale / e);
        assert!(ratio.is_some_and(|r| (r - 1.0).abs() < 1e-12), "{ratio:?}");
    }

    #[test]
    fn what_has_no_spread_is_refused() {
        let constant = Pairs::from_f64(&[1.0, 2.0, 3.0, 4.0], &[2.0, 3.0, 4.0, 5.0]);
        let result = bootstrap(&constant, 0.95, 200, 1, 0);
        assert_eq!(result.mean_change, Estimable::NotEstimable(NotEstimable::ConstantChange));
        let few = bootstrap(&Pairs::from_f64(&[1.0, 2.0], &[2.0, 2.0]), 0.95, 200, 1, 0);
        assert_eq!(few.d_av, Estimable::NotEstimable(NotEstimable::TooFewPairs { needed: 3, found: 2 }));
    }
}
