//! The pair ledger as it may be shown: no count below the smallest cell, and none from which such a count follows.

use crate::results::{Participants, WithheldLedger, WithheldOutcome};
use crate::trial::{Ledger, OutcomeLedger, RowFate};

/// Withholds what the smallest cell demands.
///
/// With a small count anywhere, losses and rows are withheld for all outcomes and files: outcomes share rows, so that one
/// outcome's counts tell another's. The number of subjects stays only where nobody can subtract a small cell from it.
pub fn shown(ledger: &Ledger, min_cell: usize) -> Participants {
    let small = |count: usize| count > 0 && count < min_cell;
    let lost = |outcome: &OutcomeLedger| outcome.subjects - outcome.pairs;
    let small_loss = ledger.outcomes.iter().any(|outcome| outcome.losses.iter().any(|loss| small(loss.count)) || small(outcome.pairs));
    // Empty rows belong to nobody.
    let people = |fate: RowFate| !matches!(fate, RowFate::Blank);
    let small_fate = ledger.files.iter().any(|file| file.fates.iter().any(|(fate, count)| people(*fate) && small(*count)));
    if !small_loss && !small_fate {
        return Participants::Full(ledger.clone());
    }
    let tells = small(ledger.subjects) || ledger.outcomes.iter().any(|outcome| small(lost(outcome)) || small(outcome.pairs));
    let outcome =
        |entry: &OutcomeLedger| WithheldOutcome { outcome: entry.outcome.clone(), pairs: Some(entry.pairs).filter(|pairs| !small(*pairs)) };
    Participants::Withheld(WithheldLedger {
        min_cell,
        files: ledger.files.iter().map(|file| file.file.clone()).collect(),
        subjects: Some(ledger.subjects).filter(|_| !tells),
        outcomes: ledger.outcomes.iter().map(outcome).collect(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::trial::{FileRows, Loss, LossCount};

    fn ledger(outcomes: &[(usize, &[(Loss, usize)])], subjects: usize, filtered: usize) -> Ledger {
        let outcomes = outcomes.iter().enumerate().map(|(i, (pairs, losses))| {
            let of = |wanted: &[Loss]| losses.iter().filter(|(loss, _)| wanted.contains(loss)).map(|(_, count)| count).sum::<usize>();
            OutcomeLedger {
                outcome: format!("o{i}"),
                subjects,
                with_pre: pairs + of(&[Loss::NoPostRow, Loss::PostMissing]),
                with_post: pairs + of(&[Loss::NoPreRow, Loss::PreMissing]),
                pairs: *pairs,
                losses: losses.iter().map(|&(loss, count)| LossCount { loss, count }).collect(),
            }
        });
        let fates = vec![(RowFate::Used, subjects), (RowFate::Filtered, filtered)];
        Ledger { files: vec![FileRows { file: "a.csv".into(), read: subjects + filtered, fates }], subjects, outcomes: outcomes.collect() }
    }

    #[test]
    fn nothing_small_nothing_withheld() {
        let all = ledger(&[(30, &[]), (18, &[(Loss::PostMissing, 12)])], 30, 0);
        assert_eq!(shown(&all, 10), Participants::Full(all.clone()));
        assert_eq!(shown(&all, 0).subjects(), Some(30));
    }

    #[test]
    fn a_small_loss_hides_the_number_of_subjects_too() {
        let all = ledger(&[(30, &[]), (28, &[(Loss::PostMissing, 2)])], 30, 0);
        let shown = shown(&all, 10);
        assert_eq!((shown.ledger(), shown.subjects(), shown.pairs("o0"), shown.pairs("o1")), (None, None, Some(30), Some(28)));
    }

    #[test]
    fn a_large_loss_of_small_parts_keeps_the_total() {
        let all = ledger(&[(18, &[(Loss::PreMissing, 1), (Loss::PostMissing, 11)])], 30, 0);
        let shown = shown(&all, 10);
        assert_eq!((shown.ledger(), shown.subjects()), (None, Some(30)));
    }

    #[test]
    fn a_few_filtered_rows_are_a_small_cell() {
        assert_eq!(shown(&ledger(&[(30, &[])], 30, 3), 10).ledger(), None);
        assert!(shown(&ledger(&[(30, &[])], 30, 10), 10).ledger().is_some());
    }

    proptest! {
        /// Whoever subtracts what is shown finds no small cell.
        #[test]
        fn no_small_cell_follows_by_subtraction(
            pre in 0_usize..15, post in 0_usize..15, other in 0_usize..15, pairs in 0_usize..40, min_cell in 1_usize..12,
        ) {
            let subjects = pairs + pre + post;
            let (second, rest) = if other <= subjects { (subjects - other, other) } else { (subjects, 0) };
            let all = ledger(&[(pairs, &[(Loss::PreMissing, pre), (Loss::PostMissing, post)]), (second, &[(Loss::PostMissing, rest)])], subjects, 0);
            let small = |count: usize| count > 0 && count < min_cell;
            match shown(&all, min_cell) {
                Participants::Full(_) => prop_assert!(![pre, post, rest, pairs, second].into_iter().any(small)),
                Participants::Withheld(ledger) => {
                    for entry in ledger.outcomes {
                        prop_assert!(!entry.pairs.is_some_and(small));
                        if let (Some(subjects), Some(pairs)) = (ledger.subjects, entry.pairs) {
                            prop_assert!(!small(subjects - pairs));
                        }
                    }
                }
            }
        }
    }
}
