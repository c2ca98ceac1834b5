//! The mean change when post scores are missing at random.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Followed;
use crate::stats::linear::{Line, centred, mean_difference, products};
use crate::stats::paired::paired_t;
use crate::stats::wald::Wald;
use crate::stats::{Column, Estimable, Inference, NotEstimable};

/// The record of [`mar_change`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MarChange {
    /// People with a pre score, who are estimated for.
    pub n: usize,
    /// Of them, with a post score.
    pub m: usize,
    /// People with a post score only, who are left out.
    pub post_only: usize,
    /// Slope of post on pre among the observed.
    pub slope: f64,
    pub mean_pre: f64,
    pub mean_post: f64,
    pub mean_change: f64,
    /// The mean change of the complete pairs, for comparison; biased where dropout depends on baseline.
    pub complete_mean_change: f64,
    pub standard_errors: StandardErrors,
}

/// The three standard errors in use, each with its test and interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StandardErrors {
    /// The default. With nobody missing: the paired t.
    pub small_sample: Estimable<Wald>,
    /// As an unstructured mixed model prints it (restricted likelihood), t with m − 1 df.
    pub mixed_model: Estimable<Wald>,
    /// Maximum likelihood with z.
    pub maximum_likelihood: Estimable<Wald>,
}

/// The mean change of all who have a pre score, post scores missing at random.
///
/// Assumes bivariate normal scores and that, given the pre score, missing does not depend on the post score. Of n people
/// m have a post score, b is the slope of post on pre among them, D = x̄_all − x̄_observed: post mean ȳ + b D.
/// With S_xx and RSS over the observed and S₁ = Σ(x − x̄)² over all n, the squared standard errors are
///   small sample       RSS/(m − 2) · (1/m + D²/S_xx) + (b − 1)² S₁/(n (n − 1)), t with m − 2 df;
///   mixed model        RSS/(m − 1) · 1/m + (b − 1)² S₁/(n (n − 1)), t with m − 1 df: the slope is taken as known;
///   maximum likelihood RSS/m · (1/m + D²/S_xx) + (b − 1)² S₁/n², z.
/// At m = n the small-sample form is the paired t, which the mixed model equals there. People with a post score only are
/// left out and counted. Refused below four pairs and where every observed pre score is equal.
/// Reference in R: `nlme::gls(score ~ visit, correlation = corSymm(form = ~ as.integer(visit) | id), weights = varIdent(form = ~ 1 | visit),
/// na.action = na.omit)` for the estimate and the mixed-model form. Source: Anderson (1957), JASA 52:200; Little & Rubin (2019), 7.2.
// METHOD: the mixed model is referred to t with m − 1 df, its Satterthwaite df at m = n; programs differ (z, residual df).
pub fn mar_change(followed: &Followed, inference: Inference) -> Result<MarChange, NotEstimable> {
    let pairs = followed.pairs();
    let (m, n) = (pairs.n(), followed.all_pre().len());
    if m < 4 {
        return Err(NotEstimable::TooFewPairs { needed: 4, found: m });
    }
    // The regression of the change on pre: its slope is b − 1, its residuals are those of post.
    let change = pairs.post().minus(pairs.pre());
    let line = Line::of(pairs.pre(), &change).ok_or(NotEstimable::ConstantColumn { visit: Column::Pre })?;
    let mean_pre = followed.all_pre().mean();
    let gap = if m == n { 0.0 } else { mean_difference(followed.all_pre(), pairs.pre()) };
    let mean_change = line.mean_y + line.slope * gap;
    let all = centred(followed.all_pre());
    let s1 = products(&all, &all);
    if ![mean_change, mean_pre, line.slope, line.ss_x, line.rss, s1].iter().all(|value| value.is_finite()) {
        return Err(NotEstimable::Overflow);
    }
    let (of_n, of_m) = (n as f64, m as f64);
    let by_slope = line.slope * line.slope * s1;
    let distance = 1.0 / of_m + gap / line.ss_x * gap;
    let test = |squared: f64, df: Option<f64>| Wald::new(mean_change, libm::sqrt(squared), df, 0.0, inference);
    let small_sample = if m == n {
        complete(followed, inference)
    } else {
        test(line.rss / (of_m - 2.0) * distance + by_slope / (of_n * (of_n - 1.0)), Some(of_m - 2.0))
    };
    let mixed_model = test(line.rss / (of_m - 1.0) / of_m + by_slope / (of_n * (of_n - 1.0)), Some(of_m - 1.0));
    let maximum_likelihood = test(line.rss / of_m * distance + by_slope / (of_n * of_n), None);
    Ok(MarChange {
        n,
        m,
        post_only: followed.pattern().post_only,
        slope: line.slope + 1.0,
        mean_pre,
        mean_post: mean_pre + mean_change,
        mean_change,
        complete_mean_change: pairs.changes().mean(),
        standard_errors: StandardErrors {
            small_sample: small_sample.into(),
            mixed_model: mixed_model.into(),
            maximum_likelihood: maximum_likelihood.into(),
        },
    })
}

