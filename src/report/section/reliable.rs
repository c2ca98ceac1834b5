//! Reliable change: what it rests on, the classes, the other methods, and the answer over every choice.

use super::facts;
use super::matters::{cell, refusal};
use super::{Footnotes, paragraph};
use crate::report::document::{Align, Block, Inline, Row, Table};
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{MethodRow, Multiverse, ReliableChange, number};
use crate::stats::clinical::{Classes, CutoffKind, Evidence, Method as Rule};
use crate::trial::{Outcome, ReliabilityKind};

/// Rows of the multiverse table that the report shows.
const SHOWN: usize = 12;

pub(super) fn blocks(source: &Source, outcome: &Outcome, record: &ReliableChange, citations: &mut Citations) -> Vec<Block> {
    let mut blocks = vec![paragraph(basis(outcome, record, citations)), paragraph(cutoffs(outcome, record))];
    match record.classes.as_result() {
        Ok(classes) => blocks.push(Block::Table(classes_table(source, outcome, classes))),
        Err(why) => blocks.push(paragraph(refusal("Classes", why))),
    }
    blocks.extend(source.figures_named("reliable", outcome));
    if !record.methods.is_empty() {
        blocks.push(Block::Table(methods_table(source, outcome, &record.methods)));
    }
    blocks
}

/// What measurement error is, and where the reliability comes from.
fn basis(outcome: &Outcome, record: &ReliableChange, citations: &mut Citations) -> Inline {
    let digits = number::decimals(outcome);
    let unit = words::unit(outcome);
    let error = &record.error;
    let fact = &record.reliability.fact;
    let value = number::significant(fact.value, 3);
    let value = if fact.kind == ReliabilityKind::Sem { format!("{value}\u{a0}{unit}") } else { value };
    let interval = fact
        .interval
        .map(|[low, high]| format!(", from {} to {}", number::significant(low, 3), number::significant(high, 3)))
        .unwrap_or_default();
    let mut text = Inline::new()
        .strong("Reliable change")
        .text(" is a change of one person that measurement error alone would seldom bring about")
        .cite(citations.number(Work::JacobsonTruax1991))
        .text(format!(". It rests on the {} of {value}{interval} ({}). ", fact.kind.label(), facts::stated(&record.reliability)));
    if !fact.kind.is_retest() {
        text = text
            .strong("A fallback:")
            .text(" this coefficient comes from one occasion and does not tell how a score repeats itself over time; fewer changes may be reliable than are counted here. ");
    }
    text.text(format!(
        "With an SD of {} the standard error of measurement is {}, and a change must exceed {}\u{a0}{unit}, the smallest detectable change of one person ({} times the standard error of a difference, {}).",
        number::fixed(error.sd, digits),
        number::fixed(error.sem, digits),
        number::fixed(error.smallest_detectable_change, digits),
        number::fixed(error.critical, 2),
        number::fixed(error.s_diff, digits),
    ))
}

/// The populations and the lines between them.
fn cutoffs(outcome: &Outcome, record: &ReliableChange) -> Inline {
    let digits = number::decimals(outcome);
    let mean_sd = |mean: f64, sd: f64| format!("{} (SD {})", number::fixed(mean, digits), number::fixed(sd, digits));
    let clinical = record.clinical_source.as_deref().map_or_else(
        || "the pre scores of this sample, for want of a clinical norm".to_owned(),
        |source| source.trim_end_matches('.').to_owned(),
    );
    let mut text = format!("Clinical population: mean {} ({clinical}). ", mean_sd(record.clinical.mean, record.clinical.sd));
    match &record.functional {
        Some(norm) => {
            text.push_str(&format!("Functional population: mean {} ({}). ", mean_sd(norm.fact.mean, norm.fact.sd), facts::stated(norm)));
        }
        None => text.push_str("No functional population is known. "),
    }
    let mut lines = Vec::new();
    // Cut-offs that one fact is wanting for are refused in one sentence.
    let mut refused: Vec<(String, Vec<&str>)> = Vec::new();
    for row in &record.cutoffs {
        match row.value.as_result() {
            Ok(value) => lines.push(format!("{} at {}", kind(row.kind), number::fixed(*value, digits))),
            Err(why) => {
                let why = words::reason(why);
                match refused.iter_mut().find(|(known, _)| *known == why) {
                    Some((_, letters)) => letters.push(letter(row.kind)),
                    None => refused.push((why, vec![letter(row.kind)])),
                }
            }
        }
    }
    if !lines.is_empty() {
        text.push_str(&format!("Cut-offs between the two: {}. ", lines.join("; ")));
    }
    for (why, letters) in refused {
        let (s, are) = if letters.len() == 1 { ("", "is") } else { ("s", "are") };
        text.push_str(&format!("Cut-off{s} {} {are} not available: {why}. ", letters.join(" and ")));
    }
    text.push_str(&match record.deciding {
        Some(CutoffKind::Stated(_)) => "The stated cut-off decides who recovered.".to_owned(),
        Some(deciding) => format!("Cut-off {} decides who recovered.", letter(deciding)),
        None => "Without a cut-off nobody can be called recovered; all reliable improvements count as improved.".to_owned(),
    });
    facts::with_code(&text)
}

