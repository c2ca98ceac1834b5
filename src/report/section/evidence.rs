//! How strong the evidence is: bounds of no importance, the Bayes factor, and changes that go together.

use super::explanation::coefficient;
use super::facts::{self, NotJudged};
use super::{Footnotes, heading, paragraph};
use crate::report::document::{Align, Block, Inline, Table};
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{BayesFactor, Equivalence, Method, number};
use crate::trial::Outcome;

pub(in crate::report) fn section(source: &Source, citations: &mut Citations) -> Vec<Block> {
    if ![Method::Equivalence, Method::BayesFactor, Method::ChangeCorrelation].into_iter().any(|method| source.uses(method)) {
        return Vec::new();
    }
    let mut not_judged = NotJudged::default();
    let mut items = Vec::new();
    for outcome in source.by_domain().into_iter().flat_map(|(_, outcomes)| outcomes) {
        match source.bayes_factor(&outcome.id) {
            Some(Ok(record)) => items.push(bayes(record, outcome)),
            Some(Err(why)) => not_judged.note(outcome, why),
            None => {}
        }
        match source.equivalence(&outcome.id) {
            Some(Ok(record)) => items.extend(equivalence(source, record, outcome, citations)),
            Some(Err(why)) => not_judged.note(outcome, why),
            None => {}
        }
    }
    let mut blocks = vec![heading("How strong is the evidence?")];
    if source.all(Method::BayesFactor).any(|analysis| analysis.finding.ok().is_some()) {
        let lead = Inline::from(
            "A Bayes factor says how many times as likely the data are under one statement as under another: here, a change against none. It depends on which changes are thought plausible beforehand (the prior, a Cauchy distribution of the standardised mean change, whose scale is given)",
        );
        blocks.push(paragraph(lead.cite(citations.number(Work::Rouder2009)).text(". It says nothing of the cause.")));
    }
    if !items.is_empty() {
        blocks.push(Block::List(items));
    }
    blocks.extend(correlations(source, citations, &mut not_judged));
    blocks.extend(not_judged.blocks());
    if blocks.len() == 1 {
        blocks.clear();
    }
    blocks
}

/// `23 times as likely under a change as under none`
fn likely(log: f64) -> String {
    let times = number::times(log.abs());
    if log >= 0.0 {
        format!("{times} times as likely under a change as under none")
    } else {
        format!("{times} times as likely under no change as under one")
    }
}

fn bayes(record: &BayesFactor, outcome: &Outcome) -> Inline {
    let jzs = &record.jzs;
    let mut text =
        format!(": the data are {} (prior scale {}, n = {}).", likely(jzs.log_bf10), number::fixed(jzs.scale, 2), number::count(jzs.n));
    let by_weight = |a: &&crate::stats::evidence::ScaleAt, b: &&crate::stats::evidence::ScaleAt| a.log_bf10.total_cmp(&b.log_bf10);
    let by_scale = |a: &&crate::stats::evidence::ScaleAt, b: &&crate::stats::evidence::ScaleAt| a.scale.total_cmp(&b.scale);
    let curve = &record.robustness;
    if let (Some(least), Some(most), Some(narrow), Some(wide)) =
        (curve.iter().min_by(by_weight), curve.iter().max_by(by_weight), curve.iter().min_by(by_scale), curve.iter().max_by(by_scale))
    {
        let range = if (least.log_bf10 >= 0.0) == (most.log_bf10 >= 0.0) {
            let (low, high) = if most.log_bf10 >= 0.0 { (least, most) } else { (most, least) };
            format!("from {} to {} times, the same way", number::times(low.log_bf10.abs()), number::times(high.log_bf10.abs()))
        } else {
            format!("from {} to {}", likely(least.log_bf10), likely(most.log_bf10))
        };
        text.push_str(&format!(" With prior scales from {} to {}: {range}.", number::fixed(narrow.scale, 2), number::fixed(wide.scale, 2)));
    }
    Inline::new().strong(words::outcome_name(outcome)).text(text)
}

fn equivalence(source: &Source, record: &Equivalence, outcome: &Outcome, citations: &mut Citations) -> Vec<Inline> {
    let digits = number::decimals(outcome);
    let [low, high] = record.bounds.map(|bound| number::signed(bound.to_f64(), number::score_decimals(outcome)));
    let mut text = Inline::new()
        .strong(words::outcome_name(outcome))
        .text(format!(": by the plan, mean changes between {low} and {high}\u{a0}{} are of no importance. ", words::unit(outcome)));
    text = match record.tost.as_result() {
        Ok(test) => text
            .text(format!(
                "That the mean change lies between the two is {}shown (two one-sided tests, {}; {} CI {})",
                if test.equivalent { "" } else { "not " },
                number::p_named(test.p),
                number::level_percent(test.interval.level),
                number::interval(&test.interval, digits)
            ))
            .cite(citations.number(Work::Schuirmann1987))
            .text(". "),
        Err(why) => text.text(format!("Whether it lies between them is not tested: {}. ", words::reason(why))),
    };
    text = match record.minimal_effect.as_result() {
        Ok(test) => {
            let shown = test.p.get() < 1.0 - source.settings().conf_level;
            text.text(format!(
                "That it lies beyond one of them is {}shown ({}; {}).",
                if shown { "" } else { "not " },
                number::p_named(test.p),
                facts::limits(&test.interval, outcome)
            ))
        }
        Err(why) => text.text(format!("Whether it lies beyond them is not tested: {}.", words::reason(why))),
    };
    vec![text]
}

fn correlations<'a>(source: &Source<'a>, citations: &mut Citations, not_judged: &mut NotJudged<'a>) -> Vec<Block> {
    let mut table = Table::new("table-change-correlations", "Do the changes of two outcomes go together?")
        .column("Change of", Align::Text)
        .column("with change of", Align::Text)
        .columns(["n", "Correlation", "p"], Align::Number);
    let mut footnotes = Footnotes::default();
    for outcome in &source.results.outcomes {
        let record = match source.change_correlation(&outcome.id) {
            Some(Ok(record)) => record,
            Some(Err(why)) => {
                not_judged.note(outcome, why);
                continue;
            }
            None => continue,
        };
        for row in &record.rows {
            let with = source.results.outcome(&row.with).map_or(row.with.as_str(), |other| other.label.as_str());
            let (r, p) = match row.correlation.as_result() {
                Ok(test) => (coefficient(test), test.p.ok().map_or_else(|| words::NONE.to_owned(), |p| number::p(*p))),
                Err(why) => (format!("{} {}", words::NONE, footnotes.mark(words::reason(why))), words::NONE.into()),
            };
            let n = match row.correlation.reason() {
                Some(crate::stats::NotEstimable::Withheld { .. }) => words::WITHHELD.to_owned(),
                _ => number::count(row.n),
            };
            table.push([outcome.label.as_str().into(), with.into(), n.into(), r.into(), p.into()]);
        }
    }
    if table.rows.is_empty() {
        return Vec::new();
    }
    table.notes = footnotes.notes();
    table.notes.push(
        Inline::from("Raw changes, post \u{2212} pre, unadjusted. That two changes go together does not show that one brings about the other. The correlation of a change with its own pre score is not listed: the pre score stands in both and makes them correlate by arithmetic")
            .cite(citations.number(Work::Oldham1962))
            .text("."),
    );
    vec![Block::Table(table)]
}
