//! Findings by the million: of each kind the first of a file are kept, the rest are counted.

use std::collections::BTreeMap;

use crate::trial::{Place, Problem, ProblemCode, Problems, Severity};

/// How many findings of one kind are kept of one file. More help nobody, and a file of bad rows must not fill the memory.
const KEPT: usize = 1000;

/// What the rows of one file are found to be, row by row.
#[derive(Debug)]
pub struct RowFindings<'p> {
    problems: &'p mut Problems,
    counts: BTreeMap<(Severity, ProblemCode), usize>,
}

impl<'p> RowFindings<'p> {
    pub fn new(problems: &'p mut Problems) -> Self {
        Self { problems, counts: BTreeMap::new() }
    }

    /// One more error of this kind; it is made only while there are few, because to put it in words takes longer than to read its row.
    pub fn error(&mut self, code: ProblemCode, make: impl FnOnce() -> Problem) {
        self.add(Severity::Error, code, make);
    }

    pub fn push(&mut self, problem: Problem) {
        self.add(problem.severity, problem.code, || problem);
    }

    fn add(&mut self, severity: Severity, code: ProblemCode, make: impl FnOnce() -> Problem) {
        let count = self.counts.entry((severity, code)).or_default();
        *count += 1;
        if *count <= KEPT {
            self.problems.push(make());
        }
    }

    /// One more finding for each kind of which some were not kept.
    pub fn finish(self, file: &Place) {
        for ((severity, code), count) in self.counts.into_iter().filter(|(_, count)| *count > KEPT) {
            self.problems.push(Problem::rest(severity, code, file.clone(), count - KEPT));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_kind_are_kept_and_the_total_is_right() {
        let mut problems = Problems::default();
        let file = Place::file("a.csv");
        problems.push(Problem::error(ProblemCode::ShortRow, file.clone(), "of the header"));
        let (mut findings, mut made) = (RowFindings::new(&mut problems), 0);
        for line in 2..=2501 {
            findings.error(ProblemCode::NotANumber, || {
                made += 1;
                Problem::error(ProblemCode::NotANumber, file.clone().line(line), "x")
            });
            if line % 1000 == 0 {
                findings.push(Problem::error(ProblemCode::ShortRow, file.clone().line(line), "y"));
            }
        }
        findings.finish(&file);
        assert_eq!((problems.0.len(), made), (1 + KEPT + 2 + 1, KEPT));
        let of_kind = problems.0.iter().filter(|problem| problem.code == ProblemCode::NotANumber);
        assert_eq!(of_kind.map(Problem::findings).sum::<usize>(), 2500);
        assert_eq!(
            problems.0.last().map(ToString::to_string).as_deref(),
            Some("a.csv: 1500 more findings of the kind `not-a-number`, which are not listed one by one")
        );
    }
}
