//! Outcomes as analysed: the plan's words, completed from the catalogue.

use super::resolve_meaning::{check_facts, meaning};
use super::{OutcomeSection, Plan, WantedChange};
use crate::decimal::Decimal;
use crate::trial::{Catalogue, Direction, Instrument, Outcome, Place, Problem, ProblemCode, Problems, Role, ScoreRange};

/// The outcomes of a checked plan in plan order; a question the catalogue cannot answer (direction) is an error.
///
/// Findings carry no file and line here; a plan that [`super::read`] let pass has none left.
pub fn resolve_outcomes(plan: &Plan, catalogue: &Catalogue) -> Result<Vec<Outcome>, Problems> {
    let (outcomes, found) = resolve_all(plan, catalogue);
    if found.is_empty() { Ok(outcomes) } else { Err(Problems(found.into_iter().map(|(_, problem)| problem).collect())) }
}

/// The outcomes that could be resolved, and each finding with the path of the key it is about.
pub(super) fn resolve_all(plan: &Plan, catalogue: &Catalogue) -> (Vec<Outcome>, Vec<(String, Problem)>) {
    let mut found = Vec::new();
    let outcomes = plan.outcome.iter().enumerate().filter_map(|(index, section)| {
        let mut report = |key: &str, problem| found.push((format!("outcome[{index}].{key}"), problem));
        resolve(plan, section, catalogue, &mut report)
    });
    (outcomes.collect(), found)
}

/// The plan as used: every default filled in from the catalogue and the rules. It reads back as a plan that gives the
/// same outcomes.
pub fn effective(plan: &Plan, outcomes: &[Outcome]) -> Plan {
    let mut used = plan.clone();
    used.data.decimal.get_or_insert_with(|| ".".to_owned());
    used.data.header_line.get_or_insert(1);
    used.data.skip_records_after_header.get_or_insert(0);
    used.figures.dpi.get_or_insert(used.figures.preset.default_dpi());
    for section in &mut used.outcome {
        // With `key = "*"` one section stands for several outcomes, and what is true of all is filled in.
        let every = section.is_every_value();
        let Some(outcome) = outcomes.iter().find(|outcome| every || outcome.id == section.id) else { continue };
        section.label = section.label.take().or_else(|| (!every).then(|| outcome.label.clone()));
        section.domain.clone_from(&outcome.domain);
        section.direction = Some(outcome.direction);
        section.range = outcome.range.map(|range| [range.min, range.max]);
        section.step = outcome.step;
        section.role = Some(outcome.role);
        section.unit.clone_from(&outcome.unit);
        if plan.data.outcome_column.is_some() {
            section.key = Some(section.key_or_id().to_owned());
        }
    }
    used
}

fn resolve(plan: &Plan, section: &OutcomeSection, catalogue: &Catalogue, report: &mut dyn FnMut(&str, Problem)) -> Option<Outcome> {
    let id = &section.id;
    let instrument = match &section.instrument {
        None => None,
        Some(name) => match catalogue.get(name) {
            Some(instrument) => Some(instrument),
            None => {
                let what = format!("outcome `{id}`: expected an instrument of the catalogue, got \"{name}\"");
                let hint = catalogue.hint(name).unwrap_or_else(|| {
                    "`prepost instruments` lists them; without `instrument`, declare `direction` and `range`".to_owned()
                });
                report(
                    "instrument",
                    Problem::error(ProblemCode::PlanInvalidValue, Place::default(), what).with_value(name).with_hint(hint),
                );
                return None;
            }
        },
    };
    let Some(direction) = section.direction.or(instrument.map(|instrument| instrument.direction)) else {
        let what = format!("outcome `{id}`: expected `direction`, which way is better, got nothing");
        let hint = "add direction = \"lower\" or \"higher\" (or \"none\"), or name an `instrument` of the catalogue";
        report("direction", Problem::error(ProblemCode::PlanMissingKey, Place::default(), what).with_hint(hint));
        return None;
    };
    let range = section.range.map(|[min, max]| ScoreRange { min, max }).or_else(|| instrument.and_then(|entry| entry.range));
    let range = range.or_else(|| section.range_of_items());
    // Another range means another metric of the same scale, and the catalogue's step and bands belong to its own.
    let same_metric = instrument.filter(|entry| entry.range == range && entry.direction == direction);
    let outcome = Outcome {
        score_decimals: None,
        id: id.clone(),
        label: section.label.clone().or_else(|| instrument.map(|entry| entry.abbreviation.clone())).unwrap_or_else(|| id.clone()),
        instrument: section.instrument.clone(),
        domain: section.domain.clone().or_else(|| instrument.map(|entry| entry.domain.clone())),
        direction,
        range,
        // The step of a score from items is that of an answer: a prorated or mean score lies between the catalogue's steps.
        step: declared_step(section).or_else(|| same_metric.filter(|_| !section.is_from_items()).and_then(|entry| entry.step)),
        role: section.role.unwrap_or_else(|| default_role(plan, section)),
        unit: section.unit.clone().or_else(|| instrument.and_then(|entry| entry.unit.clone())),
        bands: same_metric.map(|entry| entry.bands.clone()).unwrap_or_default(),
        meaning: meaning(plan, section, same_metric),
    };
    check_against_catalogue(plan, &outcome, section, instrument, report);
    check_facts(&outcome, section, report);
    Some(outcome)
}

