//! Whose change is more than measurement error, and who crossed into the functional range.

use super::better;
use crate::analysis::outcome::List;
use crate::analysis::unknown::unknown;
use crate::results::{CutoffRow, Finding, Method, MethodRow, ReliableChange};
use crate::stats::clinical::{
    Classes, Cutoff, CutoffKind, Measure, MeasurementError, Method as Way, Norms, ReliableChange as Rule, Sample, class_shares, classify,
    cutoff, measurement_error,
};
use crate::stats::{NotEstimable, Note, Pairs};
use crate::trial::{Norm, Outcome, OutcomeScores, Reliability, ReliabilityKind, Stated};

/// Everything that the classes of one outcome rest on.
pub struct Basis<'a> {
    pub outcome: &'a Outcome,
    pub reliability: &'a Stated<Reliability>,
    pub functional: Option<&'a Stated<Norm>>,
    pub measure: Measure,
    pub error: MeasurementError,
    /// a, b and c.
    cutoffs: [(CutoffKind, Result<Cutoff, NotEstimable>); 3],
}

/// The coefficients that an index of change may rest on, in order of preference.
pub fn usable(outcome: &Outcome) -> impl Iterator<Item = &Stated<Reliability>> {
    outcome.meaning.reliability.iter().filter(|stated| stated.fact.kind != ReliabilityKind::IccInterrater)
}

/// The coefficient that a stated fact amounts to where the clinical population's SD is `sd`; 0 where a standard error of
/// measurement is not below it.
pub fn coefficient(reliability: &Reliability, sd: f64) -> f64 {
    let ratio = reliability.value / sd;
    match reliability.kind {
        ReliabilityKind::Sem if ratio < 1.0 => (1.0 - ratio) * (1.0 + ratio),
        ReliabilityKind::Sem => 0.0,
        _ => reliability.value,
    }
}

impl<'a> Basis<'a> {
    /// Refused without a better direction, a usable reliability, or people.
    ///
    /// METHOD: the clinical population is the stated one, else the pre scores of the pairs that are analysed.
    pub fn of(outcome: &'a Outcome, pairs: &Pairs) -> Result<Self, NotEstimable> {
        let better = better(outcome.direction)?;
        let line = "`reliability = { value = …, kind = \"test-retest\", source = \"…\" }` in the [[outcome]]";
        let reliability = usable(outcome).next().ok_or_else(|| unknown(&outcome.meaning, &["reliability"], "reliability", line))?;
        let stated = outcome.meaning.clinical_norm.as_ref().map(|norm| norms(&norm.fact));
        let needed = if stated.is_some() { 1 } else { 2 };
        if pairs.n() < needed {
            return Err(NotEstimable::TooFewPairs { needed, found: pairs.n() });
        }
        let sample = Sample::of(pairs);
        let clinical = stated.unwrap_or_else(|| sample.clinical());
        let r = coefficient(&reliability.fact, clinical.sd);
        let critical = Way::Jt.critical();
        let error = match reliability.fact.kind {
            ReliabilityKind::Sem => {
                MeasurementError { sd: clinical.sd, reliability: r, ..measurement_error(reliability.fact.value, 0.0, critical)? }
            }
            _ => measurement_error(clinical.sd, r, critical)?,
        };
        let practice = outcome.meaning.practice.as_ref().map(|practice| practice.fact.mean);
        let measure = Measure { better, clinical, reliability: r, reliability_post: None, practice, sample };
        let functional = outcome.meaning.norm.first();
        let healthy = functional.map(|norm| norms(&norm.fact));
        let line = "`norm = { mean = …, sd = …, source = \"…\" }` in the [[outcome]]";
        let cutoffs = [CutoffKind::A, CutoffKind::B, CutoffKind::C].map(|kind| {
            let known = kind == CutoffKind::A || healthy.is_some();
            let at = if known {
                cutoff(kind, Some(&clinical), healthy.as_ref(), better)
            } else {
                Err(unknown(&outcome.meaning, &["norm"], "functional norm", line))
            };
            (kind, at)
        });
        Ok(Self { outcome, reliability, functional, measure, error, cutoffs })
    }

    /// The cut-offs that can be computed.
    pub fn known_cutoffs(&self) -> impl Iterator<Item = &Cutoff> {
        self.cutoffs.iter().filter_map(|(_, cutoff)| cutoff.as_ref().ok())
    }

    /// c where it can be computed, else b, else a.
    pub fn deciding(&self) -> Option<&Cutoff> {
        self.known_cutoffs().last()
    }

