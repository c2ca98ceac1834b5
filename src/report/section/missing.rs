//! Who is missing: the pattern, completers against dropouts, and how far the missing could turn the conclusion.

use super::facts::NotJudged;
use super::matters::cell;
use super::{Footnotes, heading, paragraph};
use crate::report::document::{Align, Block, Inline, Row, Table};
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Method, MissingPost, number};
use crate::stats::Wald;
use crate::trial::Outcome;

pub(in crate::report) fn section(source: &Source, citations: &mut Citations) -> Vec<Block> {
    if !source.uses(Method::MissingPost) {
        return Vec::new();
    }
    let mut not_judged = NotJudged::default();
    let mut found: Vec<(&Outcome, &MissingPost)> = Vec::new();
    for outcome in source.by_domain().into_iter().flat_map(|(_, outcomes)| outcomes) {
        match source.missing_post(&outcome.id) {
            Some(Ok(record)) => found.push((outcome, record)),
            Some(Err(why)) => not_judged.note(outcome, why),
            None => {}
        }
    }
    let mut blocks = vec![heading("Who is missing?")];
    let lacking: Vec<(&Outcome, &MissingPost)> = found.iter().copied().filter(|(_, record)| record.pattern.pre_only > 0).collect();
    if !found.is_empty() && found.iter().all(|(_, record)| record.pattern.both == record.pattern.n) {
        blocks.push(paragraph("Nobody lacks a score: everyone has both."));
    } else if !found.is_empty() {
        blocks.push(Block::Table(pattern(&found)));
    }
    if !lacking.is_empty() {
        blocks.push(Block::Table(completers(source, &lacking)));
        blocks.push(paragraph(lead(citations)));
        blocks.push(Block::Table(estimates(source, &lacking)));
        blocks.push(Block::List(lacking.iter().map(|(outcome, record)| tipping(outcome, record)).collect()));
        blocks.extend(deltas(source, &lacking));
        blocks.extend(carried(source, &lacking));
    }
    blocks.extend(not_judged.blocks());
    blocks
}

fn pattern(found: &[(&Outcome, &MissingPost)]) -> Table {
    let mut table = Table::new("table-missing", "Who has which scores")
        .column("Outcome", Align::Text)
        .columns(["People", "Both scores", "Pre only", "Post only", "Neither"], Align::Number);
    for (outcome, record) in found {
        let p = &record.pattern;
        let mut cells: Vec<Inline> = vec![outcome.label.as_str().into()];
        cells.extend([p.n, p.both, p.pre_only, p.post_only, p.neither].map(|count| number::count(count).into()));
        table.rows.push(Row::Cells(cells));
    }
    table
}

/// Did those who left start differently?
fn completers(source: &Source, found: &[(&Outcome, &MissingPost)]) -> Table {
    let level = number::level_percent(source.settings().conf_level);
    let mut table =
        Table::new("table-completers", "Did those without a post score start differently?").column("Outcome", Align::Text).columns(
            ["Pre mean (SD) of completers", "Pre mean (SD) of dropouts", &format!("Difference ({level} CI)"), "In SDs"],
            Align::Number,
        );
    let mut footnotes = Footnotes::default();
    for (outcome, record) in found {
        let digits = number::decimals(outcome);
        let compared = &record.completers;
        let difference = cell(&compared.difference, &mut footnotes, |w| {
            format!("{} ({})", number::signed(w.estimate, digits), words::unbroken(&number::interval(&w.interval, digits)))
        });
        table.push([
            outcome.label.as_str().into(),
            format!("{}, n = {}", super::baseline::mean_sd(outcome, &compared.completers, &mut footnotes), compared.completers.n).into(),
            format!("{}, n = {}", super::baseline::mean_sd(outcome, &compared.dropouts, &mut footnotes), compared.dropouts.n).into(),
            difference.into(),
            cell(&compared.standardised_difference, &mut footnotes, |d| number::signed(*d, 2)).into(),
        ]);
    }
    table.notes = footnotes.notes();
    table.notes.push("With few dropouts even a large difference may go unseen.".into());
    table
}