fn letter(kind: CutoffKind) -> &'static str {
    match kind {
        CutoffKind::A => "a",
        CutoffKind::B => "b",
        CutoffKind::C => "c",
        CutoffKind::Stated(_) => "stated",
    }
}

fn kind(kind: CutoffKind) -> &'static str {
    match kind {
        CutoffKind::A => "a (two SDs from the clinical mean)",
        CutoffKind::B => "b (two SDs from the functional mean)",
        CutoffKind::C => "c (between the two means)",
        CutoffKind::Stated(_) => "as stated",
    }
}

fn classes_table(source: &Source, outcome: &Outcome, classes: &Classes) -> Table {
    let level = number::level_percent(source.settings().conf_level);
    let mut table = Table::new(format!("table-classes-{}", source.fragment(outcome)), "Who changed reliably (Jacobson and Truax)")
        .column("Class", Align::Text)
        .columns([&format!("People, Wilson {level} CI"), &format!("Exact {level} CI")], Align::Number)
        .column("Meaning", Align::Prose);
    let mut footnotes = Footnotes::default();
    let exact = |share: &crate::stats::proportion::Proportion| words::unbroken(&facts::percents(&share.exact));
    table.push([
        "Recovered".into(),
        cell(&classes.recovered, &mut footnotes, facts::share_cell).into(),
        cell(&classes.recovered, &mut footnotes, exact).into(),
        "reliably better, and from the clinical to the functional side of the cut-off".into(),
    ]);
    for (name, share, meaning) in [
        ("Improved", &classes.improved, "reliably better, without crossing the cut-off"),
        ("Unchanged", &classes.unchanged, "the change may be measurement error"),
        ("Deteriorated", &classes.deteriorated, "reliably worse"),
    ] {
        table.push([name.into(), facts::share_cell(share).into(), exact(share).into(), meaning.into()]);
    }
    table.notes = footnotes.notes();
    let mut note = format!("Recovered and improved together: {}.", facts::share(&classes.reliably_improved));
    if let Ok(clinical) = classes.n_clinical_pre.as_result() {
        note.push_str(&format!(" {} on the clinical side before; only they could recover.", were(*clinical)));
    }
    if let Ok(functional) = classes.n_functional_post.as_result() {
        note.push_str(&format!(" {} on the functional side after.", were(*functional)));
    }
    if let Ok(left @ 1..) = classes.n_left_functional.as_result() {
        note.push_str(&format!(" Of the deteriorated, {} left the functional side for the clinical one.", number::count(*left as usize)));
    }
    table.notes.push(note.into());
    table
}

fn were(count: u64) -> String {
    if count == 1 { "1 person was".into() } else { format!("{} people were", number::count(count as usize)) }
}

fn rule(method: Rule) -> &'static str {
    match method {
        Rule::Jt => "Jacobson\u{2013}Truax",
        Rule::Gln => "Gulliksen\u{2013}Lord\u{2013}Novick",
        Rule::Hll => "Hsu\u{2013}Linn\u{2013}Lord",
        Rule::En => "Edwards\u{2013}Nunnally",
        Rule::Nk => "Nunnally\u{2013}Kotsch",
        Rule::Ha => "Hageman\u{2013}Arrindell",
        Rule::Chelune => "Chelune, less the practice effect",
    }
}

