//! Shares, paired outcomes, shift tables and classes.

use prepost::decimal::{Decimal, Score};
use prepost::stats::clinical::{
    Better, Class, CutoffKind, Measure, Method, Norms, ReliableChange, ResponseRule, Sample, Threshold, Verdict, classify, cutoff,
    responders,
};
use prepost::stats::paired_binary::{PairedCounts, mcnemar, paired_difference, paired_odds_ratio};
use prepost::stats::proportion::{binomial_test, bounds, jeffreys, mid_p, proportion, score_test};
use prepost::stats::shift::{ShiftTable, bhapkar, bowker, stuart_maxwell};
use prepost::stats::{Inference, Pairs};
use proptest::prelude::*;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

fn counts() -> impl Strategy<Value = PairedCounts> {
    (0..30_u64, 0..30_u64, 0..30_u64, 0..30_u64)
        .prop_filter("somebody", |(a, b, c, d)| a + b + c + d > 0)
        .prop_map(|(both, pre_only, post_only, neither)| PairedCounts { both, pre_only, post_only, neither })
}

fn table() -> impl Strategy<Value = Vec<Vec<u64>>> {
    (2..6_usize).prop_flat_map(|k| prop::collection::vec(prop::collection::vec(0..9_u64, k), k))
}

/// Scores of one decimal, as tenths.
fn scores() -> impl Strategy<Value = Vec<(i32, i32)>> {
    prop::collection::vec((0..300_i32, 0..300_i32), 1..25)
}

fn pairs(tenths: &[(i32, i32)], sign: i32) -> Pairs {
    let score = |t: i32| Score::Exact(Decimal::new(i64::from(sign * t), 1).unwrap());
    let (pre, post): (Vec<_>, Vec<_>) = tenths.iter().map(|&(a, b)| (score(a), score(b))).unzip();
    Pairs::new(&pre, &post)
}

