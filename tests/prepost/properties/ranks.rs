//! Rank methods, permutation, bootstrap, multiplicity.

use prepost::stats::distribution::signed_rank::lower_tail;
use prepost::stats::effect::{p_superiority, rank_biserial};
use prepost::stats::multiplicity::{Procedure, adjust};
use prepost::stats::paired::{Zeros, hodges_lehmann, permutation, signed_rank, wilcoxon_r};
use prepost::stats::resample::{BootstrapIntervals, bootstrap};
use prepost::stats::{Alternative, Changes, Inference, Interval, PValue, Pairs};
use proptest::prelude::*;

const TWO_SIDED: Inference = Inference { conf_level: 0.95, alternative: Alternative::TwoSided };

/// Scores with many ties and zeros, on a grid of 0.1.
fn scores() -> impl Strategy<Value = Vec<(f64, f64)>> {
    let score = || (0..60_i32).prop_map(|units| f64::from(units) / 10.0);
    prop::collection::vec((score(), score()), 1..40)
}

fn pairs(rows: &[(f64, f64)]) -> Pairs {
    let (pre, post): (Vec<f64>, Vec<f64>) = rows.iter().copied().unzip();
    Pairs::from_f64(&pre, &post)
}

fn negated(interval: Option<&Interval>) -> Option<Interval> {
    interval.map(Interval::negated)
}

fn on_threads(threads: usize, pairs: &Pairs) -> BootstrapIntervals {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| bootstrap(pairs, 0.95, 1500, 11, 2))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn swapping_pre_and_post_flips_signs_and_keeps_p(rows in scores()) {
        let (there, back) = (pairs(&rows), pairs(&rows).swapped());
        for zeros in [Zeros::Pratt, Zeros::Drop] {
            let tests = [&there, &back].map(|p| signed_rank(p.changes(), zeros, TWO_SIDED));
            if let [Ok(a), Ok(b)] = &tests {
                prop_assert_eq!((a.w_plus, a.w_minus), (b.w_minus, b.w_plus));
                prop_assert_eq!(&a.p, &b.p);
                prop_assert_eq!(a.z.ok().copied(), b.z.ok().map(|z| 0.0 - z));
            } else {
                prop_assert_eq!(&tests[0], &tests[1]);
            }
            let effects = [&there, &back].map(|p| rank_biserial(p.changes(), zeros).map(|e| e.estimate));
            prop_assert_eq!(effects[0].clone(), effects[1].clone().map(|r| 0.0 - r));
        }
        let r = [&there, &back].map(|p| wilcoxon_r(p.changes()).map(|r| r.r_pairs));
        prop_assert_eq!(r[0].clone(), r[1].clone().map(|r| 0.0 - r));
        let permuted = [&there, &back].map(|p| permutation(p.changes(), TWO_SIDED, 999, 5));
        prop_assert_eq!(&permuted[0], &permuted[1]);
        let location = [&there, &back].map(|p| hodges_lehmann(p.changes(), 0.95));
        if let [Ok(a), Ok(b)] = &location {
            prop_assert_eq!(a.estimate, 0.0 - b.estimate);
            prop_assert_eq!(a.interval.ok().copied(), negated(b.interval.ok()));
        }
        let superiority = [&there, &back].map(|p| p_superiority(p.changes(), 0.95).map(|e| e.estimate));
        prop_assert!(matches!(superiority, [Ok(a), Ok(b)] if (a + b - 1.0).abs() < 1e-15));
    }

    #[test]
    fn shuffling_people_changes_nothing(rows in scores(), turn in 0_usize..40) {
        let mut shuffled = rows.clone();
        shuffled.rotate_left(turn % rows.len());
        shuffled.reverse();
        let (a, b) = (pairs(&rows), pairs(&shuffled));
        prop_assert_eq!(bootstrap(&a, 0.95, 200, 3, 1), bootstrap(&b, 0.95, 200, 3, 1));
        prop_assert_eq!(permutation(a.changes(), TWO_SIDED, 999, 5), permutation(b.changes(), TWO_SIDED, 999, 5));
        prop_assert_eq!(signed_rank(a.changes(), Zeros::Pratt, TWO_SIDED), signed_rank(b.changes(), Zeros::Pratt, TWO_SIDED));
    }

    #[test]
    fn rescaling_keeps_ranks_p_and_standardised_intervals(rows in scores(), times in 2_u32..9) {
        let scaled: Vec<(f64, f64)> = rows.iter().map(|(a, b)| ((a * 10.0).round() * f64::from(times), (b * 10.0).round() * f64::from(times))).collect();
        let (a, b) = (pairs(&rows), pairs(&scaled));
        prop_assert_eq!(signed_rank(a.changes(), Zeros::Drop, TWO_SIDED), signed_rank(b.changes(), Zeros::Drop, TWO_SIDED));
        prop_assert_eq!(permutation(a.changes(), TWO_SIDED, 999, 5), permutation(b.changes(), TWO_SIDED, 999, 5));
        prop_assert_eq!(rank_biserial(a.changes(), Zeros::Pratt), rank_biserial(b.changes(), Zeros::Pratt));
        let (a, b) = (bootstrap(&a, 0.95, 300, 3, 1), bootstrap(&b, 0.95, 300, 3, 1));
        prop_assert_eq!(&a.rank_biserial_drop, &b.rank_biserial_drop);
        if let (Some(a), Some(b)) = (a.d_av.ok(), b.d_av.ok()) {
            prop_assert!((a.lower - b.lower).abs() <= 1e-9 * (1.0 + a.lower.abs()) && (a.upper - b.upper).abs() <= 1e-9 * (1.0 + a.upper.abs()));
        }
    }

    #[test]
    fn estimates_lie_in_their_intervals_and_p_in_its_range(rows in scores()) {
        let pairs = pairs(&rows);
        let location = hodges_lehmann(pairs.changes(), 0.95).unwrap();
        if let Some(interval) = location.interval.ok() {
            prop_assert!(interval.contains(location.estimate));
            prop_assert!(*location.achieved.ok().unwrap() >= 0.95 - 1e-12);
        }
        let superiority = p_superiority(pairs.changes(), 0.95).unwrap();
        let interval = superiority.interval.ok().unwrap();
        prop_assert!(interval.contains(superiority.estimate) && interval.lower >= 0.0 && interval.upper <= 1.0);
        if let Ok(test) = signed_rank(pairs.changes(), Zeros::Pratt, TWO_SIDED) {
            let p = test.p.ok().unwrap().get();
            prop_assert!(p > 0.0 && p <= 1.0);
        }
    }

    #[test]
    fn walsh_averages_are_selected_as_if_written_out(rows in scores()) {
        let changes = pairs(&rows).changes().clone();
        let units: Vec<i64> = changes.to_f64().iter().map(|d| (d * 10.0).round() as i64).collect();
        let mut sums: Vec<i64> = (0..units.len()).flat_map(|i| (i..units.len()).map(move |j| (i, j))).map(|(i, j)| units[i] + units[j]).collect();
        sums.sort_unstable();
        let middle = sums[(sums.len() - 1) / 2] + sums[sums.len() / 2];
        prop_assert_eq!(hodges_lehmann(&changes, 0.95).unwrap().estimate, middle as f64 / 40.0);
    }

    #[test]
    fn both_tails_make_one(weights in prop::collection::vec(1_u64..50, 1..90), share in 0.0..1.0_f64) {
        let mut weights = weights;
        weights.sort_unstable();
        let total: u64 = weights.iter().sum();
        let x = (total as f64 * share) as u64;
        if x < total {
            prop_assert!((lower_tail(&weights, x) + lower_tail(&weights, total - x - 1) - 1.0).abs() < 1e-13);
        }
    }

    #[test]
    fn adjusting_keeps_the_order_and_never_lowers(p in prop::collection::vec(1e-9..=1.0_f64, 1..20)) {
        let p: Vec<PValue> = p.into_iter().filter_map(PValue::new).collect();
        for procedure in [Procedure::Bonferroni, Procedure::Holm, Procedure::Hochberg, Procedure::Hommel, Procedure::Bh, Procedure::By] {
            let adjusted = adjust(&p, procedure);
            for i in 0..p.len() {
                prop_assert!(adjusted[i] >= p[i] && adjusted[i].get() <= 1.0);
                for j in 0..p.len() {
                    prop_assert!(p[i] > p[j] || adjusted[i] <= adjusted[j]);
                }
            }
        }
    }
}

