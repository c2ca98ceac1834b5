//! Everything that is asked of one outcome.

use super::{Request, agreement, describe, effects, explanation, meaning, notes, participants, tests_of_change};
use crate::decimal::Score;
use crate::plan::ZeroRule;
use crate::results::{Analysis, Bootstrap, Finding, Key, Method, Population};
use crate::stats::density::{ChangeDensity, density};
use crate::stats::resample::{BootstrapIntervals, bootstrap};
use crate::stats::{Estimable, Interval, NotEstimable, Note, Pairs};
use crate::trial::{Dataset, Direction, Outcome, OutcomeScores};

/// The contrast of a single arm with two visits.
const CONTRAST: &str = "post-pre";

/// The outcome with what its scores show of it: the digits they carry.
pub fn as_read(scores: &OutcomeScores) -> Outcome {
    let digits = |score: &Score| match score {
        Score::Exact(decimal) => Some(decimal.scale()),
        Score::Long(long) => Some(long.scale()),
        Score::Fraction(_) | Score::Float(_) => None,
    };
    Outcome { score_decimals: scores.pre.iter().chain(&scores.post).flatten().filter_map(digits).max(), ..scores.outcome.clone() }
}

/// All analyses of one outcome: of all pairs, then of each descriptive subgroup.
///
/// `position` numbers the random streams: no two outcomes share one.
pub fn analyses(dataset: &Dataset, scores: &OutcomeScores, position: u64, request: &Request) -> Vec<Analysis> {
    let index = scores.complete(|_| true);
    let pairs = scores.pairs(&index);
    let mut list = List {
        outcome: &scores.outcome,
        population: Population::Pairs,
        n: pairs.n(),
        min_cell: request.plan.privacy.min_cell as usize,
        withhold: false,
        withhold_missing: participants::shown(&dataset.ledger, request.plan.privacy.min_cell as usize).ledger().is_none(),
        analyses: Vec::new(),
    };
    of_all_pairs(&mut list, scores, &pairs, position, request);
    meaning::push(&mut list, scores, &pairs, &request.plan);
    explanation::push(&mut list, dataset, scores, &pairs, position, request);
    if let Some(column) = &request.plan.data.group {
        let groups = describe::groups(dataset);
        let in_group = |value: &str, i: usize| dataset.subjects[i].group.as_deref().unwrap_or_default() == value;
        let sizes: Vec<usize> = groups.iter().map(|value| scores.complete(|i| in_group(value, i)).len()).collect();
        let withheld = withheld_groups(&sizes, list.min_cell);
        // The groups' counts sum to the whole's: with one small count all are withheld.
        let small = |count: usize| count > 0 && count < list.min_cell;
        let missing = |value: &str| [&scores.pre, &scores.post].map(|column| describe::missing(column, |i| in_group(value, i)));
        list.withhold_missing |= groups.iter().any(|value| missing(value).into_iter().any(small));
        for (value, withheld) in groups.into_iter().zip(withheld) {
            let member = |i: usize| in_group(value, i);
            let pairs = scores.pairs(&scores.complete(member));
            list.population = Population::Group { column: column.clone(), value: value.to_owned() };
            list.n = pairs.n();
            list.withhold = withheld;
            of_subgroup(&mut list, scores, &pairs, member, request);
        }
    }
    list.analyses
}

fn of_all_pairs(list: &mut List, scores: &OutcomeScores, pairs: &Pairs, position: u64, request: &Request) {
    let settings = &request.plan.analysis;
    let direction = scores.outcome.direction;
    let range = scores.outcome.range.map(|range| [range.min.to_f64(), range.max.to_f64()]);

    let described = describe::describe(scores, pairs, |_| true, settings.conf_level, request.plan.privacy.min_cell, list.withhold_missing);
    let described_notes = describe::notes(&described, pairs);
    let skewed = notes::skewed(&described.change);
    list.push(Method::Describe, Ok(Finding::Describe(Box::new(described))), described_notes);

    let resampled = bootstrap(pairs, settings.conf_level, settings.bootstrap as usize, settings.seed, position);
    tests_of_change::push(list, pairs, settings, direction, position, &skewed);
    effects::push(list, pairs, settings, direction, &resampled, &skewed);
    list.push(Method::Bootstrap, bootstrap_finding(&resampled, direction, pairs.n()), bootstrap_notes(&resampled, pairs.n()));

    let agreement = agreement::agreement(&list.analyses, settings, direction);
    list.push(Method::Agreement, Ok(Finding::Agreement(agreement)), Vec::new());
    let curves = ChangeDensity {
        pre: density(&pairs.pre().to_f64(), range).into(),
        post: density(&pairs.post().to_f64(), range).into(),
        bootstrap_mean_change: resampled.mean_change_density,
    };
    list.push(Method::Density, Ok(Finding::Density(Box::new(curves))), Vec::new());
}

/// Which subgroups are withheld: those below the smallest cell, and as many of the smallest others as it takes so that no
/// withheld one follows from the total and the rest.
fn withheld_groups(sizes: &[usize], min_cell: usize) -> Vec<bool> {
    let mut withheld: Vec<bool> = sizes.iter().map(|&n| n > 0 && n < min_cell).collect();
    loop {
        let hidden = sizes.iter().zip(&withheld).filter(|(_, withheld)| **withheld).map(|(n, _)| n);
        let (count, people) = (hidden.clone().count(), hidden.sum::<usize>());
        if count == 0 || count > 1 && people >= min_cell {
            return withheld;
        }
        let next = (0..sizes.len()).filter(|&i| !withheld[i] && sizes[i] > 0).min_by_key(|&i| sizes[i]);
        match next {
            Some(next) => withheld[next] = true,
            None => return withheld,
        }
    }
}