/// Nobody is missing: the paired t itself.
fn complete(followed: &Followed, inference: Inference) -> Result<Wald, NotEstimable> {
    let t = paired_t(followed.pairs().changes(), 0.0, inference)?;
    let why = NotEstimable::clone;
    Ok(Wald {
        estimate: t.mean_change,
        std_error: *t.std_error.as_result().map_err(why)?,
        statistic: *t.t.as_result().map_err(why)?,
        df: Some(t.df),
        p: *t.p.as_result().map_err(why)?,
        interval: *t.interval.as_result().map_err(why)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Pairs;

    const TWO: Inference = Inference { conf_level: 0.95, alternative: crate::stats::Alternative::TwoSided };

    #[test]
    fn with_nobody_missing_it_is_the_paired_t() {
        let (pre, post) = ([21.3, 18.4, 25.0, 30.1, 22.2], [18.1, 18.8, 18.9, 27.9, 22.2]);
        let people: Vec<_> = pre.iter().zip(post).map(|(x, y)| (Some(*x), Some(y))).collect();
        let mar = mar_change(&Followed::from_f64(&people), TWO).unwrap();
        let t = paired_t(Pairs::from_f64(&pre, &post).changes(), 0.0, TWO).unwrap();
        let small = mar.standard_errors.small_sample.ok().unwrap();
        assert_eq!((small.estimate, small.df, Some(&small.std_error)), (t.mean_change, Some(4.0), t.std_error.ok()));
        assert_eq!((Some(&small.p), Some(&small.interval)), (t.p.ok(), t.interval.ok()));
        let mixed = mar.standard_errors.mixed_model.ok().unwrap();
        assert!((mixed.std_error / small.std_error - 1.0).abs() < 1e-14);
    }

    /// A thousand million added to every score: the means agree to eight digits only, their difference to all.
    #[test]
    fn a_common_offset_costs_no_digits() {
        let people = |offset: f64| {
            let both = [(20.0, 14.0), (24.0, 17.5), (31.0, 22.0), (18.0, 15.0), (27.0, 20.5)];
            let mut people: Vec<_> = both.iter().map(|(x, y)| (Some(x + offset), Some(y + offset))).collect();
            people.extend([(Some(33.1 + offset), None), (Some(30.0 + offset), None)]);
            mar_change(&Followed::from_f64(&people), TWO).unwrap()
        };
        let (near, far) = (people(0.0), people(1e9));
        let p = |mar: &MarChange| mar.standard_errors.small_sample.ok().unwrap().p.get();
        assert!((far.mean_change / near.mean_change - 1.0).abs() < 1e-14 && (p(&far) / p(&near) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn refusals_and_the_left_out() {
        let few = [(Some(1.0), Some(2.0)), (Some(2.0), Some(1.0)), (Some(4.0), Some(3.0)), (Some(9.0), None)];
        assert_eq!(mar_change(&Followed::from_f64(&few), TWO), Err(NotEstimable::TooFewPairs { needed: 4, found: 3 }));
        let flat = [(Some(1.0), Some(2.0)), (Some(1.0), Some(1.0)), (Some(1.0), Some(3.0)), (Some(1.0), Some(5.0)), (Some(9.0), None)];
        assert_eq!(mar_change(&Followed::from_f64(&flat), TWO), Err(NotEstimable::ConstantColumn { visit: Column::Pre }));
        let mut people = few.to_vec();
        people.extend([(Some(3.0), Some(7.0)), (None, Some(80.0)), (None, None)]);
        let mar = mar_change(&Followed::from_f64(&people), TWO).unwrap();
        assert_eq!((mar.n, mar.m, mar.post_only), (5, 4, 1));
    }
}
