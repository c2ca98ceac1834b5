//! Recovered, improved, unchanged, deteriorated.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cutoff, ReliableChange, Side, Verdict};
use crate::decimal::Scores;
use crate::stats::proportion::{Proportion, proportion};
use crate::stats::{Estimable, NotEstimable};

/// The class of one person (Jacobson & Truax 1991).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Reliably improved, and from strictly clinical to strictly functional.
    Recovered,
    /// Reliably improved otherwise.
    Improved,
    Unchanged,
    /// Reliably worse.
    Deteriorated,
}

/// What is known of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PersonClass {
    /// Positive = improved.
    pub index: f64,
    pub class: Class,
    /// Sides of the cut-off at pre and post, where there is one.
    pub sides: Option<(Side, Side)>,
}

/// The record of [`class_shares`]: the four classes share out the n people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Classes {
    pub n: u64,
    /// Refused without a cut-off; reliable improvements then all count as improved.
    pub recovered: Estimable<Proportion>,
    pub improved: Proportion,
    pub unchanged: Proportion,
    pub deteriorated: Proportion,
    /// Recovered and improved together.
    pub reliably_improved: Proportion,
    /// People strictly on the clinical side at pre: only they can recover.
    pub n_clinical_pre: Estimable<u64>,
    /// People strictly on the functional side at post.
    pub n_functional_post: Estimable<u64>,
    /// Of the deteriorated, those who went from strictly functional to strictly clinical.
    pub n_left_functional: Estimable<u64>,
}

/// The class of each person, in the order of the columns, which share a grid and a length.
///
/// Recovered: pre strictly clinical, post strictly functional, reliably improved. A score on the cut-off lies on neither side.
/// Source: Jacobson & Truax (1991) J Consult Clin Psychol 59:12.
pub fn classify(rule: &ReliableChange, cutoff: Option<&Cutoff>, pre: &Scores, post: &Scores) -> Vec<PersonClass> {
    let judged = rule.judge(pre, post);
    let class = |(i, (index, verdict)): (usize, (f64, Verdict))| {
        let sides = cutoff.map(|cutoff| (cutoff.side(pre, i), cutoff.side(post, i)));
        let class = match verdict {
            Verdict::ReliablyImproved if sides == Some((Side::Clinical, Side::Functional)) => Class::Recovered,
            Verdict::ReliablyImproved => Class::Improved,
            Verdict::NotReliable => Class::Unchanged,
            Verdict::ReliablyWorsened => Class::Deteriorated,
        };
        PersonClass { index, class, sides }
    };
    judged.into_iter().enumerate().map(class).collect()
}

/// How many people are in each class, with Wilson and exact intervals. Refused without people.
pub fn class_shares(people: &[PersonClass], conf_level: f64) -> Result<Classes, NotEstimable> {
    let n = people.len() as u64;
    let count = |wanted: &dyn Fn(&PersonClass) -> bool| people.iter().filter(|person| wanted(person)).count() as u64;
    let share = |class: Class| proportion(count(&|person| person.class == class), n, conf_level);
    let with_cutoff = people.iter().all(|person| person.sides.is_some());
    let sided = |wanted: &dyn Fn(&PersonClass, Side, Side) -> bool| {
        let no_cutoff =
            || NotEstimable::NotComputed { why: "no cut-off between the clinical and the functional population is known".into() };
        if with_cutoff { Ok(count(&|person| person.sides.is_some_and(|(pre, post)| wanted(person, pre, post)))) } else { Err(no_cutoff()) }
    };
    let left = |person: &PersonClass, pre, post| person.class == Class::Deteriorated && pre == Side::Functional && post == Side::Clinical;
    Ok(Classes {
        n,
        recovered: sided(&|person, _, _| person.class == Class::Recovered).and_then(|count| proportion(count, n, conf_level)).into(),
        improved: share(Class::Improved)?,
        unchanged: share(Class::Unchanged)?,
        deteriorated: share(Class::Deteriorated)?,
        reliably_improved: proportion(count(&|person| matches!(person.class, Class::Recovered | Class::Improved)), n, conf_level)?,
        n_clinical_pre: sided(&|_, pre, _| pre == Side::Clinical).into(),
        n_functional_post: sided(&|_, _, post| post == Side::Functional).into(),
        n_left_functional: sided(&left).into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Pairs;
    use crate::stats::clinical::{Better, CutoffKind, Measure, Method, Norms, Sample, cutoff};

    /// s_diff 4.74, reliable beyond 9.30 points; c = 50.
    #[test]
    fn every_class_and_the_cutoff_itself() {
        let pre = [32.5, 40.0, 50.0, 41.0, 45.0, 55.0, 50.0, 30.0];
        let post = [47.5, 52.0, 60.0, 50.0, 51.0, 45.0, 40.0, 20.0];
        let pairs = Pairs::from_f64(&pre, &post);
        let (clinical, functional) = (Norms { mean: 40.0, sd: 7.5, n: None }, Norms { mean: 60.0, sd: 7.5, n: None });
        let measure = Measure {
            better: Better::Higher,
            clinical,
            reliability: 0.8,
            reliability_post: None,
            practice: None,
            sample: Sample::of(&pairs),
        };
        let rule = ReliableChange::new(Method::Jt, &measure, None).unwrap_or_else(|why| panic!("{why}"));
        let line = cutoff(CutoffKind::C, Some(&clinical), Some(&functional), Better::Higher).unwrap_or_else(|why| panic!("{why}"));
        let people = classify(&rule, Some(&line), pairs.pre(), pairs.post());
        let classes = class_shares(&people, 0.95).unwrap_or_else(|why| panic!("{why}"));
        let counts = [&classes.improved, &classes.unchanged, &classes.deteriorated, &classes.reliably_improved].map(|p| p.count);
        // 32.5→47.5 improved, 40→52 recovered, 50→60 improved (starts on the cut-off), 41→50 and 45→51 unchanged,
        // 55→45 deteriorated and left the functional side, 50→40 and 30→20 deteriorated.
        assert_eq!((counts, classes.recovered.ok().map(|p| p.count)), ([2, 2, 3, 3], Some(1)));
        assert_eq!(
            [&classes.n_left_functional, &classes.n_clinical_pre, &classes.n_functional_post].map(|n| n.ok().copied()),
            [Some(1), Some(5), Some(3)]
        );
        let bare = class_shares(&classify(&rule, None, pairs.pre(), pairs.post()), 0.95).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!((bare.improved.count, bare.recovered.ok()), (3, None));
        assert!(bare.n_left_functional.reason().is_some());
        assert!(class_shares(&[], 0.95).is_err());
    }
}
