//! Signed-rank test, Hodges–Lehmann, rank-biserial, permutation: `ranks.R`. Exact tails: `signed_rank_tails.py`.

use prepost::stats::distribution::signed_rank::lower_tail;
use prepost::stats::effect::{p_superiority, rank_biserial};
use prepost::stats::paired::{Zeros, hodges_lehmann, permutation, signed_rank, wilcoxon_r};
use prepost::stats::{Alternative, Changes, Estimable, Inference, PValue};
use serde_json::Value;

use crate::tolerance::{CLOSED_FORM, TAIL, assert_close};

const ALTERNATIVES: [Alternative; 3] = [Alternative::TwoSided, Alternative::Greater, Alternative::Less];

fn reference() -> Value {
    serde_json::from_str(include_str!("ranks.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(values) => values.iter().map(|v| v.as_f64().unwrap()).collect(),
        single => vec![single.as_f64().unwrap()],
    }
}

fn samples() -> Vec<(String, Changes, Value)> {
    let reference = reference();
    let samples = reference["samples"].as_object().unwrap();
    samples.iter().map(|(name, sample)| (name.clone(), Changes::from_f64(&numbers(&sample["changes"])), sample.clone())).collect()
}

fn p(value: &Estimable<PValue>) -> f64 {
    value.ok().unwrap().get()
}

#[test]
fn signed_rank_agrees_with_coin_exact_rank_tests_and_wilcox_test() {
    for (name, changes, expected) in samples() {
        for (i, alternative) in ALTERNATIVES.into_iter().enumerate() {
            let inference = Inference { conf_level: 0.95, alternative };
            let of = |key: &str| numbers(&expected[key])[i];
            let what = |key: &str| format!("{name} {alternative:?} {key}");
            let pratt = signed_rank(&changes, Zeros::Pratt, inference).unwrap();
            let drop = signed_rank(&changes, Zeros::Drop, inference).unwrap();
            assert_close(p(&pratt.p_exact), of("pratt_exact"), TAIL, &what("pratt_exact"));
            assert_close(p(&pratt.p_asymptotic), of("pratt_asymptotic"), TAIL, &what("pratt_asymptotic"));
            // coin's own p is one minus a cdf: the difference is the last place of 1.
            let off = p(&pratt.p_asymptotic) - of("pratt_asymptotic_of_coin");
            assert!(off.abs() <= f64::EPSILON, "{}: {off:e}", what("pratt_asymptotic_of_coin"));
            assert_close(p(&drop.p_exact), of("drop_exact"), TAIL, &what("drop_exact"));
            assert_close(p(&drop.p_exact), of("drop_exact_rank_tests"), TAIL, &what("drop_exact_rank_tests"));
            assert_close(p(&drop.p_asymptotic), of("drop_corrected"), TAIL, &what("drop_corrected"));
            assert_close(p(&drop.p_asymptotic_uncorrected), of("drop_uncorrected"), TAIL, &what("drop_uncorrected"));
            assert_close(*pratt.z.ok().unwrap(), numbers(&expected["pratt_z"])[0], CLOSED_FORM, &what("pratt_z"));
            assert_close(*drop.z_uncorrected.ok().unwrap(), numbers(&expected["drop_z"])[0], CLOSED_FORM, &what("drop_z"));
        }
        let r = wilcoxon_r(&changes).unwrap();
        let z = numbers(&expected["drop_z"])[0];
        assert_close(r.r_pairs, z / (changes.n() as f64).sqrt(), CLOSED_FORM, &name);
    }
}

#[test]
fn exact_tails_agree_with_integer_counting() {
    let reference: Value = serde_json::from_str(include_str!("signed_rank_tails.json")).unwrap();
    for case in reference["cases"].as_array().unwrap() {
        let ranks: Vec<u64> = case["doubled_ranks"].as_array().unwrap().iter().map(|r| r.as_u64().unwrap()).collect();
        for (at_most, expected) in case["at_most"].as_array().unwrap().iter().zip(numbers(&case["p"])) {
            let got = lower_tail(&ranks, at_most.as_u64().unwrap());
            assert_close(got, expected, CLOSED_FORM, &format!("{} {at_most}", case["name"]));
        }
    }
}

#[test]
fn hodges_lehmann_agrees_with_walsh_averages_written_out() {
    for (name, changes, expected) in samples() {
        let record = hodges_lehmann(&changes, 0.95).unwrap();
        let by_definition = numbers(&expected["hl_by_definition"]);
        assert_close(record.estimate, by_definition[0], CLOSED_FORM, &format!("{name} estimate"));
        if let [_, lower, upper, achieved] = by_definition[..] {
            let interval = record.interval.ok().unwrap();
            assert_close(interval.lower, lower, CLOSED_FORM, &format!("{name} lower"));
            assert_close(interval.upper, upper, CLOSED_FORM, &format!("{name} upper"));
            assert_close(*record.achieved.ok().unwrap(), achieved, CLOSED_FORM, &format!("{name} achieved"));
            if let Some(of_wilcox_test) = expected.get("wilcox_interval") {
                assert_eq!(numbers(of_wilcox_test), [lower, upper], "{name}");
            }
        }
    }
}

#[test]
fn rank_biserial_agrees_with_effectsize() {
    for (name, changes, expected) in samples() {
        let effect = rank_biserial(&changes, Zeros::Drop).unwrap();
        assert_close(effect.estimate, numbers(&expected["rank_biserial"])[0], CLOSED_FORM, &name);
    }
}

#[test]
fn permutation_agrees_with_perm_test() {
    for (name, changes, expected) in samples() {
        for (i, alternative) in ALTERNATIVES.into_iter().enumerate() {
            let record = permutation(&changes, Inference { conf_level: 0.95, alternative }, 10_000, 1).unwrap();
            assert_eq!(record.n_permutations, 0);
            assert_close(record.p.get(), numbers(&expected["permutation"])[i], TAIL, &format!("{name} {alternative:?}"));
        }
    }
}

/// All 2ⁿ sign vectors of the doubled midranks (zeros ranked first or dropped) or of the changes themselves.
fn enumerated(weights: &[i64], observed: i64, alternative: Alternative) -> f64 {
    let total: i64 = weights.iter().sum();
    let hit = |signs: u32| {
        let plus: i64 = weights.iter().enumerate().filter(|(i, _)| signs >> i & 1 == 1).map(|(_, w)| w).sum();
        let statistic = 2 * plus - total;
        match alternative {
            Alternative::TwoSided => statistic.abs() >= observed.abs(),
            Alternative::Greater => statistic >= observed,
            Alternative::Less => statistic <= observed,
        }
    };
    (0..1_u32 << weights.len()).filter(|signs| hit(*signs)).count() as f64 / (1_u64 << weights.len()) as f64
}

#[test]
fn exact_p_values_are_those_of_all_sign_vectors() {
    let samples: [&[i64]; 6] = [
        // Twenty non-zero changes with ties, and two zeros: 2²⁰ sign vectors.
        &[0, 3, 1, -1, 2, 2, 5, -4, 4, 6, -2, 7, 7, 1, -3, 8, 9, -5, 0, 2, 11, -6],
        &[0, 1, 1, -1, 2, 0, 3, -2, 2, 5, 0, 4, -3, 1, 2],
        &[-7, -7, 2, 2, 2, 0, 9, -1, -1, -1, -12, 4],
        &[5, 5, 5, -5, 5],
        &[1, -2, 4, -8, 16, -32, 64, 128, 3, 3, 0, 0, 0],
        &[-1],
    ];
    for sample in samples {
        let changes = Changes::from_f64(&sample.iter().map(|d| *d as f64).collect::<Vec<_>>());
        for alternative in ALTERNATIVES {
            let inference = Inference { conf_level: 0.95, alternative };
            for (zeros, kept) in [(Zeros::Pratt, 0), (Zeros::Drop, 1)] {
                let ranked: Vec<i64> = sample.iter().copied().filter(|d| d.abs() >= kept).collect();
                let rank = |d: i64| {
                    let below = ranked.iter().filter(|e| e.abs() < d.abs()).count() as i64;
                    2 * below + ranked.iter().filter(|e| e.abs() == d.abs()).count() as i64 + 1
                };
                let nonzero: Vec<i64> = sample.iter().copied().filter(|d| *d != 0).collect();
                let observed = nonzero.iter().map(|d| d.signum() * rank(*d)).sum();
                let weights: Vec<i64> = nonzero.iter().map(|d| rank(*d)).collect();
                let expected = enumerated(&weights, observed, alternative);
                assert_eq!(p(&signed_rank(&changes, zeros, inference).unwrap().p_exact), expected, "{sample:?} {zeros:?} {alternative:?}");
            }
            let weights: Vec<i64> = sample.iter().map(|d| d.abs()).filter(|d| *d != 0).collect();
            let expected = enumerated(&weights, sample.iter().sum(), alternative);
            assert_eq!(permutation(&changes, inference, 99, 1).unwrap().p.get(), expected, "{sample:?} {alternative:?}");
        }
    }
}

#[test]
fn the_score_interval_is_where_the_maximised_likelihood_puts_it() {
    for (positive, negative, zero) in [(12, 3, 5), (7, 0, 3), (0, 4, 11), (30, 28, 2), (1, 1, 0), (9, 1, 40)] {
        let changes: Vec<f64> = [(positive, 1.0), (negative, -1.0), (zero, 0.0)].iter().flat_map(|(k, d)| vec![*d; *k]).collect();
        let n = changes.len() as f64;
        let (b, c, ties) = (positive as f64, negative as f64, zero as f64);
        // The constrained likelihood, maximised over q = P(change < 0) by golden section; P(change > 0) = q + delta.
        let score = |delta: f64| {
            let (mut low, mut high) = ((-delta).max(0.0), (1.0 - delta) / 2.0);
            let term = |k: f64, p: f64| if k == 0.0 { 0.0 } else { k * p.ln() };
            let likelihood = |q: f64| term(b, q + delta) + term(c, q) + term(ties, 1.0 - 2.0 * q - delta);
            for _ in 0..200 {
                let (left, right) = (high - 0.618_033_988_749_895 * (high - low), low + 0.618_033_988_749_895 * (high - low));
                if likelihood(left) < likelihood(right) { low = left } else { high = right }
            }
            let q = (low + high) / 2.0;
            (b - c - n * delta) / (n * (2.0 * q + delta - delta * delta)).sqrt()
        };
        let effect = p_superiority(&Changes::from_f64(&changes), 0.95).unwrap();
        let interval = effect.interval.ok().unwrap();
        for (limit, z) in [(interval.lower, 1.959_963_984_540_054), (interval.upper, -1.959_963_984_540_054)] {
            let delta = 2.0 * limit - 1.0;
            if delta.abs() < 1.0 {
                // Maximising by comparison finds q to half the digits of a double, so the score is right to about 1e-7.
                assert!((score(delta) - z).abs() < 1e-6, "{positive} {negative} {zero}: {} at {delta}", score(delta));
            }
        }
    }
}
