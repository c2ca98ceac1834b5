//! All effect sizes of one outcome, each with its interval or the reason why it has none.

use super::headline::DIGITS;
use crate::report::document::{Align, Block, Inline, Row, Table};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Analysis, Finding, Method, number};
use crate::stats::effect::Effect;
use crate::trial::Outcome;

/// In the order they are shown. The rank-biserial stands under both zero rules by name.
const ORDER: [Method; 8] = [
    Method::DAv,
    Method::DPre,
    Method::DZ,
    Method::DRm,
    Method::RankBiserialPratt,
    Method::RankBiserialDrop,
    Method::PSuperiority,
    Method::WilcoxonR,
];

pub(super) fn blocks(source: &Source, outcome: &Outcome) -> Vec<Block> {
    let coded = outcome.direction.benefit_sign().is_some();
    let mut rows = Vec::new();
    for method in ORDER {
        let Some(analysis) = source.results.analysis(&outcome.id, method) else { continue };
        rows.push(Row::Cells(row(source, analysis, coded)));
        rows.extend(bootstrap_row(source, outcome, method, coded).map(Row::Cells));
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let level = number::level_percent(source.settings().conf_level);
    let mut table =
        Table::new(format!("table-effects-{}", source.fragment(outcome)), "Effect sizes within the one group (no comparison group)")
            .column("Effect size", Align::Text)
            .columns(["Estimate", &format!("{level} CI"), "Small-sample corrected"], Align::Number);
    if coded {
        table = table.column(format!("Coded for benefit ({level} CI)"), Align::Number);
    }
    table = table.column("Remarks", Align::Prose);
    table.rows = rows;
    let shows_superiority = source.results.analysis(&outcome.id, Method::PSuperiority).is_some();
    let mut note = "Estimates have the sign of the change (post \u{2212} pre)".to_owned();
    if shows_superiority {
        note.push_str("; the probability of superiority is that of a higher score at post, 0.50 without a change");
    }
    if coded {
        note.push_str(". Coded for benefit: positive = improved");
        if shows_superiority {
            note.push_str(", for the probability of superiority above 0.50 = improved");
        }
    }
    table.notes.push(format!("{note}.").into());
    vec![Block::Table(table)]
}

fn row(source: &Source, analysis: &Analysis, coded: bool) -> Vec<Inline> {
    let method = analysis.key.method;
    let mut remarks: Vec<String> = Vec::new();
    let [estimate, interval, corrected, benefit] = match analysis.finding.as_result() {
        Ok(Finding::Effect(record)) => effect(source, record, &mut remarks),
        Ok(Finding::WilcoxonR(record)) => {
            let all = number::fixed(record.r_pairs, DIGITS);
            remarks.push(format!("N = all pairs; with N = changed pairs {}", number::fixed(record.r_nonzero, DIGITS)));
            [all, words::NONE.into(), words::NONE.into(), words::NONE.into()]
        }
        Ok(_) => std::array::from_fn(|_| words::NONE.into()),
        Err(why) => {
            remarks.push(words::reason(why));
            std::array::from_fn(|_| words::NONE.into())
        }
    };
    let is_headline = same_effect(source, method);
    if is_headline {
        remarks.insert(0, "headline".into());
    }
    if method == Method::DZ {
        remarks.push("for planning a sample size, not for magnitude".into());
    }
    for note in &analysis.notes {
        let text = words::note(note);
        if !remarks.contains(&text) {
            remarks.push(text);
        }
    }
    let mut cells = vec![name(method)];
    cells.extend([estimate, interval, corrected].map(Inline::from));
    if coded {
        cells.push(benefit.into());
    }
    cells.push(words::sentence(&remarks.join("; ")).into());
    cells
}

fn effect(source: &Source, record: &Effect, remarks: &mut Vec<String>) -> [String; 4] {
    let level = source.settings().conf_level;
    let interval = words::value(record.interval.as_result(), remarks, |limits| words::limits(limits, DIGITS, level));
    let corrected = match (record.hedges, record.hedges_ri) {
        (Some(hedges), Some(nearly)) => {
            remarks.push(format!("nearly unbiased correction {}", number::fixed(nearly, DIGITS)));
            number::fixed(hedges, DIGITS)
        }
        (Some(hedges), None) => number::fixed(hedges, DIGITS),
        (None, _) => words::NONE.into(),
    };
    let benefit = match &record.benefit {
        None => words::NONE.into(),
        Some(benefit) => {
            let estimate = number::fixed(benefit.estimate, DIGITS);
            match benefit.interval.as_result() {
                Ok(limits) => format!("{estimate} ({})", words::limits(limits, DIGITS, level)),
                Err(_) => estimate,
            }
        }
    };
    [number::fixed(record.estimate, DIGITS), interval, corrected, benefit]
}

/// The bootstrap interval beside the one by formula.
fn bootstrap_row(source: &Source, outcome: &Outcome, method: Method, coded: bool) -> Option<Vec<Inline>> {
    let record = source.bootstrap(&outcome.id)?.ok()?;
    let (interval, benefit) = match method {
        Method::DAv => (&record.d_av, record.d_av_benefit.as_ref()),
        Method::DPre => (&record.d_pre, None),
        _ => return None,
    };
    let level = source.settings().conf_level;
    let mut remarks = vec!["bootstrap over people (BCa)".to_owned()];
    let limits = words::value(interval.as_result(), &mut remarks, |limits| words::limits(limits, DIGITS, level));
    let mut cells = vec![words::method(method).text(", bootstrap"), words::NONE.into(), limits.into(), words::NONE.into()];
    if coded {
        let limits = benefit.and_then(|benefit| benefit.ok()).map(|limits| format!("({})", words::limits(limits, DIGITS, level)));
        cells.push(limits.unwrap_or_else(|| words::NONE.into()).into());
    }
    cells.push(words::sentence(&remarks.join("; ")).into());
    Some(cells)
}

fn name(method: Method) -> Inline {
    let text = words::method(method);
    match method {
        Method::DAv => text.text(", by the mean of pre and post variance"),
        Method::DPre => text.text(", by the pre SD"),
        Method::DZ => text.text(", by the SD of change"),
        Method::DRm => text.text(", for correlated scores"),
        // A statistic keeps its small letter.
        Method::WilcoxonR => text,
        _ => words::sentence(&text.plain()).into(),
    }
}

/// The rank-biserial is the headline under the plan's zero rule.
fn same_effect(source: &Source, method: Method) -> bool {
    let planned = match (source.headline(), source.settings().zeros) {
        (Method::RankBiserial, crate::plan::ZeroRule::Pratt) => Method::RankBiserialPratt,
        (Method::RankBiserial, crate::plan::ZeroRule::Drop) => Method::RankBiserialDrop,
        (other, _) => other,
    };
    method == planned
}