/// A subgroup is described, not tested against the others: its n, scores and the interval of its change.
fn of_subgroup(list: &mut List, scores: &OutcomeScores, pairs: &Pairs, member: impl Fn(usize) -> bool, request: &Request) {
    let settings = &request.plan.analysis;
    let described = describe::describe(scores, pairs, member, settings.conf_level, request.plan.privacy.min_cell, list.withhold_missing);
    list.push(Method::Describe, Ok(Finding::Describe(Box::new(described))), Vec::new());
    tests_of_change::push_paired_t(list, pairs, settings, scores.outcome.direction, Vec::new());
    effects::push_standardised(list, pairs, settings, scores.outcome.direction, &None);
}

/// The zero rule as the kernels name it.
pub fn zeros(rule: ZeroRule) -> crate::stats::paired::Zeros {
    match rule {
        ZeroRule::Pratt => crate::stats::paired::Zeros::Pratt,
        ZeroRule::Drop => crate::stats::paired::Zeros::Drop,
    }
}

fn bootstrap_finding(resampled: &BootstrapIntervals, direction: Direction, n: usize) -> Result<Finding, NotEstimable> {
    if n < 2 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: n });
    }
    let benefit = direction.benefit_sign().map(|sign| resampled.d_av.map(|interval| oriented(interval, sign)));
    Ok(Finding::Bootstrap(Bootstrap {
        replicates: resampled.replicates,
        mean_change: resampled.mean_change.clone(),
        d_av: resampled.d_av.clone(),
        d_pre: resampled.d_pre.clone(),
        d_av_benefit: benefit,
    }))
}

pub fn oriented(interval: &Interval, sign: f64) -> Interval {
    if sign < 0.0 { interval.negated() } else { *interval }
}

fn bootstrap_notes(resampled: &BootstrapIntervals, n: usize) -> Vec<Note> {
    let few = (n < 10).then_some(Note::FewPairsForBootstrap { n });
    let fewer = (resampled.replicates < resampled.planned && resampled.replicates > 0).then_some(Note::FewerReplicates {
        planned: resampled.planned,
        used: resampled.replicates,
        n,
    });
    few.into_iter().chain(fewer).collect()
}

/// The analyses of one outcome as they grow.
pub struct List<'a> {
    pub outcome: &'a Outcome,
    pub population: Population,
    pub n: usize,
    pub(super) min_cell: usize,
    /// Whether the population is withheld for the sake of another.
    withhold: bool,
    /// Whether counts of missing scores are.
    pub(super) withhold_missing: bool,
    pub analyses: Vec<Analysis>,
}

impl List<'_> {
    /// Withholds a record whose counts of people hold a small cell.
    pub fn unless_small<T>(&self, record: Result<T, NotEstimable>, cells: impl Fn(&T) -> Vec<usize>) -> Result<T, NotEstimable> {
        match record {
            Ok(record) if cells(&record).iter().any(|&cell| cell > 0 && cell < self.min_cell) => {
                Err(NotEstimable::Withheld { min_cell: self.min_cell })
            }
            other => other,
        }
    }

    /// Refuses what tells who lacks a score, where such counts are withheld.
    pub fn unless_missing_withheld(&self) -> Result<(), NotEstimable> {
        if self.withhold_missing { Err(NotEstimable::Withheld { min_cell: self.min_cell }) } else { Ok(()) }
    }

    /// The smallest count that is shown, where there is one: lowest and highest scores are withheld then.
    pub fn smallest_cell(&self) -> Option<usize> {
        Some(self.min_cell).filter(|&min_cell| min_cell > 0)
    }

    /// Appends a finding, or the reason why there is none; a population below the smallest cell is withheld whole.
    pub fn push(&mut self, method: Method, finding: Result<Finding, NotEstimable>, notes: Vec<Note>) {
        let key = Key { outcome: self.outcome.id.clone(), contrast: CONTRAST.into(), population: self.population.clone(), method };
        let withheld = self.withhold || self.n > 0 && self.n < self.min_cell;
        let (finding, n) = if withheld {
            (Estimable::NotEstimable(NotEstimable::Withheld { min_cell: self.min_cell }), 0)
        } else {
            (finding.into(), self.n)
        };
        let notes = if matches!(finding, Estimable::Estimated(_)) { notes } else { Vec::new() };
        self.analyses.push(Analysis { id: key.id(), key, role: self.outcome.role, n, finding, notes });
    }
}

#[cfg(test)]
mod tests {
    use super::withheld_groups;

    #[test]
    fn a_withheld_group_does_not_follow_from_the_rest() {
        assert_eq!(withheld_groups(&[3, 11, 16], 5), [true, true, false]);
        assert_eq!(withheld_groups(&[3, 4, 16], 5), [true, true, false]);
        assert_eq!(withheld_groups(&[1, 2, 9, 16], 5), [true, true, true, false]);
        assert_eq!(withheld_groups(&[6, 11, 0], 5), [false, false, false]);
        assert_eq!(withheld_groups(&[3], 5), [true]);
    }
}
