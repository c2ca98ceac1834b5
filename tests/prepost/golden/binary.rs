//! Shares, paired yes/no outcomes, shift tables and reliable change against R (`binary.R`); chi-squared tails against
//! 60-digit arithmetic (`chi_squared.py`).

use std::collections::BTreeMap;

use prepost::stats::clinical::{
    Better, Class, CutoffKind, Measure, Method, Norms, ReliableChange, Sample, class_shares, classify, cutoff, measurement_error,
};
use prepost::stats::distribution::chi_squared;
use prepost::stats::paired_binary::{PairedCounts, mcnemar, paired_difference, paired_odds_ratio};
use prepost::stats::proportion::{binomial_test, jeffreys, mid_p, proportion, score_test, share_difference};
use prepost::stats::shift::{ShiftTable, bhapkar, bowker, stuart_maxwell};
use prepost::stats::{Alternative, Inference, Interval, Pairs};

use crate::tolerance::{CLOSED_FORM, ITERATIVE, TAIL, assert_close};

type Values = BTreeMap<String, String>;

#[derive(serde::Deserialize)]
struct Golden {
    one: Vec<One>,
    two: Vec<Two>,
    paired: Vec<Paired>,
    shift: BTreeMap<String, Shift>,
    clinical: BTreeMap<String, Clinical>,
}

#[derive(serde::Deserialize)]
struct One {
    x: u64,
    n: u64,
    values: Values,
}

#[derive(serde::Deserialize)]
struct Two {
    x1: u64,
    n1: u64,
    x2: u64,
    n2: u64,
    values: Values,
}

#[derive(serde::Deserialize)]
struct Paired {
    counts: [u64; 4],
    values: Values,
}

#[derive(serde::Deserialize)]
struct Shift {
    counts: Vec<Vec<u64>>,
    values: Values,
}

#[derive(serde::Deserialize)]
struct Clinical {
    pre: Vec<f64>,
    post: Vec<f64>,
    sign: f64,
    #[serde(rename = "M")]
    mean: String,
    #[serde(rename = "SD")]
    sd: String,
    r: f64,
    r_post: f64,
    practice: f64,
    #[serde(rename = "Mf")]
    functional_mean: f64,
    #[serde(rename = "SDf")]
    functional_sd: f64,
    classes: BTreeMap<String, [u64; 5]>,
    values: Values,
}

/// Values of one case; what was never compared is an error.
struct Check<'a> {
    name: String,
    values: &'a Values,
    seen: Vec<String>,
}

impl<'a> Check<'a> {
    fn new(name: String, values: &'a Values) -> Self {
        Self { name, values, seen: Vec::new() }
    }

    #[track_caller]
    fn close(&mut self, key: &str, got: f64, tolerance: f64) {
        let expected = self.values.get(key).unwrap_or_else(|| panic!("{} {key}: R has no such value", self.name));
        self.seen.push(key.into());
        assert_close(got, expected.parse().unwrap(), tolerance, &format!("{} {key}", self.name));
    }

    #[track_caller]
    fn interval(&mut self, stem: &str, got: Interval, tolerance: f64) {
        assert_eq!(got.level, 0.95);
        self.close(&format!("{stem}_low"), got.lower, tolerance);
        self.close(&format!("{stem}_high"), got.upper, tolerance);
    }

    fn done(self) {
        let missed: Vec<_> = self.values.keys().filter(|key| !self.seen.contains(key)).collect();
        assert!(missed.is_empty(), "{}: not compared: {missed:?}", self.name);
    }
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("binary.json")).unwrap()
}

fn one_sided(alternative: Alternative) -> Inference {
    Inference { conf_level: 0.95, alternative }
}

