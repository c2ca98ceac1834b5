//! What belongs to people stays where it belongs: unused columns nowhere, ids in the files and messages about single rows.

use std::path::Path;

use super::{PLAN, folder, prepost, stderr, stdout};

/// A text that stands in every cell of every column that the plan does not use.
const CANARY: &str = "Zz-Canary";

/// The only files that may hold ids.
const OF_PEOPLE: [&str; 3] = ["individuals.csv", "observations.csv", "problems.json"];

/// Twelve people `QxId01` …, with `damage` after them.
fn scores(damage: &str) -> String {
    let mut text = format!("name {CANARY},id,bdi_pre,phone,bdi_post,note\n");
    for i in 0..12 {
        let (pre, post) = (20 + i, 12 + (i * 5) % 9);
        text += &format!("{CANARY} Tanaka,QxId{i:02},{pre},{CANARY}-090,{post},\"{CANARY},\nsaid this\"\n");
    }
    text + damage
}

fn files_below(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = String::from_utf8_lossy(&std::fs::read(&path).expect("a file")).into_owned();
                found.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text));
            }
        }
    }
    found
}

/// Every kind of damage that still lets something be said, and whether it stops the run.
const DAMAGE: [(&str, bool); 9] = [
    ("", false),
    ("Zz-Canary,QxId12,,Zz-Canary,11,Zz-Canary\n", false),
    ("Zz-Canary,QxId12,'23,Zz-Canary,11,Zz-Canary\n", false),
    ("Zz-Canary,QxId12,many,Zz-Canary,11,Zz-Canary\n", true),
    ("Zz-Canary,QxId12,81,Zz-Canary,11,Zz-Canary\n", true),
    ("Zz-Canary,QxId00,21,Zz-Canary,11,Zz-Canary\n", true),
    ("Zz-Canary,,21,Zz-Canary,11,Zz-Canary\n", true),
    ("Zz-Canary,QxId12,21,Zz-Canary,11\n", true),
    ("Zz-Canary,QxId12,21,\"Zz-Canary,11,Zz-Canary\n", true),
];

#[test]
fn unused_columns_reach_nothing_and_ids_only_what_is_about_people() {
    for (damage, stops) in DAMAGE {
        let folder = folder(&[("trial.toml", PLAN), ("scores.csv", &scores(damage))]);
        for command in [["analyze", "trial.toml", "--formats", "svg"].as_slice(), &["ingest", "trial.toml", "--format", "json"]] {
            let output = prepost(folder.path(), command);
            assert_eq!(output.status.code(), Some(i32::from(stops)), "{damage:?} {}", stderr(&output));
            let said = stdout(&output) + &stderr(&output);
            assert!(!said.contains(CANARY), "{command:?} {damage:?}\n{said}");
        }
        for written in ["prepost-out", "prepost-ingest"].map(|name| folder.path().join(name)) {
            assert_eq!(written.exists(), !stops, "{damage:?}");
            for (name, text) in if stops { Vec::new() } else { files_below(&written) } {
                assert!(!text.contains(CANARY), "{damage:?}: {name}");
                assert!(OF_PEOPLE.contains(&name.as_str()) || !text.contains("QxId"), "{damage:?}: {name} holds an id");
            }
        }
    }
}

#[test]
fn ids_of_a_warning_stay_out_of_the_report() {
    // Two ids that are nearly alike, each with both scores: a warning that names them.
    let near = format!("{CANARY},QXID00,21,{CANARY},11,{CANARY}\n");
    let folder = folder(&[("trial.toml", PLAN), ("scores.csv", &scores(&near))]);
    let output = prepost(folder.path(), &["analyze", "trial.toml", "--no-figures"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("QXID00"), "{}", stderr(&output));
    for (name, text) in files_below(&folder.path().join("prepost-out")) {
        assert!(OF_PEOPLE.contains(&name.as_str()) || !text.contains("QXID00"), "{name}");
    }
}

#[test]
fn nothing_small_is_told_where_the_plan_sets_a_smallest_cell() {
    let plan = format!("{PLAN}[privacy]\nmin_cell = 5\nindividuals = false\n");
    // Two of fourteen have no post score: neither the 2 nor the 14 may be told.
    let lost = format!("{CANARY},QxId12,21,{CANARY},,x\n{CANARY},QxId13,22,{CANARY},,x\n");
    let lossy = folder(&[("trial.toml", &plan), ("scores.csv", &scores(&lost))]);
    let output = prepost(lossy.path(), &["analyze", "trial.toml", "--formats", "svg"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("min_cell = 5"), "{}", stderr(&output));
    let written = files_below(&lossy.path().join("prepost-out"));
    let text = |wanted: &str| written.iter().find(|(name, _)| name == wanted).map(|(_, text)| text.as_str()).unwrap_or_default();
    assert!(
        text("ledger.csv").contains("subjects,,,subjects,withheld") && text("ledger.csv").contains("pairs,12"),
        "{}",
        text("ledger.csv")
    );
    assert!(text("statistics.csv").lines().any(|line| line.contains(",n_missing_post,,withheld")), "{}", text("statistics.csv"));
    for (name, text) in &written {
        assert!(name != "flow.svg" && name != "individuals.csv", "{name} tells of single people or small cells");
        assert!(!["2 missing", "14 subjects", "of 14", "\"count\""].iter().any(|told| text.contains(told)), "{name}");
    }
    // The rank sums of few zero changes would tell how many they are.
    let zeros = folder(&[("trial.toml", &plan), ("scores.csv", &scores(&format!("{CANARY},QxId12,21,{CANARY},21,x\n")))]);
    assert_eq!(prepost(zeros.path(), &["analyze", "trial.toml", "--no-figures"]).status.code(), Some(0));
    let statistics = std::fs::read_to_string(zeros.path().join("prepost-out/statistics.csv")).expect("statistics");
    for statistic in [",w_plus,", ",n_zero,", ",r_nonzero,"] {
        assert!(statistics.lines().filter(|line| line.contains(statistic)).all(|line| line.contains("withheld")), "{statistic}");
    }
}
