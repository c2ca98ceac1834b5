use prepost::decimal::Decimal;
use prepost::plan::{AnalysisSection, Effect, FiguresSection, Layout, OneOrMore, TestName, read};
use prepost::trial::{Direction, ProblemCode, Role};

use super::{WIDE, codes, plan, problem, problems, shown};

#[test]
fn what_is_left_out_has_the_documented_default() {
    let plan = plan(WIDE);
    assert_eq!(plan.layout(), Layout::Wide);
    assert_eq!(plan.analysis, AnalysisSection::default());
    assert_eq!(plan.figures, FiguresSection::default());
    assert!(plan.privacy.individuals);
    assert_eq!(plan.privacy.min_cell, 0);
}

#[test]
fn every_key_of_the_interface_is_read() {
    let plan = plan(
        r#"
[trial]
title = "Return to work"
id = "jRCT0000000000"

[data]
files = ["scores.csv"]
subject = "subject"
encoding = "cp932"
separator = ","
decimal = "."
thousands = ","
missing = ["-99", "NI"]
header_line = 1
skip_records_after_header = 2
where = { bdi_complete = "2", arm = ["a", "b"] }
visit = "visit"
outcome_column = "instrument"
value = "score"
group = "site"

[data.files_by_name."scores.csv"]
subject = "被験者"

[data.decimal_by_column]
bdi_comma = ","

[visits]
pre = "baseline"
post = "month3"

[[outcome]]
id = "bdi2"
label = "BDI-II"
instrument = "bdi2"
domain = "depression"
direction = "lower"
range = [0, 63]
step = 0.5
role = "primary"
unit = "points"
source = "manual"
key = "CON"

[analysis]
conf_level = 0.9
alternative = "improvement"
test = "signed-rank"
effect = "d_z"
multiplicity = "bh"
family = "domain"
zeros = "drop"
seed = 7
bootstrap = 2000
permutations = 5000

[figures]
kinds = ["forest"]
formats = ["pdf"]
preset = "journal-wide"
dpi = 600
fonts = ["a.ttf"]

[privacy]
min_cell = 5
individuals = false
"#,
    );
    assert_eq!(plan.layout(), Layout::Tidy);
    assert_eq!(plan.data.keep_where["arm"], OneOrMore::More(vec!["a".into(), "b".into()]));
    assert_eq!(plan.data.files_by_name["scores.csv"].subject.as_deref(), Some("被験者"));
    let outcome = &plan.outcome[0];
    assert_eq!(outcome.direction, Some(Direction::Lower));
    assert_eq!(outcome.range, Some([Decimal::from_integer(0), Decimal::from_integer(63)]));
    assert_eq!(outcome.step.map(|step| step.to_string()), Some("0.5".into()));
    assert_eq!(outcome.role, Some(Role::Primary));
    assert_eq!((plan.analysis.test, plan.analysis.effect, plan.analysis.seed), (TestName::SignedRank, Effect::DZ, 7));
    assert_eq!((plan.figures.dpi, plan.privacy.min_cell, plan.privacy.individuals), (Some(600), 5, false));
}

#[test]
fn an_unknown_key_is_an_error_with_its_line_and_a_suggestion() {
    for (wrong, key, line, suggestion) in [
        (WIDE.replace("subject =", "subjekt ="), "subjekt", 4, "did you mean `subject`?"),
        (WIDE.replace("instrument =", "instrment ="), "instrment", 8, "did you mean `instrument`?"),
        (format!("{WIDE}[analysis]\nconf_levl = 0.9\n"), "conf_levl", 12, "did you mean `conf_level`?"),
        (format!("{WIDE}[analisys]\n"), "analisys", 11, "did you mean `analysis`?"),
        (format!("{WIDE}[data.files_by_name.\"scores.csv\"]\nencodng = \"cp932\"\n"), "encodng", 12, "did you mean `encoding`?"),
    ] {
        let all = problems(&wrong);
        let found = all.iter().find(|problem| problem.code == ProblemCode::PlanUnknownKey).unwrap_or_else(|| panic!("{}", shown(&all)));
        assert_eq!(found.value.as_deref(), Some(key));
        assert_eq!(found.place.line, Some(line), "{found}");
        assert_eq!(found.hint.as_deref(), Some(suggestion));
    }
}

#[test]
fn an_unknown_key_without_a_neighbour_lists_the_valid_ones() {
    let found = problem(&format!("{WIDE}[privacy]\nqqq = 1\n"));
    assert_eq!(found.hint.as_deref(), Some("the keys here are `min_cell`, `individuals`"));
}

