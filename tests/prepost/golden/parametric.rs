//! Parametric and distribution-free kernels against R 4.2 (`parametric.R`).

use std::collections::BTreeMap;

use prepost::stats::describe::summary;
use prepost::stats::effect::{d_av, d_pre, d_rm, d_z};
use prepost::stats::paired::{correlation, median_change, paired_t, pitman_morgan, shapiro_wilk, sign_test, yuen};
use prepost::stats::{Alternative, Estimable, Inference, Interval, PValue, Pairs};

use crate::tolerance::{CLOSED_FORM, ITERATIVE, TAIL, assert_close};

#[derive(serde::Deserialize)]
struct Golden {
    sets: BTreeMap<String, Set>,
}

#[derive(serde::Deserialize)]
struct Set {
    pre: Vec<f64>,
    post: Vec<f64>,
    values: BTreeMap<String, String>,
}

/// One data set and what R says of it; counts what was compared.
struct Check<'a> {
    name: &'a str,
    values: &'a BTreeMap<String, String>,
    seen: Vec<&'a str>,
}

impl<'a> Check<'a> {
    fn close(&mut self, key: &'a str, got: f64, tolerance: f64) {
        let expected = self.values.get(key).unwrap_or_else(|| panic!("{} {key}: R has no such value", self.name));
        self.seen.push(key);
        assert_close(got, expected.parse().unwrap(), tolerance, &format!("{} {key}", self.name));
    }

    fn value(&mut self, key: &'a str, got: &Estimable<f64>, tolerance: f64) {
        self.close(key, *got.ok().unwrap_or_else(|| panic!("{} {key}: refused", self.name)), tolerance);
    }

    fn p(&mut self, key: &'a str, got: &Estimable<PValue>) {
        self.close(key, got.ok().unwrap().get(), TAIL);
    }

    fn interval(&mut self, [low, high]: [&'a str; 2], got: &Estimable<Interval>, tolerance: f64) {
        match got.ok() {
            Some(interval) => {
                assert_eq!(interval.level, 0.95);
                self.close(low, interval.lower, tolerance);
                self.close(high, interval.upper, tolerance);
            }
            None => assert!(!self.values.contains_key(low), "{} {low}: refused", self.name),
        }
    }
}

#[test]
fn agrees_with_r() {
    let golden: Golden = serde_json::from_str(include_str!("parametric.json")).unwrap();
    assert_eq!(golden.sets.len(), 9);
    for (name, set) in &golden.sets {
        let pairs = Pairs::from_f64(&set.pre, &set.post);
        let mut check = Check { name, values: &set.values, seen: vec!["k"] };
        tests(&pairs, &mut check);
        effects(&pairs, &mut check);
        let missed: Vec<_> = set.values.keys().filter(|key| !check.seen.contains(&key.as_str())).collect();
        assert!(missed.is_empty(), "{name}: not compared: {missed:?}");
    }
}

fn tests(pairs: &Pairs, check: &mut Check) {
    let n = pairs.n();
    let changes = pairs.changes();
    let two = Inference::two_sided(0.95);
    let greater = Inference { conf_level: 0.95, alternative: Alternative::Greater };
    let less = Inference { conf_level: 0.95, alternative: Alternative::Less };

    let t = paired_t(changes, 0.0, two).unwrap();
    check.close("mean_change", t.mean_change, CLOSED_FORM);
    check.value("sd_change", &t.sd_change, CLOSED_FORM);
    check.value("std_error", &t.std_error, CLOSED_FORM);
    check.value("t", &t.t, CLOSED_FORM);
    check.p("t_p", &t.p);
    check.interval(["t_low", "t_high"], &t.interval, CLOSED_FORM);
    let one_sided = paired_t(changes, 0.0, greater).unwrap();
    assert_eq!(one_sided.interval, t.interval);
    check.p("t_greater", &one_sided.p);
    check.p("t_less", &paired_t(changes, 0.0, less).unwrap().p);

    let s = summary(changes.scores());
    check.value("q1", &s.q1, CLOSED_FORM);
    check.value("median", &s.median, CLOSED_FORM);
    check.value("q3", &s.q3, CLOSED_FORM);

    let sign = sign_test(changes, two).unwrap();
    check.p("sign_p", &sign.p);
    check.interval(["cp_low", "cp_high"], &sign.interval, CLOSED_FORM);
    check.p("sign_greater", &sign_test(changes, greater).unwrap().p);

    let median = median_change(changes, 0.95).unwrap();
    assert_eq!(Some(&median.estimate), s.median.ok());
    check.interval(["med_low", "med_high"], &median.interval, CLOSED_FORM);
    if median.interval.ok().is_some() {
        check.value("achieved", &median.achieved, CLOSED_FORM);
    }

    let y = yuen(pairs, two).unwrap();
    check.close("yuen", y.estimate, CLOSED_FORM);
    check.close("yuen_se", y.std_error, CLOSED_FORM);
    check.close("yuen_t", y.t, CLOSED_FORM);
    check.close("yuen_df", y.df, CLOSED_FORM);
    check.close("yuen_p", y.p.get(), TAIL);
    check.interval(["yuen_low", "yuen_high"], &Estimable::Estimated(y.interval), CLOSED_FORM);
    if n >= 5 {
        check.value("robust_d", &y.robust_d, CLOSED_FORM);
    } else {
        assert!(y.robust_d.ok().is_none());
    }

    let r = correlation(pairs, 0.95).unwrap();
    check.close("r", r.r, CLOSED_FORM);
    check.interval(["r_low", "r_high"], &r.interval, CLOSED_FORM);
    if n >= 3 {
        check.value("skewness", &s.skewness, CLOSED_FORM);
        let w = shapiro_wilk(changes).unwrap();
        check.close("w", w.w, CLOSED_FORM);
        check.close("w_p", w.p.get(), TAIL);
        let pm = pitman_morgan(pairs).unwrap();
        check.close("pm", pm.statistic, CLOSED_FORM);
        check.close("pm_p", pm.p.get(), TAIL);
    }
}

fn effects(pairs: &Pairs, check: &mut Check) {
    let z = d_z(pairs, 0.95).unwrap();
    check.close("d_z", z.estimate, CLOSED_FORM);
    check.value("d_z_se", &z.std_error, CLOSED_FORM);
    if check.values.contains_key("d_z_low") {
        check.interval(["d_z_low", "d_z_high"], &z.interval, ITERATIVE);
    }
    let av = d_av(pairs, 0.95).unwrap();
    check.close("d_av", av.estimate, CLOSED_FORM);
    check.value("d_av_se", &av.std_error, CLOSED_FORM);
    check.interval(["d_av_low", "d_av_high"], &av.interval, CLOSED_FORM);
    let pre = d_pre(pairs, 0.95).unwrap();
    check.close("d_pre", pre.estimate, CLOSED_FORM);
    check.value("d_pre_se", &pre.std_error, CLOSED_FORM);
    check.interval(["d_pre_low", "d_pre_high"], &pre.interval, CLOSED_FORM);
    if pairs.n() > 2 {
        let rm = d_rm(pairs).unwrap();
        check.close("d_rm", rm.estimate, CLOSED_FORM);
        assert!(rm.interval.ok().is_none() && rm.std_error.ok().is_none());
        check.close("d_z_g", z.hedges.unwrap(), CLOSED_FORM);
        check.close("d_av_g", av.hedges.unwrap(), CLOSED_FORM);
        check.close("d_pre_g", pre.hedges.unwrap(), CLOSED_FORM);
        check.close("d_av_ri", av.hedges_ri.unwrap(), CLOSED_FORM);
    }
}
