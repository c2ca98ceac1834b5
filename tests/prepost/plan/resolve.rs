use prepost::plan::{Plan, effective, read, resolve_outcomes, to_toml};
use prepost::trial::{Catalogue, Direction, Outcome, ProblemCode, Role};

use super::{WIDE, plan, problem, shown};

fn resolved(plan: &Plan) -> Vec<Outcome> {
    resolve_outcomes(plan, &Catalogue::embedded()).unwrap_or_else(|problems| panic!("{}", shown(&problems.0)))
}

#[test]
fn the_catalogue_fills_in_what_the_plan_leaves_out() {
    let outcome = &resolved(&plan(WIDE))[0];
    assert_eq!((outcome.label.as_str(), outcome.domain.as_deref()), ("BDI-II", Some("depression")));
    assert_eq!((outcome.direction, outcome.role), (Direction::Lower, Role::Primary));
    assert_eq!(outcome.range.map(|range| (range.min.to_string(), range.max.to_string())), Some(("0".into(), "63".into())));
    assert_eq!(outcome.step.map(|step| step.to_string()), Some("1".into()));
    assert_eq!(outcome.bands.len(), 4);
}

#[test]
fn the_plan_overrides_the_catalogue_and_bands_do_not_survive_another_metric() {
    let outcome = &resolved(&plan(&format!("{WIDE}label = \"Beck\"\nrange = [0, 3]\nunit = \"mean item\"\nrole = \"secondary\"\n")))[0];
    assert_eq!((outcome.label.as_str(), outcome.unit.as_deref(), outcome.role), ("Beck", Some("mean item"), Role::Secondary));
    assert!(outcome.bands.is_empty() && outcome.step.is_none());
    assert_eq!(resolved(&plan(&format!("{WIDE}range = [0, 63]\n")))[0].bands.len(), 4);
}

#[test]
fn several_outcomes_are_exploratory_until_the_plan_says_otherwise() {
    let two = format!("{WIDE}[[outcome]]\nid = \"x\"\ndirection = \"higher\"\npre = \"a\"\npost = \"b\"\ninteger = true\n");
    let outcomes = resolved(&plan(&two));
    assert!(outcomes.iter().all(|outcome| outcome.role == Role::Exploratory));
    assert_eq!((outcomes[1].label.as_str(), outcomes[1].step.map(|step| step.to_string())), ("x", Some("1".into())));
}

#[test]
fn an_unknown_instrument_is_an_error_with_a_suggestion() {
    for (wrong, suggestion) in [("bdi", "bdi2"), ("BDI-II", "bdi2"), ("phq_9", "phq9"), ("madrss", "madrs")] {
        let found = problem(&WIDE.replace("instrument = \"bdi2\"", &format!("instrument = \"{wrong}\"")));
        assert_eq!((found.code, found.place.line), (ProblemCode::PlanInvalidValue, Some(8)));
        assert_eq!(found.hint, Some(format!("did you mean `{suggestion}`?")));
        let mut plan = plan(WIDE);
        plan.outcome[0].instrument = Some(wrong.into());
        let problems = resolve_outcomes(&plan, &Catalogue::embedded()).expect_err("no such instrument").0;
        assert_eq!(problems[0].code, ProblemCode::PlanInvalidValue);
        assert_eq!(problems[0].hint, Some(format!("did you mean `{suggestion}`?")));
    }
}

#[test]
fn contradictions_with_the_catalogue_are_found() {
    let found =
        problem(&format!("{}[analysis]\nalternative = \"worsening\"\n", WIDE.replace("instrument = \"bdi2\"", "instrument = \"tci\"")));
    assert_eq!((found.code, found.place.line), (ProblemCode::PlanContradiction, Some(8)));
    let found = problem(&WIDE.replace("subject = \"subject\"", "subject = \"subject\"\nmissing = [\"9\", \"99\"]"));
    assert!(found.what.contains("the missing code 9 lies in the range 0 to 63 of BDI-II"), "{found}");
}

#[test]
fn a_direction_that_nobody_states_is_asked_for() {
    let mut plan = plan(WIDE);
    plan.outcome[0].instrument = None;
    let problems = resolve_outcomes(&plan, &Catalogue::embedded()).expect_err("no direction").0;
    assert_eq!(problems[0].code, ProblemCode::PlanMissingKey);
    assert!(problems[0].hint.as_deref().is_some_and(|hint| hint.starts_with("add direction = \"lower\" or \"higher\"")));
}

#[test]
fn the_effective_plan_reads_back_and_gives_the_same_outcomes() {
    let plan = plan(WIDE);
    let outcomes = resolved(&plan);
    let used = effective(&plan, &outcomes);
    let again = read(&to_toml(&used), "plan.toml").unwrap_or_else(|problems| panic!("{}", shown(&problems.0)));
    assert_eq!(again, used);
    assert_eq!(resolved(&again), outcomes);
    assert_eq!(used.outcome[0].role, Some(Role::Primary));
    assert_eq!(used.data.header_line, Some(1));
}
