//! Reads the data of a plan and nothing more: pairs of each outcome, findings, and the time it took.
//!
//! Run: `cargo run --release --example read_scores -- trial.toml`

use std::path::Path;
use std::time::Instant;

use prepost::{ingest, plan, trial};

fn main() {
    let path = std::env::args().nth(1).unwrap_or_else(|| "trial.toml".into());
    let text = std::fs::read_to_string(&path).expect("a plan");
    let started = Instant::now();
    let (dataset, problems) = plan::read(&text, &path)
        .and_then(|plan| plan::resolve_outcomes(&plan, &trial::Catalogue::embedded()).map(|outcomes| (plan, outcomes)))
        .map_or_else(
            |problems| (None, problems),
            |(plan, outcomes)| ingest::ingest(&plan, &outcomes, Path::new(&path).parent().unwrap_or(Path::new("."))),
        );
    for problem in &problems.0 {
        println!("{problem}");
    }
    for outcome in dataset.iter().flat_map(|dataset| &dataset.ledger.outcomes) {
        println!("{}: {} pairs of {} subjects", outcome.outcome, outcome.pairs, outcome.subjects);
    }
    println!("{:.2} s", started.elapsed().as_secs_f64());
}
