//! Multiplicity: the p-values of the deciding test, adjusted within declared families.

use std::collections::BTreeMap;

use crate::plan::{AnalysisSection, Family, Procedure as Planned, TestName};
use crate::results::{Adjusted, Analysis, Finding, Key, Method, Population};
use crate::stats::multiplicity::{Procedure, adjust};
use crate::stats::{Estimable, NotEstimable, PValue};
use crate::trial::Outcome;

/// Appends to each outcome's analyses its adjusted p-value, and makes one flat list of all.
///
/// METHOD: a family counts the outcomes whose deciding test could be computed, as R's `p.adjust` counts p-values that
/// are not NA: an outcome without a p-value cannot be rejected by mistake.
pub fn with_adjusted(per_outcome: Vec<Vec<Analysis>>, outcomes: &[Outcome], settings: &AnalysisSection) -> Vec<Analysis> {
    let test = deciding(settings.test);
    let p: Vec<Result<PValue, NotEstimable>> = per_outcome.iter().map(|analyses| p_of(analyses, test)).collect();
    let mut families: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, outcome) in outcomes.iter().enumerate().filter(|(i, _)| p[*i].is_ok()) {
        families.entry(family(outcome, settings.family)).or_default().push(i);
    }
    let mut adjusted: Vec<Option<Adjusted>> = vec![None; outcomes.len()];
    for (family, members) in families {
        let raw: Vec<PValue> = members.iter().filter_map(|&i| p[i].clone().ok()).collect();
        for ((&i, &p_raw), p) in members.iter().zip(&raw).zip(adjust(&raw, procedure(settings.multiplicity))) {
            let procedure = settings.multiplicity.name().into();
            adjusted[i] = Some(Adjusted { procedure, test, p_raw, p, family: family.clone(), family_size: members.len() });
        }
    }
    let mut all = Vec::with_capacity(per_outcome.iter().map(Vec::len).sum::<usize>() + outcomes.len());
    for (((mut analyses, outcome), adjusted), p) in per_outcome.into_iter().zip(outcomes).zip(adjusted).zip(p) {
        let finding = match (adjusted, p) {
            (Some(record), _) => Estimable::Estimated(Finding::Adjusted(record)),
            (None, Err(reason)) => Estimable::NotEstimable(reason),
            (None, Ok(_)) => Estimable::NotEstimable(NotEstimable::NotComputed { why: "the outcome is in no family".into() }),
        };
        let key = Key { outcome: outcome.id.clone(), contrast: "post-pre".into(), population: Population::Pairs, method: Method::Adjusted };
        let n = analyses.first().map_or(0, |analysis| analysis.n);
        // After the findings of all pairs, before those of subgroups.
        let place = analyses.iter().position(|a| a.key.population != Population::Pairs).unwrap_or(analyses.len());
        analyses.insert(place, Analysis { id: key.id(), key, role: outcome.role, n, finding, notes: Vec::new() });
        all.extend(analyses);
    }
    all
}

/// The method of the test that decides.
pub fn deciding(test: TestName) -> Method {
    match test {
        TestName::PairedT => Method::PairedT,
        TestName::SignedRank => Method::SignedRank,
        TestName::Permutation => Method::Permutation,
        TestName::Sign => Method::SignTest,
    }
}

/// The p-value of a test among the analyses of an outcome.
pub fn p_of(analyses: &[Analysis], test: Method) -> Result<PValue, NotEstimable> {
    let analysis = analyses.iter().find(|a| a.key.method == test && a.key.population == Population::Pairs);
    let Some(analysis) = analysis else {
        return Err(NotEstimable::NotComputed { why: "the test was not run".into() });
    };
    match analysis.finding.as_result().map_err(Clone::clone)? {
        Finding::PairedT(record) => record.p.as_result().copied().map_err(Clone::clone),
        Finding::SignedRank(record) => record.p.as_result().copied().map_err(Clone::clone),
        Finding::SignTest(record) => record.p.as_result().copied().map_err(Clone::clone),
        Finding::Permutation(record) => Ok(record.p),
        _ => Err(NotEstimable::NotComputed { why: "the method gives no p-value".into() }),
    }
}

fn family(outcome: &Outcome, family: Family) -> String {
    match family {
        Family::All => "all".into(),
        Family::Role => format!("role={}", outcome.role),
        Family::Domain => format!("domain={}", outcome.domain.as_deref().unwrap_or("other")),
    }
}

fn procedure(planned: Planned) -> Procedure {
    match planned {
        Planned::None => Procedure::None,
        Planned::Bonferroni => Procedure::Bonferroni,
        Planned::Holm => Procedure::Holm,
        Planned::Hochberg => Procedure::Hochberg,
        Planned::Hommel => Procedure::Hommel,
        Planned::Bh => Procedure::Bh,
        Planned::By => Procedure::By,
    }
}
