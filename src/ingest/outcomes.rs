//! Which outcome a row is about, where a column names it (tidy long layout).

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::header::nearest;
use super::{canonical, inert};
use crate::plan::Plan;
use crate::trial::{Outcome, Place, Problem, ProblemCode};

/// The key that stands for every value found.
const EVERY: &str = "*";

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
    seen: Vec<bool>,
    others: BTreeSet<Cow<'a, str>>,
}

impl<'a> OutcomeKeys<'a> {
    pub fn new(plan: &'a Plan, outcomes: &'a [Outcome]) -> Self {
        let mut keys = Self {
            outcomes,
            numbers: HashMap::new(),
            every: None,
            found: Vec::new(),
            seen: vec![false; outcomes.len()],
            others: BTreeSet::new(),
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

    /// The number of the outcome that `value` names; `None` where the plan does not want it.
    pub fn number(&mut self, value: Cow<'a, str>) -> Option<u32> {
        if let Some(&number) = self.numbers.get(&value) {
            if let Some(seen) = self.seen.get_mut(number as usize) {
                *seen = true;
            }
            return Some(number);
        }
        if self.every.is_none() || value.is_empty() {
            self.others.insert(value);
            return None;
        }
        let number = (self.outcomes.len() + self.found.len()) as u32;
        self.numbers.insert(value.clone(), number);
        self.found.push(value);
        Some(number)
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

    /// Each key of the plan that no row has.
    pub fn unseen(&self, place: &Place) -> Vec<Problem> {
        let values: BTreeSet<&str> =
            self.others.iter().chain(self.numbers.iter().filter(|(_, n)| self.is_seen(**n)).map(|(v, _)| v)).map(|v| &**v).collect();
        if values.is_empty() {
            return Vec::new();
        }
        let mut unseen: Vec<(&Cow<str>, u32)> =
            self.numbers.iter().map(|(key, number)| (key, *number)).filter(|(_, n)| !self.is_seen(*n)).collect();
        unseen.sort_unstable_by_key(|(_, number)| *number);
        let unknown = |key: &str| unknown_label(ProblemCode::UnknownOutcome, "outcome", key, &values, place.clone());
        unseen.into_iter().map(|(key, _)| unknown(key)).collect()
    }

    fn is_seen(&self, number: u32) -> bool {
        self.seen.get(number as usize).copied().unwrap_or(true)
    }
}

/// A label of the plan that its column never holds, with the labels it does hold.
pub fn unknown_label(code: ProblemCode, noun: &str, label: &str, values: &BTreeSet<&str>, place: Place) -> Problem {
    const LISTED: usize = 10;
    let shown: Vec<String> = values.iter().take(LISTED).map(|value| format!("`{}`", inert(value))).collect();
    let more = values.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let all: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    let hint = match nearest(label, &all) {
        Some(nearest) => format!("did you mean `{}`?", inert(nearest)),
        None => "write the label in trial.toml as it stands in the column".to_owned(),
    };
    let what = format!("no row has {noun} `{}`; found {}{more}", inert(label), shown.join(", "));
    Problem::error(code, place, what).with_value(inert(label)).with_hint(hint)
}
