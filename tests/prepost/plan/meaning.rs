//! The plan's facts about the meaning of a change: read, written, and refused where they are impossible.

use prepost::plan::{self, Strategy};
use prepost::trial::{BenchmarkKind, ChangeUnit, Importance, ProblemCode, ReliabilityKind};

const PLAN: &str = r#"
[data]
files = ["scores.csv"]
subject = "id"
control_files = ["controls.csv"]

[[outcome]]
id = "bdi"
direction = "lower"
range = [0, 63]
pre = "bdi_pre"
post = "bdi_post"
mcid = { value = 17.5, unit = "percent-of-baseline", source = "Button 2015" }
remission = { at_most = 13, source = "manual" }
response = { percent = 50, at_most = 20, source = "convention" }
reliability = { value = 0.93, kind = "test-retest", interval = [0.85, 0.96], population = "outpatients", source = "manual" }
norm = { mean = 9.1, sd = 7.6, n = 143, source = "a survey" }
clinical_norm = { mean = 26.6, sd = 10.2, source = "manual" }
entry = { at_least = 20, source = "protocol" }
equivalence = [-3, 3]

[[outcome.benchmark]]
label = "usual care 2016"
mean_change = -6.1
std_error = 1.2
n = 40
source = "a paper"
years = "2012–2016"
mismatches = ["inpatients"]

[[outcome.benchmark]]
label = "criterion"
kind = "criterion"
mean_change = -5
source = "protocol"

[analysis]
accept_recalled = true
carried_forward = ["bocf"]

[estimand]
population = "workers on sick leave"
summary = "mean change"

[[estimand.intercurrent]]
event = "hospitalisation"
strategy = "treatment-policy"
"#;

#[test]
fn every_fact_is_read_and_reads_back_from_what_is_written() {
    let read = plan::read(PLAN, "trial.toml").expect("a plan");
    let outcome = &read.outcome[0];
    assert_eq!(outcome.mcid.as_ref().map(|mcid| (mcid.value.to_string(), mcid.unit)), Some(("17.5".into(), ChangeUnit::PercentOfBaseline)));
    assert_eq!(outcome.remission.as_ref().map(|cut| cut.cut.words()), Some("≤ 13".into()));
    assert_eq!(outcome.reliability.as_ref().map(|r| (r.kind, r.interval)), Some((ReliabilityKind::TestRetest, Some([0.85, 0.96]))));
    assert_eq!(outcome.benchmark.iter().map(|b| b.kind).collect::<Vec<_>>(), [BenchmarkKind::Estimate, BenchmarkKind::Criterion]);
    assert_eq!(read.estimand.intercurrent[0].strategy, Strategy::TreatmentPolicy);
    assert!(read.analysis.accept_recalled);
    let written = plan::to_toml(&read);
    assert_eq!(plan::read(&written, "written.toml").as_ref(), Ok(&read), "{written}");
}

