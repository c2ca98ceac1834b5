//! How much of the change regression to the mean would bring about.

use super::super::outcome::List;
use super::super::unknown::unknown;
use super::{one_sided, text, two_sided};
use crate::results::{Finding, Method, RegressionToMean, Selected};
use crate::stats::distribution::normal;
use crate::stats::one_arm::{
    Assumed, PropagatedNetChange, Selection, baseline_change, expected_by_selection, mee_chua, net_change, net_change_curve,
    net_change_propagated,
};
use crate::stats::{Inference, Interval, NotEstimable, Note, Pairs};
use crate::trial::{Cut, Meaning, Norm, Reliability, ReliabilityKind, Stated};

/// Steps of the curve from r = 0 to r = 1.
const STEPS: usize = 20;

/// The level of an interval that a source gives for its reliability.
///
/// METHOD: sources print 95 % intervals, and the plan states no other.
const STATED_LEVEL: f64 = 0.95;

/// METHOD: the population that scores regress to is the norm: the mean that people had before anything selected them.
/// Where they were drawn from a clinical population, its mean belongs under `norm`.
pub fn push(list: &mut List, pairs: &Pairs, meaning: &Meaning, asked: Inference) {
    let reliability = meaning.reliability.iter().find(|stated| is_coefficient(stated.fact.kind));
    let finding = match (reliability, meaning.norm.first()) {
        (Some(reliability), Some(norm)) => {
            let record = examine(pairs, reliability, norm, meaning.entry.as_ref(), asked);
            Ok(Finding::RegressionToMean(Box::new(record)))
        }
        (None, Some(_)) => Err(unknown(meaning, &["reliability"], "reliability", &format!("{RELIABILITY} in the [[outcome]]"))),
        (Some(_), None) => Err(unknown(meaning, &["norm"], "norm mean", &format!("{NORM} in the [[outcome]]"))),
        (None, None) => {
            let line = format!("{RELIABILITY} and {NORM} in the [[outcome]]");
            Err(unknown(meaning, &["reliability", "norm"], "reliability and norm mean", &line))
        }
    };
    let notes = reliability.map(|reliability| caveats(reliability, meaning.entry.is_some(), asked));
    list.push(Method::RegressionToMean, finding, notes.unwrap_or_default());
}

const RELIABILITY: &str = "`reliability = { value = …, kind = \"test-retest\", interval = [… , …], source = \"…\" }`";
const NORM: &str = "`norm = { mean = …, sd = …, n = …, source = \"…\" }`";

/// Whether it can stand for the correlation of two visits. Raters of one occasion say nothing of it, and a standard error
/// in points is a coefficient only with the SD that it was found with.
fn is_coefficient(kind: ReliabilityKind) -> bool {
    !matches!(kind, ReliabilityKind::IccInterrater | ReliabilityKind::Sem)
}

fn examine(
    pairs: &Pairs,
    reliability: &Stated<Reliability>,
    norm: &Stated<Norm>,
    entry: Option<&Stated<Cut>>,
    asked: Inference,
) -> RegressionToMean {
    let (r, population) = (reliability.fact.value, norm.fact);
    RegressionToMean {
        reliability: reliability.clone(),
        norm: norm.clone(),
        net: net_change(pairs, population.mean, r, asked).into(),
        propagated: propagated(pairs, &reliability.fact, &population, two_sided(asked)).into(),
        selection: entry.and_then(|entry| {
            let (selection, cut) = side(&entry.fact)?;
            let expected = expected_by_selection(selection, cut, population.mean, population.sd, r).into();
            Some(Selected { entry: entry.clone(), expected })
        }),
        mee_chua: mee_chua(pairs, population.mean, asked).into(),
        baseline_change: baseline_change(pairs, asked.conf_level).into(),
        curve: net_change_curve(pairs, population.mean, STEPS, asked),
    }
}

