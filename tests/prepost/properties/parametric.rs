//! What holds for every data set, of the parametric kernels.

use prepost::stats::distribution::{beta, noncentral_t, normal, student_t};
use prepost::stats::effect::{d_av, d_pre, d_rm, d_z};
use prepost::stats::paired::{correlation, median_change, paired_t, pitman_morgan, shapiro_wilk, yuen};
use prepost::stats::{Inference, Pairs};
use proptest::prelude::*;

use crate::tolerance::{CLOSED_FORM, TAIL, assert_close};

const TWO: Inference = Inference { conf_level: 0.95, alternative: prepost::stats::Alternative::TwoSided };

/// Scores in tenths, so that ties and zeros occur.
fn scores() -> impl Strategy<Value = Vec<(i32, i32)>> {
    prop::collection::vec((-60..60_i32, -60..60_i32), 5..40)
}

fn pairs(tenths: &[(i32, i32)]) -> Pairs {
    scaled(tenths, 0.0, 1.0)
}

fn scaled(tenths: &[(i32, i32)], offset: f64, factor: f64) -> Pairs {
    let column = |pick: fn(&(i32, i32)) -> i32| -> Vec<f64> {
        tenths.iter().map(|pair| format!("{:.1}", offset + f64::from(pick(pair)) / 10.0).parse::<f64>().unwrap() * factor).collect()
    };
    Pairs::from_f64(&column(|p| p.0), &column(|p| p.1))
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-11 * (1e-3 + a.abs().max(b.abs()))
}

