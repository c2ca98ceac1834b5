//! What was measured, by subject → the dataset and its pair ledger.

use rayon::prelude::*;

use super::roster::Person;
use super::scores::Entry;
use crate::decimal::Score;
use crate::trial::{Dataset, FileRows, Ledger, Loss, LossCount, Outcome, OutcomeLedger, OutcomeScores, Place, Source, Subject};

/// Labels of the two visits where the data hold none (wide and two-file layouts).
pub const VISITS: [&str; 2] = ["pre", "post"];

/// What a layout read: every subject's entry at both visits of every outcome.
#[derive(Debug, Default)]
pub struct Measured<'a> {
    /// Labels of pre, post and the further visits.
    pub visits: Vec<String>,
    pub people: Vec<Person<'a>>,
    pub outcomes: Vec<MeasuredOutcome>,
    pub files: Vec<FileRows>,
}

/// One outcome; element `i` of an arm belongs to `people[i]`.
#[derive(Debug)]
pub struct MeasuredOutcome {
    pub outcome: Outcome,
    pub pre: Vec<Entry>,
    pub post: Vec<Entry>,
    /// The further visits.
    pub others: Vec<Vec<Entry>>,
    /// The places of the pre and the post scores, for warnings about them.
    pub places: [Place; 2],
}

/// Puts the subjects in ascending order of id and counts every pair and loss.
pub fn pair(measured: Measured<'_>, sources: Vec<Source>) -> Dataset {
    let Measured { visits, people, outcomes, files } = measured;
    let order = order_of_ids(&people);
    let outcomes: Vec<OutcomeScores> = outcomes.into_par_iter().map(|outcome| in_order(outcome, &order)).collect();
    let mut people: Vec<Option<Person>> = people.into_iter().map(Some).collect();
    let subject = |person: Person| Subject { id: person.id.into_owned(), group: person.group.map(|group| group.into_owned()) };
    let subjects: Vec<Subject> = order.iter().filter_map(|&i| people[i].take().map(subject)).collect();
    let ledger = Ledger { files, subjects: subjects.len(), outcomes: outcomes.iter().map(count).collect() };
    Dataset { subjects, visits, outcomes, ledger, sources }
}

/// The numbers of the people in ascending order of the bytes of their ids.
fn order_of_ids(people: &[Person]) -> Vec<usize> {
    // Most ids are told apart by their first bytes, which stand beside one another here.
    let first_bytes = |id: &str| {
        let mut bytes = [0; 8];
        let length = id.len().min(8);
        bytes[..length].copy_from_slice(&id.as_bytes()[..length]);
        u64::from_be_bytes(bytes)
    };
    let mut order: Vec<(u64, usize)> = people.iter().enumerate().map(|(i, person)| (first_bytes(&person.id), i)).collect();
    order.par_sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| people[a.1].id.as_bytes().cmp(people[b.1].id.as_bytes())));
    order.into_iter().map(|(_, i)| i).collect()
}

fn in_order(measured: MeasuredOutcome, order: &[usize]) -> OutcomeScores {
    let MeasuredOutcome { outcome, pre, post, others, places: _ } = measured;
    let loss = order.iter().map(|&i| loss(pre[i], post[i])).collect();
    let scores = |entries: Vec<Entry>| order.iter().map(|&i| score(entries[i])).collect();
    OutcomeScores { outcome, loss, pre: scores(pre), post: scores(post), others: others.into_iter().map(scores).collect() }
}

fn score(entry: Entry) -> Option<Score> {
    match entry {
        Entry::Score(score) => Some(score),
        Entry::NoRow | Entry::Missing => None,
    }
}

fn loss(pre: Entry, post: Entry) -> Option<Loss> {
    match (pre, post) {
        (Entry::Score(_), Entry::Score(_)) => None,
        (Entry::NoRow, Entry::Score(_)) => Some(Loss::NoPreRow),
        (Entry::Score(_), Entry::NoRow) => Some(Loss::NoPostRow),
        (Entry::Missing, Entry::Score(_)) => Some(Loss::PreMissing),
        (Entry::Score(_), Entry::Missing) => Some(Loss::PostMissing),
        (Entry::NoRow | Entry::Missing, Entry::NoRow | Entry::Missing) => Some(Loss::BothMissing),
    }
}

fn count(scores: &OutcomeScores) -> OutcomeLedger {
    let losses = Loss::ALL.into_iter().map(|loss| LossCount { loss, count: scores.loss.iter().filter(|l| **l == Some(loss)).count() });
    OutcomeLedger {
        outcome: scores.outcome.id.clone(),
        subjects: scores.loss.len(),
        with_pre: scores.pre.iter().flatten().count(),
        with_post: scores.post.iter().flatten().count(),
        pairs: scores.loss.iter().filter(|loss| loss.is_none()).count(),
        losses: losses.filter(|loss| loss.count > 0).collect(),
    }
}
