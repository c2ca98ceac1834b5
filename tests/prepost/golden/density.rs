//! Kernel densities by definition: `density.R`.

use prepost::stats::density::density;
use serde_json::Value;

use crate::tolerance::{CLOSED_FORM, assert_close};

#[test]
fn the_density_is_the_mean_of_normal_kernels_at_the_bandwidth_of_r() {
    let reference: Value = serde_json::from_str(include_str!("density.json")).unwrap();
    for (name, sample) in reference["samples"].as_object().unwrap() {
        let numbers = |key: &str| -> Vec<f64> { sample[key].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect() };
        let curve = density(&numbers("x"), None).unwrap();
        assert_close(curve.bandwidth, sample["bandwidth"].as_f64().unwrap(), CLOSED_FORM, name);
        assert_close(curve.from, sample["from"].as_f64().unwrap(), CLOSED_FORM, name);
        assert_close(curve.from + 127.0 * curve.step, sample["to"].as_f64().unwrap(), CLOSED_FORM, name);
        for (got, expected) in curve.density.iter().zip(numbers("density")) {
            assert_close(*got, expected, CLOSED_FORM, name);
        }
    }
}
