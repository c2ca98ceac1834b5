//! How the sections of meaning write shares, sources and what is not known.

use super::limits::named;
use crate::report::document::{Block, Inline, Span};
use crate::report::words;
use crate::results::number;
use crate::stats::proportion::Proportion;
use crate::stats::{Interval, NotEstimable, Wald};
use crate::trial::{Basis, ChangeUnit, Importance, Mcid, Outcome, Stated};

/// `12 of 28 (43 %, 95 % CI 27 % to 61 %)`, by Wilson.
pub(super) fn share(share: &Proportion) -> String {
    format!("{} ({}, {})", of(share), percent(share), number::labelled_interval(share.wilson.level, &percents(&share.wilson)))
}

/// `12 of 28, 43 % (27 % to 61 %)`, for a table whose head names the interval.
pub(super) fn share_cell(share: &Proportion) -> String {
    format!("{}, {} ({})", words::unbroken(&of(share)), percent(share), words::unbroken(&percents(&share.wilson)))
}

/// `12 of 28`
pub(super) fn of(share: &Proportion) -> String {
    format!("{} of {}", number::count(share.count as usize), number::count(share.n as usize))
}

pub(super) fn percent(share: &Proportion) -> String {
    number::percent(share.share * 100.0, 0)
}

/// `27 % to 61 %` of limits between 0 and 1.
pub(super) fn percents(limits: &Interval) -> String {
    format!("{} to {}", number::percent(limits.lower * 100.0, 0), number::percent(limits.upper * 100.0, 0))
}

/// `−3.1 points (95 % CI −5.0 to −1.2, p = .002)`
pub(super) fn estimate(wald: &Wald, outcome: &Outcome) -> String {
    format!("{} ({}, {})", in_units(wald.estimate, outcome), limits(&wald.interval, outcome), number::p_named(wald.p))
}

/// `95 % CI −5.0 to −1.2`
pub(super) fn limits(interval: &Interval, outcome: &Outcome) -> String {
    number::labelled_interval(interval.level, &number::interval(interval, number::decimals(outcome)))
}

/// `−3.1 points`
pub(super) fn in_units(change: f64, outcome: &Outcome) -> String {
    format!("{}\u{a0}{}", number::signed(change, number::decimals(outcome)), words::unit(outcome))
}

/// `outpatients; Button 2015; checked against its source`
pub(super) fn stated<T>(fact: &Stated<T>) -> String {
    let parts = [fact.population.as_deref(), fact.source.as_deref(), Some(fact.basis.label())];
    parts.into_iter().flatten().map(|part| part.trim().trim_end_matches('.').to_owned()).collect::<Vec<_>>().join("; ")
}

/// A threshold of change with its anchor: `anchor: WSAS; outpatients; Rush 2021; checked against its source`
pub(super) fn stated_threshold(threshold: &Stated<Mcid>) -> String {
    let anchor = threshold.fact.anchor.as_deref().map(|anchor| format!("{}; ", anchor.trim().trim_end_matches('.')));
    anchor.unwrap_or_default() + &stated(threshold)
}

/// Said of a threshold that is no MCID.
pub(super) fn not_the_least(kind: Importance) -> &'static str {
    match kind {
        Importance::Minimal => "",
        Importance::Substantial => ", a substantial change and not the least that matters",
        Importance::Other => ", which is not known to be the least change that matters",
    }
}

/// `at least 5 points`, `at least 17.5 % of the person’s own pre score`.
pub(super) fn threshold(mcid: &Mcid, outcome: &Outcome) -> String {
    match mcid.unit {
        ChangeUnit::Points => {
            let value = mcid.value.to_string();
            let unit = if value == "1" && words::unit(outcome) == "points" { "point" } else { words::unit(outcome) };
            format!("at least {value}\u{a0}{unit}")
        }
        ChangeUnit::PercentOfBaseline => format!("at least {}\u{a0}% of the person\u{2019}s own pre score", mcid.value),
    }
}

/// Said of a number that rests on a fact nobody has checked.
pub(super) fn caveat(basis: Basis) -> &'static str {
    if basis == Basis::Recalled { ", a threshold still to be verified" } else { "" }
}

/// What could not be judged, gathered over the outcomes of a section.
#[derive(Default)]
pub(super) struct NotJudged<'a> {
    /// A fact, the line that states it, what follows from its absence, and who lacks it.
    unknown: Vec<(String, String, &'static str, Vec<&'a Outcome>)>,
    refused: Vec<(String, Vec<&'a Outcome>)>,
}

impl<'a> NotJudged<'a> {
    pub fn note(&mut self, outcome: &'a Outcome, why: &NotEstimable) {
        self.note_so(outcome, why, "");
    }

    /// The same, saying what an unknown fact means here: `, so that …`.
    pub fn note_so(&mut self, outcome: &'a Outcome, why: &NotEstimable, so: &'static str) {
        if let NotEstimable::FactUnknown { fact, add } = why {
            let is_known = |other: &(String, String, &str, Vec<&Outcome>)| (&other.0, &other.1, other.2) == (fact, add, so);
            let at = self.unknown.iter().position(is_known).unwrap_or_else(|| {
                self.unknown.push((fact.clone(), add.clone(), so, Vec::new()));
                self.unknown.len() - 1
            });
            push(&mut self.unknown[at].3, outcome);
        } else {
            let reason = words::reason(why);
            let at = self.refused.iter().position(|(known, _)| *known == reason).unwrap_or_else(|| {
                self.refused.push((reason, Vec::new()));
                self.refused.len() - 1
            });
            push(&mut self.refused[at].1, outcome);
        }
    }

    /// A lead and a list: an item for each fact that outcomes lack, with the line that states it, and one for those refused
    /// alike, which where no fact is lacking stands alone. Empty where all was judged.
    pub fn blocks(self) -> Vec<Block> {
        let mut items = Vec::new();
        for (fact, add, so, outcomes) in self.unknown {
            let lacks = format!(" no {} is known{so}. Add ", established(&fact));
            let lacks = Inline::new().strong(format!("{}:", named(&outcomes))).text(lacks);
            items.push(lacks.join(with_code(add.trim_end_matches('.'))).text("."));
        }
        let refused = |(reason, outcomes): (String, Vec<&Outcome>)| format!("Not estimated for {}: {reason}.", named(&outcomes)).into();
        let refused: Vec<Inline> = self.refused.into_iter().map(refused).collect();
        if items.is_empty() {
            return refused.into_iter().map(Block::Paragraph).collect();
        }
        items.extend(refused);
        vec![Block::Paragraph("What could not be judged here, and what the plan would have to say:".into()), Block::List(items)]
    }
}

fn push<'a>(outcomes: &mut Vec<&'a Outcome>, outcome: &'a Outcome) {
    if !outcomes.iter().any(|known| known.id == outcome.id) {
        outcomes.push(outcome);
    }
}

/// A least important change may have been looked for without one being agreed on.
fn established(fact: &str) -> String {
    if fact.contains("MCID") && !fact.contains("established") { format!("established {fact}") } else { fact.to_owned() }
}

/// Text whose backticks set off keys of the plan.
pub(super) fn with_code(text: &str) -> Inline {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    Inline(parts.map(|(i, part)| if i % 2 == 1 { Span::Code(part.into()) } else { Span::Text(part.into()) }).collect())
}
