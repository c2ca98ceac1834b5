//! The refusal where a fact of the scale is not known, and what would state it.

use crate::stats::NotEstimable;
use crate::trial::Meaning;

/// `add` is the line of the plan that would state the fact, with its place. Where the catalogue holds one of `kinds` from
/// general knowledge alone, the setting that accepts it is named too.
pub fn unknown(meaning: &Meaning, kinds: &[&str], fact: &str, add: &str) -> NotEstimable {
    let recalled = kinds.iter().any(|kind| meaning.not_accepted.iter().any(|other| other == kind));
    let or = if recalled { ", or accept what the catalogue holds unverified: `accept_recalled = true` under [analysis]" } else { "" };
    NotEstimable::FactUnknown { fact: fact.to_owned(), add: format!("{add}{or}") }
}
