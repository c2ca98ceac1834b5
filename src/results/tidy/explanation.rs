//! Tidy rows of the records of other explanations and of evidence.

use std::borrow::Cow;

use super::Cell;
use crate::results::{
    BayesFactor, BenchmarkRow, Benchmarks, ChangeCorrelationRow, ChangeCorrelations, Comparison, Equivalence, Finding, Method, MissingPost,
    PracticeEffect, RegressionToMean,
};
use crate::stats::missing::CarriedForward;
use crate::stats::{CorrelationTest, Estimable, Interval, NotEstimable, Wald};

/// The statistics of a record of this kind; nothing for other kinds.
pub fn cells(finding: &Finding) -> Vec<Cell> {
    match finding {
        Finding::RegressionToMean(record) => regression_to_mean(record),
        Finding::Practice(record) => practice(record),
        Finding::Benchmark(record) => benchmarks(record),
        Finding::MissingPost(record) => missing_post(record),
        Finding::Equivalence(record) => equivalence(record),
        Finding::BayesFactor(record) => bayes_factor(record),
        Finding::ChangeCorrelation(record) => change_correlation(record),
        _ => Vec::new(),
    }
}

/// The statistic names of a method whose whole record is refused: those that every such record has.
pub fn names(method: Method) -> &'static [&'static str] {
    match method {
        Method::RegressionToMean => &[
            "reliability",
            "norm_mean",
            "norm_sd",
            "expected_change",
            "r_at_zero",
            "net_change",
            "std_error",
            "t",
            "df",
            "p",
            "ci_low",
            "ci_high",
            "propagated_std_error",
            "propagated_low",
            "propagated_high",
            "mee_chua_effect",
            "mee_chua_std_error",
            "mee_chua_t",
            "mee_chua_df",
            "p_mee_chua",
            "mee_chua_low",
            "mee_chua_high",
            "mee_chua_slope",
            "r_change_pre",
            "r_change_pre_low",
            "r_change_pre_high",
            "r_oldham",
            "r_oldham_low",
            "r_oldham_high",
            "p_oldham",
        ],
        Method::Practice => &["practice", "net_change", "std_error", "t", "df", "p", "ci_low", "ci_high"],
        Method::Benchmark => &["difference"],
        Method::MissingPost => &[
            "n",
            "n_both",
            "n_pre_only",
            "n_post_only",
            "n_neither",
            "mean_pre_completers",
            "mean_pre_dropouts",
            "baseline_difference",
            "baseline_difference_low",
            "baseline_difference_high",
            "p_baseline_difference",
            "baseline_standardised_difference",
            "mar_change",
            "complete_change",
            "se_small_sample",
            "t",
            "df",
            "p",
            "ci_low",
            "ci_high",
            "se_mixed_model",
            "mixed_model_low",
            "mixed_model_high",
            "p_mixed_model",
            "se_ml",
            "ml_low",
            "ml_high",
            "p_ml",
            "tipping_change_zero",
            "tipping_interval_zero",
        ],
        Method::Equivalence => &["mean_change", "std_error", "df", "p", "ci_low", "ci_high", "equivalent", "p_minimal_effect"],
        Method::BayesFactor => &["log_bf10", "bf10", "scale", "t", "log_bf10_narrowest", "log_bf10_widest"],
        Method::ChangeCorrelation => &["r"],
        _ => &[],
    }
}

type Value = Result<f64, NotEstimable>;

fn regression_to_mean(record: &RegressionToMean) -> Vec<Cell> {
    let mut cells = vec![
        cell("reliability", Ok(record.reliability.fact.value)),
        cell("norm_mean", Ok(record.norm.fact.mean)),
        cell("norm_sd", Ok(record.norm.fact.sd)),
        cell("expected_change", of(&record.net, |net| Ok(net.expected_change))),
        cell("r_at_zero", of(&record.net, |net| value(&net.r_at_zero))),
    ];
    let net = inside(&record.net, |net| &net.net);
    cells.extend(wald(["net_change", "std_error", "t", "df", "p", "ci_low", "ci_high"], &net));
    cells.extend([
        cell("propagated_std_error", of(&record.propagated, |found| Ok(found.std_error))),
        cell("propagated_low", of(&record.propagated, |found| Ok(found.interval.lower))),
        cell("propagated_high", of(&record.propagated, |found| Ok(found.interval.upper))),
    ]);
    if let Some(selection) = &record.selection {
        cells.extend([
            cell("selection_share", of(&selection.expected, |found| Ok(found.share_selected))),
            cell("selection_expected_pre", of(&selection.expected, |found| Ok(found.expected_pre))),
            cell("selection_expected_change", of(&selection.expected, |found| Ok(found.expected_change))),
        ]);
    }
    let effect = inside(&record.mee_chua, |found| &found.effect);
    cells.extend(wald(
        ["mee_chua_effect", "mee_chua_std_error", "mee_chua_t", "mee_chua_df", "p_mee_chua", "mee_chua_low", "mee_chua_high"],
        &effect,
    ));
    cells.push(cell("mee_chua_slope", of(&record.mee_chua, |found| Ok(found.slope))));
    let with_pre = inside(&record.baseline_change, |found| &found.change_with_pre);
    let with_mean = inside(&record.baseline_change, |found| &found.change_with_mean);
    cells.extend(correlation(["r_change_pre", "r_change_pre_low", "r_change_pre_high"], &with_pre));
    cells.extend(correlation(["r_oldham", "r_oldham_low", "r_oldham_high"], &with_mean));
    cells.push(cell("p_oldham", of(&with_mean, |test| of(&test.p, |p| Ok(p.get())))));
    cells
}