proptest! {
    #[test]
    fn shares_lie_in_their_intervals_and_mirror((n, x) in (1..400_u64).prop_flat_map(|n| (Just(n), 0..=n))) {
        let (p, q) = (proportion(x, n, 0.95).unwrap(), proportion(n - x, n, 0.95).unwrap());
        for (i, mirrored) in [(p.wilson, q.wilson), (p.exact, q.exact), (jeffreys(x, n, 0.95).unwrap(), jeffreys(n - x, n, 0.95).unwrap()),
            (mid_p(x, n, 0.95).unwrap(), mid_p(n - x, n, 0.95).unwrap())] {
            prop_assert!(0.0 <= i.lower && i.lower <= p.share && p.share <= i.upper && i.upper <= 1.0);
            prop_assert!((i.lower + mirrored.upper - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn wilson_excludes_what_the_score_test_rejects((n, x) in (1..200_u64).prop_flat_map(|n| (Just(n), 0..=n)), null in 0.01..0.99_f64) {
        let p = score_test(x, n, null, Inference::two_sided(0.95)).unwrap().p.get();
        let inside = proportion(x, n, 0.95).unwrap().wilson.contains(null);
        prop_assert!(inside == (p >= 0.05) || (p - 0.05).abs() < 1e-9);
        let exact = binomial_test(x, n, null, Inference::two_sided(0.95)).unwrap().p.get();
        let mirrored = binomial_test(n - x, n, 1.0 - null, Inference::two_sided(0.95)).unwrap().p.get();
        prop_assert!(close(exact, mirrored) && exact <= 1.0);
    }

    #[test]
    fn bounds_hold_every_completion((x, n, missing) in (0..40_u64, 0..40_u64, 0..40_u64).prop_map(|(x, rest, m)| (x, x + rest, m)), any in 0.0..1.0_f64) {
        prop_assume!(n + missing > 0);
        let b = bounds(x, n, n + missing, 0.95).unwrap();
        let completed = (x as f64 + (any * missing as f64).floor()) / (n + missing) as f64;
        prop_assert!(b.worst.share <= completed + 1e-12 && completed <= b.best.share + 1e-12);
    }

    #[test]
    fn swapping_visits_flips_the_difference(counts in counts()) {
        let swapped = PairedCounts { pre_only: counts.post_only, post_only: counts.pre_only, ..counts };
        let (d, s) = (paired_difference(&counts, 0.95).unwrap(), paired_difference(&swapped, 0.95).unwrap());
        prop_assert!(d.difference == -s.difference);
        for (i, j) in [(d.newcombe, s.newcombe), (d.tango, s.tango), (d.bonett_price, s.bonett_price)] {
            prop_assert!(close(i.lower, -j.upper) && close(i.upper, -j.lower));
            prop_assert!(-1.0 <= i.lower && i.lower <= i.upper && i.upper <= 1.0);
        }
        prop_assert!(d.newcombe.contains(d.difference) && d.tango.contains(d.difference));
        if let (Ok(a), Ok(b)) = (mcnemar(&counts, Inference::two_sided(0.95)), mcnemar(&swapped, Inference::two_sided(0.95))) {
            for (p, q) in [(a.p_exact, b.p_exact), (a.p_mid, b.p_mid), (a.p_asymptotic, b.p_asymptotic), (a.p_corrected, b.p_corrected)] {
                prop_assert!(close(p.get(), q.get()));
            }
            prop_assert!(a.p_mid.get() <= a.p_exact.get() + 1e-15 && a.p_asymptotic <= a.p_corrected);
            // Tango's interval holds 0 exactly where McNemar's test does not reject.
            prop_assert!(d.tango.contains(0.0) == (a.p_asymptotic.get() >= 0.05) || (a.p_asymptotic.get() - 0.05).abs() < 1e-9);
            let odds = paired_odds_ratio(&counts, 0.95).unwrap();
            if let (Some(estimate), Some(upper)) = (odds.estimate.ok(), odds.upper.ok()) {
                prop_assert!(odds.lower <= *estimate && estimate <= upper);
            }
        }
    }

    #[test]
    fn the_order_of_bands_changes_no_statistic(counts in table(), seed in 0..1000_usize) {
        let k = counts.len();
        let mut order: Vec<usize> = (0..k).collect();
        order.rotate_left(seed % k);
        order.swap(0, seed / 7 % k);
        let shuffled = order.iter().map(|&i| order.iter().map(|&j| counts[i][j]).collect()).collect();
        let (a, b) = (ShiftTable::from_counts(counts).unwrap(), ShiftTable::from_counts(shuffled).unwrap());
        for test in [stuart_maxwell, bhapkar] {
            match (test(&a), test(&b)) {
                (Ok(a), Ok(b)) => prop_assert!(close(a.statistic, b.statistic) && a.df == b.df && a.statistic >= 0.0),
                (a, b) => prop_assert!(a.is_err() && b.is_err()),
            }
        }
        match (bowker(&a), bowker(&b)) {
            (Ok(a), Ok(b)) => prop_assert!(close(a.statistic, b.statistic) && a.df == b.df),
            (a, b) => prop_assert!(a.is_err() && b.is_err()),
        }
        if let (Ok(q), Ok(w)) = (stuart_maxwell(&a), bhapkar(&a)) {
            prop_assert!(q.statistic <= w.statistic * (1.0 + 1e-9) + 1e-12);
            prop_assert!(q.statistic <= a.n() as f64 * (1.0 + 1e-9));
        }
    }

    #[test]
    fn two_bands_are_mcnemar(counts in counts()) {
        let table = ShiftTable::from_counts(vec![vec![counts.both, counts.pre_only], vec![counts.post_only, counts.neither]]).unwrap();
        if let Ok(test) = mcnemar(&counts, Inference::two_sided(0.95)) {
            prop_assert!(close(test.chi_squared, stuart_maxwell(&table).unwrap().statistic));
            prop_assert!(close(test.chi_squared, bowker(&table).unwrap().statistic));
        } else {
            prop_assert!(stuart_maxwell(&table).is_err() && bowker(&table).is_err());
        }
    }

    /// The class rules once more, in integers: SD, means and scores in tenths, r in hundredths.
    #[test]
    fn classes_by_integer_arithmetic(tenths in scores(), sd in 1..120_i64, r in 0..100_i64, mc in 150..300_i64, mf in 0..149_i64, sdf in 1..120_i64, method in 0..3_usize) {
        let pairs = pairs(&tenths, 1);
        let tenth = |t: i64| t as f64 / 10.0;
        let clinical = Norms { mean: tenth(mc), sd: tenth(sd), n: None };
        let functional = Norms { mean: tenth(mf), sd: tenth(sdf), n: None };
        let measure = Measure { better: Better::Lower, clinical, reliability: r as f64 / 100.0, reliability_post: None, practice: None, sample: Sample::of(&pairs) };
        let method = [Method::Jt, Method::Gln, Method::En][method];
        let rule = ReliableChange::new(method, &measure, None).unwrap();
        let line = cutoff(CutoffKind::C, Some(&clinical), Some(&functional), Better::Lower).unwrap();
        let got: Vec<Class> = classify(&rule, Some(&line), pairs.pre(), pairs.post()).iter().map(|person| person.class).collect();
        let mut sorted = tenths.clone();
        sorted.sort_unstable();
        let wide = i128::from;
        for (&(pre, post), got) in sorted.iter().zip(&got) {
            let (pre, post) = (i128::from(pre), i128::from(post));
            // Numerator in thousandths; variance in units of 10^-6 after r² or r.
            let (numerator, variance) = match method {
                Method::Jt => ((post - pre) * 100, 2 * wide(sd * sd) * (100 - wide(r)) * 100),
                Method::Gln => ((post - wide(mc)) * 100 - wide(r) * (pre - wide(mc)), wide(sd * sd) * (10_000 - wide(r * r))),
                _ => ((post - wide(mc)) * 100 - wide(r) * (pre - wide(mc)), wide(sd * sd) * (100 - wide(r)) * 100),
            };
            let reliable = numerator * numerator * 10_000 > 196 * 196 * variance;
            let side = |score: i128| (score * wide(sd + sdf)).cmp(&(wide(sd) * wide(mf) + wide(sdf) * wide(mc)));
            let expected = match (reliable, numerator < 0) {
                (false, _) => Class::Unchanged,
                (true, false) => Class::Deteriorated,
                (true, true) if side(pre).is_gt() && side(post).is_lt() => Class::Recovered,
                (true, true) => Class::Improved,
            };
            prop_assert_eq!(*got, expected, "{} {} {:?}", pre, post, method);
        }
    }

    #[test]
    fn a_mirrored_scale_gives_the_mirrored_verdicts(tenths in scores(), r in 1..99_i64, m in 0..300_i64) {
        let (plain, mirrored) = (pairs(&tenths, 1), pairs(&tenths, -1));
        for method in Method::ALL {
            let verdicts = |pairs: &Pairs, better, sign: f64| {
                let clinical = Norms { mean: sign * m as f64 / 10.0, sd: 6.4, n: None };
                let measure = Measure { better, clinical, reliability: r as f64 / 100.0, reliability_post: Some(0.7), practice: Some(sign * 1.5), sample: Sample::of(pairs) };
                ReliableChange::new(method, &measure, None).map(|rule| {
                    let mut verdicts: Vec<(f64, Verdict)> = rule.judge(pairs.pre(), pairs.post());
                    verdicts.sort_by(|a, b| a.0.total_cmp(&b.0));
                    verdicts
                })
            };
            match (verdicts(&plain, Better::Lower, 1.0), verdicts(&mirrored, Better::Higher, -1.0)) {
                (Ok(a), Ok(b)) => prop_assert!(a.iter().zip(&b).all(|(a, b)| close(a.0, b.0) && a.1 == b.1)),
                (a, b) => prop_assert!(a.is_err() && b.is_err()),
            }
        }
    }

    #[test]
    fn responders_by_integer_arithmetic(tenths in scores(), tenths_of_percent in 1..1200_i32) {
        let pairs = pairs(&tenths, 1);
        let threshold = Threshold::Percent(Decimal::new(i64::from(tenths_of_percent), 1).unwrap());
        let got = responders(&pairs, &[], Better::Lower, ResponseRule { threshold, and_post: None }, 0.95).unwrap();
        let with_percent: Vec<_> = tenths.iter().filter(|(pre, _)| *pre > 0).collect();
        let expected = with_percent.iter().filter(|(pre, post)| (pre - post) * 1000 >= tenths_of_percent * pre).count() as u64;
        prop_assert_eq!(got.n_baseline_not_positive as usize, tenths.len() - with_percent.len());
        if let Some(response) = got.response.ok() {
            prop_assert_eq!((response.count, response.n as usize), (expected, with_percent.len()));
        } else {
            prop_assert!(with_percent.is_empty());
        }
    }
}
