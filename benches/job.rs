//! The main job by its parts: 10 outcomes × 30 people, BCa with 10 000 replicates each.

use std::path::Path;

use prepost::analysis::{Request, analyze, individuals};
use prepost::figure::{Drawing, Fonts, figure, render};
use prepost::plan::{FigureKind, Format, Plan, Preset, effective, read, resolve_outcomes};
use prepost::results::{Individuals, Results, tidy_rows};
use prepost::trial::{Catalogue, Dataset, Outcome, Problems};
use prepost::{ingest, report};

fn main() {
    divan::main();
}

fn base() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/baselines"))
}

fn planned() -> (Plan, Vec<Outcome>) {
    let text = std::fs::read_to_string(base().join("trial30.toml")).expect("the plan of the benchmark");
    let plan = read(&text, "trial30.toml").expect("a good plan");
    let outcomes = resolve_outcomes(&plan, &Catalogue::embedded()).expect("known outcomes");
    (plan, outcomes)
}

fn dataset(plan: &Plan, outcomes: &[Outcome]) -> Dataset {
    ingest::ingest(plan, outcomes, base()).0.expect("good data")
}

fn results(plan: &Plan, outcomes: &[Outcome], dataset: &Dataset) -> Results {
    let request = Request {
        plan: effective(plan, outcomes),
        plan_sha256: None,
        plan_inferred: true,
        observations_sha256: ingest::observations_sha256(dataset),
        control: None,
        on_outcome: &|| (),
    };
    analyze(dataset, &Problems::default(), &request)
}

fn everything() -> (Results, Individuals) {
    let (plan, outcomes) = planned();
    let data = dataset(&plan, &outcomes);
    (results(&plan, &outcomes, &data), individuals(&data))
}

#[divan::bench]
fn read_and_check() -> Dataset {
    let (plan, outcomes) = planned();
    dataset(&plan, &outcomes)
}

#[divan::bench]
fn compute(bencher: divan::Bencher) {
    let (plan, outcomes) = planned();
    let data = dataset(&plan, &outcomes);
    bencher.bench(|| results(&plan, &outcomes, &data));
}

#[divan::bench]
fn tidy(bencher: divan::Bencher) {
    let (results, _) = everything();
    bencher.bench(|| tidy_rows(&results));
}

#[divan::bench]
fn write_report(bencher: divan::Bencher) {
    let (results, _) = everything();
    bencher.bench(|| report::to_html(&report::document(&results, &[])));
}

#[divan::bench(args = [FigureKind::Paired, FigureKind::Raincloud, FigureKind::Waterfall, FigureKind::Forest, FigureKind::Flow])]
fn draw_svg(bencher: divan::Bencher, kind: FigureKind) {
    let (results, people) = everything();
    let drawing = Drawing { results: &results, individuals: Some(&people) };
    bencher
        .bench(|| figure(kind, Some("bdi"), &drawing, Preset::Journal).map(|figure| render(&figure, Format::Svg, 300, &Fonts::embedded())));
}

#[divan::bench(args = [FigureKind::Paired, FigureKind::Forest])]
fn draw_png(bencher: divan::Bencher, kind: FigureKind) {
    let (results, people) = everything();
    let drawing = Drawing { results: &results, individuals: Some(&people) };
    let fonts = Fonts::embedded();
    bencher.bench(|| figure(kind, Some("bdi"), &drawing, Preset::Journal).map(|figure| render(&figure, Format::Png, 300, &fonts)));
}
