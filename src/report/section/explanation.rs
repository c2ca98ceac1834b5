//! What else could explain the change: regression to the mean, practice, benchmarks, natural recovery.

use super::facts::{self, NotJudged};
use super::limits::named;
use super::matters::refusal;
use super::{benchmarks, heading, paragraph};
use crate::report::document::{Block, Inline};
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Method, PracticeEffect, RegressionToMean, number};
use crate::trial::Outcome;

pub(in crate::report) fn section(source: &Source, citations: &mut Citations) -> Vec<Block> {
    if ![Method::RegressionToMean, Method::Practice, Method::Benchmark].into_iter().any(|method| source.uses(method)) {
        return Vec::new();
    }
    let mut not_judged = NotJudged::default();
    let mut parts = Vec::new();
    for outcome in source.by_domain().into_iter().flat_map(|(_, outcomes)| outcomes) {
        let mut blocks = Vec::new();
        match source.regression(&outcome.id) {
            Some(Ok(record)) => {
                blocks.push(Block::List(regression(record, outcome, citations)));
                blocks.extend(source.figures_named("regression", outcome));
            }
            Some(Err(why)) => not_judged.note_so(outcome, why, ", so that regression to the mean cannot be told apart"),
            None => {}
        }
        match source.practice(&outcome.id) {
            Some(Ok(record)) => blocks.push(paragraph(practice(record, outcome, citations))),
            Some(Err(why)) => not_judged.note_so(outcome, why, ", so that practice cannot be told apart"),
            None => {}
        }
        match source.benchmarks(&outcome.id) {
            Some(Ok(record)) => blocks.extend(benchmarks::blocks(source, outcome, record)),
            Some(Err(why)) => not_judged.note(outcome, why),
            None => {}
        }
        if !blocks.is_empty() {
            let id = format!("explained-{}", source.fragment(outcome));
            parts.push(Block::Heading { level: 3, id, text: outcome.label.as_str().into() });
            parts.extend(blocks);
        }
    }
    let mut blocks = vec![heading("What else could explain it?")];
    if parts.is_empty() {
        blocks.push(paragraph(recovery(source)));
    } else {
        let lead = "Scores change without treatment, too: extreme scores fall back, tasks become familiar, people recover. What of this can be put in numbers stands below. ";
        blocks.push(paragraph(Inline::from(lead).join(recovery(source))));
        blocks.extend(parts);
    }
    blocks.extend(not_judged.blocks());
    blocks
}

/// One sentence on what no number here can part from the change.
fn recovery(source: &Source) -> Inline {
    let comes_and_goes = |outcome: &&Outcome| matches!(outcome.domain.as_deref(), Some("depression" | "anxiety" | "stress" | "sleep"));
    let outcomes: Vec<&Outcome> = source.results.outcomes.iter().filter(comes_and_goes).collect();
    if outcomes.is_empty() {
        return "The time that passed, and other care, act on the scores as well; one arm cannot part them from the programme.".into();
    }
    format!(
        "Natural recovery ({}): some people get better with time alone; one arm cannot tell how many of these, and only a benchmark of untreated people gives an idea.",
        named(&outcomes)
    )
    .into()
}

