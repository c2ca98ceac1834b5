//! What a change means, for the fixtures: records by the kernels from simple facts.

use prepost::decimal::Decimal;
use prepost::results::{
    Analysis, BandMoves, BandShift, CutoffRow, Finding, Individuals, Key, Method, Population, RegressionToMean, ReliableChange,
    ResponderRow, Responders, Results,
};
use prepost::stats::clinical::{
    Better, CutoffKind, Measure, Method as Rule, ReliableChange as Index, ResponseRule, Sample, Threshold, class_shares, classify, cutoff,
    measurement_error, responders,
};
use prepost::stats::one_arm::{net_change, net_change_curve};
use prepost::stats::shift::{ShiftTable, bhapkar, bowker, stuart_maxwell};
use prepost::stats::{Estimable, Inference, NotEstimable, Pairs};
use prepost::trial::{Basis, ChangeUnit, Direction, Importance, Mcid, Norm, Outcome, Reliability, ReliabilityKind, Stated};

use super::fixture::{Scores, trial};

fn stated<T>(fact: T) -> Stated<T> {
    Stated { fact, population: Some("adults".into()), source: Some("A source (2001)".into()), basis: Basis::Plan }
}

fn unknown(fact: &str) -> NotEstimable {
    NotEstimable::FactUnknown { fact: fact.into(), add: "it to the plan".into() }
}

/// [`trial`] with the records of meaning: r = .8, norms a little better than the pre scores, an MCID of an eighth of the span.
pub fn meaningful(outcomes: &[(Outcome, Vec<Scores>)]) -> (Results, Individuals) {
    let (mut results, mut individuals) = trial(outcomes);
    for (outcome, scores) in outcomes {
        let found = findings(outcome, scores, &mut individuals);
        let n = scores.iter().filter(|(pre, post)| pre.is_some() && post.is_some()).count();
        results.analyses.extend(found.into_iter().map(|(method, finding)| {
            let key = Key { outcome: outcome.id.clone(), contrast: "post-pre".into(), population: Population::Pairs, method };
            Analysis { id: key.id(), key, role: outcome.role, n, finding, notes: Vec::new() }
        }));
    }
    (results, individuals)
}

fn findings(outcome: &Outcome, scores: &[Scores], individuals: &mut Individuals) -> Vec<(Method, Estimable<Finding>)> {
    let (pre, post): (Vec<f64>, Vec<f64>) = scores.iter().filter_map(|(pre, post)| Some(((*pre)?, (*post)?))).unzip();
    let pairs = Pairs::from_f64(&pre, &post);
    let better = match outcome.direction {
        Direction::Lower => Some(Better::Lower),
        Direction::Higher => Some(Better::Higher),
        Direction::None => None,
    };
    let found = |fact: &str, finding: Option<Finding>| finding.map_or_else(|| Estimable::NotEstimable(unknown(fact)), Estimable::Estimated);
    vec![
        (Method::ReliableChange, found("reliability", better.and_then(|better| reliable(outcome, &pairs, better, individuals)))),
        (Method::BandShift, found("bands", bands(outcome, &pre, &post))),
        (Method::Responders, found("mcid", better.map(|better| responding(&pairs, better)))),
        (Method::RegressionToMean, found("norm", Some(regression(&pairs)))),
    ]
}

fn reliable(outcome: &Outcome, pairs: &Pairs, better: Better, individuals: &mut Individuals) -> Option<Finding> {
    let sample = Sample::of(pairs);
    let clinical = sample.clinical();
    let functional = prepost::stats::clinical::Norms { mean: clinical.mean + better.sign() * 2.0 * clinical.sd, ..clinical };
    let measure = Measure { better, clinical, reliability: 0.8, reliability_post: None, practice: None, sample };
    let rule = Index::new(Rule::Jt, &measure, None).ok()?;
    let line = cutoff(CutoffKind::C, Some(&clinical), Some(&functional), better).ok()?;
    for person in individuals.0.iter_mut().filter(|row| *row.outcome == *outcome.id) {
        let (Some(pre), Some(post)) = (person.pre, person.post) else { continue };
        let alone = Pairs::from_f64(&[pre], &[post]);
        let class = classify(&rule, Some(&line), alone.pre(), alone.post())[0];
        (person.meaning.reliable_change_index, person.meaning.reliable_change) = (Some(class.index), Some(class.class));
    }
    let classes = class_shares(&classify(&rule, Some(&line), pairs.pre(), pairs.post()), 0.95);
    Some(Finding::ReliableChange(Box::new(ReliableChange {
        reliability: stated(Reliability { value: 0.8, kind: ReliabilityKind::TestRetest, interval: None }),
        clinical,
        clinical_source: None,
        functional: Some(stated(Norm { mean: functional.mean, sd: functional.sd, n: None })),
        error: measurement_error(clinical.sd, 0.8, 1.96).ok()?,
        cutoffs: vec![
            CutoffRow { kind: CutoffKind::A, value: cutoff(CutoffKind::A, Some(&clinical), None, better).map(|line| line.value).into() },
            CutoffRow { kind: CutoffKind::C, value: Estimable::Estimated(line.value) },
        ],
        deciding: Some(CutoffKind::C),
        classes: classes.into(),
        methods: Vec::new(),
    })))
}

fn bands(outcome: &Outcome, pre: &[f64], post: &[f64]) -> Option<Finding> {
    let of = |score: f64| outcome.bands.iter().position(|band| band.min.to_f64() <= score && score <= band.max.to_f64());
    let inside: Vec<(usize, usize)> = pre.iter().zip(post).filter_map(|(pre, post)| Some((of(*pre)?, of(*post)?))).collect();
    let n_outside = pre.len() - inside.len();
    let table = ShiftTable::of(outcome.bands.len(), inside).ok().filter(|table| table.levels() > 0)?;
    Some(Finding::BandShift(BandShift {
        bands: outcome.bands.iter().map(|band| band.label.clone()).collect(),
        counts: table.counts().to_vec(),
        n_outside,
        moves: BandMoves { n_same: 0, n_better: None, n_worse: None },
        stuart_maxwell: stuart_maxwell(&table).into(),
        bhapkar: bhapkar(&table).into(),
        bowker: bowker(&table).into(),
    }))
}

fn responding(pairs: &Pairs, better: Better) -> Finding {
    let mcid = Decimal::from_integer(5);
    let rule = ResponseRule { threshold: Threshold::Points(mcid), and_post: None };
    let shares = responders(pairs, &[], better, rule, 0.95).into();
    let threshold = stated(Mcid { value: mcid, unit: ChangeUnit::Points, kind: Importance::Minimal, anchor: None });
    Finding::Responders(Responders { thresholds: vec![ResponderRow { threshold, shares }] })
}

fn regression(pairs: &Pairs) -> Finding {
    let norm = Norm { mean: pairs.pre().mean() - 8.0, sd: 8.0, n: None };
    let inference = Inference::two_sided(0.95);
    Finding::RegressionToMean(Box::new(RegressionToMean {
        reliability: stated(Reliability { value: 0.8, kind: ReliabilityKind::Icc, interval: None }),
        norm: stated(norm),
        net: net_change(pairs, norm.mean, 0.8, inference).into(),
        propagated: Estimable::NotEstimable(unknown("interval")),
        selection: None,
        mee_chua: Estimable::NotEstimable(unknown("norm")),
        baseline_change: Estimable::NotEstimable(unknown("norm")),
        curve: net_change_curve(pairs, norm.mean, 20, inference),
    }))
}
