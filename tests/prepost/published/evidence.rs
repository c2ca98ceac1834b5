//! Evidence beyond a test of no change.

use prepost::stats::evidence::{log_bf10, tost};
use prepost::stats::{Changes, Inference, paired::paired_t};

/// Rouder, Speckman, Sun, Morey & Iverson (2009), Psychon Bull Rev 16:225: data of Grider & Malmberg (2008), 80 people, t = 2.24 and
/// 2.03. With a prior of scale 1 the JZS factor for no effect is 1.02 and 1.56.
#[test]
fn grider_and_malmberg() {
    let for_none = |t: f64| format!("{:.2}", (-log_bf10(t, 80, 1.0).unwrap()).exp());
    assert_eq!([for_none(2.24), for_none(2.03)], ["1.02", "1.56"]);
}

/// Student's sleep data (1908), Biometrika 6:1, mean 1.58 and t = 4.0621 with 9 df, so that the standard error is .38896. Against
/// bounds of half an hour t is (1.58 + .5)/.38896 = 5.348 and (1.58 − .5)/.38896 = 2.777, and the 90 % interval
/// 1.58 ± 1.8331 · .38896 = .867 to 2.293: no equivalence.
#[test]
fn sleep_is_not_equivalent() {
    let changes = Changes::from_f64(&[1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]);
    let test = paired_t(&changes, 0.0, Inference::two_sided(0.95)).unwrap();
    assert_eq!((test.mean_change, format!("{:.4}", test.t.ok().unwrap())), (1.58, "4.0621".into()));
    let found = tost(&changes, [-0.5, 0.5], 0.95).unwrap();
    assert_eq!([found.above_lower.t, found.below_upper.t].map(|t| format!("{t:.3}")), ["5.348", "2.777"]);
    assert_eq!([found.interval.lower, found.interval.upper].map(|x| format!("{x:.3}")), ["0.867", "2.293"]);
    assert!(!found.equivalent && found.p == found.below_upper.p);
}