fn practice(record: &PracticeEffect) -> Vec<Cell> {
    const NET: [&str; 7] = ["net_change", "std_error", "t", "df", "p", "ci_low", "ci_high"];
    match record {
        PracticeEffect::Constant { practice, against } => {
            let mut cells = vec![cell("practice", Ok(practice.fact.mean))];
            cells.extend(wald(NET, &inside(against, |found| &found.net)));
            cells
        }
        PracticeEffect::Control { against } => {
            let mut cells = vec![
                cell("practice", of(against, |found| Ok(found.control_mean_change))),
                cell("control_n", of(against, |found| Ok(found.control_n as f64))),
            ];
            cells.extend(wald(NET, &inside(against, |found| &found.net)));
            cells
        }
    }
}

fn benchmarks(record: &Benchmarks) -> Vec<Cell> {
    let mut cells: Vec<Cell> = record.rows.iter().flat_map(benchmark).collect();
    if let Some(pooled) = &record.pooled {
        let mean = pooled.map(|found| found.mean);
        cells.push(cell("pooled_k", of(pooled, |found| Ok(found.k as f64))));
        cells.extend(wald(["pooled_mean", "pooled_std_error", "pooled_t", "pooled_df", "p_pooled", "pooled_low", "pooled_high"], &mean));
        cells.extend([
            cell("prediction_low", of(pooled, |found| Ok(found.prediction_interval.lower))),
            cell("prediction_high", of(pooled, |found| Ok(found.prediction_interval.upper))),
            cell("tau2", of(pooled, |found| Ok(found.tau2))),
            cell("i2", of(pooled, |found| Ok(found.i2))),
            cell("q", of(pooled, |found| Ok(found.q))),
        ]);
    }
    cells
}

/// Each name carries the label of the benchmark: `difference[usual care 2016]`.
fn benchmark(row: &BenchmarkRow) -> Vec<Cell> {
    let cells = match &row.comparison {
        Comparison::Estimate(found) => {
            let mut cells = vec![
                cell("benchmark", Ok(row.benchmark.mean_change)),
                cell("mean_change", of(found, |found| Ok(found.mean_change))),
                cell("difference", of(found, |found| Ok(found.difference))),
            ];
            cells.extend(limits(["mean_low", "mean_high"], &inside(found, |found| &found.interval)));
            let welch = wald(["", "std_error", "t", "df", "p", "ci_low", "ci_high"], &inside(found, |found| &found.welch));
            cells.extend(welch.into_iter().skip(1));
            let z = inside(found, |found| &found.z);
            cells.push(cell("p_z", of(&z, |test| Ok(test.p.get()))));
            cells
        }
        Comparison::Criterion(found) => {
            let mut cells =
                vec![cell("criterion", Ok(row.benchmark.mean_change)), cell("mean_change", of(found, |found| Ok(found.mean_change)))];
            cells.extend(limits(["mean_low", "mean_high"], &inside(found, |found| &found.interval)));
            cells.extend([
                cell("std_error", of(found, |found| value(&found.std_error))),
                cell("t", of(found, |found| value(&found.t))),
                cell("df", of(found, |found| Ok(found.df))),
                cell("p", of(found, |found| of(&found.p, |p| Ok(p.get())))),
            ]);
            cells
        }
    };
    labelled(cells, &row.benchmark.label)
}

