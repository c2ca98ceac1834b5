//! Contradictions and impossible values in a plan that parsed.

mod data;
mod dates;
mod items;
mod meaning;
mod outcome;
mod settings;

use super::Plan;
use super::source::Lines;
use crate::trial::{Place, Problem, ProblemCode, Problems};

/// Checks a plan that was built or changed without a text; findings carry no lines.
pub fn check(plan: &Plan, name: &str) -> Problems {
    check_at(plan, name, &Lines::default())
}

/// Checks a plan whose keys stand at `lines`.
pub(super) fn check_at(plan: &Plan, name: &str, lines: &Lines) -> Problems {
    let mut checker = Checker { plan, name, lines, problems: Problems::default() };
    data::check(&mut checker);
    dates::check(&mut checker);
    outcome::check(&mut checker);
    meaning::check(&mut checker);
    settings::check(&mut checker);
    checker.problems
}

/// A plan under examination.
struct Checker<'p> {
    plan: &'p Plan,
    name: &'p str,
    lines: &'p Lines,
    problems: Problems,
}

impl Checker<'_> {
    fn push(&mut self, code: ProblemCode, path: &str, what: String, hint: Option<&str>) {
        let mut place = Place::file(self.name);
        place.line = self.lines.of(path);
        let mut problem = Problem::error(code, place, what);
        problem.hint = hint.map(str::to_owned);
        self.problems.push(problem);
    }

    /// A required key that is not there; silent where it is there and wrong, because that was said already.
    fn missing(&mut self, path: &str, what: &str, hint: &str) {
        if !self.lines.has(path) {
            self.push(ProblemCode::PlanMissingKey, path, format!("expected `{path}`, {what}, got nothing"), Some(hint));
        }
    }

    fn invalid(&mut self, path: &str, expected: &str, got: &str, hint: Option<&str>) {
        self.push(ProblemCode::PlanInvalidValue, path, format!("`{path}`: expected {expected}, got {got}"), hint);
    }

    fn contradiction(&mut self, path: &str, what: impl Into<String>, hint: &str) {
        self.push(ProblemCode::PlanContradiction, path, what.into(), Some(hint));
    }
}