fn lead(citations: &mut Citations) -> Inline {
    Inline::from("The next table estimates the mean change of all who have a pre score. It assumes that people with the same pre score would have had the same post scores on average whether or not they came back (\u{201c}missing at random\u{201d}), and a straight line between pre and post with normal scatter")
        .cite(citations.number(Work::Anderson1957))
        .text(". Whether that holds cannot be seen in the data; below stands how far it may fail.")
}

fn estimates(source: &Source, found: &[(&Outcome, &MissingPost)]) -> Table {
    let level = number::level_percent(source.settings().conf_level);
    let mut table = Table::new("table-mar", "Mean change of all who began, missing at random")
        .column("Outcome", Align::Text)
        .columns(["Observed, of began", "Complete pairs", &format!("All who began (small-sample {level} CI)"), "p"], Align::Number);
    let mut footnotes = Footnotes::default();
    let mut others = Vec::new();
    for (outcome, record) in found {
        let digits = number::decimals(outcome);
        let mut cells: Vec<Inline> = vec![outcome.label.as_str().into()];
        match record.mar.as_result() {
            Ok(mar) => {
                let errors = &mar.standard_errors;
                let change = match errors.small_sample.as_result() {
                    Ok(w) => {
                        format!("{} ({})", number::signed(w.estimate, digits), words::unbroken(&number::interval(&w.interval, digits)))
                    }
                    Err(why) => format!("{} {}", number::signed(mar.mean_change, digits), footnotes.mark(words::reason(why))),
                };
                cells.push(format!("{} of {}", number::count(mar.m), number::count(mar.n)).into());
                cells.push(number::signed(mar.complete_mean_change, digits).into());
                cells.push(change.into());
                cells.push(cell(&errors.small_sample, &mut footnotes, |w| number::p(w.p)).into());
                let se = |w: &Wald| number::fixed(w.std_error, digits + 1);
                if let (Ok(small), Ok(mixed), Ok(likelihood)) =
                    (errors.small_sample.as_result(), errors.mixed_model.as_result(), errors.maximum_likelihood.as_result())
                {
                    others.push(format!("{} {}, {}, {}", outcome.label, se(small), se(mixed), se(likelihood)));
                }
            }
            Err(why) => {
                cells.push(format!("{} {}", words::NONE, footnotes.mark(words::reason(why))).into());
                cells.extend((0..3).map(|_| words::NONE.into()));
            }
        }
        table.rows.push(Row::Cells(cells));
    }
    table.notes = footnotes.notes();
    if !others.is_empty() {
        table.notes.push(
            format!(
                "Standard errors in small-sample form (used here), as a mixed model prints it, and by maximum likelihood: {}. The last two are too small in small samples.",
                others.join("; ")
            )
            .into(),
        );
    }
    table
}

/// How much worse or better than expected, in words.
fn shift(delta: f64, outcome: &Outcome) -> String {
    let digits = number::decimals(outcome);
    let better = outcome.direction.benefit_sign().map(|sign| delta * sign > 0.0);
    let side = match better {
        Some(true) => "better",
        Some(false) => "worse",
        None if delta > 0.0 => "higher",
        None => "lower",
    };
    format!("{}\u{a0}{} {side}", number::fixed(delta.abs(), digits), words::unit(outcome))
}

