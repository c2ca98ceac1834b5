//! What may be said of an outcome: read off the stored p-values and intervals, never computed anew.

use super::source::Source;
use crate::results::{Finding, Method, Verdict};
use crate::stats::{Estimable, Interval, NotEstimable, PValue};
use crate::trial::{Direction, Outcome};

/// The direction of a change, raw and in benefit terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub higher: bool,
    /// `None` where the scale has no better direction.
    pub improved: Option<bool>,
}

/// How far the deciding test, its adjustment and the interval of the mean change go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdicts {
    /// All say that there is a change.
    Shown,
    /// The raw p is below α, the adjusted one is not.
    LostOnAdjustment,
    /// The deciding test says so, the interval of the mean change covers 0.
    TestAlone,
    /// The interval of the mean change leaves out 0, the deciding test does not say so.
    IntervalAlone,
    /// The deciding test looked for one direction only; the interval of the mean change lies on the other side.
    OtherWay,
    /// None says that there is a change.
    NotShown,
}

/// The main numbers of an outcome and what they say together.
#[derive(Debug, Clone)]
pub(super) enum Conclusion<'a> {
    /// There is a test.
    Tested { numbers: Numbers<'a>, way: Option<Way>, verdicts: Verdicts },
    /// There is a mean change and no test of it.
    Untested { mean_change: f64, why: &'a NotEstimable },
    /// There is nothing to report.
    Nothing { why: Option<&'a NotEstimable> },
}

/// What a plain sentence needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers<'a> {
    pub mean_change: f64,
    pub interval: Option<&'a Interval>,
    pub p: PValue,
    /// Absent where nothing was adjusted.
    pub p_adjusted: Option<PValue>,
}

/// The deciding test's p, or why there is none.
pub(super) fn deciding_p<'a>(source: &Source<'a>, outcome: &str) -> Option<Result<PValue, &'a NotEstimable>> {
    let flat = |p: &'a Estimable<PValue>| p.as_result().copied();
    Some(match source.results.finding(outcome, source.deciding())? {
        Err(why) => Err(why),
        Ok(Finding::PairedT(record)) => flat(&record.p),
        Ok(Finding::SignedRank(record)) => flat(&record.p),
        Ok(Finding::SignTest(record)) => flat(&record.p),
        Ok(Finding::Permutation(record)) => Ok(record.p),
        Ok(_) => return None,
    })
}

/// The mean change: of the t-test record, which holds it even where the test itself is refused, else of the description.
pub(super) fn mean_change<'a>(source: &Source<'a>, outcome: &str) -> Option<Result<f64, &'a NotEstimable>> {
    match source.paired_t(outcome) {
        Some(Ok(record)) => Some(Ok(record.mean_change)),
        other => match source.describe(outcome) {
            Some(Ok(record)) => Some(record.change.mean.as_result().copied()),
            Some(Err(why)) => Some(Err(why)),
            None => other.and_then(Result::err).map(Err),
        },
    }
}

/// What may be said of `outcome`.
pub(super) fn conclude<'a>(source: &Source<'a>, outcome: &Outcome) -> Conclusion<'a> {
    let id = &outcome.id;
    let mean_change = match mean_change(source, id) {
        Some(Ok(value)) => value,
        Some(Err(why)) => return Conclusion::Nothing { why: Some(why) },
        None => return Conclusion::Nothing { why: None },
    };
    let p = match deciding_p(source, id) {
        Some(Ok(p)) => p,
        Some(Err(why)) => return Conclusion::Untested { mean_change, why },
        None => return Conclusion::Nothing { why: None },
    };
    let interval = source.paired_t(id).and_then(Result::ok).and_then(|record| record.interval.ok());
    let adjusted = source.adjusted(id).and_then(Result::ok);
    let p_adjusted = adjusted.filter(|record| record.procedure != "none").map(|record| record.p);
    let numbers = Numbers { mean_change, interval, p, p_adjusted };
    Conclusion::Tested { numbers, way: way(source, outcome, mean_change), verdicts: verdicts(source, outcome, &numbers) }
}

fn verdicts(source: &Source, outcome: &Outcome, numbers: &Numbers) -> Verdicts {
    let alpha = 1.0 - source.settings().conf_level;
    let raw = numbers.p.get() < alpha;
    let adjusted = numbers.p_adjusted.is_none_or(|p| p.get() < alpha);
    let leaves_out_zero = numbers.interval.map(|interval| !interval.contains(0.0));
    match (raw, adjusted, leaves_out_zero) {
        (true, false, _) => Verdicts::LostOnAdjustment,
        (true, true, Some(false)) => Verdicts::TestAlone,
        (true, true, _) => Verdicts::Shown,
        (false, _, Some(true)) if source.looked_for_higher(outcome).is_some_and(|higher| higher != (numbers.mean_change > 0.0)) => {
            Verdicts::OtherWay
        }
        (false, _, Some(true)) => Verdicts::IntervalAlone,
        (false, ..) => Verdicts::NotShown,
    }
}

/// The direction that the deciding test establishes, else that of the mean change; `None` for a mean change of 0.
fn way(source: &Source, outcome: &Outcome, mean_change: f64) -> Option<Way> {
    let established = source.agreement(&outcome.id).and_then(Result::ok).and_then(|record| {
        let verdict = record.verdicts.iter().find(|verdict| same_test(verdict.method, source.deciding()))?;
        match verdict.verdict {
            Verdict::Increase => Some(true),
            Verdict::Decrease => Some(false),
            Verdict::NoChangeShown | Verdict::NotEstimable => None,
        }
    });
    let higher = established.or((mean_change != 0.0).then_some(mean_change > 0.0))?;
    let improved = match outcome.direction {
        Direction::Higher => Some(higher),
        Direction::Lower => Some(!higher),
        Direction::None => None,
    };
    Some(Way { higher, improved })
}

/// The signed-rank test appears under the plan's zero rule and under both rules by name.
pub(super) fn same_test(a: Method, b: Method) -> bool {
    let plain = |method| match method {
        Method::SignedRankDrop | Method::SignedRankPratt => Method::SignedRank,
        other => other,
    };
    plain(a) == plain(b)
}
