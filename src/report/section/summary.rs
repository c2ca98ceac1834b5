//! What was found, in plain words.

use super::headline::headline;
use super::matters;
use super::robustness::{Reading, reading};
use super::{heading, paragraph};
use crate::plan::Procedure;
use crate::report::conclusion::{Conclusion, Numbers, Verdicts, Way, conclude};
use crate::report::document::{Block, Inline, Target};
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;
use crate::report::words;
use crate::results::number;
use crate::stats::NotEstimable;
use crate::trial::{Outcome, Role};

/// Beyond this many outcomes of one role the sentences are gathered by what was found.
const MANY: usize = 6;

pub(in crate::report) fn section(source: &Source, citations: &mut Citations) -> Vec<Block> {
    let mut blocks = vec![heading("What was found"), paragraph(lead(source))];
    for role in [Role::Primary, Role::Secondary, Role::Exploratory] {
        let outcomes: Vec<&Outcome> = source.results.outcomes.iter().filter(|outcome| outcome.role == role).collect();
        if outcomes.is_empty() {
            continue;
        }
        let name = words::sentence(&role.to_string());
        let noun = if outcomes.len() == 1 { "outcome" } else { "outcomes" };
        blocks.push(Block::Heading { level: 3, id: format!("found-{role}"), text: format!("{name} {noun}").into() });
        if role != Role::Primary && outcomes.len() > MANY {
            let how = if source.settings().multiplicity == Procedure::None { "without adjustment" } else { "after adjustment" };
            blocks.push(paragraph(format!("By the deciding test {how}, with the mean change; the numbers are in the outcome table.")));
            blocks.push(Block::List(gathered(source, &outcomes)));
        } else {
            blocks.push(Block::List(outcomes.iter().map(|outcome| finding(source, outcome)).collect()));
        }
    }
    blocks.push(Block::Note(caution(citations)));
    blocks
}

fn lead(source: &Source) -> String {
    let people = match source.results.participants.subjects() {
        Some(1) => "1 person was".to_owned(),
        Some(n) => format!("{} people were", number::count(n)),
        None => "People were".to_owned(),
    };
    let outcomes = source.results.outcomes.len();
    format!(
        "{} measured on {}. {} compares the same people before (pre) and after (post): those who have both scores. Change is post \u{2212} pre. There was no comparison group.",
        people,
        words::counted(outcomes, "outcome", "outcomes"),
        if outcomes == 1 { "The analysis" } else { "Each outcome" },
    )
}

fn caution(citations: &mut Citations) -> Inline {
    Inline::new()
        .text("There was no comparison group. A change from pre to post is not the effect of a treatment")
        .cite(citations.number(Work::Cuijpers2017))
        .text(": see ")
        .link("what a single arm cannot show", Target::Section("what-a-single-arm-cannot-show"))
        .text(".")
}

/// One outcome as a sentence or two, and one on who improved by an amount that matters.
fn finding(source: &Source, outcome: &Outcome) -> Inline {
    let text = change(source, outcome);
    match matters::in_short(source, outcome) {
        Some(meaning) => text.text(format!(" {meaning}")),
        None => text,
    }
}

fn change(source: &Source, outcome: &Outcome) -> Inline {
    let name = words::outcome_name(outcome);
    match conclude(source, outcome) {
        Conclusion::Nothing { why } => {
            let why = why.map_or_else(|| "not analysed".to_owned(), words::reason);
            Inline::new().strong(name).text(format!(": nothing can be said ({why}; {}).", pairs(source, outcome)))
        }
        Conclusion::Untested { mean_change, why: NotEstimable::ConstantChange | NotEstimable::NoNonzeroChange } => {
            let pairs = pairs(source, outcome);
            Inline::new().strong(name).text(if mean_change == 0.0 {
                format!(": nobody\u{2019}s score changed ({pairs}), so there is nothing to test.")
            } else {
                format!(
                    ": every score changed by the same {} ({pairs}); without any spread among the changes the deciding test cannot be done.",
                    in_units(mean_change, outcome)
                )
            })
        }
        Conclusion::Untested { mean_change, why } => Inline::new().strong(name).text(format!(
            ": mean change {} ({}); the deciding test cannot be done: {}.",
            in_units(mean_change, outcome),
            pairs(source, outcome),
            words::reason(why)
        )),
        Conclusion::Tested { numbers, way, verdicts } => tested(source, outcome, name, &numbers, way, verdicts),
    }
}

