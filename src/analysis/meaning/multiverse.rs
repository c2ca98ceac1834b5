//! Shares improved over every defensible choice.

use super::reliable_change::{Basis, coefficient, usable};
use crate::analysis::outcome::List;
use crate::results::{Finding, Method, Multiverse};
use crate::stats::clinical::{Choice, CutoffKind, Evidence, Method as Way, MultiverseRow, Norms, Reliability, multiverse};
use crate::stats::{NotEstimable, Pairs};
use crate::trial::{OutcomeScores, Reliability as Fact, ReliabilityKind, Stated};

pub fn push(list: &mut List, scores: &OutcomeScores, pairs: &Pairs, conf_level: f64) {
    let found = table(scores, pairs, conf_level);
    let cells = |found: &Multiverse| found.rows.iter().flat_map(cells).collect();
    let found = list.unless_small(found, cells).map(Finding::Multiverse);
    list.push(Method::Multiverse, found, Vec::new());
}

/// METHOD: defensible are the methods whose formula is established and undisputed (a practice adjustment where the effect is
/// known), with every usable reliability, and every cut-off that can be computed.
fn table(scores: &OutcomeScores, pairs: &Pairs, conf_level: f64) -> Result<Multiverse, NotEstimable> {
    let basis = Basis::of(&scores.outcome, pairs)?;
    let sd = basis.measure.clinical.sd;
    let ways = Way::ALL.into_iter().filter(|way| way.evidence() == Evidence::Established);
    let ways: Vec<Way> = ways.filter(|way| *way != Way::Chelune || basis.measure.practice.is_some()).collect();
    let mut cutoffs: Vec<Option<CutoffKind>> = basis.known_cutoffs().map(|cutoff| Some(cutoff.kind)).collect();
    if cutoffs.is_empty() {
        cutoffs.push(None);
    }
    // A standard error of measurement at or above the SD is no coefficient: a choice of less than all methods.
    let amounts_to_one = |stated: &&Stated<Fact>| stated.fact.kind != ReliabilityKind::Sem || stated.fact.value < sd;
    let mut choices = Vec::new();
    for stated in usable(&scores.outcome).filter(amounts_to_one) {
        let reliability = Reliability { value: coefficient(&stated.fact, sd), label: label(stated), n: None };
        for &method in &ways {
            choices.extend(cutoffs.iter().map(|&cutoff| Choice { method, reliability: reliability.clone(), cutoff }));
        }
    }
    if choices.is_empty() {
        let why = "no known standard error of measurement lies below the clinical population's SD".into();
        return Err(NotEstimable::NotComputed { why });
    }
    let functional = basis.functional.map(|norm| Norms { mean: norm.fact.mean, sd: norm.fact.sd, n: norm.fact.n.map(u64::from) });
    let rows = multiverse(pairs, &basis.measure, functional.as_ref(), &choices, conf_level);
    let shares = || rows.iter().filter_map(|row| row.improved.ok()).map(|improved| improved.share);
    let improved_range = shares().reduce(f64::min).zip(shares().reduce(f64::max)).map(|(lowest, highest)| [lowest, highest]);
    Ok(Multiverse { rows, improved_range })
}

/// `test–retest correlation 0.93, outpatients`
fn label(stated: &Stated<Fact>) -> String {
    let whose = stated.population.as_ref().map(|population| format!(", {population}")).unwrap_or_default();
    format!("{} {}{whose}", stated.fact.kind.label(), stated.fact.value)
}

fn cells(row: &MultiverseRow) -> Vec<usize> {
    let Some((improved, worse)) = row.improved.ok().zip(row.deteriorated.ok()) else { return Vec::new() };
    let recovered = row.recovered.ok().map(|recovered| [recovered.count, improved.count - recovered.count]);
    let unchanged = improved.n - improved.count - worse.count;
    [improved.count, worse.count, unchanged].into_iter().chain(recovered.into_iter().flatten()).map(|count| count as usize).collect()
}
