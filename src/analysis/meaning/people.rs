//! What the change means for each person.

use super::reliable_change::Basis;
use super::{band_shift, better, remission, responders};
use crate::decimal::{Score, Scores};
use crate::results::PersonMeaning;
use crate::stats::Pairs;
use crate::stats::clinical::{Method, classify, responded};
use crate::trial::OutcomeScores;

/// The meaning of each subject's change, in the order of the subjects: by the same pairs and rules as the shares of the group.
pub fn people(scores: &OutcomeScores) -> Vec<PersonMeaning> {
    let outcome = &scores.outcome;
    let bands = band_shift::bands(outcome);
    let limit = outcome.meaning.remission.as_ref().and_then(|cut| remission::limit(&cut.fact).ok());
    let band = |score: Option<Score>| Some(bands[band_shift::band_of(&bands, score?)?].label.clone());
    let in_remission = |score: Option<Score>| Some(limit?.holds(score?));
    let of_scores = |(&pre, &post): (&Option<Score>, &Option<Score>)| PersonMeaning {
        remission_pre: in_remission(pre),
        remission_post: in_remission(post),
        band_pre: band(pre),
        band_post: band(post),
        ..PersonMeaning::default()
    };
    let mut people: Vec<PersonMeaning> = scores.pre.iter().zip(&scores.post).map(of_scores).collect();

    let Ok(better) = better(outcome.direction) else { return people };
    let index = scores.complete(|_| true);
    let (pre, post): (Vec<Score>, Vec<Score>) = index.iter().filter_map(|&i| scores.pre[i].zip(scores.post[i])).unzip();
    let [pre_scores, post_scores] = Scores::on_common_grid([&pre, &post]);
    if let Some(Ok(all)) =
        outcome.meaning.mcid.first().map(|first| responded(&pre_scores, &post_scores, better, responders::mcid_rule(&first.fact)))
    {
        index.iter().zip(all).for_each(|(&i, responder)| people[i].responder = responder);
    }
    if outcome.meaning.reliability.is_empty() {
        return people;
    }
    let pairs = Pairs::new(&pre, &post);
    let Ok(basis) = Basis::of(outcome, &pairs) else { return people };
    let Ok(rule) = basis.rule(Method::Jt) else { return people };
    for (&i, person) in index.iter().zip(classify(&rule, basis.deciding(), &pre_scores, &post_scores)) {
        people[i].reliable_change_index = Some(person.index);
        people[i].reliable_change = Some(person.class);
    }
    people
}
