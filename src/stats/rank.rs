//! Midranks of the magnitudes of changes, as doubled integers.

use super::paired::Zeros;

/// The non-zero changes grouped by magnitude, with the doubled midrank of each group.
///
/// Doubled, a midrank is an integer: ranks 3 and 4 tied are 7, not 3.5. Everything that rests on ranks is then exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRanks {
    /// Groups of equal magnitude, ascending.
    pub groups: Vec<RankGroup>,
    pub n_zero: usize,
    pub n_nonzero: usize,
}

/// The changes of one magnitude.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankGroup {
    pub doubled_rank: u64,
    pub positive: u64,
    pub negative: u64,
}

impl RankGroup {
    pub fn size(&self) -> u64 {
        self.positive + self.negative
    }
}

impl SignedRanks {
    /// From ascending `keys` as [`super::Changes::keys`] gives them. With [`Zeros::Pratt`] the zeros take the lowest
    /// ranks before they are left out.
    pub fn new(keys: &[i64], zeros: Zeros) -> Self {
        debug_assert!(keys.is_sorted());
        let first_zero = keys.partition_point(|key| *key < 0);
        let first_positive = keys.partition_point(|key| *key <= 0);
        let n_zero = first_positive - first_zero;
        let mut negative = keys[..first_zero].iter().rev().map(|key| key.unsigned_abs()).peekable();
        let mut positive = keys[first_positive..].iter().map(|key| key.unsigned_abs()).peekable();
        let mut below = match zeros {
            Zeros::Pratt => n_zero as u64,
            Zeros::Drop => 0,
        };
        let mut groups = Vec::new();
        while let Some(magnitude) = [negative.peek(), positive.peek()].into_iter().flatten().min().copied() {
            let mut group = RankGroup { doubled_rank: 0, positive: 0, negative: 0 };
            while negative.next_if_eq(&magnitude).is_some() {
                group.negative += 1;
            }
            while positive.next_if_eq(&magnitude).is_some() {
                group.positive += 1;
            }
            group.doubled_rank = 2 * below + group.size() + 1;
            below += group.size();
            groups.push(group);
        }
        Self { groups, n_zero, n_nonzero: keys.len() - n_zero }
    }

    /// The doubled rank sum of the positive changes.
    pub fn doubled_plus(&self) -> u64 {
        self.groups.iter().map(|group| group.positive * group.doubled_rank).sum()
    }

    /// The doubled rank sum of the negative changes.
    pub fn doubled_minus(&self) -> u64 {
        self.groups.iter().map(|group| group.negative * group.doubled_rank).sum()
    }

    /// The doubled rank of each non-zero change, ascending.
    pub fn doubled_ranks(&self) -> Vec<u64> {
        self.groups.iter().flat_map(|group| std::iter::repeat_n(group.doubled_rank, group.size() as usize)).collect()
    }

    /// The sum of squared doubled ranks.
    pub fn squared_doubled(&self) -> u128 {
        self.groups.iter().map(|group| u128::from(group.size()) * u128::from(group.doubled_rank).pow(2)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_their_midrank_and_pratt_counts_the_zeros() {
        let keys = [-3, -1, 0, 0, 1, 2, 3, 3];
        let drop = SignedRanks::new(&keys, Zeros::Drop);
        assert_eq!(drop.doubled_ranks(), [3, 3, 6, 10, 10, 10]);
        assert_eq!((drop.doubled_plus(), drop.doubled_minus()), (29, 13));
        let pratt = SignedRanks::new(&keys, Zeros::Pratt);
        assert_eq!(pratt.doubled_ranks(), [7, 7, 10, 14, 14, 14]);
        assert_eq!((pratt.n_zero, pratt.n_nonzero), (2, 6));
    }
}
