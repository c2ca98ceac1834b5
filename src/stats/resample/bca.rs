//! The bias-corrected and accelerated interval.

use crate::stats::distribution::normal;
use crate::stats::estimate::zero_sign_free;
use crate::stats::{Interval, NotEstimable};

/// BCa interval from an estimate, its replicates and its jackknife values (leave-one-out estimates).
///
/// z₀ = Φ⁻¹(share of replicates below the estimate), a = Σ L³ / (6 (Σ L²)^1.5) with L = (n − 1)(estimate − leave-one-out
/// estimate); the limits are the quantiles of the replicates at Φ(z₀ + (z₀ + z_α)/(1 − a(z₀ + z_α))), interpolated on the
/// normal scale. Where the order falls beyond the replicates the extreme one is taken.
/// Matches R: `boot.ci(b, type = "bca", L = empinf(b, type = "jack"))`. R's default takes regression influence values
/// instead. Source: Efron (1987); Davison & Hinkley (1997) §5.3 and eq. 5.8.
pub fn bca(estimate: f64, replicates: &[f64], jackknife: &[f64], conf_level: f64) -> Result<Interval, NotEstimable> {
    bca_in_place(estimate, &mut replicates.to_vec(), jackknife.iter().map(|value| (*value, 1)), jackknife.len(), conf_level)
}

/// The same with leave-one-out estimates given once with their multiplicity; reorders the replicates.
pub(super) fn bca_in_place(
    estimate: f64,
    replicates: &mut [f64],
    jackknife: impl Iterator<Item = (f64, u32)>,
    n: usize,
    conf_level: f64,
) -> Result<Interval, NotEstimable> {
    let refused = |why: &str| Err(NotEstimable::DegenerateBootstrap { why: why.into() });
    if !estimate.is_finite() || replicates.iter().any(|t| !t.is_finite()) {
        return refused("a replicate is not finite");
    }
    if replicates.windows(2).all(|w| w[0] == w[1]) {
        return refused("every replicate is equal");
    }
    let below = replicates.iter().filter(|t| **t < estimate).count();
    if below == 0 {
        return refused("no replicate lies below the estimate");
    }
    if below == replicates.len() {
        return refused("every replicate lies below the estimate");
    }
    let bias = normal::quantile(below as f64 / replicates.len() as f64);
    let influences: Vec<(f64, u32)> = jackknife.map(|(value, times)| ((n as f64 - 1.0) * (estimate - value), times)).collect();
    // The acceleration has no scale: in units of the largest influence no cube overflows or vanishes.
    let largest = influences.iter().fold(0.0_f64, |most, (influence, _)| most.max(influence.abs()));
    let (mut squares, mut cubes) = (0.0, 0.0);
    for (influence, times) in influences {
        let influence = influence / largest;
        let square = influence * influence * f64::from(times);
        squares += square;
        cubes += square * influence;
    }
    let acceleration = cubes / (6.0 * squares * libm::sqrt(squares));
    if !acceleration.is_finite() {
        return refused("the jackknife gives no acceleration");
    }
    let mut limits = [0.0; 2];
    for (limit, share) in limits.iter_mut().zip([(1.0 - conf_level) / 2.0, (1.0 + conf_level) / 2.0]) {
        let shifted = bias + normal::quantile(share);
        let denominator = 1.0 - acceleration * shifted;
        // METHOD: beyond this pole the adjusted level runs backwards; R goes on, we do not.
        if denominator <= 0.0 {
            return refused("the acceleration is too large for this level");
        }
        *limit = zero_sign_free(quantile(replicates, normal::cdf(bias + shifted / denominator)));
    }
    Ok(Interval { level: conf_level, lower: limits[0], upper: limits[1] })
}

/// The quantile at level `share`, interpolated between order statistics on the normal scale.
fn quantile(replicates: &mut [f64], share: f64) -> f64 {
    let size = replicates.len();
    let order = (size as f64 + 1.0) * share;
    let rank = order.floor();
    let below = (rank as usize).clamp(1, size);
    let (_, &mut value, rest) = replicates.select_nth_unstable_by(below - 1, f64::total_cmp);
    if rank < 1.0 || rank == order {
        return value;
    }
    let Some(next) = rest.iter().copied().min_by(f64::total_cmp) else { return value };
    let level = |rank: f64| normal::quantile(rank / (size as f64 + 1.0));
    let (from, to) = (level(rank), level(rank + 1.0));
    value + (normal::quantile(share) - from) / (to - from) * (next - value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(estimate: f64, replicates: &[f64], jackknife: &[f64]) -> String {
        bca(estimate, replicates, jackknife, 0.95).map_or_else(|reason| reason.to_string(), |interval| format!("{interval:?}"))
    }

    #[test]
    fn a_symmetric_bootstrap_gives_its_quantiles() {
        let replicates: Vec<f64> = (1..=999).map(f64::from).collect();
        // z₀ = Φ⁻¹(½) and a = 0: the 25th and the 975th of 1000 steps.
        let shares: Vec<f64> = replicates.iter().copied().chain([499.5]).collect();
        let interval = bca(500.0, &shares, &[499.0, 500.0, 501.0], 0.95);
        assert!(interval.is_ok_and(|i| (i.lower - 25.0).abs() < 1.0 && (i.upper - 975.0).abs() < 1.0));
    }

    #[test]
    fn degenerate_bootstraps_are_refused_by_name() {
        assert!(reason(1.0, &[1.0; 9], &[1.0, 2.0]).contains("every replicate is equal"));
        assert!(reason(0.0, &[1.0, 2.0, 3.0], &[1.0, 2.0]).contains("no replicate lies below"));
        assert!(reason(9.0, &[1.0, 2.0, 3.0], &[1.0, 2.0]).contains("every replicate lies below"));
        assert!(reason(2.0, &[1.0, 2.0, 3.0], &[2.0, 2.0]).contains("no acceleration"));
    }
}
