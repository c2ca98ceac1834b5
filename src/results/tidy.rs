//! `statistics.csv`: the tree as tidy rows, with the one table of statistic names.

mod explanation;
mod meaning;

use std::borrow::Cow;
use std::io::Write;

use super::{Adjusted, Agreement, Analysis, Bootstrap, Describe, Finding, Method, Results, formula, number};
use crate::stats::density::ChangeDensity;
use crate::stats::effect::Effect;
use crate::stats::{Estimable, Interval, NotEstimable, Note, PValue};

/// One row: a number, or an empty value with the reason in `note`.
#[derive(Debug, Clone, PartialEq)]
pub struct TidyRow {
    pub analysis: String,
    pub outcome: String,
    pub contrast: String,
    pub population: String,
    pub method: &'static str,
    pub statistic: String,
    pub value: Option<f64>,
    pub note: String,
}

type Cell = (Cow<'static, str>, Result<f64, NotEstimable>);

/// Every number of the tree, in its order. A refused analysis keeps its rows: each has the reason and no value.
pub fn tidy_rows(results: &Results) -> Vec<TidyRow> {
    results.analyses.iter().flat_map(|analysis| rows(analysis, results)).collect()
}

/// Writes `analysis,outcome,contrast,population,method,statistic,value,note`.
pub fn write_tidy(results: &Results, to: impl Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record(["analysis", "outcome", "contrast", "population", "method", "statistic", "value", "note"])?;
    for row in tidy_rows(results) {
        let value = row.value.map(number::data).unwrap_or_default();
        // Names of statistics and notes hold labels from data, too.
        let text =
            [&row.analysis, &row.outcome, &row.contrast, &row.population, &row.statistic, &row.note].map(|text| formula::escape(text));
        writer.write_record([&*text[0], &*text[1], &*text[2], &*text[3], row.method, &*text[4], &value, &*text[5]])?;
    }
    writer.flush()?;
    Ok(())
}

fn rows(analysis: &Analysis, results: &Results) -> Vec<TidyRow> {
    let cells = match &analysis.finding {
        Estimable::Estimated(finding) => cells(finding, analysis.key.method),
        Estimable::NotEstimable(reason) => {
            refused_names(analysis.key.method, results).into_iter().map(|name| (name, Err(reason.clone()))).collect()
        }
    };
    // That p is at its floor is said of the p-values that are.
    let common: Vec<&Note> = analysis.notes.iter().filter(|note| **note != Note::TinyP).collect();
    let notes = |value: f64, statistic: &str| {
        let tiny = (value == PValue::SMALLEST && statistic.starts_with('p')).then_some(&Note::TinyP);
        let own = analysis.finding.ok().and_then(|finding| meaning::note(finding, statistic));
        own.into_iter().chain(common.iter().copied().chain(tiny).map(ToString::to_string)).collect::<Vec<_>>().join("; ")
    };
    cells
        .into_iter()
        .map(|(statistic, value)| TidyRow {
            analysis: analysis.id.clone(),
            outcome: analysis.key.outcome.clone(),
            contrast: analysis.key.contrast.clone(),
            population: analysis.key.population.to_string(),
            method: analysis.key.method.name(),
            note: value.as_ref().map_or_else(ToString::to_string, |value| notes(*value, &statistic)),
            statistic: statistic.into_owned(),
            value: value.ok(),
        })
        .collect()
}

/// The statistic names of a method whose whole record is refused.
fn refused_names(method: Method, results: &Results) -> Vec<Cow<'static, str>> {
    let names: &[&'static str] = match method {
        Method::Describe => &["n", "n_missing_pre", "n_missing_post"],
        Method::PairedT => &["mean_change", "sd_change", "std_error", "t", "df", "p", "ci_low", "ci_high"],
        Method::SignedRank | Method::SignedRankPratt => &["w_plus", "w_minus", "n_zero", "z", "p", "p_exact", "p_asymptotic"],
        Method::SignedRankDrop => &["w_plus", "w_minus", "n_zero", "z", "p", "p_exact", "p_asymptotic", "p_asymptotic_uncorrected"],
        Method::HodgesLehmann => &["estimate", "ci_low", "ci_high", "achieved"],
        Method::MedianChange => &["estimate", "ci_low", "ci_high", "achieved"],
        Method::Yuen => &["estimate", "ci_low", "ci_high", "std_error", "t", "df", "p", "robust_d"],
        Method::WilcoxonR => &["r_pairs", "r_nonzero"],
        Method::SignTest => &["n_positive", "n_negative", "n_zero", "p", "share_positive", "ci_low", "ci_high"],
        Method::Permutation => &["p", "n_permutations", "mc_error"],
        Method::ShapiroWilk => &["w", "p"],
        Method::DZ | Method::DPre => &["estimate", "std_error", "ci_low", "ci_high", "hedges", "benefit", "benefit_low", "benefit_high"],
        Method::DAv => &["estimate", "std_error", "ci_low", "ci_high", "hedges", "hedges_ri", "benefit", "benefit_low", "benefit_high"],
        Method::DRm => &["estimate", "std_error", "ci_low", "ci_high", "benefit", "benefit_low", "benefit_high"],
        Method::Correlation => &["r", "ci_low", "ci_high"],
        Method::PitmanMorgan => &["statistic", "df", "p"],
        Method::RankBiserial | Method::RankBiserialDrop | Method::RankBiserialPratt | Method::PSuperiority => {
            &["estimate", "ci_low", "ci_high", "benefit", "benefit_low", "benefit_high"]
        }
        Method::Bootstrap => &["mean_change_low", "mean_change_high", "d_av_low", "d_av_high", "d_pre_low", "d_pre_high"],
        Method::Adjusted => {
            let procedure = results.provenance.settings.0.analysis.multiplicity.name();
            return vec![format!("p_{procedure}").into(), "family_size".into()];
        }
        Method::Agreement => &["agree"],
        Method::Density => &["bandwidth_pre", "bandwidth_post"],
        Method::Responders | Method::Response | Method::Remission | Method::ReliableChange | Method::Multiverse | Method::BandShift => {
            meaning::names(method)
        }
        Method::RegressionToMean
        | Method::Practice
        | Method::Benchmark
        | Method::MissingPost
        | Method::Equivalence
        | Method::BayesFactor
        | Method::ChangeCorrelation => explanation::names(method),
    };
    names.iter().map(|name| Cow::Borrowed(*name)).collect()
}