fn tested(source: &Source, outcome: &Outcome, name: String, numbers: &Numbers, way: Option<Way>, verdicts: Verdicts) -> Inline {
    let figures = numbers_text(source, outcome, numbers);
    let sentence = match (verdicts, way) {
        (Verdicts::Shown, Some(way)) => {
            Inline::new().strong(name).text(format!(" was {} after the programme: {figures}{}.", side(way), judged(way)))
        }
        (Verdicts::LostOnAdjustment, Some(way)) => Inline::new().strong(name).text(format!(
            " was {} after the programme by the unadjusted test alone: {figures}. Adjusted for the number of outcomes, the data do not show a change.",
            side(way)
        )),
        (Verdicts::TestAlone, Some(way)) => Inline::new().strong(name).text(format!(
            " was {} after the programme by the deciding test: {figures}. {}",
            side(way),
            match source.looked_for_higher(outcome) {
                Some(_) => "The test looked only for this direction; the interval of the mean change is two-sided, which asks for more, and covers 0.",
                None => "The interval of the mean change covers 0, so the size of the change stays open.",
            }
        )),
        (Verdicts::OtherWay, _) => Inline::new().text("For ").strong(name).text(format!(
            " the planned test does not show a change to {0} scores, the only one it looked for: {figures}. The two-sided interval of the mean change lies on the other side, at {1} scores; a one-sided test cannot establish that.",
            higher_or_lower(source.looked_for_higher(outcome).unwrap_or_default()),
            higher_or_lower(!source.looked_for_higher(outcome).unwrap_or_default()),
        )),
        (Verdicts::IntervalAlone, _) => Inline::new().text("For ").strong(name).text(format!(
            " the planned test does not show a change: {figures}. The interval of the mean change leaves out 0; the two do not agree."
        )),
        (Verdicts::NotShown, _) | (_, None) => {
            let looked = match source.looked_for_higher(outcome) {
                Some(higher) => format!(" to {} scores, the only one the test looked for", higher_or_lower(higher)),
                None => String::new(),
            };
            Inline::new().text("For ").strong(name).text(format!(" the data do not show a change{looked}: {figures}."))
        }
    };
    let robustness = match source.agreement(&outcome.id) {
        Some(Ok(record)) => match reading(source, outcome, record) {
            Reading::Differ => " The methods do not all agree; see the robustness strip.".to_owned(),
            // The sentence itself says so.
            Reading::AskedDifferently(_) if matches!(verdicts, Verdicts::OtherWay | Verdicts::TestAlone) => String::new(),
            Reading::AskedDifferently(why) => format!(" {}.", words::sentence(&why)),
            _ => String::new(),
        },
        _ => String::new(),
    };
    sentence.join(effect(source, outcome)).text(robustness)
}

/// The headline effect, always with the word that there was no comparison group (Cuijpers et al. 2017).
fn effect(source: &Source, outcome: &Outcome) -> Inline {
    let method = words::method(source.headline());
    match headline(source, outcome) {
        Some(Ok(effect)) => {
            let coding = if effect.is_benefit { format!(", {}", words::improved_where(source.headline())) } else { String::new() };
            Inline::from(" Headline effect ")
                .join(method)
                .text(format!(" = {}{coding}; within one group, no comparison group.", effect.with_interval()))
        }
        Some(Err(why)) => Inline::from(" Headline effect ").join(method).text(format!(": not estimable ({}).", words::reason(why))),
        None => Inline::new(),
    }
}

