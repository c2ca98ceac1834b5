//! Descriptive statistics, floor and ceiling, and who went which way.

use std::collections::BTreeSet;

use crate::decimal::{Score, Scores};
use crate::results::Describe;
use crate::stats::describe::{Summary, summary};
use crate::stats::paired::{correlation, paired_t};
use crate::stats::shares::{ScaleEnds, class_shares, scale_ends};
use crate::stats::{Changes, Column, Estimable, Inference, Interval, NotEstimable, Note, Pairs, ScaleEnd};
use crate::trial::{Dataset, OutcomeScores};

/// The share at an end of the scale from which a floor or ceiling effect is spoken of (Terwee et al. 2007: 15 %).
const NOTABLE_SHARE: f64 = 15.0;

/// The distinct values of the group column, ascending; subjects without a value are a group of their own, named "".
pub fn groups(dataset: &Dataset) -> BTreeSet<&str> {
    dataset.subjects.iter().map(|subject| subject.group.as_deref().unwrap_or_default()).collect()
}

/// How many members lack a score at a visit.
pub fn missing(scores: &[Option<Score>], member: impl Fn(usize) -> bool) -> usize {
    scores.iter().enumerate().filter(|(i, score)| score.is_none() && member(*i)).count()
}

/// Describes the complete pairs of the members of a population, and counts who lacks a score, unless that is withheld.
pub fn describe(
    scores: &OutcomeScores,
    pairs: &Pairs,
    member: impl Fn(usize) -> bool,
    conf_level: f64,
    min_cell: u32,
    missing_withheld: bool,
) -> Describe {
    let missing = |column: &[Option<Score>]| match missing_withheld {
        true => Estimable::NotEstimable(NotEstimable::Withheld { min_cell: min_cell as usize }),
        false => Estimable::Estimated(missing(column, &member)),
    };
    let withhold = |summary: Summary| if min_cell > 0 { without_extremes(summary, min_cell as usize) } else { summary };
    let sign = scores.outcome.direction.benefit_sign();
    let classes = sign
        .and_then(|sign| class_shares(pairs.changes(), sign))
        .filter(|c| allows(&[c.n_improved, c.n_unchanged, c.n_worsened], min_cell));
    Describe {
        n_missing_pre: missing(&scores.pre),
        n_missing_post: missing(&scores.post),
        pre: withhold(summary(pairs.pre())),
        post: withhold(summary(pairs.post())),
        change: withhold(summary(pairs.changes().scores())),
        mean_interval_pre: mean_interval(pairs.pre(), Column::Pre, conf_level),
        mean_interval_post: mean_interval(pairs.post(), Column::Post, conf_level),
        r: correlation(pairs, conf_level).map(|record| record.r).into(),
        scale_ends: ends_of_scale(scores, &member).filter(|_| min_cell == 0),
        classes,
    }
}

/// Student's t interval of one visit's mean.
fn mean_interval(scores: &Scores, visit: Column, conf_level: f64) -> Estimable<Interval> {
    match paired_t(&Changes::new(scores.clone()), 0.0, Inference::two_sided(conf_level)) {
        // A change here is a score.
        Ok(record) if record.interval.as_result() == Err(&NotEstimable::ConstantChange) => {
            Estimable::NotEstimable(NotEstimable::ConstantColumn { visit })
        }
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

/// The shares at the ends of the scale among the complete pairs of the members; `None` without a range.
fn ends_of_scale(scores: &OutcomeScores, member: impl Fn(usize) -> bool) -> Option<ScaleEnds> {
    let range = scores.outcome.range?;
    let index = scores.complete(member);
    let (pre, post): (Vec<Score>, Vec<Score>) = index.iter().filter_map(|&i| scores.pre[i].zip(scores.post[i])).unzip();
    scale_ends(&pre, &post, [range.min, range.max])
}

/// Whether counts may be shown: none lies between one and the smallest cell.
fn allows(cells: &[usize], min_cell: u32) -> bool {
    cells.iter().all(|&cell| cell == 0 || cell >= min_cell as usize)
}

/// Lowest and highest scores belong to single people.
pub fn without_extremes(summary: Summary, min_cell: usize) -> Summary {
    let withheld = || Estimable::NotEstimable(NotEstimable::Withheld { min_cell });
    Summary { min: withheld(), max: withheld(), ..summary }
}
