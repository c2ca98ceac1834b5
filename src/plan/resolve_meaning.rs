//! What a change of an outcome means, as used: the plan's facts first, then those of the catalogue that the plan accepts.

use super::{OutcomeSection, Plan};
use crate::decimal::Decimal;
use crate::trial::{
    Basis, ChangeUnit, Cut, Direction, Evidence, Instrument, Mcid, McidFact, Meaning, Norm, NormFact, Outcome, Place, Practice, Problem,
    ProblemCode, Reliability, ReliabilityFact, Stated,
};

/// The facts of an outcome. `entry` is its instrument, where its metric is the plan's: thresholds of another range, step or
/// direction mean nothing here.
pub(super) fn meaning(plan: &Plan, section: &OutcomeSection, entry: Option<&Instrument>) -> Meaning {
    let mut accepted = Accepted { recalled: plan.analysis.accept_recalled, not_accepted: Vec::new() };
    let stated = |source: &str, population: &Option<String>| (Some(source.to_owned()), population.clone());
    let mcid = thresholds(section, entry, &mut accepted);

    let remission = section.remission.as_ref().map(|stated| Stated {
        fact: stated.cut,
        population: None,
        source: stated.source.clone(),
        basis: Basis::Plan,
    });
    let of_catalogue = |accepted: &mut Accepted| {
        let fact = entry?.remission.as_ref()?;
        accepted.take("remission", fact.cut, None, &fact.source, fact.evidence)
    };
    let remission = remission.or_else(|| of_catalogue(&mut accepted));

    let response = section.response.as_ref().map(|stated| Stated {
        fact: stated.rule,
        population: None,
        source: Some(stated.source.clone()),
        basis: Basis::Plan,
    });
    let of_catalogue = |accepted: &mut Accepted| {
        let fact = entry?.response.as_ref()?;
        accepted.take("response", fact.rule, None, &fact.source, fact.evidence)
    };
    let response = response.or_else(|| of_catalogue(&mut accepted));

    let norm_of = |norm: &super::Norm| {
        let (source, population) = stated(&norm.source, &norm.population);
        Stated { fact: Norm { mean: norm.mean, sd: norm.sd, n: norm.n }, population, source, basis: Basis::Plan }
    };
    let practice = section.practice.as_ref().map(|practice| Stated {
        fact: Practice { mean: practice.mean, std_error: practice.std_error },
        population: None,
        source: Some(practice.source.clone()),
        basis: Basis::Plan,
    });
    let entry_cut =
        section.entry.as_ref().map(|cut| Stated { fact: cut.cut, population: None, source: cut.source.clone(), basis: Basis::Plan });
    Meaning {
        mcid,
        remission,
        response,
        reliability: reliabilities(section, entry, &mut accepted),
        norm: section.norm.iter().map(norm_of).chain(norms(entry, &mut accepted)).collect(),
        clinical_norm: section.clinical_norm.as_ref().map(norm_of),
        entry: entry_cut,
        practice,
        practice_effect: entry.and_then(|entry| entry.practice_effect.clone()),
        equivalence: section.equivalence,
        benchmarks: section.benchmark.clone(),
        not_accepted: accepted.not_accepted,
    }
}

/// The plan's threshold, then the catalogue's: least important changes before larger ones.
fn thresholds(section: &OutcomeSection, entry: Option<&Instrument>, accepted: &mut Accepted) -> Vec<Stated<Mcid>> {
    let own = section.mcid.iter().map(|mcid| Stated {
        fact: Mcid { value: mcid.value, unit: mcid.unit, kind: mcid.kind, anchor: mcid.anchor.clone() },
        population: mcid.population.clone(),
        source: Some(mcid.source.clone()),
        basis: Basis::Plan,
    });
    let mut known: Vec<&McidFact> = entry.iter().flat_map(|entry| &entry.mcid).collect();
    known.sort_by_key(|fact| fact.kind);
    let known = known.into_iter().filter_map(|fact| {
        let threshold = Mcid { value: fact.value, unit: fact.unit, kind: fact.kind, anchor: Some(fact.anchor.clone()) };
        accepted.take("mcid", threshold, Some(&fact.population), &fact.source, fact.evidence)
    });
    own.chain(known).collect()
}

/// The plan's coefficient, then the catalogue's: over time before within one occasion, checked before recalled.
fn reliabilities(section: &OutcomeSection, entry: Option<&Instrument>, accepted: &mut Accepted) -> Vec<Stated<Reliability>> {
    let own = section.reliability.iter().map(|stated| Stated {
        fact: Reliability { value: stated.value, kind: stated.kind, interval: stated.interval },
        population: stated.population.clone(),
        source: Some(stated.source.clone()),
        basis: Basis::Plan,
    });
    let mut known: Vec<&ReliabilityFact> = entry.iter().flat_map(|entry| &entry.reliability).collect();
    known.sort_by_key(|fact| (!fact.kind.is_retest(), fact.evidence == Evidence::Recalled));
    let known = known.into_iter().filter_map(|fact| {
        let coefficient = Reliability { value: fact.value, kind: fact.kind, interval: fact.interval };
        accepted.take("reliability", coefficient, Some(&fact.population), &fact.source, fact.evidence)
    });
    own.chain(known).collect()
}

