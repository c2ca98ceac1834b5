//! The Bayes factor and the truncated-normal expectations against high-precision arithmetic
//! (`bayes_factor.py`, `regression_to_mean.py`).

use prepost::stats::Changes;
use prepost::stats::evidence::{DEFAULT_SCALE, bayes_factor, log_bf10, robustness};
use prepost::stats::one_arm::{Selection, expected_by_selection};

use crate::tolerance::{CLOSED_FORM, TAIL, assert_close};

#[derive(serde::Deserialize)]
struct Golden<T> {
    values: Vec<T>,
}

#[derive(serde::Deserialize)]
struct Factor {
    t: f64,
    n: usize,
    scale: f64,
    log_bf10: String,
}

#[test]
fn log_bayes_factor() {
    let golden: Golden<Factor> = serde_json::from_str(include_str!("bayes_factor.json")).unwrap();
    assert!(golden.values.len() >= 200);
    let mut worst = 0.0_f64;
    for Factor { t, n, scale, log_bf10: expected } in golden.values {
        let (got, expected) = (log_bf10(t, n, scale).unwrap(), expected.parse::<f64>().unwrap());
        // The factor itself to the class of tails where it is near 1, its logarithm beyond.
        let error = (got - expected).abs() / expected.abs().max(1.0);
        worst = worst.max(error);
        assert!(error <= TAIL, "t {t} n {n} scale {scale}: {got} for {expected}, {error:e}");
    }
    println!("largest error of the log Bayes factor: {worst:e}");
    assert!(worst < 1e-11);
}

#[test]
fn a_published_t() {
    // SD of change from difference 11.5, t 13.303, n 112.
    let curve = robustness(13.303, 112, [0.2, 2.0], 18).unwrap();
    assert_eq!((curve.len(), curve[0].scale, curve[18].scale), (19, 0.2, 2.0));
    assert!(curve.iter().all(|point| point.log_bf10 > 40.0));
    // One number, two ways in.
    let changes = Changes::from_f64(&[1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]);
    let bf = bayes_factor(&changes, DEFAULT_SCALE).unwrap();
    assert_eq!(Ok(bf.log_bf10), log_bf10(bf.t, 10, DEFAULT_SCALE));
}

#[derive(serde::Deserialize)]
struct Truncated {
    side: Selection,
    cut: f64,
    mean: f64,
    sd: f64,
    r: f64,
    share: String,
    pre: String,
    change: String,
}

#[test]
fn selection_by_score() {
    let golden: Golden<Truncated> = serde_json::from_str(include_str!("regression_to_mean.json")).unwrap();
    assert_eq!(golden.values.len(), 12);
    for Truncated { side, cut, mean, sd, r, share, pre, change } in golden.values {
        let got = expected_by_selection(side, cut, mean, sd, r).unwrap();
        let what = format!("{side:?} {cut} of N({mean}, {sd}), r {r}");
        assert_close(got.share_selected, share.parse().unwrap(), TAIL, &what);
        assert_close(got.expected_pre, pre.parse().unwrap(), CLOSED_FORM, &what);
        assert_close(got.expected_change, change.parse().unwrap(), if r > 0.99 { TAIL } else { CLOSED_FORM }, &what);
    }
}