fn evidence(method: Rule) -> &'static str {
    match method.evidence() {
        Evidence::Established => "established: the formula stands in its paper and in others",
        Evidence::Disputed => "disputed: the formula is known, its use is contested in print",
        Evidence::OneImplementation => "weak: the formula was found in one implementation only",
    }
}

fn methods_table(source: &Source, outcome: &Outcome, rows: &[MethodRow]) -> Table {
    let level = number::level_percent(source.settings().conf_level);
    let mut table =
        Table::new(format!("table-reliable-methods-{}", source.fragment(outcome)), "The same people by every method of reliable change")
            .column("Method", Align::Text)
            .columns([&format!("Reliably improved, {level} CI"), "Recovered", "Deteriorated"], Align::Number)
            .column("How well supported", Align::Prose);
    let mut footnotes = Footnotes::default();
    for row in rows {
        let counts = match row.classes.as_result() {
            Ok(classes) => [
                facts::share_cell(&classes.reliably_improved),
                cell(&classes.recovered, &mut footnotes, facts::of),
                facts::of(&classes.deteriorated),
            ],
            Err(why) => [format!("{} {}", words::NONE, footnotes.mark(words::reason(why))), words::NONE.into(), words::NONE.into()],
        };
        let mut cells: Vec<Inline> = vec![rule(row.method).into()];
        cells.extend(counts.map(Inline::from));
        cells.push(words::sentence(evidence(row.method)).into());
        table.rows.push(Row::Cells(cells));
    }
    table.notes = footnotes.notes();
    table
}

/// How far the answer depends on the choices that the literature leaves open.
pub(super) fn multiverse(source: &Source, outcome: &Outcome, record: &Multiverse, citations: &mut Citations) -> Vec<Block> {
    let computed = record.rows.iter().filter(|row| row.improved.ok().is_some()).count();
    let Some([low, high]) = record.improved_range else {
        return vec![paragraph("None of the other choices of method, reliability and cut-off can be computed.")];
    };
    let percent = |share: f64| number::percent(share * 100.0, 0);
    let range = if percent(low) == percent(high) { percent(low) } else { format!("{} to {}", percent(low), percent(high)) };
    let text = Inline::from(format!(
        "Over {} of method, reliability and cut-off, the share reliably improved is {range}",
        words::counted(computed, "defensible choice", "defensible choices")
    ))
    .cite(citations.number(Work::Steegen2016))
    .text(". This is no interval: it shows how much the answer depends on choices that the literature leaves open.");
    let mut table = Table::new(format!("table-multiverse-{}", source.fragment(outcome)), "Shares over every choice")
        .column("Method", Align::Text)
        .column("Reliability", Align::Text)
        .columns(["Cut-off", "Reliably improved", "Recovered", "Deteriorated"], Align::Number);
    let mut footnotes = Footnotes::default();
    let digits = number::decimals(outcome);
    let share = |share: &crate::stats::proportion::Proportion| format!("{}, {}", facts::of(share), facts::percent(share));
    for row in record.rows.iter().take(SHOWN) {
        let line = row.cutoff_kind.map_or_else(
            || "none".to_owned(),
            |kind| cell(&row.cutoff, &mut footnotes, |value| format!("{}: {}", letter(kind), number::fixed(*value, digits))),
        );
        let recovered = if row.cutoff_kind.is_none() { words::NONE.to_owned() } else { cell(&row.recovered, &mut footnotes, share) };
        table.push([
            rule(row.method).into(),
            format!("{} ({})", number::significant(row.reliability, 3), row.reliability_label).into(),
            line.into(),
            cell(&row.improved, &mut footnotes, share).into(),
            recovered.into(),
            cell(&row.deteriorated, &mut footnotes, share).into(),
        ]);
    }
    table.notes = footnotes.notes();
    if record.rows.len() > SHOWN {
        let more = number::count(record.rows.len() - SHOWN);
        table.notes.push(Inline::from(format!("The first {SHOWN} choices; the other {more} stand in ")).code("statistics.csv").text("."));
    }
    vec![paragraph(text), Block::Table(table)]
}
