//! Whether one person's change is more than measurement error, and whether it matters.
//!
//! Everything is improvement-coded by [`Better`]: an index above 0 is a change for the better. Boundaries are judged on exact
//! decimals wherever what they rest on is decimal (published norms, a stated cut-off, a threshold in points or percent).

mod classes;
mod cutoff;
mod exact;
mod multiverse;
mod reliability;
mod reliable_change;
mod responder;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use classes::{Class, Classes, PersonClass, class_shares, classify};
pub use cutoff::{Cutoff, CutoffKind, Side, cutoff};
pub use multiverse::{Choice, MultiverseRow, multiverse};
pub use reliability::{ChangeFromT, MeasurementError, Reliability, change_from_t, measurement_error};
pub use reliable_change::{Evidence, Measure, Method, ReliableChange, Sample, Verdict};
pub use responder::{Limit, Relation, Responders, ResponseRule, Threshold, limit_counts, limit_share, responded, responders};

/// Which way of the scale is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    Higher,
    Lower,
}

impl Better {
    /// +1 where higher is better, else −1.
    pub fn sign(self) -> f64 {
        match self {
            Better::Higher => 1.0,
            Better::Lower => -1.0,
        }
    }
}

/// Mean and SD of a population on a scale, as a source gives them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Norms {
    pub mean: f64,
    pub sd: f64,
    /// How many people they rest on, where the source says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub n: Option<u64>,
}
