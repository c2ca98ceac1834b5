//! What is to be estimated, in the plan's words (ICH E9 R1).

use super::{heading, paragraph};
use crate::plan::Strategy;
use crate::report::document::{Block, Inline};
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;

pub(in crate::report) fn section(source: &Source, citations: &mut Citations) -> Vec<Block> {
    let estimand = &source.plan().estimand;
    let mut blocks = vec![heading("Estimand")];
    let what = Inline::from("An estimand states exactly what a trial is to estimate").cite(citations.number(Work::IchE9R1)).text(". ");
    if estimand.is_empty() {
        let keys = Inline::from("The plan states none; add a section ").code("[estimand]").text(" with ").code("population").text(", ");
        let keys =
            keys.code("treatment").text(", ").code("variable").text(", ").code("summary").text(" and ").code("[[estimand.intercurrent]]");
        blocks.push(paragraph(what.join(keys).text(".")));
        return blocks;
    }
    blocks.push(paragraph(what.text("This is the plan\u{2019}s; whether the analysis estimates it is for the reader to judge.")));
    let parts = [
        ("Population", &estimand.population),
        ("Treatment", &estimand.treatment),
        ("Variable", &estimand.variable),
        ("Summary", &estimand.summary),
    ];
    let mut items: Vec<Inline> = parts
        .into_iter()
        .map(|(name, text)| Inline::new().strong(format!("{name}:")).text(format!(" {}", text.as_deref().unwrap_or("not stated"))))
        .collect();
    if estimand.intercurrent.is_empty() {
        items.push(Inline::new().strong("Intercurrent events:").text(" none stated"));
    }
    for event in &estimand.intercurrent {
        items.push(Inline::new().strong("Intercurrent event:").text(format!(" {}; {}", event.event, strategy(event.strategy))));
    }
    blocks.push(Block::List(items));
    blocks
}

fn strategy(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::TreatmentPolicy => "treatment policy (scores count whatever happened)",
        Strategy::Hypothetical => "hypothetical (as if it had not happened)",
        Strategy::Composite => "composite (the event is part of the outcome)",
        Strategy::WhileOnTreatment => "while on treatment (scores before it count)",
        Strategy::PrincipalStratum => "principal stratum (people to whom it would not happen)",
    }
}
