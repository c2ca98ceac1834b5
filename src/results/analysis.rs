//! One analysis: which question it answers, of whom, and what was found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Finding, Method};
use crate::stats::{Estimable, Note};
use crate::trial::Role;

/// One entry of the flat list. Populations, sensitivity analyses and families are filters on `key` and `role`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Analysis {
    /// Stable and readable: `bdi2/post-pre/pairs/paired_t`.
    pub id: String,
    pub key: Key,
    pub role: Role,
    /// Complete pairs the finding rests on.
    pub n: usize,
    pub finding: Estimable<Finding>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes: Vec<Note>,
}

/// What an analysis is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Key {
    pub outcome: String,
    /// `post-pre`.
    pub contrast: String,
    pub population: Population,
    pub method: Method,
}

/// Whom an analysis is about: `pairs`, or a descriptive subgroup `site=South`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, JsonSchema)]
#[schemars(with = "String")]
pub enum Population {
    /// All complete pairs.
    Pairs,
    /// The complete pairs of one subgroup.
    Group { column: String, value: String },
}

impl std::fmt::Display for Population {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Population::Pairs => f.write_str("pairs"),
            Population::Group { column, value } => write!(f, "{column}={value}"),
        }
    }
}

impl Serialize for Population {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Population {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(match text.split_once('=') {
            Some((column, value)) => Population::Group { column: column.into(), value: value.into() },
            None => Population::Pairs,
        })
    }
}

impl Key {
    pub fn id(&self) -> String {
        format!("{}/{}/{}/{}", self.outcome, self.contrast, self.population, self.method.name())
    }
}
