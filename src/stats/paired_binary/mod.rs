//! A yes/no outcome of the same people before and after.
//!
//! Everything is read from four counts. The difference is the share with the outcome at post less that at pre; it is a
//! contrast *within* people, so intervals for two independent groups (SAS `RISKDIFF`, `prop.test`) do not apply.

mod difference;
mod mcnemar;
mod odds_ratio;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::NotEstimable;

pub use difference::{PairedDifference, paired_difference};
pub use mcnemar::{McNemar, mcnemar};
pub use odds_ratio::{PairedOddsRatio, paired_odds_ratio};

/// How many people had the outcome when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct PairedCounts {
    /// At pre and at post.
    pub both: u64,
    /// At pre, not at post: lost it.
    pub pre_only: u64,
    /// At post, not at pre: gained it.
    pub post_only: u64,
    pub neither: u64,
}

impl PairedCounts {
    /// Counts the pairs (had it at pre, had it at post).
    pub fn of(pairs: impl IntoIterator<Item = (bool, bool)>) -> Self {
        let mut counts = Self::default();
        for pair in pairs {
            *match pair {
                (true, true) => &mut counts.both,
                (true, false) => &mut counts.pre_only,
                (false, true) => &mut counts.post_only,
                (false, false) => &mut counts.neither,
            } += 1;
        }
        counts
    }

    pub fn n(&self) -> u64 {
        self.both + self.pre_only + self.post_only + self.neither
    }

    pub fn pre(&self) -> u64 {
        self.both + self.pre_only
    }

    pub fn post(&self) -> u64 {
        self.both + self.post_only
    }

    /// The number of pairs; refused without any.
    fn some(&self) -> Result<u64, NotEstimable> {
        match self.n() {
            0 => Err(NotEstimable::TooFewPairs { needed: 1, found: 0 }),
            n => Ok(n),
        }
    }

    /// The number of people whose state changed; refused without any.
    fn discordant(&self) -> Result<u64, NotEstimable> {
        self.some()?;
        match self.pre_only + self.post_only {
            0 => Err(NotEstimable::NoNonzeroChange),
            m => Ok(m),
        }
    }
}