fn regression(record: &RegressionToMean, outcome: &Outcome, citations: &mut Citations) -> Vec<Inline> {
    let digits = number::decimals(outcome);
    let norm = &record.norm;
    let known = format!(
        " People who start far from the average tend to score nearer to it the second time. Held against a population mean of {} ({}), with {} of {} ({})",
        number::fixed(norm.fact.mean, digits),
        facts::stated(norm),
        record.reliability.fact.kind.label(),
        number::significant(record.reliability.fact.value, 3),
        facts::stated(&record.reliability)
    );
    let title = Inline::new().strong("Regression to the mean.").text(known);
    let mut items = Vec::new();
    match record.net.as_result() {
        Ok(net) => {
            items.push(title.text(format!(
                ", a change of {} would be expected from the pre mean of {} alone; the observed mean change is {}. This holds if people were drawn from that population; for patients held against healthy people it expects too much.",
                facts::in_units(net.expected_change, outcome),
                number::fixed(net.mean_pre, digits),
                facts::in_units(net.mean_change, outcome)
            )));
            let mut text = match net.net.as_result() {
                Ok(wald) => format!("What remains, the net change, is {}, taking both facts as certain.", facts::estimate(wald, outcome)),
                Err(why) => format!("No net change: {}.", words::reason(why)),
            };
            if let Ok(spread) = record.propagated.as_result() {
                text.push_str(&format!(
                    " With the uncertainty of the reliability carried along: {} ({}).",
                    facts::in_units(spread.estimate, outcome),
                    facts::limits(&spread.interval, outcome)
                ));
            }
            text.push_str(&match net.r_at_zero.as_result() {
                Ok(r) if (0.0..=1.0).contains(r) => {
                    format!(" At a reliability of {} regression to the mean would explain the whole change.", number::fixed(*r, 2))
                }
                Ok(_) => " No reliability between 0 and 1 would explain the whole change.".to_owned(),
                Err(why) => format!(" The reliability at which nothing would remain is not known: {}.", words::reason(why)),
            });
            items.push(text.into());
        }
        Err(why) => items.push(title.text(format!(": not estimated, {}.", words::reason(why)))),
    }
    items.push(match &record.selection {
        Some(selected) => match selected.expected.as_result() {
            Ok(expected) => format!(
                "Entry asked for a score {} ({}). In a normal population, selection alone would give a change of {}.",
                selected.entry.fact.words(),
                facts::stated(&selected.entry),
                facts::in_units(expected.expected_change, outcome)
            )
            .into(),
            Err(why) => refusal("The change expected from selection at entry", why),
        },
        None => Inline::from("The plan states no score for entry, so the change from selection alone is not worked out; add ")
            .code("entry")
            .text(" to the outcome if people had to reach a score."),
    });
    if let Ok(test) = record.mee_chua.as_result()
        && let Ok(wald) = test.effect.as_result()
    {
        items.push(
            Inline::from("Test of Mee and Chua").cite(citations.number(Work::MeeChua1991)).text(format!(
                ": a person who started at the population mean is expected to change by {}.",
                facts::estimate(wald, outcome)
            )),
        );
    }
    if let Ok(coupled) = record.baseline_change.as_result()
        && let (Ok(with_pre), Ok(with_mean)) = (coupled.change_with_pre.as_result(), coupled.change_with_mean.as_result())
    {
        items.push(
            Inline::from(format!(
                "Change correlates with the pre score ({}), but partly by arithmetic, because the pre score stands in both. Against the mean of pre and post",
                coefficient(with_pre)
            ))
            .cite(citations.number(Work::Oldham1962))
            .text(format!(" it is {}.", coefficient(with_mean))),
        );
    }
    items
}

/// `r = −0.42 (95 % CI −0.68 to −0.06)`
pub(super) fn coefficient(test: &crate::stats::CorrelationTest) -> String {
    let limits = test
        .interval
        .ok()
        .map(|limits| format!(" ({})", number::labelled_interval(limits.level, &number::interval(limits, 2))))
        .unwrap_or_default();
    format!("r\u{a0}=\u{a0}{}{limits}", number::fixed(test.r, 2))
}

fn practice(record: &PracticeEffect, outcome: &Outcome, citations: &mut Citations) -> Inline {
    let text = Inline::new().strong("Practice.").text(" Taking a test again raises scores without any treatment");
    let text = text.cite(citations.number(Work::Calamia2012)).text(". ");
    match record {
        PracticeEffect::Constant { practice, against } => {
            let known = format!(
                "Without treatment a change of {} is known ({}). ",
                facts::in_units(practice.fact.mean, outcome),
                facts::stated(practice)
            );
            let text = text.text(known);
            match against.as_result() {
                Ok(record) => {
                    let uncertain = if record.practice_std_error.is_some() {
                        ""
                    } else {
                        " The value is taken as certain, because its source gives no standard error."
                    };
                    match record.net.as_result() {
                        Ok(wald) => text.text(format!("The change beyond it is {}.{uncertain}", facts::estimate(wald, outcome))),
                        Err(why) => text.join(refusal("The change beyond it", why)),
                    }
                }
                Err(why) => text.join(refusal("The change beyond it", why)),
            }
        }
        PracticeEffect::Control { against } => match against.as_result() {
            Ok(record) => {
                let text = text.text(format!(
                    "In the control file {} changed by {} on average. ",
                    words::counted(record.control_n, "person", "people"),
                    facts::in_units(record.control_mean_change, outcome)
                ));
                match record.net.as_result() {
                    Ok(wald) => text.text(format!(
                        "The change beyond theirs is {}. They were not assigned by chance, so this is no trial of two arms.",
                        facts::estimate(wald, outcome)
                    )),
                    Err(why) => text.join(refusal("The change beyond theirs", why)),
                }
            }
            Err(why) => text.join(refusal("The change beyond that of the control file", why)),
        },
    }
}
