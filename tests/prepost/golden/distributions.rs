//! Tails against 50-digit arithmetic (`student_t.py`, `noncentral_t.py`).

use prepost::stats::distribution::{beta, noncentral_t, student_t};

use crate::tolerance::assert_close;

/// What the methods promise for the noncentral t: tighter than the class of tails.
const NONCENTRAL: f64 = 1e-10;
const CENTRAL: f64 = 1e-12;

/// The log of a tail agrees to `relative` of the tail, or to rounding of the log itself far out.
#[track_caller]
fn assert_log_close(got: f64, expected: f64, relative: f64, what: &str) -> f64 {
    let error = (got - expected).abs();
    assert!(error <= relative + 4e-15 * expected.abs(), "{what}: {got} for {expected}, error {error:e}");
    error
}

#[derive(serde::Deserialize)]
struct Noncentral {
    values: Vec<Point>,
}

#[derive(serde::Deserialize)]
struct Point {
    t: f64,
    df: f64,
    ncp: f64,
    log_cdf: f64,
    log_sf: f64,
}

#[test]
fn noncentral_t_in_both_tails() {
    let golden: Noncentral = serde_json::from_str(include_str!("noncentral_t.json")).unwrap();
    assert!(golden.values.len() > 150);
    let mut worst = 0.0_f64;
    for Point { t, df, ncp, log_cdf, log_sf } in golden.values {
        let what = format!("t {t} df {df} ncp {ncp}");
        for (got, expected) in [(noncentral_t::log_cdf(t, df, ncp), log_cdf), (noncentral_t::log_sf(t, df, ncp), log_sf)] {
            let error = assert_log_close(got, expected, NONCENTRAL, &what);
            if expected > -700.0 {
                worst = worst.max(error);
                assert!(error <= NONCENTRAL, "{what}: {error:e}");
            }
        }
    }
    println!("largest relative error of a tail above 1e-300: {worst:e}");
}

#[derive(serde::Deserialize)]
struct Central {
    t: Vec<TPoint>,
    beta: Vec<BetaPoint>,
}

#[derive(serde::Deserialize)]
struct TPoint {
    t: f64,
    df: f64,
    log_sf: f64,
}

#[derive(serde::Deserialize)]
struct BetaPoint {
    a: f64,
    b: f64,
    x: f64,
    lower: String,
    upper: String,
}

#[test]
fn student_t_and_beta_tails() {
    let golden: Central = serde_json::from_str(include_str!("student_t.json")).unwrap();
    let mut worst = 0.0_f64;
    for TPoint { t, df, log_sf } in golden.t {
        let error = assert_log_close(student_t::log_sf(t, df), log_sf, CENTRAL, &format!("t {t} df {df}"));
        if log_sf > -690.0 {
            worst = worst.max(error);
            // Nearer the centre the tail, as a double, no longer tells t to 12 digits.
            if log_sf < -0.75 {
                assert_close(student_t::quantile_upper(log_sf.exp(), df), t, CENTRAL, &format!("quantile {t} {df}"));
            }
        }
    }
    for BetaPoint { a, b, x, lower, upper } in golden.beta {
        let what = format!("beta {a} {b} {x}");
        assert_close(beta::cdf(x, a, b), lower.parse().unwrap(), CENTRAL, &what);
        assert_close(beta::sf(x, a, b), upper.parse().unwrap(), CENTRAL, &what);
    }
    println!("largest relative error of a t tail above 1e-300: {worst:e}");
}
