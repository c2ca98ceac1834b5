//! A run of the program over a case → its grade.

use super::case::{Case, Did, Expected};
use super::output::unsafe_output;
use super::run::Run;
use super::text::{mentioned, python_lines};

/// From best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    Pass,
    /// Another behaviour that is safe.
    Tolerated,
    /// Right, but the message lacks a word it must have, or is too long.
    Vague,
    /// The numbers are right; what is wrong with the input is not reported.
    Unreported,
    FalseAlarm,
    UnsafeOutput,
    Crash,
    OverLimit,
    /// Wrong, with a warning.
    WrongNumber,
    /// Exit 0 and wrong numbers, or exit 0 where the input must stop.
    SilentWrong,
}

impl Grade {
    pub fn name(self) -> &'static str {
        match self {
            Grade::Pass => "pass",
            Grade::Tolerated => "tolerated",
            Grade::Vague => "vague",
            Grade::Unreported => "unreported",
            Grade::FalseAlarm => "false alarm",
            Grade::UnsafeOutput => "unsafe output",
            Grade::Crash => "crash",
            Grade::OverLimit => "over limit",
            Grade::WrongNumber => "wrong number",
            Grade::SilentWrong => "SILENT WRONG",
        }
    }

    pub fn good(self) -> bool {
        self <= Grade::Tolerated
    }
}

/// The exit code of a panic.
const PANIC: i32 = 101;

/// The grade, and why where it is not good.
pub fn grade(case: &Case, run: &Run) -> (Grade, String) {
    let over = |value: Option<f64>, limit: Option<f64>| matches!((value, limit), (Some(value), Some(limit)) if value > limit);
    if run.timed_out || over(Some(run.seconds), case.limits.max_seconds) || over(run.rss_mib, case.limits.max_rss_mib) {
        return (Grade::OverLimit, format!("{:.1} s, {:.0} MiB", run.seconds, run.rss_mib.unwrap_or(0.0)));
    }
    if run.exit < 0 || run.exit >= 128 || run.exit == PANIC || run.output.contains("panicked at") {
        return (Grade::Crash, format!("exit {}", run.exit));
    }
    let did = match (run.exit, run.warned) {
        (0, false) => Did::Ok,
        (0, true) => Did::Warn,
        _ => Did::Error,
    };
    let may = |what: Did| case.expect == what || case.also_accept.contains(&what);
    if did != Did::Error {
        let wrong = wrong_numbers(case.expected.as_ref(), run);
        let must_stop = case.expect == Did::Error && case.also_accept.is_empty();
        if must_stop || !wrong.is_empty() {
            let why = if must_stop { "the input must stop".to_owned() } else { wrong.join(", ") };
            return (if did == Did::Warn { Grade::WrongNumber } else { Grade::SilentWrong }, why);
        }
    }
    let bad = unsafe_output(case, run);
    if !bad.is_empty() {
        return (Grade::UnsafeOutput, bad.join("; "));
    }
    if !may(did) {
        return match did {
            Did::Ok if may(Did::Warn) => (Grade::Unreported, "no warning".into()),
            Did::Ok => (Grade::SilentWrong, "the input must stop".into()),
            Did::Warn | Did::Error => (Grade::FalseAlarm, first_complaint(run).to_owned()),
        };
    }
    if did != Did::Ok && case.expect != Did::Ok {
        let missing: Vec<String> = case
            .message
            .must_mention
            .iter()
            .filter(|words| !words.iter().any(|word| mentioned(word, &run.output)))
            .map(|words| words.join("/"))
            .collect();
        if !missing.is_empty() {
            return (Grade::Vague, format!("not mentioned: {}", missing.join("; ")));
        }
    }
    if case.limits.max_message_lines.is_some_and(|limit| python_lines(&run.output).len() > limit) {
        return (Grade::Vague, "message too long".into());
    }
    (if did == case.expect { Grade::Pass } else { Grade::Tolerated }, String::new())
}

/// The line that says why a run stopped or warned.
fn first_complaint(run: &Run) -> &str {
    let starts = |word: &str| run.output.lines().find(|line| line.starts_with(word));
    starts("error").or_else(|| starts("warning")).unwrap_or_default()
}

/// What is not as expected: n and the two means must be given, every other number given must agree.
fn wrong_numbers(expected: Option<&Expected>, run: &Run) -> Vec<String> {
    let Some(expected) = expected else {
        return vec!["no numbers can be right here".into()];
    };
    if run.number("n_pairs") != Some(expected.n_pairs) {
        let given = run.number("n_pairs").map_or("none".to_owned(), |n| n.to_string());
        return vec![format!("n_pairs {given} instead of {}", expected.n_pairs)];
    }
    let mut wrong = Vec::new();
    for name in ["mean_pre", "mean_post", "mean_change", "sd_change", "t_change", "w_plus", "w_minus"] {
        let Some(&right) = expected.numbers.get(name) else { continue };
        let needed = matches!(name, "mean_pre" | "mean_post");
        match run.number(name) {
            None if needed => wrong.push(format!("no {name}")),
            Some(given) if !close(given, right, expected.rel_tol) => wrong.push(format!("{name} {given} instead of {right}")),
            _ => {}
        }
    }
    wrong
}

fn close(given: f64, right: f64, tolerance: f64) -> bool {
    let apart = (given - right).abs();
    apart <= tolerance * given.abs().max(right.abs()) || apart <= 1e-300 || (right == 0.0 && given.abs() <= tolerance)
}
