//! Student (1908), Biometrika 6:1: hours of sleep gained under two drugs by ten patients.

use prepost::stats::paired::paired_t;
use prepost::stats::{Inference, Pairs};

const FIRST: [f64; 10] = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
const SECOND: [f64; 10] = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

#[test]
fn the_paired_t_of_the_textbooks() {
    let pairs = Pairs::from_f64(&FIRST, &SECOND);
    let test = paired_t(pairs.changes(), 0.0, Inference::two_sided(0.95)).unwrap();
    let interval = *test.interval.ok().unwrap();
    assert_eq!(test.mean_change, 1.58);
    assert_eq!(format!("{:.4}", test.t.ok().unwrap()), "4.0621");
    assert_eq!(format!("{:.6}", test.p.ok().unwrap().get()), "0.002833");
    assert_eq!(format!("{:.2} to {:.2}", interval.lower, interval.upper), "0.70 to 2.46");
    assert_eq!(test.df, 9.0);
}
