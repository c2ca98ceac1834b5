//! Random numbers by counter.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// A stream of random numbers named by (seed, analysis, replicate).
///
/// ChaCha with 8 rounds: the key holds the seed and the analysis, the stream number is the replicate. A replicate draws
/// the same numbers whichever thread computes it and whatever was drawn before. Source: Bernstein (2008).
pub struct Stream {
    rng: ChaCha8Rng,
}

impl Stream {
    /// The stream of replicate 0.
    pub fn new(seed: u64, analysis: u64) -> Self {
        let mut key = *b"........................prepost1";
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&analysis.to_le_bytes());
        Self { rng: ChaCha8Rng::from_seed(key) }
    }

    /// Goes to the start of the stream of `replicate`.
    pub fn set_replicate(&mut self, replicate: u64) {
        self.rng.set_stream(replicate);
    }

    #[inline]
    pub fn next_u32(&mut self) -> u32 {
        self.rng.next_u32()
    }

    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        self.rng.next_u64()
    }

    /// A uniform integer in `0..bound`, without bias; 0 for a bound of 0 or 1. Source: Lemire (2019).
    #[inline]
    pub fn below(&mut self, bound: u32) -> u32 {
        let product = u64::from(self.next_u32()) * u64::from(bound);
        if (product as u32) < bound { self.accepted(product, bound) } else { (product >> 32) as u32 }
    }

    /// Draws on until the low half is not one of the few that would favour some values: rare.
    #[cold]
    fn accepted(&mut self, mut product: u64, bound: u32) -> u32 {
        let threshold = bound.wrapping_neg() % bound.max(1);
        while (product as u32) < threshold {
            product = u64::from(self.next_u32()) * u64::from(bound);
        }
        (product >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(seed: u64, analysis: u64, replicate: u64) -> Vec<u32> {
        let mut stream = Stream::new(seed, analysis);
        stream.set_replicate(replicate);
        (0..5).map(|_| stream.below(1000)).collect()
    }

    #[test]
    fn the_first_draws_never_change() {
        assert_eq!(draws(20_260_101, 0, 0), [968, 782, 754, 486, 718]);
        assert_eq!(draws(20_260_101, 3, 7), [442, 64, 30, 435, 631]);
    }

    #[test]
    fn a_replicate_does_not_depend_on_what_was_drawn_before() {
        let mut stream = Stream::new(1, 2);
        stream.set_replicate(9);
        (0..77).for_each(|_| _ = stream.below(10));
        stream.set_replicate(7);
        let again: Vec<u32> = (0..5).map(|_| stream.below(1000)).collect();
        assert_eq!(again, draws(1, 2, 7));
    }

    #[test]
    fn every_value_below_the_bound_is_as_likely() {
        let mut stream = Stream::new(5, 0);
        let mut counts = [0_u32; 7];
        (0..70_000).for_each(|_| counts[stream.below(7) as usize] += 1);
        assert!(counts.iter().all(|count| (9_600..10_400).contains(count)), "{counts:?}");
    }
}
