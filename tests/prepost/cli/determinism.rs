//! Same input, same bytes: whatever the threads, the locale, the time zone, the order of rows.

use super::{PLAN, folder};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Thirty people with ties, zeros and gaps, by a fixed rule; `order` is the order of the rows.
fn scores(order: impl Iterator<Item = usize>) -> String {
    let mut text = "id,bdi_pre,bdi_post\n".to_owned();
    for i in order {
        let pre = 12 + (i * 7) % 23;
        let post = if i % 11 == 5 { String::new() } else { ((i * 5) % 19 + (i % 3)).to_string() };
        text.push_str(&format!("p{i:02},{pre},{post}\n"));
    }
    text
}

fn outputs(scores: &str, args: &[&str], environment: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", scores)]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_prepost"));
    command.args(["analyze", "--formats", "svg,png,pdf"]).args(args).current_dir(dir.path());
    environment.iter().for_each(|(name, value)| {
        command.env(name, value);
    });
    let run = command.output().expect("the program starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut files = BTreeMap::new();
    collect(&dir.path().join("prepost-out"), "", &mut files);
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, std::fs::read(entry.path()).expect("a file"));
        }
    }
}

#[track_caller]
fn assert_same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in a {
        assert!(bytes == &b[name], "{name} differs");
    }
}

#[test]
fn threads_locale_and_time_zone_change_nothing() {
    let scores = scores(0..30);
    let reference = outputs(&scores, &["--threads", "2"], &[]);
    assert_same(&reference, &outputs(&scores, &["--threads", "1"], &[]));
    assert_same(&reference, &outputs(&scores, &[], &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8"), ("TZ", "Asia/Tokyo")]));
    assert_same(&reference, &outputs(&scores, &[], &[("LC_ALL", "de_DE.UTF-8"), ("TZ", "America/St_Johns")]));
}

#[test]
fn the_order_of_rows_changes_nothing_but_the_hash_of_the_file() {
    let ordered = outputs(&scores(0..30), &[], &[]);
    // 7 and 30 share no factor: a full walk in another order.
    let shuffled = outputs(&scores((0..30).map(|i| (i * 7 + 3) % 30)), &[], &[]);
    assert_eq!(ordered.keys().collect::<Vec<_>>(), shuffled.keys().collect::<Vec<_>>());
    for (name, bytes) in &ordered {
        match name.as_str() {
            "results.json" | "report.md" | "report.html" => {
                let hash_free = |bytes: &[u8]| -> String {
                    String::from_utf8_lossy(bytes)
                        .split(|c: char| !c.is_ascii_hexdigit())
                        .filter(|word| word.len() == 64)
                        .fold(String::from_utf8_lossy(bytes).into_owned(), |text, hash| text.replace(hash, "HASH"))
                };
                assert_eq!(hash_free(bytes), hash_free(&shuffled[name]), "{name} differs in more than a hash");
            }
            _ => assert!(bytes == &shuffled[name], "{name} differs"),
        }
    }
    let observations = |files: &BTreeMap<String, Vec<u8>>| {
        let results: serde_json::Value = serde_json::from_slice(&files["results.json"]).expect("JSON");
        results["provenance"]["observations_sha256"].as_str().expect("a hash").to_owned()
    };
    assert_eq!(observations(&ordered), observations(&shuffled));
}
