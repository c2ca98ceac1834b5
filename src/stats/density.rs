//! Kernel densities, for figures that show distributions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::distribution::normal;
use super::{Estimable, NotEstimable};
use crate::decimal::DoubleDouble;

/// The curves of one outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeDensity {
    pub pre: Estimable<Density>,
    pub post: Estimable<Density>,
    /// Of the bootstrap distribution of the mean change.
    pub bootstrap_mean_change: Estimable<Density>,
}

/// A density on an equally spaced grid: `density[i]` at `from + i · step`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Density {
    /// `normal kernel, bandwidth nrd0`.
    pub kernel: String,
    pub bandwidth: f64,
    pub from: f64,
    pub step: f64,
    pub density: Vec<f64>,
    /// Lowest and highest value of the curve where it was cut at the range of the scale.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cut: Option<[f64; 2]>,
}

/// Points of the curve.
const POINTS: usize = 128;
/// Up to so many values each is taken where it stands; beyond, on a fine grid.
const DIRECT: usize = 256;

/// Normal-kernel density of `values` on 128 points; `cut` bounds the curve at the ends of the scale.
///
/// f(x) = Σ φ((x − xᵢ)/h)/(n h) with the bandwidth `nrd0`, h = 0.9·min(sd, IQR/1.34)·n^(−1/5) (the sd alone where the IQR is 0),
/// from three bandwidths below the lowest value to three above the highest. The curve is cut at the ends of the scale, not
/// rescaled. Beyond 256 values they are first spread on a grid of at most an eighth of a bandwidth (linear binning).
/// Matches R: `bw.nrd0(x)`; `density(x)` up to its own binning. Source: Silverman (1986) eq. 3.31.
pub fn density(values: &[f64], cut: Option<[f64; 2]>) -> Result<Density, NotEstimable> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let bandwidth = bandwidth(&sorted)?;
    let (mut from, mut to) = (sorted[0] - 3.0 * bandwidth, sorted[sorted.len() - 1] + 3.0 * bandwidth);
    if let Some([lowest, highest]) = cut {
        // Values beyond the declared scale keep their place.
        from = from.max(lowest.min(sorted[0]));
        to = to.min(highest.max(sorted[sorted.len() - 1]));
    }
    curve(&sorted, bandwidth, from, to, cut)
}

/// The same of a sample whose far ends would stretch the curve: drawn between its outer 1/2000 quantiles.
pub(super) fn trimmed_density(values: &mut [f64]) -> Result<Density, NotEstimable> {
    values.sort_unstable_by(f64::total_cmp);
    let bandwidth = bandwidth(values)?;
    let (from, to) = (quantile(values, 0.0005), quantile(values, 0.9995));
    curve(values, bandwidth, from - bandwidth, to + bandwidth, None)
}

/// R's `bw.nrd0` of ascending values.
fn bandwidth(sorted: &[f64]) -> Result<f64, NotEstimable> {
    let n = sorted.len();
    if n < 2 {
        return Err(NotEstimable::TooFewPairs { needed: 2, found: n });
    }
    if sorted[0] == sorted[n - 1] {
        return Err(NotEstimable::NotComputed { why: "every value is equal: there is no density to draw".into() });
    }
    let mean = sorted.iter().map(|v| v / n as f64).collect::<DoubleDouble>().value();
    let squares: f64 = sorted.iter().map(|v| (v - mean) * (v - mean)).sum();
    let sd = libm::sqrt(squares / (n as f64 - 1.0));
    let iqr = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    let spread = if iqr > 0.0 { sd.min(iqr / 1.34) } else { sd };
    let bandwidth = 0.9 * spread * libm::pow(n as f64, -0.2);
    if bandwidth.is_finite() && bandwidth > 0.0 { Ok(bandwidth) } else { Err(NotEstimable::Overflow) }
}

/// Type 7.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = (sorted.len() - 1) as f64 * share;
    let low = place.floor() as usize;
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + (place - low as f64) * (sorted[high] - sorted[low])
}

