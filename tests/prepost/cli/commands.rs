//! The other commands, and the manners of all of them.

use super::{PLAN, SCORES, folder, prepost, stderr, stdout};
use std::process::{Command, Stdio};

#[test]
fn report_and_plot_need_neither_plan_nor_data() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    assert!(prepost(dir.path(), &["analyze"]).status.success());
    let alone = tempfile::tempdir().expect("a folder");
    std::fs::copy(dir.path().join("prepost-out/results.json"), alone.path().join("results.json")).expect("copied");

    let run = prepost(alone.path(), &["report", "results.json"]);
    assert!(run.status.success(), "{}", stderr(&run));
    assert!(alone.path().join("report.md").is_file() && alone.path().join("report.html").is_file());

    let run = prepost(alone.path(), &["plot", "results.json", "--format", "svg,pdf"]);
    assert!(run.status.success(), "{}", stderr(&run));
    assert!(alone.path().join("figures/forest.pdf").is_file());
    assert!(!alone.path().join("figures/bdi2-paired.svg").exists(), "people without individuals.csv");
    assert!(stderr(&run).contains("individuals.csv"), "{}", stderr(&run));
}

#[test]
fn the_report_made_again_is_the_same_report() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    assert!(prepost(dir.path(), &["analyze"]).status.success());
    let out = dir.path().join("prepost-out");
    let first = ["report.md", "report.html"].map(|name| std::fs::read_to_string(out.join(name)).expect("a report"));
    assert!(prepost(dir.path(), &["report", "prepost-out/results.json"]).status.success());
    let again = ["report.md", "report.html"].map(|name| std::fs::read_to_string(out.join(name)).expect("a report"));
    assert_eq!(first, again);
}

#[test]
fn plot_refuses_an_unknown_outcome_by_name() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    assert!(prepost(dir.path(), &["analyze", "--no-figures"]).status.success());
    let run = prepost(dir.path(), &["plot", "prepost-out/results.json", "--outcome", "phq"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("`phq`") && stderr(&run).contains("bdi2"), "{}", stderr(&run));
}

#[test]
fn results_of_others_are_refused() {
    let dir = folder(&[("a.json", "{}"), ("b.json", "{\"schema_version\": 999}"), ("c.json", "nonsense")]);
    for file in ["a.json", "b.json", "c.json", "missing.json"] {
        let run = prepost(dir.path(), &["report", file]);
        assert_eq!(run.status.code(), Some(2), "{file}");
        assert!(stderr(&run).contains("error: ") && stderr(&run).contains(file), "{}", stderr(&run));
    }
}

#[test]
fn the_catalogue_can_be_read_in_three_ways() {
    let dir = tempfile::tempdir().expect("a folder");
    let table = prepost(dir.path(), &["instruments", "--domain", "readiness"]);
    assert!(table.status.success() && stdout(&table).contains("prrs"), "{}", stderr(&table));
    let json = prepost(dir.path(), &["instruments", "bdi2", "--format", "json"]);
    let parsed: serde_json::Value = serde_json::from_str(&stdout(&json)).expect("JSON");
    assert_eq!(parsed[0]["direction"], "lower");
    let toml = prepost(dir.path(), &["instruments", "bdi2", "--format", "toml"]);
    assert!(stdout(&toml).parse::<toml::Table>().is_ok(), "{}", stdout(&toml));
    let unknown = prepost(dir.path(), &["instruments", "bdi3"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("did you mean"), "{}", stderr(&unknown));
}

#[test]
fn quiet_says_only_warnings_and_the_result() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    let run = prepost(dir.path(), &["analyze", "--no-figures", "--quiet"]);
    assert!(
        stderr(&run).lines().filter(|line| !line.is_empty()).all(|line| line.starts_with("warning: ") || line.starts_with("hint: ")),
        "{}",
        stderr(&run)
    );
}

#[test]
fn the_summary_is_json_on_request() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    let run = prepost(dir.path(), &["analyze", "--no-figures", "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&stdout(&run)).expect("JSON");
    assert_eq!(rows[0]["n"], 7);
    assert_eq!(rows[0]["mean_change"], -39.0 / 7.0);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let mut run = Command::new(env!("CARGO_BIN_EXE_prepost"))
        .args(["instruments", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(run.stdout.take());
    let output = run.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn wrong_usage_is_status_two() {
    let dir = tempfile::tempdir().expect("a folder");
    for args in [&["analyse"][..], &["analyze", "--figures", "pie"], &["analyze", "a.csv", "b.csv", "c.csv"], &["analyze"]] {
        assert_eq!(prepost(dir.path(), args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn completions_and_man_pages_come() {
    let dir = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = prepost(dir.path(), &["completions", shell]);
        assert!(run.status.success() && stdout(&run).contains("analyze"), "{shell}");
    }
    assert!(stdout(&prepost(dir.path(), &["man"])).contains(".TH"));
    assert!(prepost(dir.path(), &["man", "--out", "man1"]).status.success());
    assert!(dir.path().join("man1/prepost-analyze.1").is_file());
}

#[test]
fn every_command_has_help_with_an_example() {
    let dir = tempfile::tempdir().expect("a folder");
    for command in ["analyze", "init", "ingest", "problems", "plot", "report", "instruments", "completions", "man"] {
        let run = prepost(dir.path(), &[command, "--help"]);
        assert!(run.status.success() && stdout(&run).contains("Example"), "{command}");
    }
}
