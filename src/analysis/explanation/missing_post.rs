//! What the people without a post score could change.

use std::cmp::Ordering;

use super::super::describe::without_extremes;
use super::super::outcome::List;
use super::{one_sided, text, two_sided};
use crate::decimal::{LongDecimal, Score};
use crate::plan::CarriedForward;
use crate::results::{Carried, Finding, Method, MissingPost};
use crate::stats::missing::{
    Completers, DeltaAdjusted, Followed, MarChange, carried_forward, completers, delta_curve, mar_change, tipping_point,
};
use crate::stats::{Inference, NotEstimable, Pairs};
use crate::trial::OutcomeScores;

/// Deltas from −2 to +2 SDs of the change, in raw points of post, as nine values.
const SDS: f64 = 2.0;
const STEPS: usize = 8;

/// With a small count in the pattern, or in that of another outcome (they share rows), the record is withheld whole.
pub fn push(list: &mut List, scores: &OutcomeScores, pairs: &Pairs, carried: &[CarriedForward], asked: Inference) {
    let followed = followed(scores);
    let pattern = followed.pattern();
    let shown = list.unless_small(Ok(()), |()| vec![pattern.both, pattern.pre_only, pattern.post_only, pattern.neither]);
    let shown = shown.and_then(|()| list.unless_missing_withheld());
    let notes = match pattern.pre_only {
        0 => Vec::new(),
        _ => one_sided(asked)
            .into_iter()
            .chain([text("assumes bivariate normal scores, missing at random given the pre score; nothing in the data can show that")])
            .collect(),
    };
    let finding = shown.map(|()| {
        let mar = match pattern.pre_only {
            0 => Err(NotEstimable::NotComputed { why: "everybody with a pre score has a post score: the paired t answers".into() }),
            _ => mar_change(&followed, asked),
        };
        let compared = completers(&followed, two_sided(asked));
        Finding::MissingPost(Box::new(MissingPost {
            pattern,
            completers: match list.smallest_cell() {
                Some(min_cell) => inner(compared, min_cell),
                None => compared,
            },
            tipping_point: mar.as_ref().map_err(Clone::clone).and_then(tipping_point).into(),
            delta: mar.as_ref().map_or_else(|_| Vec::new(), |mar| deltas(mar, pairs, asked)),
            mar: mar.into(),
            carried_forward: if pattern.pre_only == 0 { Vec::new() } else { carry(&followed, carried, asked) },
        }))
    });
    list.push(Method::MissingPost, finding, notes);
}

/// The people in order of their scores, so that sums do not depend on the order of ids.
fn followed(scores: &OutcomeScores) -> Followed {
    let mut people: Vec<_> = scores.pre.iter().copied().zip(scores.post.iter().copied()).collect();
    people.sort_by(|a, b| by_value(a.0, b.0).then_with(|| by_value(a.1, b.1)));
    Followed::new(&people)
}

/// A total order, also of scores that one double stands for: the sort relies on it.
fn by_value(a: Option<Score>, b: Option<Score>) -> Ordering {
    let kind = |score: Score| match score {
        Score::Exact(_) | Score::Long(_) => 0,
        Score::Fraction(_) => 1,
        Score::Float(_) => 2,
    };
    let alike = |a: Score, b: Score| match (a, b) {
        (Score::Exact(a), Score::Exact(b)) => a.cmp(&b),
        (Score::Exact(a), Score::Long(b)) => LongDecimal::from(a).compare(b),
        (Score::Long(a), Score::Exact(b)) => a.compare(b.into()),
        (Score::Long(a), Score::Long(b)) => a.compare(b),
        (a, b) => kind(a).cmp(&kind(b)),
    };
    match (a, b) {
        (Some(a), Some(b)) => a.to_f64().total_cmp(&b.to_f64()).then_with(|| alike(a, b)),
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}

fn inner(compared: Completers, min_cell: usize) -> Completers {
    let hidden = |summary| without_extremes(summary, min_cell);
    Completers { completers: hidden(compared.completers), dropouts: hidden(compared.dropouts), ..compared }
}

/// The grid of deltas; none where every change is equal.
fn deltas(mar: &MarChange, pairs: &Pairs, asked: Inference) -> Vec<DeltaAdjusted> {
    let reach = if pairs.changes().is_constant() { 0.0 } else { SDS * pairs.changes().sd() };
    if reach > 0.0 && reach.is_finite() { delta_curve(mar, [-reach, reach], STEPS, asked) } else { Vec::new() }
}

fn carry(followed: &Followed, asked_for: &[CarriedForward], asked: Inference) -> Vec<Carried> {
    let rule = |rule: &CarriedForward| match rule {
        CarriedForward::Locf => "locf",
        CarriedForward::Bocf => "bocf",
    };
    asked_for.iter().map(|name| Carried { rule: rule(name).into(), change: carried_forward(followed, asked).into() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decimals of 18 and more digits that one double stands for, that double, and a fraction beside it: compared two by two they must
    /// make one order, or sorting them ends the run.
    #[test]
    fn scores_that_one_double_stands_for_have_a_total_order() {
        let exact = |text: &str| Score::parse(text, '.').unwrap();
        let decimals = ["0.333333333333333314", "0.3333333333333333141", "0.3333333333333333149", "0.333333333333333315"].map(exact);
        let near = [&decimals[..], &[Score::quotient(1, 3), Score::Float(1.0 / 3.0)]].concat();
        let all: Vec<Option<Score>> = near.iter().copied().map(Some).chain([None]).collect();
        assert!(near.windows(2).all(|two| two[0].to_f64() == two[1].to_f64()), "one double for all");
        for &a in &all {
            assert_eq!(by_value(a, a), Ordering::Equal);
            for &b in &all {
                assert_eq!(by_value(a, b), by_value(b, a).reverse());
                for &c in &all {
                    let both_at_most = by_value(a, b).is_le() && by_value(b, c).is_le();
                    assert!(!both_at_most || by_value(a, c).is_le(), "{a:?} {b:?} {c:?}");
                }
            }
        }
    }
}
