//! Ids that nearly are alike: found over all files, and an error where taking them for different people could lose a pair.

use std::borrow::Cow;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;

use rayon::prelude::*;

use super::columns::at_place;
use super::id_fold::{EVERY, fold, fold_lookalikes, fold_usual, is_invisible};
use super::pairing::{Measured, MeasuredOutcome};
use super::roster::Person;
use super::scores::Entry;
use super::{LoadedFile, inert, shared_place};
use crate::plan::{DataSection, IdDifference};
use crate::trial::{Problem, ProblemCode, Problems, Severity};

/// How many near misses are listed one by one; the count is always that of all.
const LISTED: usize = 1000;

/// Two people whose ids nearly are alike.
struct NearMiss {
    /// The one with a pre score, where only one of them has one.
    left: usize,
    right: usize,
    kind: Kind,
}

/// What tells their ids apart.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Which of [`EVERY`].
    Differences([bool; EVERY.len()]),
    /// `O` for `0`, `l` for `1`.
    Lookalikes,
}

/// Looks through all ids. Where one has a pre score and no post score, and another the reverse, the two could be one person:
/// that stops the run, unless the plan says `ids_distinct`. Where nothing is lost it is a warning.
pub fn check(data: &DataSection, files: &[LoadedFile], measured: &Measured, problems: &mut Problems) {
    let people = &measured.people;
    let (mut deciding, mut harmless) = (Vec::new(), Vec::new());
    let mut alike = vec![false; people.len()];
    classes(people, |class| {
        class.iter().for_each(|&person| alike[person] = true);
        match could_be_one(class, measured) {
            Some((left, right)) => deciding.push(NearMiss { left, right, kind: difference(people, left, right) }),
            None => harmless.push(NearMiss { left: class[0], right: class[1], kind: difference(people, class[0], class[1]) }),
        }
    });
    let halves: Vec<usize> = (0..people.len()).filter(|&person| !alike[person] && is_half(person, measured)).collect();
    let of_lookalikes = |_: &mut Vec<u8>, id: &str| hash(fold_lookalikes(id).as_bytes());
    equal_among(
        &halves,
        people,
        of_lookalikes,
        |id| fold_lookalikes(id).into(),
        |class| {
            if let Some((left, right)) = could_be_one(class, measured) {
                deciding.push(NearMiss { left, right, kind: Kind::Lookalikes });
            }
        },
    );
    let by_place = |miss: &NearMiss| people[miss.left.max(miss.right)].first;
    deciding.sort_by_key(by_place);
    harmless.sort_by_key(by_place);
    if data.ids_distinct == Some(true) {
        report_deciding(Severity::Warning, &deciding, files, measured, problems);
    } else {
        report_deciding(Severity::Error, &deciding, files, measured, problems);
        report_harmless(&harmless, files, people, problems);
    }
    report_invisible(people, &alike, files, problems);
}

/// Hands out the people of each fold that several share.
fn classes(people: &[Person], each: impl FnMut(&[usize])) {
    let everyone: Vec<usize> = (0..people.len()).collect();
    let hash = |usual: &mut Vec<u8>, id: &str| if fold_usual(id, usual) { hash(usual) } else { hash(fold(id, &EVERY).as_bytes()) };
    equal_among(&everyone, people, hash, |id| fold(id, &EVERY), each);
}

/// Hands out the people of `among` whose folds are equal. Folds are made again for the few whose hashes meet, so that none has to be
/// kept for the many that do not; `hash` is lent a place to fold in.
fn equal_among<'p>(
    among: &[usize],
    people: &'p [Person],
    hash: impl Fn(&mut Vec<u8>, &str) -> u64 + Sync,
    fold: impl Fn(&'p str) -> Cow<'p, str>,
    mut each: impl FnMut(&[usize]),
) {
    let hashed = |usual: &mut Vec<u8>, &person: &usize| (hash(usual, &people[person].id), person);
    let mut hashes: Vec<(u64, usize)> = among.par_iter().map_init(Vec::new, hashed).collect();
    hashes.par_sort_unstable();
    let mut class = Vec::new();
    for same in hashes.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let mut folds: Vec<(Cow<str>, usize)> = same.iter().map(|&(_, person)| (fold(&people[person].id), person)).collect();
        folds.sort();
        for equal in folds.chunk_by(|a, b| a.0 == b.0).filter(|equal| equal.len() > 1) {
            class.clear();
            class.extend(equal.iter().map(|(_, person)| *person));
            each(&class);
        }
    }
}

