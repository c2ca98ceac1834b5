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
        let (lost, advice) = match self.rule.prorate {
            None => (
                "without a score, because items are not answered".to_owned(),
                "where the scale's manual has such a rule, `prorate = 0.8` under [[outcome]] makes scores of at least that share of the items",
            ),
            Some(share) => (
                format!("without a score, because less than {share} of the items are answered"),
                "`prorate` under [[outcome]] is the least share of items that makes a score",
            ),
        };
        self.warn(ProblemCode::ItemsMissing, |tally| tally.incomplete, &lost, advice, file, problems);
        let advice = "a prorated sum is that of the items answered · items / answered, a prorated mean their mean";
        self.warn(
            ProblemCode::ItemsProrated,
            |tally| tally.prorated,
            "with a score prorated from the items answered",
            advice,
            file,
            problems,
        );
    }

    /// One warning for all visits; lines stand in the hint, which no report repeats.
    fn warn(&self, code: ProblemCode, of: fn(&FormTally) -> Lines, what: &str, advice: &str, file: &Place, problems: &mut Problems) {
        let visits = || self.visits.iter().map(|(visit, tally)| (visit, of(tally))).filter(|(_, lines)| lines.count > 0);
        let count: usize = visits().map(|(_, lines)| lines.count).sum();
        if count == 0 {
            return;
        }
        let by_visit: Vec<String> = visits().map(|(visit, lines)| format!("{} at {visit}", lines.count)).collect();
        let first: Vec<String> = visits().map(|(visit, lines)| format!("line {} at {visit}", lines.first)).collect();
        let forms = if count == 1 { "form" } else { "forms" };
        let what = format!("{count} {forms} of outcome `{}` {what}: {}", inert(&self.outcome.id), by_visit.join(", "));
        let hint = format!("the first: {}; {advice}", first.join(", "));
        problems.push(Problem::warning(code, file.clone(), what).with_count(count).with_hint(hint));
    }
}
