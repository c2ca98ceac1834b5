//! The keys of `[[outcome]]` and `[estimand]` about the meaning of a change.

use super::meaning::{EstimandSection, IntercurrentEvent, Mcid, Norm, Practice, Reliability, StatedCut, StatedResponse, Strategy};
use super::source::Table;
use crate::trial::{Benchmark, BenchmarkKind, ChangeUnit, Cut, Importance, ResponseRule};

pub(super) fn mcid(mut table: Table<'_>) -> Option<Mcid> {
    let (value, unit) = (table.required_decimal("value"), table.word::<ChangeUnit>("unit"));
    let kind = table.word::<Importance>("kind");
    let [anchor, population] = ["anchor", "population"].map(|key| table.text(key));
    let source = table.required_text("source");
    table.finish();
    Some(Mcid { value: value?, unit: unit.unwrap_or_default(), kind: kind.unwrap_or_default(), anchor, population, source: source? })
}

pub(super) fn cut(mut table: Table<'_>) -> StatedCut {
    let cut = Cut {
        at_most: table.decimal("at_most"),
        below: table.decimal("below"),
        at_least: table.decimal("at_least"),
        above: table.decimal("above"),
    };
    let source = table.text("source");
    table.finish();
    StatedCut { cut, source }
}

pub(super) fn response(mut table: Table<'_>) -> Option<StatedResponse> {
    let rule = ResponseRule {
        percent: table.decimal("percent"),
        points: table.decimal("points"),
        at_most: table.decimal("at_most"),
        at_least: table.decimal("at_least"),
    };
    let source = table.required_text("source");
    table.finish();
    Some(StatedResponse { rule, source: source? })
}

pub(super) fn reliability(mut table: Table<'_>) -> Option<Reliability> {
    let value = table.required_number("value");
    let kind = table.required_word("kind");
    let interval = table.float_pair("interval");
    let population = table.text("population");
    let source = table.required_text("source");
    table.finish();
    Some(Reliability { value: value?, kind: kind?, interval, population, source: source? })
}

pub(super) fn norm(mut table: Table<'_>) -> Option<Norm> {
    let (mean, sd) = (table.required_number("mean"), table.required_number("sd"));
    let n = table.whole32("n", 2..=u32::MAX);
    let population = table.text("population");
    let source = table.required_text("source");
    table.finish();
    Some(Norm { mean: mean?, sd: sd?, n, population, source: source? })
}

pub(super) fn practice(mut table: Table<'_>) -> Option<Practice> {
    let (mean, std_error) = (table.required_number("mean"), table.number("std_error"));
    let source = table.required_text("source");
    table.finish();
    Some(Practice { mean: mean?, std_error, source: source? })
}

pub(super) fn benchmark(mut table: Table<'_>) -> Option<Benchmark> {
    let label = table.required_text("label");
    let kind = table.word::<BenchmarkKind>("kind").unwrap_or_default();
    let (mean_change, std_error) = (table.required_number("mean_change"), table.number("std_error"));
    let n = table.whole32("n", 1..=u32::MAX);
    let source = table.required_text("source");
    let [years, setting, population, time_origin] = ["years", "setting", "population", "time_origin"].map(|key| table.text(key));
    let mismatches = table.texts("mismatches").unwrap_or_default();
    table.finish();
    Some(Benchmark {
        label: label?,
        kind,
        mean_change: mean_change?,
        std_error,
        n,
        source: source?,
        years,
        setting,
        population,
        time_origin,
        mismatches,
    })
}

pub(super) fn estimand(mut table: Table<'_>) -> EstimandSection {
    let [population, treatment, variable, summary] = ["population", "treatment", "variable", "summary"].map(|key| table.text(key));
    let intercurrent = table.tables("intercurrent").into_iter().filter_map(intercurrent_event).collect();
    table.finish();
    EstimandSection { population, treatment, variable, summary, intercurrent }
}

fn intercurrent_event(mut table: Table<'_>) -> Option<IntercurrentEvent> {
    let (event, strategy) = (table.required_text("event"), table.required_word::<Strategy>("strategy"));
    table.finish();
    Some(IntercurrentEvent { event: event?, strategy: strategy? })
}