fn curve(sorted: &[f64], bandwidth: f64, from: f64, to: f64, cut: Option<[f64; 2]>) -> Result<Density, NotEstimable> {
    let step = (to - from) / (POINTS - 1) as f64;
    if !(step.is_finite() && step > 0.0) {
        return Err(NotEstimable::Overflow);
    }
    let density = if sorted.len() <= DIRECT { direct(sorted, bandwidth, from, step) } else { binned(sorted, bandwidth, from, step) };
    Ok(Density { kernel: "normal kernel, bandwidth nrd0".into(), bandwidth, from, step, density, cut })
}

fn direct(sorted: &[f64], bandwidth: f64, from: f64, step: f64) -> Vec<f64> {
    let at = |point: usize| {
        let x = from + point as f64 * step;
        sorted.iter().map(|value| normal::pdf((x - value) / bandwidth)).sum::<f64>() / (sorted.len() as f64 * bandwidth)
    };
    (0..POINTS).map(at).collect()
}

/// Each value shared between its two neighbours on a grid that subdivides the curve's own; kernel weights by distance
/// on that grid, so that one table serves all points.
fn binned(sorted: &[f64], bandwidth: f64, from: f64, step: f64) -> Vec<f64> {
    let per_step = libm::ceil(8.0 * step / bandwidth).clamp(1.0, 64.0) as usize;
    let fine = step / per_step as f64;
    let reach = libm::ceil(8.0 * bandwidth / fine) as usize;
    // Bins beyond the curve on either side, as far as the kernel reaches.
    let bins = (POINTS - 1) * per_step + 2 * reach + 1;
    let mut counts = vec![0.0_f64; bins];
    for value in sorted {
        let place = (value - from) / fine + reach as f64;
        if place >= 0.0 && place < (bins - 1) as f64 {
            let low = place as usize;
            counts[low + 1] += place - low as f64;
            counts[low] += 1.0 - (place - low as f64);
        }
    }
    let scale = 1.0 / (sorted.len() as f64 * bandwidth);
    let kernel: Vec<f64> = (0..=reach).map(|k| scale * normal::pdf(k as f64 * fine / bandwidth)).collect();
    let at = |point: usize| {
        let centre = point * per_step + reach;
        let sides = (1..=reach).map(|k| kernel[k] * (counts[centre - k] + counts[centre + k]));
        kernel[0] * counts[centre] + sides.sum::<f64>()
    };
    (0..POINTS).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_density_holds_all_of_its_mass() {
        let few: Vec<f64> = (0..40).map(|i| f64::from(i * i % 23)).collect();
        let many: Vec<f64> = (0..5000).map(|i| f64::from(i * 17 % 1009)).collect();
        for values in [few, many] {
            let mass = density(&values, None).map(|d| d.density.iter().sum::<f64>() * d.step);
            assert!(mass.as_ref().is_ok_and(|m| (m - 1.0).abs() < 0.005), "{mass:?}");
        }
    }

    #[test]
    fn binning_moves_the_curve_by_less_than_a_line_width() {
        let mut values: Vec<f64> = (0..2000).map(|i| libm::sin(f64::from(i)) * 10.0 + f64::from(i % 7)).collect();
        values.sort_unstable_by(f64::total_cmp);
        let h = bandwidth(&values).unwrap_or(1.0);
        let (direct, binned) = (direct(&values, h, -12.0, 0.25), binned(&values, h, -12.0, 0.25));
        let highest = direct.iter().copied().fold(0.0, f64::max);
        let worst = direct.iter().zip(&binned).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(worst < 0.002 * highest, "{worst} of {highest}");
    }

    #[test]
    fn the_curve_ends_with_the_scale() {
        let curve = density(&[0.0, 1.0, 3.0, 10.0], Some([0.0, 10.0]));
        assert!(curve.is_ok_and(|d| d.from == 0.0 && (d.from + 127.0 * d.step - 10.0).abs() < 1e-12));
        assert!(density(&[2.0, 2.0], None).is_err() && density(&[2.0], None).is_err());
    }
}
