//! r = z/√N.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::signed_rank::signed_rank_asymptotic;
use crate::stats::{Changes, NotEstimable};

/// The record of [`wilcoxon_r`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WilcoxonR {
    /// N = all pairs.
    pub r_pairs: f64,
    /// N = pairs whose change is not zero.
    pub r_nonzero: f64,
}

/// r = z/√N of the signed-rank test, with the sign of the change.
///
/// z is that of dropped zeros without continuity correction. Publications divide by the number of all pairs or of the
/// non-zero ones: both are given. Matches R: `statistic(coin::wilcoxsign_test(y ~ x, zero.method = "Wilcoxon")) / sqrt(n)`.
/// Source: Rosenthal (1991).
pub fn wilcoxon_r(changes: &Changes) -> Result<WilcoxonR, NotEstimable> {
    let test = signed_rank_asymptotic(changes)?;
    let n_nonzero = (changes.n() - test.n_zero) as f64;
    Ok(WilcoxonR { r_pairs: test.z / libm::sqrt(changes.n() as f64), r_nonzero: test.z / libm::sqrt(n_nonzero) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_is_that_of_the_change() {
        let r = wilcoxon_r(&Changes::from_f64(&[-1.0, -2.0, -3.0, 0.0]));
        // W₊ = 0, mean 3, sd √3.5.
        let z = -3.0 / libm::sqrt(3.5);
        assert_eq!(r, Ok(WilcoxonR { r_pairs: z / 2.0, r_nonzero: z / libm::sqrt(3.0) }));
    }
}
