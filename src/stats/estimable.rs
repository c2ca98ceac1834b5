//! Why there is no number, and what qualifies one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A refusal: why a quantity cannot be estimated from these data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum NotEstimable {
    #[error("needs at least {needed} pairs, found {found}")]
    TooFewPairs { needed: usize, found: usize },
    #[error("every change is equal")]
    ConstantChange,
    #[error("no change differs from zero")]
    NoNonzeroChange,
    #[error("every {visit} score is equal")]
    ConstantColumn { visit: Column },
    #[error("the bootstrap distribution is degenerate ({why})")]
    DegenerateBootstrap { why: String },
    #[error("no interval from {n} pairs attains the {level} level (the widest attains {attainable})")]
    LevelUnattainable { n: usize, level: f64, attainable: f64 },
    #[error("no calibrated interval is known")]
    NoCalibratedInterval,
    #[error("the exact distribution is not computed for {n} pairs (limit {limit})")]
    TooManyForExact { n: usize, limit: usize },
    #[error("{n} values lie outside what {method} is defined for ({needed})")]
    OutsideDomain { method: String, n: usize, needed: String },
    #[error("the number is beyond what a double holds")]
    Overflow,
    #[error("not computed: {why}")]
    NotComputed { why: String },
    #[error("no {fact} is known: add {add}")]
    FactUnknown { fact: String, add: String },
    #[error("withheld: fewer than {min_cell} people")]
    Withheld { min_cell: usize },
}

/// Which column a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    Pre,
    Post,
    Change,
}

impl std::fmt::Display for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Column::Pre => "pre",
            Column::Post => "post",
            Column::Change => "change",
        })
    }
}

/// A stored value or a stored refusal: what results hold, so that no number is ever silently absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Estimable<T> {
    Estimated(T),
    NotEstimable(NotEstimable),
}

impl<T> Estimable<T> {
    pub fn ok(&self) -> Option<&T> {
        match self {
            Estimable::Estimated(value) => Some(value),
            Estimable::NotEstimable(_) => None,
        }
    }

    pub fn reason(&self) -> Option<&NotEstimable> {
        match self {
            Estimable::Estimated(_) => None,
            Estimable::NotEstimable(reason) => Some(reason),
        }
    }

    pub fn map<U>(&self, f: impl FnOnce(&T) -> U) -> Estimable<U> {
        match self {
            Estimable::Estimated(value) => Estimable::Estimated(f(value)),
            Estimable::NotEstimable(reason) => Estimable::NotEstimable(reason.clone()),
        }
    }

    pub fn as_result(&self) -> Result<&T, &NotEstimable> {
        match self {
            Estimable::Estimated(value) => Ok(value),
            Estimable::NotEstimable(reason) => Err(reason),
        }
    }
}

impl<T> From<Result<T, NotEstimable>> for Estimable<T> {
    fn from(result: Result<T, NotEstimable>) -> Self {
        match result {
            Ok(value) => Estimable::Estimated(value),
            Err(reason) => Estimable::NotEstimable(reason),
        }
    }
}

/// What qualifies a number that is shown. Renderers print the text; scripts read the tag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    #[error(
        "the changes are clearly skewed (skewness {skewness:.2}): the normal-theory interval may cover less than it says; see the bootstrap interval"
    )]
    SkewedChanges { skewness: f64 },
    #[error("below about 10 pairs the bootstrap interval covers less than it says")]
    FewPairsForBootstrap { n: usize },
    #[error("{used} bootstrap replicates instead of the planned {planned}, so that n = {n} stays within the work limit")]
    FewerReplicates { planned: usize, used: usize, n: usize },
    #[error("scores whose digits together are more than can be kept (30) were taken as doubles: ties are judged in binary")]
    InexactScores,
    #[error("p is below 1e-300")]
    TinyP,
    #[error("ties and the discreteness of few pairs make the interval conservative: it attains {achieved:.4}")]
    Conservative { achieved: f64 },
    #[error("{percent:.0} % of the {visit} scores stand at the {end} of the scale")]
    ScaleEnd { visit: Column, end: ScaleEnd, percent: f64 },
    #[error("the scale has no better direction: nothing is benefit-coded")]
    NoDirection,
    #[error("one-sided p ({alternative}); the interval is two-sided")]
    OneSided { alternative: String },
    #[error("{text}")]
    Text { text: String },
}

/// An end of an instrument's range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScaleEnd {
    Floor,
    Ceiling,
}

impl std::fmt::Display for ScaleEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            ScaleEnd::Floor => "floor",
            ScaleEnd::Ceiling => "ceiling",
        })
    }
}
