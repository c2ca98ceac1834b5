//! README shows what the program prints.

use std::path::Path;
use std::process::Command;

#[test]
fn the_output_in_the_readme_is_the_real_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("README.md");
    let shown =
        readme.split("<!-- output:rework -->\n```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the output block");
    let dir = tempfile::tempdir().expect("a folder");
    let run = Command::new(env!("CARGO_BIN_EXE_prepost"))
        .args(["analyze", "--no-figures", "--quiet"])
        .arg(root.join("data-samples/rework/trial.toml"))
        .current_dir(dir.path())
        .output()
        .expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&run.stdout), shown);
}

#[test]
fn the_plan_in_the_readme_is_the_one_that_init_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("README.md");
    let shown = readme.split("<!-- output:init -->\n```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the plan");
    let run = Command::new(env!("CARGO_BIN_EXE_prepost"))
        .args(["init", "data-samples/qualtrics/export.csv", "--out", "-", "--quiet"])
        .current_dir(root)
        .output()
        .expect("the program starts");
    let printed = String::from_utf8_lossy(&run.stdout);
    assert!(printed.starts_with(shown.trim_end()), "{printed}");
}

#[test]
fn every_link_of_the_documentation_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut broken = Vec::new();
    let pages = [
        "README.md",
        "CONTRIBUTING.md",
        "benches/README.md",
        "docs/interface.md",
        "docs/plan.md",
        "docs/ingest.md",
        "docs/items.md",
        "docs/layouts.md",
        "docs/instruments.md",
        "docs/problems/README.md",
        "docs/methods/README.md",
        "docs/methods/calibration.md",
    ];
    for page in pages {
        let text = std::fs::read_to_string(root.join(page)).unwrap_or_else(|_| panic!("{page} is missing"));
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") && !root.join(page).parent().is_some_and(|folder| folder.join(file).exists()) {
                broken.push(format!("{page}: {target}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
