//! The kernels that cost time: `cargo bench --bench kernels`.

use divan::Bencher;
use prepost::stats::paired::{Zeros, hodges_lehmann, permutation, signed_rank};
use prepost::stats::resample::{Stream, bootstrap};
use prepost::stats::{Inference, Pairs};

fn main() {
    divan::main();
}

/// Scores of a questionnaire with `levels` levels that mostly fall.
fn sample(n: usize, levels: u32) -> Pairs {
    let mut stream = Stream::new(1, 0);
    stream.set_replicate(0);
    let mut score = || f64::from(stream.below(levels) + stream.below(levels));
    let pre: Vec<f64> = (0..n).map(|_| score()).collect();
    let post: Vec<f64> = pre.iter().map(|pre| pre + score() - f64::from(levels) * 1.1).collect();
    Pairs::from_f64(&pre, &post)
}

#[divan::bench(args = [30, 1000, 100_000])]
fn bootstrap_10000(bencher: Bencher, n: usize) {
    let pairs = sample(n, 32);
    bencher.bench(|| bootstrap(&pairs, 0.95, 10_000, 1, 0));
}

#[divan::bench(args = [30, 1000, 100_000])]
fn permutation_10000(bencher: Bencher, n: usize) {
    let pairs = sample(n, 32);
    bencher.bench(|| permutation(pairs.changes(), Inference::two_sided(0.95), 10_000, 1));
}

#[divan::bench(args = [30, 300, 2000])]
fn signed_rank_exact(bencher: Bencher, n: usize) {
    let pairs = sample(n, 1_000_000_000);
    bencher.bench(|| signed_rank(pairs.changes(), Zeros::Pratt, Inference::two_sided(0.95)));
}

#[divan::bench(args = [30, 1000, 100_000])]
fn hodges_lehmann_95(bencher: Bencher, n: usize) {
    let pairs = sample(n, 1_000_000_000);
    bencher.bench(|| hodges_lehmann(pairs.changes(), 0.95));
}