fn missing_post(record: &MissingPost) -> Vec<Cell> {
    let pattern = record.pattern;
    let counts = [
        ("n", pattern.n),
        ("n_both", pattern.both),
        ("n_pre_only", pattern.pre_only),
        ("n_post_only", pattern.post_only),
        ("n_neither", pattern.neither),
    ];
    let mut cells: Vec<Cell> = counts.into_iter().map(|(name, count)| cell(name, Ok(count as f64))).collect();
    let compared = &record.completers;
    cells.extend([
        cell("mean_pre_completers", value(&compared.completers.mean)),
        cell("mean_pre_dropouts", value(&compared.dropouts.mean)),
        cell("baseline_difference", of(&compared.difference, |found| Ok(found.estimate))),
        cell("baseline_difference_low", of(&compared.difference, |found| Ok(found.interval.lower))),
        cell("baseline_difference_high", of(&compared.difference, |found| Ok(found.interval.upper))),
        cell("p_baseline_difference", of(&compared.difference, |found| Ok(found.p.get()))),
        cell("baseline_standardised_difference", value(&compared.standardised_difference)),
        cell("mar_change", of(&record.mar, |mar| Ok(mar.mean_change))),
        cell("complete_change", of(&record.mar, |mar| Ok(mar.complete_mean_change))),
    ]);
    let small = inside(&record.mar, |mar| &mar.standard_errors.small_sample);
    cells.extend(wald(["", "se_small_sample", "t", "df", "p", "ci_low", "ci_high"], &small).into_iter().skip(1));
    let mixed = inside(&record.mar, |mar| &mar.standard_errors.mixed_model);
    let ml = inside(&record.mar, |mar| &mar.standard_errors.maximum_likelihood);
    for (names, found) in
        [(["se_mixed_model", "mixed_model_low", "mixed_model_high", "p_mixed_model"], mixed), (["se_ml", "ml_low", "ml_high", "p_ml"], ml)]
    {
        cells.push(cell(names[0], of(&found, |wald| Ok(wald.std_error))));
        cells.extend(limits([names[1], names[2]], &found.map(|wald| wald.interval)));
        cells.push(cell(names[3], of(&found, |wald| Ok(wald.p.get()))));
    }
    cells.extend([
        cell("tipping_change_zero", of(&record.tipping_point, |found| Ok(found.change_zero))),
        cell("tipping_interval_zero", of(&record.tipping_point, |found| value(&found.interval_zero))),
    ]);
    for (k, at) in record.delta.iter().enumerate() {
        let named = |name: &str, value: Value| -> Cell { (format!("{name}_{}", k + 1).into(), value) };
        cells.extend([
            named("delta", Ok(at.delta)),
            named("delta_change", of(&at.change, |found| Ok(found.estimate))),
            named("delta_low", of(&at.change, |found| Ok(found.interval.lower))),
            named("delta_high", of(&at.change, |found| Ok(found.interval.upper))),
        ]);
    }
    for carried in &record.carried_forward {
        let named = |name: &str, value: Value| -> Cell { (format!("{name}_{}", carried.rule).into(), value) };
        let interval = of_interval(&carried.change);
        cells.extend([
            named("change", of(&carried.change, |found| Ok(found.test.mean_change))),
            named("std_error", of(&carried.change, |found| value(&found.test.std_error))),
            named("p", of(&carried.change, |found| of(&found.test.p, |p| Ok(p.get())))),
            named("ci_low", of(&interval, |interval| Ok(interval.lower))),
            named("ci_high", of(&interval, |interval| Ok(interval.upper))),
        ]);
    }
    cells
}

fn of_interval(carried: &Estimable<CarriedForward>) -> Estimable<Interval> {
    inside(carried, |found| &found.test.interval)
}

fn equivalence(record: &Equivalence) -> Vec<Cell> {
    let (tost, minimal) = (&record.tost, &record.minimal_effect);
    vec![
        cell("bound_low", Ok(record.bounds[0].to_f64())),
        cell("bound_high", Ok(record.bounds[1].to_f64())),
        cell("mean_change", of(tost, |found| Ok(found.mean_change))),
        cell("std_error", of(tost, |found| Ok(found.std_error))),
        cell("df", of(tost, |found| Ok(found.df))),
        cell("t_above_lower", of(tost, |found| Ok(found.above_lower.t))),
        cell("p_above_lower", of(tost, |found| Ok(found.above_lower.p.get()))),
        cell("t_below_upper", of(tost, |found| Ok(found.below_upper.t))),
        cell("p_below_upper", of(tost, |found| Ok(found.below_upper.p.get()))),
        cell("p", of(tost, |found| Ok(found.p.get()))),
        cell("ci_low", of(tost, |found| Ok(found.interval.lower))),
        cell("ci_high", of(tost, |found| Ok(found.interval.upper))),
        cell("equivalent", of(tost, |found| Ok(f64::from(u8::from(found.equivalent))))),
        cell("p_minimal_effect", of(minimal, |found| Ok(found.p.get()))),
        cell("minimal_effect_low", of(minimal, |found| Ok(found.interval.lower))),
        cell("minimal_effect_high", of(minimal, |found| Ok(found.interval.upper))),
    ]
}

