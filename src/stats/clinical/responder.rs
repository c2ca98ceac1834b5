//! Response, remission and deterioration against thresholds of the scale.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Better;
use super::exact::Exact;
use crate::decimal::{Decimal, Score, Scores};
use crate::stats::paired_binary::PairedCounts;
use crate::stats::proportion::{Bounds, Proportion, bounds, proportion};
use crate::stats::{Estimable, NotEstimable, Pairs};

/// How much better is a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// At least so many raw points.
    Points(Decimal),
    /// At least so many percent of the person's own baseline.
    Percent(Decimal),
    /// No change is asked for: the limit on the post score alone.
    PostAlone,
}

/// A score held against a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Limit {
    pub relation: Relation,
    pub at: Decimal,
}

/// The relation of a [`Limit`]: whether the limit itself belongs is said, never assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Relation {
    #[serde(rename = "<")]
    Below,
    #[serde(rename = "<=")]
    AtMost,
    #[serde(rename = ">=")]
    AtLeast,
    #[serde(rename = ">")]
    Above,
}

/// A response: the threshold, and where a source asks for it a limit on the post score as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ResponseRule {
    pub threshold: Threshold,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub and_post: Option<Limit>,
}

/// The record of [`responders`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Responders {
    pub rule: ResponseRule,
    /// Among people with both scores.
    pub response: Estimable<Proportion>,
    /// As much worse, by the threshold alone.
    pub deterioration: Estimable<Proportion>,
    /// Among all people, those without a post score as non-responders.
    pub missing_as_non_responders: Estimable<Proportion>,
    /// All people: none, or all, of those without a post score responded.
    pub bounds: Estimable<Bounds>,
    /// People with both scores who were left out of a percent because their baseline is 0 or below.
    pub n_baseline_not_positive: u64,
    /// The same among people without a post score.
    pub n_missing_baseline_not_positive: u64,
}

impl Limit {
    /// Whether `score` meets the limit, on the decimals.
    pub fn holds(&self, score: Score) -> bool {
        let order = score.compare(self.at);
        match self.relation {
            Relation::Below => order.is_lt(),
            Relation::AtMost => order.is_le(),
            Relation::AtLeast => order.is_ge(),
            Relation::Above => order.is_gt(),
        }
    }
}

/// What the threshold says of one person.
#[derive(Clone, Copy, PartialEq)]
enum Reached {
    Better,
    Neither,
    Worse,
    /// The baseline is 0 or below: there is no percent of it.
    NoPercent,
}

/// Who responded: benefit ≥ threshold counts, and with a limit the post score must meet it too.
///
/// Points: s (post − pre) ≥ T. Percent: 100 s (post − pre) ≥ P · pre, for pre > 0, on exact decimals (17.5 % of 40 is 7, exactly). A baseline
/// of 0 or below leaves the denominator of a percent and is counted. `missing_pre` are the pre scores of people without a
/// post score: the second line counts them as non-responders, the bounds both ways. Shares with Wilson and exact intervals.
/// Assumes the threshold was fixed in advance; a response is not caused by treatment because it follows it.
/// Refused for a threshold of 0 or below. Source: Guyatt et al. (1998) BMJ 316:690 for the responder share.
pub fn responders(
    pairs: &Pairs,
    missing_pre: &[Score],
    better: Better,
    rule: ResponseRule,
    conf_level: f64,
) -> Result<Responders, NotEstimable> {
    check(rule)?;
    let (pre, post) = (pairs.pre(), pairs.post());
    let change = post.minus(pre);
    let reached: Vec<Reached> = (0..pairs.n()).map(|i| reach(pre, &change, i, better, rule.threshold)).collect();
    let count = |wanted: Reached| reached.iter().filter(|reached| **reached == wanted).count() as u64;
    let n_responded = (0..pairs.n()).filter(|&i| responds(reached[i], post, i, rule)).count() as u64;
    let n_baseline_not_positive = count(Reached::NoPercent);
    let n = pairs.n() as u64 - n_baseline_not_positive;
    let percent = matches!(rule.threshold, Threshold::Percent(_));
    let n_missing_baseline_not_positive = missing_pre.iter().filter(|score| percent && !positive(**score)).count() as u64;
    let enrolled = n + missing_pre.len() as u64 - n_missing_baseline_not_positive;
    let deterioration = match rule.threshold {
        Threshold::PostAlone => Err(NotEstimable::NotComputed { why: "the rule is about the post score alone".into() }),
        _ => proportion(count(Reached::Worse), n, conf_level),
    };
    Ok(Responders {
        rule,
        response: proportion(n_responded, n, conf_level).into(),
        deterioration: deterioration.into(),
        missing_as_non_responders: proportion(n_responded, enrolled, conf_level).into(),
        bounds: bounds(n_responded, n, enrolled, conf_level).into(),
        n_baseline_not_positive,
        n_missing_baseline_not_positive,
    })
}

