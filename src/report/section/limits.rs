//! What a single arm cannot show, keyed to what was analysed.

use super::{heading, paragraph};
use crate::plan::Procedure;
use crate::report::document::{Block, Inline};
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Finding, Method, Responders, number};
use crate::stats::{NotEstimable, Note};
use crate::trial::{Basis, Importance, Outcome};

pub(in crate::report) fn section(source: &Source, citations: &mut Citations) -> Vec<Block> {
    let rules: [fn(&Source, &mut Citations) -> Option<Inline>; 16] = [
        no_control,
        natural_recovery,
        regression,
        entry_unknown,
        practice,
        scale_ends,
        attrition,
        few_followed,
        no_threshold,
        one_occasion,
        own_norm,
        to_be_verified,
        benchmarks_differ,
        multiplicity,
        undeclared,
        no_direction,
    ];
    let items = rules.into_iter().filter_map(|rule| rule(source, citations)).collect();
    let lead = "Scores of the same people before and after tell whether scores changed. They do not tell why. Each point below was chosen because of what was analysed here.";
    vec![heading("What a single arm cannot show"), paragraph(lead), Block::List(items)]
}

fn point(title: &str, text: impl Into<String>) -> Inline {
    Inline::new().strong(title).text(" ").text(text)
}

fn no_control(_: &Source, citations: &mut Citations) -> Option<Inline> {
    let text = "Nobody was measured twice without taking part. Time, other care, expectations and being measured act on the scores as well, and nothing here can part them from the programme. Effect sizes from pre to post are usually larger than those against a comparison group and do not belong beside them in a meta-analysis";
    Some(point("No comparison group.", text).cite(citations.number(Work::Cuijpers2017)).text("."))
}

fn natural_recovery(source: &Source, citations: &mut Citations) -> Option<Inline> {
    let outcomes = in_domains(source, |domain| matches!(domain, "depression" | "anxiety" | "stress"));
    if outcomes.is_empty() {
        return None;
    }
    let text = format!("{}: such complaints come and go, and people seek help when they are at their worst.", named(&outcomes));
    let point = point("Natural recovery.", text);
    if in_domains(source, |domain| domain == "depression").is_empty() {
        return Some(point);
    }
    let depression = " Many episodes of depression lift without treatment";
    Some(point.text(depression).cite(citations.number(Work::Whiteford2013)).text("."))
}

/// Wherever people were chosen by a score, or came because they were unwell, extreme scores fall back.
fn regression(source: &Source, citations: &mut Citations) -> Option<Inline> {
    let columns: Vec<&str> = source.plan().outcome.iter().filter_map(|outcome| outcome.pre.as_deref()).collect();
    let selected = source.plan().data.keep_where.keys().any(|column| columns.contains(&column.as_str()));
    let clinical = in_domains(source, |domain| matches!(domain, "depression" | "anxiety" | "stress" | "sleep" | "mania"));
    if !selected && clinical.is_empty() {
        return None;
    }
    let why = if selected {
        "The plan keeps rows by a pre score. People chosen for extreme scores".to_owned()
    } else {
        format!("{}: people who entered because they were unwell", named(&clinical))
    };
    let mut text = format!(
        "{why} score nearer to the average the second time, whatever was done. The lower the correlation of pre and post, the more"
    );
    let shown: Vec<&Outcome> = if clinical.is_empty() { source.results.outcomes.iter().collect() } else { clinical };
    let known: Vec<String> =
        shown.into_iter().filter_map(|outcome| Some(format!("r = {} for {}", correlation(source, outcome)?, outcome.label))).collect();
    if (1..=4).contains(&known.len()) {
        text.push_str(&format!("; here {}", words::listed(&known)));
    }
    Some(point("Regression to the mean.", text).cite(citations.number(Work::Barnett2005)).text("."))
}

fn practice(source: &Source, citations: &mut Citations) -> Option<Inline> {
    let taken_off = |outcome: &Outcome| matches!(source.practice(&outcome.id), Some(Ok(_)));
    let outcomes: Vec<&Outcome> = source.results.outcomes.iter().filter(|outcome| is_performance(outcome) && !taken_off(outcome)).collect();
    if outcomes.is_empty() {
        return None;
    }
    let text = format!(
        "{}: performance tests go better the second time because the tasks are known. The gain from practice alone can be as large as the changes that programmes aim at, and parallel forms lessen it without removing it. It is not separated from the change here",
        named(&outcomes)
    );
    Some(point("Practice effects.", text).cite(citations.number(Work::Calamia2012)).text("."))
}