#[test]
fn what_is_impossible_is_refused_in_its_place() {
    for (from, to, code, said) in [
        (", source = \"Button 2015\"", "", ProblemCode::PlanMissingKey, "`outcome[0].mcid.source`"),
        ("value = 17.5", "value = -5", ProblemCode::PlanInvalidValue, "above 0"),
        ("at_most = 13", "at_most = 13, below = 5", ProblemCode::PlanInvalidValue, "one of `at_most`"),
        ("at_most = 13", "at_most = 70", ProblemCode::PlanContradiction, "outside the range 0 to 63"),
        ("at_most = 13", "at_least = 13", ProblemCode::PlanContradiction, "worse side of 13, but lower is better"),
        ("percent = 50, at_most = 20", "percent = 50, at_least = 20", ProblemCode::PlanContradiction, "worse side of 20"),
        ("percent = 50, at_most = 20", "percent = 50, at_most = 64", ProblemCode::PlanContradiction, "64 lies outside the range"),
        ("17.5, unit = \"percent-of-baseline\"", "64", ProblemCode::PlanContradiction, "64 points is more than the range"),
        ("mean = 9.1", "mean = 91", ProblemCode::PlanContradiction, "a mean of 91 lies outside the range"),
        ("percent = 50, at_most = 20, ", "", ProblemCode::PlanInvalidValue, "`percent`, `points`"),
        ("value = 0.93", "value = 1.0", ProblemCode::PlanInvalidValue, "between 0 and 1"),
        ("kind = \"test-retest\"", "kind = \"retest\"", ProblemCode::PlanInvalidValue, "test-retest"),
        ("value = 0.93", "value = 2.8", ProblemCode::PlanInvalidValue, "kind = \\\"sem\\\""),
        ("value = 0.93", "value = 0.97", ProblemCode::PlanInvalidValue, "limits around 0.97"),
        ("source = \"Button 2015\"", "kind = \"large\", source = \"Button 2015\"", ProblemCode::PlanInvalidValue, "substantial"),
        ("sd = 7.6", "sd = 0", ProblemCode::PlanInvalidValue, "above 0"),
        ("[-3, 3]", "[1, 3]", ProblemCode::PlanInvalidValue, "around 0"),
        ("kind = \"criterion\"", "kind = \"criterion\"\nstd_error = 1", ProblemCode::PlanContradiction, "no standard error"),
        ("[\"controls.csv\"]", "[\"scores.csv\"]", ProblemCode::PlanContradiction, "among `files`"),
        ("\"treatment-policy\"", "\"treatment policy\"", ProblemCode::PlanInvalidValue, "treatment-policy"),
        ("source = \"manual\" }\nresponse", "sauce = \"manual\" }\nresponse", ProblemCode::PlanUnknownKey, "`sauce`"),
    ] {
        assert!(PLAN.contains(from), "{from}");
        let problems = plan::read(&PLAN.replacen(from, to, 1), "trial.toml").expect_err(to);
        let found = problems.0.iter().any(|problem| problem.code == code && format!("{problem} {:?}", problem.hint).contains(said));
        assert!(found, "{to}: {problems:?}");
        assert!(problems.0.iter().all(|problem| problem.place.line.is_some()), "{problems:?}");
    }
}

/// A standard error of measurement is in points of the score, whatever their size.
#[test]
fn a_standard_error_of_measurement_is_in_points() {
    let own = "reliability = { value = 2.8, kind = \"sem\", interval = [2.1, 3.4], source = \"a manual\" }";
    let line = PLAN.lines().find(|line| line.starts_with("reliability")).expect("the line");
    let read = plan::read(&PLAN.replace(line, own), "trial.toml").expect("a plan");
    assert_eq!(read.outcome[0].reliability.as_ref().map(|r| (r.kind, r.value)), Some((ReliabilityKind::Sem, 2.8)));
    let problems = plan::read(&PLAN.replace(line, &own.replace("2.8", "-2.8")), "trial.toml").expect_err("below 0");
    assert!(format!("{problems:?}").contains("points above 0"), "{problems:?}");
}

/// What the catalogue knows of the range holds the facts of the plan as well.
#[test]
fn facts_are_held_against_the_range_of_the_catalogue() {
    let of_catalogue = PLAN.replace("direction = \"lower\"\nrange = [0, 63]\n", "instrument = \"bdi2\"\n");
    assert!(plan::read(&of_catalogue, "trial.toml").is_ok());
    for (from, to, said) in [
        ("at_most = 13", "at_most = 70", "`remission`: 70 lies outside the range 0 to 63"),
        ("entry = { at_least = 20", "entry = { at_least = 80", "`entry`: 80 lies outside the range 0 to 63"),
        ("at_most = 13", "above = 13", "worse side of 13"),
    ] {
        let problems = plan::read(&of_catalogue.replacen(from, to, 1), "trial.toml").expect_err(to);
        assert!(format!("{problems:?}").contains(said), "{problems:?}");
        assert!(problems.0.iter().all(|problem| problem.place.line.is_some()), "{problems:?}");
    }
}

/// A change that matters says what it is; without a word it is the least one.
#[test]
fn a_threshold_says_whether_it_is_the_least() {
    let read = |text: &str| plan::read(text, "trial.toml").expect("a plan").outcome[0].mcid.clone().expect("a threshold");
    assert_eq!((read(PLAN).kind, read(PLAN).anchor), (Importance::Minimal, None));
    let substantial = PLAN.replace("source = \"Button 2015\"", "kind = \"substantial\", anchor = \"CGI\", source = \"Button 2015\"");
    assert_eq!((read(&substantial).kind, read(&substantial).anchor.as_deref()), (Importance::Substantial, Some("CGI")));
    let plan = plan::read(&substantial, "trial.toml").expect("a plan");
    assert_eq!(plan::read(&plan::to_toml(&plan), "written.toml").as_ref(), Ok(&plan));
}
