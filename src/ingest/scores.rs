//! One column of scores in one file: each cell read by its rule, what was missing counted.

use super::cell::{CellFault, CellRule, Reading};
use super::inert;
use super::missing::MissingTally;
use crate::decimal::Score;
use crate::trial::{Place, Problem, ProblemCode, Problems};

/// What a subject has of one outcome at one visit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Entry {
    /// No row.
    NoRow,
    /// A row whose score is missing.
    Missing,
    Score(Score),
}

/// A column of scores while it is read.
pub struct ScoreColumn<'a> {
    /// Where the column stands in the file.
    pub index: usize,
    name: String,
    /// What else tells these scores apart, for the warning: `` at visit `baseline` ``.
    context: String,
    rule: CellRule<'a>,
    missing: MissingTally,
    /// The first cell that holds a code which could be a score.
    code_in_range: Option<Problem>,
}

impl<'a> ScoreColumn<'a> {
    pub fn new(index: usize, name: &str, context: String, rule: CellRule<'a>) -> Self {
        Self { index, name: inert(name), context, rule, missing: MissingTally::default(), code_in_range: None }
    }

    /// Reads one cell; a bad one is a problem at `row`, the place of its row.
    pub fn read(&mut self, cell: &str, row: impl FnOnce() -> Place, problems: &mut Problems) -> Entry {
        match self.rule.read(cell) {
            Ok(Reading::Score(score)) => return Entry::Score(score),
            Ok(Reading::Missing) => self.missing.add(cell),
            Err(CellFault::CodeInRange) => match &mut self.code_in_range {
                Some(problem) => problem.count += 1,
                first => *first = Some(self.rule.problem(CellFault::CodeInRange, cell, row().column(self.name.as_str()))),
            },
            Err(fault) => problems.push(self.rule.problem(fault, cell, row().column(self.name.as_str()))),
        }
        Entry::Missing
    }

    /// Reports what is said once a column: missing scores, and codes that could be scores. `file` is the place.
    pub fn finish(self, file: Place, problems: &mut Problems) {
        problems.0.extend(self.code_in_range);
        if let Some(what) = self.missing.describe() {
            let total = self.missing.total();
            problems.push(
                Problem::warning(ProblemCode::MissingScores, file.column(self.name), format!("{what}{}", self.context)).with_count(total),
            );
        }
    }
}
