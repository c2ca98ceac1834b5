//! Tests that the bands are as common at post as at pre.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ShiftTable;
use crate::stats::distribution::chi_squared;
use crate::stats::{NotEstimable, PValue};

/// The record of [`stuart_maxwell`] and [`bhapkar`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MarginalHomogeneity {
    pub statistic: f64,
    /// Bands that anybody left or entered, less one.
    pub df: usize,
    pub p: PValue,
    /// Bands set aside because nobody left or entered them (empty ones among them), counted from 0.
    pub levels_dropped: Vec<usize>,
}

/// The Stuart–Maxwell test that each band is as common at post as at pre.
///
/// Q = d′ S⁻¹ d with d_i = n_i. − n_.i, S_ii = n_i. + n_.i − 2 n_ii, S_ij = −(n_ij + n_ji), any one band left out; df = bands − 1.
/// Assumes independent people. Bands nobody left or entered say nothing and are dropped first; refused where nobody moved, and
/// where the rest falls into groups between which nobody moved (S is singular then). With two bands it is McNemar's test.
/// Matches R: `coin::mh_test(table, distribution = "asymptotic")`. Source: Stuart (1955) Biometrika 42:412; Maxwell (1970).
pub fn stuart_maxwell(table: &ShiftTable) -> Result<MarginalHomogeneity, NotEstimable> {
    let (statistic, df, levels_dropped) = quadratic_form(table)?;
    let p = PValue::new(chi_squared::sf(statistic, df as f64)).ok_or(NotEstimable::Overflow)?;
    Ok(MarginalHomogeneity { statistic, df, p, levels_dropped })
}

/// Bhapkar's test of the same: W = Q/(1 − Q/n), the Wald form with the variance not restricted by the null.
///
/// Slightly more powerful than Stuart–Maxwell, equal to it as n grows. Refused as that one is, and where Q = n.
/// Matches R: `irr::bhapkar` (not in Debian; the Wald form is written out). Source: Bhapkar (1966) JASA 61:228; Keefe (1982).
pub fn bhapkar(table: &ShiftTable) -> Result<MarginalHomogeneity, NotEstimable> {
    let (q, df, levels_dropped) = quadratic_form(table)?;
    let n = table.n() as f64;
    // Within rounding of n the Wald variance is 0.
    if n - q <= 1e-12 * n {
        return Err(NotEstimable::NotComputed { why: "the bands at pre tell the bands at post: the Wald variance is zero".into() });
    }
    let statistic = q / (1.0 - q / n);
    let p = PValue::new(chi_squared::sf(statistic, df as f64)).ok_or(NotEstimable::Overflow)?;
    Ok(MarginalHomogeneity { statistic, df, p, levels_dropped })
}

/// Q, its degrees of freedom, and the bands set aside.
fn quadratic_form(table: &ShiftTable) -> Result<(f64, usize, Vec<usize>), NotEstimable> {
    let counts = table.counts();
    let moved = |i: usize, j: usize| if i == j { 0 } else { counts[i][j] + counts[j][i] };
    let all = 0..table.levels();
    // METHOD: a band with stayers only is dropped like an empty one. Its d and its row of S are 0, so the generalised
    // inverse (coin) gives the same Q and the same df.
    let (used, levels_dropped): (Vec<usize>, Vec<usize>) = all.clone().partition(|&i| all.clone().any(|j| moved(i, j) > 0));
    if used.is_empty() {
        return Err(NotEstimable::NoNonzeroChange);
    }
    // S is the Laplacian of the graph of moves: regular without one band exactly where that graph hangs together.
    let mut reached = vec![used[0]];
    let mut next = 0;
    while let Some(&from) = reached.get(next) {
        reached.extend(used.iter().filter(|&&to| moved(from, to) > 0 && !reached.contains(&to)).copied().collect::<Vec<_>>());
        next += 1;
    }
    if reached.len() < used.len() {
        return Err(NotEstimable::NotComputed {
            why: "the bands fall into groups between which nobody moved: their shares cannot be compared in one test".into(),
        });
    }
    let (pre, post) = (table.pre(), table.post());
    let kept = &used[..used.len() - 1];
    let difference: Vec<f64> = kept.iter().map(|&i| pre[i] as f64 - post[i] as f64).collect();
    let variance = kept
        .iter()
        .map(|&i| {
            let diagonal: u64 = all.clone().map(|j| moved(i, j)).sum();
            kept.iter().map(|&j| if i == j { diagonal as f64 } else { -(moved(i, j) as f64) }).collect()
        })
        .collect();
    Ok((inverse_form(variance, &difference), kept.len(), levels_dropped))
}

