//! `prepost explain`, and catalogues of the user's own.

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
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    assert!(prepost(dir.path(), &["analyze", "--no-figures"]).status.success());
    let text = std::fs::read_to_string(dir.path().join("prepost-out/results.json")).expect("results");
    let results = prepost::results::read_json(&text).expect("a tree");
    // Names that carry a threshold, a band or another outcome are made from the data.
    let made = [
        "responders",
        "response",
        "remission",
        "reliable_change",
        "multiverse",
        "band_shift",
        "benchmark",
        "missing_post",
        "change_correlation",
    ];
    let pages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/explain");
    for row in prepost::results::tidy_rows(&results) {
        let page = std::fs::read_to_string(pages.join(format!("{}.md", row.method))).expect("a page");
        assert!(made.contains(&row.method) || page.contains(&format!("`{}`", row.statistic)), "{}: `{}`", row.method, row.statistic);
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
