//! What a flow diagram counts: the pair ledger in the words and the order of its boxes.

use crate::results::Results;
use crate::trial::{Ledger, Loss, LossCount, OutcomeLedger, RowFate};

/// The ledger as the boxes tell it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Counts {
    /// File and rows read, in reading order.
    pub files: Vec<(String, usize)>,
    pub read: usize,
    pub used: usize,
    /// Rows left out, by reason.
    pub unused: Vec<Reason>,
    pub subjects: usize,
    pub outcomes: Vec<OutcomeCounts>,
}

/// A reason and how many it cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reason {
    pub words: &'static str,
    pub count: usize,
}

/// One outcome.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OutcomeCounts {
    pub label: String,
    pub with_pre: usize,
    pub with_post: usize,
    pub pairs: usize,
    pub losses: Vec<LossCount>,
}

impl Counts {
    pub fn new(results: &Results, ledger: &Ledger) -> Self {
        Self {
            files: ledger.files.iter().map(|file| (file.file.clone(), file.read)).collect(),
            read: ledger.rows_read(),
            used: ledger.rows(RowFate::Used),
            unused: unused(ledger),
            subjects: ledger.subjects,
            outcomes: ledger.outcomes.iter().map(|entry| outcome(results, entry)).collect(),
        }
    }

    /// The reasons that occurred for any outcome, in their fixed order.
    pub fn losses(&self) -> Vec<Loss> {
        Loss::ALL.into_iter().filter(|loss| self.outcomes.iter().any(|outcome| outcome.lost(*loss) > 0)).collect()
    }
}

impl OutcomeCounts {
    /// Subjects lost for one reason.
    pub fn lost(&self, loss: Loss) -> usize {
        self.losses.iter().filter(|entry| entry.loss == loss).map(|entry| entry.count).sum()
    }

    /// The losses split in two steps, before `with pre` and between it and the pairs, where the ledger allows it: a
    /// subject without either score may be booked under either visit, and then only the whole sum is certain.
    pub fn steps(&self, subjects: usize) -> Option<(Vec<Reason>, Vec<Reason>)> {
        let (before, after): (Vec<LossCount>, Vec<LossCount>) =
            self.losses.iter().partition(|entry| matches!(entry.loss, Loss::NoPreRow | Loss::PreMissing | Loss::BothMissing));
        let sum = |losses: &[LossCount]| losses.iter().map(|entry| entry.count).sum::<usize>();
        let adds_up = subjects == self.with_pre + sum(&before) && self.with_pre == self.pairs + sum(&after);
        adds_up.then(|| (reasons(&before), reasons(&after)))
    }

    /// All losses in words.
    pub fn reasons(&self) -> Vec<Reason> {
        reasons(&self.losses)
    }
}

fn reasons(losses: &[LossCount]) -> Vec<Reason> {
    losses.iter().filter(|entry| entry.count > 0).map(|entry| Reason { words: entry.loss.label(), count: entry.count }).collect()
}

fn unused(ledger: &Ledger) -> Vec<Reason> {
    RowFate::ALL
        .into_iter()
        .filter(|fate| *fate != RowFate::Used)
        .map(|fate| Reason { words: fate.label(), count: ledger.rows(fate) })
        .filter(|reason| reason.count > 0)
        .collect()
}

fn outcome(results: &Results, entry: &OutcomeLedger) -> OutcomeCounts {
    OutcomeCounts {
        label: results.outcome(&entry.outcome).map_or_else(|| entry.outcome.clone(), |outcome| outcome.label.clone()),
        with_pre: entry.with_pre,
        with_post: entry.with_post,
        pairs: entry.pairs,
        losses: entry.losses.clone(),
    }
}