/// d′ S⁻¹ d for a positive definite S, by Cholesky: S = LL′, the square of the solution of L y = d.
fn inverse_form(mut s: Vec<Vec<f64>>, d: &[f64]) -> f64 {
    let mut y = d.to_vec();
    for j in 0..d.len() {
        for i in j..d.len() {
            let dot: f64 = (0..j).map(|k| s[i][k] * s[j][k]).sum();
            let rest = s[i][j] - dot;
            s[i][j] = if i == j { libm::sqrt(rest) } else { rest / s[j][j] };
        }
        let dot: f64 = (0..j).map(|k| s[j][k] * y[k]).sum();
        y[j] = (y[j] - dot) / s[j][j];
    }
    y.iter().map(|v| v * v).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::shift::bowker;

    fn table(counts: &[&[u64]]) -> ShiftTable {
        ShiftTable::from_counts(counts.iter().map(|row| row.to_vec()).collect()).unwrap_or_else(|why| panic!("{why}"))
    }

    /// Unaided distance vision of 7477 women (Stuart 1955): 11.96 on 3; Bhapkar 11.98; Bowker 19.11 on 6 (Agresti 2013 §11.4).
    #[test]
    fn published() {
        let vision = table(&[&[1520, 266, 124, 66], &[234, 1512, 432, 78], &[117, 362, 1772, 205], &[36, 82, 179, 492]]);
        let rounded = |x: f64| libm::round(x * 100.0) / 100.0;
        assert_eq!(stuart_maxwell(&vision).map(|r| (rounded(r.statistic), r.df)), Ok((11.96, 3)));
        assert_eq!(bhapkar(&vision).map(|r| (rounded(r.statistic), r.df)), Ok((11.98, 3)));
        assert_eq!(bowker(&vision).map(|r| (rounded(r.statistic), r.df)), Ok((19.11, 6)));
    }

    #[test]
    fn empty_levels_stayers_and_split_bands() {
        let plain = table(&[&[4, 7], &[2, 5]]);
        let padded = table(&[&[4, 0, 7, 0], &[0, 0, 0, 0], &[2, 0, 5, 0], &[0, 0, 0, 9]]);
        let both = [stuart_maxwell(&plain), stuart_maxwell(&padded)].map(|r| r.map(|r| (r.statistic, r.df, r.levels_dropped)));
        let [Ok(plain), Ok(padded)] = both else { panic!("{both:?}") };
        assert!((plain.0 - 25.0 / 9.0).abs() < 1e-14 && plain.0 == padded.0);
        assert_eq!((plain.1, plain.2, padded.1, padded.2), (1, vec![], 1, vec![1, 3]));
        assert_eq!(stuart_maxwell(&table(&[&[3, 0], &[0, 2]])), Err(NotEstimable::NoNonzeroChange));
        let split = table(&[&[1, 3, 0, 0], &[1, 1, 0, 0], &[0, 0, 1, 2], &[0, 0, 4, 1]]);
        assert!(stuart_maxwell(&split).is_err() && bhapkar(&split).is_err());
        assert!(bowker(&split).is_ok_and(|r| r.df == 2));
        assert!(bhapkar(&table(&[&[0, 4], &[0, 0]])).is_err());
        assert!(stuart_maxwell(&table(&[])).is_err() && bowker(&table(&[])).is_err());
    }

    /// The first two marginal differences sum to 0: a known package then returns p = 1.
    #[test]
    fn differences_that_cancel_are_not_nothing() {
        let t = table(&[&[5, 9, 2], &[1, 5, 3], &[3, 2, 5]]);
        assert_eq!((t.pre()[0] + t.pre()[1]) - (t.post()[0] + t.post()[1]), 0);
        // S = (15, −10; −10, 15), d = (7, −7): Q = 49 (15 − 20 + 15)/125, p = exp(−Q/2).
        assert!(stuart_maxwell(&t).is_ok_and(|r| (r.statistic - 3.92).abs() < 1e-13 && (r.p.get() - libm::exp(-1.96)).abs() < 1e-13));
    }
}
