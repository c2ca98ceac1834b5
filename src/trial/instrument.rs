//! One entry of the instrument catalogue: facts about a scale, each with its source. No item texts, scoring keys or norm tables.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CutFact, Direction, McidFact, NormFact, ReliabilityFact, ResponseFact, ScoreRange};
use crate::decimal::Decimal;

/// A scale, as a plan needs it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    pub id: String,
    pub name: String,
    /// Short label for tables and figures, e.g. `BDI-II`.
    pub abbreviation: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name_ja: Option<String>,
    /// Other spellings that headers use, compared without case, spaces and punctuation.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub aliases: Vec<String>,
    pub domain: String,
    pub direction: Direction,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub range: Option<ScoreRange>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub step: Option<Decimal>,
    /// Unit for axes; absent means points.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub bands: Vec<Band>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bands_evidence: Option<Evidence>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bands_source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub citation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub doi: Option<String>,
    /// How well the entry is supported.
    pub evidence: Evidence,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub range_evidence: Option<Evidence>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub notes: Option<String>,
    /// Who gives the score: self, clinician, interview, performance …
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rater: Option<String>,
    /// What the score is: total, mean_item, t_score, seconds …
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub score_kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub items: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub subscales: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remission: Option<CutFact>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub response: Option<ResponseFact>,
    /// What is known of gains by taking the test again.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub practice_effect: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub license_note: Option<String>,
    /// Facts that were looked for and not found.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub unknown: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub mcid: Vec<McidFact>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reliability: Vec<ReliabilityFact>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub norm: Vec<NormFact>,
}

impl Instrument {
    /// Every spelling a header may use: id, abbreviation, names and aliases.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        [&self.id, &self.abbreviation, &self.name].into_iter().chain(&self.name_ja).chain(&self.aliases).map(String::as_str)
    }
}

/// A named severity band, both ends included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub label: String,
    pub min: Decimal,
    pub max: Decimal,
}

/// How well a fact is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Checked against a source.
    Seen,
    /// Follows from a seen fact (items × scale points).
    Derived,
    /// From general knowledge; to be verified before a claim rests on it.
    Recalled,
}
