//! The keys about the meaning of a change, as TOML. Facts stand as inline tables: `mcid = { value = 5, source = "…" }`.

use serde::Serialize;

use super::write::Writer;
use super::{EstimandSection, OutcomeSection};

pub(super) fn outcome(out: &mut Writer, outcome: &OutcomeSection) {
    inline(out, "mcid", outcome.mcid.as_ref());
    inline(out, "remission", outcome.remission.as_ref());
    inline(out, "response", outcome.response.as_ref());
    inline(out, "reliability", outcome.reliability.as_ref());
    inline(out, "norm", outcome.norm.as_ref());
    inline(out, "clinical_norm", outcome.clinical_norm.as_ref());
    inline(out, "entry", outcome.entry.as_ref());
    inline(out, "practice", outcome.practice.as_ref());
    if let Some([low, high]) = outcome.equivalence {
        out.pair("equivalence", &format!("[{low}, {high}]"));
    }
}

/// The benchmarks of an outcome: tables of their own, so they come after its other keys.
pub(super) fn benchmarks(out: &mut Writer, outcome: &OutcomeSection) {
    for benchmark in &outcome.benchmark {
        out.section("[[outcome.benchmark]]");
        keys(out, benchmark);
    }
}

pub(super) fn estimand(out: &mut Writer, estimand: &EstimandSection) {
    if estimand.is_empty() {
        return;
    }
    out.section("[estimand]");
    out.optional("population", estimand.population.as_deref());
    out.optional("treatment", estimand.treatment.as_deref());
    out.optional("variable", estimand.variable.as_deref());
    out.optional("summary", estimand.summary.as_deref());
    for event in &estimand.intercurrent {
        out.section("[[estimand.intercurrent]]");
        keys(out, event);
    }
}

/// Every key of a table on a line of its own.
fn keys(out: &mut Writer, table: &impl Serialize) {
    if let Ok(toml::Value::Table(table)) = toml::Value::try_from(table) {
        for (key, value) in table {
            out.pair(&key, &value_text(&value));
        }
    }
}

fn inline(out: &mut Writer, key: &str, fact: Option<&impl Serialize>) {
    if let Some(Ok(toml::Value::Table(table))) = fact.map(toml::Value::try_from) {
        let entries: Vec<String> = table.iter().map(|(key, value)| format!("{key} = {}", value_text(value))).collect();
        out.pair(key, &format!("{{ {} }}", entries.join(", ")));
    }
}

fn value_text(value: &toml::Value) -> String {
    match value {
        toml::Value::String(value) => super::write::text(value),
        toml::Value::Array(items) => format!("[{}]", items.iter().map(value_text).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}
