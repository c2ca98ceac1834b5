//! Other explanations, missing scores and evidence, as a run writes them.

use std::collections::BTreeMap;

use super::{folder, prepost, stderr};
use crate::tolerance::{CLOSED_FORM, ITERATIVE, TAIL, assert_close};

const SCORES: &str = include_str!("../golden/explanation_scores.csv");
const CONTROLS: &str = include_str!("../golden/explanation_controls.csv");
const GOLDEN: &str = include_str!("../golden/explanation.json");

/// Every fact that a plan can state, but `practice`: the controls say it.
const EVERY_FACT: &str = r#"
[data]
files = ["scores.csv"]
subject = "id"
missing = ["NA"]
control_files = ["below/controls.csv"]

[[outcome]]
id = "bdi"
direction = "lower"
range = [0, 63]
pre = "bdi_pre"
post = "bdi_post"
reliability = { value = 0.85, kind = "test-retest", interval = [0.75, 0.92], source = "a manual" }
norm = { mean = 9.1, sd = 7.6, n = 143, source = "a survey" }
entry = { at_least = 20, source = "protocol" }
equivalence = [-3, 3]

[[outcome.benchmark]]
label = "usual care 2016"
mean_change = -6.1
std_error = 1.2
n = 40
source = "a paper"

[[outcome.benchmark]]
label = "registry"
mean_change = -4
std_error = 0.9
source = "a paper"

[[outcome.benchmark]]
label = "ward"
mean_change = -2.5
std_error = 1.5
n = 25
source = "a paper"

[[outcome.benchmark]]
label = "quoted"
mean_change = -5
source = "a talk"

[[outcome.benchmark]]
label = "agreed"
kind = "criterion"
mean_change = -5
source = "protocol"

[[outcome]]
id = "dsst"
direction = "higher"
domain = "cognition"
pre = "dsst_pre"
post = "dsst_post"

[analysis]
carried_forward = ["bocf"]
bootstrap = 1000
permutations = 1000
"#;

/// The methods that this file is about.
const METHODS: [&str; 7] =
    ["regression_to_mean", "practice", "benchmark", "missing_post", "equivalence", "bayes_factor", "change_correlation"];

type Rows = BTreeMap<String, (Option<f64>, String)>;

/// `outcome/method/statistic` → value and note, of all pairs.
fn rows(csv: &str) -> Rows {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows = reader.records().filter_map(Result::ok).filter(|row| &row[3] == "pairs" && METHODS.contains(&&row[4]));
    rows.map(|row| (format!("{}/{}/{}", &row[1], &row[4], &row[5]), (row[6].parse().ok(), row[7].to_owned()))).collect()
}

struct Run {
    rows: Rows,
    csv: String,
    results: String,
}

fn run(plan: &str, scores: &str, controls: &str, args: &[&str]) -> Result<Run, String> {
    let dir = folder(&[("trial.toml", plan), ("scores.csv", scores)]);
    std::fs::create_dir(dir.path().join("below")).expect("a folder");
    std::fs::write(dir.path().join("below/controls.csv"), controls).expect("controls");
    let run = prepost(dir.path(), &[&["analyze", "--no-figures"], args].concat());
    if !run.status.success() {
        assert!(!dir.path().join("prepost-out").exists(), "a run that stops writes nothing");
        return Err(stderr(&run));
    }
    let read = |name: &str| std::fs::read_to_string(dir.path().join("prepost-out").join(name)).expect(name);
    let csv = read("statistics.csv");
    Ok(Run { rows: rows(&csv), csv, results: read("results.json") })
}

fn good(plan: &str) -> Run {
    run(plan, SCORES, CONTROLS, &[]).expect("a good run")
}

/// What rests on an iteration: restricted likelihood here, quadrature for the factor.
fn tolerance(name: &str) -> f64 {
    let statistic = name.rsplit('/').next().unwrap_or_default();
    let iterative = ["pooled", "p_pooled", "prediction", "tau2", "i2", "log_bf10", "bf10", "selection"];
    if iterative.iter().any(|start| statistic.starts_with(start)) {
        ITERATIVE
    } else if ["p", "ci_", "mixed_model_", "ml_", "mee_chua_", "r_", "baseline_difference_", "tipping_interval", "mean_", "minimal_effect_"]
        .iter()
        .any(|start| statistic.starts_with(start))
        || statistic.starts_with("delta_")
    {
        TAIL
    } else {
        CLOSED_FORM
    }
}

