//! The one tree of numbers: what was computed, with ids, notes and provenance; its JSON, its tidy rows, its text.

mod analysis;
mod explanation;
mod finding;
mod formula;
mod individuals;
mod json;
mod ledger_csv;
mod meaning;
pub mod number;
mod observations_csv;
mod participants;
mod provenance;
mod schema;
mod tidy;
mod tree;

pub use analysis::{Analysis, Key, Population};
pub use explanation::{
    BayesFactor, BenchmarkRow, Benchmarks, Carried, ChangeCorrelationRow, ChangeCorrelations, Comparison, Equivalence, MissingPost,
    PracticeEffect, RegressionToMean, Selected,
};
pub use finding::{Adjusted, Agreement, Bootstrap, ClassShares, Describe, Finding, Method, ScaleEnds, Summary, TestVerdict, Verdict};
pub use individuals::{ChangeClass, Individual, Individuals};
pub use json::{ResultsError, read_json, write_json};
pub use ledger_csv::write_ledger;
pub use meaning::{
    BandShift, CutoffRow, MethodRow, Multiverse, PersonMeaning, ReliableChange, Remission, ResponderRow, Responders, Response,
};
pub use observations_csv::write_observations;
pub use participants::{Participants, WithheldLedger, WithheldOutcome};
pub use provenance::{Provenance, Settings};
pub use schema::json_schema;
pub use tidy::{TidyRow, tidy_rows, write_tidy};
pub use tree::{DataNote, Results, SCHEMA_VERSION, TrialInfo};
