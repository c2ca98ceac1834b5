//! Matched-pairs rank-biserial correlation.

use super::Effect;
use crate::decimal::exact_ratio;
use crate::stats::paired::Zeros;
use crate::stats::rank::SignedRanks;
use crate::stats::{Changes, Estimable, NotEstimable};

/// Matched-pairs rank-biserial correlation: the rank sum of the improved less that of the worsened, over all of it.
///
/// (W₊ − W₋)/(m(m + 1)/2) over the m non-zero changes with [`Zeros::Drop`]; with [`Zeros::Pratt`] zeros are ranked and
/// count as neither: (W₊ − W₋)/(n(n + 1)/2). Between −1 and 1, positive where the changes are. The interval comes from
/// [`crate::stats::resample::bootstrap`]. Matches R: `effectsize::rank_biserial(post, pre, paired = TRUE)` for dropped
/// zeros. Source: Kerby (2014), King, Rosopa & Minium (2018).
pub fn rank_biserial(changes: &Changes, zeros: Zeros) -> Result<Effect, NotEstimable> {
    let ranks = SignedRanks::new(&changes.keys(), zeros);
    if ranks.n_nonzero == 0 {
        return Err(NotEstimable::NoNonzeroChange);
    }
    let ranked = match zeros {
        Zeros::Drop => ranks.n_nonzero,
        Zeros::Pratt => changes.n(),
    } as i128;
    let difference = i128::from(ranks.doubled_plus()) - i128::from(ranks.doubled_minus());
    let refused = |why: &str| NotEstimable::NotComputed { why: why.into() };
    Ok(Effect {
        estimate: exact_ratio(difference, ranked * (ranked + 1)),
        std_error: Estimable::NotEstimable(refused("the interval is a bootstrap interval")),
        interval: Estimable::NotEstimable(refused("the interval comes from the bootstrap")),
        hedges: None,
        hedges_ri: None,
        benefit: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_dropped_or_count_as_neither() {
        let changes = Changes::from_f64(&[0.0, 1.0, 2.0, -3.0]);
        // Drop: ranks 1, 2 against 3. Pratt: ranks 2, 3 against 4, of 10.
        assert_eq!(rank_biserial(&changes, Zeros::Drop).map(|e| e.estimate), Ok(0.0));
        assert_eq!(rank_biserial(&changes, Zeros::Pratt).map(|e| e.estimate), Ok(0.1));
    }
}
