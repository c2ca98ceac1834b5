//! Nothing is written outside the place that was named: not through a link, not by a name that stands in the data.

use std::collections::BTreeSet;
use std::path::Path;

use super::{PLAN, SCORES, folder, prepost, stderr};

/// Every path below a folder, relative to it, links not followed.
fn paths(folder: &Path) -> BTreeSet<String> {
    let (mut found, mut folders) = (BTreeSet::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder").flatten() {
            let path = entry.path();
            found.insert(path.strip_prefix(folder).expect("inside").to_string_lossy().into_owned());
            if entry.file_type().expect("a kind").is_dir() {
                folders.push(path);
            }
        }
    }
    found
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A folder with a plan, its data and the results of a run; and another that nothing may be written to.
    fn analysed() -> (tempfile::TempDir, tempfile::TempDir) {
        let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
        let run = prepost(dir.path(), &["analyze", "--figures", "flow", "--formats", "svg"]);
        assert!(run.status.success(), "{}", stderr(&run));
        let elsewhere = folder(&[("mine.txt", "mine")]);
        (dir, elsewhere)
    }

    fn is_untouched(elsewhere: &Path) -> bool {
        paths(elsewhere) == BTreeSet::from(["mine.txt".to_owned()])
            && std::fs::read(elsewhere.join("mine.txt")).is_ok_and(|text| text == b"mine")
    }

    #[test]
    fn an_output_that_is_a_link_is_refused() {
        let (dir, elsewhere) = analysed();
        symlink(elsewhere.path(), dir.path().join("linked")).expect("a link");
        symlink(elsewhere.path().join("mine.txt"), dir.path().join("linked.toml")).expect("a link");
        symlink(elsewhere.path().join("new.toml"), dir.path().join("dangling.toml")).expect("a link");
        for arguments in [
            &["analyze", "--no-figures", "--force", "--out", "linked"][..],
            &["ingest", "trial.toml", "--force", "--out", "linked"],
            &["plot", "prepost-out/results.json", "--kinds", "flow", "--out", "linked"],
            &["plot", "prepost-out/results.json", "--kinds", "flow", "--out", "linked/"],
            &["report", "prepost-out/results.json", "--out", "linked/"],
            &["init", "scores.csv", "--force", "--out", "linked.toml"],
            &["init", "scores.csv", "--force", "--out", "dangling.toml"],
        ] {
            let run = prepost(dir.path(), arguments);
            assert_eq!(run.status.code(), Some(2), "{arguments:?} {}", stderr(&run));
            assert!(is_untouched(elsewhere.path()), "{arguments:?}");
        }
    }

    #[test]
    fn files_that_are_links_are_refused_and_links_in_an_earlier_output_only_unlinked() {
        let (dir, elsewhere) = analysed();
        let out = dir.path().join("prepost-out");
        for (name, arguments) in [
            ("report.md", &["report", "prepost-out/results.json"][..]),
            ("report.html", &["report", "prepost-out/results.json"]),
            ("figures/flow.svg", &["plot", "prepost-out/results.json", "--kinds", "flow", "--formats", "svg"]),
        ] {
            let kept = std::fs::read(out.join(name)).expect("an output");
            std::fs::remove_file(out.join(name)).expect("removed");
            symlink(elsewhere.path().join("mine.txt"), out.join(name)).expect("a link");
            let run = prepost(dir.path(), arguments);
            assert_eq!(run.status.code(), Some(2), "{name} {}", stderr(&run));
            assert!(is_untouched(elsewhere.path()), "{name}");
            std::fs::remove_file(out.join(name)).expect("removed");
            std::fs::write(out.join(name), kept).expect("put back");
        }
        symlink(elsewhere.path(), out.join("more")).expect("a link");
        symlink(elsewhere.path(), dir.path().join(".prepost-out.prepost-earlier")).expect("a link");
        let run = prepost(dir.path(), &["analyze", "--no-figures"]);
        assert!(run.status.success(), "{}", stderr(&run));
        assert!(is_untouched(elsewhere.path()) && !out.join("more").exists());
    }
}

#[test]
fn names_from_the_data_become_files_inside_and_apart() {
    let long = "x".repeat(300);
    let names = ["../up", "/etc/up", "CON", "a/b", "abc", "..", "nul", "-rf", "抑うつ", long.as_str()];
    let plan = "[data]\nfiles = [\"scores.csv\"]\nsubject = \"id\"\nvisit = \"visit\"\noutcome_column = \"what\"\nvalue = \"v\"\n[visits]\npre = \"pre\"\npost = \"post\"\n[[outcome]]\nkey = \"*\"\ndirection = \"lower\"\n[analysis]\nbootstrap = 1000\npermutations = 1000\n";
    let row = |name: &str, subject: usize| format!("S{subject},pre,{name},{}\nS{subject},post,{name},{}\n", 20 + subject, 18 + subject % 2);
    let rows: String = names.iter().flat_map(|name| (0..4).map(move |subject| row(name, subject))).collect();
    let dir = folder(&[("trial.toml", plan), ("scores.csv", &format!("id,visit,what,v\n{rows}"))]);
    let run = prepost(dir.path(), &["analyze", "--figures", "paired", "--formats", "svg", "--out", "out"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let all = paths(dir.path());
    assert!(
        all.iter().all(|path| ["out", "trial.toml", "scores.csv"].contains(&path.split(['/', '\\']).next().unwrap_or(path))),
        "{all:?}"
    );
    let figures: BTreeSet<String> = all.iter().filter(|path| path.ends_with("-paired.svg")).map(|path| path.to_lowercase()).collect();
    assert_eq!(figures.len(), names.len(), "{figures:?}");
    assert!(figures.iter().all(|path| path.len() < 120));
}