/// What all records say of the pairs, for comparisons.
fn everything(pairs: &Pairs) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        paired_t(pairs.changes(), 0.0, TWO),
        yuen(pairs, TWO),
        d_av(pairs, 0.95),
        d_pre(pairs, 0.95),
        d_rm(pairs),
        correlation(pairs, 0.95),
        pitman_morgan(pairs),
        shapiro_wilk(pairs.changes()),
        median_change(pairs.changes(), 0.95),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn shuffling_changes_nothing(data in scores().prop_shuffle(), by in 1..4_usize) {
        let mut other = data.clone();
        other.rotate_left(by);
        other.reverse();
        prop_assert_eq!(everything(&pairs(&data)), everything(&pairs(&other)));
    }

    #[test]
    fn no_record_holds_nan_or_infinity(data in scores()) {
        let text = everything(&pairs(&data));
        prop_assert!(!text.contains("NaN") && !text.contains("inf") && !text.contains("-0.0,"), "{}", text);
    }

    #[test]
    fn swapping_flips_signs_and_keeps_p(data in scores()) {
        let (there, back) = (pairs(&data), pairs(&data).swapped());
        let (a, b) = (paired_t(there.changes(), 0.0, TWO).unwrap(), paired_t(back.changes(), 0.0, TWO).unwrap());
        prop_assert_eq!(a.mean_change, -b.mean_change + 0.0);
        prop_assert_eq!(a.p, b.p);
        if let (Ok(a), Ok(b)) = (yuen(&there, TWO), yuen(&back, TWO)) {
            prop_assert!(near(a.estimate, -b.estimate) && near(a.p.get(), b.p.get()));
        }
        if let (Ok(a), Ok(b)) = (d_z(&there, 0.95), d_z(&back, 0.95)) {
            prop_assert_eq!(a.estimate, -b.estimate + 0.0);
            if let (Some(i), Some(j)) = (a.interval.ok(), b.interval.ok()) {
                prop_assert!(near(i.lower, -j.upper) && near(i.upper, -j.lower));
            }
        }
        if let (Ok(a), Ok(b)) = (d_av(&there, 0.95), d_av(&back, 0.95)) {
            prop_assert!(near(a.estimate, -b.estimate));
        }
        if let (Ok(a), Ok(b)) = (pitman_morgan(&there), pitman_morgan(&back)) {
            prop_assert!(near(a.statistic, -b.statistic));
        }
        // d_pre takes the other column as its standardiser.
        if let Ok(b) = d_pre(&back, 0.95) {
            prop_assert!(near(b.estimate, -there.changes().mean() / there.post().sd()));
        }
    }

    #[test]
    fn a_constant_added_to_both_changes_nothing(data in scores(), offset in -500_000..500_000_i32) {
        let (a, b) = (pairs(&data), scaled(&data, f64::from(offset), 1.0));
        prop_assert_eq!(a.changes(), b.changes());
        for (a, b) in [(d_av(&a, 0.95), d_av(&b, 0.95)), (d_pre(&a, 0.95), d_pre(&b, 0.95)), (d_rm(&a), d_rm(&b))] {
            if let (Ok(a), Ok(b)) = (a, b) {
                prop_assert!(near(a.estimate, b.estimate));
            }
        }
    }

    #[test]
    fn rescaling_leaves_standardised_effects(data in scores(), factor in prop::sample::select(vec![1e150, 1e-150, 8.0, 1e3])) {
        let (a, b) = (pairs(&data), scaled(&data, 0.0, factor));
        for (a, b) in [(d_z(&a, 0.95), d_z(&b, 0.95)), (d_av(&a, 0.95), d_av(&b, 0.95)), (d_pre(&a, 0.95), d_pre(&b, 0.95))] {
            if let (Ok(a), Ok(b)) = (a, b) {
                // In doubles the changes are no longer on a grid: a mean that is 0 there is rounding here.
                prop_assert!((a.estimate - b.estimate).abs() <= 1e-11 * (1.0 + a.estimate.abs()), "{} {}", a.estimate, b.estimate);
            }
        }
    }

    #[test]
    fn estimates_lie_in_their_intervals(data in scores()) {
        let pairs = pairs(&data);
        for effect in [d_z(&pairs, 0.95), d_av(&pairs, 0.95), d_pre(&pairs, 0.95)].into_iter().flatten() {
            prop_assert!(effect.interval.ok().unwrap().contains(effect.estimate), "{:?}", effect);
        }
        if let Ok(y) = yuen(&pairs, TWO) {
            prop_assert!(y.interval.contains(y.estimate));
        }
        if let Ok(m) = median_change(pairs.changes(), 0.95) {
            prop_assert!(m.interval.ok().is_none_or(|i| i.contains(m.estimate)) && m.achieved.ok().is_none_or(|a| *a >= 0.95));
        }
    }

    #[test]
    fn d_z_interval_excludes_zero_exactly_when_p_is_small(data in scores(), shift in -40..40_i32, level in 0.5..0.999_f64) {
        let shifted: Vec<_> = data.iter().map(|(a, b)| (*a, b / 2 + a / 2 + shift)).collect();
        let pairs = pairs(&shifted);
        if let Ok(effect) = d_z(&pairs, level) {
            let inference = Inference::two_sided(level);
            let p = paired_t(pairs.changes(), 0.0, inference).unwrap().p.ok().unwrap().get();
            prop_assert_eq!(!effect.interval.ok().unwrap().contains(0.0), p < inference.alpha());
        }
    }

    #[test]
    fn equal_variances_make_the_standardisers_equal(data in prop::collection::vec(-60..60_i32, 5..30), by in 1..4_usize, shift in -30..30_i32) {
        // Post is a rotation of pre, moved: the same SD exactly.
        let post: Vec<i32> = (0..data.len()).map(|i| data[(i + by) % data.len()] + shift).collect();
        let pairs = pairs(&data.iter().copied().zip(post).collect::<Vec<_>>());
        if let (Ok(av), Ok(pre), Ok(rm)) = (d_av(&pairs, 0.95), d_pre(&pairs, 0.95), d_rm(&pairs)) {
            prop_assert!(near(av.estimate, pre.estimate) && near(av.estimate, rm.estimate));
        }
    }

    #[test]
    fn tails_are_complementary_and_monotone(t in -50.0..50.0_f64, df in 0.5..1e7_f64, step in 0.001..5.0_f64) {
        prop_assert!((student_t::cdf(t, df) + student_t::sf(t, df) - 1.0).abs() < 1e-14);
        prop_assert!(student_t::log_sf(t + step, df) < student_t::log_sf(t, df) || student_t::sf(t, df) == 1.0);
        prop_assert!(normal::sf(t + step) <= normal::sf(t));
    }

    #[test]
    fn noncentral_t_falls_with_t_and_rises_with_ncp(t in -30.0..30.0_f64, df in 1.0..1e5_f64, ncp in -40.0..40.0_f64) {
        let here = noncentral_t::log_sf(t, df, ncp);
        prop_assert!(noncentral_t::log_sf(t + 0.1, df, ncp) <= here + 1e-12);
        prop_assert!(noncentral_t::log_sf(t, df, ncp + 0.1) >= here - 1e-12);
        prop_assert!((noncentral_t::cdf(t, df, ncp) + noncentral_t::sf(t, df, ncp) - 1.0).abs() < 1e-11);
    }

    #[test]
    fn quantiles_invert(p in 1e-12..0.999_999_f64, df in 0.6..1e9_f64, a in 1.0..500.0_f64, b in 1.0..500.0_f64) {
        prop_assert!((student_t::cdf(student_t::quantile(p, df), df) / p - 1.0).abs() < 1e-10);
        prop_assert!((beta::cdf(beta::quantile(p, a, b), a, b) / p - 1.0).abs() < 1e-9);
        prop_assert!((normal::cdf(normal::quantile(p)) / p - 1.0).abs() < 1e-13);
    }
}

/// Pre and post that differ by little beside their spread: 1 − r² would cancel, sums on the grid do not.
/// Expected values: exact rationals, R `cor.test(post - pre, post + pre)`.
#[test]
fn nearly_collinear_scores_keep_their_digits() {
    let pre = [0.0, 1e6, 2e6, 5e6, 7e6, 9e6];
    let post: Vec<f64> = pre.iter().zip([3.0, 1.0, 0.0, 4.0, 2.0, 3.0]).map(|(pre, change)| pre + change).collect();
    let pairs = Pairs::from_f64(&pre, &post);
    let test = prepost::stats::paired::pitman_morgan(&pairs).expect("a statistic");
    assert_close(test.statistic, 0.821_071_272_002_658, CLOSED_FORM, "statistic");
    assert_close(test.p.get(), 0.457_721_663_402_38, TAIL, "p");
    assert_close(d_rm(&pairs).expect("an estimate").estimate, 5.602_287_378_610_98e-7, CLOSED_FORM, "d_rm");
    let equal = Pairs::from_f64(&[4.0, 4.0, 3.0, 2.0], &[1.0, 2.0, 0.0, 2.0]);
    assert_eq!(prepost::stats::paired::pitman_morgan(&equal).map(|test| test.statistic), Ok(0.0));
}