fn norms(entry: Option<&Instrument>, accepted: &mut Accepted) -> Vec<Stated<Norm>> {
    let known = entry.iter().flat_map(|entry| &entry.norm);
    let norm = |fact: &NormFact| Some(Norm { mean: fact.mean, sd: fact.sd?, n: fact.n });
    known.filter_map(|fact| accepted.take("norm", norm(fact)?, Some(&fact.population), &fact.source, fact.evidence)).collect()
}

/// Facts of the plan that the scale makes impossible, once its direction and range are known: what the catalogue's own
/// entries are held to.
pub(super) fn check_facts(outcome: &Outcome, section: &OutcomeSection, report: &mut dyn FnMut(&str, Problem)) {
    let id = &outcome.id;
    let mut contradiction = |key: &str, what: String, hint: &str| {
        let problem = Problem::error(ProblemCode::PlanContradiction, Place::default(), format!("outcome `{id}`: {what}"));
        report(key, problem.with_hint(hint));
    };
    let response = section.response.as_ref().map(|stated| stated.rule);
    let of_response = response.map(|rule| Cut { at_most: rule.at_most, at_least: rule.at_least, ..Cut::default() });
    for (key, cut) in [("remission", section.remission.as_ref().map(|stated| stated.cut)), ("response", of_response)] {
        let Some(cut) = cut else { continue };
        let (low, high) = ([cut.at_most, cut.below], [cut.at_least, cut.above]);
        let (worse, better) = match outcome.direction {
            Direction::Lower => (high, "lower"),
            Direction::Higher => (low, "higher"),
            Direction::None => continue,
        };
        if let Some(bound) = worse.into_iter().flatten().next() {
            let what = format!("`{key}` asks for scores on the worse side of {bound}, but {better} is better");
            contradiction(key, what, "correct the bound or `direction`");
        }
    }
    let Some(range) = outcome.range else { return };
    let (min, max) = (range.min, range.max);
    // A range of the plan was held against `remission` and `entry` when it was read.
    let bounds = [("remission", &section.remission), ("entry", &section.entry)].into_iter().filter(|_| section.range.is_none());
    let bounds = bounds.flat_map(|(key, stated)| stated.iter().flat_map(|stated| stated.cut.bounds()).map(move |bound| (key, bound)));
    let of_response = of_response.iter().flat_map(Cut::bounds).map(|bound| ("response", bound));
    for (key, bound) in bounds.chain(of_response).filter(|(_, bound)| !range.contains(*bound)) {
        contradiction(key, format!("`{key}`: {bound} lies outside the range {min} to {max}"), "correct the threshold or `range`");
    }
    let mcid = section.mcid.iter().filter(|mcid| mcid.unit == ChangeUnit::Points).map(|mcid| ("mcid", mcid.value));
    let points = mcid.chain(response.and_then(|rule| rule.points).map(|points| ("response", points)));
    for (key, points) in points.filter(|(_, points)| wider(*points, max, min)) {
        contradiction(
            key,
            format!("`{key}`: a change of {points} points is more than the range {min} to {max} allows"),
            "correct it or its unit",
        );
    }
    for (key, norm) in [("norm", &section.norm), ("clinical_norm", &section.clinical_norm)] {
        if let Some(norm) = norm.as_ref().filter(|norm| !(min.to_f64()..=max.to_f64()).contains(&norm.mean)) {
            let what = format!("`{key}`: a mean of {} lies outside the range {min} to {max}", norm.mean);
            contradiction(key, what, "norms of another metric (T scores, items averaged) are of no use here");
        }
    }
}

fn wider(points: Decimal, max: Decimal, min: Decimal) -> bool {
    points.to_f64() > max.to_f64() - min.to_f64()
}

/// Which facts of the catalogue may be used, and the kinds of those that may not.
struct Accepted {
    recalled: bool,
    not_accepted: Vec<String>,
}

impl Accepted {
    fn take<T>(&mut self, kind: &str, fact: T, population: Option<&str>, source: &str, evidence: Evidence) -> Option<Stated<T>> {
        if evidence == Evidence::Recalled && !self.recalled {
            if !self.not_accepted.iter().any(|other| other == kind) {
                self.not_accepted.push(kind.to_owned());
            }
            return None;
        }
        let population = population.map(str::to_owned);
        Some(Stated { fact, population, source: Some(source.to_owned()), basis: evidence.into() })
    }
}
