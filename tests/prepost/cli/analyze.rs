//! `prepost analyze` on good input.

use super::{PLAN, SCORES, folder, prepost, statistic, stderr, stdout};

const FILES: [&str; 8] =
    ["report.md", "report.html", "results.json", "statistics.csv", "individuals.csv", "ledger.csv", "problems.json", "plan.toml"];

#[test]
fn a_planned_run_writes_every_file_and_the_right_numbers() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    let run = prepost(dir.path(), &["analyze"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let out = dir.path().join("prepost-out");
    for file in FILES {
        assert!(out.join(file).is_file(), "{file} is missing");
    }
    for figure in ["bdi2-paired", "bdi2-raincloud", "bdi2-waterfall", "forest", "flow"] {
        for format in ["svg", "png"] {
            assert!(out.join(format!("figures/{figure}.{format}")).is_file(), "{figure}.{format} is missing");
        }
    }
    let csv = std::fs::read_to_string(out.join("statistics.csv")).expect("statistics.csv");
    // Changes: -8 -6 1 -9 0 -5 -12; mean -39/7.
    assert_eq!(statistic(&csv, "bdi2", "describe", "n"), Some(7.0));
    assert_eq!(statistic(&csv, "bdi2", "describe", "n_missing_post"), Some(1.0));
    assert_eq!(statistic(&csv, "bdi2", "paired_t", "mean_change"), Some(-39.0 / 7.0));
    assert_eq!(statistic(&csv, "bdi2", "signed_rank_drop", "w_plus"), Some(1.0));
    assert_eq!(statistic(&csv, "bdi2", "signed_rank_drop", "w_minus"), Some(20.0));
    assert_eq!(statistic(&csv, "bdi2", "sign_test", "n_zero"), Some(1.0));
    assert!(statistic(&csv, "bdi2", "d_av", "benefit").is_some_and(|benefit| benefit > 0.0));
    assert!(stderr(&run).contains("warning: scores.csv, column `bdi_post`"), "{}", stderr(&run));
}

#[test]
fn a_bare_file_is_analysed_by_an_inferred_plan_that_runs_again() {
    let dir = folder(&[("scores.csv", "subject,bdi2_pre,bdi2_post\n1,20,12\n2,31,25\n3,14,15\n4,22,20\n")]);
    let run = prepost(dir.path(), &["analyze", "scores.csv", "--no-figures"]);
    assert!(run.status.success(), "{}", stderr(&run));
    assert!(stderr(&run).contains("bdi2"), "the inferred plan is shown");
    let plan = std::fs::read_to_string(dir.path().join("prepost-out/plan.toml")).expect("the plan is written");
    std::fs::write(dir.path().join("trial.toml"), plan).expect("written");
    let again = prepost(dir.path(), &["analyze", "--no-figures", "--out", "again"]);
    assert!(again.status.success(), "{}", stderr(&again));
    let read = |folder: &str| std::fs::read_to_string(dir.path().join(folder).join("statistics.csv")).expect("statistics");
    assert_eq!(read("prepost-out"), read("again"));
}

#[test]
fn an_unknown_scale_is_a_question_and_the_plan_goes_to_stdout() {
    let dir = folder(&[("scores.csv", "subject,zorp_pre,zorp_post\n1,20,12\n2,31,25\n3,14,15\n")]);
    let run = prepost(dir.path(), &["analyze", "scores.csv"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(!dir.path().join("prepost-out").exists());
    assert!(stdout(&run).contains("# ANSWER:"), "{}", stdout(&run));
    // The answered plan is a plan.
    let answered: String = stdout(&run)
        .lines()
        .map(|line| {
            line.strip_prefix("# ANSWER: ").map_or(line.to_owned(), |answer| answer.split('#').next().unwrap_or("").to_owned()) + "\n"
        })
        .collect();
    std::fs::write(dir.path().join("trial.toml"), answered).expect("written");
    let again = prepost(dir.path(), &["analyze", "--no-figures"]);
    assert!(again.status.success(), "{}\n{}", stderr(&again), stdout(&run));
}

#[test]
fn two_files_are_joined_by_subject_and_losses_told() {
    let dir = folder(&[("pre.csv", "subject,phq9\n1,20\n2,15\n3,14\n4,9\n"), ("post.csv", "subject,phq9\n2,11\n1,12\n3,14\n5,3\n")]);
    let run = prepost(dir.path(), &["analyze", "pre.csv", "post.csv", "--no-figures"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let csv = std::fs::read_to_string(dir.path().join("prepost-out/statistics.csv")).expect("statistics");
    assert_eq!(statistic(&csv, "phq9", "describe", "n"), Some(3.0));
    assert_eq!(statistic(&csv, "phq9", "paired_t", "mean_change"), Some(-4.0));
    assert!(stderr(&run).contains("warning"), "a loss is told");
}

#[test]
fn long_files_are_paired_by_visit() {
    let plan = r#"
[data]
files = ["long.csv"]
subject = "id"
visit = "visit"
[visits]
pre = "baseline"
post = "month3"
[[outcome]]
id = "gad7"
instrument = "gad7"
value = "gad"
"#;
    let long = "id,visit,gad\n1,baseline,10\n1,month3,7\n2,month3,5\n2,baseline,9\n3,baseline,12\n3,month6,2\n";
    let dir = folder(&[("trial.toml", plan), ("long.csv", long)]);
    let run = prepost(dir.path(), &["analyze", "--no-figures"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let csv = std::fs::read_to_string(dir.path().join("prepost-out/statistics.csv")).expect("statistics");
    assert_eq!(statistic(&csv, "gad7", "describe", "n"), Some(2.0));
    assert_eq!(statistic(&csv, "gad7", "paired_t", "mean_change"), Some(-3.5));
    let ledger = std::fs::read_to_string(dir.path().join("prepost-out/ledger.csv")).expect("ledger");
    assert!(ledger.contains("other_visit,1") && ledger.contains("no_post_row,1"), "{ledger}");
}

#[test]
fn degenerate_data_are_refused_by_name_and_the_report_still_comes() {
    for (name, scores) in [
        ("one pair", "id,bdi_pre,bdi_post\na,20,12\nb,31,\n"),
        ("constant change", "id,bdi_pre,bdi_post\na,20,18\nb,31,29\nc,14,12\nd,9,7\n"),
        ("no change at all", "id,bdi_pre,bdi_post\na,20,20\nb,31,31\nc,14,14\n"),
        ("constant column", "id,bdi_pre,bdi_post\na,20,18\nb,20,29\nc,20,12\nd,20,7\n"),
    ] {
        let dir = folder(&[("trial.toml", PLAN), ("scores.csv", scores)]);
        let run = prepost(dir.path(), &["analyze"]);
        assert_eq!(run.status.code(), Some(0), "{name}: {}", stderr(&run));
        assert!(stderr(&run).lines().any(|line| line.starts_with("warning")), "{name}: no warning");
        let out = dir.path().join("prepost-out");
        for file in ["report.md", "report.html", "results.json", "statistics.csv"] {
            let text = std::fs::read_to_string(out.join(file)).expect("a file");
            for bad in ["NaN", "nan,", "inf,", "Infinity", " inf "] {
                assert!(!text.contains(bad), "{name}: {file} holds {bad}");
            }
        }
        let csv = std::fs::read_to_string(out.join("statistics.csv")).expect("statistics");
        let refused = csv::Reader::from_reader(csv.as_bytes()).records().filter_map(Result::ok).filter(|row| row[6].is_empty()).count();
        let unexplained = csv::Reader::from_reader(csv.as_bytes())
            .records()
            .filter_map(Result::ok)
            .filter(|row| row[6].is_empty() && row[7].is_empty())
            .count();
        assert!(refused > 0 && unexplained == 0, "{name}: {refused} refused, {unexplained} without a reason");
    }
}

#[test]
fn subgroups_are_described() {
    let plan = PLAN.replace("subject = \"id\"", "subject = \"id\"\ngroup = \"site\"");
    let scores = "id,site,bdi_pre,bdi_post\na,North,20,12\nb,North,31,25\nc,South,14,15\nd,South,22,11\n";
    let dir = folder(&[("trial.toml", &plan), ("scores.csv", scores)]);
    let run = prepost(dir.path(), &["analyze", "--no-figures"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let csv = std::fs::read_to_string(dir.path().join("prepost-out/statistics.csv")).expect("statistics");
    assert!(csv.contains("bdi2/post-pre/site=South/describe,bdi2,post-pre,site=South,describe,n,2,"), "{csv}");
}
