//! Who was measured, when and with what: outcomes, instruments, the dataset, the pair ledger and problems found.

mod catalogue;
mod dataset;
mod instrument;
mod ledger;
mod outcome;
mod problem;

pub use catalogue::{Catalogue, fold};
pub use dataset::{Dataset, OutcomeScores, Source, Subject};
pub use instrument::{Band, Evidence, Instrument};
pub use ledger::{FileRows, Ledger, Loss, LossCount, OutcomeLedger, RowFate};
pub use outcome::{DOMAINS, Direction, Outcome, Role, ScoreRange};
pub use problem::{Place, Problem, ProblemCode, Problems, Severity};
