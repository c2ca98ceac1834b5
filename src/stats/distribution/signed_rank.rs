//! The distribution of a sum of weights, each of which counts with probability ½.
//!
//! With ranks as weights this is the exact conditional law of the signed-rank statistic, ties and zeros included; with
//! the magnitudes of the changes it is that of the sign-flip permutation of their sum.

use crate::decimal::DoubleDouble;

/// P(Σ wᵢ Bᵢ ≤ x) for independent fair Bᵢ ∈ {0, 1}; `weights` positive and ascending.
///
/// The shift algorithm: the law of the first i sums gives that of i + 1 by adding a copy shifted by the next weight
/// (Streitberg & Röhmel 1986). Up to 62 weights it counts in integers, so that the result is rounded once. Beyond, it
/// works in probabilities tilted by e^(−λw) so that their mean is x: no part of the tail that matters can underflow, and
/// P is right to 1e-12 relative as far as a double reaches; positions more than ten standard deviations off (a mass
/// below 1e-20 by Hoeffding's inequality) are left out.
pub fn lower_tail(weights: &[u64], x: u64) -> f64 {
    let (weights, x) = coarsened(weights, x);
    let total: u64 = weights.iter().sum();
    if x >= total {
        return 1.0;
    }
    if x >= total - x {
        return 1.0 - lower_half(&weights, total - x - 1);
    }
    lower_half(&weights, x)
}

/// How many additions [`lower_tail`] takes, roughly; `None` beyond `limit`, also in memory.
pub fn work(weights: &[u64], x: u64, limit: u64) -> Option<u64> {
    let (weights, x) = coarsened(weights, x);
    let total = weights.iter().try_fold(0_u64, |sum, weight| sum.checked_add(*weight))?;
    let x = x.min(total.saturating_sub(x));
    if x > limit / 16 {
        return None;
    }
    let mut reach = Reach::default();
    let mut work = 0_u64;
    for weight in weights.iter().take_while(|weight| **weight <= x) {
        reach.add(*weight, 0.5, x);
        work = work.checked_add(reach.high - reach.low + 1).filter(|work| *work <= limit)?;
    }
    Some(work)
}

/// Weights and x in units of the greatest common divisor of the weights.
fn coarsened(weights: &[u64], x: u64) -> (Vec<u64>, u64) {
    let unit = weights.iter().fold(0, |unit, weight| gcd(unit, *weight)).max(1);
    (weights.iter().map(|weight| weight / unit).collect(), x / unit)
}

pub(crate) fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn lower_half(weights: &[u64], x: u64) -> f64 {
    // A weight above x cannot count at all.
    let within = &weights[..weights.partition_point(|weight| *weight <= x)];
    let left_out = weights.len() - within.len();
    if weights.len() <= 62 {
        let count: u64 = counts(within, x).iter().sum();
        return libm::ldexp(count as f64, -(weights.len() as i32));
    }
    if within.is_empty() {
        return libm::ldexp(1.0, -(left_out.min(2000) as i32));
    }
    tilted(within, x, left_out)
}

/// The number of subsets with each sum 0…x; at most 62 weights.
fn counts(weights: &[u64], x: u64) -> Vec<u64> {
    let mut counts = vec![0_u64; x as usize + 1];
    counts[0] = 1;
    let mut sum = 0;
    for &weight in weights {
        sum = (sum + weight).min(x);
        shift(&mut counts, weight as usize, 0, sum as usize + 1, |count| count, |count, shifted| count + shifted);
    }
    counts
}

/// `a[j] ← join(a[j], a[j − weight])` for `low ≤ j < end`, in place and from the top, in blocks that vectorise.
fn shift<T: Copy>(a: &mut [T], weight: usize, low: usize, end: usize, alone: impl Fn(T) -> T, join: impl Fn(T, T) -> T) {
    let mut end = end;
    let bottom = low.max(weight);
    while end > bottom {
        let start = bottom.max(end.saturating_sub(weight));
        let (below, above) = a.split_at_mut(start);
        let source = &below[start - weight..];
        for (to, from) in above[..end - start].iter_mut().zip(source) {
            *to = join(*to, *from);
        }
        end = start;
    }
    for to in &mut a[low.min(end)..end] {
        *to = alone(*to);
    }
}

/// The positions that a partial sum can be at, but for a negligible mass.
#[derive(Default)]
struct Reach {
    sum: u64,
    mean: f64,
    /// Hoeffding's variance proxy: Σ w²/4.
    proxy: f64,
    low: u64,
    high: u64,
}

impl Reach {
    fn add(&mut self, weight: u64, probability: f64, x: u64) {
        let w = weight as f64;
        self.sum = self.sum.saturating_add(weight);
        self.mean += probability * w;
        self.proxy += w * w / 4.0;
        let off = 10.0 * libm::sqrt(self.proxy);
        self.low = self.low.max((self.mean - off).max(0.0) as u64).min(x);
        self.high = self.high.max((self.mean + off) as u64 + 1).min(x).min(self.sum);
    }
}

