//! What else could explain the change of one outcome, and how strong the evidence is.

mod bayes_factor;
mod benchmark;
mod change_correlation;
mod equivalence;
mod missing_post;
mod practice;
mod regression_to_mean;

use super::outcome::List;
use super::request::inference;
use super::{Request, notes};
use crate::stats::{Alternative, Inference, Note, Pairs};
use crate::trial::{Dataset, OutcomeScores};

/// Appends the findings on other explanations, in the order of `Method::ALL`; what no fact is known for is refused by
/// name where the question is asked of every outcome, and left out where only a plan can ask it (benchmarks, bounds).
/// `position` is that of the outcome in the plan.
pub fn push(list: &mut List, dataset: &Dataset, scores: &OutcomeScores, pairs: &Pairs, position: u64, request: &Request) {
    let settings = &request.plan.analysis;
    let asked = inference(settings, scores.outcome.direction);
    let meaning = &scores.outcome.meaning;
    regression_to_mean::push(list, pairs, meaning, asked);
    practice::push(list, &scores.outcome, pairs, request.control, asked);
    benchmark::push(list, pairs, &meaning.benchmarks, asked);
    missing_post::push(list, scores, pairs, &settings.carried_forward, asked);
    equivalence::push(list, pairs, meaning.equivalence, asked);
    bayes_factor::push(list, pairs);
    let after = dataset.outcomes.get(position as usize + 1..).unwrap_or_default();
    change_correlation::push(list, scores, after, settings.conf_level);
}

/// The note of one-sided p-values, where the plan asks for them.
fn one_sided(asked: Inference) -> Vec<Note> {
    notes::of_test(asked, None, &None)
}

/// The same question without a direction: for comparisons that no alternative was planned for.
fn two_sided(asked: Inference) -> Inference {
    Inference { alternative: Alternative::TwoSided, ..asked }
}

fn text(text: &str) -> Note {
    Note::Text { text: text.into() }
}
