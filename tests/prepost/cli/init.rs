//! `init`: from an export to a plan that runs.

use std::path::Path;

use super::{SCORES, folder, prepost, statistic, stderr, stdout};

/// `init` on a sample, then `ingest --check` and `analyze` by the plan it wrote: the pairs of each outcome.
fn from_export_to_pairs(files: &[&str], expected: &[(&str, f64)]) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples");
    let dir = tempfile::tempdir().expect("a folder");
    for file in files {
        let name = Path::new(file).file_name().expect("a name");
        std::fs::copy(samples.join(file), dir.path().join(name)).expect("a copy of the sample");
    }
    let names: Vec<&str> = files.iter().filter_map(|file| file.rsplit('/').next()).collect();
    let run = prepost(dir.path(), &[&["init"], names.as_slice()].concat());
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    let run = prepost(dir.path(), &["ingest", "--check", "--format", "json"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let found: serde_json::Value = serde_json::from_str(&stdout(&run)).expect("JSON");
    let pairs: Vec<(&str, f64)> = found["ledger"]["outcomes"]
        .as_array()
        .expect("outcomes")
        .iter()
        .map(|outcome| (outcome["outcome"].as_str().unwrap_or_default(), outcome["pairs"].as_f64().unwrap_or(-1.0)))
        .collect();
    assert_eq!(pairs, expected);
    let run = prepost(dir.path(), &["analyze", "--no-figures"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let csv = std::fs::read_to_string(dir.path().join("prepost-out/statistics.csv")).expect("statistics");
    for (outcome, n) in expected {
        assert_eq!(statistic(&csv, outcome, "describe", "n"), Some(*n), "{outcome}");
    }
}

#[test]

fn an_export_of_redcap() {
    from_export_to_pairs(&["redcap/export.csv"], &[("phq9", 24.0), ("wsas", 23.0)]);
}

#[test]
fn an_export_of_qualtrics() {
    from_export_to_pairs(&["qualtrics/export.csv"], &[("gad7", 23.0)]);
}

#[test]
fn a_csv_of_japanese_excel() {
    from_export_to_pairs(&["excel-japan/scores.csv"], &[("bdi2", 26.0), ("sass_j", 28.0)]);
}

#[test]

fn the_workbook_of_japanese_excel() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/excel-japan");
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::copy(samples.join("scores.xlsx"), dir.path().join("scores.xlsx")).expect("a copy of the sample");
    let run = prepost(dir.path(), &["init", "scores.xlsx", "--sheet", "得点"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
}

#[test]
fn two_files_of_two_encodings() {
    from_export_to_pairs(&["two-files/pre.csv", "two-files/post.csv"], &[("phq9", 27.0), ("eq5d5l_index", 27.0)]);
}

#[test]
fn a_plan_with_questions_is_written_and_is_status_one() {
    let dir = folder(&[("scores.csv", "id,grip_pre,grip_post\na,20,25\nb,NI,30\nc,14,15\nd,22,20\n")]);
    let run = prepost(dir.path(), &["init", "scores.csv"]);
    assert_eq!(run.status.code(), Some(1), "{}", stderr(&run));
    let plan = std::fs::read_to_string(dir.path().join("trial.toml")).expect("the plan");
    assert!(plan.contains("# ANSWER: direction = \"lower\"") && plan.contains("# ANSWER: missing = [\"NI\"]"), "{plan}");
    assert!(stderr(&run).contains("prepost problems plan-unanswered-question"), "{}", stderr(&run));
    std::fs::write(dir.path().join("trial.toml"), plan.replace("# ANSWER: ", "")).expect("answered");
    let run = prepost(dir.path(), &["ingest", "--check"]);
    assert!(run.status.success(), "{}", stderr(&run));
}

#[test]
fn a_plan_is_not_overwritten_and_may_go_to_stdout() {
    let dir = folder(&[("scores.csv", SCORES), ("trial.toml", "mine")]);
    let run = prepost(dir.path(), &["init", "scores.csv"]);
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
    assert_eq!(std::fs::read_to_string(dir.path().join("trial.toml")).expect("the plan"), "mine");
    let run = prepost(dir.path(), &["init", "scores.csv", "--out", "-"]);
    assert!(run.status.success() && stdout(&run).contains("pre = \"bdi_pre\""), "{}", stderr(&run));
    assert!(prepost(dir.path(), &["init", "scores.csv", "--force"]).status.success());
    assert!(std::fs::read_to_string(dir.path().join("trial.toml")).expect("the plan").contains("files = [\"scores.csv\"]"));
    assert_eq!(prepost(dir.path(), &["init", "scores.csv", "--out", "scores.csv", "--force"]).status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(dir.path().join("scores.csv")).expect("the data"), SCORES);
}

#[test]
fn the_plan_finds_its_data_from_another_folder() {
    let dir = folder(&[("scores.csv", SCORES)]);
    let run = prepost(dir.path(), &["init", "scores.csv", "--out", "plans/study.toml"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let run = prepost(dir.path(), &["ingest", "plans/study.toml", "--check"]);
    assert!(run.status.success(), "{}", stderr(&run));
}

#[test]
fn what_the_data_would_stop_is_not_called_a_plan_that_runs() {
    let dir = folder(&[("scores.csv", &SCORES.replace("a,20,12", "a,20,81"))]);
    let run = prepost(dir.path(), &["init", "scores.csv"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(dir.path().join("trial.toml").is_file() && stderr(&run).contains("expected 0 to 63, got 81"), "{}", stderr(&run));
}
