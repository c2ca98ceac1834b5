//! Scores that stand alone: one far from all others, or the only one below zero. Often a lost decimal point, a year, a sign.

use super::inert;
use super::pairing::MeasuredOutcome;
use super::scores::Entry;
use super::suspected_code::code;
use crate::decimal::Score;
use crate::trial::{Problem, ProblemCode, Problems};

/// With fewer other scores nothing stands alone.
const FEWEST_OTHERS: usize = 8;
/// How many interquartile ranges a score must be away from the quartile, and from the next score.
const FAR: f64 = 10.0;

/// Warns of scores that stand alone in an outcome without a declared range, pre and post together.
///
/// - A score is far where it lies more than ten interquartile ranges beyond the quartile, and as far from its nearest
///   neighbour: tails of skewed scores have no such gap.
/// - A negative score is alone where all scores are whole numbers and every other is 0 or more.
pub fn check(outcomes: &[MeasuredOutcome], problems: &mut Problems) {
    for measured in outcomes.iter().filter(|measured| measured.outcome.range.is_none()) {
        let sides = [(&measured.pre, &measured.places[0]), (&measured.post, &measured.places[1])];
        let scores: Vec<(Score, usize)> = sides
            .iter()
            .enumerate()
            .flat_map(|(side, (entries, _))| {
                entries.iter().filter_map(move |entry| if let Entry::Score(score) = entry { Some((*score, side)) } else { None })
            })
            .collect();
        for (score, side, why) in alone(&scores) {
            let id = inert(&measured.outcome.id);
            let what = format!("{score} stands alone among the scores of outcome `{id}`, {why}: counted as a score");
            problems.push(
                Problem::warning(ProblemCode::SuspectedCode, sides[side].1.clone(), what)
                    .with_value(score.to_string())
                    .with_hint("compare it with the source; if it is right, declare the `range` of the outcome in trial.toml"),
            );
        }
    }
}

/// The scores that stand alone, at most one at each end.
fn alone(scores: &[(Score, usize)]) -> Vec<(Score, usize, &'static str)> {
    if scores.len() <= FEWEST_OTHERS {
        return Vec::new();
    }
    let mut sorted: Vec<(f64, Score, usize)> = scores.iter().map(|(score, side)| (score.to_f64(), *score, *side)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let at = |i: usize| sorted[i].0;
    let last = sorted.len() - 1;
    let [low, high] = [at(sorted.len() / 4), at(last - sorted.len() / 4)];
    let far = FAR * (high - low);
    let mut found = Vec::new();
    let is_whole = || scores.iter().all(|(score, _)| matches!(score, Score::Exact(decimal) if decimal.scale() == 0));
    if far > 0.0 && low - at(0) > far && at(1) - at(0) > far {
        found.push((sorted[0].1, sorted[0].2, "far below all others"));
    } else if at(0) < 0.0 && at(1) >= 0.0 && is_whole() {
        found.push((sorted[0].1, sorted[0].2, "the only one below 0"));
    }
    if far > 0.0 && at(last) - high > far && at(last) - at(last - 1) > far {
        found.push((sorted[last].1, sorted[last].2, "far above all others"));
    }
    // Usual codes for missing are looked for column by column.
    found.retain(|(score, ..)| code(*score).is_none());
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(cells: &[&str]) -> Vec<String> {
        let scores: Vec<(Score, usize)> = cells.iter().map(|cell| (Score::parse(cell, '.').unwrap(), 0)).collect();
        alone(&scores).into_iter().map(|(score, ..)| score.to_string()).collect()
    }

    #[test]
    fn a_gross_outlier_and_a_sole_negative_are_named() {
        let rest = ["47", "52", "38", "61", "71", "44", "58", "37"];
        for odd in ["477", "2024", "-5"] {
            assert_eq!(found(&[&rest[..], &[odd]].concat()), [odd]);
        }
        assert!(found(&["47", "52", "477"]).is_empty());
    }

    #[test]
    fn skewed_scores_and_signed_scores_are_left_alone() {
        assert!(found(&["0.5", "0.7", "1", "1.3", "2", "2.6", "4", "7", "12", "31"]).is_empty());
        assert!(found(&["-0.2", "1.5", "1.8", "2.1", "0.4", "0.9", "1.1", "2.2", "0.1"]).is_empty());
        assert!(found(&["0", "0", "0", "0", "0", "0", "0", "0", "0", "40"]).is_empty());
    }

    proptest! {
        #[test]
        fn scores_of_a_scale_never_stand_alone(values in prop::collection::vec(0_i32..64, 9..60), shift in 0_i32..200) {
            let spread = values.iter().max().unwrap() - values.iter().min().unwrap();
            let mut sorted = values.clone();
            sorted.sort_unstable();
            // A scale in use: the middle half takes up a tenth of what occurs.
            prop_assume!(10 * (sorted[sorted.len() - 1 - sorted.len() / 4] - sorted[sorted.len() / 4]) >= spread);
            let cells: Vec<String> = values.iter().map(|value| (value + shift).to_string()).collect();
            prop_assert!(found(&cells.iter().map(String::as_str).collect::<Vec<_>>()).is_empty());
        }
    }
}
