//! Rows that stand in the data again under another id: `P001 (2)`, or a block that was pasted a second time.

use std::collections::HashMap;

use super::columns::at_place;
use super::pairing::Measured;
use super::roster::Person;
use super::scores::Entry;
use super::{LoadedFile, inert};
use crate::decimal::Score;
use crate::trial::{Problem, ProblemCode, Problems};

/// What programs and people put behind the id of a copy.
const SUFFIXES: [&str; 8] = [" (2)", "(2)", "*", "-2", "_2", " 2", "_copy", " copy"];
/// Scores that a row must have to be told from others, where its id is a copy's and where it is not.
const FEWEST_SCORES: usize = 2;
const FEWEST_IN_BLOCK: usize = 3;
/// Rows of a block.
const FEWEST_ROWS: usize = 3;
/// A block is named where fewer than this many such blocks would be there by chance.
const BY_CHANCE: f64 = 1e-3;
/// With more people blocks are not looked for.
const MOST_PEOPLE: usize = 20_000;
/// Scores that more people share say nothing about any of them.
const MOST_ALIKE: usize = 20;

/// Warns of people whose every score is another's, where the ids or the order of rows say that it is no chance.
pub fn check(files: &[LoadedFile], measured: &Measured, problems: &mut Problems) {
    let people = &measured.people;
    let mut pairs = suffixed(people, measured);
    if pairs.is_empty() && people.len() <= MOST_PEOPLE {
        pairs = block(measured);
    }
    let Some(&(first, again)) = pairs.first() else { return };
    let place = at_place(people[again].first, files).column(inert(files[people[again].first.file as usize].settings.subject));
    let subjects = if pairs.len() == 1 { "1 subject has" } else { &format!("{} subjects have", pairs.len()) };
    let what = format!(
        "{subjects} every score of another, as if rows stood in the data twice, first `{}` those of `{}` ({})",
        inert(&people[again].id),
        inert(&people[first].id),
        at_place(people[first].first, files)
    );
    problems.push(
        Problem::warning(ProblemCode::DuplicateSubject, place, what)
            .with_value(inert(&people[again].id))
            .with_count(pairs.len())
            .with_hint("compare the rows with the source, and remove the copies"),
    );
}

/// Every score of a person at pre and post; nothing where there are too few.
fn scores(measured: &Measured, person: usize, fewest: usize) -> Option<Vec<Option<Score>>> {
    let entries = measured.outcomes.iter().flat_map(|outcome| [outcome.pre[person], outcome.post[person]]);
    let scores: Vec<Option<Score>> = entries.map(|entry| if let Entry::Score(score) = entry { Some(score) } else { None }).collect();
    (scores.iter().flatten().count() >= fewest).then_some(scores)
}

/// People whose id is another's with a suffix for copies, and whose scores are the same.
fn suffixed(people: &[Person], measured: &Measured) -> Vec<(usize, usize)> {
    let stem = |person: &Person| {
        SUFFIXES.iter().find_map(|suffix| person.id.strip_suffix(suffix)).filter(|stem| !stem.is_empty()).map(str::to_owned)
    };
    let copies: Vec<(usize, String)> = people.iter().enumerate().filter_map(|(i, person)| Some((i, stem(person)?))).collect();
    if copies.is_empty() {
        return Vec::new();
    }
    let numbers: HashMap<&str, usize> = people.iter().enumerate().map(|(i, person)| (&*person.id, i)).collect();
    let pair = |(copy, stem): (usize, String)| {
        let original = *numbers.get(stem.as_str())?;
        let same = scores(measured, original, FEWEST_SCORES)?;
        (scores(measured, copy, FEWEST_SCORES)? == same).then_some((original, copy))
    };
    copies.into_iter().filter_map(pair).collect()
}

/// The longest run of people whose scores are, one by one, those of an earlier run.
fn block(measured: &Measured) -> Vec<(usize, usize)> {
    let n = measured.people.len();
    let all: Vec<Option<String>> =
        (0..n).map(|person| scores(measured, person, FEWEST_IN_BLOCK).map(|scores| format!("{scores:?}"))).collect();
    let mut alike: HashMap<&str, Vec<usize>> = HashMap::new();
    for (person, scores) in all.iter().enumerate() {
        if let Some(scores) = scores {
            alike.entry(scores).or_default().push(person);
        }
    }
    let is_same = |a: usize, b: usize| b < n && all[a].is_some() && all[a] == all[b];
    let pairs: Vec<(usize, usize)> = (0..n)
        .filter_map(|person| Some((person, alike.get(all[person].as_deref()?)?)))
        .filter(|(_, group)| group.len() <= MOST_ALIKE)
        .flat_map(|(person, group)| group.iter().filter(move |other| **other > person).map(move |other| (person, *other)))
        .collect();
    let equal: usize = alike.values().map(|group| group.len() * group.len().saturating_sub(1) / 2).sum();
    let possible = (n * n.saturating_sub(1) / 2) as f64;
    let mut longest = Vec::new();
    for &(a, b) in pairs.iter().filter(|(a, b)| *a == 0 || !is_same(a - 1, b - 1)) {
        let run: Vec<(usize, usize)> = (0..b - a).map(|k| (a + k, b + k)).take_while(|(a, b)| is_same(*a, *b)).collect();
        // In a sorted file equal scores stand together: a block has different ones.
        let is_varied = run.windows(2).filter(|two| all[two[0].0] != all[two[1].0]).count() + 1 >= FEWEST_ROWS;
        let by_chance = possible * (equal as f64 / possible).powi(i32::try_from(run.len()).unwrap_or(i32::MAX));
        if run.len() >= FEWEST_ROWS && is_varied && by_chance < BY_CHANCE && run.len() > longest.len() {
            longest = run;
        }
    }
    longest
}
