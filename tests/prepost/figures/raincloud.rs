//! Raincloud: what stands where.

use prepost::figure::{Drawing, Figure, figure};
use prepost::plan::{FigureKind, Preset};
use prepost::results::{Finding, Method};
use prepost::trial::Outcome;

use super::fixture::{Scores, bdi2, outcome, plausible_scores, trial};
use super::marks::{bounds, line, role_count, texts, with_role};

fn raincloud(outcome: Outcome, scores: Vec<Scores>) -> (Figure, f64, f64) {
    let (results, individuals) = trial(&[(outcome, scores)]);
    let id = results.outcomes[0].id.clone();
    let drawing = Drawing { results: &results, individuals: Some(&individuals) };
    let Some(Ok(Finding::Describe(describe))) = results.finding(&id, Method::Describe) else { panic!("no describe") };
    let drawn = figure(FigureKind::Raincloud, Some(&id), &drawing, Preset::Journal).unwrap();
    (drawn, *describe.pre.q1.ok().unwrap(), *describe.pre.q3.ok().unwrap())
}

#[test]
fn the_axis_is_the_range_and_boxes_are_the_quartiles() {
    let (drawn, q1, q3) = raincloud(bdi2(), plausible_scores(30));
    let ends: Vec<f64> = bounds(&drawn, "scale-end").iter().map(|b| b.top).collect();
    let y = |score: f64| ends[0] + score / 63.0 * (ends[1] - ends[0]);
    let quartiles = bounds(&drawn, "quartiles")[0];
    assert!((quartiles.bottom - y(q1)).abs() < 1e-6 && (quartiles.top - y(q3)).abs() < 1e-6);
    let axis = line(&drawn, "axis");
    assert!((axis[0].1 - y(0.0)).abs() < 1e-6 && (axis[1].1 - y(63.0)).abs() < 1e-6);
    let labels = texts(&drawn, "tick-label");
    assert_eq!((labels.first(), labels.last()), (Some(&"0"), Some(&"63")));
    assert_eq!(role_count(&drawn, "person"), 60);
}

#[test]
fn severity_bands_are_named_stripes_that_meet_halfway() {
    let (drawn, ..) = raincloud(bdi2(), plausible_scores(30));
    assert_eq!(texts(&drawn, "band-name"), ["severe", "moderate", "mild", "minimal"]);
    let stripes = bounds(&drawn, "band");
    assert_eq!(stripes.len(), 4);
    for pair in stripes.windows(2) {
        assert!((pair[0].top - pair[1].bottom).abs() < 1e-6);
    }
}

#[test]
fn clouds_are_within_the_scale_and_their_bandwidth_is_named() {
    let at_the_floor = (0..30).map(|i| (Some(f64::from(i % 5)), Some(0.0))).collect();
    let (drawn, ..) = raincloud(bdi2(), at_the_floor);
    let ends = bounds(&drawn, "scale-end");
    assert!(bounds(&drawn, "density").iter().all(|cloud| cloud.bottom <= ends[0].bottom + 1e-6));
    assert!(drawn.caption.contains("bandwidth pre "), "{}", drawn.caption);
    assert!(drawn.alt_text.contains("floor of the scale (0): 20\u{a0}% at pre, 100\u{a0}% at post"), "{}", drawn.alt_text);
    // Every post score is equal: no density, and the figure says so.
    assert_eq!(role_count(&drawn, "density"), 1);
    assert!(drawn.notes[0].starts_with("No density of post"), "{:?}", drawn.notes);
}

#[test]
fn without_a_range_the_axis_covers_data_and_curves() {
    let (drawn, ..) = raincloud(outcome("plain"), plausible_scores(30));
    assert_eq!(with_role(&drawn, "scale-end").count(), 0);
    assert_eq!(role_count(&drawn, "density"), 2);
}
