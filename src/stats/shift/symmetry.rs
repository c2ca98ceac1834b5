//! Bowker's test of symmetry.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ShiftTable;
use crate::stats::distribution::chi_squared;
use crate::stats::{NotEstimable, PValue};

/// The record of [`bowker`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bowker {
    pub statistic: f64,
    /// Pairs of mirrored cells with any count.
    pub df: usize,
    pub p: PValue,
}

/// Bowker's test that a move from band i to j is as common as one from j to i, for every pair of bands.
///
/// X² = Σ_{i<j} (n_ij − n_ji)²/(n_ij + n_ji) over the pairs with any count; df is their number. Assumes independent people and
/// enough moves (some 5 a pair); refused where nobody moved. With two bands it is McNemar's test without correction.
/// Matches R: `mcnemar.test(table)` for more than two bands without empty pairs (with one, R gives NaN).
/// Source: Bowker (1948) JASA 43:572.
pub fn bowker(table: &ShiftTable) -> Result<Bowker, NotEstimable> {
    let counts = table.counts();
    let (mut statistic, mut df) = (0.0, 0_usize);
    for (i, row) in counts.iter().enumerate() {
        for (j, &above) in row.iter().enumerate().skip(i + 1) {
            let (above, below) = (above as f64, counts[j][i] as f64);
            if above + below > 0.0 {
                statistic += (above - below) * (above - below) / (above + below);
                df += 1;
            }
        }
    }
    if df == 0 {
        return Err(NotEstimable::NoNonzeroChange);
    }
    let p = PValue::new(chi_squared::sf(statistic, df as f64)).ok_or(NotEstimable::Overflow)?;
    Ok(Bowker { statistic, df, p })
}
