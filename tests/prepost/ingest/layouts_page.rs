//! docs/layouts.md: every snippet is read, and gives what the page says.

use std::path::Path;

use prepost::ingest::ingest;
use prepost::plan;
use prepost::trial::{Catalogue, Problem, Severity};
use tempfile::TempDir;

/// A fenced block: what stands after the fence, and the text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut parts = page.split("```");
    parts.next();
    while let (Some(block), Some(_)) = (parts.next(), parts.next()) {
        let (info, text) = block.split_once('\n').expect("a fence of its own line");
        found.push((info.to_owned(), text.to_owned()));
    }
    found
}

/// What the page shows of a run: pairs, then findings; hints of what stops it.
fn outcome(files: &[(String, String)], toml: &str) -> String {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a writable folder");
    }
    let plan = plan::read(toml, "trial.toml").unwrap_or_else(|problems| panic!("{toml}\n{problems:#?}"));
    let outcomes = plan::resolve_outcomes(&plan, &Catalogue::embedded()).expect("outcomes");
    let (dataset, problems) = ingest(&plan, &outcomes, folder.path());
    let pairs =
        dataset.iter().flat_map(|dataset| &dataset.ledger.outcomes).map(|ledger| format!("{}: {} pairs\n", ledger.outcome, ledger.pairs));
    let finding = |problem: &Problem| match (problem.severity, &problem.hint) {
        (Severity::Error, Some(hint)) => format!("error: {problem}\nhint: {hint}\n"),
        (Severity::Error, None) => format!("error: {problem}\n"),
        (Severity::Warning, _) => format!("warning: {problem}\n"),
    };
    pairs.chain(problems.0.iter().map(finding)).collect()
}

#[test]
fn every_snippet_gives_what_the_page_says() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/layouts.md")).expect("docs/layouts.md");
    let (mut files, mut plan, mut read) = (Vec::new(), String::new(), 0);
    for (info, text) in blocks(&page) {
        match info.split_once(' ') {
            Some(("csv", name)) => files.push((name.to_owned(), text)),
            None if info == "toml" => plan = text,
            None if info == "text" => {
                assert_eq!(outcome(&files, &plan), text, "{files:#?}");
                files.clear();
                read += 1;
            }
            _ => panic!("a block the test does not know: {info}"),
        }
    }
    assert!(read >= 13 && files.is_empty(), "{read} snippets");
}
