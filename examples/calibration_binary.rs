//! Do the intervals of shares cover? Adds its section to `docs/methods/calibration.md`.
//!
//! No simulation: for n ∈ {10, 20, 40, 60} every outcome is enumerated and weighed by its probability, so the coverage of a cell
//! is exact. One share over p = .05, .06, …, .95; the difference of two shares of the same people over the feasible
//! cells of p_pre ∈ {.1, .3, .5}, p_post ∈ {.1, .3, .5, .7, .9} and correlation φ ∈ {0, .3, .6}; the size of McNemar's tests
//! over those with p_pre = p_post.
//!
//! Run: `cargo run --example calibration_binary -- docs/methods` (a minute), after `calibration`, which writes the page anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use prepost::stats::paired_binary::{PairedCounts, mcnemar, paired_difference};
use prepost::stats::proportion::{clopper_pearson, jeffreys, mid_p, wilson};
use prepost::stats::{Inference, Interval, NotEstimable};
use rayon::prelude::*;

const SIZES: [u64; 4] = [10, 20, 40, 60];
const LEVEL: f64 = 0.95;
const HEADING: &str = "# Shares and paired yes/no outcomes";

/// Method → its cells at one size.
type Cells = BTreeMap<&'static str, Vec<f64>>;
/// Method → one list of cells per size.
type Table = BTreeMap<&'static str, Vec<Vec<f64>>>;
/// An interval of `count` among `n` at a level.
type Method = fn(u64, u64, f64) -> Result<Interval, NotEstimable>;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let path = format!("{folder}/calibration.md");
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    let before = page.split(HEADING).next().unwrap_or_default().trim_end();
    std::fs::write(&path, format!("{before}\n\n{}", section())).expect("the page is written");
}

fn section() -> String {
    let (mut single, mut paired, mut size) = (Table::new(), Table::new(), Table::new());
    for n in SIZES {
        add(&mut single, one_share(n));
        let (coverage, rejected) = same_people(n);
        add(&mut paired, coverage);
        add(&mut size, rejected);
    }
    let mut out = format!("{HEADING}\n\n");
    out.push_str(
        "Made by `cargo run --example calibration_binary -- docs/methods`. Nothing is simulated: every outcome is enumerated and weighed by\n\
         its probability, so each cell is exact. The tables give the mean over the cells, and in brackets the worst of them (the lowest\n\
         coverage, the largest size). **Bold** marks a mean coverage below .93, or a mean size above .06.\n\n\
         ## Coverage of one share\n\nCells: p = .05, .06, …, .95.\n\n",
    );
    write_table(&mut out, &single, f64::min, |mean| mean < 0.93);
    out.push_str(
        "\n## Coverage of the difference of two shares of the same people\n\nCells: p_pre ∈ {.1, .3, .5}, p_post ∈ {.1, .3, .5, .7, .9}, correlation φ ∈ {0, .3, .6}, where feasible.\n\n",
    );
    write_table(&mut out, &paired, f64::min, |mean| mean < 0.93);
    out.push_str("\n## Size of McNemar's tests\n\nCells: p ∈ {.1, .3, .5} at both visits, φ ∈ {0, .3, .6}, α = .05; without a change nothing is rejected.\n\n");
    write_table(&mut out, &size, f64::max, |mean| mean > 0.06);
    out.push_str(
        "\n## What to read from the shares\n\n\
         - Wilson's covers the level on average and falls below it at single p; Clopper–Pearson never does and pays in width.\n\
         - Newcombe's and Tango's intervals of the paired difference keep .93 in every cell from n = 10 on.\n\
         - McNemar's exact and corrected tests reject a true null half as often as α or less; mid-p and the asymptotic test come nearer.\n",
    );
    out
}

fn add(table: &mut Table, cells: Cells) {
    for (method, cells) in cells {
        table.entry(method).or_default().push(cells);
    }
}

fn write_table(out: &mut String, table: &Table, worst: fn(f64, f64) -> f64, missed: fn(f64) -> bool) {
    let heads: Vec<String> = SIZES.iter().map(|n| format!("n = {n}")).collect();
    let _ = writeln!(out, "| method | {} |\n|---{}|", heads.join(" | "), "|---".repeat(heads.len()));
    for (method, sizes) in table {
        let cell = |cells: &Vec<f64>| {
            let mean = cells.iter().sum::<f64>() / cells.len() as f64;
            let text = format!("{mean:.3} ({:.3})", cells.iter().copied().reduce(worst).unwrap_or(mean));
            if missed(mean) { format!("**{text}**") } else { text }
        };
        let row: Vec<String> = sizes.iter().map(cell).collect();
        let _ = writeln!(out, "| {method} | {} |", row.join(" | "));
    }
}

