//! What is said beside a forest plot: alternative text, caption and notes.

use super::rows::{Marker, Row, Table, procedure_name};
use crate::figure::text::counted;
use crate::plan::{Family, TestName, WantedChange};
use crate::results::{Results, number};

/// The numbers a reader would take from the figure.
pub(super) fn alt_text(table: &Table, results: &Results) -> String {
    let headline = table.headline;
    let mut text = format!(
        "Forest plot of {} for {}{}; above {} means improved. Intervals are {} CI.",
        headline.name,
        outcomes(table),
        subjects(results),
        number::fixed(headline.null, if headline.null == 0.0 { 0 } else { 1 }),
        number::level_percent(table.level),
    );
    for group in &table.groups {
        if let Some(heading) = &group.heading {
            text.push_str(&format!(" {heading}:"));
        }
        for row in &group.rows {
            text.push_str(&format!(" {}.", sentence(row, headline.short)));
        }
    }
    text
}

fn sentence(row: &Row, effect: &str) -> String {
    let primary = if row.primary { " (primary)" } else { "" };
    let found = match &row.marker {
        Marker::Effect { interval: Ok(_), .. } => format!("{effect} {}", row.effect.text()),
        Marker::Effect { interval: Err(reason), .. } => format!("{effect} {}, no interval: {reason}", row.effect.text()),
        Marker::Reason(reason) => reason.clone(),
    };
    let p = row.p_named.as_deref().unwrap_or("no p");
    format!("{}{primary}: n = {}, {found}, mean change {}, {p}", row.label, row.n, row.change.text())
}

/// n, what is shown, how intervals were made.
pub(super) fn caption(table: &Table, results: &Results, cut: usize) -> String {
    let analysis = &results.provenance.settings.0.analysis;
    let headline = table.headline;
    let level = number::level_percent(table.level);
    let test = match analysis.test {
        TestName::PairedT => "paired t-test",
        TestName::SignedRank => "signed-rank test",
        TestName::Permutation => "permutation test",
        TestName::Sign => "sign test",
    };
    let family = match analysis.family {
        Family::Role => "within outcomes of the same role",
        Family::Domain => "within domains",
        Family::All => "over all outcomes",
    };
    let sided = match analysis.alternative {
        WantedChange::TwoSided => "",
        WantedChange::Improvement => "one-sided (improvement), ",
        WantedChange::Worsening => "one-sided (worsening), ",
    };
    let adjusted = procedure_name(analysis.multiplicity)
        .map_or_else(|| "not adjusted".to_owned(), |procedure| format!("adjusted by {procedure} {family}"));
    let mut text = format!(
        "{} of {}{}, coded so that right of the line is improvement; n counts complete pairs. Effect intervals: {level}, {}. \
         Mean change is post − pre in raw units with its {level} t interval. p: {test}, {sided}{adjusted}.",
        capitalised(headline.name),
        outcomes(table),
        subjects(results),
        headline.interval_method(),
    );
    if cut > 0 {
        let whose = if cut == 1 { "One interval runs".into() } else { format!("{} intervals run", number::count(cut)) };
        text.push_str(&format!(" {whose} beyond the axis and {} cut there with an arrow head.", if cut == 1 { "is" } else { "are" }));
    }
    text
}

/// `n = complete pairs, of 30 subjects`
pub(super) fn pairs_of(results: &Results) -> String {
    match results.participants.subjects() {
        Some(n) => format!("n = complete pairs, of {}", counted(n, "subject", "subjects")),
        None => "n = complete pairs".to_owned(),
    }
}

/// `, 30 subjects`; nothing where their number is withheld.
fn subjects(results: &Results) -> String {
    results.participants.subjects().map_or_else(String::new, |n| format!(", {}", counted(n, "subject", "subjects")))
}

/// Why single numbers are missing: for the report, as the figure has no room.
pub(super) fn notes(table: &Table) -> Vec<String> {
    let mut notes = Vec::new();
    for row in table.rows() {
        match &row.marker {
            Marker::Reason(reason) => notes.push(format!("{}: {reason}", row.label)),
            Marker::Effect { interval: Err(reason), .. } => notes.push(format!("{}: no interval: {reason}", row.label)),
            Marker::Effect { .. } => {}
        }
        if let Some(reason) = &row.p_refused {
            notes.push(format!("{}: no p: {reason}", row.label));
        }
    }
    notes
}

fn outcomes(table: &Table) -> String {
    match table.rows().count() {
        1 => "one outcome".into(),
        count => format!("{} outcomes", number::count(count)),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
