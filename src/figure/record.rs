//! What figures read of an outcome and its records, whether they show people or not.

use super::{Drawing, NotDrawn, Weight, text};
use crate::results::{Finding, Method, Results, number};
use crate::stats::NotEstimable;
use crate::trial::{Direction, Outcome};

/// The record of one method. A fact that nobody stated, or an analysis that was not asked for, is no news.
pub(super) fn finding<'a>(drawing: &Drawing<'a>, outcome: &Outcome, method: Method) -> Result<&'a Finding, NotDrawn> {
    match drawing.results.finding(&outcome.id, method) {
        Some(Ok(finding)) => Ok(finding),
        Some(Err(reason)) => Err(refused(reason)),
        None => Err(NotDrawn::lacking(format!("the results hold no `{}` of {}", method.name(), outcome.label))),
    }
}

/// A refusal as the reason why there is no figure.
pub(super) fn refused(reason: &NotEstimable) -> NotDrawn {
    match reason {
        NotEstimable::FactUnknown { .. } => NotDrawn::lacking(reason.to_string()),
        _ => NotDrawn::new(reason.to_string()),
    }
}

pub(super) fn unit(outcome: &Outcome) -> &str {
    outcome.unit.as_deref().unwrap_or("points")
}

/// `better ↓`.
pub(super) fn better(outcome: &Outcome) -> Option<&'static str> {
    match outcome.direction {
        Direction::Lower => Some("better ↓"),
        Direction::Higher => Some("better ↑"),
        Direction::None => None,
    }
}

/// The title of an axis, on up to two lines; what is shortened is the unit, never which way is better.
pub(super) fn axis_title(outcome: &Outcome, what: &str, with_better: bool, width: f64, size: f64) -> Vec<String> {
    let better = better(outcome).filter(|_| with_better).map(|better| format!(", {better}")).unwrap_or_default();
    let title = format!("{what} ({})", unit(outcome));
    let measure = |text: &str| text::width(text, size, Weight::Regular);
    let lines = text::wrap(&format!("{title}{better}"), width, size, Weight::Regular, 2);
    if lines.last().is_some_and(|line| line.ends_with(&better)) {
        return lines;
    }
    let mut lines = text::wrap(&title, width, size, Weight::Regular, 2);
    if let [title] = &lines[..]
        && measure(title) + measure(&better) > width
    {
        lines.push(better.trim_start_matches(", ").to_owned());
    } else if let Some(last) = lines.last_mut() {
        *last = format!("{}{better}", text::shorten(last, width - measure(&better), size, Weight::Regular));
    }
    lines
}

/// `n = 29 pairs of 30`.
pub(super) fn pairs_text(results: &Results, n: usize) -> String {
    let of = results.participants.subjects().map(|subjects| format!(" of {}", number::count(subjects))).unwrap_or_default();
    format!("n = {} {}{of}", number::count(n), if n == 1 { "pair" } else { "pairs" })
}

/// Of how many pairs the record of `method` is.
pub(super) fn pairs(results: &Results, outcome: &Outcome, method: Method) -> usize {
    results.analysis(&outcome.id, method).map_or(0, |analysis| analysis.n)
}

/// The digits of means and limits of an outcome.
pub(super) fn mean_decimals(outcome: &Outcome) -> usize {
    number::score_decimals(outcome) + 1
}
