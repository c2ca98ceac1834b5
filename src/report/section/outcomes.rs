//! Each outcome in detail: figures, scores, all methods, the robustness strip.

use super::{effects, heading, paragraph, robustness, scores, subgroups, tests};
use crate::plan::FigureKind;
use crate::report::document::{Block, Inline};
use crate::report::reference::Citations;
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Method, number};
use crate::stats::NotEstimable;
use crate::trial::Outcome;

/// Figures that stand with the question they answer.
const ELSEWHERE: [&str; 4] = ["reliable", "bands", "responders", "regression"];

pub(in crate::report) fn section(source: &Source, _: &mut Citations) -> Vec<Block> {
    let mut blocks = vec![heading("Each outcome in detail")];
    blocks.extend(left_out(source));
    blocks.extend(source.by_domain().into_iter().flat_map(|(_, outcomes)| outcomes).flat_map(|outcome| one(source, outcome)));
    blocks
}

/// Which kinds of figures the plan leaves out, once for all outcomes.
fn left_out(source: &Source) -> Option<Block> {
    let is_out = |kind: &FigureKind| source.figures.iter().any(|asset| asset.kind == *kind && source.is_left_out(asset));
    let kinds: Vec<String> = FigureKind::ALL.into_iter().filter(is_out).map(|kind| kind.name().to_owned()).collect();
    if kinds.is_empty() {
        return None;
    }
    let what = words::sentence(&format!("{} figures are left out: the plan shows no single people (", words::listed(&kinds)));
    Some(Block::Paragraph(Inline::from(what).code("[privacy] individuals = false").text(").")))
}

fn one(source: &Source, outcome: &Outcome) -> Vec<Block> {
    let id = source.fragment(outcome);
    let mut blocks = vec![Block::Heading { level: 3, id: format!("outcome-{id}"), text: outcome.label.as_str().into() }];
    blocks.push(paragraph(about(outcome)));
    if let Some(Err(why @ NotEstimable::Withheld { .. })) = source.describe(&outcome.id) {
        blocks.push(paragraph(format!("{}.", words::sentence(&words::reason(why)))));
        return blocks;
    }
    let notes = notes(source, outcome);
    if !notes.is_empty() {
        blocks.push(Block::List(notes));
    }
    for kind in FigureKind::ALL.into_iter().filter(|kind| kind.is_per_outcome() && !ELSEWHERE.contains(&kind.name())) {
        blocks.extend(source.figures(kind, Some(outcome)));
    }
    blocks.extend(scores::blocks(source, outcome));
    blocks.extend(robustness::strip(source, outcome));
    blocks.extend(tests::blocks(source, outcome));
    blocks.extend(effects::blocks(source, outcome));
    blocks.extend(subgroups::blocks(source, outcome));
    blocks
}

/// Domain, role, scale, direction and bands.
fn about(outcome: &Outcome) -> Inline {
    let mut facts = Vec::new();
    facts.extend(outcome.domain.as_deref().map(|domain| format!("Domain: {}.", words::domain(domain).to_lowercase())));
    facts.push(format!("Role: {}.", outcome.role));
    if outcome.range.is_some() {
        facts.push(format!("Scale: {} {}.", super::baseline::scale(outcome), words::unit(outcome)));
    }
    facts.push(match super::baseline::better(outcome) {
        "neither" => "Neither lower nor higher is better.".to_owned(),
        side => format!("Better: {side}."),
    });
    if !outcome.bands.is_empty() {
        let digits = number::score_decimals(outcome);
        let band = |band: &crate::trial::Band| {
            format!("{} {}\u{2013}{}", band.label, number::fixed(band.min.to_f64(), digits), number::fixed(band.max.to_f64(), digits))
        };
        facts.push(format!("Bands of the instrument: {}.", outcome.bands.iter().map(band).collect::<Vec<_>>().join(", ")));
    }
    facts.join(" ").into()
}

/// What qualifies the description of this outcome as a whole.
fn notes(source: &Source, outcome: &Outcome) -> Vec<Inline> {
    source.notes(&outcome.id, Method::Describe).iter().map(|note| format!("{}.", words::sentence(&words::note(note))).into()).collect()
}
