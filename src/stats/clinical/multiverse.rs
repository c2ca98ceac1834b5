//! The shares over every defensible choice.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CutoffKind, Measure, Method, Norms, Reliability, ReliableChange, class_shares, classify, cutoff};
use crate::stats::proportion::Proportion;
use crate::stats::{Estimable, NotEstimable, Pairs};

/// One combination of choices.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub method: Method,
    pub reliability: Reliability,
    /// `None`: no cut-off; only reliable change is counted.
    pub cutoff: Option<CutoffKind>,
}

/// One row of the multiverse table. What a choice cannot give is refused in its own cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MultiverseRow {
    pub method: Method,
    pub reliability: f64,
    pub reliability_label: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cutoff_kind: Option<CutoffKind>,
    /// The cut-off in raw points.
    pub cutoff: Estimable<f64>,
    /// Reliably improved, recovered people among them.
    pub improved: Estimable<Proportion>,
    pub recovered: Estimable<Proportion>,
    pub deteriorated: Estimable<Proportion>,
}

/// The shares improved, recovered and deteriorated of `pairs` for each of `choices`, in their order.
///
/// `measure` holds what all choices share (its reliability is replaced by each choice's). Not a test and not an average: it
/// shows how far the answer depends on choices that the literature leaves open. A cut-off that cannot be computed
/// refuses the cut-off and `recovered` of its row, a method that cannot refuses the row.
/// Source: Steegen, Tuerlinckx, Gelman & Vanpaemel (2016) Perspect Psychol Sci 11:702.
pub fn multiverse(pairs: &Pairs, measure: &Measure, functional: Option<&Norms>, choices: &[Choice], conf_level: f64) -> Vec<MultiverseRow> {
    choices.iter().map(|choice| row(pairs, measure, functional, choice, conf_level)).collect()
}

fn row(pairs: &Pairs, measure: &Measure, functional: Option<&Norms>, choice: &Choice, conf_level: f64) -> MultiverseRow {
    let measure = Measure { reliability: choice.reliability.value, ..*measure };
    let asked = choice.cutoff.ok_or_else(|| NotEstimable::NotComputed { why: "no cut-off in this choice".into() });
    let line = asked.and_then(|kind| cutoff(kind, Some(&measure.clinical), functional, measure.better));
    let classes = ReliableChange::new(choice.method, &measure, None)
        .and_then(|rule| class_shares(&classify(&rule, line.as_ref().ok(), pairs.pre(), pairs.post()), conf_level));
    let recovered = match (&classes, &line) {
        (Ok(classes), Ok(_)) => classes.recovered.clone(),
        (Err(why), _) | (Ok(_), Err(why)) => Estimable::NotEstimable(why.clone()),
    };
    let part = |of: fn(&super::Classes) -> Proportion| Estimable::from(classes.as_ref().map(of).map_err(Clone::clone));
    MultiverseRow {
        method: choice.method,
        reliability: choice.reliability.value,
        reliability_label: choice.reliability.label.clone(),
        cutoff_kind: choice.cutoff,
        improved: part(|classes| classes.reliably_improved),
        recovered,
        deteriorated: part(|classes| classes.deteriorated),
        cutoff: line.map(|line| line.value).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::clinical::{Better, Sample};

    #[test]
    fn every_choice_has_a_row_and_refusals_stay_in_theirs() {
        let pairs = Pairs::from_f64(&[30.0, 28.0, 33.0, 25.0, 31.0, 22.0], &[12.0, 20.0, 15.0, 24.0, 35.0, 9.0]);
        let sample = Sample::of(&pairs);
        let measure = Measure {
            better: Better::Lower,
            clinical: sample.clinical(),
            reliability: 0.0,
            reliability_post: None,
            practice: None,
            sample,
        };
        let functional = Norms { mean: 8.0, sd: 5.0, n: None };
        let mut choices = Vec::new();
        for method in Method::ALL {
            for (value, label) in [(0.93, "alpha"), (0.8, "test-retest"), (1.2, "misprint")] {
                for cutoff in [None, Some(CutoffKind::A), Some(CutoffKind::C)] {
                    choices.push(Choice { method, reliability: Reliability { value, label: label.into(), n: None }, cutoff });
                }
            }
        }
        let rows = multiverse(&pairs, &measure, Some(&functional), &choices, 0.95);
        assert_eq!(rows.len(), choices.len());
        for (row, choice) in rows.iter().zip(&choices) {
            let computable = choice.reliability.value < 1.0 && choice.method != Method::Chelune;
            assert_eq!(row.improved.ok().is_some(), computable, "{row:?}");
            assert_eq!(row.recovered.ok().is_some(), computable && choice.cutoff.is_some(), "{row:?}");
            assert_eq!(row.cutoff.ok().is_some(), choice.cutoff.is_some());
            if let (Some(improved), Some(recovered)) = (row.improved.ok(), row.recovered.ok()) {
                assert!(recovered.count <= improved.count);
            }
        }
        let no_norms = multiverse(&pairs, &measure, None, &choices[2..3], 0.95);
        assert!(no_norms[0].improved.ok().is_some() && no_norms[0].recovered.ok().is_none() && no_norms[0].cutoff.ok().is_none());
    }
}
