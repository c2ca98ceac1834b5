//! How the changes of this outcome go with those of the outcomes after it in the plan.

use super::super::outcome::List;
use crate::decimal::{Score, Scores};
use crate::results::{ChangeCorrelationRow, ChangeCorrelations, Finding, Method};
use crate::stats::evidence::change_correlation;
use crate::stats::{CorrelationTest, NotEstimable};
use crate::trial::OutcomeScores;

/// Nothing is asked of the last outcome: each pair stands with the earlier of the two.
pub fn push(list: &mut List, scores: &OutcomeScores, after: &[OutcomeScores], conf_level: f64) {
    if after.is_empty() {
        return;
    }
    let rows = after.iter().map(|other| row(list, scores, other, conf_level)).collect();
    list.push(Method::ChangeCorrelation, Ok(Finding::ChangeCorrelation(ChangeCorrelations { rows })), Vec::new());
}

/// The people who have both changes, matched by their place in the dataset. Where they, those with one change alone or
/// those with neither are few, the row is withheld: the counts of pairs are shown elsewhere.
fn row(list: &List, scores: &OutcomeScores, other: &OutcomeScores, conf_level: f64) -> ChangeCorrelationRow {
    let index = scores.complete(|i| other.pre[i].is_some() && other.post[i].is_some());
    let n = index.len();
    let [own, others] = [scores, other].map(|scores| scores.complete(|_| true).len());
    let cells = [n, own - n, others - n, scores.pre.len() + n - own - others];
    let correlation: Result<CorrelationTest, NotEstimable> = list
        .unless_small(Ok(()), |()| cells.to_vec())
        .and_then(|()| change_correlation(&changes(scores, &index), &changes(other, &index), conf_level));
    let n = if matches!(correlation, Err(NotEstimable::Withheld { .. })) { 0 } else { n };
    ChangeCorrelationRow { with: other.outcome.id.clone(), n, correlation: correlation.into() }
}

/// The changes of these people, in their order.
fn changes(scores: &OutcomeScores, index: &[usize]) -> Scores {
    let (pre, post): (Vec<Score>, Vec<Score>) = index.iter().filter_map(|&i| scores.pre[i].zip(scores.post[i])).unzip();
    let [pre, post] = Scores::on_common_grid([&pre, &post]);
    post.minus(&pre)
}
