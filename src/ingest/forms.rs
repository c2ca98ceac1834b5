//! What became of the forms whose items make the scores: not answered, incomplete, prorated; said once an outcome and file.

use super::inert;
use super::items::{ItemReader, ItemRule};
use crate::trial::{Outcome, Place, Problem, ProblemCode, Problems};

/// Forms of one visit by what became of them.
#[derive(Debug, Clone, Default)]
pub struct FormTally {
    pub unanswered: Lines,
    pub incomplete: Lines,
    pub prorated: Lines,
}

/// How many rows, and the line of the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lines {
    count: usize,
    first: u64,
}

impl Lines {
    pub fn add(&mut self, line: u64) {
        if self.count == 0 {
            self.first = line;
        }
        self.count += 1;
    }
}

/// The forms of one outcome in one file.
#[derive(Debug)]
pub struct Forms<'s> {
    rule: &'s ItemRule,
    outcome: &'s Outcome,
    /// Each visit's name, as messages give it, and its forms.
    visits: Vec<(String, FormTally)>,
}

impl<'s> Forms<'s> {
    pub fn new(reader: &ItemReader<'s>) -> Self {
        Self { rule: reader.rule(), outcome: reader.outcome(), visits: Vec::new() }
    }

    /// Takes what a reader counted at one visit. A form without any answer is a missing score like any other.
    pub fn add(&mut self, reader: ItemReader, visit: &str, file: &Place, context: &str, problems: &mut Problems) {
        let place = file.clone().column(inert(reader.name()));
        let tally = reader.finish(problems);
        let count = tally.unanswered.count;
        if count > 0 {
            let noun = if count == 1 { "score" } else { "scores" };
            let what = format!("{count} missing {noun}: {count} without any item answered{context}");
            problems.push(Problem::warning(ProblemCode::MissingScores, place, what).with_count(count));
        }
        self.visits.push((visit.to_owned(), tally));
    }

    /// Warns of scores that were lost to a missing item, and of those that were prorated.
    pub fn report(&self, file: &Place, problems: &mut Problems) {
        let mut warn = |code, counts: (usize, String), verb: [&str; 2], hint: Option<String>| {
            let (count, by_visit) = counts;
            if count > 0 {
                let forms = if count == 1 { "1 form".to_owned() } else { format!("{count} forms") };
                let what = format!("{forms} of outcome `{}` {}: {by_visit}", inert(&self.outcome.id), verb[usize::from(count > 1)]);
                problems.push(Problem { hint, ..Problem::warning(code, file.clone(), what).with_count(count) });
            }
        };
        let (lost, hint) = match self.rule.prorate {
            None => (
                ["has items without an answer and so no score", "have items without an answer and so no score"].map(str::to_owned),
                "where the scale's manual says so, `prorate = 0.8` under [[outcome]] makes a score of at least that share of the items",
            ),
            Some(share) => (
                ["has", "have"].map(|verb| format!("{verb} less than {share} of the items answered and so no score")),
                "`prorate` under [[outcome]] is the least share of items that makes a score",
            ),
        };
        warn(ProblemCode::ItemsMissing, self.count(|tally| tally.incomplete), [&lost[0], &lost[1]], Some(hint.to_owned()));
        let prorated = ["has a score prorated from the items answered", "have a score prorated from the items answered"];
        warn(ProblemCode::ItemsProrated, self.count(|tally| tally.prorated), prorated, None);
    }

    /// How many forms at all visits, and in words at each: `2 at pre (first on line 4)`.
    fn count(&self, of: impl Fn(&FormTally) -> Lines) -> (usize, String) {
        let each = self.visits.iter().map(|(visit, tally)| (visit, of(tally))).filter(|(_, lines)| lines.count > 0);
        let words = each.clone().map(|(visit, lines)| {
            let line = if lines.count == 1 { format!("line {}", lines.first) } else { format!("first on line {}", lines.first) };
            format!("{} at {visit} ({line})", lines.count)
        });
        (each.clone().map(|(_, lines)| lines.count).sum(), words.collect::<Vec<_>>().join(", "))
    }
}
