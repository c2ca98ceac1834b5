//! Checklists for reporting, ticked from what this report contains.

use super::{heading, missing, paragraph};
use crate::report::document::{Align, Block, Inline, Table, Target};
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;
use crate::results::{Method, Participants};
use crate::trial::BenchmarkKind;

/// Where an item is found, wholly or in part.
enum Place {
    Here(&'static str, &'static str),
    Part(&'static str, &'static str),
    /// The item asks for something that a single arm does not have.
    NotAsked(&'static str),
    Absent,
}

pub(in crate::report) fn section(source: &Source, citations: &mut Citations) -> Vec<Block> {
    let lead = Inline::from(
        "Ticked from what this report contains, for whoever writes the paper: TREND for evaluations without random assignment",
    )
    .cite(citations.number(Work::DesJarlais2004))
    .text(" and, where the trial is a pilot, the main points of the guidance for non-randomised pilot studies")
    .cite(citations.number(Work::LancasterThabane2019))
    .text(". This is no claim of compliance: the items ask for more than numbers.");
    let trend = table("table-trend", "TREND, by item number", trend(source));
    let pilot = table("table-pilot", "Pilot study", pilot(source));
    vec![heading("Checklists"), paragraph(lead), Block::Table(trend), Block::Table(pilot)]
}

fn table(id: &str, caption: &str, items: Vec<(&'static str, Place)>) -> Table {
    let mut table = Table::new(id, caption).column("Item", Align::Text).column("In this report", Align::Prose);
    for (item, place) in items {
        let link = |mark: &str, what: &'static str, id: &'static str| Inline::from(mark).link(what, Target::Section(id));
        table.push([
            item.into(),
            match place {
                Place::Here(what, id) => link("\u{2713} ", what, id),
                Place::Part(what, id) => link("In part: ", what, id),
                Place::NotAsked(why) => why.into(),
                Place::Absent => "Not in this report".into(),
            },
        ]);
    }
    table
}

fn part_if(holds: bool, what: &'static str, id: &'static str) -> Place {
    if holds { Place::Part(what, id) } else { Place::Absent }
}

const LIMITS: &str = "what-a-single-arm-cannot-show";

fn flow(source: &Source) -> Place {
    match source.results.participants {
        Participants::Full(_) => Place::Here("counts and losses", "participants"),
        Participants::Withheld(_) => Place::Part("counts, the small ones withheld", "participants"),
    }
}

fn analysed(source: &Source) -> bool {
    source.uses(Method::Describe)
}

fn numbers(source: &Source, what: &'static str, id: &'static str) -> Place {
    if analysed(source) { Place::Here(what, id) } else { Place::Absent }
}

fn trend(source: &Source) -> Vec<(&'static str, Place)> {
    let estimand = &source.plan().estimand;
    let groups = source.results.analyses.iter().any(|analysis| analysis.key.population != crate::results::Population::Pairs);
    let ancillary = if missing::is_shown(source) {
        Place::Part("sensitivity to missing scores", "who-is-missing")
    } else if groups {
        Place::Part("subgroups, described", "each-outcome-in-detail")
    } else {
        Place::Absent
    };
    vec![
        ("1 Title and abstract", part_if(source.results.trial.title.is_some(), "title and summary of findings", "what-was-found")),
        ("2 Background", Place::Absent),
        (
            "3 Participants: eligibility, recruitment, setting",
            part_if(estimand.population.is_some(), "population of the estimand", "estimand"),
        ),
        ("4 Interventions", part_if(estimand.treatment.is_some(), "treatment of the estimand", "estimand")),
        ("5 Objectives", part_if(!estimand.is_empty(), "what is to be estimated", "estimand")),
        ("6 Outcomes", if analysed(source) { Place::Part("scales and their roles", "outcomes") } else { Place::Absent }),
        ("7 Sample size", Place::Absent),
        ("8 Assignment method", Place::NotAsked("One arm: nobody was assigned")),
        ("9 Blinding", Place::Absent),
        ("10 Unit of analysis", Place::Here("the person", "methods")),
        ("11 Statistical methods", Place::Here("generated from what was computed", "methods")),
        ("12 Participant flow", flow(source)),
        ("13 Recruitment: dates", Place::Absent),
        ("14 Baseline data", if analysed(source) { Place::Part("pre scores", "baseline") } else { Place::Absent }),
        ("15 Baseline equivalence of groups", Place::NotAsked("One arm: no groups")),
        ("16 Numbers analysed", numbers(source, "n of each outcome", "outcomes")),
        ("17 Outcomes and estimation", numbers(source, "estimates with intervals", "outcomes")),
        ("18 Ancillary analyses", ancillary),
        ("19 Adverse events", Place::Absent),
        ("20 Interpretation", Place::Part("limits of the design", LIMITS)),
        ("21 Generalisability", Place::Absent),
        ("22 Overall evidence", benchmark(source)),
    ]
}

fn benchmark(source: &Source) -> Place {
    let shown = source.all(Method::Benchmark).any(|analysis| analysis.finding.ok().is_some());
    part_if(shown, "benchmarks", "what-else-could-explain-it")
}

fn pilot(source: &Source) -> Vec<(&'static str, Place)> {
    let names_itself = source.results.trial.title.as_deref().is_some_and(|title| {
        let title = title.to_lowercase();
        title.contains("pilot") || title.contains("feasibility")
    });
    let criterion =
        source.results.outcomes.iter().flat_map(|outcome| &outcome.meaning.benchmarks).any(|b| b.kind == BenchmarkKind::Criterion);
    let harm = [Method::Responders, Method::ReliableChange].into_iter().any(|m| source.all(m).any(|a| a.finding.ok().is_some()));
    let registered = source.results.trial.id.is_some();
    vec![
        ("Title names a pilot or feasibility study", if names_itself { Place::Here("title", "what-was-found") } else { Place::Absent }),
        ("Aims of the pilot", Place::Absent),
        ("Criteria for going on to a main trial", part_if(criterion, "criterion fixed in advance", "what-else-could-explain-it")),
        ("Reason for the number of people", Place::Absent),
        ("Recruitment: how many were asked, over what time", Place::Absent),
        ("Flow and completeness of scores", flow(source)),
        ("Spread and correlation of scores, for planning", numbers(source, "SDs and correlations", "each-outcome-in-detail")),
        ("Estimates with intervals rather than tests alone", numbers(source, "mean changes and effects", "outcomes")),
        ("Harms", part_if(harm, "people whose scores got worse", "does-the-change-matter")),
        ("Limits and sources of bias", Place::Here("limits of the design", LIMITS)),
        ("Registration", if registered { Place::Here("number of the registration", "provenance") } else { Place::Absent }),
        ("Ethics, funding, access to the protocol", Place::Absent),
    ]
}
