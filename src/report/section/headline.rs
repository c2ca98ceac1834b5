//! The headline effect of an outcome as text, benefit-coded where the scale has a better direction.

use crate::report::source::Source;
use crate::report::words;
use crate::results::number;
use crate::stats::{Estimable, Interval, NotEstimable};
use crate::trial::Outcome;

/// Digits of effect sizes.
pub(super) const DIGITS: usize = 2;

/// The headline effect as it is shown.
pub(super) struct Headline<'a> {
    pub estimate: f64,
    pub interval: &'a Estimable<Interval>,
    /// Whether positive means improved; else the sign is that of the change.
    pub is_benefit: bool,
}

/// The headline effect of `outcome`, or why there is none.
pub(super) fn headline<'a>(source: &Source<'a>, outcome: &Outcome) -> Option<Result<Headline<'a>, &'a NotEstimable>> {
    Some(source.effect(&outcome.id, source.headline())?.map(|effect| match &effect.benefit {
        Some(benefit) => Headline { estimate: benefit.estimate, interval: &benefit.interval, is_benefit: true },
        None => Headline { estimate: effect.estimate, interval: &effect.interval, is_benefit: false },
    }))
}

impl Headline<'_> {
    /// `0.62 (95 % CI 0.35 to 0.89)`, or the reason in place of the interval.
    pub fn with_interval(&self) -> String {
        let interval = match self.interval.as_result() {
            Ok(interval) => number::labelled_interval(interval.level, &number::interval(interval, DIGITS)),
            Err(why) => format!("no interval: {}", words::reason(why)),
        };
        format!("{} ({interval})", number::fixed(self.estimate, DIGITS))
    }
}
