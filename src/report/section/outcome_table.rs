//! The outcome table: one row an outcome, and whether the methods agree.

use super::baseline::mean_sd;
use super::headline::{DIGITS, headline};
use super::{Footnotes, heading, paragraph, robustness};
use crate::plan::FigureKind;
use crate::report::conclusion::{deciding_p, mean_change};
use crate::report::document::{Align, Block, Inline, Row, Span, Table};
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Method, number};
use crate::stats::NotEstimable;
use crate::trial::{Outcome, Role};

pub(in crate::report) fn section(source: &Source, citations: &mut Citations) -> Vec<Block> {
    let mut blocks = vec![heading("Outcomes"), paragraph(lead(source, citations)), Block::Table(table(source))];
    blocks.extend(source.figures(FigureKind::Forest, None));
    if source.results.outcomes.len() > 1 {
        blocks.extend(robustness::overview(source));
    }
    blocks
}

fn lead(source: &Source, citations: &mut Citations) -> Inline {
    Inline::from("Change is post \u{2212} pre in the units of the scale. The headline effect ")
        .join(words::method(source.headline()))
        .text(format!(" is coded for benefit ({}) where the scale has a better direction. There was no comparison group: it describes the change within one group and is not the effect of a treatment", words::improved_where(source.headline())))
        .cite(citations.number(Work::Cuijpers2017))
        .text(".")
}

fn table(source: &Source) -> Table {
    let level = number::level_percent(source.settings().conf_level);
    let sided = words::sidedness(source.settings().alternative);
    let mut table = Table::new("table-outcomes", "Change from pre to post")
        .column("Outcome", Align::Text)
        .column("Role", Align::Text)
        .columns(["n", "Pre, mean (SD)", "Post, mean (SD)"], Align::Number)
        .column(format!("Mean change ({level} CI)"), Align::Number)
        .column(Inline::from(format!("{}p, ", sided)).join(words::method(source.deciding())), Align::Number)
        .column("Adjusted p", Align::Number)
        .column(headline_name(source.headline()).text(format!(" ({level} CI)")), Align::Number);
    let mut footnotes = Footnotes::default();
    let domains = source.by_domain();
    // With one outcome a domain the names of the domains stand better beside the labels.
    let grouped = domains.len() > 1 && domains.len() < source.results.outcomes.len();
    for (domain, outcomes) in &domains {
        if grouped {
            table.rows.push(Row::Group(domain.map_or_else(|| "No domain named".to_owned(), words::domain).into()));
        }
        for outcome in outcomes {
            let name = if grouped { outcome.label.clone() } else { words::outcome_name(outcome) };
            table.rows.push(Row::Cells(row(source, outcome, name, &mut footnotes)));
        }
    }
    table.notes = footnotes.notes();
    if source.results.outcomes.iter().any(|outcome| outcome.direction.benefit_sign().is_some()) {
        table.notes.push(headline_name(source.headline()).text(format!(": {}.", words::improved_where(source.headline()))));
    }
    table
}

fn row(source: &Source, outcome: &Outcome, name: String, footnotes: &mut Footnotes) -> Vec<Inline> {
    let id = &outcome.id;
    let name = match outcome.role {
        Role::Primary => Inline::new().strong(name),
        Role::Secondary | Role::Exploratory => name.into(),
    };
    let n = match source.results.participants.pairs(id) {
        _ if source.is_withheld(id) => words::WITHHELD.into(),
        Some(pairs) => number::count(pairs),
        None => words::NONE.into(),
    };
    let (pre, post) = match source.describe(id) {
        Some(Ok(record)) => (mean_sd(outcome, &record.pre, footnotes), mean_sd(outcome, &record.post, footnotes)),
        Some(Err(why)) => (refused(why, footnotes), refused(why, footnotes)),
        None => (words::NONE.into(), words::NONE.into()),
    };
    let mut cells = vec![name, outcome.role.to_string().into(), n.into(), pre.into(), post.into()];
    cells.extend([change(source, outcome, footnotes), p(source, outcome, footnotes), adjusted(source, id, footnotes)].map(Inline::from));
    cells.push(effect(source, outcome, footnotes).into());
    cells
}

fn change(source: &Source, outcome: &Outcome, footnotes: &mut Footnotes) -> String {
    let digits = number::decimals(outcome);
    let mean = match mean_change(source, &outcome.id) {
        Some(Ok(mean)) => number::signed(mean, digits),
        Some(Err(why)) => return refused(why, footnotes),
        None => return words::NONE.into(),
    };
    match source.paired_t(&outcome.id) {
        Some(Ok(record)) => match record.interval.as_result() {
            Ok(interval) => format!("{mean} ({})", words::limits(interval, digits, source.settings().conf_level)),
            Err(why) => format!("{mean} {}", footnotes.mark(words::reason(why))),
        },
        Some(Err(why)) => format!("{mean} {}", footnotes.mark(words::reason(why))),
        None => mean,
    }
}

fn p(source: &Source, outcome: &Outcome, footnotes: &mut Footnotes) -> String {
    let alternative = source.settings().alternative;
    match deciding_p(source, &outcome.id) {
        Some(Ok(p)) if words::sidedness(alternative) != words::sidedness_of(outcome, alternative) => {
            format!("{} {}", number::p(p), footnotes.mark(TWO_SIDED.into()))
        }
        Some(Ok(p)) => number::p(p),
        Some(Err(why)) => refused(why, footnotes),
        None => words::NONE.into(),
    }
}

fn adjusted(source: &Source, id: &str, footnotes: &mut Footnotes) -> String {
    match source.adjusted(id) {
        Some(Ok(record)) if record.procedure == "none" => "not adjusted".into(),
        Some(Ok(record)) => number::p(record.p),
        Some(Err(why)) => refused(why, footnotes),
        None => words::NONE.into(),
    }
}

fn effect(source: &Source, outcome: &Outcome, footnotes: &mut Footnotes) -> String {
    match headline(source, outcome) {
        Some(Ok(effect)) => {
            let estimate = number::fixed(effect.estimate, DIGITS);
            let coding =
                if effect.is_benefit { String::new() } else { format!(" {}", footnotes.mark(not_coded(source.headline()).into())) };
            match effect.interval.as_result() {
                Ok(interval) => format!("{estimate} ({}){coding}", words::limits(interval, DIGITS, source.settings().conf_level)),
                Err(why) => format!("{estimate} {}{coding}", footnotes.mark(words::reason(why))),
            }
        }
        Some(Err(why)) => refused(why, footnotes),
        None => words::NONE.into(),
    }
}

const TWO_SIDED: &str = "the scale has no better direction: p is two-sided";

/// A symbol as it is, words with a capital.
fn headline_name(headline: Method) -> Inline {
    let name = words::method(headline);
    match name.0.as_slice() {
        [Span::Symbol { .. }] => name,
        _ => words::sentence(&name.plain()).into(),
    }
}

fn not_coded(headline: Method) -> &'static str {
    match headline {
        Method::PSuperiority => "the scale has no better direction: above 0.50 = more people rose than fell",
        _ => "the scale has no better direction: the effect has the sign of the change",
    }
}

fn refused(why: &NotEstimable, footnotes: &mut Footnotes) -> String {
    format!("{} {}", words::NONE, footnotes.mark(words::reason(why)))
}