fn tipping(outcome: &Outcome, record: &MissingPost) -> Inline {
    let name = Inline::new().strong(words::outcome_name(outcome));
    let point = match record.tipping_point.as_result() {
        Ok(point) => point,
        Err(why) => return name.text(format!(": no tipping point ({}).", words::reason(why))),
    };
    let missing =
        if point.missing == 1 { "the 1 person missing is".into() } else { format!("the missing {} are", number::count(point.missing)) };
    match point.interval_zero.as_result() {
        Ok(0.0) => name.text(": the interval already includes no change, so there is no conclusion for the missing to turn."),
        Ok(delta) => name.text(format!(
            ": the conclusion holds until {missing} {} than expected. The mean change itself would be 0 if they were {}.",
            shift(*delta, outcome),
            shift(point.change_zero, outcome)
        )),
        Err(why) => name.text(format!(
            ": the mean change would be 0 if {missing} {} than expected; no such point for its interval ({}).",
            shift(point.change_zero, outcome),
            words::reason(why)
        )),
    }
}

fn deltas(source: &Source, found: &[(&Outcome, &MissingPost)]) -> Option<Block> {
    let level = number::level_percent(source.settings().conf_level);
    let mut table = Table::new("table-delta", "Mean change if the missing are other than expected")
        .column("The missing are", Align::Text)
        .columns([&format!("Mean change ({level} CI)"), "p"], Align::Number);
    let mut footnotes = Footnotes::default();
    for (outcome, record) in found.iter().filter(|(_, record)| !record.delta.is_empty()) {
        let digits = number::decimals(outcome);
        table.rows.push(Row::Group(outcome.label.as_str().into()));
        // Of many steps every second one, the middle one among them: all stand in statistics.csv.
        let every = if record.delta.len() > 5 { 2 } else { 1 };
        for at in record.delta.iter().step_by(every) {
            let name = if at.delta == 0.0 { "as expected".to_owned() } else { format!("{} than expected", shift(at.delta, outcome)) };
            let change = cell(&at.change, &mut footnotes, |w| {
                format!("{} ({})", number::signed(w.estimate, digits), words::unbroken(&number::interval(&w.interval, digits)))
            });
            let p = at.change.ok().map_or_else(|| words::NONE.to_owned(), |w| number::p(w.p));
            table.push([name.into(), change.into(), p.into()]);
        }
    }
    table.notes = footnotes.notes();
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// Shown because the plan asks for it, and only then.
fn carried(source: &Source, found: &[(&Outcome, &MissingPost)]) -> Option<Block> {
    let level = number::level_percent(source.settings().conf_level);
    let mut table = Table::new("table-carried", "Scores carried forward, because the plan asks for it")
        .column("Outcome", Align::Text)
        .column("Rule", Align::Text)
        .columns(["Carried", &format!("Mean change ({level} CI)"), "p"], Align::Number);
    let mut footnotes = Footnotes::default();
    for (outcome, record) in found {
        let digits = number::decimals(outcome);
        for row in &record.carried_forward {
            let rule = match row.rule.as_str() {
                "locf" => "last observation carried forward (LOCF)",
                "bocf" => "baseline observation carried forward (BOCF)",
                other => other,
            };
            let mut cells: Vec<Inline> = vec![outcome.label.as_str().into(), words::sentence(rule).into()];
            match row.change.as_result() {
                Ok(change) => {
                    let test = &change.test;
                    let limits = cell(&test.interval, &mut footnotes, |limits| words::limits(limits, digits, source.settings().conf_level));
                    cells.push(number::count(change.carried).into());
                    cells.push(format!("{} ({limits})", number::signed(test.mean_change, digits)).into());
                    cells.push(cell(&test.p, &mut footnotes, |p| number::p(*p)).into());
                }
                Err(why) => {
                    cells.push(format!("{} {}", words::NONE, footnotes.mark(words::reason(why))).into());
                    cells.extend((0..2).map(|_| words::NONE.into()));
                }
            }
            table.rows.push(Row::Cells(cells));
        }
    }
    table.notes = footnotes.notes();
    table.notes.push("A single value in place of each missing one treats a guess as a measurement: the interval is too narrow. No conclusion here rests on it.".into());
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// Whether the report shows what the missing could change.
pub(super) fn is_shown(source: &Source) -> bool {
    source.all(Method::MissingPost).any(|analysis| analysis.finding.ok().is_some())
}
