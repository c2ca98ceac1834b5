//! The shipped samples: what README promises of them.

use std::path::Path;
use std::process::Command;

use super::{statistic, stderr};

fn analyse(plan: &str, args: &[&str]) -> (tempfile::TempDir, std::process::Output) {
    let dir = tempfile::tempdir().expect("a folder");
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples").join(plan);
    let run = Command::new(env!("CARGO_BIN_EXE_prepost"))
        .arg("analyze")
        .arg(plan)
        .args(args)
        .current_dir(dir.path())
        .output()
        .expect("the program starts");
    assert!(run.status.success(), "{}", stderr(&run));
    (dir, run)
}

#[test]
fn the_rework_sample_runs() {
    let (dir, _) = analyse("rework/trial.toml", &["--figures", "forest,flow"]);
    let csv = std::fs::read_to_string(dir.path().join("prepost-out/statistics.csv")).expect("statistics");
    assert_eq!(statistic(&csv, "prrs", "describe", "n"), Some(28.0));
    assert_eq!(statistic(&csv, "lsns6", "describe", "n"), Some(30.0));
    assert!(
        statistic(&csv, "hamd17", "describe", "pct_floor_post").is_some_and(|floor| floor > 40.0),
        "a floor effect is there to be seen"
    );
}

/// R's `MASS::anorexia`, arm FT: n = 17, mean gain 7.264706, SD 7.157421, t = 4.1849, p = 0.0007003.
#[test]
fn the_anorexia_arm_agrees_with_the_published_analysis() {
    let (dir, _) = analyse("anorexia/trial.toml", &["--no-figures"]);
    let csv = std::fs::read_to_string(dir.path().join("prepost-out/statistics.csv")).expect("statistics");
    let value = |method: &str, name: &str| statistic(&csv, "weight", method, name).expect("a value");
    assert_eq!(value("describe", "n"), 17.0);
    assert!((value("paired_t", "mean_change") - 7.264_706).abs() < 5e-7);
    assert!((value("paired_t", "sd_change") - 7.157_421).abs() < 5e-7);
    assert!((value("paired_t", "t") - 4.184_9).abs() < 5e-5);
    assert!((value("paired_t", "p") - 0.000_700_3).abs() < 5e-8);
    let ledger = std::fs::read_to_string(dir.path().join("prepost-out/ledger.csv")).expect("ledger");
    assert!(ledger.contains("filtered,55"), "{ledger}");
}
