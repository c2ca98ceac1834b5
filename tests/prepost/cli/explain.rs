//! `prepost explain`, and catalogues of the user's own.

use std::collections::{BTreeMap, BTreeSet};

use prepost::results::Method;

use super::{PLAN, SCORES, folder, prepost, stderr, stdout};

#[test]
fn a_method_is_explained_in_three_ways() {
    let dir = tempfile::tempdir().expect("a folder");
    let text = stdout(&prepost(dir.path(), &["explain", "d_av"]));
    for said in ["Question", "Formula", "Inputs", "Assumptions", "Bonett (2008)", "In R", "Why this method"] {
        assert!(text.contains(said), "{text}");
    }
    assert!(!text.contains("## ") && !text.contains("```"), "{text}");
    assert!(stdout(&prepost(dir.path(), &["explain", "D-av", "--format", "md"])).starts_with("# d_av: "));
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&prepost(dir.path(), &["explain", "d_av", "--format", "json"]))).expect("JSON");
    assert_eq!(json["method"], "d_av");
    assert!(json["why_this_method"].as_str().is_some_and(|text| text.contains("Not ")), "{json}");
    assert_eq!(stdout(&prepost(dir.path(), &["explain"])).lines().count(), prepost::results::Method::ALL.len());
}

#[test]
fn an_analysis_is_explained_with_its_numbers() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    assert!(prepost(dir.path(), &["analyze", "--no-figures"]).status.success());
    let csv = std::fs::read_to_string(dir.path().join("prepost-out/statistics.csv")).expect("rows");
    let row = csv.lines().find(|line| line.starts_with("bdi2/post-pre/pairs/paired_t,") && line.contains(",t,")).expect("t");
    let t = row.split(',').nth(6).expect("a value").to_owned();
    let run = prepost(dir.path(), &["explain", "bdi2/post-pre/pairs/paired_t"]);
    let text = stdout(&run);
    assert!(text.contains("Student (1908)") && text.contains(&t), "{t}: {text}{}", stderr(&run));
    let run = prepost(dir.path(), &["explain", "bdi2/post-pre/pairs/paired_t", "prepost-out/results.json", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&run)).expect("JSON");
    assert!(json["analyses"][0]["statistics"].as_array().is_some_and(|rows| rows.len() == 8), "{json}");

    let run = prepost(dir.path(), &["explain", "bdi2/post-pre/pairs/paired"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("did you mean `bdi2/post-pre/pairs/paired_t`?"), "{}", stderr(&run));
}

#[test]
fn every_statistic_of_the_tidy_table_stands_on_the_page_of_its_method() {
    for row in rows(PLAN, SCORES) {
        assert!(page(row.method).contains(&format!("`{}`", generic(&row))), "{}: `{}`", row.method, row.statistic);
    }
}

/// A plan that states every fact, for scores that make every row: two benchmarks with a standard error, one without and a
/// criterion; a threshold beside those of the catalogue; people without a post score, carried forward in both ways.
const EVERYTHING: &str = r#"
[data]
files = ["scores.csv"]
subject = "id"
[[outcome]]
id = "bdi"
instrument = "bdi2"
role = "primary"
pre = "pre"
post = "post"
mcid = { value = 5, source = "a paper" }
remission = { at_most = 10, source = "a manual" }
response = { percent = 50, source = "convention" }
reliability = { value = 0.5, kind = "test-retest", interval = [0.3, 0.7], source = "a paper" }
norm = { mean = 8, sd = 5, n = 40, source = "a survey" }
clinical_norm = { mean = 28, sd = 5, source = "a manual" }
entry = { at_least = 15, source = "a protocol" }
equivalence = [-1, 1]
practice = { mean = -1, source = "a paper" }
[[outcome.benchmark]]
label = "one"
mean_change = -3
std_error = 1
source = "a paper"
[[outcome.benchmark]]
label = "two"
mean_change = -5
std_error = 1.5
source = "a paper"
[[outcome.benchmark]]
label = "three"
mean_change = -5
source = "a paper"
[[outcome.benchmark]]
label = "four"
kind = "criterion"
mean_change = -2
source = "a protocol"
[[outcome]]
id = "other"
direction = "lower"
pre = "other_pre"
post = "other_post"
[analysis]
bootstrap = 1000
permutations = 1000
carried_forward = ["locf", "bocf"]
"#;
const EVERYBODY: &str = "id,pre,post,other_pre,other_post\na,30,10,5,3\nb,28,24,6,6\nc,25,5,4,1\nd,20,20,5,4\ne,32,12,8,5\nf,22,30,3,4\n\
                         g,26,14,7,5\nh,18,8,6,3\ni,24,,5,\nj,31,,4,\n";

