//! `trial.toml`: read, checked, resolved, written, inferred.

mod contradictions;
mod exports;
mod infer;
mod meaning;
mod read;
mod resolve;
mod round_trip;
mod schema;

use prepost::plan::{Plan, read};
use prepost::trial::{Problem, ProblemCode};

/// A plan of the wide layout with one outcome.
const WIDE: &str = r#"
[data]
files = ["scores.csv"]
subject = "subject"

[[outcome]]
id = "bdi2"
instrument = "bdi2"
pre = "bdi_pre"
post = "bdi_post"
"#;

fn plan(text: &str) -> Plan {
    read(text, "trial.toml").unwrap_or_else(|problems| panic!("{}\n{text}", shown(&problems.0)))
}

fn problems(text: &str) -> Vec<Problem> {
    read(text, "trial.toml").expect_err("the plan should not pass").0
}

/// The only problem of a plan.
fn problem(text: &str) -> Problem {
    let mut all = problems(text);
    assert_eq!(all.len(), 1, "{}", shown(&all));
    all.remove(0)
}

fn codes(problems: &[Problem]) -> Vec<ProblemCode> {
    problems.iter().map(|problem| problem.code).collect()
}

fn shown(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{problem} ({})\n", problem.hint.as_deref().unwrap_or("no hint"))).collect()
}