/// `mean change −5.2 points (95 % CI −6.9 to −3.5, n = 29 of 30, p < .001, adjusted p = .004)`.
fn numbers_text(source: &Source, outcome: &Outcome, numbers: &Numbers) -> String {
    let digits = number::decimals(outcome);
    let mut parts = Vec::new();
    if let Some(interval) = numbers.interval {
        parts.push(number::labelled_interval(interval.level, &number::interval(interval, digits)));
    }
    parts.push(pairs(source, outcome));
    parts.push(format!("{}{}", words::sidedness_of(outcome, source.settings().alternative), number::p_named(numbers.p)));
    parts.extend(numbers.p_adjusted.map(|p| format!("adjusted {}", number::p_named(p))));
    format!("mean change {} ({})", in_units(numbers.mean_change, outcome), parts.join(", "))
}

fn in_units(change: f64, outcome: &Outcome) -> String {
    format!("{}\u{a0}{}", number::signed(change, number::decimals(outcome)), words::unit(outcome))
}

/// `n = 29 of 30`.
fn pairs(source: &Source, outcome: &Outcome) -> String {
    let participants = &source.results.participants;
    match (participants.pairs(&outcome.id), participants.subjects()) {
        _ if source.is_withheld(&outcome.id) => format!("n {}", words::WITHHELD),
        (Some(pairs), Some(subjects)) => format!("n\u{a0}=\u{a0}{} of {}", number::count(pairs), number::count(subjects)),
        (Some(pairs), None) => format!("n\u{a0}=\u{a0}{}", number::count(pairs)),
        (None, _) => "n unknown".into(),
    }
}

fn side(way: Way) -> &'static str {
    higher_or_lower(way.higher)
}

fn higher_or_lower(higher: bool) -> &'static str {
    if higher { "higher" } else { "lower" }
}

fn judged(way: Way) -> &'static str {
    match way.improved {
        Some(true) => ", an improvement",
        Some(false) => ", a worsening",
        None => "",
    }
}

/// Many outcomes, gathered by what was found of them.
fn gathered(source: &Source, outcomes: &[&Outcome]) -> Vec<Inline> {
    const HEADS: [&str; 7] = [
        "Improved",
        "Worse",
        "Changed (no better direction)",
        "Changed by some of the evidence only (not after adjustment, or test and interval differ)",
        "No change shown",
        "Not tested",
        "Not shown by the test, which looked for one direction only; the interval lies on the other side",
    ];
    let mut bins: [Vec<String>; 7] = Default::default();
    for outcome in outcomes {
        let (bin, change) = match conclude(source, outcome) {
            Conclusion::Tested { numbers, way, verdicts } => {
                let bin = match (verdicts, way.and_then(|way| way.improved)) {
                    (Verdicts::Shown, Some(true)) => 0,
                    (Verdicts::Shown, Some(false)) => 1,
                    (Verdicts::Shown, None) => 2,
                    (Verdicts::NotShown, _) => 4,
                    (Verdicts::OtherWay, _) => 6,
                    _ => 3,
                };
                (bin, Some(numbers.mean_change))
            }
            Conclusion::Untested { mean_change, .. } => (5, Some(mean_change)),
            Conclusion::Nothing { .. } => (5, None),
        };
        let change = change.map(|change| format!(" ({})", in_units(change, outcome))).unwrap_or_default();
        bins[bin].push(format!("{}{change}", outcome.label));
    }
    let line = |(head, names): (&str, Vec<String>)| {
        Inline::new().strong(format!("{head}: {}.", number::count(names.len()))).text(format!(" {}", names.join("; ")))
    };
    HEADS.into_iter().zip(bins).filter(|(_, names)| !names.is_empty()).map(line).collect()
}
