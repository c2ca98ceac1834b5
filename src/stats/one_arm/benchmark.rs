//! The mean change beside a figure from elsewhere.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::paired::{PairedT, paired_t};
use crate::stats::wald::{Wald, satterthwaite};
use crate::stats::{Changes, Estimable, Inference, Interval, NotEstimable};

/// A mean change quoted from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Benchmark {
    pub value: f64,
    pub std_error: Option<f64>,
    /// Degrees of freedom of the standard error, n − 1 of its study; large without.
    pub df: Option<f64>,
}

/// The record of [`against_benchmark`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgainstBenchmark {
    pub n: usize,
    pub benchmark: f64,
    pub mean_change: f64,
    /// The t interval of the mean change alone: all there is beside a benchmark without a standard error.
    pub interval: Estimable<Interval>,
    /// mean_change − benchmark.
    pub difference: f64,
    /// By the normal distribution.
    pub z: Estimable<Wald>,
    /// By t with Welch–Satterthwaite df.
    pub welch: Estimable<Wald>,
}

/// The mean change less a benchmark that was itself estimated.
///
/// SE = √(se_m² + se_b²); z takes it as known, Welch's form gives each part its df and is the one to use in small
/// samples. A benchmark quoted without a standard error gets no test: a p-value would pretend that it is known.
/// Assumes independent samples and that the benchmark's population would have done here what it did there.
/// Source: Welch (1947), Biometrika 34:28.
pub fn against_benchmark(changes: &Changes, benchmark: Benchmark, inference: Inference) -> Result<AgainstBenchmark, NotEstimable> {
    let own = paired_t(changes, 0.0, inference)?;
    let domain = |needed: &str| NotEstimable::OutsideDomain { method: "benchmark".into(), n: 1, needed: needed.into() };
    if !benchmark.value.is_finite() || benchmark.std_error.is_some_and(|se| !(se.is_finite() && se > 0.0)) {
        return Err(domain("a finite value and a standard error above 0"));
    }
    if benchmark.df.is_some_and(|df| df.is_nan() || df <= 0.0) {
        return Err(domain("degrees of freedom above 0"));
    }
    let difference = own.mean_change - benchmark.value;
    let errors = own.std_error.as_result().map_err(Clone::clone).and_then(|&own_error| {
        let why = || NotEstimable::NotComputed { why: "the benchmark is quoted without a standard error".into() };
        benchmark.std_error.map(|other| (own_error, other)).ok_or_else(why)
    });
    let test = |df: &dyn Fn([f64; 2]) -> Option<f64>| {
        errors.clone().and_then(|(a, b)| Wald::new(difference, libm::hypot(a, b), df([a * a, b * b]), 0.0, inference))
    };
    let (z, welch) = (test(&|_| None), test(&|parts| satterthwaite(parts, [Some(own.df), benchmark.df])));
    let (n, mean_change, interval) = (changes.n(), own.mean_change, own.interval);
    Ok(AgainstBenchmark { n, benchmark: benchmark.value, mean_change, interval, difference, z: z.into(), welch: welch.into() })
}

/// The mean change against a performance criterion fixed in advance: the one-sample t against `criterion`.
///
/// The criterion is a number that was agreed before the data, not an estimate: it has no error.
/// Matches R: `t.test(change, mu = criterion)`.
pub fn against_criterion(changes: &Changes, criterion: f64, inference: Inference) -> Result<PairedT, NotEstimable> {
    paired_t(changes, criterion, inference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_standard_error_there_is_an_interval_and_no_test() {
        let changes = Changes::from_f64(&[1.0, 4.0, -2.0, 7.0, 3.0]);
        let two = Inference::two_sided(0.95);
        let bare = against_benchmark(&changes, Benchmark { value: 5.0, std_error: None, df: None }, two).unwrap();
        assert!(bare.interval.ok().is_some() && bare.z.ok().is_none() && bare.welch.ok().is_none());
        assert!(matches!(bare.welch.reason(), Some(NotEstimable::NotComputed { .. })));
        let full = against_benchmark(&changes, Benchmark { value: 5.0, std_error: Some(0.5), df: Some(30.0) }, two).unwrap();
        assert!(full.welch.ok().unwrap().p > full.z.ok().unwrap().p);
        assert!(against_benchmark(&changes, Benchmark { value: 5.0, std_error: Some(0.0), df: None }, two).is_err());
    }
}
