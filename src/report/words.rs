//! The words that several sections share.

use super::document::{Inline, Span};
use crate::plan::WantedChange;
use crate::results::{Analysis, Method, number};
use crate::stats::{Interval, NotEstimable, Note};
use crate::trial::Outcome;

/// What stands where there is no number; the reason is beside it or below.
pub(super) const NONE: &str = "\u{2014}";

/// In place of a count that the smallest cell hides.
pub(super) const WITHHELD: &str = "withheld";

/// `Depression (BDI-II)`; the label alone where the domain adds nothing.
pub(super) fn outcome_name(outcome: &Outcome) -> String {
    let known = outcome.domain.as_deref().filter(|domain| *domain != "other").map(domain);
    match known {
        Some(domain) if !outcome.label.to_lowercase().contains(&domain.to_lowercase()) => format!("{domain} ({})", outcome.label),
        _ => outcome.label.clone(),
    }
}

/// `Quality of life` from `quality_of_life`.
pub(super) fn domain(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `points`, where the plan names no unit.
pub(super) fn unit(outcome: &Outcome) -> &str {
    outcome.unit.as_deref().unwrap_or("points")
}

/// A count with its noun: `1 pair`, `29 pairs`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number::count(count), if count == 1 { one } else { many })
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// `text` with a capital first letter.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Why there is no number.
pub(super) fn reason(reason: &NotEstimable) -> String {
    match reason {
        NotEstimable::TooFewPairs { needed, found } => {
            format!("needs at least {}, found {}", counted(*needed, "pair", "pairs"), number::count(*found))
        }
        NotEstimable::LevelUnattainable { n, level, attainable } => format!(
            "no interval from {} attains the {} level (the widest attains {})",
            counted(*n, "pair", "pairs"),
            number::level_percent(*level),
            number::level_percent(*attainable)
        ),
        NotEstimable::TooManyForExact { n, limit } => {
            format!("the exact distribution is not computed for {} (limit {})", counted(*n, "pair", "pairs"), number::count(*limit))
        }
        NotEstimable::OutsideDomain { method, n, needed } => format!(
            "{} outside what {method} is defined for ({needed})",
            if *n == 1 { "1 value lies".to_owned() } else { format!("{} values lie", number::count(*n)) }
        ),
        NotEstimable::FactUnknown { fact, add } => format!("no {fact} is known: add {add}"),
        NotEstimable::Withheld { min_cell } => format!("withheld: fewer than {}", counted(*min_cell, "person", "people")),
        other => other.to_string(),
    }
}

/// The number of pairs of an analysis; a withheld one keeps it to itself.
pub(super) fn n_of(analysis: &Analysis) -> String {
    match analysis.finding.reason() {
        Some(NotEstimable::Withheld { .. }) => WITHHELD.into(),
        _ => number::count(analysis.n),
    }
}

/// How an effect size is read where it is coded for benefit: a probability turns about one half.
pub(super) fn improved_where(method: Method) -> &'static str {
    match method {
        Method::PSuperiority => "above 0.50 = improved",
        _ => "positive = improved",
    }
}

/// What qualifies a number.
pub(super) fn note(note: &Note) -> String {
    match note {
        Note::SkewedChanges { skewness } => format!(
            "the changes are clearly skewed (skewness {}): the normal-theory interval may cover less than it says; see the bootstrap interval",
            number::fixed(*skewness, 2)
        ),
        Note::FewerReplicates { planned, used, n } => format!(
            "{} bootstrap replicates instead of the planned {}, so that n = {} stays within the work limit",
            number::count(*used),
            number::count(*planned),
            number::count(*n)
        ),
        Note::Conservative { achieved } => {
            format!(
                "ties and the discreteness of few pairs make the interval conservative: it attains {}",
                number::level_percent(*achieved)
            )
        }
        Note::ScaleEnd { visit, end, percent } => {
            format!("{} of the {visit} scores stand at the {end} of the scale", number::percent(*percent, 0))
        }
        other => other.to_string(),
    }
}

