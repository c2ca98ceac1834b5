//! What those not followed could do to a share.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Proportion, proportion};
use crate::stats::NotEstimable;

/// The share if none, or all, of those not followed had the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bounds {
    pub n_missing: u64,
    /// None of them: count of N.
    pub worst: Proportion,
    /// All of them: (count + missing) of N.
    pub best: Proportion,
}

/// Worst and best case of `count` among `n` followed, of `enrolled` people in all: x/N and (x + N − n)/N.
///
/// Assumes nothing about those missing; the intervals hold sampling error on top. *Worst* is worst where the outcome is
/// wanted (remission); for an unwanted one (deterioration) the two change places. Refused where fewer are enrolled than followed.
/// Source: Manski (1989) J Hum Resources 24:343.
pub fn bounds(count: u64, n: u64, enrolled: u64, conf_level: f64) -> Result<Bounds, NotEstimable> {
    let Some(n_missing) = enrolled.checked_sub(n).filter(|_| count <= n) else {
        return Err(NotEstimable::NotComputed { why: format!("{count} of {n} followed cannot be among {enrolled} enrolled") });
    };
    let worst = proportion(count, enrolled, conf_level)?;
    let best = proportion(count + n_missing, enrolled, conf_level)?;
    Ok(Bounds { n_missing, worst, best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_of_twenty_followed_of_thirty() {
        let b = bounds(7, 20, 30, 0.95).map(|b| (b.n_missing, b.worst.share, b.best.count, b.best.share));
        assert_eq!(b, Ok((10, 7.0 / 30.0, 17, 17.0 / 30.0)));
        assert!(bounds(7, 20, 19, 0.95).is_err() && bounds(21, 20, 30, 0.95).is_err());
        assert!(bounds(0, 0, 5, 0.95).is_ok_and(|b| b.worst.count == 0 && b.best.count == 5));
    }
}