#[test]
fn every_fact_stated_every_number_is_that_of_the_reference() {
    #[derive(serde::Deserialize)]
    struct Golden {
        values: BTreeMap<String, String>,
    }
    let golden: Golden = serde_json::from_str(GOLDEN).expect("the reference");
    let run = good(EVERY_FACT);
    for (name, expected) in &golden.values {
        let (value, note) = run.rows.get(name).unwrap_or_else(|| panic!("{name} has no row"));
        let expected: f64 = expected.parse().expect("a number");
        assert_close(value.unwrap_or_else(|| panic!("{name}: {note}")), expected, tolerance(name), name);
    }
    // And no number stands there that the reference does not know, but for the rest of the curve of deltas and repeats.
    let known = |name: &str| {
        golden.values.contains_key(name)
            || ["/delta_", "[quoted]", "[agreed]", "_bocf", "dsst/missing_post/", "dsst/regression_to_mean/"]
                .iter()
                .any(|part| name.contains(part))
    };
    let unknown: Vec<&String> = run.rows.iter().filter(|(name, row)| row.0.is_some() && !known(name)).map(|(name, _)| name).collect();
    assert!(unknown.is_empty(), "{unknown:?}");

    let (value, note) = &run.rows["bdi/benchmark/p[quoted]"];
    assert!(value.is_none() && note.contains("without a standard error"), "{note}");
    assert!(run.rows["bdi/benchmark/mean_low[quoted]"].0.is_some());
    assert!(run.rows["bdi/regression_to_mean/r_oldham"].1.contains("by construction"));
    assert!(!run.rows["bdi/regression_to_mean/net_change"].1.contains("not stated"), "entry is stated");
    // The control file is named with its hash, without its folder.
    assert!(run.results.contains("\"controls.csv\"") && !run.results.contains("below/"), "the folder of the controls is nobody's business");
}

#[test]
fn without_facts_the_questions_are_refused_by_name() {
    let plan = r#"
[data]
files = ["scores.csv"]
subject = "id"
missing = ["NA"]
[[outcome]]
id = "bdi"
direction = "lower"
pre = "bdi_pre"
post = "bdi_post"
[[outcome]]
id = "dsst"
direction = "higher"
domain = "cognition"
pre = "dsst_pre"
post = "dsst_post"
[analysis]
bootstrap = 1000
permutations = 1000
"#;
    let found = good(plan).rows;
    let (value, note) = &found["bdi/regression_to_mean/net_change"];
    assert!(value.is_none() && note.contains("no reliability and norm mean is known") && note.contains("`norm = {"), "{note}");
    let (value, note) = &found["dsst/practice/net_change"];
    assert!(value.is_none() && note.contains("no practice effect is known") && note.contains("`control_files`"), "{note}");
    let asked = |start: &str| found.keys().any(|name| name.starts_with(start));
    assert!(!asked("bdi/practice/"), "nobody practises a symptom scale");
    assert!(!asked("bdi/benchmark/") && !asked("bdi/equivalence/") && !asked("dsst/change_correlation/"));
    for name in ["bdi/missing_post/mar_change", "bdi/bayes_factor/log_bf10", "bdi/change_correlation/r[dsst]"] {
        assert!(found[name].0.is_some(), "{name}: {}", found[name].1);
    }

    let constant = plan.replace("domain = \"cognition\"", "practice = { mean = 2.5, std_error = 0.8, source = \"a manual\" }");
    let found = good(&constant).rows;
    assert_eq!(found["dsst/practice/practice"].0, Some(2.5));
    assert!(found["dsst/practice/net_change"].0.is_some());
    assert_eq!(found.get("dsst/practice/control_n"), None);

    let alpha = plan.replacen(
        "direction = \"lower\"",
        "direction = \"lower\"\nreliability = { value = 0.9, kind = \"alpha\", source = \"m\" }\nnorm = { mean = 9, sd = 8, source = \"m\" }",
        1,
    );
    let found = good(&alpha).rows;
    let (value, note) = &found["bdi/regression_to_mean/net_change"];
    assert!(value.is_some() && note.contains("of one occasion") && note.contains("`entry`"), "{note}");
    let (value, note) = &found["bdi/regression_to_mean/propagated_low"];
    assert!(value.is_none() && note.contains("no interval of the reliability is known"), "{note}");
}

#[test]
fn with_nobody_missing_the_pattern_stands_alone() {
    let complete: String = SCORES.lines().filter(|line| !line.contains("NA")).map(|line| format!("{line}\n")).collect();
    let found = run(EVERY_FACT, &complete, CONTROLS, &[]).expect("a good run").rows;
    assert_eq!(found["bdi/missing_post/n_both"].0, found["bdi/missing_post/n"].0);
    let (value, note) = &found["bdi/missing_post/mar_change"];
    assert!(value.is_none() && note.contains("the paired t answers"), "{note}");
    assert!(found["bdi/missing_post/tipping_change_zero"].0.is_none());
    assert!(!found.contains_key("bdi/missing_post/delta_1") && !found.contains_key("bdi/missing_post/change_bocf"));
}