/// ln k! for k up to n.
fn log_factorials(n: u64) -> Vec<f64> {
    (0..=n)
        .scan(0.0, |sum, k| {
            *sum += if k > 1 { (k as f64).ln() } else { 0.0 };
            Some(*sum)
        })
        .collect()
}

fn one_share(n: u64) -> Cells {
    let methods: [(&str, Method); 4] = [("clopper_pearson", clopper_pearson), ("jeffreys", jeffreys), ("mid_p", mid_p), ("wilson", wilson)];
    let log_factorial = log_factorials(n);
    let mut cells = BTreeMap::new();
    for (name, method) in methods {
        let intervals: Vec<Interval> = (0..=n).map(|x| method(x, n, LEVEL).expect("a share of somebody")).collect();
        let coverage = |p: f64| -> f64 {
            let weight = |x: usize| {
                let choose = log_factorial[n as usize] - log_factorial[x] - log_factorial[n as usize - x];
                (choose + x as f64 * p.ln() + (n as f64 - x as f64) * (1.0 - p).ln()).exp()
            };
            intervals.iter().enumerate().filter(|(_, interval)| interval.contains(p)).map(|(x, _)| weight(x)).sum()
        };
        cells.insert(name, (5..=95).map(|hundredth| coverage(f64::from(hundredth) / 100.0)).collect());
    }
    cells
}

/// Probabilities of both, pre only, post only, neither; `None` where no such people exist.
fn law(pre: f64, post: f64, phi: f64) -> Option<[f64; 4]> {
    let both = pre * post + phi * (pre * (1.0 - pre) * post * (1.0 - post)).sqrt();
    let law = [both, pre - both, post - both, 1.0 - pre - post + both];
    law.iter().all(|p| *p > 1e-9).then_some(law)
}

/// Coverage of the differences, and rejections of McNemar's tests at equal shares.
fn same_people(n: u64) -> (Cells, Cells) {
    let tables: Vec<PairedCounts> = (0..=n)
        .flat_map(|both| (0..=n - both).map(move |pre_only| (both, pre_only)))
        .flat_map(|(both, pre_only)| {
            let rest = n - both - pre_only;
            (0..=rest).map(move |post_only| PairedCounts { both, pre_only, post_only, neither: rest - post_only })
        })
        .collect();
    let answers: Vec<([Interval; 3], [f64; 4])> = tables
        .par_iter()
        .map(|counts| {
            let d = paired_difference(counts, LEVEL).expect("there are people");
            let p = mcnemar(counts, Inference::two_sided(LEVEL))
                .map_or([1.0; 4], |test| [test.p_asymptotic, test.p_corrected, test.p_exact, test.p_mid].map(|p| p.get()));
            ([d.newcombe, d.tango, d.bonett_price], p)
        })
        .collect();
    let log_factorial = log_factorials(n);
    let (mut coverage, mut size) = (Cells::new(), Cells::new());
    for pre in [0.1, 0.3, 0.5] {
        for post in [0.1, 0.3, 0.5, 0.7, 0.9] {
            for law in [0.0, 0.3, 0.6].into_iter().filter_map(|phi| law(pre, post, phi)) {
                let (mut covered, mut rejected) = ([0.0; 3], [0.0; 4]);
                for (counts, (intervals, p_values)) in tables.iter().zip(&answers) {
                    let cells = [counts.both, counts.pre_only, counts.post_only, counts.neither];
                    let terms = cells.iter().zip(&law).map(|(&count, p)| count as f64 * p.ln() - log_factorial[count as usize]);
                    let weight = (log_factorial[n as usize] + terms.sum::<f64>()).exp();
                    for (sum, interval) in covered.iter_mut().zip(intervals) {
                        // A limit within rounding of the true difference holds it.
                        let held = interval.lower <= post - pre + 1e-12 && post - pre <= interval.upper + 1e-12;
                        *sum += if held { weight } else { 0.0 };
                    }
                    for (sum, p) in rejected.iter_mut().zip(p_values) {
                        *sum += if *p <= 0.05 { weight } else { 0.0 };
                    }
                }
                for (name, value) in ["newcombe", "tango", "bonett_price"].into_iter().zip(covered) {
                    coverage.entry(name).or_default().push(value);
                }
                if pre == post {
                    for (name, value) in
                        ["mcnemar asymptotic", "mcnemar corrected", "mcnemar exact", "mcnemar mid-p"].into_iter().zip(rejected)
                    {
                        size.entry(name).or_default().push(value);
                    }
                }
            }
        }
    }
    (coverage, size)
}
