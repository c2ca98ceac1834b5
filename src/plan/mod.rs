//! What will be done: `trial.toml` read, checked, and inferred from a header where there is none.

mod check;
mod data_file;
mod infer;
mod items;
mod layout;
mod limits;
mod meaning;
mod message;
mod model;
mod moment;
mod moment_words;
mod read;
mod read_meaning;
mod resolve;
mod resolve_meaning;
mod schema;
mod source;
mod write;
mod write_meaning;

pub use check::check;
pub use data_file::{file_and_sheet, file_name};
pub use infer::{DecimalMark, FoundEncoding, HeaderColumn, Inferred, LookedFile, Said, infer};
pub use items::ItemPattern;
pub use layout::Layout;
pub use meaning::{
    CarriedForward, EstimandSection, IntercurrentEvent, Mcid, Norm, Practice, Reliability, StatedCut, StatedResponse, Strategy,
};
pub use model::{
    AnalysisSection, DataSection, Effect, Family, FigureKind, FiguresSection, FileOverride, Format, IdDifference, ItemScore, OneOrMore,
    OutcomeSection, Plan, Preset, PrivacySection, Procedure, TestName, TrialSection, VisitsSection, WantedChange, ZeroRule,
};
pub use moment::are_of_different_moments;
pub use read::{read, read_with};
pub use resolve::{effective, resolve_outcomes};
pub use schema::json_schema;
pub use write::to_toml;
