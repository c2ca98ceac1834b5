//! The change beside changes that others saw.

use super::super::outcome::List;
use super::{one_sided, two_sided};
use crate::results::{BenchmarkRow, Benchmarks, Comparison, Finding, Method};
use crate::stats::one_arm::{self, MetaTest, Tau2Method, against_benchmark, against_criterion, random_effects};
use crate::stats::{Inference, Pairs};
use crate::trial::{Benchmark, BenchmarkKind};

/// Nothing is asked where the plan names no benchmark.
pub fn push(list: &mut List, pairs: &Pairs, benchmarks: &[Benchmark], asked: Inference) {
    if benchmarks.is_empty() {
        return;
    }
    let rows =
        benchmarks.iter().map(|benchmark| BenchmarkRow { benchmark: benchmark.clone(), comparison: compare(pairs, benchmark, asked) });
    // METHOD: restricted likelihood with Knapp and Hartung's form, because plans name few studies.
    let studies: Vec<(f64, f64)> = benchmarks
        .iter()
        .filter(|benchmark| benchmark.kind == BenchmarkKind::Estimate)
        .filter_map(|benchmark| benchmark.std_error.map(|error| (benchmark.mean_change, error * error)))
        .collect();
    let pooled = || random_effects(&studies, Tau2Method::Reml, MetaTest::KnappHartung, two_sided(asked)).into();
    let pooled = (studies.len() >= 2).then(pooled);
    let record = Benchmarks { rows: rows.collect(), pooled };
    list.push(Method::Benchmark, Ok(Finding::Benchmark(record)), one_sided(asked));
}

fn compare(pairs: &Pairs, benchmark: &Benchmark, asked: Inference) -> Comparison {
    match benchmark.kind {
        BenchmarkKind::Criterion => Comparison::Criterion(against_criterion(pairs.changes(), benchmark.mean_change, asked).into()),
        BenchmarkKind::Estimate => {
            let figure = one_arm::Benchmark {
                value: benchmark.mean_change,
                std_error: benchmark.std_error,
                df: benchmark.n.filter(|n| *n > 1).map(|n| f64::from(n - 1)),
            };
            Comparison::Estimate(against_benchmark(pairs.changes(), figure, asked).into())
        }
    }
}
