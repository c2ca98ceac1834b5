//! The change beside changes that others saw.

use super::Footnotes;
use super::facts;
use super::matters::refusal;
use crate::report::document::{Align, Block, Inline, Row, Table};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{BenchmarkRow, Benchmarks, Comparison, number};
use crate::trial::Outcome;

pub(super) fn blocks(source: &Source, outcome: &Outcome, record: &Benchmarks) -> Vec<Block> {
    let level = number::level_percent(source.settings().conf_level);
    let mut table =
        Table::new(format!("table-benchmarks-{}", source.fragment(outcome)), "Benchmarks: the change beside changes from elsewhere")
            .column("Benchmark", Align::Text)
            .column("Whose, when, where", Align::Prose)
            .columns(["n", "Their change", &format!("Ours less theirs ({level} CI)"), "p"], Align::Number)
            .column("How it differs from this trial", Align::Prose);
    let mut footnotes = Footnotes::default();
    for row in &record.rows {
        table.rows.push(Row::Cells(cells(row, outcome, &mut footnotes)));
    }
    table.notes = footnotes.notes();
    table.notes.push("People were not assigned to one or the other: a difference may come from who was measured, when and how.".into());
    let mut blocks = vec![Block::Table(table)];
    if let Some(pooled) = &record.pooled {
        blocks.push(Block::Paragraph(match pooled.as_result() {
            Ok(meta) => format!(
                "Over {} with a standard error the mean change elsewhere is {} ({}; random effects). In one more such study the true mean change is expected between {} and {}.",
                words::counted(meta.k, "benchmark", "benchmarks"),
                facts::in_units(meta.mean.estimate, outcome),
                facts::limits(&meta.mean.interval, outcome),
                number::fixed(meta.prediction_interval.lower, number::decimals(outcome)),
                number::fixed(meta.prediction_interval.upper, number::decimals(outcome)),
            )
            .into(),
            Err(why) => refusal("The mean of the benchmarks", why),
        }));
    }
    blocks
}

fn cells(row: &BenchmarkRow, outcome: &Outcome, footnotes: &mut Footnotes) -> Vec<Inline> {
    let digits = number::decimals(outcome);
    let benchmark = &row.benchmark;
    let n = benchmark.n.map_or_else(|| words::NONE.to_owned(), |n| number::count(n as usize));
    let error = benchmark.std_error.map(|se| format!(" (SE {})", number::fixed(se, digits))).unwrap_or_default();
    let (difference, p) = match &row.comparison {
        Comparison::Estimate(found) => match found.as_result() {
            Ok(record) => {
                let difference = number::signed(record.difference, digits);
                match record.welch.as_result() {
                    Ok(wald) => {
                        (format!("{difference} ({})", words::unbroken(&number::interval(&wald.interval, digits))), number::p(wald.p))
                    }
                    Err(why) => {
                        let why = match (&benchmark.std_error, record.interval.ok()) {
                            (None, Some(own)) => format!(
                                "the benchmark is quoted without its uncertainty: no interval of the difference and no p; the interval of our mean change alone is {}",
                                number::interval(own, digits)
                            ),
                            _ => words::reason(why),
                        };
                        (format!("{difference} {}", footnotes.mark(why)), words::NONE.into())
                    }
                }
            }
            Err(why) => (format!("{} {}", words::NONE, footnotes.mark(words::reason(why))), words::NONE.into()),
        },
        Comparison::Criterion(found) => match found.as_result() {
            Ok(record) => {
                let mark = footnotes.mark("a criterion fixed in advance: it has no error of its own".into());
                let limits = record
                    .interval
                    .ok()
                    .map(|limits| format!(" ({})", words::unbroken(&number::interval(limits, digits))))
                    .unwrap_or_default();
                let p = record.p.ok().map_or_else(|| words::NONE.to_owned(), |p| number::p(*p));
                (format!("{}{limits} {mark}", number::signed(record.mean_change, digits)), p)
            }
            Err(why) => (format!("{} {}", words::NONE, footnotes.mark(words::reason(why))), words::NONE.into()),
        },
    };
    let mut whose = vec![benchmark.source.clone()];
    let details = [&benchmark.years, &benchmark.setting, &benchmark.population, &benchmark.time_origin];
    whose.extend(details.into_iter().flatten().cloned());
    let mismatches = if benchmark.mismatches.is_empty() { "none stated".to_owned() } else { benchmark.mismatches.join("; ") };
    vec![
        benchmark.label.as_str().into(),
        whose.join("; ").into(),
        n.into(),
        format!("{}{error}", number::signed(benchmark.mean_change, digits)).into(),
        difference.into(),
        p.into(),
        words::sentence(&mismatches).into(),
    ]
}
