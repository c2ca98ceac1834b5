//! Which outcome a row is about, where a column names it (tidy long layout).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::header::nearest;
use super::roster::At;
use super::visits::{folded, listed, rows_of};
use super::{canonical, inert};
use crate::plan::Plan;
use crate::trial::{Outcome, Place, Problem, ProblemCode};

/// The key that stands for every value found.
const EVERY: &str = "*";

/// How many outcomes `*` may find. A column of more does not name outcomes, and each takes the room of all subjects.
const MOST_FOUND: usize = 1000;

/// Values of the outcome column and the outcome each stands for, by number: those of the plan in plan order, then those
/// that `key = "*"` found.
#[derive(Debug)]
pub struct OutcomeKeys<'a> {
    outcomes: &'a [Outcome],
    numbers: HashMap<Cow<'a, str>, u32>,
    /// The plan's outcome whose key is `*`.
    every: Option<u32>,
    /// Values that `*` found; the number of the first is the count of the plan's outcomes.
    found: Vec<Cow<'a, str>>,
    /// The line of the first value that `*` did not take, because there were too many.
    one_too_many: Option<u64>,
    seen: Vec<bool>,
    /// Values that the plan does not want: how many rows, and the first.
    others: BTreeMap<Cow<'a, str>, (usize, At)>,
}

/// How the plan wants the outcome of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Known(u32),
    /// By `*`, and the first of its name.
    New,
}

impl<'a> OutcomeKeys<'a> {
    pub fn new(plan: &'a Plan, outcomes: &'a [Outcome]) -> Self {
        let mut keys = Self {
            outcomes,
            numbers: HashMap::new(),
            every: None,
            found: Vec::new(),
            one_too_many: None,
            seen: vec![false; outcomes.len()],
            others: BTreeMap::new(),
        };
        for (number, outcome) in outcomes.iter().enumerate() {
            let section = plan.outcome.iter().find(|section| section.id == outcome.id);
            let key = section.and_then(|section| section.key.as_deref()).unwrap_or(&outcome.id);
            if key == EVERY {
                keys.every = Some(number as u32);
            } else {
                keys.numbers.insert(canonical(key.into()), number as u32);
            }
        }
        keys
    }

    /// Whether the plan wants the outcome that `value` names.
    pub fn wanted(&self, value: &str) -> Option<Wanted> {
        let known = self.numbers.get(value).map(|&number| Wanted::Known(number));
        known.or((self.every.is_some() && self.found.len() < MOST_FOUND && !value.is_empty()).then_some(Wanted::New))
    }

    /// Counts the row at `at`, whose outcome the plan does not want.
    pub fn leave(&mut self, value: Cow<'a, str>, at: At) {
        if self.found.len() == MOST_FOUND && !value.is_empty() {
            self.one_too_many.get_or_insert(at.line);
            return;
        }
        self.others.entry(value).or_insert((0, at)).0 += 1;
    }

    /// The number of a wanted outcome, which is in the data from now on.
    pub fn number(&mut self, wanted: Wanted, value: Cow<'a, str>) -> u32 {
        match wanted {
            Wanted::Known(number) => {
                if let Some(seen) = self.seen.get_mut(number as usize) {
                    *seen = true;
                }
                number
            }
            Wanted::New => {
                let number = (self.outcomes.len() + self.found.len()) as u32;
                self.numbers.insert(value.clone(), number);
                self.found.push(value);
                number
            }
        }
    }

    /// Which outcome of the plan says how the scores of `number` are read.
    pub fn in_plan(&self, number: u32) -> usize {
        let number = number as usize;
        if number < self.outcomes.len() { number } else { self.every.map_or(0, |every| every as usize) }
    }

    /// The value that stands for `number`, where `*` found it; else the outcome's id.
    pub fn name(&self, number: u32) -> &str {
        let number = number as usize;
        match self.outcomes.get(number) {
            Some(outcome) => &outcome.id,
            None => self.found.get(number - self.outcomes.len()).map_or("", |value| value),
        }
    }

    /// The outcomes with their numbers, in plan order; those that `*` found stand in its place, sorted by name so that
    /// the order of rows does not matter.
    pub fn in_order(&self) -> Vec<(u32, Outcome)> {
        let mut ordered = Vec::new();
        for (number, outcome) in self.outcomes.iter().enumerate() {
            if self.every != Some(number as u32) {
                ordered.push((number as u32, outcome.clone()));
                continue;
            }
            let mut found: Vec<(&Cow<str>, u32)> = self.found.iter().zip(self.outcomes.len() as u32..).collect();
            found.sort_unstable();
            let named = |name: &str| Outcome { id: name.to_owned(), label: name.to_owned(), ..outcome.clone() };
            ordered.extend(found.into_iter().map(|(name, number)| (number, named(name))));
        }
        ordered
    }