/// Tests of what a person can do, by domain, and the one aptitude battery that stands under job performance.
fn is_performance(outcome: &Outcome) -> bool {
    let domain = outcome.domain.as_deref().unwrap_or_default();
    let by_domain = domain == "cognition" || domain == "social_cognition" || domain.contains("aptitude");
    by_domain || outcome.instrument.as_deref().is_some_and(|instrument| instrument.starts_with("gatb"))
}

fn scale_ends(source: &Source, _: &mut Citations) -> Option<Inline> {
    let at_end = |outcome: &&Outcome| {
        let notes = &source.results.analyses;
        notes.iter().filter(|a| a.key.outcome == outcome.id).flat_map(|a| &a.notes).any(|note| matches!(note, Note::ScaleEnd { .. }))
    };
    let outcomes: Vec<&Outcome> = source.results.outcomes.iter().filter(at_end).collect();
    (!outcomes.is_empty()).then(|| {
        point(
            "Ends of the scale.",
            format!("{}: scores at the lowest or highest possible value hide how far people are beyond it.", named(&outcomes)),
        )
    })
}

fn attrition(source: &Source, citations: &mut Citations) -> Option<Inline> {
    let lost: Vec<String> = source
        .results
        .outcomes
        .iter()
        .filter_map(|outcome| {
            let ledger = source.ledger(&outcome.id)?;
            let lost = ledger.subjects.saturating_sub(ledger.pairs);
            (lost > 0).then(|| format!("{} {} of {}", outcome.label, number::count(lost), number::count(ledger.subjects)))
        })
        .collect();
    if lost.is_empty() {
        return None;
    }
    let which = if lost.len() <= 6 {
        format!(" ({})", lost.join("; "))
    } else {
        format!(" in {}", words::counted(lost.len(), "outcome", "outcomes"))
    };
    let text = format!(
        "Some people lack a score{which}. Those who stay may be those who do well; complete pairs show the change of those who were measured twice, not of all who began"
    );
    Some(point("Missing scores.", text).cite(citations.number(Work::Little2012)).text("."))
}

/// Below this many pairs, answers from post scores are rough.
const FEW: usize = 10;

fn few_followed(source: &Source, _: &mut Citations) -> Option<Inline> {
    let outcomes: Vec<&Outcome> =
        source.results.outcomes.iter().filter(|outcome| matches!(source.results.participants.pairs(&outcome.id), Some(1..FEW))).collect();
    let text = || {
        format!(
            "{}: below {FEW} pairs intervals are wide or unreliable, shares move by a tenth or more with one person, and what is assumed about the missing cannot be checked.",
            named(&outcomes)
        )
    };
    (!outcomes.is_empty()).then(|| point("Few post scores.", text()))
}

fn entry_unknown(source: &Source, _: &mut Citations) -> Option<Inline> {
    let unknown = |outcome: &&Outcome| matches!(source.regression(&outcome.id), Some(Ok(record)) if record.selection.is_none());
    let outcomes: Vec<&Outcome> = source.results.outcomes.iter().filter(unknown).collect();
    let text = || {
        format!(
            "{}: the plan does not say whether people had to reach a score to enter. If they had to, the first score is partly chance, and more of the change may be regression to the mean.",
            named(&outcomes)
        )
    };
    (!outcomes.is_empty()).then(|| point("Selection at entry.", text()))
}

fn no_threshold(source: &Source, _: &mut Citations) -> Option<Inline> {
    // A substantial change is known of more scales than the least one: it does not stand in for it.
    let least = |record: &Responders| record.thresholds.iter().any(|row| row.threshold.fact.kind == Importance::Minimal);
    let unknown = |outcome: &&Outcome| match source.responders(&outcome.id) {
        Some(Ok(record)) => !least(record),
        Some(Err(why)) => matches!(why, NotEstimable::FactUnknown { .. }),
        None => false,
    };
    let outcomes: Vec<&Outcome> = source.results.outcomes.iter().filter(unknown).collect();
    let text = || format!("{}: without one, a change shown by a test may still be too small to matter to anyone.", named(&outcomes));
    (!outcomes.is_empty()).then(|| point("No least important change.", text()))
}

fn one_occasion(source: &Source, _: &mut Citations) -> Option<Inline> {
    let of_one =
        |outcome: &&Outcome| matches!(source.reliable_change(&outcome.id), Some(Ok(record)) if !record.reliability.fact.kind.is_retest());
    let outcomes: Vec<&Outcome> = source.results.outcomes.iter().filter(of_one).collect();
    let text = || {
        format!(
            "{}: reliable change rests on a coefficient such as Cronbach\u{2019}s alpha, for want of one from a repeated test. It leaves out what varies from day to day, so that too many changes may look reliable.",
            named(&outcomes)
        )
    };
    (!outcomes.is_empty()).then(|| point("Reliability from one occasion.", text()))
}

