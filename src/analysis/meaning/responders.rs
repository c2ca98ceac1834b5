//! Who changed by the least change that matters, and who responded by the rule of the scale.

use super::better;
use crate::analysis::outcome::List;
use crate::analysis::unknown::unknown;
use crate::decimal::Score;
use crate::results::{Finding, Method, ResponderRow, Responders, Response};
use crate::stats::clinical::{Better, Limit, Relation, Responders as Shares, ResponseRule, Threshold, responders};
use crate::stats::{Estimable, NotEstimable, Pairs};
use crate::trial::{ChangeUnit, Mcid, Outcome, OutcomeScores, ResponseRule as Stated};

pub fn push(list: &mut List, scores: &OutcomeScores, pairs: &Pairs, conf_level: f64) {
    let found = of_thresholds(list, scores, pairs, conf_level);
    let cells = |found: &Responders| found.thresholds.iter().filter_map(|row| row.shares.ok()).flat_map(cells).collect();
    let found = list.unless_small(found, cells).map(|mut record| {
        withhold_between(&mut record.thresholds, list.min_cell);
        Finding::Responders(record)
    });
    list.push(Method::Responders, found, Vec::new());
}

/// Of two thresholds in one unit the larger is reached by fewer people, and the difference counts those between: where it
/// is a small cell, the later row is withheld.
fn withhold_between(rows: &mut [ResponderRow], min_cell: usize) {
    let counts = |row: &ResponderRow| {
        let shares = row.shares.ok()?;
        Some([shares.response.ok()?.count, shares.deterioration.ok()?.count])
    };
    for later in 1..rows.len() {
        let (earlier, rest) = rows.split_at_mut(later);
        let row = &mut rest[0];
        let small = |other: &ResponderRow| {
            let (Some(here), Some(there)) = (counts(row), counts(other)) else { return false };
            let between = here.into_iter().zip(there).map(|(here, there)| here.abs_diff(there) as usize);
            other.threshold.fact.unit == row.threshold.fact.unit && between.into_iter().any(|people| people > 0 && people < min_cell)
        };
        if earlier.iter().any(small) {
            row.shares = Estimable::NotEstimable(NotEstimable::Withheld { min_cell });
        }
    }
}

pub fn push_response(list: &mut List, scores: &OutcomeScores, pairs: &Pairs, conf_level: f64) {
    let found = of_rule(list, scores, pairs, conf_level);
    let cells = |found: &Response| found.shares.ok().map(cells).unwrap_or_default();
    let found = list.unless_small(found, cells).map(|record| Finding::Response(Box::new(record)));
    list.push(Method::Response, found, Vec::new());
}

/// The rule of a change that matters.
pub fn mcid_rule(mcid: &Mcid) -> ResponseRule {
    let threshold = match mcid.unit {
        ChangeUnit::Points => Threshold::Points(mcid.value),
        ChangeUnit::PercentOfBaseline => Threshold::Percent(mcid.value),
    };
    ResponseRule { threshold, and_post: None }
}

fn of_thresholds(list: &List, scores: &OutcomeScores, pairs: &Pairs, conf_level: f64) -> Result<Responders, NotEstimable> {
    let outcome = &scores.outcome;
    let better = better(outcome.direction)?;
    if outcome.meaning.mcid.is_empty() {
        return Err(unknown(&outcome.meaning, &["mcid"], "established MCID", "`mcid = { value = …, source = \"…\" }` in the [[outcome]]"));
    }
    let row = |threshold: &crate::trial::Stated<Mcid>| ResponderRow {
        threshold: threshold.clone(),
        shares: shares(list, scores, pairs, better, mcid_rule(&threshold.fact), conf_level).into(),
    };
    Ok(Responders { thresholds: outcome.meaning.mcid.iter().map(row).collect() })
}

fn of_rule(list: &List, scores: &OutcomeScores, pairs: &Pairs, conf_level: f64) -> Result<Response, NotEstimable> {
    let outcome: &Outcome = &scores.outcome;
    let better = better(outcome.direction)?;
    let line = "`response = { percent = 50, source = \"…\" }` in the [[outcome]]";
    let rule = outcome.meaning.response.clone().ok_or_else(|| unknown(&outcome.meaning, &["response"], "rule of response", line))?;
    let shares = response_rule(&rule.fact).and_then(|rule| shares(list, scores, pairs, better, rule, conf_level));
    Ok(Response { rule, shares: shares.into() })
}

/// The rule as the kernel takes it: at most one change and one bound of the post score.
fn response_rule(rule: &Stated) -> Result<ResponseRule, NotEstimable> {
    let several = |what: &str| Err(NotEstimable::NotComputed { why: format!("the response rule states {what}: one of them") });
    let threshold = match (rule.percent, rule.points) {
        (Some(_), Some(_)) => return several("percent and points"),
        (Some(percent), None) => Threshold::Percent(percent),
        (None, Some(points)) => Threshold::Points(points),
        (None, None) => Threshold::PostAlone,
    };
    let and_post = match (rule.at_most, rule.at_least) {
        (Some(_), Some(_)) => return several("at_most and at_least"),
        (Some(at), None) => Some(Limit { relation: Relation::AtMost, at }),
        (None, Some(at)) => Some(Limit { relation: Relation::AtLeast, at }),
        (None, None) => None,
    };
    Ok(ResponseRule { threshold, and_post })
}

/// The shares among the pairs, and among all with a pre score unless the number of those without a post score is withheld.
fn shares(
    list: &List,
    scores: &OutcomeScores,
    pairs: &Pairs,
    better: Better,
    rule: ResponseRule,
    conf_level: f64,
) -> Result<Shares, NotEstimable> {
    let missing: Vec<Score> = scores.pre.iter().zip(&scores.post).filter(|(_, post)| post.is_none()).filter_map(|(pre, _)| *pre).collect();
    let mut shares = responders(pairs, &missing, better, rule, conf_level)?;
    if list.withhold_missing {
        let withheld = NotEstimable::Withheld { min_cell: list.min_cell };
        if shares.n_missing_baseline_not_positive > 0 {
            return Err(withheld);
        }
        shares.missing_as_non_responders = Estimable::NotEstimable(withheld.clone());
        shares.bounds = Estimable::NotEstimable(withheld);
    }
    Ok(shares)
}

/// Every count of people that the record tells, complements included.
fn cells(shares: &Shares) -> Vec<usize> {
    let mut cells = vec![shares.n_baseline_not_positive, shares.n_missing_baseline_not_positive];
    if let Some(response) = shares.response.ok() {
        let worse = shares.deterioration.ok().map_or(0, |worse| worse.count);
        cells.extend([response.count, response.n - response.count, worse, (response.n - response.count).saturating_sub(worse)]);
    }
    cells.extend(shares.bounds.ok().map(|bounds| bounds.n_missing));
    cells.into_iter().map(|cell| cell as usize).collect()
}
