//! Does the change matter? Responders, remission, reliable change and severity bands, outcome by outcome.

use super::facts::{self, NotJudged};
use super::{bands, heading, paragraph, reliable};
use crate::report::document::{Align, Block, Inline, Row, Table};
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Method, Remission, number};
use crate::stats::clinical::Responders as Shares;
use crate::stats::{Estimable, NotEstimable};
use crate::trial::Outcome;

pub(in crate::report) fn section(source: &Source, citations: &mut Citations) -> Vec<Block> {
    let methods = [Method::Responders, Method::Response, Method::Remission, Method::ReliableChange, Method::Multiverse, Method::BandShift];
    if !methods.into_iter().any(|method| source.uses(method)) {
        return Vec::new();
    }
    let mut not_judged = NotJudged::default();
    let mut parts = Vec::new();
    for outcome in source.by_domain().into_iter().flat_map(|(_, outcomes)| outcomes) {
        let blocks = one(source, outcome, &mut not_judged, citations);
        if !blocks.is_empty() {
            parts.push(Block::Heading {
                level: 3,
                id: format!("matters-{}", source.fragment(outcome)),
                text: outcome.label.as_str().into(),
            });
            parts.extend(blocks);
        }
    }
    let mut blocks = vec![heading("Does the change matter?")];
    if !parts.is_empty() {
        blocks.push(paragraph(lead(source, citations)));
        blocks.extend(parts);
    }
    blocks.extend(not_judged.blocks());
    blocks
}

/// What the shares are of, and the rules at a boundary, said once.
fn lead(source: &Source, citations: &mut Citations) -> Inline {
    let mut text = Inline::from("A mean can improve while few people do. Here people are counted. Shares have Wilson\u{2019}s interval")
        .cite(citations.number(Work::Wilson1927))
        .text("; the exact one stands beside it where there is a table. ");
    let mut rules = Vec::new();
    if [Method::Responders, Method::Response, Method::Remission].into_iter().any(|method| estimated(source, method)) {
        rules.push("a change equal to a threshold reaches it");
    }
    if estimated(source, Method::ReliableChange) {
        rules.push("a change is reliable only if it exceeds what measurement error allows, so that one equal to it is not");
        rules.push("a score exactly on a cut-off lies on neither side");
    }
    if !rules.is_empty() {
        text = text.text(format!("At an exact boundary: {}. Scores are compared as the decimals that were recorded.", rules.join("; ")));
    }
    text
}

fn estimated(source: &Source, method: Method) -> bool {
    source.all(method).any(|analysis| analysis.finding.ok().is_some())
}

fn one<'a>(source: &Source<'a>, outcome: &'a Outcome, not_judged: &mut NotJudged<'a>, citations: &mut Citations) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(responders(source, outcome, not_judged));
    match source.remission(&outcome.id) {
        Some(Ok(record)) => blocks.push(Block::List(remission(record, outcome, citations))),
        Some(Err(why)) => not_judged.note(outcome, why),
        None => {}
    }
    match source.reliable_change(&outcome.id) {
        Some(Ok(record)) => blocks.extend(reliable::blocks(source, outcome, record, citations)),
        Some(Err(why)) => not_judged.note(outcome, why),
        None => {}
    }
    match source.multiverse(&outcome.id) {
        Some(Ok(record)) => blocks.extend(reliable::multiverse(source, outcome, record, citations)),
        Some(Err(why)) => not_judged.note(outcome, why),
        None => {}
    }
    match source.band_shift(&outcome.id) {
        Some(Ok(record)) => blocks.extend(bands::blocks(source, outcome, record, citations)),
        Some(Err(why)) => not_judged.note(outcome, why),
        None => {}
    }
    blocks
}

