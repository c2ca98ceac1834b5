//! The robustness strip: do the tests and the bootstrap say the same?

use super::{Footnotes, paragraph};
use crate::report::conclusion::same_test;
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
        table = table.column(header(source, verdict.method), Align::Text);
        says.push(Inline::new().strong(said(verdict.verdict)));
        by.push(grounds(outcome, verdict).into());
    }
    if let Some(first) = table.columns.first_mut() {
        first.header = "Method".into();
    }
    table.rows = vec![Row::Cells(says), Row::Cells(by)];
    vec![title, paragraph(together(source, outcome, record)), Block::Table(table)]
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
        table = table.column(header(source, *method), Align::Text);
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
                cells.push(agree(source, outcome, record, &mut footnotes));
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

/// The method, and whether it decides.
fn header(source: &Source, method: Method) -> String {
    let name = words::sentence(&words::method(method).plain());
    if same_test(method, source.deciding()) { format!("{name} (decides)") } else { name }
}

/// How the verdicts of an outcome go together.
pub(super) enum Reading {
    /// Nothing could be computed.
    Nothing,
    OneMethod,
    Agree,
    /// The one-sided tests agree among themselves; the two-sided interval of the bootstrap differs because it was asked something else.
    AskedDifferently(String),
    Differ,
}

pub(super) fn reading(source: &Source, outcome: &Outcome, record: &Agreement) -> Reading {
    let computed: Vec<&TestVerdict> = record.verdicts.iter().filter(|verdict| verdict.verdict != Verdict::NotEstimable).collect();
    match computed.len() {
        0 => Reading::Nothing,
        1 => Reading::OneMethod,
        _ if record.agree => Reading::Agree,
        _ => asked_differently(source, outcome, &computed).map_or(Reading::Differ, Reading::AskedDifferently),
    }
}

/// Why one-sided tests and the two-sided interval say different things, where that is all that differs.
fn asked_differently(source: &Source, outcome: &Outcome, computed: &[&TestVerdict]) -> Option<String> {
    let higher = source.looked_for_higher(outcome)?;
    let (intervals, tests): (Vec<&TestVerdict>, Vec<&TestVerdict>) = computed.iter().partition(|verdict| verdict.interval.is_some());
    let (test, interval) = (tests.first()?.verdict, intervals.first()?.verdict);
    if tests.iter().any(|other| other.verdict != test) || intervals.iter().any(|other| other.verdict != interval) {
        return None;
    }
    let side = |higher: bool| if higher { "higher" } else { "lower" };
    let looked = format!("the tests looked only for {} scores", side(higher));
    match (test, interval) {
        (Verdict::NoChangeShown, Verdict::Increase) if !higher => {
            Some(format!("{looked} and show none; the two-sided bootstrap interval lies on the other side, at higher scores"))
        }
        (Verdict::NoChangeShown, Verdict::Decrease) if higher => {
            Some(format!("{looked} and show none; the two-sided bootstrap interval lies on the other side, at lower scores"))
        }
        (Verdict::Increase | Verdict::Decrease, Verdict::NoChangeShown) => {
            Some(format!("{looked} and show them; the bootstrap interval is two-sided, which asks for more, and covers 0"))
        }
        _ => None,
    }
}

fn agree(source: &Source, outcome: &Outcome, record: &Agreement, footnotes: &mut Footnotes) -> Inline {
    match reading(source, outcome, record) {
        Reading::Nothing => words::NONE.into(),
        Reading::OneMethod => "one method only".into(),
        Reading::Agree => "yes".into(),
        Reading::AskedDifferently(why) => format!("asked differently {}", footnotes.mark(why)).into(),
        Reading::Differ => Inline::new().strong("no"),
    }
}

fn together(source: &Source, outcome: &Outcome, record: &Agreement) -> String {
    let alpha = number::significant(record.alpha, 3);
    let alpha = alpha.trim_end_matches('0');
    match reading(source, outcome, record) {
        Reading::Nothing => "No method could be computed.".into(),
        Reading::OneMethod => {
            format!("Only one method could be computed, so there is nothing to compare it with (\u{3b1} = {alpha}, unadjusted).")
        }
        Reading::Agree => format!("All that could be computed agree (\u{3b1} = {alpha}, unadjusted)."),
        Reading::AskedDifferently(why) => format!(
            "{} (\u{3b1} = {alpha}, unadjusted). They answer different questions; that is no conflict between methods.",
            words::sentence(&why)
        ),
        Reading::Differ => format!(
            "They do not all agree (\u{3b1} = {alpha}, unadjusted): the finding depends on the method and should be read with caution."
        ),
    }
}

fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Increase => "\u{25b2}\u{a0}higher",
        Verdict::Decrease => "\u{25bc}\u{a0}lower",
        Verdict::NoChangeShown => "\u{25cb}\u{a0}no change shown",
        Verdict::NotEstimable => "\u{2013}\u{a0}not estimable",
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
