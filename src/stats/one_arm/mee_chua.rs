//! Mee and Chua's test of a change beyond regression to the mean.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::linear::{Line, mean_above};
use crate::stats::wald::Wald;
use crate::stats::{Column, Estimable, Inference, NotEstimable, Pairs};

/// The record of [`mee_chua`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MeeChua {
    pub n: usize,
    pub population_mean: f64,
    /// The intercept: the change expected of a person who started at the population mean.
    pub effect: Estimable<Wald>,
    pub slope: f64,
    pub slope_std_error: Estimable<f64>,
}

/// The regression of post − μ on pre − μ; its intercept is the effect, tested by t with n − 2 df.
///
/// The correlation is estimated from the sample and only μ is taken as known. Assumes a straight line with independent
/// errors of one variance. Intercept (ȳ − μ) − b (x̄ − μ), SE = s √(1/n + (x̄ − μ)²/S_xx).
/// Matches R: `lm(I(post - mu) ~ I(pre - mu))`. Source: Mee & Chua (1991), Am Stat 45:39.
pub fn mee_chua(pairs: &Pairs, population_mean: f64, inference: Inference) -> Result<MeeChua, NotEstimable> {
    let n = pairs.n();
    if n < 3 {
        return Err(NotEstimable::TooFewPairs { needed: 3, found: n });
    }
    // Regressing the change keeps the digits of the intercept: post on pre has slope + 1.
    let change = pairs.post().minus(pairs.pre());
    let line = Line::of(pairs.pre(), &change).ok_or(NotEstimable::ConstantColumn { visit: Column::Pre })?;
    let above = mean_above(pairs.pre(), population_mean);
    let estimate = line.mean_y - line.slope * above;
    let df = n as f64 - 2.0;
    let error = libm::sqrt(line.rss / df);
    let (effect, slope_std_error) = if line.rss == 0.0 {
        let perfect = || NotEstimable::NotComputed { why: "post lies on a straight line of pre".into() };
        (Err(perfect()), Err(perfect()))
    } else {
        let std_error = error * libm::hypot(1.0 / libm::sqrt(n as f64), above / libm::sqrt(line.ss_x));
        (Wald::new(estimate, std_error, Some(df), 0.0, inference), Ok(error / libm::sqrt(line.ss_x)))
    };
    if !(line.slope.is_finite() && estimate.is_finite()) {
        return Err(NotEstimable::Overflow);
    }
    Ok(MeeChua { n, population_mean, effect: effect.into(), slope: line.slope + 1.0, slope_std_error: slope_std_error.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals() {
        let two = Inference::two_sided(0.95);
        let ask = |pre: &[f64], post: &[f64]| mee_chua(&Pairs::from_f64(pre, post), 2.0, two);
        assert_eq!(ask(&[1.0, 2.0], &[2.0, 4.0]), Err(NotEstimable::TooFewPairs { needed: 3, found: 2 }));
        assert_eq!(ask(&[1.0; 4], &[2.0, 4.0, 1.0, 3.0]), Err(NotEstimable::ConstantColumn { visit: Column::Pre }));
        let line = ask(&[1.0, 2.0, 4.0], &[2.0, 4.0, 8.0]);
        assert!(line.is_ok_and(|r| r.slope == 2.0 && r.effect.ok().is_none()));
    }
}