/// Whether each person responded, in the order of the columns, which share a grid and a length; `None` where the baseline
/// leaves no percent. Refused as [`responders`] is.
pub fn responded(pre: &Scores, post: &Scores, better: Better, rule: ResponseRule) -> Result<Vec<Option<bool>>, NotEstimable> {
    check(rule)?;
    let change = post.minus(pre);
    let person = |i| match reach(pre, &change, i, better, rule.threshold) {
        Reached::NoPercent => None,
        reached => Some(responds(reached, post, i, rule)),
    };
    Ok((0..pre.len()).map(person).collect())
}

/// A threshold lies above 0; without one there is a limit on the post score.
fn check(rule: ResponseRule) -> Result<(), NotEstimable> {
    let why = match rule.threshold {
        Threshold::Points(size) | Threshold::Percent(size) if size.mantissa() <= 0 => {
            format!("a response threshold lies above 0, not at {size}")
        }
        Threshold::PostAlone if rule.and_post.is_none() => "the response rule states neither a change nor a post score".to_owned(),
        _ => return Ok(()),
    };
    Err(NotEstimable::NotComputed { why })
}

fn responds(reached: Reached, post: &Scores, i: usize, rule: ResponseRule) -> bool {
    reached == Reached::Better && rule.and_post.is_none_or(|limit| limit.holds(post.at(i)))
}

/// How many of `scores` meet `limit` (remission at one visit). Refused without scores.
pub fn limit_share(scores: &Scores, limit: Limit, conf_level: f64) -> Result<Proportion, NotEstimable> {
    let count = (0..scores.len()).filter(|&i| limit.holds(scores.at(i))).count();
    proportion(count as u64, scores.len() as u64, conf_level)
}

/// Who meets `limit` at pre and at post: the counts for McNemar's test and the paired difference of remission.
pub fn limit_counts(pairs: &Pairs, limit: Limit) -> PairedCounts {
    let meets = |scores: &Scores, i| limit.holds(scores.at(i));
    PairedCounts::of((0..pairs.n()).map(|i| (meets(pairs.pre(), i), meets(pairs.post(), i))))
}

fn reach(pre: &Scores, change: &Scores, i: usize, better: Better, threshold: Threshold) -> Reached {
    if threshold == Threshold::PostAlone {
        return Reached::Better;
    }
    let exactly = || {
        let start = Exact::at(pre, i)?;
        let benefit = Exact::at(change, i)?.negated_if(better == Better::Lower);
        let (benefit, needed) = match threshold {
            Threshold::PostAlone => return None,
            Threshold::Points(points) => (benefit, Exact::of(points)),
            Threshold::Percent(_) if !start.is_positive() => return Some(Reached::NoPercent),
            Threshold::Percent(percent) => (Exact::of(Decimal::from_integer(100)).times(benefit)?, Exact::of(percent).times(start)?),
        };
        let worse = benefit.negated_if(true).compare(needed)?.is_ge();
        Some(if benefit.compare(needed)?.is_ge() {
            Reached::Better
        } else if worse {
            Reached::Worse
        } else {
            Reached::Neither
        })
    };
    exactly().unwrap_or_else(|| reach_in_doubles(value_at(pre, i), better.sign() * value_at(change, i), threshold))
}

fn reach_in_doubles(start: f64, benefit: f64, threshold: Threshold) -> Reached {
    let needed = match threshold {
        Threshold::PostAlone => return Reached::Better,
        Threshold::Points(points) => points.to_f64(),
        Threshold::Percent(_) if start <= 0.0 => return Reached::NoPercent,
        Threshold::Percent(percent) => percent.to_f64() / 100.0 * start,
    };
    if benefit >= needed {
        Reached::Better
    } else if -benefit >= needed {
        Reached::Worse
    } else {
        Reached::Neither
    }
}

fn positive(score: Score) -> bool {
    score.compare(Decimal::from_integer(0)).is_gt()
}