    /// A method made ready.
    ///
    /// METHOD: a stated standard error of measurement is used as it is where the method needs no coefficient (SD √(1 − 0) = SEM);
    /// the others take r = 1 − SEM²/SD².
    pub fn rule(&self, way: Way) -> Result<Rule, NotEstimable> {
        let is_sem = self.reliability.fact.kind == ReliabilityKind::Sem;
        let sem = self.reliability.fact.value;
        if way == Way::Chelune && self.measure.practice.is_none() {
            let line = "`practice = { mean = …, source = \"…\" }` in the [[outcome]]";
            return Err(unknown(&self.outcome.meaning, &["practice"], "mean practice effect", line));
        }
        if !is_sem {
            return Rule::new(way, &self.measure, None);
        }
        if matches!(way, Way::Jt | Way::Chelune) {
            let clinical = Norms { sd: sem, ..self.measure.clinical };
            return Rule::new(way, &Measure { clinical, reliability: 0.0, ..self.measure }, None);
        }
        if sem >= self.measure.clinical.sd {
            let why = "the standard error of measurement is not below the clinical population's SD: no reliability follows from it";
            return Err(NotEstimable::NotComputed { why: why.into() });
        }
        Rule::new(way, &self.measure, None)
    }

    fn classes(&self, way: Way, pairs: &Pairs, conf_level: f64) -> Result<Classes, NotEstimable> {
        class_shares(&classify(&self.rule(way)?, self.deciding(), pairs.pre(), pairs.post()), conf_level)
    }

    fn notes(&self) -> Vec<Note> {
        let kind = self.reliability.fact.kind;
        let one_occasion = (!kind.is_retest()).then(|| {
            format!(
                "the reliability is {}, of one occasion: it knows nothing of change over time, and reliable change may be overstated",
                kind.label()
            )
        });
        let own = self.outcome.meaning.clinical_norm.is_none();
        let own = own.then(|| "the clinical population is the sample itself: mean and SD of its own pre scores".to_owned());
        let beyond = self.deciding().zip(self.outcome.range).and_then(|(cutoff, range)| {
            let reachable = (range.min.to_f64()..=range.max.to_f64()).contains(&cutoff.value);
            (!reachable).then(|| "the cut-off lies outside the scale: nobody can recover by it".to_owned())
        });
        one_occasion.into_iter().chain(own).chain(beyond).map(|text| Note::Text { text }).collect()
    }
}

pub fn push(list: &mut List, scores: &OutcomeScores, pairs: &Pairs, conf_level: f64) {
    let basis = Basis::of(&scores.outcome, pairs);
    let notes = basis.as_ref().map(Basis::notes).unwrap_or_default();
    let found = basis.map(|basis| record(&basis, pairs, conf_level));
    let found = list.unless_small(found, |record| {
        let classes = record.methods.iter().map(|row| &row.classes).chain([&record.classes]);
        classes.filter_map(|classes| classes.ok()).flat_map(cells).collect()
    });
    list.push(Method::ReliableChange, found.map(|record| Finding::ReliableChange(Box::new(record))), notes);
}

fn record(basis: &Basis, pairs: &Pairs, conf_level: f64) -> ReliableChange {
    let meaning = &basis.outcome.meaning;
    let of = |way: Way| MethodRow { method: way, evidence: way.evidence(), classes: basis.classes(way, pairs, conf_level).into() };
    let methods: Vec<MethodRow> = Way::ALL.into_iter().map(of).collect();
    let row = |(kind, cutoff): &(CutoffKind, Result<Cutoff, NotEstimable>)| CutoffRow {
        kind: *kind,
        value: cutoff.as_ref().map(|cutoff| cutoff.value).map_err(Clone::clone).into(),
    };
    let whose = |norm: &Stated<Norm>| norm.population.iter().chain(&norm.source).cloned().collect::<Vec<_>>().join("; ");
    ReliableChange {
        reliability: basis.reliability.clone(),
        clinical: basis.measure.clinical,
        clinical_source: meaning.clinical_norm.as_ref().map(whose),
        functional: basis.functional.cloned(),
        error: basis.error.clone(),
        cutoffs: basis.cutoffs.iter().map(row).collect(),
        deciding: basis.deciding().map(|cutoff| cutoff.kind),
        classes: basis.classes(Way::Jt, pairs, conf_level).into(),
        methods,
    }
}

/// Every count of people that the classes tell, complements included.
fn cells(classes: &Classes) -> Vec<usize> {
    let recovered = classes.recovered.ok().map(|share| share.count);
    let sides = [&classes.n_clinical_pre, &classes.n_functional_post].into_iter().filter_map(|count| count.ok()).copied();
    let left = classes.n_left_functional.ok().copied();
    let counted = [classes.improved.count, classes.unchanged.count, classes.deteriorated.count, classes.reliably_improved.count];
    let rest = sides.clone().map(|count| classes.n - count).chain(left.map(|left| classes.deteriorated.count - left));
    counted.into_iter().chain(recovered).chain(sides).chain(left).chain(rest).map(|count| count as usize).collect()
}

fn norms(norm: &Norm) -> Norms {
    Norms { mean: norm.mean, sd: norm.sd, n: norm.n.map(u64::from) }
}
