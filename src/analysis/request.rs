//! What an analysis is asked.

use crate::plan::{AnalysisSection, Plan, WantedChange};
use crate::stats::{Alternative, Inference};
use crate::trial::{Dataset, Direction};

/// The plan as used, and what provenance needs to know of the input.
pub struct Request<'a> {
    /// Every default filled in.
    pub plan: Plan,
    /// SHA-256 of the plan file; `None` where it was inferred.
    pub plan_sha256: Option<String>,
    pub plan_inferred: bool,
    /// Order-free hash of the observations.
    pub observations_sha256: String,
    /// The people of `control_files`, who had no treatment.
    pub control: Option<&'a Dataset>,
    /// Called after each outcome, from any thread: progress.
    pub on_outcome: &'a (dyn Fn() + Sync),
}

/// The planned alternative in terms of `change = post − pre`.
///
/// Without a better direction there is no improvement to ask for: the plan is refused earlier, and two-sided is the
/// answer that claims least.
pub fn inference(analysis: &AnalysisSection, direction: Direction) -> Inference {
    let improvement = match direction {
        Direction::Higher => Alternative::Greater,
        Direction::Lower => Alternative::Less,
        Direction::None => Alternative::TwoSided,
    };
    let alternative = match analysis.alternative {
        WantedChange::TwoSided => Alternative::TwoSided,
        WantedChange::Improvement => improvement,
        WantedChange::Worsening => opposite(improvement),
    };
    Inference { conf_level: analysis.conf_level, alternative }
}

fn opposite(alternative: Alternative) -> Alternative {
    match alternative {
        Alternative::TwoSided => Alternative::TwoSided,
        Alternative::Greater => Alternative::Less,
        Alternative::Less => Alternative::Greater,
    }
}
