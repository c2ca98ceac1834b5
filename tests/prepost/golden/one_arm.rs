//! Net change, Mee–Chua, practice, benchmarks, equivalence and random effects against R (`one_arm.R`).

use std::collections::BTreeMap;

use prepost::decimal::Scores;
use prepost::stats::evidence::{change_correlation, minimal_effect, tost};
use prepost::stats::one_arm::{
    Assumed, Benchmark, MetaTest, Tau2Method, against_benchmark, against_control, against_criterion, baseline_change, mee_chua,
    minus_practice, net_change, net_change_propagated, random_effects,
};
use prepost::stats::{Changes, CorrelationTest, Inference, Interval, Pairs, Wald};

use crate::tolerance::{CLOSED_FORM, ITERATIVE, TAIL, assert_close};

#[derive(serde::Deserialize)]
struct Golden {
    control: Vec<f64>,
    sets: BTreeMap<String, Set>,
    meta: BTreeMap<String, Studies>,
}

#[derive(serde::Deserialize)]
struct Set {
    pre: Vec<f64>,
    post: Vec<f64>,
    mu: f64,
    r: f64,
    other: Vec<f64>,
    values: BTreeMap<String, String>,
}

#[derive(serde::Deserialize)]
struct Studies {
    yi: Vec<String>,
    vi: Vec<String>,
    values: BTreeMap<String, String>,
}

struct Check<'a> {
    name: &'a str,
    values: &'a BTreeMap<String, String>,
    seen: Vec<String>,
}

impl Check<'_> {
    fn get(&self, key: &str) -> f64 {
        self.values.get(key).unwrap_or_else(|| panic!("{} {key}: R has no such value", self.name)).parse().unwrap()
    }

    fn close(&mut self, key: &str, got: f64, tolerance: f64) {
        assert_close(got, self.get(key), tolerance, &format!("{} {key}", self.name));
        self.seen.push(key.to_owned());
    }

    fn wald(&mut self, key: &str, got: &Wald) {
        self.close(key, got.statistic, CLOSED_FORM);
        self.close(&format!("{key}_p"), got.p.get(), TAIL);
        self.close(&format!("{key}_df"), got.df.unwrap(), CLOSED_FORM);
        self.limits(key, got.interval, CLOSED_FORM);
    }

    fn limits(&mut self, key: &str, got: Interval, tolerance: f64) {
        self.close(&format!("{key}_low"), got.lower, tolerance);
        self.close(&format!("{key}_high"), got.upper, tolerance);
    }

    fn correlation(&mut self, key: &str, got: &CorrelationTest) {
        self.close(&format!("{key}_r"), got.r, CLOSED_FORM);
        self.close(key, *got.t.ok().unwrap(), CLOSED_FORM);
        self.close(&format!("{key}_p"), got.p.ok().unwrap().get(), TAIL);
        self.close(&format!("{key}_df"), got.df, CLOSED_FORM);
        self.limits(key, *got.interval.ok().unwrap(), CLOSED_FORM);
    }

    fn done(self) {
        let missed: Vec<_> = self.values.keys().filter(|key| !self.seen.contains(key)).collect();
        assert!(missed.is_empty(), "{}: not compared: {missed:?}", self.name);
    }
}

