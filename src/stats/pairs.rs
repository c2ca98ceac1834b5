//! The complete pairs of one outcome, and their changes.

use crate::decimal::{Score, Scores};

/// The complete pre/post pairs of one outcome, on one decimal grid.
///
/// Pairs are held sorted by (pre, post), so that every statistic, resampling included, is the same whatever the order
/// of the rows it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs {
    pre: Scores,
    post: Scores,
    changes: Changes,
}

/// The changes `post − pre` of the pairs, in ascending order.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    sorted: Scores,
}

impl Pairs {
    /// Pairs `pre[i]` with `post[i]`; the slices must have one length.
    pub fn new(pre: &[Score], post: &[Score]) -> Self {
        assert_eq!(pre.len(), post.len(), "a pair has two scores");
        let [pre, post] = Scores::on_common_grid([pre, post]);
        Self::from_scores(&pre, &post)
    }

    /// From doubles at their shortest decimal text: for tests and for callers of the library.
    pub fn from_f64(pre: &[f64], post: &[f64]) -> Self {
        let read = |values: &[f64]| -> Vec<Score> {
            values.iter().map(|v| Score::parse(&format!("{v}"), '.').unwrap_or(Score::Float(*v))).collect()
        };
        Self::new(&read(pre), &read(post))
    }

    fn from_scores(pre: &Scores, post: &Scores) -> Self {
        let mut order: Vec<usize> = (0..pre.len()).collect();
        order.sort_by(|&i, &j| pre.compare(i, j).then(post.compare(i, j)));
        let (pre, post) = (pre.select(&order), post.select(&order));
        let changes = Changes::new(post.minus(&pre));
        Self { pre, post, changes }
    }

    pub fn n(&self) -> usize {
        self.pre.len()
    }

    /// Pre scores, ascending.
    pub fn pre(&self) -> &Scores {
        &self.pre
    }

    /// Post scores, in the order of [`Pairs::pre`].
    pub fn post(&self) -> &Scores {
        &self.post
    }

    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Post and pre exchanged: every change has the other sign.
    pub fn swapped(&self) -> Self {
        Self::from_scores(&self.post, &self.pre)
    }
}

impl Changes {
    pub fn new(changes: Scores) -> Self {
        let mut order: Vec<usize> = (0..changes.len()).collect();
        order.sort_by(|&i, &j| changes.compare(i, j));
        Self { sorted: changes.select(&order) }
    }

    /// From doubles at their shortest decimal text.
    pub fn from_f64(values: &[f64]) -> Self {
        Self::new(Scores::from_f64(values))
    }

    pub fn n(&self) -> usize {
        self.sorted.len()
    }

    /// The changes, ascending.
    pub fn scores(&self) -> &Scores {
        &self.sorted
    }

    /// The changes as doubles, ascending.
    pub fn to_f64(&self) -> Vec<f64> {
        self.sorted.to_f64()
    }

    /// Integers with the order, the signs and the ties of the changes. For everything that rests on ranks alone.
    pub fn keys(&self) -> Vec<i64> {
        self.sorted.signed_ranks()
    }

    pub fn mean(&self) -> f64 {
        self.sorted.mean()
    }

    /// Standard deviation, divisor n − 1.
    pub fn sd(&self) -> f64 {
        self.sorted.sd()
    }

    pub fn is_constant(&self) -> bool {
        self.sorted.is_constant()
    }
}