fn own_norm(source: &Source, _: &mut Citations) -> Option<Inline> {
    let of_sample =
        |outcome: &&Outcome| outcome.meaning.clinical_norm.is_none() && matches!(source.reliable_change(&outcome.id), Some(Ok(_)));
    let outcomes: Vec<&Outcome> = source.results.outcomes.iter().filter(of_sample).collect();
    let text = || {
        format!(
            "{}: the sample\u{2019}s own pre scores stand for the clinical population. The measurement error and the cut-off then move with who happened to be in this sample.",
            named(&outcomes)
        )
    };
    (!outcomes.is_empty()).then(|| point("The sample as its own norm.", text()))
}

/// Facts in use that nobody has checked against a source.
fn to_be_verified(source: &Source, _: &mut Citations) -> Option<Inline> {
    let uses = |outcome: &&Outcome| {
        let meaning = &outcome.meaning;
        let first = |basis: Option<Basis>| basis == Some(Basis::Recalled);
        meaning.mcid.iter().any(|fact| fact.basis == Basis::Recalled)
            || first(meaning.remission.as_ref().map(|fact| fact.basis))
            || first(meaning.response.as_ref().map(|fact| fact.basis))
            || first(meaning.reliability.first().map(|fact| fact.basis))
            || first(meaning.norm.first().map(|fact| fact.basis))
            || first(meaning.clinical_norm.as_ref().map(|fact| fact.basis))
            || first(meaning.entry.as_ref().map(|fact| fact.basis))
            || first(meaning.practice.as_ref().map(|fact| fact.basis))
    };
    let outcomes: Vec<&Outcome> = source.results.outcomes.iter().filter(uses).collect();
    let text = || {
        format!(
            "{}: some thresholds, norms or reliabilities come from general knowledge and were not checked against a source; the tables mark them \u{201c}to be verified\u{201d}. Verify them before anything rests on them.",
            named(&outcomes)
        )
    };
    (!outcomes.is_empty()).then(|| point("Facts to be verified.", text()))
}

fn benchmarks_differ(source: &Source, _: &mut Citations) -> Option<Inline> {
    let compared = |outcome: &&Outcome| matches!(source.benchmarks(&outcome.id), Some(Ok(record)) if !record.rows.is_empty());
    let outcomes: Vec<&Outcome> = source.results.outcomes.iter().filter(compared).collect();
    let text = || {
        format!(
            "{}: the people behind a benchmark were others, at another time and place. A difference from it does not show what brought it about.",
            named(&outcomes)
        )
    };
    (!outcomes.is_empty()).then(|| point("Benchmarks are no control group.", text()))
}

fn multiplicity(source: &Source, _: &mut Citations) -> Option<Inline> {
    let outcomes = source.results.outcomes.len();
    if outcomes < 2 {
        return None;
    }
    let text = match source.settings().multiplicity {
        Procedure::None => format!("{outcomes} outcomes were tested without adjustment: among many, some differ by chance alone."),
        _ => format!(
            "{outcomes} outcomes were tested; the adjusted p-values hold within their family only, and the intervals are not adjusted. Exploratory outcomes raise questions, they answer none."
        ),
    };
    Some(point("Several outcomes.", text))
}

fn undeclared(source: &Source, _: &mut Citations) -> Option<Inline> {
    source.results.provenance.plan_inferred.then(|| {
        point("No plan beforehand.", "The plan was inferred from the header of the data. Outcomes, roles and tests chosen after the data were seen make every finding exploratory.")
    })
}

fn no_direction(source: &Source, _: &mut Citations) -> Option<Inline> {
    let outcomes: Vec<&Outcome> = source.results.outcomes.iter().filter(|outcome| outcome.direction.benefit_sign().is_none()).collect();
    (!outcomes.is_empty())
        .then(|| point("No better direction.", format!("{}: a change is neither an improvement nor a worsening.", named(&outcomes))))
}

fn in_domains<'a>(source: &Source<'a>, wanted: fn(&str) -> bool) -> Vec<&'a Outcome> {
    source.results.outcomes.iter().filter(|outcome| outcome.domain.as_deref().is_some_and(wanted)).collect()
}

/// The labels, or how many where there are many.
pub(super) fn named(outcomes: &[&Outcome]) -> String {
    if outcomes.len() > 6 {
        return words::counted(outcomes.len(), "outcome", "outcomes");
    }
    words::listed(&outcomes.iter().map(|outcome| outcome.label.clone()).collect::<Vec<_>>())
}

fn correlation(source: &Source, outcome: &Outcome) -> Option<String> {
    match source.results.finding(&outcome.id, Method::Correlation)?.ok()? {
        Finding::Correlation(record) => Some(number::fixed(record.r, 2)),
        _ => None,
    }
}