/// The name of a method, for a reader.
pub(super) fn method(method: Method) -> Inline {
    let symbol = |index: &'static str| Inline(vec![Span::Symbol { base: "d", index }]);
    Inline::from(match method {
        Method::DZ => return symbol("z"),
        Method::DAv => return symbol("av"),
        Method::DPre => return symbol("pre"),
        Method::DRm => return symbol("rm"),
        Method::Describe => "descriptive statistics",
        Method::PairedT => "paired t-test",
        Method::SignedRank => "signed-rank test",
        Method::SignedRankDrop => "signed-rank test, zeros dropped",
        Method::SignedRankPratt => "signed-rank test, zeros by Pratt",
        Method::HodgesLehmann => "Hodges\u{2013}Lehmann estimate",
        Method::MedianChange => "median change",
        Method::Yuen => "trimmed means (Yuen)",
        Method::WilcoxonR => "r = z/\u{221a}N",
        Method::SignTest => "sign test",
        Method::Permutation => "permutation test",
        Method::ShapiroWilk => "Shapiro\u{2013}Wilk",
        Method::Correlation => "correlation of pre and post",
        Method::PitmanMorgan => "Pitman\u{2013}Morgan test",
        Method::RankBiserial => "rank-biserial correlation",
        Method::RankBiserialDrop => "rank-biserial, zeros dropped",
        Method::RankBiserialPratt => "rank-biserial, zeros counted",
        Method::PSuperiority => "probability of superiority",
        Method::Bootstrap => "bootstrap",
        Method::Adjusted => "adjusted p",
        Method::Agreement => "agreement",
        Method::Density => "density",
        Method::Responders => "responders",
        Method::Response => "response",
        Method::Remission => "remission",
        Method::ReliableChange => "reliable change",
        Method::Multiverse => "share improved over all choices",
        Method::BandShift => "severity bands",
        Method::RegressionToMean => "regression to the mean",
        Method::Practice => "practice effect",
        Method::Benchmark => "benchmarks",
        Method::MissingPost => "missing post scores",
        Method::Equivalence => "equivalence",
        Method::BayesFactor => "Bayes factor",
        Method::ChangeCorrelation => "correlation of changes",
    })
}

/// [`sidedness`] of one outcome: a scale without a better direction has no side to improve to, and its p stays two-sided.
pub(super) fn sidedness_of(outcome: &Outcome, alternative: WantedChange) -> &'static str {
    if outcome.direction.benefit_sign().is_some() { sidedness(alternative) } else { "" }
}

/// `one-sided ` where the plan asks for it, else nothing.
pub(super) fn sidedness(alternative: WantedChange) -> &'static str {
    match alternative {
        WantedChange::TwoSided => "",
        WantedChange::Improvement | WantedChange::Worsening => "one-sided ",
    }
}

/// `p`, `One-sided p`: the head of a column.
pub(super) fn sentence_of_p(sided: &str) -> String {
    if sided.is_empty() { "p".into() } else { format!("{}p", sentence(sided)) }
}

/// The value or the dash; a refusal goes to `reasons`.
pub(super) fn value<T>(found: Result<&T, &NotEstimable>, reasons: &mut Vec<String>, format: impl Fn(&T) -> String) -> String {
    match found {
        Ok(value) => format(value),
        Err(why) => {
            let text = reason(why);
            if !reasons.contains(&text) {
                reasons.push(text);
            }
            NONE.into()
        }
    }
}

/// `text` that stays on one line: a table cell breaks between a number and its interval, not inside either.
pub(super) fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// α = 1 − confidence level, as text.
pub(super) fn alpha(conf_level: f64) -> String {
    number::significant(1.0 - conf_level, 3).trim_end_matches('0').to_owned()
}

/// An interval, its level named only where it is not the planned one.
pub(super) fn limits(interval: &Interval, decimals: usize, planned_level: f64) -> String {
    let text = unbroken(&number::interval(interval, decimals));
    if interval.level == planned_level { text } else { format!("{text} ({})", number::level_percent(interval.level)) }
}
