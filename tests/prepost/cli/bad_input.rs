//! What stops a run: a clear message with the place, exit status 1, nothing written.

use super::{PLAN, SCORES, folder, prepost, stderr};

#[track_caller]
fn stops(plan: &str, scores: &str, says: &[&str]) {
    let dir = folder(&[("trial.toml", plan), ("scores.csv", scores)]);
    let run = prepost(dir.path(), &["analyze"]);
    let said = stderr(&run);
    assert_eq!(run.status.code(), Some(1), "{said}");
    for words in says {
        assert!(said.contains(words), "expected {words:?} in:\n{said}");
    }
    assert!(said.lines().any(|line| line.starts_with("error: ")), "{said}");
    let left: Vec<_> = std::fs::read_dir(dir.path()).expect("a folder").filter_map(Result::ok).map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 2, "something was written: {left:?}");
}

#[test]
fn unknown_plan_key() {
    stops(&PLAN.replace("range =", "rnage ="), SCORES, &["trial.toml line", "rnage", "range"]);
}

#[test]
fn missing_column_with_a_suggestion() {
    stops(&PLAN.replace("\"bdi_post\"", "\"bdi_pots\""), SCORES, &["scores.csv", "bdi_pots", "bdi_post"]);
}

#[test]
fn non_numeric_cell() {
    stops(PLAN, &SCORES.replace("c,14,15", "c,14,abc"), &["scores.csv line 4, column `bdi_post`", "abc"]);
}

#[test]
fn out_of_range_score() {
    stops(PLAN, &SCORES.replace("c,14,15", "c,14,81"), &["scores.csv line 4, column `bdi_post`: expected 0 to 63, got 81", "hint: "]);
}

#[test]
fn off_the_step() {
    stops(PLAN, &SCORES.replace("c,14,15", "c,14,15.5"), &["scores.csv line 4, column `bdi_post`", "15.5"]);
}

#[test]
fn duplicate_subject_names_both_lines() {
    stops(PLAN, &SCORES.replace("c,14,15", "a,14,15"), &["scores.csv line 4", "line 2"]);
}

#[test]
fn short_row() {
    stops(PLAN, &SCORES.replace("c,14,15", "c,14"), &["scores.csv line 4", "3", "2"]);
}

#[test]
fn empty_file() {
    stops(PLAN, "", &["scores.csv"]);
}

#[test]
fn header_only() {
    stops(PLAN, "id,bdi_pre,bdi_post\n", &["scores.csv"]);
}

#[test]
fn no_pairs_at_all() {
    stops(PLAN, "id,bdi_pre,bdi_post\na,20,\nb,,12\n", &["no subject has both a pre and a post score"]);
}

#[test]
fn text_that_pretends_to_be_a_number() {
    for bad in ["NaN", "inf", "-Infinity", "1e3", "0x10", "1_0"] {
        stops(PLAN, &SCORES.replace("c,14,15", &format!("c,14,{bad}")), &["scores.csv line 4, column `bdi_post`", bad]);
    }
}

#[test]
fn all_findings_come_at_once() {
    let scores = SCORES.replace("c,14,15", "c,14,abc").replace("g,25,20", "g,99,20").replace("h,33,21", "a,33,21");
    stops(PLAN, &scores, &["line 4, column `bdi_post`", "line 8, column `bdi_pre`", "line 9"]);
}

#[test]
fn a_missing_data_file_and_a_missing_plan() {
    let dir = folder(&[("trial.toml", PLAN)]);
    let run = prepost(dir.path(), &["analyze"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(stderr(&run).contains("scores.csv"), "{}", stderr(&run));
    let run = prepost(dir.path(), &["analyze", "no.toml"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(stderr(&run).contains("no.toml"), "{}", stderr(&run));
}

#[test]
fn an_earlier_output_survives_bad_input() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    assert!(prepost(dir.path(), &["analyze", "--no-figures"]).status.success());
    let before = std::fs::read(dir.path().join("prepost-out/results.json")).expect("results");
    std::fs::write(dir.path().join("scores.csv"), SCORES.replace("c,14,15", "c,14,x")).expect("written");
    assert_eq!(prepost(dir.path(), &["analyze", "--no-figures"]).status.code(), Some(1));
    assert_eq!(before, std::fs::read(dir.path().join("prepost-out/results.json")).expect("results"));
}

/// A page that ends within a value: the decoder panics, in a thread of its own.
#[test]
fn a_decoder_that_panics_is_not_heard() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("a.parquet"), crate::ingest::formats::fixture("cut_page.parquet")).expect("a file");
    let plan = "[data]\nfiles = [\"a.parquet\"]\nsubject = \"id\"\ngroup = \"site\"\n[[outcome]]\nid = \"x\"\ndirection = \"lower\"\npre = \"pre\"\npost = \"post\"\n";
    std::fs::write(dir.path().join("trial.toml"), plan).expect("a plan");
    let run = prepost(dir.path(), &["ingest", "--check"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(stderr(&run).starts_with("error: a.parquet: ") && !stderr(&run).contains("panicked"), "{}", stderr(&run));
}
