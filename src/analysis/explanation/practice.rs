//! The change beyond what taking the test again would give.

use super::super::outcome::List;
use super::super::unknown::unknown;
use super::one_sided;
use crate::results::{Finding, Method, PracticeEffect};
use crate::stats::one_arm::{against_control, minus_practice};
use crate::stats::{Estimable, Inference, Note, Pairs};
use crate::trial::{Dataset, Outcome};

/// With controls or a stated practice effect the net change; without either, tests of ability are refused by name, because
/// practice is part of their change. Other scales are not asked.
pub fn push(list: &mut List, outcome: &Outcome, pairs: &Pairs, control: Option<&Dataset>, asked: Inference) {
    let meaning = &outcome.meaning;
    let controls = control.and_then(|control| control.outcomes.iter().find(|scores| scores.outcome.id == outcome.id));
    let (finding, notes) = match (controls, &meaning.practice) {
        (Some(controls), _) => {
            let others = controls.pairs(&controls.complete(|_| true));
            let found = against_control(pairs.changes(), others.changes(), asked);
            let against = list.unless_small(found, |found| vec![found.control_n]);
            let described = Note::Text { text: "people were not assigned to the two groups by chance: the difference describes".into() };
            let notes = one_sided(asked).into_iter().chain([described]).collect();
            (against.map(|against| PracticeEffect::Control { against: Estimable::Estimated(against) }), notes)
        }
        (None, Some(practice)) => {
            let fact = practice.fact;
            let against = minus_practice(pairs.changes(), fact.mean, fact.std_error, asked).into();
            (Ok(PracticeEffect::Constant { practice: practice.clone(), against }), one_sided(asked))
        }
        (None, None) if improves_with_practice(outcome) => {
            let line = "`practice = { mean = …, std_error = …, source = \"…\" }` in the [[outcome]], or `control_files` under [data]";
            list.push(Method::Practice, Err(unknown(meaning, &[], "practice effect", line)), Vec::new());
            return;
        }
        (None, None) => return,
    };
    list.push(Method::Practice, finding.map(Finding::Practice), notes);
}

/// METHOD: tests of cognition, and scales that the catalogue knows a practice effect of (aptitude tests among them).
fn improves_with_practice(outcome: &Outcome) -> bool {
    outcome.domain.as_deref() == Some("cognition") || outcome.meaning.practice_effect.is_some()
}
