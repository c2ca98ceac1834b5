//! Rows of statistics under names that could be ids (`M`, `Q1`): known by their values.

use rayon::prelude::*;

use super::columns::at_place;
use super::pairing::Measured;
use super::scores::Entry;
use super::{LoadedFile, inert};
use crate::decimal::{Score, Scores};
use crate::plan::Plan;
use crate::trial::{Problem, ProblemCode, Problems};

/// With fewer others a statistic is easily met by chance.
const FEWEST_OTHERS: usize = 4;
/// Columns that a row must agree in.
const FEWEST_COLUMNS: usize = 2;
/// A table has few rows of statistics.
const MOST_ROWS: usize = 8;

/// A statistic of the scores of all others.
struct Statistic {
    name: &'static str,
    of: fn(&Others) -> f64,
    /// Whether a person's score hardly is one by chance; medians of whole scores mostly are scores, or lie half-way.
    is_telling: bool,
}

/// What programs put under a table, besides names that are known as statistics.
const STATISTICS: [Statistic; 9] = [
    telling("mean", |others| others.scores.mean()),
    telling("standard deviation", |others| others.scores.sd()),
    telling("standard deviation (divided by n)", |others| others.scores.sd() * libm::sqrt((others.n() - 1.0) / others.n())),
    telling("standard error", |others| others.scores.sd() / libm::sqrt(others.n())),
    of_order("median", |others| quantile(&others.sorted, 0.5, false)),
    of_order("first quartile", |others| quantile(&others.sorted, 0.25, false)),
    of_order("third quartile", |others| quantile(&others.sorted, 0.75, false)),
    of_order("first quartile", |others| quantile(&others.sorted, 0.25, true)),
    of_order("third quartile", |others| quantile(&others.sorted, 0.75, true)),
];

const fn telling(name: &'static str, of: fn(&Others) -> f64) -> Statistic {
    Statistic { name, of, is_telling: true }
}

const fn of_order(name: &'static str, of: fn(&Others) -> f64) -> Statistic {
    Statistic { name, of, is_telling: false }
}

/// The scores of all others in a column, as they stand and ascending.
struct Others {
    scores: Scores,
    sorted: Vec<f64>,
}

impl Others {
    fn n(&self) -> f64 {
        self.sorted.len() as f64
    }
}

/// The scores of one outcome at one visit.
struct Column<'m> {
    entries: &'m [Entry],
}

/// Looks for subjects whose every score is, to the digits that are written, one statistic of all others in its column, and one of
/// them has digits that hardly another score of its column has: no person scores a mean. Of means and standard deviations it
/// stops, of medians and quartiles it warns.
///
/// Scores made of items are left alone: a form with missing answers has digits of its own, and its answers were checked.
pub fn check(files: &[LoadedFile], plan: &Plan, measured: &Measured, problems: &mut Problems) {
    let is_from_items = |id: &str| plan.outcome.iter().any(|section| section.id == id && section.is_from_items());
    let typed = measured.outcomes.iter().filter(|outcome| !is_from_items(&outcome.outcome.id));
    let columns: Vec<Column> = typed.flat_map(|outcome| [&outcome.pre, &outcome.post]).map(|entries| Column { entries }).collect();
    let mut candidates: Vec<usize> = columns.par_iter().flat_map_iter(Column::finest).collect();
    candidates.sort_unstable();
    candidates.dedup();
    for &person in candidates.iter().take(MOST_ROWS) {
        // Rows of statistics are none of the people that another one is about.
        let Some(statistic) = statistic(&columns, person, &candidates) else { continue };
        let first = measured.people[person].first;
        let id = inert(&measured.people[person].id);
        let place = at_place(first, files).column(inert(files[first.file as usize].settings.subject));
        let every = format!("every score of `{id}` is the {} of the others", statistic.name);
        let problem = if statistic.is_telling {
            Problem::error(ProblemCode::SummaryRow, place, format!("expected a subject, got the row of a statistic: {every}"))
        } else {
            Problem::warning(ProblemCode::SummaryRow, place, format!("{every}, as if the row were no subject's: counted as a subject"))
        };
        problems.push(problem.with_value(id).with_hint("remove rows of means and totals from the file"));
    }
}

