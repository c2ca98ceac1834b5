//! Who is in remission before and after.

use crate::analysis::outcome::List;
use crate::analysis::unknown::unknown;
use crate::results::{Finding, Method, Remission};
use crate::stats::clinical::{Limit, Relation, limit_counts};
use crate::stats::paired_binary::{PairedCounts, mcnemar, paired_difference, paired_odds_ratio};
use crate::stats::proportion::bounds;
use crate::stats::{Inference, NotEstimable, Pairs};
use crate::trial::{Cut, OutcomeScores};

/// McNemar's tests are two-sided: remission is not the question that the plan's alternative is about.
pub fn push(list: &mut List, scores: &OutcomeScores, pairs: &Pairs, conf_level: f64) {
    let found = remission(list, scores, pairs, conf_level);
    let found = list.unless_small(found, |(_, cells)| cells.clone());
    list.push(Method::Remission, found.map(|(record, _)| Finding::Remission(Box::new(record))), Vec::new());
}

/// The one bound of a cut as a limit.
pub fn limit(cut: &Cut) -> Result<Limit, NotEstimable> {
    let bounds =
        [(Relation::AtMost, cut.at_most), (Relation::Below, cut.below), (Relation::AtLeast, cut.at_least), (Relation::Above, cut.above)];
    let mut stated = bounds.into_iter().filter_map(|(relation, at)| Some(Limit { relation, at: at? }));
    match (stated.next(), stated.next()) {
        (Some(limit), None) => Ok(limit),
        _ => Err(NotEstimable::NotComputed { why: "a cut-off states exactly one of at_most, below, at_least, above".into() }),
    }
}

/// The record, and every count of people that it tells.
fn remission(list: &List, scores: &OutcomeScores, pairs: &Pairs, conf_level: f64) -> Result<(Remission, Vec<usize>), NotEstimable> {
    let meaning = &scores.outcome.meaning;
    let line = "`remission = { at_most = …, source = \"…\" }` in the [[outcome]]";
    let cut = meaning.remission.clone().ok_or_else(|| unknown(meaning, &["remission"], "cut-off of remission", line))?;
    let counts: PairedCounts = limit_counts(pairs, limit(&cut.fact)?);
    let with_pre = scores.pre.iter().flatten().count() as u64;
    let all = match list.withhold_missing {
        true => Err(NotEstimable::Withheld { min_cell: list.min_cell }),
        false => bounds(counts.post(), counts.n(), with_pre, conf_level),
    };
    let PairedCounts { both, pre_only, post_only, neither } = counts;
    let mut cells = vec![both, pre_only, post_only, neither];
    cells.extend(all.as_ref().ok().map(|bounds| bounds.n_missing));
    let record = Remission {
        cut,
        difference: paired_difference(&counts, conf_level).into(),
        mcnemar: mcnemar(&counts, Inference::two_sided(conf_level)).into(),
        odds_ratio: paired_odds_ratio(&counts, conf_level).into(),
        bounds: all.into(),
    };
    Ok((record, cells.into_iter().map(|cell| cell as usize).collect()))
}