/// With the interval of r, and that of the norm mean where its n is known.
fn propagated(pairs: &Pairs, reliability: &Reliability, norm: &Norm, asked: Inference) -> Result<PropagatedNetChange, NotEstimable> {
    let Some([lower, upper]) = reliability.interval else {
        return Err(NotEstimable::FactUnknown {
            fact: "interval of the reliability".into(),
            add: "`reliability = { …, interval = [… , …] }` in the [[outcome]]".into(),
        });
    };
    let r = Assumed { value: reliability.value, interval: Some(Interval { level: STATED_LEVEL, lower, upper }) };
    let reach = |n: u32| -normal::quantile(0.5 * asked.alpha()) * norm.sd / libm::sqrt(f64::from(n));
    let interval = norm.n.map(reach).map(|reach| Interval { level: asked.conf_level, lower: norm.mean - reach, upper: norm.mean + reach });
    net_change_propagated(pairs, Assumed { value: norm.mean, interval }, r, asked)
}

/// Which side of the cut-off was let in; a plan states exactly one bound.
fn side(cut: &Cut) -> Option<(Selection, f64)> {
    let above = cut.at_least.or(cut.above).map(|bound| (Selection::Above, bound.to_f64()));
    above.or_else(|| cut.at_most.or(cut.below).map(|bound| (Selection::Below, bound.to_f64())))
}

fn caveats(reliability: &Stated<Reliability>, entry_stated: bool, asked: Inference) -> Vec<Note> {
    let mut notes = one_sided(asked);
    if !reliability.fact.kind.is_retest() {
        notes.push(Note::Text {
            text: format!(
                "the reliability is {}, of one occasion: it leaves out what varies between occasions, and the expected regression is too small",
                reliability.fact.kind.label()
            ),
        });
    }
    if !entry_stated {
        notes.push(text(
            "whether people were let in by this score is not stated (`entry` in the outcome): without such selection the pre mean regresses less",
        ));
    }
    notes.push(text(
        "change correlates with baseline by construction, because the pre score stands in both: Oldham's correlation stands beside it",
    ));
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::Decimal;
    use crate::stats::Estimable;
    use crate::trial::Basis;

    #[test]
    fn the_side_is_that_of_the_bound() {
        let bound = Some(Decimal::from_integer(20));
        assert_eq!(side(&Cut { at_least: bound, ..Cut::default() }), Some((Selection::Above, 20.0)));
        assert_eq!(side(&Cut { below: bound, ..Cut::default() }), Some((Selection::Below, 20.0)));
        assert_eq!(side(&Cut::default()), None);
    }

    #[test]
    fn without_an_interval_only_the_plain_change_is_known() {
        let pairs = Pairs::from_f64(&[20.0, 31.0, 14.0, 22.0], &[12.0, 25.0, 15.0, 20.0]);
        let stated = |interval| Stated {
            fact: Reliability { value: 0.8, kind: ReliabilityKind::TestRetest, interval },
            population: None,
            source: None,
            basis: Basis::Plan,
        };
        let norm = Stated { fact: Norm { mean: 10.0, sd: 7.0, n: Some(100) }, population: None, source: None, basis: Basis::Plan };
        let asked = Inference::two_sided(0.95);
        let plain = examine(&pairs, &stated(None), &norm, None, asked);
        assert!(matches!(plain.propagated.reason(), Some(NotEstimable::FactUnknown { .. })));
        assert!(matches!(plain.net, Estimable::Estimated(_)) && plain.selection.is_none() && plain.curve.len() == STEPS + 1);
        let wide = examine(&pairs, &stated(Some([0.6, 0.9])), &norm, None, asked);
        let net = plain.net.ok().and_then(|net| net.net.ok().map(|net| net.interval)).expect("a net change");
        let propagated = wide.propagated.ok().expect("a propagated interval").interval;
        assert!(propagated.lower < net.lower && propagated.upper > net.upper);
    }
}
