//! Who was measured, when and with what: outcomes, instruments, the dataset, the pair ledger and problems found.

mod catalogue;
mod dataset;
mod entry;
mod fact;
mod instrument;
mod ledger;
mod meaning;
mod outcome;
mod problem;

pub use catalogue::{Catalogue, fold};
pub use dataset::{Dataset, OutcomeScores, Source, Subject};
pub use entry::read_entry;
pub use fact::{
    Basis, ChangeUnit, Cut, CutFact, Importance, McidFact, NormFact, ReliabilityFact, ReliabilityKind, ResponseFact, ResponseRule,
};
pub use instrument::{Band, Evidence, Instrument};
pub use ledger::{FileRows, Ledger, Loss, LossCount, OutcomeLedger, RowFate};
pub use meaning::{Benchmark, BenchmarkKind, Mcid, Meaning, Norm, Practice, Reliability, Stated};
pub use outcome::{DOMAINS, Direction, Outcome, Role, ScoreRange};
pub use problem::{Place, Problem, ProblemCode, Problems, Severity};
