//! The rows of `individuals.csv`.

use std::sync::Arc;

use super::meaning;
use crate::results::{ChangeClass, Individual, Individuals};
use crate::stats::Pairs;
use crate::trial::Dataset;

/// One row a subject and outcome, by outcome in plan order and by subject.
pub fn individuals(dataset: &Dataset) -> Individuals {
    let ids: Vec<(Arc<str>, Option<Arc<str>>)> =
        dataset.subjects.iter().map(|subject| (subject.id.as_str().into(), subject.group.as_deref().map(Arc::from))).collect();
    let mut rows = Vec::with_capacity(dataset.outcomes.len() * dataset.subjects.len());
    for scores in &dataset.outcomes {
        let outcome: Arc<str> = scores.outcome.id.as_str().into();
        let sign = scores.outcome.direction.benefit_sign();
        let people = meaning::people(scores);
        for (i, ((subject, group), meaning)) in ids.iter().zip(people).enumerate() {
            // One pair on its own grid: the change is exact, whatever the other rows hold.
            let change = scores.pre[i].zip(scores.post[i]).map(|(pre, post)| Pairs::new(&[pre], &[post]).changes().mean());
            rows.push(Individual {
                subject: Arc::clone(subject),
                outcome: Arc::clone(&outcome),
                group: group.clone(),
                pre: scores.pre[i].map(|score| score.to_f64()),
                post: scores.post[i].map(|score| score.to_f64()),
                change,
                class: change.zip(sign).map(|(change, sign)| class(change * sign)),
                meaning,
            });
        }
    }
    Individuals(rows)
}

fn class(benefit: f64) -> ChangeClass {
    if benefit > 0.0 {
        ChangeClass::Improved
    } else if benefit < 0.0 {
        ChangeClass::Worsened
    } else {
        ChangeClass::Unchanged
    }
}
