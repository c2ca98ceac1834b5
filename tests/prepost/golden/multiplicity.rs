//! Adjusted p-values: `multiplicity.R`.

use prepost::stats::PValue;
use prepost::stats::multiplicity::{Procedure, adjust};
use serde_json::Value;

use crate::tolerance::{CLOSED_FORM, assert_close};

#[test]
fn adjusted_p_values_are_those_of_p_adjust() {
    let reference: Value = serde_json::from_str(include_str!("multiplicity.json")).unwrap();
    let procedures = [
        ("none", Procedure::None),
        ("bonferroni", Procedure::Bonferroni),
        ("holm", Procedure::Holm),
        ("hochberg", Procedure::Hochberg),
        ("hommel", Procedure::Hommel),
        ("BH", Procedure::Bh),
        ("BY", Procedure::By),
    ];
    for (name, family) in reference["families"].as_object().unwrap() {
        let numbers = |key: &str| -> Vec<f64> { family[key].as_array().unwrap().iter().map(|p| p.as_f64().unwrap()).collect() };
        let p: Vec<PValue> = numbers("p").into_iter().filter_map(PValue::new).collect();
        for (key, procedure) in procedures {
            for (i, (got, expected)) in adjust(&p, procedure).iter().zip(numbers(key)).enumerate() {
                assert_close(got.get(), expected, CLOSED_FORM, &format!("{name} {key} {i}"));
            }
        }
    }
}
