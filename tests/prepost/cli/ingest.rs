//! `ingest`: problems, ledger and observations without an analysis.

use super::{PLAN, SCORES, folder, prepost, stderr, stdout};

const LONG: &str = r#"
[data]
files = ["scores.csv"]
subject = "id"
visit = "visit"
[visits]
pre = "baseline"
post = "post"
others = ["month6"]
[[outcome]]
id = "bdi2"
direction = "lower"
value = "bdi"
"#;

#[test]
fn observations_are_sorted_typed_and_inert() {
    let rows = "id,visit,bdi\n=2,post,7.50\nb,post,8\nb,month6,\n=2,baseline,12\n=2,month6,6\nb,baseline,-3\n";
    let dir = folder(&[("trial.toml", LONG), ("scores.csv", rows)]);
    let run = prepost(dir.path(), &["ingest"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let out = dir.path().join("prepost-ingest");
    let observations = std::fs::read_to_string(out.join("observations.csv")).expect("observations");
    assert_eq!(
        observations,
        "subject,visit,outcome,value\n'=2,baseline,bdi2,12\n'=2,post,bdi2,7.5\n'=2,month6,bdi2,6\nb,baseline,bdi2,-3\nb,post,bdi2,8\n"
    );
    assert!(out.join("problems.json").is_file() && out.join("ledger.csv").is_file());
    let shown = stdout(&run);
    let row: Vec<&str> = shown.lines().filter(|line| line.contains("bdi2")).flat_map(str::split_whitespace).collect();
    assert_eq!(row, ["bdi2", "2", "2", "2", "2"], "{shown}");
}

#[test]
fn check_writes_nothing_and_json_holds_everything() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    let run = prepost(dir.path(), &["ingest", "trial.toml", "--check", "--format", "json"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let found: serde_json::Value = serde_json::from_str(&stdout(&run)).expect("JSON");
    assert_eq!(found["problems"][0]["code"], "missing-scores");
    assert_eq!(found["ledger"]["outcomes"][0]["pairs"], 7);
    assert_eq!(std::fs::read_dir(dir.path()).expect("the folder").count(), 2);
}

#[test]
fn data_that_stop_it_leave_nothing_but_the_findings() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", "id,bdi_pre,bdi_post\na,81,x\nb,1\n")]);
    let run = prepost(dir.path(), &["ingest", "--format", "json", "--out", "o"]);
    assert_eq!(run.status.code(), Some(1));
    let found: serde_json::Value = serde_json::from_str(&stdout(&run)).expect("JSON");
    let codes: Vec<&str> = found["problems"].as_array().expect("problems").iter().filter_map(|p| p["code"].as_str()).collect();
    for code in ["out-of-range", "not-a-number", "short-row"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    assert!(found["ledger"].is_null() && !dir.path().join("o").exists());
    assert!(stderr(&run).contains("`prepost problems not-a-number`, `prepost problems out-of-range`"), "{}", stderr(&run));
}

#[test]
fn the_folders_of_ingest_and_analyze_do_not_replace_each_other() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    let code = |args: &[&str]| prepost(dir.path(), args).status.code();
    assert_eq!(code(&["ingest", "--out", "a"]), Some(0));
    assert_eq!(code(&["ingest", "--out", "a"]), Some(0));
    assert_eq!(code(&["analyze", "--no-figures", "--out", "a"]), Some(2));
    assert_eq!(code(&["analyze", "--no-figures", "--out", "b"]), Some(0));
    assert_eq!(code(&["ingest", "--out", "b"]), Some(2));
    assert!(dir.path().join("b/report.md").is_file());
    assert_eq!(code(&["ingest", "--out", "b", "--force"]), Some(0));
    assert!(!dir.path().join("b/report.md").exists());
}

#[test]
fn people_stay_inside_where_the_plan_says_so() {
    let plan = format!("{PLAN}[privacy]\nindividuals = false\n");
    let dir = folder(&[("trial.toml", &plan), ("scores.csv", SCORES)]);
    assert!(prepost(dir.path(), &["ingest"]).status.success());
    let out = dir.path().join("prepost-ingest");
    assert!(!out.join("observations.csv").exists() && out.join("ledger.csv").is_file());
}
