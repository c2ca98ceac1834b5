//! Rank and permutation methods.

use prepost::stats::multiplicity::{Procedure, adjust};
use prepost::stats::paired::{Zeros, hodges_lehmann, permutation, signed_rank};
use prepost::stats::{Alternative, Changes, Inference, PValue, Pairs};

/// Hollander & Wolfe (1973) p. 29: Hamilton depression scale factor IV before and after a tranquillizer, 9 patients.
/// T⁺ of the decrease is 40, one-sided p = .020; the estimate of the change −.46, its 96.1 % interval (−.786, −.010).
#[test]
#[expect(clippy::approx_constant, reason = "3.14 is a score")]
fn depression_under_a_tranquillizer() {
    let before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
    let after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    let pairs = Pairs::from_f64(&before, &after);
    let inference = Inference { conf_level: 0.95, alternative: Alternative::Less };
    let test = signed_rank(pairs.changes(), Zeros::Drop, inference).unwrap();
    assert_eq!((test.w_minus, test.w_plus), (40.0, 5.0));
    assert_eq!(test.p.ok().unwrap().get(), 10.0 / 512.0);
    let location = hodges_lehmann(pairs.changes(), 0.95).unwrap();
    assert_eq!(location.estimate, -0.46);
    let interval = location.interval.ok().unwrap();
    assert_eq!((interval.lower, interval.upper), (-0.786, -0.01));
    assert_eq!((location.achieved.ok().unwrap() * 1000.0).round(), 961.0);
}

/// Fisher (1935) §21: Darwin's 15 pairs of maize, cross-fertilised less self-fertilised, in eighths of an inch. In 863 of
/// the 32768 arrangements the sum is 314 or more, so that the two-sided p is 5.267 %.
#[test]
fn darwins_maize() {
    let difference = [49.0, -67.0, 8.0, 16.0, 6.0, 23.0, 28.0, 41.0, 14.0, 29.0, 56.0, 24.0, 75.0, 60.0, -48.0];
    assert_eq!(difference.iter().sum::<f64>(), 314.0);
    let changes = Changes::from_f64(&difference);
    let one = permutation(&changes, Inference { conf_level: 0.95, alternative: Alternative::Greater }, 0, 1).unwrap();
    let two = permutation(&changes, Inference::two_sided(0.95), 0, 1).unwrap();
    assert_eq!(one.p.get(), 863.0 / 32768.0);
    assert_eq!(two.p.get(), 1726.0 / 32768.0);
}

/// Benjamini & Hochberg (1995) §4: 15 p-values of a thrombolysis trial. At .05 Bonferroni and Hochberg reject three, the
/// false discovery rate procedure four.
#[test]
fn thrombolysis() {
    let p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0];
    let p: Vec<PValue> = p.into_iter().filter_map(PValue::new).collect();
    let rejected = |procedure| adjust(&p, procedure).iter().filter(|p| p.get() <= 0.05).count();
    assert_eq!((rejected(Procedure::Bonferroni), rejected(Procedure::Hochberg), rejected(Procedure::Bh)), (3, 3, 4));
}
