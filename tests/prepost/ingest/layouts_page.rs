//! docs/layouts.md: every snippet is read, and gives what the page says.

use std::path::Path;

use prepost::ingest::{Hints, ingest, look};
use prepost::plan::{self, Layout, Plan};
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

/// The files of one snippet, its plan, and what the page says of them.
type Snippet = (Vec<(String, String)>, String, String);

fn snippets() -> Vec<Snippet> {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/layouts.md")).expect("docs/layouts.md");
    let (mut files, mut plan, mut found) = (Vec::new(), String::new(), Vec::new());
    for (info, text) in blocks(&page) {
        match info.split_once(' ') {
            Some(("csv", name)) => files.push((name.to_owned(), text)),
            None if info == "toml" => plan = text,
            None if info == "text" => found.push((std::mem::take(&mut files), plan.clone(), text)),
            _ => panic!("a block the test does not know: {info}"),
        }
    }
    assert!(found.len() >= 13 && files.is_empty(), "{} snippets", found.len());
    found
}

#[test]
fn every_snippet_gives_what_the_page_says() {
    for (files, plan, text) in snippets() {
        assert_eq!(outcome(&files, &plan), text, "{files:#?}");
    }
}

/// The plan that `init` writes, every question answered as it proposes.
fn inferred(files: &[(String, String)]) -> (Plan, String) {
    let folder = TempDir::new().expect("a temporary folder");
    let mut looked = Vec::new();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a writable folder");
        looked
            .extend(look(&path, Hints::default()).expect("a look").into_iter().map(|file| plan::LookedFile { name: name.clone(), ..file }));
    }
    let toml = plan::infer(&looked, &Catalogue::embedded()).toml;
    let plan = plan::read(&toml.replace("# ANSWER: ", ""), "trial.toml").unwrap_or_else(|problems| panic!("{toml}\n{problems:#?}"));
    (plan, toml)
}

/// The page's plans are what the exports mean: `init` finds the same columns, or proposes them.
#[test]
fn init_finds_the_columns_of_every_snippet() {
    for (files, plan, _) in snippets() {
        let page = plan::read(&plan, "trial.toml").expect("a plan");
        let (own, toml) = inferred(&files);
        assert_eq!((own.layout(), own.data.header_line), (page.layout(), page.data.header_line), "{toml}");
        assert_eq!((&own.data.visit, &own.data.outcome_column), (&page.data.visit, &page.data.outcome_column), "{toml}");
        if page.layout() == Layout::TwoFiles {
            assert_eq!((&own.data.pre, &own.data.post), (&page.data.pre, &page.data.post), "{toml}");
            continue;
        }
        assert_eq!(own.data.subject, page.data.subject, "{toml}");
        for wanted in &page.outcome {
            let is_same = |found: &&plan::OutcomeSection| {
                (&found.pre, &found.post, &found.value, &found.key) == (&wanted.pre, &wanted.post, &wanted.value, &wanted.key)
            };
            let found = own.outcome.iter().find(is_same).unwrap_or_else(|| panic!("{wanted:?}\n{toml}"));
            assert!(found.instrument == wanted.instrument || toml.contains("write instrument = "), "{toml}");
        }
        let labels = |plan: &Plan| plan.visits.clone().map(|visits| [visits.pre, visits.post].map(|labels| labels.as_slice().to_vec()));
        if let (Some(page), Some(own)) = (labels(&page), labels(&own)) {
            assert!(page.iter().zip(&own).all(|(page, own)| page.iter().all(|label| own.contains(label))), "{toml}");
        }
    }
}
