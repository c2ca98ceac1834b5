//! The facts about the meaning of a change: each possible in itself, and with the outcome's scale.

use super::Checker;
use crate::decimal::Decimal;
use crate::plan::{Layout, OutcomeSection, Reliability};
use crate::trial::{BenchmarkKind, ReliabilityKind, ResponseRule};

pub(super) fn check(checker: &mut Checker<'_>) {
    let plan = checker.plan;
    for (index, outcome) in plan.outcome.iter().enumerate() {
        let path = format!("outcome[{index}]");
        thresholds(checker, &path, outcome);
        populations(checker, &path, outcome);
        benchmarks(checker, &path, outcome);
    }
    if !plan.data.control_files.is_empty() && plan.layout() == Layout::TwoFiles {
        let what = "`control_files` in a plan with one file a visit";
        checker.contradiction("data.control_files", what, "control files are laid out like `files`; append the visits in one file");
    }
    for file in plan.data.control_files.iter().filter(|file| plan.data.files.contains(file)) {
        checker.contradiction("data.control_files", format!("`{file}` is among `files`, too"), "controls are other people");
    }
}

fn thresholds(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection) {
    let zero = Decimal::from_integer(0);
    let positive = [
        ("mcid.value", outcome.mcid.as_ref().map(|mcid| mcid.value)),
        ("response.percent", outcome.response.as_ref().and_then(|response| response.rule.percent)),
        ("response.points", outcome.response.as_ref().and_then(|response| response.rule.points)),
    ];
    for (key, value) in positive {
        if let Some(value) = value.filter(|value| *value <= zero) {
            let hint = "thresholds are magnitudes: they are applied in the better direction";
            checker.invalid(&format!("{path}.{key}"), "a number above 0", &value.to_string(), Some(hint));
        }
    }
    if outcome.response.as_ref().is_some_and(|response| response.rule == ResponseRule::default()) {
        checker.invalid(&format!("{path}.response"), "`percent`, `points`, `at_most` or `at_least`", "none", None);
    }
    for (key, cut) in [("remission", &outcome.remission), ("entry", &outcome.entry)] {
        let Some(cut) = cut else { continue };
        let at = format!("{path}.{key}");
        let bounds = cut.cut.bounds();
        let [bound] = bounds[..] else {
            let found = if bounds.is_empty() { "none" } else { "several" };
            checker.invalid(&at, "one of `at_most`, `below`, `at_least`, `above`", found, None);
            continue;
        };
        if let Some([min, max]) = outcome.range.filter(|[min, max]| !(min..=max).contains(&&bound)) {
            checker.contradiction(&at, format!("{bound} lies outside the range {min} to {max}"), "correct the threshold or `range`");
        }
    }
    if let Some([low, high]) = outcome.equivalence
        && (low >= high || low > zero || high < zero)
    {
        let hint = "the bounds of a change that does not matter, in points";
        checker.invalid(&format!("{path}.equivalence"), "two numbers around 0, the lower first", &format!("[{low}, {high}]"), Some(hint));
    }
}

fn populations(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection) {
    if let Some(reliability) = &outcome.reliability {
        reliable(checker, &format!("{path}.reliability"), reliability);
    }
    for (key, norm) in [("norm", &outcome.norm), ("clinical_norm", &outcome.clinical_norm)] {
        if let Some(norm) = norm.as_ref().filter(|norm| norm.sd <= 0.0) {
            checker.invalid(&format!("{path}.{key}.sd"), "a number above 0", &norm.sd.to_string(), None);
        }
    }
    let practice_error = outcome.practice.as_ref().and_then(|practice| practice.std_error);
    if let Some(error) = practice_error.filter(|error| *error < 0.0) {
        checker.invalid(&format!("{path}.practice.std_error"), "a number of 0 or more", &error.to_string(), None);
    }
    if outcome.practice.is_some() && !checker.plan.data.control_files.is_empty() {
        let what = format!("outcome `{}`: both `practice` and `control_files` say what practice does", outcome.id);
        checker.contradiction(&format!("{path}.practice"), what, "keep one of the two");
    }
}

/// A coefficient lies between 0 and 1, a standard error of measurement is in points of the score.
fn reliable(checker: &mut Checker<'_>, path: &str, reliability: &Reliability) {
    let (value, in_points) = (reliability.value, reliability.kind == ReliabilityKind::Sem);
    let coefficient = value > 0.0 && value < 1.0;
    if in_points && value <= 0.0 {
        checker.invalid(&format!("{path}.value"), "points above 0", &value.to_string(), Some("`sem` is in points of the score"));
    } else if !in_points && !coefficient {
        let hint = "a standard error of measurement in points has kind = \"sem\"";
        checker.invalid(&format!("{path}.value"), "a number between 0 and 1", &value.to_string(), Some(hint));
    } else if let Some([low, high]) = reliability.interval {
        let possible = if in_points { low > 0.0 } else { low > -1.0 && high < 1.0 };
        let expected = if in_points { "limits above 0" } else { "two numbers between −1 and 1" };
        if !possible {
            checker.invalid(&format!("{path}.interval"), expected, &format!("[{low}, {high}]"), None);
        } else if !(low..=high).contains(&value) {
            let hint = "the interval of the source holds its estimate";
            checker.invalid(&format!("{path}.interval"), &format!("limits around {value}"), &format!("[{low}, {high}]"), Some(hint));
        }
    }
}

fn benchmarks(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection) {
    for (index, benchmark) in outcome.benchmark.iter().enumerate() {
        let at = format!("{path}.benchmark[{index}]");
        if let Some(error) = benchmark.std_error.filter(|error| *error <= 0.0) {
            checker.invalid(&format!("{at}.std_error"), "a number above 0", &error.to_string(), None);
        }
        if benchmark.kind == BenchmarkKind::Criterion && benchmark.std_error.is_some() {
            let what = format!("benchmark `{}`: a criterion fixed in advance has no standard error", benchmark.label);
            checker.contradiction(&format!("{at}.std_error"), what, "leave it out, or set kind = \"estimate\"");
        }
        if outcome.benchmark[..index].iter().any(|other| other.label == benchmark.label) {
            checker.contradiction(&format!("{at}.label"), format!("two benchmarks are called `{}`", benchmark.label), "name each apart");
        }
    }
}
