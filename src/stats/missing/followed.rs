//! The people of one outcome by which of their two scores they have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::{Score, Scores};
use crate::stats::Pairs;

/// How many people have both scores, one of them, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MissingPattern {
    pub n: usize,
    pub both: usize,
    pub pre_only: usize,
    pub post_only: usize,
    pub neither: usize,
}

/// The people of one outcome: complete pairs, pre scores without a post score, and counts of the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    pairs: Pairs,
    pre_only: Scores,
    all_pre: Scores,
    pattern: MissingPattern,
}

impl Followed {
    /// From each person's pre and post score.
    pub fn new(people: &[(Option<Score>, Option<Score>)]) -> Self {
        let (mut pre, mut post, mut alone) = (Vec::new(), Vec::new(), Vec::new());
        let (mut post_only, mut neither) = (0, 0);
        for person in people {
            match *person {
                (Some(x), Some(y)) => {
                    pre.push(x);
                    post.push(y);
                }
                (Some(x), None) => alone.push(x),
                (None, Some(_)) => post_only += 1,
                (None, None) => neither += 1,
            }
        }
        let all: Vec<Score> = pre.iter().chain(&alone).copied().collect();
        let pattern = MissingPattern { n: people.len(), both: pre.len(), pre_only: alone.len(), post_only, neither };
        let [pre_only] = Scores::on_common_grid([&alone]);
        let [all_pre] = Scores::on_common_grid([&all]);
        Self { pairs: Pairs::new(&pre, &post), pre_only, all_pre, pattern }
    }

    /// From doubles at their shortest decimal text.
    pub fn from_f64(people: &[(Option<f64>, Option<f64>)]) -> Self {
        let read = |value: f64| Score::parse(&format!("{value}"), '.').unwrap_or(Score::Float(value));
        let people: Vec<_> = people.iter().map(|(pre, post)| (pre.map(read), post.map(read))).collect();
        Self::new(&people)
    }

    pub fn pattern(&self) -> MissingPattern {
        self.pattern
    }

    /// Those with both scores.
    pub fn pairs(&self) -> &Pairs {
        &self.pairs
    }

    /// Pre scores of those without a post score.
    pub fn pre_only(&self) -> &Scores {
        &self.pre_only
    }

    /// Pre scores of all who have one.
    pub fn all_pre(&self) -> &Scores {
        &self.all_pre
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_counted_once() {
        let people = [(Some(1.0), Some(2.0)), (Some(3.5), None), (None, Some(1.0)), (None, None), (Some(2.0), Some(2.0))];
        let followed = Followed::from_f64(&people);
        assert_eq!(followed.pattern(), MissingPattern { n: 5, both: 2, pre_only: 1, post_only: 1, neither: 1 });
        assert_eq!((followed.pairs().n(), followed.all_pre().len(), followed.pre_only().to_f64()), (2, 3, vec![3.5]));
    }
}