/// The lists of statistics on the pages of clinical meaning and of one arm are those of the code: no name is missing, none
/// is of another method. Names made from data stand in general: `difference[LABEL]`, `delta_K`, `change_RULE`.
#[test]
fn the_lists_of_statistics_are_those_of_the_code() {
    let controls = EVERYTHING
        .replace("practice = { mean = -1, source = \"a paper\" }\n", "")
        .replace("subject = \"id\"", "subject = \"id\"\ncontrol_files = [\"controls.csv\"]");
    let withheld = format!("{EVERYTHING}[privacy]\nmin_cell = 30\n");
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (plan, scores) in [(EVERYTHING, EVERYBODY), (&controls, EVERYBODY), (&withheld, EVERYBODY), (PLAN, SCORES)] {
        for row in rows(plan, scores) {
            found.entry(row.method).or_default().insert(generic(&row));
        }
    }
    for method in Method::ALL.into_iter().skip_while(|method| *method != Method::Responders) {
        let page = page(method.name());
        let listed = page.split("\n- ").skip(1).flat_map(|line| {
            let names = line.split_once(": ").or(line.split_once(":\n")).map_or("", |(names, _)| names);
            names.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
        });
        let (listed, found) = (listed.collect::<BTreeSet<_>>(), found.remove(method.name()).unwrap_or_default());
        let missing: Vec<_> = found.difference(&listed).collect();
        let foreign: Vec<_> = listed.difference(&found).collect();
        assert!(missing.is_empty() && foreign.is_empty(), "{}: not on its page {missing:?}; on it alone {foreign:?}", method.name());
    }
}

