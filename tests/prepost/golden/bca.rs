//! BCa intervals of given resamples: `bca.R`.

use prepost::stats::resample::bca;
use serde_json::Value;

use crate::tolerance::{CLOSED_FORM, assert_close};

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (values.len() as f64 - 1.0)
}

fn statistic(name: &str, pre: &[f64], post: &[f64]) -> f64 {
    let change = mean(&pre.iter().zip(post).map(|(a, b)| b - a).collect::<Vec<_>>());
    match name {
        "mean_change" => change,
        "d_av" => change / ((variance(pre) + variance(post)) / 2.0).sqrt(),
        _ => change / variance(pre).sqrt(),
    }
}

#[test]
fn bca_intervals_are_those_of_boot_ci_for_the_same_resamples() {
    let reference: Value = serde_json::from_str(include_str!("bca.json")).unwrap();
    for (sample_name, sample) in reference["samples"].as_object().unwrap() {
        let (pre, post) = (numbers(&sample["pre"]), numbers(&sample["post"]));
        let n = pre.len();
        let take = |rows: &[usize]| -> (Vec<f64>, Vec<f64>) { rows.iter().map(|&i| (pre[i], post[i])).unzip() };
        for name in ["mean_change", "d_av", "d_pre"] {
            let of = |rows: &[usize]| {
                let (pre, post) = take(rows);
                statistic(name, &pre, &post)
            };
            let estimate = statistic(name, &pre, &post);
            assert_close(estimate, sample[name]["t0"].as_f64().unwrap(), CLOSED_FORM, name);
            let rows = |row: &Value| -> Vec<usize> { row.as_array().unwrap().iter().map(|i| i.as_u64().unwrap() as usize).collect() };
            let replicates: Vec<f64> = sample["indices"].as_array().unwrap().iter().map(|row| of(&rows(row))).collect();
            let jackknife: Vec<f64> = (0..n).map(|out| of(&(0..n).filter(|i| *i != out).collect::<Vec<_>>())).collect();
            for (key, level) in [("level_90", 0.90), ("level_95", 0.95), ("level_99", 0.99)] {
                let interval = bca(estimate, &replicates, &jackknife, level).unwrap();
                let expected = numbers(&sample[name][key]);
                assert_close(interval.lower, expected[0], CLOSED_FORM, &format!("{sample_name} {name} {key} lower"));
                assert_close(interval.upper, expected[1], CLOSED_FORM, &format!("{sample_name} {name} {key} upper"));
            }
        }
    }
}
