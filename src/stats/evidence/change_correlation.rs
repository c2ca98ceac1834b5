//! Whether changes in two outcomes go together.

use crate::decimal::Scores;
use crate::stats::NotEstimable;
use crate::stats::linear::{CorrelationTest, correlation_of};

/// Pearson's correlation of the changes in two outcomes, over the people who have both, element by element.
///
/// Assumes independent people and, for interval and test, bivariate normal changes. Fisher-z interval, t with n − 2 df.
/// Matches R: `cor.test(change_a, change_b)`. Source: Fisher (1921), Metron 1:3.
pub fn change_correlation(a: &Scores, b: &Scores, conf_level: f64) -> Result<CorrelationTest, NotEstimable> {
    if a.len() != b.len() {
        return Err(NotEstimable::NotComputed { why: "the two columns are of different people".into() });
    }
    correlation_of(a, b, conf_level)
}
