//! The robustness strip: do t, signed-rank, permutation and bootstrap say the same?

use super::adjusted::{deciding, p_of};
use super::request::inference;
use crate::plan::AnalysisSection;
use crate::results::{Agreement, Analysis, Finding, Method, TestVerdict, Verdict};
use crate::stats::{Alternative, Interval};
use crate::trial::Direction;

/// The tests of the strip, beside the bootstrap.
const STRIP: [Method; 3] = [Method::PairedT, Method::SignedRank, Method::Permutation];

/// Compares the decisions at α = 1 − confidence level. The tests answer the planned alternative; the bootstrap answers
/// by its two-sided interval of the mean change.
pub fn agreement(analyses: &[Analysis], settings: &AnalysisSection, direction: Direction) -> Agreement {
    let asked = inference(settings, direction);
    let sign = mean_sign(analyses);
    // The deciding test always has its say, also where it is none of the three.
    let others = Some(deciding(settings.test)).filter(|test| !STRIP.contains(test));
    let mut verdicts: Vec<TestVerdict> = STRIP
        .into_iter()
        .chain(others)
        .map(|method| {
            let p = p_of(analyses, method).ok();
            let verdict = match (p, asked.alternative) {
                (None, _) => Verdict::NotEstimable,
                (Some(p), _) if p.get() >= asked.alpha() => Verdict::NoChangeShown,
                (Some(_), Alternative::Greater) => Verdict::Increase,
                (Some(_), Alternative::Less) => Verdict::Decrease,
                (Some(_), Alternative::TwoSided) => side(analyses, method).unwrap_or(sign),
            };
            TestVerdict { method, p, interval: None, verdict }
        })
        .collect();
    let interval = bootstrap_interval(analyses);
    let verdict = match interval {
        None => Verdict::NotEstimable,
        Some(interval) if interval.lower > 0.0 => Verdict::Increase,
        Some(interval) if interval.upper < 0.0 => Verdict::Decrease,
        Some(_) => Verdict::NoChangeShown,
    };
    verdicts.push(TestVerdict { method: Method::Bootstrap, p: None, interval, verdict });
    let mut said = verdicts.iter().map(|v| v.verdict).filter(|v| *v != Verdict::NotEstimable);
    let first = said.next();
    let agree = said.all(|verdict| Some(verdict) == first);
    Agreement { alpha: asked.alpha(), verdicts, agree }
}

/// The side a significant rank test points to: ranks, not the mean, decide it.
fn side(analyses: &[Analysis], method: Method) -> Option<Verdict> {
    let found = analyses.iter().find(|a| a.key.method == method)?.finding.ok()?;
    match found {
        Finding::SignTest(record) => Some(if record.n_positive > record.n_negative { Verdict::Increase } else { Verdict::Decrease }),
        Finding::SignedRank(record) => Some(if record.w_plus > record.w_minus { Verdict::Increase } else { Verdict::Decrease }),
        _ => None,
    }
}

fn mean_sign(analyses: &[Analysis]) -> Verdict {
    let mean = analyses.iter().find_map(|a| match a.finding.ok() {
        Some(Finding::PairedT(record)) => Some(record.mean_change),
        _ => None,
    });
    match mean {
        Some(mean) if mean > 0.0 => Verdict::Increase,
        Some(_) => Verdict::Decrease,
        None => Verdict::NotEstimable,
    }
}

fn bootstrap_interval(analyses: &[Analysis]) -> Option<Interval> {
    analyses.iter().find_map(|a| match a.finding.ok() {
        Some(Finding::Bootstrap(record)) => record.mean_change.ok().copied(),
        _ => None,
    })
}
