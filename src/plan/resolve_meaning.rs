//! What a change of an outcome means, as used: the plan's facts first, then those of the catalogue that the plan accepts.

use super::{OutcomeSection, Plan};
use crate::trial::{Basis, Evidence, Instrument, Mcid, Meaning, Norm, NormFact, Practice, Reliability, ReliabilityFact, Stated};

/// The facts of an outcome. `entry` is its instrument, where its metric is the plan's: thresholds of another range, step or
/// direction mean nothing here.
pub(super) fn meaning(plan: &Plan, section: &OutcomeSection, entry: Option<&Instrument>) -> Meaning {
    let mut accepted = Accepted { recalled: plan.analysis.accept_recalled, not_accepted: Vec::new() };
    let stated = |source: &str, population: &Option<String>| (Some(source.to_owned()), population.clone());
    let mcid = section.mcid.iter().map(|mcid| Stated {
        fact: Mcid { value: mcid.value, unit: mcid.unit },
        population: None,
        source: Some(mcid.source.clone()),
        basis: Basis::Plan,
    });
    let mcid = mcid.chain(entry.iter().flat_map(|entry| &entry.mcid).filter_map(|fact| {
        let fact_of = Mcid { value: fact.value, unit: fact.unit };
        accepted.take("mcid", fact_of, Some(&fact.population), &fact.source, fact.evidence)
    }));
    let mcid = mcid.collect();

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
