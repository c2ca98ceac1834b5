//! The shared parts of every statistical record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Estimable, NotEstimable};

/// A two-sided interval at `level`, in the units of its estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Interval {
    /// Nominal confidence level, e.g. 0.95.
    pub level: f64,
    pub lower: f64,
    pub upper: f64,
}

impl Interval {
    pub fn contains(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// The same interval of the negated quantity.
    pub fn negated(&self) -> Self {
        Self { level: self.level, lower: zero_sign_free(-self.upper), upper: zero_sign_free(-self.lower) }
    }
}

/// `−0` printed as a number would be a curiosity at best.
pub(crate) fn zero_sign_free(value: f64) -> f64 {
    if value == 0.0 { 0.0 } else { value }
}

/// What a test is asked: the level of its interval and the direction of its p-value, in terms of `change = post − pre`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inference {
    pub conf_level: f64,
    pub alternative: Alternative,
}

impl Inference {
    pub fn two_sided(conf_level: f64) -> Self {
        Self { conf_level, alternative: Alternative::TwoSided }
    }

    /// α = 1 − confidence level.
    pub fn alpha(self) -> f64 {
        1.0 - self.conf_level
    }
}

/// The alternative hypothesis about the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Alternative {
    TwoSided,
    /// The change is positive.
    Greater,
    /// The change is negative.
    Less,
}

/// A p-value in (0, 1]: never 0, never above 1, never NaN.
///
/// Values below 1e-300 are held at 1e-300, which every writer prints as `< 1e-300`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct PValue(f64);

impl PValue {
    pub const SMALLEST: f64 = 1e-300;

    /// `None` for NaN.
    pub fn new(value: f64) -> Option<Self> {
        (!value.is_nan()).then(|| Self(value.clamp(Self::SMALLEST, 1.0)))
    }

    /// From the two tails of a distribution: `lower = P(T ≤ t)`, `upper = P(T ≥ t)`.
    pub fn from_tails(lower: f64, upper: f64, alternative: Alternative) -> Result<Self, NotEstimable> {
        let p = match alternative {
            Alternative::TwoSided => 2.0 * lower.min(upper),
            Alternative::Greater => upper,
            Alternative::Less => lower,
        };
        Self::new(p).ok_or(NotEstimable::Overflow)
    }

    pub fn get(self) -> f64 {
        self.0
    }

    /// Whether the true value is at or below what is held.
    pub fn is_floor(self) -> bool {
        self.0 <= Self::SMALLEST
    }
}

/// An effect coded so that positive means improved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Benefit {
    pub estimate: f64,
    pub interval: Estimable<Interval>,
}

/// One named number of a record, for the tidy rows.
pub type Statistic = (&'static str, Estimable<f64>);
