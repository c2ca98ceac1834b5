//! Shares, paired outcomes and shift tables against a second program (`binary_second.py`).

use prepost::stats::Inference;
use prepost::stats::paired_binary::{PairedCounts, mcnemar};
use prepost::stats::proportion::{binomial_test, jeffreys, proportion, share_difference};
use prepost::stats::shift::{ShiftTable, bhapkar, bowker, stuart_maxwell};

use crate::tolerance::{TAIL, assert_close};

#[derive(serde::Deserialize)]
struct Second {
    shares: Vec<Share>,
    two: Vec<Two>,
    tables: Vec<Table>,
    paired: Vec<Paired>,
}

#[derive(serde::Deserialize)]
struct Share {
    x: u64,
    n: u64,
    wilson: [String; 2],
    exact: [String; 2],
    jeffreys: [String; 2],
    p: [String; 3],
}

#[derive(serde::Deserialize)]
struct Two {
    counts: [u64; 4],
    interval: [String; 2],
    fisher: String,
}

#[derive(serde::Deserialize)]
struct Table {
    counts: Vec<Vec<u64>>,
    values: [String; 8],
}

#[derive(serde::Deserialize)]
struct Paired {
    counts: [u64; 4],
    p: [String; 3],
}

#[track_caller]
fn compare(what: &str, got: &[f64], expected: &[String]) {
    assert_eq!(got.len(), expected.len());
    for (got, expected) in got.iter().zip(expected) {
        let expected: f64 = expected.parse().unwrap();
        // A limit or statistic at 0 comes with rounding error.
        let expected = if expected.abs() < 1e-15 { 0.0 } else { expected };
        assert_close(*got, expected, TAIL, what);
    }
}

#[test]
fn two_programs_agree() {
    let second: Second = serde_json::from_str(include_str!("binary_second.json")).unwrap();
    assert!(second.shares.len() > 20 && second.two.len() == 20 && second.tables.len() == 20 && second.paired.len() > 15);
    for s in &second.shares {
        let what = format!("{}/{}", s.x, s.n);
        let p = proportion(s.x, s.n, 0.95).unwrap();
        compare(&what, &[p.wilson.lower, p.wilson.upper], &s.wilson);
        compare(&what, &[p.exact.lower, p.exact.upper], &s.exact);
        let j = jeffreys(s.x, s.n, 0.95).unwrap();
        compare(&what, &[j.lower, j.upper], &s.jeffreys);
        let tests = [0.1, 0.5, 0.62].map(|null| binomial_test(s.x, s.n, null, Inference::two_sided(0.95)).unwrap().p.get());
        compare(&what, &tests, &s.p);
    }
    for Two { counts: [x1, n1, x2, n2], interval, fisher } in &second.two {
        let d = share_difference(*x1, *n1, *x2, *n2, 0.95).unwrap();
        let what = format!("{x1}/{n1} − {x2}/{n2}");
        compare(&what, &[d.interval.lower, d.interval.upper], interval);
        compare(&what, &[d.fisher.get()], std::slice::from_ref(fisher));
    }
    for Table { counts, values } in &second.tables {
        let table = ShiftTable::from_counts(counts.clone()).unwrap();
        let (s, h, b) = (bowker(&table).unwrap(), stuart_maxwell(&table).unwrap(), bhapkar(&table).unwrap());
        let got = [s.statistic, s.df as f64, s.p.get(), h.statistic, h.df as f64, h.p.get(), b.statistic, b.p.get()];
        compare(&format!("{counts:?}"), &got, values);
    }
    for Paired { counts: [both, pre_only, post_only, neither], p } in &second.paired {
        let counts = PairedCounts { both: *both, pre_only: *pre_only, post_only: *post_only, neither: *neither };
        let test = mcnemar(&counts, Inference::two_sided(0.95)).unwrap();
        compare(&format!("{counts:?}"), &[test.p_asymptotic.get(), test.p_corrected.get(), test.p_exact.get()], p);
    }
}