#[test]
fn a_damaged_control_file_stops_the_run_in_its_place() {
    let damaged = CONTROLS.replace("c3,15,14", "c3,fifteen,14");
    let said = run(EVERY_FACT, SCORES, &damaged, &[]).err().expect("an error");
    assert!(said.contains("controls.csv line 4") && said.contains("`bdi_pre`") && said.contains("fifteen"), "{said}");
    let said = run(EVERY_FACT, SCORES, SCORES, &[]).err().expect("an error");
    assert!(said.contains("controls.csv") && said.contains("the same bytes"), "{said}");
    // The findings of both come together.
    let said = run(EVERY_FACT, &SCORES.replace("a03,22", "a03,two"), &damaged, &[]).err().expect("an error");
    assert!(said.contains("scores.csv line 4") && said.contains("controls.csv line 4"), "{said}");
    let dir = folder(&[("trial.toml", &EVERY_FACT.replace("below/", "")), ("scores.csv", SCORES), ("controls.csv", &damaged)]);
    let check = prepost(dir.path(), &["ingest", "trial.toml", "--check"]);
    assert!(check.status.code() == Some(1) && stderr(&check).contains("controls.csv line 4"), "{}", stderr(&check));
}

#[test]
fn small_cells_are_withheld() {
    let run = good(&format!("{EVERY_FACT}\n[privacy]\nmin_cell = 3\nindividuals = false\n"));
    for name in [
        // One person has a post score only.
        "bdi/missing_post/n",
        "bdi/missing_post/mar_change",
        "bdi/missing_post/tipping_change_zero",
        // The other outcome shares the rows.
        "dsst/missing_post/n_both",
        // Two people have one change alone.
        "bdi/change_correlation/n[dsst]",
        "bdi/change_correlation/r[dsst]",
    ] {
        let (value, note) = &run.rows[name];
        assert!(value.is_none() && note.starts_with("withheld"), "{name}: {value:?} {note}");
    }
    assert!(run.rows["bdi/practice/net_change"].0.is_some());
    let eight = good(&format!("{EVERY_FACT}\n[privacy]\nmin_cell = 8\nindividuals = false\n"));
    assert!(eight.rows["bdi/practice/net_change"].1.starts_with("withheld"), "seven controls");
}

#[test]
fn the_order_of_rows_and_the_threads_change_no_byte() {
    let reference = good(EVERY_FACT).csv;
    let reversed = |text: &str| -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        lines.join("\n") + "\n"
    };
    for args in [["--threads", "1"], ["--threads", "2"]] {
        let other = run(EVERY_FACT, &reversed(SCORES), &reversed(CONTROLS), &args).expect("a good run");
        assert!(other.csv == reference);
    }
}

#[test]
fn a_trial_of_five_people_by_hand() {
    use prepost::{analysis, ingest, plan, trial};

    const PLAN: &str = r#"
[data]
files = ["scores.csv"]
subject = "id"
[[outcome]]
id = "a"
direction = "lower"
pre = "x"
post = "y"
reliability = { value = 0.5, kind = "icc", source = "s" }
norm = { mean = 9, sd = 3, source = "s" }
practice = { mean = -1, source = "s" }
[[outcome.benchmark]]
label = "b"
mean_change = -3
source = "s"
[[outcome]]
id = "back"
direction = "higher"
pre = "y2"
post = "x2"
[analysis]
bootstrap = 1000
permutations = 1000
"#;
    let dir = folder(&[("scores.csv", "id,x,y,y2,x2\n1,10,8,8,10\n2,12,10,10,12\n3,14,14,14,14\n4,16,12,12,16\n5,18,,,18\n")]);
    let read = plan::read(PLAN, "trial.toml").expect("a plan");
    let outcomes = plan::resolve_outcomes(&read, &trial::Catalogue::embedded()).expect("outcomes");
    let (dataset, problems) = ingest::ingest(&read, &outcomes, dir.path());
    let dataset = dataset.expect("good data");
    let request = analysis::Request {
        plan: plan::effective(&read, &outcomes),
        plan_sha256: None,
        plan_inferred: false,
        observations_sha256: ingest::observations_sha256(&dataset),
        control: None,
        on_outcome: &|| (),
    };
    let results = analysis::analyze(&dataset, &problems, &request);
    let mut csv = Vec::new();
    prepost::results::write_tidy(&results, &mut csv).expect("rows");
    let found = rows(&String::from_utf8(csv).expect("text"));
    // Changes -2 -2 0 -4; post - pre/2: 3 4 7 4; post on pre has slope 16/20; the fifth person starts at 18.
    for (name, expected) in [
        ("a/regression_to_mean/expected_change", -2.0),
        ("a/regression_to_mean/net_change", 0.0),
        ("a/regression_to_mean/std_error", 0.75_f64.sqrt()),
        ("a/regression_to_mean/r_at_zero", 0.5),
        ("a/regression_to_mean/mee_chua_effect", -1.2),
        ("a/practice/net_change", -1.0),
        ("a/practice/std_error", (2.0_f64 / 3.0).sqrt()),
        ("a/benchmark/difference[b]", 1.0),
        ("a/missing_post/mar_change", -2.2),
        ("a/missing_post/tipping_change_zero", 11.0),
        ("a/missing_post/delta_5", 0.0),
        ("a/change_correlation/n[back]", 4.0),
        ("a/change_correlation/r[back]", -1.0),
        ("back/missing_post/n_post_only", 1.0),
    ] {
        let (value, note) = &found[name];
        assert_close(value.unwrap_or_else(|| panic!("{name}: {note}")), expected, CLOSED_FORM, name);
    }
}
