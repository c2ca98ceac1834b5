//! The square table of bands at pre and post.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::NotEstimable;

/// Counts of people by band at pre (rows) and post (columns), bands in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShiftTable {
    /// `counts[i][j]`: band i at pre, band j at post.
    counts: Vec<Vec<u64>>,
}

impl ShiftTable {
    /// A table of `levels` bands from the pairs (band at pre, band at post), counted from 0; refused for a band beyond.
    pub fn of(levels: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Result<Self, NotEstimable> {
        let mut counts = vec![vec![0_u64; levels]; levels];
        for (pre, post) in pairs {
            match counts.get_mut(pre).and_then(|row| row.get_mut(post)) {
                Some(cell) => *cell += 1,
                None => return Err(NotEstimable::NotComputed { why: format!("band {} of {levels} does not exist", pre.max(post) + 1) }),
            }
        }
        Ok(Self { counts })
    }

    /// From counts; refused where they are no square.
    pub fn from_counts(counts: Vec<Vec<u64>>) -> Result<Self, NotEstimable> {
        if counts.iter().any(|row| row.len() != counts.len()) {
            return Err(NotEstimable::NotComputed { why: "a shift table has as many rows as columns".into() });
        }
        Ok(Self { counts })
    }

    pub fn counts(&self) -> &[Vec<u64>] {
        &self.counts
    }

    pub fn levels(&self) -> usize {
        self.counts.len()
    }

    pub fn n(&self) -> u64 {
        self.counts.iter().flatten().sum()
    }

    /// People by band at pre.
    pub fn pre(&self) -> Vec<u64> {
        self.counts.iter().map(|row| row.iter().sum()).collect()
    }

    /// People by band at post.
    pub fn post(&self) -> Vec<u64> {
        (0..self.levels()).map(|j| self.counts.iter().map(|row| row[j]).sum()).collect()
    }

    /// How many moved to a lower band, stayed, and moved to a higher one, by the order of the bands.
    pub fn moves(&self) -> (u64, u64, u64) {
        let sum = |wanted: fn(usize, usize) -> bool| {
            let cells = self.counts.iter().enumerate().flat_map(|(i, row)| row.iter().enumerate().map(move |(j, count)| (i, j, count)));
            cells.filter(|(i, j, _)| wanted(*i, *j)).map(|(_, _, count)| count).sum()
        };
        (sum(|i, j| j < i), sum(|i, j| i == j), sum(|i, j| j > i))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_margins_and_moves() {
        let table = ShiftTable::of(3, [(0, 0), (2, 0), (2, 1), (1, 2), (2, 2)]);
        let table = table.unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(table.counts(), [vec![1, 0, 0], vec![0, 0, 1], vec![1, 1, 1]]);
        assert_eq!((table.pre(), table.post(), table.moves(), table.n()), (vec![1, 1, 3], vec![2, 1, 2], (2, 2, 1), 5));
        assert!(ShiftTable::of(2, [(0, 2)]).is_err() && ShiftTable::from_counts(vec![vec![1, 2]]).is_err());
    }
}
