//! What was measured.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Band, Meaning};
use crate::decimal::Decimal;

/// The domains a plan usually names, in the order figures and tables group by. Others are allowed and come after.
pub const DOMAINS: [&str; 9] =
    ["depression", "anxiety", "cognition", "job_performance", "social_adaptation", "readiness", "resilience", "quality_of_life", "other"];

/// One outcome as analysed: the plan's words, completed from the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    pub id: String,
    pub label: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub instrument: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub domain: Option<String>,
    pub direction: Direction,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub range: Option<ScoreRange>,
    /// Scores are `range.min` (or 0) plus multiples of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub step: Option<Decimal>,
    pub role: Role,
    /// Digits after the decimal mark that the scores carry, as read; absent before they are.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub score_decimals: Option<u8>,
    /// Unit for axes; absent means points.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<String>,
    /// Severity bands of the instrument, where the catalogue has them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub bands: Vec<Band>,
    /// Thresholds, reliability, norms and benchmarks.
    #[serde(skip_serializing_if = "Meaning::is_empty", default)]
    pub meaning: Meaning,
}

/// Lowest and highest possible score, both included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreRange {
    pub min: Decimal,
    pub max: Decimal,
}

impl ScoreRange {
    pub fn contains(&self, score: Decimal) -> bool {
        self.min <= score && score <= self.max
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    Lower,
    Higher,
    /// Neither: nothing is benefit-coded.
    None,
}

impl Direction {
    /// +1 where a positive change is an improvement, −1 where it is a worsening; `None` without a better direction.
    pub fn benefit_sign(self) -> Option<f64> {
        match self {
            Direction::Higher => Some(1.0),
            Direction::Lower => Some(-1.0),
            Direction::None => None,
        }
    }
}

/// The role of an endpoint (ICH E9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Primary,
    Secondary,
    Exploratory,
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Role::Primary => "primary",
            Role::Secondary => "secondary",
            Role::Exploratory => "exploratory",
        })
    }
}