fn cells(finding: &Finding, method: Method) -> Vec<Cell> {
    match finding {
        Finding::Describe(record) => describe(record),
        Finding::PairedT(r) => {
            let mut cells = vec![
                ok("mean_change", r.mean_change),
                estimable("sd_change", &r.sd_change),
                estimable("std_error", &r.std_error),
                estimable("t", &r.t),
                ok("df", r.df),
                p("p", &r.p),
            ];
            cells.extend(interval("ci_low", "ci_high", &r.interval));
            cells
        }
        Finding::SignedRank(r) => {
            let mut cells = vec![
                ok("w_plus", r.w_plus),
                ok("w_minus", r.w_minus),
                ok("n_zero", r.n_zero as f64),
                estimable("z", &r.z),
                p("p", &r.p),
                p("p_exact", &r.p_exact),
                p("p_asymptotic", &r.p_asymptotic),
            ];
            if method == Method::SignedRankDrop {
                cells.push(p("p_asymptotic_uncorrected", &r.p_asymptotic_uncorrected));
            }
            cells
        }
        Finding::HodgesLehmann(r) => {
            let mut cells = vec![ok("estimate", r.estimate)];
            cells.extend(interval("ci_low", "ci_high", &r.interval));
            cells.push(estimable("achieved", &r.achieved));
            cells
        }
        Finding::MedianChange(r) => {
            let mut cells = vec![ok("estimate", r.estimate)];
            cells.extend(interval("ci_low", "ci_high", &r.interval));
            cells.push(estimable("achieved", &r.achieved));
            cells
        }
        Finding::Yuen(r) => {
            let mut cells = vec![ok("estimate", r.estimate)];
            cells.extend(interval("ci_low", "ci_high", &Estimable::Estimated(r.interval)));
            cells.extend([
                ok("std_error", r.std_error),
                ok("t", r.t),
                ok("df", r.df),
                ok("p", r.p.get()),
                estimable("robust_d", &r.robust_d),
            ]);
            cells
        }
        Finding::WilcoxonR(r) => vec![ok("r_pairs", r.r_pairs), ok("r_nonzero", r.r_nonzero)],
        Finding::SignTest(r) => {
            let mut cells = vec![
                ok("n_positive", r.n_positive as f64),
                ok("n_negative", r.n_negative as f64),
                ok("n_zero", r.n_zero as f64),
                p("p", &r.p),
                estimable("share_positive", &r.share_positive),
            ];
            cells.extend(interval("ci_low", "ci_high", &r.interval));
            cells
        }
        Finding::Permutation(r) => {
            vec![ok("p", r.p.get()), ok("n_permutations", r.n_permutations as f64), ok("mc_error", r.mc_error)]
        }
        Finding::ShapiroWilk(r) => vec![ok("w", r.w), ok("p", r.p.get())],
        Finding::Effect(r) => effect(r, method),
        Finding::Correlation(r) => {
            let mut cells = vec![ok("r", r.r)];
            cells.extend(interval("ci_low", "ci_high", &r.interval));
            cells
        }
        Finding::PitmanMorgan(r) => vec![ok("statistic", r.statistic), ok("df", r.df), ok("p", r.p.get())],
        Finding::Bootstrap(r) => bootstrap(r),
        Finding::Adjusted(r) => adjusted(r),
        Finding::Agreement(r) => agreement(r),
        Finding::Density(r) => density(r),
        Finding::Responders(_)
        | Finding::Response(_)
        | Finding::Remission(_)
        | Finding::ReliableChange(_)
        | Finding::Multiverse(_)
        | Finding::BandShift(_) => meaning::cells(finding),
        Finding::RegressionToMean(_)
        | Finding::Practice(_)
        | Finding::Benchmark(_)
        | Finding::MissingPost(_)
        | Finding::Equivalence(_)
        | Finding::BayesFactor(_)
        | Finding::ChangeCorrelation(_) => explanation::cells(finding),
    }
}

