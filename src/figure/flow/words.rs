//! What is said beside a flow diagram: alternative text and caption.

use super::counts::{Counts, OutcomeCounts, Reason};
use crate::figure::text::counted;
use crate::results::number;

/// Every count of the figure, in its order.
pub(super) fn alt_text(counts: &Counts) -> String {
    let files = match &counts.files[..] {
        [] | [_] => String::new(),
        files => {
            format!(" ({})", files.iter().map(|(file, read)| format!("{file} {}", number::count(*read))).collect::<Vec<_>>().join(", "))
        }
    };
    let mut text = format!("Participant flow. {} read{files}, {} used", counted(counts.read, "row", "rows"), number::count(counts.used));
    if !counts.unused.is_empty() {
        text.push_str(&format!(", not used: {}", reasons(&counts.unused)));
    }
    text.push_str(&format!(". {}.", counted(counts.subjects, "subject", "subjects")));
    for outcome in &counts.outcomes {
        text.push_str(&sentence(outcome));
    }
    text
}

fn sentence(outcome: &OutcomeCounts) -> String {
    let lost = match &outcome.reasons()[..] {
        [] => "none lost".to_owned(),
        losses => format!("no pair: {}", reasons(losses)),
    };
    format!(
        " {}: {} with a pre score, {} with a post score, {} analysed; {lost}.",
        outcome.label,
        number::count(outcome.with_pre),
        number::count(outcome.with_post),
        counted(outcome.pairs, "pair", "pairs"),
    )
}

fn reasons(reasons: &[Reason]) -> String {
    reasons.iter().map(|reason| format!("{} {}", reason.words, number::count(reason.count))).collect::<Vec<_>>().join(", ")
}

/// What is shown, and what sums to what.
pub(super) fn caption(counts: &Counts) -> String {
    let each = match counts.outcomes.len() {
        1 => "pairs and losses sum to the subjects",
        _ => "for each outcome pairs and losses sum to the subjects",
    };
    format!(
        "Participant flow: {} read, {}. Rows used and not used sum to the rows read; {each}. A pair is a subject \
         with a pre and a post score: the n of every analysis of the outcome.",
        counted(counts.read, "row", "rows"),
        counted(counts.subjects, "subject", "subjects"),
    )
}
