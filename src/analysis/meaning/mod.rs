//! What the change of one outcome means for people, as far as plan and catalogue say what matters.

mod band_shift;
mod multiverse;
mod people;
mod reliable_change;
mod remission;
mod responders;

use super::outcome::List;
use crate::plan::Plan;
use crate::stats::clinical::Better;
use crate::stats::{NotEstimable, Pairs};
use crate::trial::{Direction, OutcomeScores};

pub use people::people;

/// Appends the findings of clinical significance; what no fact is known for is refused by name.
pub fn push(list: &mut List, scores: &OutcomeScores, pairs: &Pairs, plan: &Plan) {
    let conf_level = plan.analysis.conf_level;
    responders::push(list, scores, pairs, conf_level);
    responders::push_response(list, scores, pairs, conf_level);
    remission::push(list, scores, pairs, conf_level);
    reliable_change::push(list, scores, pairs, conf_level);
    multiverse::push(list, scores, pairs, conf_level);
    band_shift::push(list, scores);
}

fn better(direction: Direction) -> Result<Better, NotEstimable> {
    match direction {
        Direction::Higher => Ok(Better::Higher),
        Direction::Lower => Ok(Better::Lower),
        Direction::None => Err(NotEstimable::NotComputed { why: "the scale has no better direction".into() }),
    }
}
