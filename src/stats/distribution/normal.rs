//! The standard normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// ln √(2π).
pub(crate) const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;

/// P(Z ≤ z).
pub fn cdf(z: f64) -> f64 {
    sf(-z)
}

/// P(Z > z), right far into the tail.
///
/// ½ erfc(z/√2), with the rounding of z/√2 put right: in the tail erfc magnifies it by z². Matches R: `pnorm(z, lower.tail = FALSE)`.
pub fn sf(z: f64) -> f64 {
    // The low half of 1/√2, so that z/√2 = y + rest to 32 digits.
    const LOW: f64 = -4.833_646_656_726_457e-17;
    let y = z * FRAC_1_SQRT_2;
    let upper = libm::erfc(y);
    if z < 1.0 || upper == 0.0 {
        return 0.5 * upper;
    }
    let rest = libm::fma(z, FRAC_1_SQRT_2, -y) + z * LOW;
    0.5 * (upper - 2.0 / libm::sqrt(PI) * libm::exp(-y * y) * rest)
}

/// ln P(Z > z), finite wherever z² is.
pub fn log_sf(z: f64) -> f64 {
    if z < -1.0 {
        return libm::log1p(-sf(-z));
    }
    if z < 30.0 {
        return libm::log(sf(z));
    }
    // Asymptotic series of Mills' ratio; the next term is below 1e-16 of the first from z = 30 on.
    let u = 1.0 / (z * z);
    let series = 1.0 - u * (1.0 - u * (3.0 - u * (15.0 - u * (105.0 - u * (945.0 - u * 10395.0)))));
    -0.5 * z * z - libm::log(z) - LN_SQRT_2PI + libm::log(series)
}

/// Density at `z`.
pub fn pdf(z: f64) -> f64 {
    libm::exp(-0.5 * z * z - LN_SQRT_2PI)
}

/// The hazard φ(z) / P(Z > z).
pub(crate) fn hazard(z: f64) -> f64 {
    if z > 30.0 { z + 1.0 / z } else { pdf(z) / sf(z) }
}

/// The z with P(Z ≤ z) = `p`; infinite at 0 and 1, NaN outside.
///
/// Wichura's rational approximation, polished by one step of Halley's method on the tail probability.
/// Matches R: `qnorm(p)`. Source: Wichura (1988), AS 241.
pub fn quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    // From ½ on 1 − p is exact.
    if p > 0.5 { -lower_quantile(1.0 - p) } else { lower_quantile(p) }
}

/// For p ≤ ½.
fn lower_quantile(p: f64) -> f64 {
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    let z = wichura(p);
    let density = pdf(z);
    if density < 1e-290 {
        return z;
    }
    // In relative terms, because p may be near the smallest double.
    let u = (cdf(z) - p) / density;
    z - u / (1.0 + 0.5 * z * u)
}

/// AS 241 (PPND16) for p ≤ ½.
fn wichura(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * horner(&A, r) / horner(&B, r);
    }
    let r = libm::sqrt(-libm::log(p));
    let z = if r <= 5.0 { horner(&C, r - 1.6) / horner(&D, r - 1.6) } else { horner(&E, r - 5.0) / horner(&F, r - 5.0) };
    -z
}

/// The polynomial with `coefficients` in ascending order.
pub(crate) fn horner(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

const A: [f64; 8] = [
    3.387_132_872_796_366_5,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const B: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_659_7e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_854e3,
];
const C: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const D: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const E: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const F: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal};

    #[test]
    fn quantile_agrees_with_statrs_and_inverts_the_tail() {
        let standard = Normal::standard();
        for p in [1e-300, 1e-100, 1e-17, 1e-5, 0.001, 0.025, 0.07, 0.3, 0.499, 0.6, 0.975, 0.999_999] {
            let z = quantile(p);
            assert!((z / standard.inverse_cdf(p) - 1.0).abs() < 2e-15, "{p}");
            assert!((cdf(z) / p - 1.0).abs() < 4e-13, "{p}");
        }
        assert_eq!(quantile(0.5), 0.0);
        assert_eq!(quantile(0.975), -quantile(1.0 - 0.975));
        assert!(quantile(0.0).is_infinite() && quantile(1.5).is_nan());
    }

    #[test]
    fn tails_to_the_last_digits() {
        // 50-digit arithmetic.
        for (z, expected) in [(1.959_963_984_540_054, 0.025), (10.0, 7.619_853_024_160_526e-24), (37.0, 5.725_571_222_524_577e-300)] {
            assert!((sf(z) / expected - 1.0).abs() < 1e-14, "{z} {:e}", sf(z));
        }
        assert!((log_sf(30.0) - libm::log(sf(30.0))).abs() < 1e-12);
        assert!((log_sf(100.0) / -5_005.524_208_694_205 - 1.0).abs() < 1e-15);
        assert_eq!(log_sf(-50.0), 0.0);
        assert!((hazard(30.0) / hazard(30.000_001) - 1.0).abs() < 1e-5);
    }
}
