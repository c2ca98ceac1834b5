//! What holds for every data set, of the one-arm, missing-score and evidence kernels.

use prepost::stats::evidence::{DEFAULT_SCALE, bayes_factor, log_bf10, minimal_effect, tost};
use prepost::stats::missing::{Followed, carried_forward, completers, delta_adjusted, mar_change, tipping_point};
use prepost::stats::one_arm::{
    Assumed, Benchmark, MetaTest, Tau2Method, against_benchmark, baseline_change, mee_chua, minus_practice, net_change, net_change_curve,
    net_change_propagated, random_effects,
};
use prepost::stats::paired::paired_t;
use prepost::stats::{Inference, Interval};
use proptest::prelude::*;

const TWO: Inference = Inference { conf_level: 0.95, alternative: prepost::stats::Alternative::TwoSided };

type People = Vec<(Option<i32>, Option<i32>)>;

/// Scores in tenths, either of them missing now and then; few values, so that ties and constants occur.
fn people() -> impl Strategy<Value = People> {
    let score = || prop::option::weighted(0.8, prop_oneof![4 => 0..200_i32, 1 => Just(7)]);
    prop::collection::vec((score(), score()), 0..30)
}

fn followed(people: &People, offset: i32) -> Followed {
    let read = |value: Option<i32>| value.map(|tenths| format!("{:.1}", f64::from(tenths + offset) / 10.0).parse::<f64>().unwrap());
    Followed::from_f64(&people.iter().map(|(x, y)| (read(*x), read(*y))).collect::<Vec<_>>())
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-10 * (1.0 + a.abs().max(b.abs()))
}

/// Everything there is to say, as text.
fn everything(people: &Followed) -> String {
    let pairs = people.pairs();
    let changes = pairs.changes();
    let known = |value, lower, upper| Assumed { value, interval: Some(Interval { level: 0.9, lower, upper }) };
    let mar = mar_change(people, TWO);
    format!(
        "{:?}",
        (
            (people.pattern(), completers(people, TWO), carried_forward(people, TWO), mar.as_ref().map(tipping_point)),
            (mar.as_ref().map(|mar| delta_adjusted(mar, 3.0, TWO)), &mar),
            (net_change(pairs, 8.0, 0.6, TWO), net_change_curve(pairs, 8.0, 5, TWO), mee_chua(pairs, 8.0, TWO)),
            (net_change_propagated(pairs, known(8.0, 7.5, 8.4), known(0.6, 0.4, 0.7), TWO), baseline_change(pairs, 0.95)),
            against_benchmark(changes, Benchmark { value: 1.0, std_error: Some(0.5), df: None }, TWO),
            minus_practice(changes, 0.5, Some(0.1), TWO),
            (tost(changes, [-2.0, 2.0], 0.95), minimal_effect(changes, [-2.0, 2.0], 0.95), bayes_factor(changes, DEFAULT_SCALE)),
        )
    )
}

