//! A plan and the bytes of its files → a dataset whose ledger adds up, or errors.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

use super::{finding, plans};
use crate::decimal::Score;
use crate::ingest::bytes::FileBytes;
use crate::ingest::look::look_from;
use crate::ingest::{Hints, ingest_from};
use crate::plan::{self, Plan};
use crate::trial::{Catalogue, Dataset, Outcome, Problem, Problems};

/// Stands between two files in one input: ASCII's file separator.
const NEXT_FILE: u8 = 0x1C;

/// Text that stands in a column of which no plan knows.
const CANARY: &str = "CANARY q7";

/// Reads `bytes` by plan number `which`: errors, or pairs that add up. Nothing of a column that the plan does not name is told.
pub fn whole(which: u8, bytes: &[u8]) {
    PLANS.with_borrow_mut(|plans| {
        let (plan, outcomes) = plans.entry(which).or_insert_with(|| read_plan(which));
        let (_, problems) = read(plan, outcomes, bytes);
        if let Some(with_canary) = with_canary(plan, bytes) {
            let (_, with_problems) = read(plan, outcomes, &with_canary);
            let told = with_problems.0.iter().flat_map(finding::texts).find(|text| text.contains(CANARY));
            assert_eq!(told, None, "after {problems:?}");
        }
    });
    if which.is_multiple_of(4) {
        first_look(bytes);
    }
}

thread_local! {
    static CATALOGUE: Catalogue = Catalogue::embedded();
    static PLANS: RefCell<HashMap<u8, (Plan, Vec<Outcome>)>> = RefCell::default();
}

fn read_plan(which: u8) -> (Plan, Vec<Outcome>) {
    let text = plans::toml(which);
    let plan = plan::read(&text, "trial.toml").unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
    let outcomes = CATALOGUE.with(|catalogue| plan::resolve_outcomes(&plan, catalogue)).unwrap_or_else(|problems| panic!("{problems:?}"));
    (plan, outcomes)
}

/// The bytes of each file by its name.
fn files(bytes: &[u8]) -> [(&'static str, &[u8]); 3] {
    let (first, second) = bytes.iter().position(|byte| *byte == NEXT_FILE).map_or((bytes, &[][..]), |at| (&bytes[..at], &bytes[at + 1..]));
    [("a.csv", first), ("b.csv", second), ("a", bytes)]
}

fn read(plan: &Plan, outcomes: &[Outcome], bytes: &[u8]) -> (Option<Dataset>, Problems) {
    let files = files(bytes);
    let source = |path: &Path, _: &str| {
        let bytes = files.iter().find(|(name, _)| Path::new(name) == path).map_or(&[][..], |(_, bytes)| bytes);
        Ok::<_, Problem>(FileBytes { bytes: bytes.to_vec(), sha256: String::new() })
    };
    let (dataset, problems) = ingest_from(plan, outcomes, Path::new(""), &source);
    for problem in &problems.0 {
        let file = files.iter().find(|(name, _)| problem.place.file.as_deref() == Some(name));
        // Rows of a workbook are not lines.
        let lines = file.filter(|(name, _)| name.ends_with(".csv")).map(|(_, bytes)| finding::most_lines(bytes));
        finding::check(problem, lines);
    }
    assert_eq!(dataset.is_none(), problems.has_errors(), "{problems:?}");
    dataset.iter().for_each(adds_up);
    (dataset, problems)
}

fn adds_up(dataset: &Dataset) {
    let ledger = &dataset.ledger;
    assert!(ledger.reconciles(), "{ledger:?}");
    assert_eq!(ledger.subjects, dataset.subjects.len());
    assert!(dataset.subjects.windows(2).all(|two| two[0].id.as_bytes() < two[1].id.as_bytes()));
    assert!(dataset.subjects.iter().all(|subject| !subject.id.is_empty() && subject.id.chars().count() <= 256));
    for (outcome, counted) in dataset.outcomes.iter().zip(&ledger.outcomes) {
        let pairs = outcome.pre.iter().zip(&outcome.post).filter(|(pre, post)| pre.is_some() && post.is_some()).count();
        assert!(counted.pairs == pairs && pairs <= ledger.subjects, "{counted:?}");
        for score in outcome.pre.iter().chain(&outcome.post).chain(outcome.others.iter().flatten()).flatten() {
            assert!(score.to_f64().is_finite());
            if let (Score::Exact(score), Some(range)) = (score, outcome.outcome.range) {
                assert!(range.contains(*score), "{score} out of range");
            }
        }
    }
}

/// The same table with a column more, where the bytes are a plain table with the plan's columns on line 1.
fn with_canary(plan: &Plan, bytes: &[u8]) -> Option<Vec<u8>> {
    let separator = plan.data.separator.as_deref().filter(|_| plan.data.files.len() == 1)?;
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains(['"', '\r', '\u{1c}']))?;
    let (header, rows) = text.split_once('\n')?;
    let names: Vec<&str> = header.split(separator).map(str::trim).collect();
    let section = plan.outcome.first()?;
    let wanted = [&section.pre, &section.post, &section.value, &plan.data.visit];
    let mut wanted = wanted.into_iter().flatten().chain([&plan.data.subject]);
    // A header that is not the header, and a sheet's own mark for its separator, would make data of the column.
    let is_header = wanted.all(|name| names.contains(&name.as_str())) && !names.contains(&"note");
    let rows: String = rows.lines().map(|row| format!("{row}{separator}{CANARY}\n")).collect();
    is_header.then(|| format!("{header}{separator}note\n{rows}").into_bytes())
}

/// A plan inferred from the file is one that can be read, or has questions.
fn first_look(bytes: &[u8]) {
    let source = |_: &Path, _: &str| Ok::<_, Problem>(FileBytes { bytes: bytes.to_vec(), sha256: String::new() });
    let looked = match look_from(Path::new("a"), Hints::default(), &source) {
        Ok(looked) => looked,
        Err(problems) => return problems.0.iter().for_each(|problem| finding::check(problem, None)),
    };
    let inferred = CATALOGUE.with(|catalogue| plan::infer(&[looked], catalogue));
    if inferred.questions.is_empty() {
        match plan::read(&inferred.toml, "trial.toml") {
            Ok(plan) => assert_eq!(plan, inferred.plan, "{}", inferred.toml),
            Err(problems) => panic!("{problems:?}\n{}", inferred.toml),
        }
    }
    inferred.questions.iter().for_each(|problem| finding::check(problem, None));
}
