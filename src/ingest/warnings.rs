//! What the data as a whole are too poor for: nothing left, no pairs, one pair, nothing that varies.

use super::inert;
use super::pairing::MeasuredOutcome;
use super::scores::Entry;
use crate::decimal::{Score, Scores};
use crate::plan::Plan;
use crate::trial::{FileRows, Place, Problem, ProblemCode, Problems, RowFate};

/// Pairs looked at before all of them are.
const FIRST_PAIRS: usize = 64;

/// Stops where the plan's filter left no row.
pub fn rows(files: &[FileRows], plan: &Plan, place: Place, problems: &mut Problems) {
    let count = |fate: RowFate| -> usize { files.iter().flat_map(|file| &file.fates).filter(|(f, _)| *f == fate).map(|(_, n)| n).sum() };
    let filtered = count(RowFate::Filtered);
    let left = count(RowFate::Used) + count(RowFate::OtherVisit) + count(RowFate::OtherOutcome);
    // Rows with problems have no fate: they are left too.
    let read: usize = files.iter().map(|file| file.read).sum();
    if filtered > 0 && left == 0 && read == filtered + count(RowFate::Blank) {
        let columns: Vec<String> = plan.data.keep_where.keys().map(|column| format!("`{}`", inert(column))).collect();
        let what = format!("`where` on {} keeps none of {filtered} rows", columns.join(" and "));
        problems.push(
            Problem::error(ProblemCode::AllRowsFiltered, place, what)
                .with_count(filtered)
                .with_hint("write the values under `where` in trial.toml as they stand in the column"),
        );
    }
}

/// Warns of outcomes that cannot be tested, and stops where no outcome has a pair.
pub fn values(outcomes: &[MeasuredOutcome], problems: &mut Problems) {
    let none_at_all = outcomes.iter().all(|outcome| pairs(outcome).next().is_none());
    for outcome in outcomes {
        let id = inert(&outcome.outcome.id);
        // Both places name one file, or the pre file stands for both.
        let [pre_place, post_place] = &outcome.places;
        let place = Place { file: pre_place.file.clone().filter(|_| pre_place.file == post_place.file), ..Place::default() };
        let mut warn = |code, place: Place, what: String, value: Option<String>, count| {
            let problem = Problem { value, ..Problem::warning(code, place, what).with_count(count) };
            problems.push(problem);
        };
        if let Some((what, count)) = missing_pairs(outcome).filter(|_| pairs(outcome).next().is_some()) {
            warn(ProblemCode::MissingScores, place.clone(), format!("outcome `{id}`: {what}"), None, count);
        }
        match pairs(outcome).take(2).count() {
            0 => {
                let what = format!("no subject has both a pre and a post score of outcome `{id}`");
                let make = if none_at_all { Problem::error } else { Problem::warning };
                let hint = "check that subject ids are written alike at both visits, and that the columns are the ones meant";
                problems.push(make(ProblemCode::NoPairs, place, &what).with_hint(hint));
            }
            1 => warn(
                ProblemCode::FewPairs,
                place,
                format!("only one subject has both scores of outcome `{id}`: no test is possible"),
                None,
                1,
            ),
            _ => {
                let count = pairs(outcome).count();
                for (side, place) in [pre_place, post_place].into_iter().enumerate() {
                    if let Some(score) = constant(pairs(outcome).map(|pair| [pair.0, pair.1][side])) {
                        let when = ["pre", "post"][side];
                        let what = format!("every {when} score of outcome `{id}` is {score}: the column is constant, without variance");
                        warn(ProblemCode::ConstantColumn, place.clone(), what, Some(score.to_string()), count);
                    }
                }
                if let Some(change) = constant_change(outcome) {
                    let what = format!(
                        "every change of outcome `{id}` is {change}: the change is constant, and nothing varies that could be tested"
                    );
                    warn(ProblemCode::ConstantChange, place, what, Some(change.to_string()), count);
                }
            }
        }
    }
}

fn pairs(outcome: &MeasuredOutcome) -> impl Iterator<Item = (Score, Score)> {
    outcome.pre.iter().zip(&outcome.post).filter_map(|(pre, post)| match (pre, post) {
        (Entry::Score(pre), Entry::Score(post)) => Some((*pre, *post)),
        _ => None,
    })
}

/// ``4 of 12 subjects without a pair for missing scores: 1 at pre, 3 at post``, where more than one column has a part in it:
/// of one column it has been said.
fn missing_pairs(outcome: &MeasuredOutcome) -> Option<(String, usize)> {
    let count = |is: fn(Entry, Entry) -> bool| outcome.pre.iter().zip(&outcome.post).filter(|(pre, post)| is(**pre, **post)).count();
    let pre = count(|pre, post| pre == Entry::Missing && post != Entry::Missing);
    let post = count(|pre, post| pre != Entry::Missing && post == Entry::Missing);
    let both = count(|pre, post| pre == Entry::Missing && post == Entry::Missing);
    let at_both = if both > 0 { format!(", {both} at both") } else { String::new() };
    let (missing, all) = (pre + post + both, outcome.pre.len());
    let what = format!("{missing} of {all} subjects without a pair for missing scores: {pre} at pre alone, {post} at post alone{at_both}");
    ([pre, post, both].iter().filter(|count| **count > 0).count() > 1).then_some((what, missing))
}

/// The one value that all have; scores are in lowest terms, so equal numbers are equal values.
fn constant(mut scores: impl Iterator<Item = Score>) -> Option<Score> {
    let first = scores.next()?;
    scores.all(|score| score == first).then_some(first)
}

/// The one change that all have, where it is exact.
fn constant_change(outcome: &MeasuredOutcome) -> Option<Score> {
    // The first pairs mostly show that it is not.
    let of_some = |some: usize| {
        let (pre, post): (Vec<Score>, Vec<Score>) = pairs(outcome).take(some).unzip();
        let [pre, post] = Scores::on_common_grid([&pre, &post]);
        let change = post.minus(&pre);
        (!change.is_empty() && change.is_exact() && change.is_constant()).then(|| change.at(0))
    };
    of_some(FIRST_PAIRS).and_then(|_| of_some(usize::MAX))
}
