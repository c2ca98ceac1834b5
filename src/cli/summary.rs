//! What `analyze` says on stdout: one line an outcome.

use comfy_table::{CellAlignment, Table, TableStyle};

use super::Failure;
use crate::results::{Finding, Method, Results, number};
use crate::stats::Interval;

/// The numbers of one outcome that the summary shows.
#[derive(serde::Serialize)]
struct Row {
    outcome: String,
    label: String,
    role: String,
    n: usize,
    mean_change: Option<f64>,
    ci_low: Option<f64>,
    ci_high: Option<f64>,
    /// The deciding test's.
    p: Option<f64>,
    p_adjusted: Option<f64>,
    effect: String,
    effect_estimate: Option<f64>,
    effect_ci_low: Option<f64>,
    effect_ci_high: Option<f64>,
    /// The effect coded so that positive (for a probability: above one half) means improved.
    benefit: Option<f64>,
    benefit_ci_low: Option<f64>,
    benefit_ci_high: Option<f64>,
    /// Why there is no test, where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// A table for the eye.
pub fn table(results: &Results) -> String {
    let mut table = Table::new();
    table.load_style(TableStyle::new());
    let level = number::level_percent(results.provenance.settings.0.analysis.conf_level);
    let effect = results.headline().name();
    let better = if results.headline() == Method::PSuperiority { "above .5" } else { "positive" };
    table.set_header([
        "outcome",
        "role",
        "n",
        &format!("mean change ({level} CI)"),
        "p",
        "p adjusted",
        &format!("{effect}, {better} is better ({level} CI)"),
    ]);
    for column in [2, 4, 5] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for outcome in &results.outcomes {
        let row = row(results, &outcome.id);
        let decimals = number::decimals(outcome);
        let change = with_interval(row.mean_change, row.ci_low, row.ci_high, decimals);
        let p = |value: Option<f64>| value.and_then(crate::stats::PValue::new).map(number::p).unwrap_or_else(|| "–".into());
        let effect = if row.benefit.is_some() || row.effect_estimate.is_none() {
            with_interval(row.benefit, row.benefit_ci_low, row.benefit_ci_high, 2)
        } else {
            "no better direction".into()
        };
        let withheld = results.finding(&outcome.id, Method::Describe).is_some_and(|found| found.is_err());
        let n = if withheld { "–".into() } else { number::count(row.n) };
        let change = match &row.reason {
            Some(reason) if row.mean_change.is_some() => format!("{change} ({reason})"),
            Some(reason) => reason.clone(),
            None => change,
        };
        let shown = [one_line(&outcome.label), row.role.clone(), n, change, p(row.p), p(row.p_adjusted), effect];
        table.add_row(shown);
    }
    // No trailing blanks and no special ones: the output is also read by grep and diff.
    let mut text = table.to_string().replace(['\u{a0}', '\u{202f}'], " ").lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}

/// The same numbers for scripts.
pub fn json(results: &Results) -> Result<String, Failure> {
    let rows: Vec<Row> = results.outcomes.iter().map(|outcome| row(results, &outcome.id)).collect();
    let mut text = serde_json::to_string_pretty(&rows).map_err(anyhow::Error::from)?;
    text.push('\n');
    Ok(text)
}

fn row(results: &Results, outcome: &str) -> Row {
    let finding = |method| results.finding(outcome, method).and_then(Result::ok);
    let (mean_change, interval) = match finding(Method::PairedT) {
        Some(Finding::PairedT(record)) => (Some(record.mean_change), record.interval.ok().copied()),
        // One pair has a change and no interval.
        _ => match finding(Method::Describe) {
            Some(Finding::Describe(record)) => (record.change.mean.ok().copied(), None),
            _ => (None, None),
        },
    };
    let adjusted = match finding(Method::Adjusted) {
        Some(Finding::Adjusted(record)) => Some((record.p_raw.get(), record.p.get())),
        _ => None,
    };
    let effect = match finding(results.headline()) {
        Some(Finding::Effect(effect)) => Some(effect),
        _ => None,
    };
    let benefit = effect.and_then(|effect| effect.benefit.as_ref());
    let benefit_interval: Option<Interval> = benefit.and_then(|benefit| benefit.interval.ok().copied());
    let effect_interval: Option<Interval> = effect.and_then(|effect| effect.interval.ok().copied());
    let known = results.outcome(outcome);
    let reason = match results.finding(outcome, Method::PairedT) {
        Some(Ok(Finding::PairedT(record))) => record.interval.reason(),
        Some(Err(reason)) => Some(reason),
        _ => None,
    };
    let reason = reason.map(ToString::to_string);
    Row {
        outcome: outcome.to_owned(),
        label: known.map(|outcome| outcome.label.clone()).unwrap_or_default(),
        role: known.map(|outcome| outcome.role.to_string()).unwrap_or_default(),
        n: results.analysis(outcome, Method::Describe).map_or(0, |analysis| analysis.n),
        mean_change,
        ci_low: interval.map(|interval| interval.lower),
        ci_high: interval.map(|interval| interval.upper),
        p: adjusted.map(|(raw, _)| raw),
        p_adjusted: adjusted.map(|(_, adjusted)| adjusted),
        effect: results.headline().name().into(),
        effect_estimate: effect.map(|effect| effect.estimate),
        effect_ci_low: effect_interval.map(|interval| interval.lower),
        effect_ci_high: effect_interval.map(|interval| interval.upper),
        benefit: benefit.map(|benefit| benefit.estimate),
        benefit_ci_low: benefit_interval.map(|interval| interval.lower),
        benefit_ci_high: benefit_interval.map(|interval| interval.upper),
        reason,
    }
}

fn with_interval(estimate: Option<f64>, low: Option<f64>, high: Option<f64>, decimals: usize) -> String {
    match (estimate, low, high) {
        (Some(estimate), Some(low), Some(high)) => {
            format!("{} ({} to {})", number::fixed(estimate, decimals), number::fixed(low, decimals), number::fixed(high, decimals))
        }
        (Some(estimate), _, _) => number::fixed(estimate, decimals),
        _ => "–".into(),
    }
}

/// Text from data in one line, without control characters that a terminal would obey.
pub fn one_line(text: &str) -> String {
    let obeyed = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if obeyed(c) { ' ' } else { c }).collect()
}