/// The thresholds of the scale and its response rule: one row each.
fn responders<'a>(source: &Source<'a>, outcome: &'a Outcome, not_judged: &mut NotJudged<'a>) -> Vec<Block> {
    let mut rows = Vec::new();
    let mut footnotes = super::Footnotes::default();
    match source.responders(&outcome.id) {
        Some(Ok(record)) => {
            for row in &record.thresholds {
                let fact = &row.threshold.fact;
                let rule = format!("{}: {}", words::sentence(fact.kind.label()), facts::threshold(fact, outcome));
                rows.push(row_of(rule, facts::stated_threshold(&row.threshold), &row.shares, &mut footnotes));
            }
        }
        Some(Err(why)) => not_judged.note(outcome, why),
        None => {}
    }
    match source.response(&outcome.id) {
        Some(Ok(record)) => {
            let rule = format!("Response: {}", record.rule.fact.words());
            rows.push(row_of(rule, facts::stated(&record.rule), &record.shares, &mut footnotes));
        }
        Some(Err(why)) => not_judged.note(outcome, why),
        None => {}
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let level = number::level_percent(source.settings().conf_level);
    let mut table = Table::new(format!("table-responders-{}", source.fragment(outcome)), "Who improved by an amount that matters")
        .column("Rule", Align::Text)
        .columns(
            [
                &format!("Improved, Wilson {level} CI"),
                &format!("Exact {level} CI"),
                "Worsened as much",
                "Of all who began, a missing score counted as not improved",
                "Of all who began, if none or all of the missing improved",
            ],
            Align::Number,
        )
        .column("Where the rule comes from", Align::Prose);
    table.rows = rows;
    table.notes = footnotes.notes();
    let mut blocks = source.figures_named("responders", outcome);
    blocks.insert(0, Block::Table(table));
    blocks
}

fn row_of(rule: String, from: String, shares: &Estimable<Shares>, footnotes: &mut super::Footnotes) -> Row {
    let mut cells: Vec<Inline> = vec![rule.into()];
    match shares.as_result() {
        Ok(record) => {
            let improved = cell(&record.response, footnotes, facts::share_cell);
            let mut marks = Vec::new();
            if record.n_baseline_not_positive > 0 {
                let people = words::counted(record.n_baseline_not_positive as usize, "person", "people");
                marks.push(
                    footnotes.mark(format!("{people} with a pre score of 0 or below left out, because a percentage of it has no meaning")),
                );
            }
            if record.n_missing_baseline_not_positive > 0 {
                let people = words::counted(record.n_missing_baseline_not_positive as usize, "person", "people");
                marks.push(
                    footnotes.mark(format!("{people} without a post score left out for the same reason: the pre score is 0 or below")),
                );
            }
            cells.push(std::iter::once(improved).chain(marks).collect::<Vec<_>>().join(" ").into());
            cells.push(cell(&record.response, footnotes, |share| words::unbroken(&facts::percents(&share.exact))).into());
            cells.push(cell(&record.deterioration, footnotes, facts::share_cell).into());
            cells.push(cell(&record.missing_as_non_responders, footnotes, facts::share_cell).into());
            cells.push(cell(&record.bounds, footnotes, |b| format!("{} or {}", facts::percent(&b.worst), facts::percent(&b.best))).into());
        }
        Err(why) => {
            cells.push(format!("{} {}", words::NONE, footnotes.mark(words::reason(why))).into());
            cells.extend((0..4).map(|_| words::NONE.into()));
        }
    }
    cells.push(words::sentence(&from).into());
    Row::Cells(cells)
}

/// The value or the dash with a footnote.
pub(super) fn cell<T>(value: &Estimable<T>, footnotes: &mut super::Footnotes, format: impl Fn(&T) -> String) -> String {
    match value.as_result() {
        Ok(value) => format(value),
        Err(why) => format!("{} {}", words::NONE, footnotes.mark(words::reason(why))),
    }
}

/// Remission before and after, the difference, the test, and what the missing could make of it.
fn remission(record: &Remission, outcome: &Outcome, citations: &mut Citations) -> Vec<Inline> {
    let cut = record.cut.fact.words();
    let rule = Inline::new().strong("Remission").text(format!(" is a score {cut} ({}).", facts::stated(&record.cut)));
    let mut items = Vec::new();
    match record.difference.as_result() {
        Ok(shares) => {
            let limits = |interval: &crate::stats::Interval| {
                format!("{} to {}", number::signed(interval.lower * 100.0, 0), number::signed(interval.upper * 100.0, 0))
            };
            items.push(rule.text(format!(" Before: {}. After: {}.", facts::share(&shares.pre), facts::share(&shares.post))));
            let newcombe = number::labelled_interval(shares.newcombe.level, &limits(&shares.newcombe));
            let difference = Inline::from(format!(
                "The share in remission changed by {} percentage points ({newcombe}, Newcombe",
                number::signed(shares.difference * 100.0, 0)
            ));
            let mut text = difference
                .cite(citations.number(Work::Newcombe1998))
                .text(format!("; {} by Tango", limits(&shares.tango)))
                .cite(citations.number(Work::Tango1998))
                .text(").");
            text = match record.mcnemar.as_result() {
                Ok(test) => text
                    .text(format!(
                        " {} changed state; exact McNemar test",
                        words::sentence(&words::counted(test.n_discordant as usize, "person", "people"))
                    ))
                    .cite(citations.number(Work::McNemar1947))
                    .text(format!(" {}.", number::p_named(test.p_exact))),
                Err(NotEstimable::NoNonzeroChange) => text.text(" No McNemar test: nobody changed state."),
                Err(why) => text.text(format!(" No McNemar test: {}.", words::reason(why))),
            };
            items.push(text);
        }
        Err(why) => items.push(rule.text(format!(" Not counted: {}.", words::reason(why)))),
    }
    if let Ok(bounds) = record.bounds.as_result()
        && bounds.n_missing > 0
    {
        items.push(
            format!(
                "{} no post score. Were none of them in remission, the share after would be {}; were all, {}.",
                if bounds.n_missing == 1 {
                    "1 person has".to_owned()
                } else {
                    format!("{} people have", number::count(bounds.n_missing as usize))
                },
                facts::share(&bounds.worst),
                facts::share(&bounds.best)
            )
            .into(),
        );
    }
    let _ = outcome;
    items
}

/// One sentence for the summary: how many improved by an amount that matters, by the first rule that can be judged.
pub(super) fn in_short(source: &Source, outcome: &Outcome) -> Option<String> {
    let judged = |shares: &Estimable<Shares>| shares.ok().and_then(|record| record.response.ok().cloned());
    if let Some(Ok(record)) = source.responders(&outcome.id)
        && let Some((row, share)) = record.thresholds.iter().find_map(|row| Some((row, judged(&row.shares)?)))
    {
        let by = facts::threshold(&row.threshold.fact, outcome);
        let what = facts::not_the_least(row.threshold.fact.kind);
        return Some(format!("{} improved by {by}{what}{}.", facts::share(&share), facts::caveat(row.threshold.basis)));
    }
    if let Some(Ok(record)) = source.response(&outcome.id)
        && let Some(share) = judged(&record.shares)
    {
        return Some(format!("{} responded ({}){}.", facts::share(&share), record.rule.fact.words(), facts::caveat(record.rule.basis)));
    }
    match source.reliable_change(&outcome.id)? {
        Ok(record) => {
            let classes = record.classes.ok()?;
            Some(format!("{} improved by more than measurement error.", facts::share(&classes.reliably_improved)))
        }
        Err(_) => None,
    }
}

/// A refusal as a sentence of its own.
pub(super) fn refusal(what: &str, why: &NotEstimable) -> Inline {
    format!("{what}: not estimated ({}).", words::reason(why)).into()
}