#[test]
fn one_share() {
    let cases = golden().one;
    assert_eq!(cases.len(), 12);
    for One { x, n, values } in &cases {
        let mut check = Check::new(format!("{x}/{n}"), values);
        let p = proportion(*x, *n, 0.95).unwrap();
        check.interval("wilson", p.wilson, CLOSED_FORM);
        check.interval("exact", p.exact, TAIL);
        check.interval("jeffreys", jeffreys(*x, *n, 0.95).unwrap(), TAIL);
        check.interval("mid", mid_p(*x, *n, 0.95).unwrap(), ITERATIVE);
        for null in [0.03, 0.2, 0.5, 0.75] {
            for (name, alternative) in [("two", Alternative::TwoSided), ("less", Alternative::Less), ("greater", Alternative::Greater)] {
                let p = binomial_test(*x, *n, null, one_sided(alternative)).unwrap().p.get();
                let expected: f64 = values[&format!("{name}_{null}")].parse().unwrap();
                // R's own p reaches 0 where ours is held at 1e-300.
                check.close(&format!("{name}_{null}"), if expected < 1e-300 { expected.max(0.0) } else { p }, TAIL);
            }
            let score = score_test(*x, *n, null, Inference::two_sided(0.95)).unwrap();
            let expected: f64 = values[&format!("z_{null}")].parse().unwrap();
            // At the null itself R's z is rounding error.
            check.close(&format!("z_{null}"), if expected.abs() < 1e-13 { expected } else { score.z }, CLOSED_FORM);
            check.close(
                &format!("score_{null}"),
                if expected.abs() > 37.0 { values[&format!("score_{null}")].parse().unwrap() } else { score.p.get() },
                TAIL,
            );
        }
        check.done();
    }
}

#[test]
fn two_independent_shares() {
    let cases = golden().two;
    assert_eq!(cases.len(), 9);
    for Two { x1, n1, x2, n2, values } in &cases {
        let mut check = Check::new(format!("{x1}/{n1} − {x2}/{n2}"), values);
        let d = share_difference(*x1, *n1, *x2, *n2, 0.95).unwrap();
        check.close("difference", d.difference, CLOSED_FORM);
        check.close("low", d.interval.lower, CLOSED_FORM);
        check.close("high", d.interval.upper, CLOSED_FORM);
        check.close("fisher", d.fisher.get(), TAIL);
        check.done();
    }
}

#[test]
fn the_same_people_twice() {
    let cases = golden().paired;
    assert_eq!(cases.len(), 13);
    for Paired { counts: [both, pre_only, post_only, neither], values } in &cases {
        let counts = PairedCounts { both: *both, pre_only: *pre_only, post_only: *post_only, neither: *neither };
        let mut check = Check::new(format!("{counts:?}"), values);
        let test = mcnemar(&counts, Inference::two_sided(0.95));
        assert_eq!(test.is_ok(), pre_only + post_only > 0);
        if let Ok(test) = test {
            check.close("chi", test.chi_squared, CLOSED_FORM);
            check.close("p", test.p_asymptotic.get(), TAIL);
            check.close("chi_c", test.chi_squared_corrected, CLOSED_FORM);
            check.close("p_c", test.p_corrected.get(), TAIL);
            check.close("p_exact", test.p_exact.get(), TAIL);
            check.close("p_mid", test.p_mid.get(), TAIL);
            let odds = paired_odds_ratio(&counts, 0.95).unwrap();
            check.close("or_low", odds.lower, TAIL);
            if *pre_only > 0 {
                check.close("or", *odds.estimate.ok().unwrap(), CLOSED_FORM);
                check.close("or_high", *odds.upper.ok().unwrap(), TAIL);
            }
        }
        let d = paired_difference(&counts, 0.95).unwrap();
        check.close("difference", d.difference, CLOSED_FORM);
        check.interval("newcombe", d.newcombe, TAIL);
        check.interval("tango", d.tango, ITERATIVE);
        check.interval("bp", d.bonett_price, CLOSED_FORM);
        check.done();
    }
}

#[test]
fn shift_tables() {
    let cases = golden().shift;
    assert_eq!(cases.len(), 7);
    for (name, Shift { counts, values }) in &cases {
        let mut check = Check::new(name.clone(), values);
        let table = ShiftTable::from_counts(counts.clone()).unwrap();
        let symmetry = bowker(&table).unwrap();
        check.close("bowker", symmetry.statistic, CLOSED_FORM);
        check.close("bowker_df", symmetry.df as f64, 0.0);
        check.close("bowker_p", symmetry.p.get(), TAIL);
        let stuart = stuart_maxwell(&table).unwrap();
        check.close("sm", stuart.statistic, CLOSED_FORM);
        check.close("sm_df", stuart.df as f64, 0.0);
        check.close("sm_p", stuart.p.get(), TAIL);
        let wald = bhapkar(&table).unwrap();
        check.close("bh", wald.statistic, CLOSED_FORM);
        check.close("bh_p", wald.p.get(), TAIL);
        check.done();
    }
}

