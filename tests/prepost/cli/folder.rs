//! The output folder is complete or absent, ours or untouched.

use super::{PLAN, SCORES, folder, prepost, stderr};
use std::process::Command;

#[test]
fn a_folder_of_others_is_never_touched_without_force() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    let out = dir.path().join("prepost-out");
    std::fs::create_dir(&out).expect("a folder");
    std::fs::write(out.join("thesis.txt"), "mine").expect("written");
    let run = prepost(dir.path(), &["analyze", "--no-figures"]);
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
    assert!(stderr(&run).contains("--force"), "{}", stderr(&run));
    assert_eq!(std::fs::read_to_string(out.join("thesis.txt")).expect("still there"), "mine");
    let run = prepost(dir.path(), &["analyze", "--no-figures", "--force"]);
    assert!(run.status.success(), "{}", stderr(&run));
    assert!(out.join("results.json").is_file() && !out.join("thesis.txt").exists());
}

#[test]
fn its_own_folder_is_replaced_whole() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    assert!(prepost(dir.path(), &["analyze", "--figures", "flow"]).status.success());
    assert!(dir.path().join("prepost-out/figures/flow.svg").is_file());
    assert!(prepost(dir.path(), &["analyze", "--no-figures"]).status.success());
    assert!(!dir.path().join("prepost-out/figures").exists(), "a figure of the earlier run stayed");
}

#[test]
fn the_folder_of_the_input_is_never_the_output() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    let run = prepost(dir.path(), &["analyze", "--out", ".", "--force"]);
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
    assert!(dir.path().join("scores.csv").is_file());
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    let elsewhere = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("prepost-out")).expect("a link");
    let run = prepost(dir.path(), &["analyze", "--no-figures", "--force"]);
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
    assert_eq!(std::fs::read_dir(elsewhere.path()).expect("a folder").count(), 0);
}

/// The names and bytes of a folder.
fn tree(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder").filter_map(Result::ok) {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
                files.push((name, std::fs::read(entry.path()).expect("a file")));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_kill_at_any_moment_leaves_the_earlier_folder_whole() {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", SCORES)]);
    assert!(prepost(dir.path(), &["analyze", "--seed", "1"]).status.success());
    let out = dir.path().join("prepost-out");
    let first = tree(&out);
    assert!(prepost(dir.path(), &["analyze", "--seed", "2"]).status.success());
    let second = tree(&out);
    assert_ne!(first, second, "the seed is in the provenance");
    let mut killed = 0;
    for step in 0..40_u64 {
        let seed = if step % 2 == 0 { "1" } else { "2" };
        let mut run = Command::new(env!("CARGO_BIN_EXE_prepost"))
            .args(["analyze", "--quiet", "--seed", seed])
            .current_dir(dir.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        // Steps of 12 ms walk over reading, computing, drawing, writing and renaming, whatever the machine's speed.
        std::thread::sleep(std::time::Duration::from_millis(12 * step));
        run.kill().expect("a child can be killed until it is waited for");
        // A run that had ended before has its own exit status; one that was killed has none.
        killed += u32::from(run.wait().expect("it ends").code().is_none());
        let now = tree(&out);
        assert!(now == first || now == second, "a mixed folder after a kill at step {step}");
    }
    assert!(killed >= 5, "only {killed} of 40 runs were caught alive");
    // What killed runs left beside is mended by the next whole run.
    assert!(prepost(dir.path(), &["analyze", "--seed", "1"]).status.success());
    let left: Vec<_> = std::fs::read_dir(dir.path()).expect("a folder").filter_map(Result::ok).map(|e| e.file_name()).collect();
    assert_eq!(left.len(), 3, "left beside: {left:?}");
}