fn hash(fold: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(fold);
    hasher.finish()
}

/// Two of a class that would make a pair if they were one: a row or a score at pre alone, and one at post alone.
fn could_be_one(class: &[usize], measured: &Measured) -> Option<(usize, usize)> {
    let of_outcome = |outcome: &MeasuredOutcome| {
        let find = |is: fn(Entry) -> bool| {
            let only = |person: usize, here: &[Entry], there: &[Entry]| is(here[person]) && !is(there[person]);
            let left = class.iter().find(|&&person| only(person, &outcome.pre, &outcome.post))?;
            let right = class.iter().find(|&&person| only(person, &outcome.post, &outcome.pre))?;
            Some((*left, *right))
        };
        find(is_score).or_else(|| find(is_row))
    };
    measured.outcomes.iter().find_map(of_outcome)
}

fn is_half(person: usize, measured: &Measured) -> bool {
    let halves = |outcome: &MeasuredOutcome| [is_score, is_row].iter().any(|is| is(outcome.pre[person]) != is(outcome.post[person]));
    measured.outcomes.iter().any(halves)
}

fn is_score(entry: Entry) -> bool {
    matches!(entry, Entry::Score(_))
}

fn is_row(entry: Entry) -> bool {
    entry != Entry::NoRow
}

/// The fewest differences that, taken away, make the ids equal.
fn difference(people: &[Person], left: usize, right: usize) -> Kind {
    let mut needed: Vec<IdDifference> = EVERY.to_vec();
    for difference in EVERY {
        let fewer: Vec<IdDifference> = needed.iter().copied().filter(|other| *other != difference).collect();
        if fold(&people[left].id, &fewer) == fold(&people[right].id, &fewer) {
            needed = fewer;
        }
    }
    Kind::Differences(EVERY.map(|difference| needed.contains(&difference)))
}

/// One finding that counts them all and says what to do, then each of them.
fn report_deciding(severity: Severity, misses: &[NearMiss], files: &[LoadedFile], measured: &Measured, problems: &mut Problems) {
    if misses.is_empty() {
        return;
    }
    let n = misses.len();
    let whose = if n == 1 {
        "1 subject is spelled nearly like another".to_owned()
    } else {
        format!("{n} subjects are spelled nearly like {n} others")
    };
    let what = format!("{whose}, one of the two with a pre and the other with a post: {}", counts(files, measured));
    let mut all = Problem { severity, ..Problem::error(ProblemCode::NearMissId, shared_place(files), what) }.with_count(n);
    if severity == Severity::Error {
        all = all.with_hint(format!(
            "if they are the same people, {}; if they are different people, declare `ids_distinct = true`",
            remedy(misses)
        ));
    }
    problems.push(all);
    let people = &measured.people;
    for miss in misses.iter().take(LISTED) {
        let (earlier, later) = (miss.left.min(miss.right), miss.left.max(miss.right));
        let what = format!(
            "`{}` and `{}` ({}) differ only in {}",
            inert(&people[later].id),
            inert(&people[earlier].id),
            at_place(people[earlier].first, files),
            miss.kind.describe()
        );
        let place = at_place(people[later].first, files).column(inert(files[people[later].first.file as usize].settings.subject));
        problems.push(Problem { severity, ..Problem::error(ProblemCode::NearMissId, place, what) }.with_value(inert(&people[later].id)));
    }
}

/// `12 subjects with a pre (pre.csv), 12 with a post (post.csv), 7 with both`
fn counts(files: &[LoadedFile], measured: &Measured) -> String {
    let any =
        |person: usize, arm: fn(&MeasuredOutcome) -> &Vec<Entry>| measured.outcomes.iter().any(|outcome| is_row(arm(outcome)[person]));
    let everyone = 0..measured.people.len();
    let has_pre = |person: &usize| any(*person, |outcome| &outcome.pre);
    let has_post = |person: &usize| any(*person, |outcome| &outcome.post);
    let (pre, post) = (everyone.clone().filter(has_pre).count(), everyone.clone().filter(has_post).count());
    let both = everyone.filter(|person| has_pre(person) && has_post(person)).count();
    let names = |visit: usize| match (files, measured.outcomes.first().map(|outcome| &outcome.places)) {
        // Two files, one a visit: their names say more than "pre" and "post".
        ([_, _], Some([pre, post])) if pre.file != post.file => [pre, post][visit].file.clone().unwrap_or_default(),
        _ => format!("`{}`", inert(measured.visits.get(visit).map_or("", |label| label))),
    };
    format!("{pre} subjects have a row of {}, {post} of {}, {both} of both", names(0), names(1))
}

