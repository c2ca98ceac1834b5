//! The bad-input corpus through the real program: damaged and awkward exports, each with what must happen. See README.md.
//!
//! `BAD_INPUTS=lay-items` runs only the cases whose id contains that; `BAD_INPUTS_REPORT=results.jsonl` writes what every run
//! did, one JSON object a line, and keeps the output folders beside it.

mod case;
mod grade;
mod grader;
mod output;
mod plan;
pub mod run;
mod text;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use case::{Case, Did};
use grade::Grade;
use run::Run;

/// How many programs run at once; each has threads of its own.
const AT_ONCE: usize = 3;

fn corpus() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prepost/bad_inputs");
    case::read_all(&folder).expect("the corpus can be read")
}

/// A line of the report: what the run did, and its grade.
#[derive(Serialize)]
struct Graded<'a> {
    #[serde(skip)]
    case: &'a Case,
    #[serde(flatten)]
    run: Run,
    #[serde(serialize_with = "as_name")]
    grade: Grade,
    why: String,
}

fn as_name<S: serde::Serializer>(grade: &Grade, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(grade.name())
}

#[test]
fn every_case_is_good() {
    let wanted = std::env::var("BAD_INPUTS").unwrap_or_default();
    let report = std::env::var_os("BAD_INPUTS_REPORT").map(PathBuf::from);
    let cases: Vec<Case> = corpus().into_iter().filter(|case| case.id.contains(&wanted)).collect();
    assert!(!cases.is_empty(), "no case has an id with {wanted:?} in it");

    let kept = report.as_ref().map(|path| path.with_extension("runs"));
    if let Some(kept) = &kept {
        let _ = fs::remove_dir_all(kept);
    }
    // Cases with limits run one by one, so that none pays for its neighbours.
    let (limited, free): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.limits.max_seconds.is_some());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build().expect("threads");
    let mut graded = pool.install(|| free.into_par_iter().map(|case| examine(case, kept.as_deref())).collect::<Vec<_>>());
    graded.extend(limited.into_iter().map(|case| examine(case, kept.as_deref())));
    graded.sort_by_key(|graded| &graded.case.id);

    if let Some(path) = &report {
        let lines: String = graded.iter().map(|graded| serde_json::to_string(graded).expect("a run is JSON") + "\n").collect();
        fs::write(path, lines).expect("the report can be written");
    }
    assert!(graded.iter().all(|graded| graded.grade.good()), "\n{}", table(&graded));
}

/// Runs and grades a case, in a folder below `kept` or in one that is gone afterwards.
fn examine<'a>(case: &'a Case, kept: Option<&Path>) -> Graded<'a> {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let root = kept.map_or_else(|| temporary.path().to_owned(), |kept| kept.join(&case.id));
    let run = run::run(case, &root).expect("the case can be run");
    let (grade, why) = grade::grade(case, &run);
    Graded { case, run, grade, why }
}

/// Everything not good, and the counts.
fn table(graded: &[Graded<'_>]) -> String {
    let mut text = String::new();
    let mut counts: BTreeMap<Grade, usize> = BTreeMap::new();
    for Graded { case, grade, why, .. } in graded {
        *counts.entry(*grade).or_default() += 1;
        if !grade.good() {
            let why: String = why.chars().take(300).collect();
            let _ = writeln!(text, "{:14} {:32} expect {:6} {why}", grade.name(), case.id, case.expect.name());
        }
    }
    let counts: Vec<String> = counts.iter().map(|(grade, n)| format!("{} {n}", grade.name())).collect();
    let good = graded.iter().filter(|graded| graded.grade.good()).count();
    let _ = writeln!(text, "{}\ngood {good} of {}", counts.join(", "), graded.len());
    text
}

#[test]
fn the_corpus_is_whole() {
    let cases = corpus();
    assert!(cases.len() >= 147, "{} cases", cases.len());
    for case in &cases {
        assert_eq!(case.folder.file_name().and_then(|name| name.to_str()), Some(case.id.as_str()), "the folder is named as the case");
        for file in &case.files {
            let bytes = fs::read(case.folder.join(&file.name)).expect("a data file");
            let sum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!((bytes.len() as u64, &sum), (file.bytes, &file.sha256), "{} {} is not as it was made", case.id, file.name);
        }
        plan::plan(case).expect("a plan");
    }
}

#[test]
fn a_real_run_against_other_expectations_is_not_good() {
    let case = corpus().into_iter().find(|case| case.id == "dat-mixed").expect("a case that is right");
    let graded = |case: &Case| examine(case, None).grade;
    assert_eq!(graded(&case), Grade::Pass);
    let mut other = case.clone();
    other.expected.iter_mut().for_each(|expected| expected.n_pairs += 1.0);
    assert_eq!(graded(&other), Grade::SilentWrong);
    for statistic in ["mean_pre", "mean_post", "mean_change", "sd_change", "t_change", "w_plus", "w_minus"] {
        let mut other = case.clone();
        let numbers = other.expected.iter_mut().filter_map(|expected| expected.numbers.get_mut(statistic));
        assert_eq!(numbers.map(|number| *number *= 1.0 + 1e-8).count(), 1);
        assert_eq!(graded(&other), Grade::SilentWrong, "{statistic} is not read");
    }
    assert_eq!(graded(&Case { expect: Did::Warn, ..case.clone() }), Grade::Unreported);
    assert_eq!(graded(&Case { expect: Did::Error, ..case }), Grade::SilentWrong);
}