/// The tidy rows of a run.
fn rows(plan: &str, scores: &str) -> Vec<prepost::results::TidyRow> {
    let controls = "id,pre,post,other_pre,other_post\nx,20,19,5,5\ny,22,20,6,5\nz,25,25,7,6\n";
    let dir = folder(&[("trial.toml", plan), ("scores.csv", scores), ("controls.csv", controls)]);
    let run = prepost(dir.path(), &["analyze", "--no-figures"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let text = std::fs::read_to_string(dir.path().join("prepost-out/results.json")).expect("results");
    prepost::results::tidy_rows(&prepost::results::read_json(&text).expect("a tree"))
}

fn page(method: &str) -> String {
    let pages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/explain");
    std::fs::read_to_string(pages.join(format!("{method}.md"))).expect("a page")
}

/// The name as pages write it, without what comes from the data: a label, a number, a rule. A record that is refused whole
/// has no labels.
fn generic(row: &prepost::results::TidyRow) -> String {
    let name = row.statistic.split('[').next().unwrap_or_default();
    let (base, end) = name.rsplit_once('_').unwrap_or((name, ""));
    match row.method {
        "benchmark" if !["pooled", "prediction"].iter().any(|of| name.contains(of)) && !["tau2", "i2", "q"].contains(&name) => {
            format!("{name}[LABEL]")
        }
        "change_correlation" => format!("{name}[OUTCOME]"),
        "missing_post" if end.parse::<u32>().is_ok() => format!("{base}_K"),
        "missing_post" if ["locf", "bocf"].contains(&end) => format!("{base}_RULE"),
        "responders" if end.parse::<u32>().is_ok() => base.to_owned(),
        _ => name.to_owned(),
    }
}

#[test]
fn unknown_names_are_refused_with_a_suggestion() {
    let dir = tempfile::tempdir().expect("a folder");
    let run = prepost(dir.path(), &["explain", "hodges"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("did you mean `hodges_lehmann`?"), "{}", stderr(&run));
    let run = prepost(dir.path(), &["explain", "a/b/c/d"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("prepost analyze"), "{}", stderr(&run));
}

const ENTRY: &str = r#"id = "bdi2"
name = "My own BDI"
abbreviation = "MyBDI"
domain = "depression"
direction = "lower"
range = { min = 0, max = 63 }
range_evidence = "seen"
citation = "Someone 2020"
evidence = "seen"
"#;

#[test]
fn own_instruments_are_checked_shown_and_used() {
    let plan = PLAN.replace("direction = \"lower\"\n", "instrument = \"bdi2\"\n");
    assert_ne!(plan, PLAN);
    let dir = folder(&[("trial.toml", &plan), ("scores.csv", SCORES)]);
    let mine = dir.path().join("mine");
    std::fs::create_dir(&mine).expect("a folder");
    std::fs::write(mine.join("bdi2.toml"), ENTRY).expect("an entry");
    let run = prepost(dir.path(), &["instruments", "--check", "mine"]);
    assert!(run.status.success() && stdout(&run).contains("takes the place of `bdi2`"), "{}{}", stdout(&run), stderr(&run));
    let run = prepost(dir.path(), &["instruments", "--instruments", "mine", "bdi2"]);
    assert!(stdout(&run).contains("My own BDI") && stdout(&run).contains("no established MCID"), "{}", stdout(&run));
    assert!(stderr(&run).contains("replaced by bdi2.toml"), "{}", stderr(&run));
    let run = prepost(dir.path(), &["analyze", "--no-figures", "--instruments", "mine"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let results = std::fs::read_to_string(dir.path().join("prepost-out/results.json")).expect("results");
    assert!(results.contains("MyBDI"));
    assert!(prepost(dir.path(), &["ingest", "--check", "--instruments", "mine"]).status.success());

    std::fs::write(mine.join("bdi2.toml"), ENTRY.replace("step", "").replace("max = 63", "max = -1")).expect("an entry");
    for arguments in [&["instruments", "--check", "mine/bdi2.toml"][..], &["analyze", "--instruments", "mine"]] {
        let run = prepost(dir.path(), arguments);
        assert_eq!(run.status.code(), Some(1), "{}", stderr(&run));
        assert!(stderr(&run).contains("bdi2.toml line 6: `range`: expected `min` below `max`, got 0 to -1"), "{}", stderr(&run));
    }
    assert_eq!(prepost(dir.path(), &["instruments", "--check", "nowhere"]).status.code(), Some(2));
}

#[test]
fn a_card_shows_every_fact_with_its_support() {
    let dir = tempfile::tempdir().expect("a folder");
    let text = stdout(&prepost(dir.path(), &["instruments", "bdi2"]));
    for said in
        ["17.5 % of baseline [seen]", "Button 2015", "test–retest correlation 0.93 [recalled, to be verified]", "norm         none known"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    let text = stdout(&prepost(dir.path(), &["instruments", "hamd17"]));
    for said in [
        "MCID         3.9 points (3.7 to 4.1) [seen]\n                 anchor: WSAS, linear regression; MDD outpatients",
        "substantial  7.8 points",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("MCID         7.8") && !text.contains("MCID         11 "), "{text}");
    assert!(stdout(&prepost(dir.path(), &["instruments", "wsas"])).contains("no established MCID"));
    assert!(stdout(&prepost(dir.path(), &["instruments", "sass_j"])).contains("no established MCID"));
    let run = prepost(dir.path(), &["instruments", "SDS"]);
    assert!(stderr(&run).contains("`sheehan_ds`") && stderr(&run).contains("`zung_sds`"), "{}", stderr(&run));
}