#[test]
fn one_thread_gives_the_bits_of_many() {
    let rows: Vec<(f64, f64)> = (0..150).map(|i| (f64::from(i * 37 % 61), f64::from(i * 53 % 67) + 2.0)).collect();
    let pairs = pairs(&rows);
    let one = on_threads(1, &pairs);
    assert!(one.d_av.ok().is_some() && one.rank_biserial_pratt.ok().is_some());
    assert_eq!(one, on_threads(4, &pairs));

    // Too wide for the exact distribution: Monte Carlo.
    let changes: Vec<f64> = (0..150).map(|i| f64::from(i * 37 % 61) * 1e9 + f64::from(i) - 2.7e10).collect();
    let changes = Changes::from_f64(&changes);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| permutation(&changes, TWO_SIDED, 5000, 9)).unwrap()
    };
    assert_eq!(run(1).n_permutations, 5000);
    assert_eq!(run(1), run(4));
}

/// A resample without a change has a Pratt rank-biserial of 0, not none: an independent BCa gives 0 to 1 here.
#[test]
fn a_resample_without_a_change_counts_under_pratt() {
    let pairs = Pairs::from_f64(&[0.0, 0.0, 0.0, 0.0], &[0.0, 3.0, 5.0, 2.0]);
    let interval = bootstrap(&pairs, 0.95, 10_000, 20_260_101, 0).rank_biserial_pratt.ok().copied();
    assert_eq!(interval.map(|interval| (interval.lower, interval.upper)), Some((0.0, 1.0)));
}