#[test]
fn everything_wrong_comes_at_once_each_in_its_line() {
    let all = problems(
        r#"[data]
files = "scores.csv"
subject = 7
[[outcome]]
id = "a"
direction = "down"
range = [0]
pre = "a"
[analysis]
conf_level = 95
bootstrap = 10
[figures]
kinds = ["paired", "rain"]
"#,
    );
    let lines: Vec<u64> = all.iter().filter_map(|problem| problem.place.line).collect();
    assert_eq!(lines, [2, 3, 4, 6, 7, 10, 11, 13], "{}", shown(&all));
    let text = shown(&all);
    for part in [
        "trial.toml line 2: `data.files`: expected a list of file names, like [\"scores.csv\"], got \"scores.csv\"",
        "trial.toml line 6: `outcome[0].direction`: expected one of `lower`, `higher` or `none`, got \"down\"",
        "trial.toml line 10: `analysis.conf_level`: expected a number between 0.5 and 1, got 95",
        "trial.toml line 11: `analysis.bootstrap`: expected a whole number from 1000 to 1000000, got 10",
        "got \"rain\" (did you mean `raincloud`?)",
        "outcome `a`: expected `post`, a column of the wide layout, got nothing",
    ] {
        assert!(text.contains(part), "{part}\nin\n{text}");
    }
}

#[test]
fn a_syntax_error_has_its_line() {
    let found = problem("[data]\nfiles = [\"scores.csv\"]\nsubject = subject id\n");
    assert_eq!(found.code, ProblemCode::PlanSyntax);
    assert_eq!(found.place.line, Some(3));
    let found = problems("[data]\nsubject = \"a\"\nsubject = \"b\"\n");
    assert_eq!(codes(&found), [ProblemCode::PlanSyntax]);
    assert_eq!(found[0].place.line, Some(3));
}

#[test]
fn an_outcome_without_an_id_is_named_by_what_it_has() {
    assert_eq!(plan(&WIDE.replace("id = \"bdi2\"\n", "")).outcome[0].id, "bdi2");
    let by_columns = WIDE.replace("id = \"bdi2\"\n", "").replace("instrument = \"bdi2\"", "direction = \"lower\"");
    assert_eq!(plan(&by_columns).outcome[0].id, "bdi");
}

#[test]
fn a_value_column_may_stand_in_either_place() {
    let long = r#"
[data]
files = ["scores.csv"]
subject = "subject"
visit = "visit"
value = "bdi"
[visits]
pre = "pre"
post = "post"
[[outcome]]
id = "bdi"
direction = "lower"
"#;
    assert_eq!(plan(long).outcome[0].value.as_deref(), Some("bdi"));
    let tidy = long.replace("value = \"bdi\"\n", "outcome_column = \"name\"\n") + "value = \"score\"\n";
    assert_eq!(plan(&tidy).data.value.as_deref(), Some("score"));
}

#[test]
fn two_files_may_name_their_columns_themselves() {
    let plan = plan(
        r#"
[data]
pre = "before.csv"
post = "after.csv"
[data.files_by_name."before.csv"]
subject = "ID"
value = "bdi_1"
[data.files_by_name."after.csv"]
subject = "被験者"
value = "bdi_2"
[[outcome]]
id = "bdi"
direction = "lower"
"#,
    );
    assert_eq!(plan.layout(), Layout::TwoFiles);
}

#[test]
fn an_empty_plan_says_what_it_lacks() {
    let all = problems("");
    assert_eq!(codes(&all), [ProblemCode::PlanMissingKey; 3], "{}", shown(&all));
}

#[test]
fn a_byte_order_mark_is_no_error() {
    assert_eq!(plan(&format!("\u{feff}{WIDE}")), plan(WIDE));
}

/// The examples of the documentation are plans.
#[test]
fn the_examples_in_the_documentation_pass() {
    let text = include_str!("../../../docs/plan.md");
    let examples: Vec<&str> =
        text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).filter(|example| example.contains("[data]")).collect();
    let layouts: Vec<Layout> = examples.iter().map(|example| plan(example).layout()).collect();
    assert_eq!(layouts, [Layout::Wide, Layout::Long, Layout::Tidy, Layout::TwoFiles]);
}

#[test]
fn a_question_that_is_still_open_stops_the_plan() {
    // Without its line the plan would run, with no item reversed.
    let items = "direction = \"lower\"\npre_items = \"a_{i}\"\npost_items = \"b_{i}\"\nitems = 3\nitem_range = [0, 3]\n";
    let text = format!("[data]\nfiles = [\"s.csv\"]\nsubject = \"id\"\n[[outcome]]\nid = \"x\"\n{items}");
    assert!(read(&text, "trial.toml").is_ok());
    let asked = format!("{text}# ANSWER: reverse = []   # numbers of the reverse-keyed items\n");
    let problems = read(&asked, "trial.toml").expect_err("an open question");
    let found: Vec<_> = problems.0.iter().map(|problem| (problem.code, problem.place.line, problem.what.as_str())).collect();
    assert_eq!(found, [(ProblemCode::PlanUnansweredQuestion, Some(11), "a question is open: `reverse = []`")]);
    assert!(read(&asked.replace("# ANSWER: ", ""), "trial.toml").is_ok());
}