fn declared_step(section: &OutcomeSection) -> Option<Decimal> {
    section.step.or((section.integer == Some(true)).then(|| Decimal::from_integer(1)))
}

/// One outcome is what the trial is about; among several the plan must say so.
fn default_role(plan: &Plan, section: &OutcomeSection) -> Role {
    if plan.outcome.len() == 1 && !section.is_every_value() { Role::Primary } else { Role::Exploratory }
}

/// Contradictions that show only once the catalogue has spoken.
fn check_against_catalogue(
    plan: &Plan,
    outcome: &Outcome,
    section: &OutcomeSection,
    instrument: Option<&Instrument>,
    report: &mut dyn FnMut(&str, Problem),
) {
    let Some(instrument) = instrument else { return };
    let id = &outcome.id;
    let mut contradiction = |what: String, hint: &str| {
        report("instrument", Problem::error(ProblemCode::PlanContradiction, Place::default(), what).with_hint(hint));
    };
    if instrument.direction != Direction::None && outcome.direction != instrument.direction && section.source.is_none() {
        contradiction(
            format!("outcome `{id}`: the catalogue says the other direction is better for {}", instrument.abbreviation),
            "leave `direction` out, or add `source = \"…\"`: where the other direction comes from",
        );
    }
    if plan.analysis.alternative != WantedChange::TwoSided && section.direction.is_none() && instrument.direction == Direction::None {
        contradiction(
            format!("outcome `{id}`: a one-sided alternative needs a better direction, but {} has none", instrument.abbreviation),
            "set alternative = \"two-sided\" under [analysis], or a direction",
        );
    }
    let Some(range) = outcome.range.filter(|_| section.range.is_none()) else { return };
    if section.is_from_items() {
        if let Some(of_items) = section.range_of_items().filter(|of_items| *of_items != range) {
            let name = &instrument.abbreviation;
            contradiction(
                format!(
                    "outcome `{id}`: the items make scores of {} to {}, but {name} runs from {} to {}",
                    of_items.min, of_items.max, range.min, range.max
                ),
                "correct `items`, `item_range` or `score`; if single items run less far than `item_range`, declare `range`",
            );
        }
        return;
    }
    for code in plan.data.missing.iter().filter_map(|code| code.trim().parse::<Decimal>().ok()) {
        if range.contains(code) && outcome.step.is_none_or(|step| code.is_multiple(range.min, step)) {
            let (name, min, max) = (&instrument.abbreviation, range.min, range.max);
            contradiction(
                format!(
                    "outcome `{id}`: the missing code {code} lies in the range {min} to {max} of {name}: a real {code} could not be told from missing"
                ),
                "correct `range`, or `missing` under [data]; or recode the missing scores in the data",
            );
        }
    }
}
