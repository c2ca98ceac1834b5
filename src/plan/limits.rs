//! The bounds of numbers in a plan.

use std::ops::RangeInclusive;

/// Below: more doubt than confidence; 1 would be an interval without end.
pub(super) const CONF_LEVEL: (f64, f64) = (0.5, 1.0);

/// Fewer replicates leave the ends of an interval to chance.
pub(super) const BOOTSTRAP: RangeInclusive<u32> = 1_000..=1_000_000;

pub(super) const PERMUTATIONS: RangeInclusive<u32> = 1_000..=10_000_000;

/// More items than any scale has are a slip of the keyboard.
pub(super) const ITEMS: RangeInclusive<u32> = 1..=1_000;

pub(super) const DPI: RangeInclusive<u32> = 72..=1_200;