#[test]
fn agrees_with_r() {
    let golden: Golden = serde_json::from_str(include_str!("one_arm.json")).unwrap();
    assert_eq!(golden.sets.len(), 4);
    let two = Inference::two_sided(0.95);
    let control = Changes::from_f64(&golden.control);
    for (name, set) in &golden.sets {
        let pairs = Pairs::from_f64(&set.pre, &set.post);
        let changes = pairs.changes();
        let mut check = Check { name, values: &set.values, seen: Vec::new() };

        let net = net_change(&pairs, set.mu, set.r, two).unwrap();
        check.wald("net", net.net.ok().unwrap());
        check.close("net_estimate", net.net.ok().unwrap().estimate, CLOSED_FORM);
        check.close("expected", net.expected_change, CLOSED_FORM);
        check.close("r_at_zero", *net.r_at_zero.ok().unwrap(), ITERATIVE);
        let given = |check: &mut Check, key: &str| {
            let [low, high] = ["low", "high"].map(|end| format!("{key}_{end}"));
            let interval = Interval { level: 0.90, lower: check.get(&low), upper: check.get(&high) };
            check.seen.extend([low, high]);
            Some(interval)
        };
        let r = Assumed { value: set.r, interval: given(&mut check, "r") };
        let mu = Assumed { value: set.mu, interval: given(&mut check, "mu") };
        let propagated = net_change_propagated(&pairs, mu, r, two).unwrap();
        check.limits("prop", propagated.interval, CLOSED_FORM);
        check.close("prop_se", propagated.std_error, CLOSED_FORM);

        let mc = mee_chua(&pairs, set.mu, two).unwrap();
        let effect = mc.effect.ok().unwrap();
        check.close("mc", effect.estimate, CLOSED_FORM);
        check.close("mc_se", effect.std_error, CLOSED_FORM);
        check.close("mc_t", effect.statistic, CLOSED_FORM);
        check.close("mc_p", effect.p.get(), TAIL);
        check.limits("mc", effect.interval, CLOSED_FORM);
        check.close("mc_slope", mc.slope, CLOSED_FORM);
        check.close("mc_slope_se", *mc.slope_std_error.ok().unwrap(), CLOSED_FORM);

        let baseline = baseline_change(&pairs, 0.95).unwrap();
        check.correlation("base", baseline.change_with_pre.ok().unwrap());
        check.correlation("oldham", baseline.change_with_mean.ok().unwrap());

        check.wald("practice", minus_practice(changes, -0.4, None, two).unwrap().net.ok().unwrap());
        assert_close(*against_criterion(changes, -0.4, two).unwrap().t.ok().unwrap(), check.get("practice"), CLOSED_FORM, name);
        check.wald("control", against_control(changes, &control, two).unwrap().net.ok().unwrap());

        let benchmark = Benchmark { value: -1.5, std_error: Some(0.8), df: Some(30.0) };
        let against = against_benchmark(changes, benchmark, two).unwrap();
        let (z, t) = (against.z.ok().unwrap(), against.welch.ok().unwrap());
        check.close("bench_z", z.statistic, CLOSED_FORM);
        check.close("bench_z_p", z.p.get(), TAIL);
        check.limits("bench_z", z.interval, CLOSED_FORM);
        check.close("bench_t_p", t.p.get(), TAIL);
        check.close("bench_df", t.df.unwrap(), CLOSED_FORM);
        check.limits("bench_t", t.interval, CLOSED_FORM);

        let equivalence = tost(changes, [-2.0, 1.5], 0.95).unwrap();
        check.close("tost_lower_t", equivalence.above_lower.t, CLOSED_FORM);
        check.close("tost_upper_t", equivalence.below_upper.t, CLOSED_FORM);
        check.close("tost_p", equivalence.p.get(), TAIL);
        check.limits("tost", equivalence.interval, CLOSED_FORM);
        check.close("met_p", minimal_effect(changes, [-0.5, 0.5], 0.95).unwrap().p.get(), TAIL);

        // Element by element: the changes in the order of the people.
        let tenths: Vec<f64> = set.pre.iter().zip(&set.post).map(|(x, y)| format!("{:.6}", y - x).parse::<f64>().unwrap()).collect();
        let together = change_correlation(&Scores::from_f64(&tenths), &Scores::from_f64(&set.other), 0.95).unwrap();
        check.correlation("cc", &together);
        check.done();
    }
}

#[test]
fn random_effects_agree_with_metafor() {
    let golden: Golden = serde_json::from_str(include_str!("one_arm.json")).unwrap();
    assert_eq!(golden.meta.len(), 5);
    for (name, set) in &golden.meta {
        let number = |text: &String| text.parse::<f64>().unwrap();
        let studies: Vec<(f64, f64)> = set.yi.iter().map(number).zip(set.vi.iter().map(number)).collect();
        let mut check = Check { name, values: &set.values, seen: Vec::new() };
        for (method, key, class) in [(Tau2Method::DersimonianLaird, "DL", CLOSED_FORM), (Tau2Method::Reml, "REML", ITERATIVE)] {
            for (test, test_key) in [(MetaTest::Normal, "z"), (MetaTest::KnappHartung, "knha")] {
                let r = random_effects(&studies, method, test, Inference::two_sided(0.95)).unwrap();
                let key = |what: &str| format!("{key}_{test_key}_{what}");
                check.close(&key("mean"), r.mean.estimate, class);
                check.close(&key("se"), r.mean.std_error, class);
                check.limits(key("").trim_end_matches('_'), r.mean.interval, class);
                check.close(&key("p"), r.mean.p.get(), if class == CLOSED_FORM { TAIL } else { ITERATIVE });
                check.close(&key("tau2"), r.tau2, class);
                check.close(&key("i2"), r.i2, class);
                check.close(&key("q"), r.q, CLOSED_FORM);
                check.limits(&key("pi"), r.prediction_interval, class);
            }
        }
        check.done();
    }
}
