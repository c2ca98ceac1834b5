//! The robustness strip: do the tests and the bootstrap say the same?

use super::{Footnotes, paragraph};
use crate::report::document::{Align, Block, Inline, Row, Table, TableKind};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Agreement, Method, TestVerdict, Verdict, number};
use crate::stats::NotEstimable;
use crate::trial::Outcome;

/// The strip of one outcome.
pub(super) fn strip(source: &Source, outcome: &Outcome) -> Vec<Block> {
    let id = source.fragment(outcome);
    let title = Block::Heading { level: 4, id: format!("robustness-{id}"), text: "Robustness: do the methods agree?".into() };
    let record = match source.agreement(&outcome.id) {
        Some(Ok(record)) => record,
        Some(Err(why)) => return vec![title, paragraph(format!("Nothing to compare: {}.", words::reason(why)))],
        None => return Vec::new(),
    };
    let mut table = Table::new(format!("table-robustness-{id}"), "What each method says of the change").column("", Align::Text);
    table.kind = TableKind::Strip;
    let mut says: Vec<Inline> = vec!["Says".into()];
    let mut by: Vec<Inline> = vec!["By".into()];
    for verdict in &record.verdicts {
        table = table.column(words::sentence(&words::method(verdict.method).plain()), Align::Text);
        says.push(Inline::new().strong(said(verdict.verdict)));
        by.push(grounds(outcome, verdict).into());
    }
    if let Some(first) = table.columns.first_mut() {
        first.header = "Method".into();
    }
    table.rows = vec![Row::Cells(says), Row::Cells(by)];
    vec![title, paragraph(together(record)), Block::Table(table)]
}

/// All outcomes at a glance.
pub(super) fn overview(source: &Source) -> Vec<Block> {
    let records: Vec<(&Outcome, Result<&Agreement, &NotEstimable>)> =
        source.results.outcomes.iter().filter_map(|outcome| Some((outcome, source.agreement(&outcome.id)?))).collect();
    let mut methods: Vec<Method> = Vec::new();
    for verdict in records.iter().filter_map(|(_, record)| record.ok()).flat_map(|record| &record.verdicts) {
        if !methods.contains(&verdict.method) {
            methods.push(verdict.method);
        }
    }
    if records.is_empty() || methods.is_empty() {
        return Vec::new();
    }
    let mut table =
        Table::new("table-robustness", "Robustness at a glance: what each method says of the change").column("Outcome", Align::Text);
    for method in &methods {
        table = table.column(words::sentence(&words::method(*method).plain()), Align::Text);
    }
    table = table.column("Agree?", Align::Text);
    let mut footnotes = Footnotes::default();
    for (outcome, record) in records {
        let mut cells = vec![outcome.label.as_str().into()];
        match record {
            Ok(record) => {
                cells.extend(methods.iter().map(|method| {
                    let verdict = record.verdicts.iter().find(|verdict| verdict.method == *method);
                    verdict.map_or(words::NONE, |verdict| said(verdict.verdict)).into()
                }));
                cells.push(agree(record));
            }
            Err(why) => {
                cells.extend(methods.iter().map(|_| said(Verdict::NotEstimable).into()));
                cells.push(format!("{} {}", words::NONE, footnotes.mark(words::reason(why))).into());
            }
        }
        table.rows.push(Row::Cells(cells));
    }
    table.notes = footnotes.notes();
    vec![Block::Table(table)]
}

fn agree(record: &Agreement) -> Inline {
    match computed(record) {
        0 => words::NONE.into(),
        1 => "one method only".into(),
        _ if record.agree => "yes".into(),
        _ => Inline::new().strong("no"),
    }
}

fn computed(record: &Agreement) -> usize {
    record.verdicts.iter().filter(|verdict| verdict.verdict != Verdict::NotEstimable).count()
}

fn together(record: &Agreement) -> String {
    let alpha = number::significant(record.alpha, 3);
    let alpha = alpha.trim_end_matches('0');
    match computed(record) {
        0 => "No method could be computed.".into(),
        1 => format!("Only one method could be computed, so there is nothing to compare it with (\u{3b1} = {alpha}, unadjusted)."),
        _ if record.agree => format!("All that could be computed agree (\u{3b1} = {alpha}, unadjusted)."),
        _ => format!(
            "They do not all agree (\u{3b1} = {alpha}, unadjusted): the finding depends on the method and should be read with caution."
        ),
    }
}

fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Increase => "\u{25b2} higher",
        Verdict::Decrease => "\u{25bc} lower",
        Verdict::NoChangeShown => "\u{25cb} no change shown",
        Verdict::NotEstimable => "\u{2013} not estimable",
    }
}

fn grounds(outcome: &Outcome, verdict: &TestVerdict) -> String {
    let p = verdict.p.map(number::p_named);
    let interval =
        verdict.interval.map(|interval| number::labelled_interval(interval.level, &number::interval(&interval, number::decimals(outcome))));
    match (p, interval) {
        (Some(p), Some(interval)) => format!("{p}; {interval}"),
        (Some(text), None) | (None, Some(text)) => text,
        (None, None) => words::NONE.into(),
    }
}