fn count(name: &'static str, count: &Estimable<usize>) -> Cell {
    (name.into(), count.as_result().map(|count| *count as f64).map_err(Clone::clone))
}

fn describe(record: &Describe) -> Vec<Cell> {
    let mut cells = vec![
        ok("n", record.change.n as f64),
        count("n_missing_pre", &record.n_missing_pre),
        count("n_missing_post", &record.n_missing_post),
    ];
    for (visit, summary) in [("pre", &record.pre), ("post", &record.post), ("change", &record.change)] {
        let named = |name: &str, value: Result<f64, NotEstimable>| -> Cell { (format!("{name}_{visit}").into(), value) };
        let of = |value: &Estimable<f64>| value.as_result().copied().map_err(Clone::clone);
        cells.extend([
            named("mean", of(&summary.mean)),
            named("sd", of(&summary.sd)),
            named("median", of(&summary.median)),
            named("q1", of(&summary.q1)),
            named("q3", of(&summary.q3)),
            named("min", of(&summary.min)),
            named("max", of(&summary.max)),
        ]);
    }
    cells.extend(interval("mean_pre_low", "mean_pre_high", &record.mean_interval_pre));
    cells.extend(interval("mean_post_low", "mean_post_high", &record.mean_interval_post));
    cells.push(estimable("r", &record.r));
    if let Some(ends) = record.scale_ends {
        cells.extend([
            ok("pct_floor_pre", ends.pct_floor_pre),
            ok("pct_ceiling_pre", ends.pct_ceiling_pre),
            ok("pct_floor_post", ends.pct_floor_post),
            ok("pct_ceiling_post", ends.pct_ceiling_post),
        ]);
    }
    if let Some(classes) = record.classes {
        cells.extend([
            ok("n_improved", classes.n_improved as f64),
            ok("n_unchanged", classes.n_unchanged as f64),
            ok("n_worsened", classes.n_worsened as f64),
            ok("pct_improved", classes.pct_improved),
            ok("pct_unchanged", classes.pct_unchanged),
            ok("pct_worsened", classes.pct_worsened),
        ]);
    }
    cells
}

fn effect(record: &Effect, method: Method) -> Vec<Cell> {
    let mut cells = vec![ok("estimate", record.estimate)];
    let has_std_error = matches!(method, Method::DZ | Method::DAv | Method::DPre | Method::DRm);
    if has_std_error {
        cells.push(estimable("std_error", &record.std_error));
    }
    cells.extend(interval("ci_low", "ci_high", &record.interval));
    cells.extend(record.hedges.map(|value| ok("hedges", value)));
    cells.extend(record.hedges_ri.map(|value| ok("hedges_ri", value)));
    if let Some(benefit) = &record.benefit {
        cells.push(ok("benefit", benefit.estimate));
        cells.extend(interval("benefit_low", "benefit_high", &benefit.interval));
    }
    cells
}

fn bootstrap(record: &Bootstrap) -> Vec<Cell> {
    let mut cells = Vec::new();
    cells.extend(interval("mean_change_low", "mean_change_high", &record.mean_change));
    cells.extend(interval("d_av_low", "d_av_high", &record.d_av));
    cells.extend(interval("d_pre_low", "d_pre_high", &record.d_pre));
    cells.push(ok("replicates", record.replicates as f64));
    cells
}

fn adjusted(record: &Adjusted) -> Vec<Cell> {
    vec![(format!("p_{}", record.procedure).into(), Ok(record.p.get())), ok("family_size", record.family_size as f64)]
}

fn agreement(record: &Agreement) -> Vec<Cell> {
    vec![ok("agree", if record.agree { 1.0 } else { 0.0 }), ok("n_methods", record.verdicts.len() as f64)]
}

fn density(record: &ChangeDensity) -> Vec<Cell> {
    let width = |curve: &Estimable<crate::stats::density::Density>| curve.as_result().map(|c| c.bandwidth).map_err(Clone::clone);
    vec![("bandwidth_pre".into(), width(&record.pre)), ("bandwidth_post".into(), width(&record.post))]
}

fn ok(name: &'static str, value: f64) -> Cell {
    (name.into(), Ok(value))
}

fn estimable(name: &'static str, value: &Estimable<f64>) -> Cell {
    (name.into(), value.as_result().copied().map_err(Clone::clone))
}

fn p(name: &'static str, value: &Estimable<PValue>) -> Cell {
    (name.into(), value.as_result().map(|p| p.get()).map_err(Clone::clone))
}

fn interval(low: &'static str, high: &'static str, value: &Estimable<Interval>) -> [Cell; 2] {
    let limit = |pick: fn(&Interval) -> f64| value.as_result().map(pick).map_err(Clone::clone);
    [(low.into(), limit(|i| i.lower)), (high.into(), limit(|i| i.upper))]
}