impl Column<'_> {
    fn score(&self, person: usize) -> Option<Score> {
        match self.entries[person] {
            Entry::Score(score) => Some(score),
            Entry::NoRow | Entry::Missing => None,
        }
    }

    /// The few people whose score has more decimals than those of nearly all others.
    fn finest(&self) -> Vec<usize> {
        let mut counts = [0_usize; 32];
        let decimals = |entry: &Entry| if let Entry::Score(score) = entry { decimals(*score) } else { None };
        self.entries.iter().filter_map(decimals).for_each(|decimals| counts[decimals] += 1);
        let few = MOST_ROWS.min(counts.iter().sum::<usize>() / 4);
        let Some(usual) = (0..counts.len()).find(|usual| counts[usual + 1..].iter().sum::<usize>() <= few) else { return Vec::new() };
        if counts[usual + 1..].iter().all(|count| *count == 0) {
            return Vec::new();
        }
        (0..self.entries.len()).filter(|person| decimals(&self.entries[*person]).is_some_and(|own| own > usual)).collect()
    }

    /// The scores of all but some people.
    fn others(&self, without: &[usize]) -> Others {
        let is_other = |person: &usize| without.binary_search(person).is_err();
        let others: Vec<Score> = (0..self.entries.len()).filter(is_other).filter_map(|other| self.score(other)).collect();
        let [scores] = Scores::on_common_grid([&others]);
        let mut sorted = scores.to_f64();
        sorted.sort_unstable_by(f64::total_cmp);
        Others { scores, sorted }
    }
}

/// The statistic that every score of the person is.
fn statistic(columns: &[Column], person: usize, without: &[usize]) -> Option<&'static Statistic> {
    let of_column = |column: &Column| Some((column.score(person)?, column.others(without)));
    let scores: Vec<(Score, Others)> = columns.iter().filter_map(of_column).collect();
    if scores.len() < FEWEST_COLUMNS || scores.iter().any(|(_, others)| others.sorted.len() < FEWEST_OTHERS) {
        return None;
    }
    STATISTICS.iter().find(|statistic| {
        scores.iter().all(|(score, others)| {
            let half_unit = 0.5 * libm::pow(10.0, -(decimals(*score).unwrap_or(0) as f64));
            ((statistic.of)(others) - score.to_f64()).abs() <= half_unit * (1.0 + 1e-9)
        })
    })
}

/// Digits after the mark; more than a score is measured with count as many.
fn decimals(score: Score) -> Option<usize> {
    match score {
        Score::Exact(decimal) => Some(usize::from(decimal.scale())),
        Score::Long(long) => Some(usize::from(long.scale())),
        Score::Fraction(_) | Score::Float(_) => None,
    }
}

/// A quantile of ascending values: of type 7 as R and Excel count, or with `is_outer` of type 6 as SPSS does.
fn quantile(sorted: &[f64], p: f64, is_outer: bool) -> f64 {
    let n = sorted.len() as f64;
    let at = if is_outer { (n + 1.0) * p - 1.0 } else { (n - 1.0) * p };
    let at = at.clamp(0.0, n - 1.0);
    let low = at.floor() as usize;
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + (sorted[high] - sorted[low]) * (at - low as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pre: &[&str], post: &[&str], person: usize) -> Option<&'static str> {
        let entries = |texts: &[&str]| texts.iter().map(|text| Entry::Score(Score::parse(text, '.').unwrap())).collect::<Vec<_>>();
        let (pre, post) = (entries(pre), entries(post));
        let columns = [Column { entries: &pre }, Column { entries: &post }];
        let mut finest: Vec<usize> = columns.iter().flat_map(Column::finest).collect();
        finest.sort_unstable();
        finest.dedup();
        finest.contains(&person).then(|| statistic(&columns, person, &finest)).flatten().map(|statistic| statistic.name)
    }

    #[test]
    fn means_and_quartiles_are_known_by_their_values() {
        let pre = ["31", "25", "28", "19", "22", "30"];
        let post = ["20", "18", "25", "11", "15", "22"];
        for (odd, name) in [
            (["25.83", "18.5"], Some("mean")),
            (["4.71", "5.01"], Some("standard deviation")),
            (["22.75", "15.75"], Some("first quartile")),
            (["30.25", "22.75"], Some("third quartile")),
            (["25.8", "17.9"], None),
            (["26", "19"], None),
        ] {
            assert_eq!(found(&[&pre[..], &[odd[0]]].concat(), &[&post[..], &[odd[1]]].concat(), 6), name, "{odd:?}");
        }
    }

    #[test]
    fn scores_that_all_have_decimals_are_left_alone() {
        let pre = ["31.5", "25.5", "28.5", "19.5", "22.5", "25.5"];
        assert_eq!(found(&pre, &pre, 5), None);
    }
}