proptest! {
    #[test]
    fn the_order_of_people_changes_nothing_and_nothing_is_nan((people, shuffled) in people().prop_flat_map(|p| (Just(p.clone()), Just(p).prop_shuffle()))) {
        let text = everything(&followed(&people, 0));
        prop_assert!(!text.contains("NaN") && !text.contains("inf") && !text.contains("-0.0,"), "{text}");
        let again = everything(&followed(&shuffled, 0));
        prop_assert_eq!(text, again);
    }

    #[test]
    fn missing_at_random((people, offset) in (people(), -500..500_i32)) {
        let here = followed(&people, 0);
        let Ok(mar) = mar_change(&here, TWO) else { return Ok(()) };
        // A constant added to all moves nothing.
        let there = mar_change(&followed(&people, offset), TWO).unwrap();
        prop_assert!(near(mar.mean_change, there.mean_change));
        let errors = &mar.standard_errors;
        if let (Some(small), Some(mixed), Some(ml)) = (errors.small_sample.ok(), errors.mixed_model.ok(), errors.maximum_likelihood.ok()) {
            prop_assert!(small.std_error >= mixed.std_error * (1.0 - 1e-12) && small.std_error >= ml.std_error * (1.0 - 1e-12));
            prop_assert!(small.interval.contains(mar.mean_change));
        }
        if mar.n == mar.m {
            let t = paired_t(here.pairs().changes(), 0.0, TWO).unwrap();
            prop_assert_eq!(errors.small_sample.ok().map(|w| w.p), t.p.ok().copied());
            prop_assert!(tipping_point(&mar).is_err());
        } else {
            let tip = tipping_point(&mar).unwrap();
            let scale = mar.mean_change.abs().max(1.0);
            if let Some(wald) = delta_adjusted(&mar, tip.change_zero, TWO).change.ok() {
                prop_assert!(wald.estimate.abs() <= 1e-12 * scale);
            }
            // The interval tips before the estimate does.
            prop_assert!(tip.interval_zero.ok().is_none_or(|at| at.abs() <= tip.change_zero.abs()));
        }
    }

    #[test]
    fn net_change_moves_with_the_scale((people, offset) in (people(), -500..500_i32), r in 0.0..1.0_f64) {
        let (here, there) = (followed(&people, 0), followed(&people, offset));
        let net = net_change(here.pairs(), 8.0, r, TWO);
        let moved = net_change(there.pairs(), 8.0 + f64::from(offset) / 10.0, r, TWO);
        prop_assert_eq!(net.is_ok(), moved.is_ok());
        if let (Ok(net), Ok(moved)) = (net, moved) {
            prop_assert!(near(net.expected_change, moved.expected_change));
            if let (Some(a), Some(b)) = (net.net.ok(), moved.net.ok()) {
                prop_assert!(near(a.estimate, b.estimate) && near(a.std_error, b.std_error));
                let plain = |value| Assumed { value, interval: None };
                let wide = Assumed { value: r, interval: Some(Interval { level: 0.95, lower: r - 0.3, upper: 0.5 * (1.0 + r) }) };
                let known = net_change_propagated(here.pairs(), plain(8.0), plain(r), TWO).unwrap();
                let uncertain = net_change_propagated(here.pairs(), plain(8.0), wide, TWO).unwrap();
                prop_assert!(near(known.interval.lower, a.interval.lower));
                prop_assert!(uncertain.interval.lower <= known.interval.lower + 1e-9 && uncertain.interval.upper >= known.interval.upper - 1e-9);
            }
        }
    }

    #[test]
    fn tests_and_their_intervals_decide_alike(people in people(), low in -10.0..5.0_f64, width in 0.0..15.0_f64) {
        let here = followed(&people, 0);
        let changes = here.pairs().changes();
        let bounds = [low, low + width];
        if let Ok(r) = tost(changes, bounds, 0.95) {
            let inside = bounds[0] < r.interval.lower && r.interval.upper < bounds[1];
            prop_assert!(r.equivalent == inside || (r.p.get() - 0.05).abs() < 1e-9);
        }
        if let Ok(r) = minimal_effect(changes, bounds, 0.95) {
            let outside = r.interval.upper < bounds[0] || r.interval.lower > bounds[1];
            prop_assert!((r.p.get() < 0.05) == outside || (r.p.get() - 0.05).abs() < 1e-9);
        }
    }

    #[test]
    fn bayes_factors_are_even_and_rise_with_t(t in 0.0..60.0_f64, n in 2..400_usize, scale in 0.1..3.0_f64) {
        let here = log_bf10(t, n, scale).unwrap();
        prop_assert_eq!(log_bf10(-t, n, scale).unwrap(), here);
        prop_assert!(log_bf10(t * 1.01 + 1e-3, n, scale).unwrap() > here);
    }

    #[test]
    fn random_effects_lie_among_the_studies(studies in prop::collection::vec((-30.0..30.0_f64, 0.01..20.0_f64), 2..12)) {
        for method in [Tau2Method::DersimonianLaird, Tau2Method::Reml] {
            let r = random_effects(&studies, method, MetaTest::Normal, TWO).unwrap();
            let (low, high) = studies.iter().fold((f64::MAX, f64::MIN), |(low, high), s| (low.min(s.0), high.max(s.0)));
            prop_assert!(low - 1e-9 <= r.mean.estimate && r.mean.estimate <= high + 1e-9);
            prop_assert!(r.tau2 >= 0.0 && (0.0..1.0).contains(&r.i2));
            prop_assert!(r.prediction_interval.lower <= r.mean.interval.lower && r.mean.interval.upper <= r.prediction_interval.upper);
        }
    }
}
