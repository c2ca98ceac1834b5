//! Missing post scores against R (`missing_post.R`), and the estimate against EM.

use std::collections::BTreeMap;

use prepost::stats::missing::{Followed, carried_forward, completers, delta_adjusted, mar_change, tipping_point};
use prepost::stats::{Estimable, Inference, Wald};

use crate::tolerance::{CLOSED_FORM, ITERATIVE, TAIL, assert_close};

#[derive(serde::Deserialize)]
struct Golden {
    sets: BTreeMap<String, Set>,
}

#[derive(serde::Deserialize)]
struct Set {
    pre: Vec<f64>,
    post: Vec<Option<f64>>,
    values: BTreeMap<String, String>,
}

fn followed(set: &Set) -> Followed {
    Followed::from_f64(&set.pre.iter().zip(&set.post).map(|(x, y)| (Some(*x), *y)).collect::<Vec<_>>())
}

#[test]
fn agrees_with_r() {
    let golden: Golden = serde_json::from_str(include_str!("missing_post.json")).unwrap();
    assert_eq!(golden.sets.len(), 5);
    let two = Inference::two_sided(0.95);
    for (name, set) in &golden.sets {
        let mut seen = Vec::new();
        let mut close = |key: &str, got: f64, tolerance: f64| {
            let expected = set.values.get(key).unwrap_or_else(|| panic!("{name} {key}: R has no such value"));
            seen.push(key.to_owned());
            assert_close(got, expected.parse().unwrap(), tolerance, &format!("{name} {key}"));
        };
        let people = followed(set);
        let mar = mar_change(&people, two).unwrap();
        close("slope", mar.slope, CLOSED_FORM);
        close("post", mar.mean_post, CLOSED_FORM);
        close("change", mar.mean_change, CLOSED_FORM);
        let errors = &mar.standard_errors;
        for (key, wald) in [("small", &errors.small_sample), ("mixed", &errors.mixed_model), ("ml", &errors.maximum_likelihood)] {
            let wald: &Wald = wald.ok().unwrap();
            close(&format!("{key}_se"), wald.std_error, CLOSED_FORM);
            close(&format!("{key}_low"), wald.interval.lower, CLOSED_FORM);
            close(&format!("{key}_high"), wald.interval.upper, CLOSED_FORM);
            close(&format!("{key}_p"), wald.p.get(), TAIL);
        }
        let left = completers(&people, two);
        let welch = left.difference.ok().unwrap();
        close("welch_t", welch.statistic, CLOSED_FORM);
        close("welch_p", welch.p.get(), TAIL);
        close("welch_low", welch.interval.lower, CLOSED_FORM);
        close("welch_high", welch.interval.upper, CLOSED_FORM);
        close("smd", *left.standardised_difference.ok().unwrap(), CLOSED_FORM);
        close("delta_change", delta_adjusted(&mar, 2.5, two).change.ok().unwrap().estimate, CLOSED_FORM);
        let tip = tipping_point(&mar).unwrap();
        close("tip", tip.change_zero, ITERATIVE);
        close("tip_interval", *tip.interval_zero.ok().unwrap(), CLOSED_FORM);
        let carried = carried_forward(&people, two).unwrap();
        close("locf", carried.test.mean_change, CLOSED_FORM);
        close("locf_p", carried.test.p.ok().unwrap().get(), TAIL);
        let missed: Vec<_> = set.values.keys().filter(|key| !seen.contains(key)).collect();
        assert!(missed.is_empty(), "{name}: not compared: {missed:?}");
    }
}

/// The EM algorithm for bivariate normal data: shares nothing with the factored likelihood.
fn em(set: &Set) -> f64 {
    let n = set.pre.len() as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let mx = mean(&set.pre);
    let sxx = set.pre.iter().map(|x| (x - mx) * (x - mx)).sum::<f64>() / n;
    let (mut my, mut syy, mut sxy) = (mx, sxx, 0.0);
    for _ in 0..5000 {
        let (b, rest) = (sxy / sxx, syy - sxy * sxy / sxx);
        let expected: Vec<(f64, f64)> = set
            .pre
            .iter()
            .zip(&set.post)
            .map(|(x, y)| match y {
                Some(y) => (*y, y * y),
                None => {
                    let at = my + b * (x - mx);
                    (at, at * at + rest)
                }
            })
            .collect();
        let next = expected.iter().map(|e| e.0).sum::<f64>() / n;
        syy = expected.iter().map(|e| e.1).sum::<f64>() / n - next * next;
        sxy = set.pre.iter().zip(&expected).map(|(x, e)| (x - mx) * e.0).sum::<f64>() / n;
        my = next;
    }
    my - mx
}

#[test]
fn the_estimate_is_where_em_arrives() {
    let golden: Golden = serde_json::from_str(include_str!("missing_post.json")).unwrap();
    for (name, set) in &golden.sets {
        let mar = mar_change(&followed(set), Inference::two_sided(0.95)).unwrap();
        assert_close(mar.mean_change, em(set), ITERATIVE, name);
        assert!(matches!(mar.standard_errors.small_sample, Estimable::Estimated(_)));
    }
}
