//! The rows of `individuals.csv`.

use crate::results::{ChangeClass, Individual, Individuals};
use crate::stats::Pairs;
use crate::trial::Dataset;

/// One row a subject and outcome, by outcome in plan order and by subject.
pub fn individuals(dataset: &Dataset) -> Individuals {
    let mut rows = Vec::with_capacity(dataset.outcomes.len() * dataset.subjects.len());
    for scores in &dataset.outcomes {
        let sign = scores.outcome.direction.benefit_sign();
        for (i, subject) in dataset.subjects.iter().enumerate() {
            // One pair on its own grid: the change is exact, whatever the other rows hold.
            let change = scores.pre[i].zip(scores.post[i]).map(|(pre, post)| Pairs::new(&[pre], &[post]).changes().mean());
            rows.push(Individual {
                subject: subject.id.clone(),
                outcome: scores.outcome.id.clone(),
                group: subject.group.clone(),
                pre: scores.pre[i].map(|score| score.to_f64()),
                post: scores.post[i].map(|score| score.to_f64()),
                change,
                class: change.zip(sign).map(|(change, sign)| class(change * sign)),
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