fn tilted(weights: &[u64], x: u64, left_out: usize) -> f64 {
    let lambda = tilt(weights, x);
    let mut a = vec![0.0_f64; x as usize + 1];
    a[0] = 1.0;
    let mut reach = Reach::default();
    // ln P = Σ ln((1 + e^(−λw))/2) + λx + ln Σ a[j] e^(−λ(x − j)).
    let mut log_scale = DoubleDouble::default();
    log_scale.add_product(lambda, x as f64);
    log_scale.add_product(-(left_out as f64), std::f64::consts::LN_2);
    for &weight in weights {
        let q = libm::exp(-lambda * weight as f64);
        let (minus, plus) = (1.0 / (1.0 + q), q / (1.0 + q));
        reach.add(weight, plus, x);
        shift(&mut a, weight as usize, reach.low as usize, reach.high as usize + 1, |p| minus * p, |p, s| minus * p + plus * s);
        log_scale.add(libm::log1p(q));
        log_scale.add(-std::f64::consts::LN_2);
    }
    // Blocks keep the rounding of a long sum small.
    const BLOCK: usize = 256;
    let decay = libm::exp(-lambda);
    let mut sum = DoubleDouble::default();
    for start in (reach.low as usize..=x as usize).step_by(BLOCK) {
        let end = (start + BLOCK).min(x as usize + 1);
        let block = a[start..end].iter().fold(0.0, |sum, p| sum * decay + p);
        sum.add(block * libm::exp(-lambda * (x as usize + 1 - end) as f64));
    }
    let sum = sum.value();
    if lambda == 0.0 && left_out == 0 {
        return sum.min(1.0);
    }
    libm::exp(log_scale.value()) * sum
}

/// λ ≥ 0 with Σ w/(1 + e^(λw)) near x. Held to 24 bits, so that λ·w is exact.
fn tilt(weights: &[u64], x: u64) -> f64 {
    let mean = |lambda: f64| -> f64 { weights.iter().map(|w| *w as f64 / (1.0 + libm::exp(lambda * *w as f64))).sum() };
    let target = x as f64;
    if mean(0.0) <= target {
        return 0.0;
    }
    let smallest = weights.first().copied().unwrap_or(1) as f64;
    let (mut low, mut high) = (0.0, 1.0 / weights.last().copied().unwrap_or(1) as f64);
    while mean(high) > target && high * smallest < 40.0 {
        (low, high) = (high, 2.0 * high);
    }
    for _ in 0..20 {
        let middle = 0.5 * (low + high);
        if mean(middle) > target { low = middle } else { high = middle }
    }
    f64::from(low as f32)
}

/// The law of the signed-rank statistic of `n` untied ranks: P(T ≤ x) for x = 0…`upto`.
pub(crate) fn untied_cdf(n: usize, upto: u64) -> Vec<f64> {
    let weights: Vec<u64> = (1..=n as u64).collect();
    let upto = upto.min(weights.iter().sum());
    if n <= 62 {
        let mut below = 0_u64;
        return counts(&weights, upto)
            .iter()
            .map(|count| {
                below += count;
                libm::ldexp(below as f64, -(n as i32))
            })
            .collect();
    }
    let mut a = vec![0.0_f64; upto as usize + 1];
    a[0] = 1.0;
    let mut reach = Reach::default();
    for &weight in &weights {
        reach.add(weight, 0.5, upto);
        shift(&mut a, weight as usize, reach.low as usize, reach.high as usize + 1, |p| 0.5 * p, |p, s| 0.5 * (p + s));
    }
    // What fell out of reach on the low side is below any level asked for.
    a[..reach.low as usize].fill(0.0);
    let mut below = DoubleDouble::default();
    a.iter()
        .map(|p| {
            below.add(*p);
            below.value()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_definition(weights: &[u64], x: u64) -> f64 {
        let hits = (0..1_u64 << weights.len())
            .filter(|signs| weights.iter().enumerate().filter(|(i, _)| signs >> i & 1 == 1).map(|(_, w)| w).sum::<u64>() <= x)
            .count();
        hits as f64 / (1_u64 << weights.len()) as f64
    }

    #[test]
    fn small_laws_are_those_of_all_sign_vectors() {
        for weights in [vec![1, 2, 3, 4, 5], vec![3, 3, 6, 10, 10, 10], vec![2, 4, 4, 8], vec![7; 9], vec![1, 1, 50]] {
            for x in 0..=weights.iter().sum::<u64>() + 1 {
                assert_eq!(lower_tail(&weights, x), by_definition(&weights, x), "{weights:?} {x}");
            }
        }
    }

    #[test]
    fn the_tilted_law_joins_the_counted_one() {
        let weights: Vec<u64> = (1..=62).map(|i| i + i % 3).collect();
        let mut sorted = weights;
        sorted.sort_unstable();
        for x in [3_u64, 40, 100, 300, 700, 950, 1000] {
            let counted = lower_half(&sorted, x);
            let within = &sorted[..sorted.partition_point(|w| *w <= x)];
            let tilted = tilted(within, x, sorted.len() - within.len());
            assert!((tilted / counted - 1.0).abs() < 1e-13, "{x}: {counted:e} {tilted:e}");
        }
    }

    #[test]
    fn nothing_counts_only_if_nothing_counts() {
        let weights: Vec<u64> = (1..=100).collect();
        assert_eq!(lower_tail(&weights, 0), libm::ldexp(1.0, -100));
        assert!((lower_tail(&weights, 2) / libm::ldexp(3.0, -100) - 1.0).abs() < 1e-14);
    }
}
