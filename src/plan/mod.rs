//! What will be done: `trial.toml` read, checked, and inferred from a header where there is none.

mod check;
mod infer;
mod model;
mod read;
mod resolve;
mod schema;
mod write;

pub use infer::{HeaderColumn, Inferred, infer};
pub use model::{
    AnalysisSection, DataSection, Effect, Family, FigureKind, FiguresSection, FileOverride, Format, OneOrMore, OutcomeSection, Plan,
    Preset, PrivacySection, Procedure, TestName, TrialSection, VisitsSection, WantedChange, ZeroRule,
};
pub use read::read;
pub use resolve::resolve_outcomes;
pub use schema::json_schema;
pub use write::to_toml;
