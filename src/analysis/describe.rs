//! Descriptive statistics, floor and ceiling, and who went which way.

use std::collections::BTreeSet;

use crate::decimal::{Decimal, Score, Scores};
use crate::results::{ClassShares, Describe, ScaleEnds};
use crate::stats::describe::{Summary, summary};
use crate::stats::paired::{correlation, paired_t};
use crate::stats::{Changes, Column, Estimable, Inference, Interval, NotEstimable, Note, Pairs, ScaleEnd};
use crate::trial::{Dataset, OutcomeScores};

/// The share at an end of the scale from which a floor or ceiling effect is spoken of (Terwee et al. 2007: 15 %).
const NOTABLE_SHARE: f64 = 15.0;

/// The distinct values of the group column, ascending; subjects without a value are a group of their own, named "".
pub fn groups(dataset: &Dataset) -> BTreeSet<&str> {
    dataset.subjects.iter().map(|subject| subject.group.as_deref().unwrap_or_default()).collect()
}

/// Describes the complete pairs of the members of a population, and counts who lacks a score.
pub fn describe(scores: &OutcomeScores, pairs: &Pairs, member: impl Fn(usize) -> bool, conf_level: f64, min_cell: u32) -> Describe {
    let missing = |column: &[Option<Score>]| column.iter().enumerate().filter(|(i, score)| score.is_none() && member(*i)).count();
    let withhold = |summary: Summary| if min_cell > 0 { without_extremes(summary, min_cell as usize) } else { summary };
    let classes = class_shares(scores, pairs).filter(|c| allows(&[c.n_improved, c.n_unchanged, c.n_worsened], min_cell));
    Describe {
        n_missing_pre: missing(&scores.pre),
        n_missing_post: missing(&scores.post),
        pre: withhold(summary(pairs.pre())),
        post: withhold(summary(pairs.post())),
        change: withhold(summary(pairs.changes().scores())),
        mean_interval_pre: mean_interval(pairs.pre(), conf_level),
        mean_interval_post: mean_interval(pairs.post(), conf_level),
        r: correlation(pairs, conf_level).map(|record| record.r).into(),
        scale_ends: scale_ends(scores, &member).filter(|_| min_cell == 0),
        classes,
    }
}

/// Student's t interval of one visit's mean.
fn mean_interval(scores: &Scores, conf_level: f64) -> Estimable<Interval> {
    match paired_t(&Changes::new(scores.clone()), 0.0, Inference::two_sided(conf_level)) {
        Ok(record) => record.interval,
        Err(reason) => Estimable::NotEstimable(reason),
    }
}

/// What qualifies the description: doubles instead of decimals, people at the ends of the scale.
pub fn notes(described: &Describe, pairs: &Pairs) -> Vec<Note> {
    let mut notes = Vec::new();
    if !pairs.pre().is_exact() {
        notes.push(Note::InexactScores);
    }
    if let Some(ends) = described.scale_ends {
        for (visit, end, percent) in [
            (Column::Pre, ScaleEnd::Floor, ends.pct_floor_pre),
            (Column::Pre, ScaleEnd::Ceiling, ends.pct_ceiling_pre),
            (Column::Post, ScaleEnd::Floor, ends.pct_floor_post),
            (Column::Post, ScaleEnd::Ceiling, ends.pct_ceiling_post),
        ] {
            if percent >= NOTABLE_SHARE {
                notes.push(Note::ScaleEnd { visit, end, percent });
            }
        }
    }
    notes
}

/// Percent of the paired scores at the lowest and highest value of the range; `None` without a range or pairs.
fn scale_ends(scores: &OutcomeScores, member: impl Fn(usize) -> bool) -> Option<ScaleEnds> {
    let range = scores.outcome.range?;
    let index = scores.complete(member);
    if index.is_empty() {
        return None;
    }
    let share = |column: &[Option<Score>], end: Decimal| {
        let at_end = index.iter().filter(|&&i| column[i] == Some(Score::Exact(end))).count();
        100.0 * at_end as f64 / index.len() as f64
    };
    Some(ScaleEnds {
        pct_floor_pre: share(&scores.pre, range.min),
        pct_ceiling_pre: share(&scores.pre, range.max),
        pct_floor_post: share(&scores.post, range.min),
        pct_ceiling_post: share(&scores.post, range.max),
    })
}

/// Who improved, stayed and got worse by any amount; `None` without a better direction or pairs.
fn class_shares(scores: &OutcomeScores, pairs: &Pairs) -> Option<ClassShares> {
    let sign = scores.outcome.direction.benefit_sign()?;
    let n = pairs.n();
    if n == 0 {
        return None;
    }
    let keys = pairs.changes().keys();
    let count = |wanted: f64| keys.iter().filter(|&&key| key.signum() as f64 * sign == wanted).count();
    let percent = |count: usize| 100.0 * count as f64 / n as f64;
    let (n_improved, n_unchanged, n_worsened) = (count(1.0), keys.iter().filter(|&&key| key == 0).count(), count(-1.0));
    Some(ClassShares {
        n_improved,
        n_unchanged,
        n_worsened,
        pct_improved: percent(n_improved),
        pct_unchanged: percent(n_unchanged),
        pct_worsened: percent(n_worsened),
    })
}

/// Whether counts may be shown: none lies between one and the smallest cell.
fn allows(cells: &[usize], min_cell: u32) -> bool {
    cells.iter().all(|&cell| cell == 0 || cell >= min_cell as usize)
}

/// Lowest and highest scores belong to single people.
fn without_extremes(summary: Summary, min_cell: usize) -> Summary {
    let withheld = || Estimable::NotEstimable(NotEstimable::Withheld { min_cell });
    Summary { min: withheld(), max: withheld(), ..summary }
}
