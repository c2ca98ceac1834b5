//! Who is in the data: subject ids as text, each with a number and a group.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::id_fold::fold;
use super::inert;
use super::limits::MOST_SUBJECTS;
use crate::plan::IdDifference;
use crate::trial::{Place, Problem, ProblemCode};

/// Where a row stands: which file of the run, which line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub file: u32,
    pub line: u64,
}

/// A subject as met in the rows.
#[derive(Debug)]
pub struct Person<'a> {
    /// The id; of several spellings that the plan declares equal, the first in the order of bytes.
    pub id: Cow<'a, str>,
    /// The other spellings.
    pub also: BTreeSet<Cow<'a, str>>,
    /// In which ways the id was typed.
    pub typed: Typed,
    pub group: Option<Cow<'a, str>>,
    /// The first row of the subject that was used.
    pub first: At,
    group_at: At,
}

/// Whether an id stood in its cell as it is, or with spaces around it or decomposed accents.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed {
    pub exactly: bool,
    pub otherwise: bool,
}

/// All subjects, numbered in the order in which they were met.
#[derive(Debug, Default)]
pub struct Roster<'a> {
    /// The numbers by key, with the hash of the key: a key is compared only where the hashes are equal.
    numbers: HashTable<(u64, u32)>,
    hasher: DefaultHashBuilder,
    /// The keys by number, where they are not the ids: ids without the differences that the plan declares none.
    folded: Vec<Box<str>>,
    /// The subject of the row before.
    last: usize,
    equal_under: &'a [IdDifference],
    /// Whether it was said that there are too many.
    pub overfull: bool,
    pub people: Vec<Person<'a>>,
}

impl<'a> Roster<'a> {
    /// `equal_under` are the differences that do not tell two subjects apart.
    pub fn new(equal_under: &'a [IdDifference]) -> Self {
        Self { equal_under, ..Self::default() }
    }

    /// The number of `id`, and whether it is new.
    pub fn number(&mut self, id: Cow<'a, str>, at: At) -> (u32, bool) {
        let (number, new) = match self.search(&id) {
            Ok(number) => (number, false),
            Err(hash) => (self.add(id.clone(), hash, at), true),
        };
        self.last = number as usize;
        let person = &mut self.people[number as usize];
        if !self.equal_under.is_empty() && person.id != id && !person.also.contains(&id) {
            // The spelling that stands for all must not depend on the order of rows.
            let other = if id < person.id { std::mem::replace(&mut person.id, id) } else { id };
            person.also.insert(other);
        }
        (number, new)
    }

    /// Adds a subject that [`Self::search`] does not find.
    fn add(&mut self, id: Cow<'a, str>, hash: u64, at: At) -> u32 {
        let number = self.people.len() as u32;
        self.numbers.insert_unique(hash, (hash, number), |(hash, _)| *hash);
        if !self.equal_under.is_empty() {
            self.folded.push(fold(&id, self.equal_under).into());
        }
        self.people.push(Person { id, also: BTreeSet::new(), typed: Typed::default(), group: None, first: at, group_at: at });
        number
    }

    /// The number of a subject met before.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.search(id).ok()
    }

    /// The number of a subject met before, else the hash of its key.
    fn search(&self, id: &str) -> Result<u32, u64> {
        // Rows of a subject stand together, or every visit has the subjects in one order: no search then.
        let likely = [self.last, self.last + 1].into_iter().find(|number| self.people.get(*number).is_some_and(|person| person.id == id));
        if let Some(number) = likely {
            return Ok(number as u32);
        }
        let key = fold(id, self.equal_under);
        let hash = self.hasher.hash_one(key.as_bytes());
        let is_key = |number: u32| match self.folded.get(number as usize) {
            Some(folded) => **folded == *key,
            None => self.people[number as usize].id == key,
        };
        self.numbers.find(hash, |(known, number)| *known == hash && is_key(*number)).map(|(_, number)| *number).ok_or(hash)
    }

    /// Whether `id` would be one subject too many.
    pub fn is_too_many(&self, id: &str) -> bool {
        self.people.len() >= MOST_SUBJECTS && self.find(id).is_none()
    }

    /// Notes the group that a row gives a subject. Two different ones are an error at the later row.
    pub fn note_group(&mut self, number: u32, group: Cow<'a, str>, at: At, place: impl Fn(At) -> Place) -> Result<(), Problem> {
        let person = &mut self.people[number as usize];
        if group.is_empty() {
            return Ok(());
        }
        match &person.group {
            None => {
                person.group = Some(group);
                person.group_at = at;
                Ok(())
            }
            Some(known) if *known == group => Ok(()),
            Some(known) => {
                let (known, first) = (inert(known), row_name(&place(person.group_at)));
                let what = format!("expected group `{known}` as in {first}, got `{}`", inert(&group));
                Err(Problem::error(ProblemCode::GroupConflict, place(at), what)
                    .with_value(inert(&group))
                    .with_hint("a subject belongs to one group; correct one of the rows"))
            }
        }
    }
}

/// A place as the word in a sentence: `scores.csv line 5`.
pub fn row_name(place: &Place) -> String {
    Place { column: None, ..place.clone() }.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_has_one_number_and_one_group() {
        let place = |at: At| Place::file("a.csv").line(at.line).column("site");
        let at = |line| At { file: 0, line };
        let mut roster = Roster::default();
        assert_eq!(roster.number("s1".into(), at(2)), (0, true));
        assert_eq!(roster.number("01".into(), at(3)), (1, true));
        assert_eq!(roster.number("s1".into(), at(4)), (0, false));
        assert!(roster.note_group(0, "".into(), at(2), place).is_ok());
        assert!(roster.note_group(0, "North".into(), at(4), place).is_ok());
        assert!(roster.people[0].also.is_empty());
        let problem = roster.note_group(0, "South".into(), at(5), place).unwrap_err();
        assert_eq!(problem.to_string(), "a.csv line 5, column `site`: expected group `North` as in a.csv line 4, got `South`");
    }

    #[test]
    fn declared_differences_join_ids_under_the_first_spelling_in_order() {
        let at = |line| At { file: 0, line };
        for ids in [["s01", "S01", "S02"], ["S01", "s01", "S02"]] {
            let mut roster = Roster::new(&[IdDifference::Case]);
            let numbers: Vec<u32> = ids.iter().zip(2..).map(|(id, line)| roster.number((*id).into(), at(line)).0).collect();
            assert_eq!(numbers, [0, 0, 1]);
            assert_eq!(["S01", "s01", "s02", "S03"].map(|id| roster.find(id)), [Some(0), Some(0), Some(1), None]);
            assert_eq!((&*roster.people[0].id, &roster.people[0].also), ("S01", &BTreeSet::from([Cow::Borrowed("s01")])));
        }
    }
}