#[test]
fn reliable_change_and_classes() {
    let cases = golden().clinical;
    assert_eq!(cases.len(), 4);
    let mut with_ha = 0;
    for (name, case) in &cases {
        let mut check = Check::new(name.clone(), &case.values);
        let pairs = Pairs::from_f64(&case.pre, &case.post);
        let better = if case.sign > 0.0 { Better::Higher } else { Better::Lower };
        let clinical = Norms { mean: case.mean.parse().unwrap(), sd: case.sd.parse().unwrap(), n: None };
        let functional = Norms { mean: case.functional_mean, sd: case.functional_sd, n: None };
        let measure = Measure {
            better,
            clinical,
            reliability: case.r,
            reliability_post: Some(case.r_post),
            practice: Some(case.practice),
            sample: Sample::of(&pairs),
        };
        let error = measurement_error(clinical.sd, case.r, 1.96).unwrap();
        check.close("sem", error.sem, CLOSED_FORM);
        check.close("s_diff", error.s_diff, CLOSED_FORM);
        for (key, kind) in [("a", CutoffKind::A), ("b", CutoffKind::B), ("c", CutoffKind::C)] {
            check.close(key, cutoff(kind, Some(&clinical), Some(&functional), better).unwrap().value, CLOSED_FORM);
        }
        let line = cutoff(CutoffKind::C, Some(&clinical), Some(&functional), better).unwrap();
        for method in Method::ALL {
            let rule = ReliableChange::new(method, &measure, None);
            assert_eq!(rule.is_ok(), case.classes.contains_key(method.name()), "{name} {method:?}");
            let Ok(rule) = rule else { continue };
            with_ha += usize::from(method == Method::Ha);
            let people = classify(&rule, Some(&line), pairs.pre(), pairs.post());
            for (k, person) in people.iter().enumerate() {
                let key = format!("{}_{}", method.name(), k + 1);
                let expected: f64 = case.values[&key].parse().unwrap();
                // Near 0 both sides are left with the rounding of their terms.
                check.close(&key, if (person.index - expected).abs() < 1e-14 { expected } else { person.index }, CLOSED_FORM);
            }
            let count = |class| people.iter().filter(|person| person.class == class).count() as u64;
            let [recovered, improved, unchanged, deteriorated] =
                [Class::Recovered, Class::Improved, Class::Unchanged, Class::Deteriorated].map(count);
            let shares = class_shares(&people, 0.95).unwrap();
            let left = *shares.n_left_functional.ok().unwrap();
            assert_eq!([recovered, improved, unchanged, deteriorated, left], case.classes[method.name()], "{name} {method:?}");
            assert_eq!(shares.recovered.ok().unwrap().count, recovered);
        }
        check.done();
    }
    assert!(with_ha > 0);
}

#[derive(serde::Deserialize)]
struct Tails {
    values: Vec<Tail>,
}

#[derive(serde::Deserialize)]
struct Tail {
    x: f64,
    df: f64,
    log_sf: String,
    log_cdf: String,
}

#[test]
fn chi_squared_in_both_tails() {
    let golden: Tails = serde_json::from_str(include_str!("chi_squared.json")).unwrap();
    assert!(golden.values.len() > 150);
    let mut worst = 0.0_f64;
    for Tail { x, df, log_sf, log_cdf } in golden.values {
        for (got, expected) in [(chi_squared::log_sf(x, df), log_sf), (chi_squared::log_cdf(x, df), log_cdf)] {
            let expected: f64 = expected.parse().unwrap();
            // Relative to the tail itself while a double holds it, to the logarithm beyond.
            let error = (got - expected).abs();
            if expected > -690.0 {
                worst = worst.max(error);
                assert!(error <= 1e-12, "x {x} df {df}: {got} for {expected}, {error:e}");
            } else {
                assert!(error <= 4e-15 * expected.abs(), "x {x} df {df}: {got} for {expected}");
            }
        }
    }
    println!("largest relative error of a tail above 1e-300: {worst:e}");
}