fn remedy(misses: &[NearMiss]) -> String {
    let needed = |at: usize| misses.iter().any(|miss| matches!(miss.kind, Kind::Differences(differences) if differences[at]));
    let differences: Vec<IdDifference> = (0..EVERY.len()).filter(|at| needed(*at)).map(|at| EVERY[at]).collect();
    if differences.is_empty() {
        return "correct the ids".to_owned();
    }
    let words: Vec<String> = differences.into_iter().map(|difference| format!("\"{}\"", word(difference))).collect();
    format!("correct the ids, or declare `ids_equal_under = [{}]` under [data] in trial.toml", words.join(", "))
}

/// Ids that nearly are alike and lose nothing: perhaps one person twice. Zeros alone are a usual way to tell people apart.
fn report_harmless(misses: &[NearMiss], files: &[LoadedFile], people: &[Person], problems: &mut Problems) {
    let zeros = Kind::Differences(EVERY.map(|difference| difference == IdDifference::LeadingZeros));
    let mut misses = misses.iter().filter(|miss| miss.kind != zeros);
    let Some(first) = misses.next() else { return };
    let count = 1 + misses.count();
    let [left, right] = [first.left, first.right].map(|person| &people[person]);
    let what = format!(
        "{} nearly like another id, first `{}` and `{}` ({}), which differ only in {}: taken as different people",
        if count == 1 { "1 subject id is".to_owned() } else { format!("{count} subject ids are") },
        inert(&right.id),
        inert(&left.id),
        at_place(left.first, files),
        first.kind.describe()
    );
    let place = at_place(right.first, files).column(inert(files[right.first.file as usize].settings.subject));
    problems.push(
        Problem::warning(ProblemCode::NearMissId, place, what)
            .with_value(inert(&right.id))
            .with_count(count)
            .with_hint("if one person is there twice, correct the ids; if not, declare `ids_distinct = true` under [data]"),
    );
}

/// Invisible characters in ids that are like no other id.
fn report_invisible(people: &[Person], alike: &[bool], files: &[LoadedFile], problems: &mut Problems) {
    let holds = |person: &&Person| !person.id.is_ascii() && person.id.chars().any(is_invisible);
    let mut hidden = people.iter().zip(alike).filter(|(_, alike)| !**alike).map(|(person, _)| person).filter(holds);
    let Some(first) = hidden.next() else { return };
    let count = 1 + hidden.count();
    let ids = if count == 1 { "1 subject id holds" } else { &format!("{count} subject ids hold") };
    let place = at_place(first.first, files).column(inert(files[first.first.file as usize].settings.subject));
    let what = format!("{ids} invisible characters, first `{}`", inert(&first.id));
    problems.push(Problem::warning(ProblemCode::NearMissId, place, what).with_value(inert(&first.id)).with_count(count));
}

impl Kind {
    fn describe(&self) -> String {
        match self {
            Kind::Lookalikes => "letters that look like digits (O and 0, l and 1)".to_owned(),
            Kind::Differences(differences) => {
                let names: Vec<&str> = EVERY.iter().zip(differences).filter(|(_, needed)| **needed).map(|(d, _)| name(*d)).collect();
                names.join(" and ")
            }
        }
    }
}

fn name(difference: IdDifference) -> &'static str {
    match difference {
        IdDifference::Case => "letter case",
        IdDifference::Width => "full-width and half-width forms",
        IdDifference::Marks => "quotes or marks at the ends",
        IdDifference::Invisible => "invisible characters",
        IdDifference::LeadingZeros => "leading zeros",
        IdDifference::Hyphens => "hyphens, underscores or spaces",
        IdDifference::DecimalPoint => "a decimal point",
        IdDifference::Alphabet => "letters of other alphabets that look alike",
    }
}

/// The plan's word.
pub fn word(difference: IdDifference) -> &'static str {
    match difference {
        IdDifference::Case => "case",
        IdDifference::Width => "width",
        IdDifference::Marks => "marks",
        IdDifference::Invisible => "invisible",
        IdDifference::LeadingZeros => "leading-zeros",
        IdDifference::Hyphens => "hyphens",
        IdDifference::DecimalPoint => "decimal-point",
        IdDifference::Alphabet => "alphabet",
    }
}
