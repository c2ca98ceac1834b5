//! Findings by the million: of each kind the first of a file are kept, the rest are counted.

use std::collections::BTreeMap;

use crate::trial::{Place, Problem, ProblemCode, Problems, Severity};

/// How many findings of one kind are kept of one file. More help nobody, and a file of bad rows must not fill the memory.
const KEPT: usize = 1000;

/// How many findings of each kind the rows of a file gave so far.
#[derive(Debug, Default)]
pub struct Many(BTreeMap<(Severity, ProblemCode), usize>);

impl Many {
    /// Counts what was added to `problems` since there were `before`, and takes out what is too many of its kind.
    pub fn count(&mut self, problems: &mut Problems, before: usize) {
        if problems.0.len() == before {
            return;
        }
        let mut added = problems.0.split_off(before);
        added.retain(|problem| {
            let count = self.0.entry((problem.severity, problem.code)).or_default();
            *count += 1;
            *count <= KEPT
        });
        problems.0.append(&mut added);
    }

    /// One more finding for each kind of which some were taken out.
    pub fn report(self, file: &Place, problems: &mut Problems) {
        for ((severity, code), count) in self.0.into_iter().filter(|(_, count)| *count > KEPT) {
            problems.push(Problem::rest(severity, code, file.clone(), count - KEPT));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_kind_are_kept_and_the_total_is_right() {
        let (mut many, mut problems) = (Many::default(), Problems::default());
        let file = Place::file("a.csv");
        problems.push(Problem::error(ProblemCode::ShortRow, file.clone(), "of the header"));
        for line in 2..=2501 {
            let before = problems.0.len();
            problems.push(Problem::error(ProblemCode::NotANumber, file.clone().line(line), "x"));
            if line % 1000 == 0 {
                problems.push(Problem::error(ProblemCode::ShortRow, file.clone().line(line), "y"));
            }
            many.count(&mut problems, before);
        }
        many.report(&file, &mut problems);
        assert_eq!(problems.0.len(), 1 + KEPT + 2 + 1);
        let of_kind = problems.0.iter().filter(|problem| problem.code == ProblemCode::NotANumber);
        assert_eq!(of_kind.map(Problem::findings).sum::<usize>(), 2500);
        assert_eq!(
            problems.0.last().map(ToString::to_string).as_deref(),
            Some("a.csv: 1500 more findings of the kind `not-a-number`, which are not listed one by one")
        );
    }
}