    /// The error for a column that names too many outcomes to be one of outcomes.
    pub fn too_many(&self, place: &Place) -> Option<Problem> {
        let place = Place { line: Some(self.one_too_many?), ..place.clone() };
        let what = format!("expected at most {MOST_FOUND} outcomes for `key = \"*\"`, found more");
        Some(Problem::error(ProblemCode::TooLarge, place, what).with_hint("is `outcome_column` the column that names the outcomes?"))
    }

    /// Each key of the plan that no row has.
    pub fn unseen(&self, place: &Place) -> Vec<Problem> {
        let values: BTreeSet<&str> =
            self.others.keys().chain(self.numbers.iter().filter(|(_, n)| self.is_seen(**n)).map(|(v, _)| v)).map(|v| &**v).collect();
        if values.is_empty() {
            return Vec::new();
        }
        let mut unseen: Vec<(&Cow<str>, u32)> =
            self.numbers.iter().map(|(key, number)| (key, *number)).filter(|(_, n)| !self.is_seen(*n)).collect();
        unseen.sort_unstable_by_key(|(_, number)| *number);
        let unknown = |key: &str| unknown_label(ProblemCode::UnknownOutcome, "outcome", key, &values, place.clone());
        unseen.into_iter().map(|(key, _)| unknown(key)).collect()
    }

    /// Each outcome that stands in the column in several spellings, of which one alone would be read; or, with `*`, each
    /// as an outcome of its own.
    pub fn spellings(&self, place: &Place) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (key, number) in self.numbers.iter().filter(|(_, number)| (**number as usize) < self.outcomes.len() && self.is_seen(**number)) {
            let found: Vec<(&Cow<str>, &(usize, At))> =
                self.others.iter().filter(|(value, _)| !value.is_empty() && folded(value) == folded(key)).collect();
            let Some(first) = found.iter().map(|(_, (_, first))| *first).min() else { continue };
            let rows: usize = found.iter().map(|(_, (rows, _))| rows).sum();
            let shown =
                listed(&found, |(value, (rows, first))| format!("`{}` ({} from line {})", inert(value), rows_of(*rows), first.line));
            let what = format!("expected outcome `{}` in one spelling, got also {shown}", inert(key));
            problems.push((
                *number,
                Problem::error(ProblemCode::UnknownOutcome, Place { line: Some(first.line), ..place.clone() }, what)
                    .with_value(inert(found.first().map_or("", |(value, _)| value)))
                    .with_count(rows)
                    .with_hint("write the outcome alike in all rows"),
            ));
        }
        for (i, value) in self.found.iter().enumerate() {
            if let Some(earlier) = self.found[..i].iter().find(|earlier| folded(earlier) == folded(value)) {
                let what = format!("expected outcome `{}` in one spelling, got also `{}`", inert(earlier), inert(value));
                let number = (self.outcomes.len() + i) as u32;
                let problem = Problem::error(ProblemCode::UnknownOutcome, place.clone(), what).with_value(inert(value));
                problems.push((number, problem.with_hint("write the outcome alike in all rows, or name each outcome by its `key`")));
            }
        }
        problems.sort_by_key(|(number, _)| *number);
        problems.into_iter().map(|(_, problem)| problem).collect()
    }

    fn is_seen(&self, number: u32) -> bool {
        self.seen.get(number as usize).copied().unwrap_or(true)
    }
}

/// A label of the plan that its column never holds, with the labels it does hold.
pub fn unknown_label(code: ProblemCode, noun: &str, label: &str, values: &BTreeSet<&str>, place: Place) -> Problem {
    let values: Vec<&str> = values.iter().copied().collect();
    let shown = listed(&values, |value| format!("`{}`", inert(value)));
    let all: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    let hint = match nearest(label, &all) {
        Some(nearest) => format!("did you mean `{}`?", inert(nearest)),
        None => "write the label in trial.toml as it stands in the column".to_owned(),
    };
    let what = format!("no row has {noun} `{}`; found {shown}", inert(label));
    Problem::error(code, place, what).with_value(inert(label)).with_hint(hint)
}