fn value_at(scores: &Scores, i: usize) -> f64 {
    scores.at(i).to_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap_or_else(|why| panic!("{why}"))
    }

    fn counts(pairs: &Pairs, missing: &[Score], rule: ResponseRule) -> Option<(u64, u64, u64, u64, u64)> {
        let r = responders(pairs, missing, Better::Lower, rule, 0.95).ok()?;
        let (response, second) = (r.response.ok()?, r.missing_as_non_responders.ok()?);
        Some((response.count, response.n, r.deterioration.ok()?.count, second.n, r.n_baseline_not_positive))
    }

    #[test]
    fn a_percent_is_exact() {
        // 17.5 % of 40 is 7: a fall to 33 counts, one to 33.1 does not, a rise to 47 is a deterioration.
        let pairs = Pairs::from_f64(&[40.0, 40.0, 40.0, 0.0, -3.0], &[33.0, 33.1, 47.0, 0.0, -9.0]);
        let rule = ResponseRule { threshold: Threshold::Percent(decimal("17.5")), and_post: None };
        let missing = [Score::Exact(decimal("20")), Score::Exact(decimal("0"))];
        assert_eq!(counts(&pairs, &missing, rule), Some((1, 3, 1, 4, 2)));
        // 0.1 + 0.2 in points: 0.3 is reached by 2.3 − 2.0.
        let pairs = Pairs::from_f64(&[2.3, 1.1, 5.0], &[2.0, 0.8, 4.8]);
        let rule = ResponseRule { threshold: Threshold::Points(decimal("0.3")), and_post: None };
        assert_eq!(counts(&pairs, &missing, rule), Some((2, 3, 0, 5, 0)));
    }

    #[test]
    fn a_limit_on_the_post_score_and_remission() {
        let pairs = Pairs::from_f64(&[20.0, 16.0, 12.0], &[10.0, 8.0, 9.0]);
        let rule = ResponseRule {
            threshold: Threshold::Percent(decimal("50")),
            and_post: Some(Limit { relation: Relation::AtMost, at: decimal("9") }),
        };
        assert_eq!(counts(&pairs, &[], rule), Some((1, 3, 0, 3, 0)));
        let below = |relation| limit_share(pairs.post(), Limit { relation, at: decimal("9") }, 0.95).map(|p| p.count);
        let all = [Relation::Below, Relation::AtMost, Relation::AtLeast, Relation::Above].map(below);
        assert_eq!(all, [Ok(1), Ok(2), Ok(2), Ok(1)]);
        let pre_post = limit_counts(&pairs, Limit { relation: Relation::AtMost, at: decimal("12") });
        assert_eq!(pre_post, PairedCounts { both: 1, pre_only: 0, post_only: 2, neither: 0 });
    }

    /// post ≤ 9 of 20→10, 16→8, 12→9: two of three, nobody deteriorated by a rule without a change.
    #[test]
    fn a_post_score_alone() {
        let pairs = Pairs::from_f64(&[20.0, 16.0, 12.0], &[10.0, 8.0, 9.0]);
        let limit = Limit { relation: Relation::AtMost, at: decimal("9") };
        let rule = ResponseRule { threshold: Threshold::PostAlone, and_post: Some(limit) };
        let found = responders(&pairs, &[Score::Exact(decimal("3"))], Better::Lower, rule, 0.95);
        let found =
            found.map(|r| (r.response.ok().map(|p| (p.count, p.n)), r.deterioration.ok().is_none(), r.bounds.ok().map(|b| b.best.count)));
        assert_eq!(found, Ok((Some((2, 3)), true, Some(3))));
        assert_eq!(responded(pairs.pre(), pairs.post(), Better::Lower, rule), Ok(vec![Some(true), Some(true), Some(false)]));
        assert!(responders(&pairs, &[], Better::Lower, ResponseRule { and_post: None, ..rule }, 0.95).is_err());
    }

    #[test]
    fn thresholds_that_are_none() {
        let pairs = Pairs::from_f64(&[1.0], &[1.0]);
        for threshold in [Threshold::Points(decimal("0")), Threshold::Percent(decimal("-5"))] {
            assert!(responders(&pairs, &[], Better::Higher, ResponseRule { threshold, and_post: None }, 0.95).is_err());
        }
        let none = responders(
            &Pairs::from_f64(&[], &[]),
            &[Score::Exact(decimal("3"))],
            Better::Higher,
            ResponseRule { threshold: Threshold::Points(decimal("1")), and_post: None },
            0.95,
        );
        assert!(none.is_ok_and(|r| r.response.ok().is_none() && r.bounds.ok().is_some_and(|b| b.best.count == 1)));
    }
}