/// The factor itself stands only where a double holds it; its logarithm always does.
fn bayes_factor(record: &BayesFactor) -> Vec<Cell> {
    let jzs = record.jzs;
    let factor = libm::exp(jzs.log_bf10);
    let factor = if factor.is_normal() { Ok(factor) } else { Err(NotEstimable::Overflow) };
    let mut cells = vec![cell("log_bf10", Ok(jzs.log_bf10)), cell("bf10", factor), cell("scale", Ok(jzs.scale)), cell("t", Ok(jzs.t))];
    let ends = [("log_bf10_narrowest", record.robustness.first()), ("log_bf10_widest", record.robustness.last())];
    cells.extend(ends.into_iter().filter_map(|(name, at)| Some(cell(name, Ok(at?.log_bf10)))));
    cells
}

/// Each name carries the other outcome: `r[phq9]`.
fn change_correlation(record: &ChangeCorrelations) -> Vec<Cell> {
    let of_row = |row: &ChangeCorrelationRow| {
        let found = &row.correlation;
        let n = match found {
            Estimable::NotEstimable(reason @ NotEstimable::Withheld { .. }) => Err(reason.clone()),
            _ => Ok(row.n as f64),
        };
        let mut cells = vec![cell("n", n)];
        cells.extend(correlation(["r", "ci_low", "ci_high"], found));
        cells.extend([
            cell("t", of(found, |test| value(&test.t))),
            cell("df", of(found, |test| Ok(test.df))),
            cell("p", of(found, |test| of(&test.p, |p| Ok(p.get())))),
        ]);
        labelled(cells, &row.with)
    };
    record.rows.iter().flat_map(of_row).collect()
}

fn labelled(cells: Vec<Cell>, label: &str) -> Vec<Cell> {
    cells.into_iter().map(|(name, value)| (format!("{name}[{label}]").into(), value)).collect()
}

fn cell(name: &'static str, value: Value) -> Cell {
    (Cow::Borrowed(name), value)
}

fn of<T>(found: &Estimable<T>, pick: impl FnOnce(&T) -> Value) -> Value {
    found.as_result().map_err(Clone::clone).and_then(pick)
}

fn value(found: &Estimable<f64>) -> Value {
    of(found, |value| Ok(*value))
}

/// What stands inside a record; where the record is refused, so is it.
fn inside<T, U: Clone>(found: &Estimable<T>, pick: impl FnOnce(&T) -> &Estimable<U>) -> Estimable<U> {
    match found {
        Estimable::Estimated(record) => pick(record).clone(),
        Estimable::NotEstimable(reason) => Estimable::NotEstimable(reason.clone()),
    }
}

/// Estimate, standard error, statistic, df, p and both limits. Without df the normal distribution is the reference, and the
/// row of df is left out.
fn wald(names: [&'static str; 7], found: &Estimable<Wald>) -> Vec<Cell> {
    let [estimate, std_error, statistic, df, p, low, high] = names;
    let mut cells = vec![
        cell(estimate, of(found, |wald| Ok(wald.estimate))),
        cell(std_error, of(found, |wald| Ok(wald.std_error))),
        cell(statistic, of(found, |wald| Ok(wald.statistic))),
    ];
    match found {
        Estimable::Estimated(wald) => cells.extend(wald.df.map(|value| cell(df, Ok(value)))),
        Estimable::NotEstimable(reason) => cells.push(cell(df, Err(reason.clone()))),
    }
    cells.push(cell(p, of(found, |wald| Ok(wald.p.get()))));
    cells.extend(limits([low, high], &found.map(|wald| wald.interval)));
    cells
}

fn limits([low, high]: [&'static str; 2], found: &Estimable<Interval>) -> [Cell; 2] {
    [cell(low, of(found, |interval| Ok(interval.lower))), cell(high, of(found, |interval| Ok(interval.upper)))]
}

fn correlation(names: [&'static str; 3], found: &Estimable<CorrelationTest>) -> Vec<Cell> {
    let [r, low, high] = names;
    let mut cells = vec![cell(r, of(found, |test| Ok(test.r)))];
    cells.extend(limits([low, high], &inside(found, |test| &test.interval)));
    cells
}
