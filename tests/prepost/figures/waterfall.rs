//! Waterfall: what stands where.

use prepost::figure::{Drawing, Figure, figure, theme};
use prepost::plan::{FigureKind, Preset};
use prepost::trial::{Direction, Outcome};

use super::fixture::{Scores, outcome, plausible_scores, trial};
use super::marks::{bounds, line, role_count, texts};

fn waterfall(direction: Direction, scores: Vec<Scores>) -> Figure {
    let (results, individuals) = trial(&[(Outcome { direction, ..outcome("scale") }, scores)]);
    let drawing = Drawing { results: &results, individuals: Some(&individuals) };
    figure(FigureKind::Waterfall, Some("scale"), &drawing, Preset::Journal).unwrap()
}

/// Changes −4, −2, 0, +1, +3.
fn five() -> Vec<Scores> {
    [6.0, 8.0, 10.0, 11.0, 13.0].into_iter().map(|post| (Some(10.0), Some(post))).collect()
}

#[test]
fn bars_are_the_changes_best_first() {
    let drawn = waterfall(Direction::Lower, five());
    let zero = line(&drawn, "zero")[0].1;
    let ticks = bounds(&drawn, "tick");
    // Ticks stand at every whole point, −4 … 3.
    let point = ticks[0].top - ticks[1].top;
    let changes: Vec<f64> = bounds(&drawn, "change")
        .iter()
        .map(|bar| if bar.top < zero - 1e-6 { (zero - bar.top) / point } else { (zero - bar.bottom) / point })
        .collect();
    for (drawn, expected) in changes.iter().zip([-4.0, -2.0, 1.0, 3.0]) {
        assert!((drawn - expected).abs() < 1e-6, "{changes:?}");
    }
    assert_eq!(role_count(&drawn, "unchanged"), 1);
    assert_eq!(texts(&drawn, "share"), ["40\u{a0}% improved (2)", "20\u{a0}% unchanged (1)", "40\u{a0}% worsened (2)"]);
}

#[test]
fn higher_is_better_turns_the_order_and_the_colours() {
    let drawn = waterfall(Direction::Higher, five());
    let zero = line(&drawn, "zero")[0].1;
    assert!(bounds(&drawn, "change")[0].bottom <= zero + 1e-6);
    let colour = drawn.marks.iter().find_map(|mark| match mark {
        prepost::figure::Mark::Rect { role: "change", fill, .. } => *fill,
        _ => None,
    });
    assert_eq!(colour, Some(theme::IMPROVED));
    assert!(texts(&drawn, "axis-title")[0].ends_with("better ↑"));
}

#[test]
fn without_a_better_direction_nothing_is_benefit_coded() {
    let drawn = waterfall(Direction::None, five());
    assert_eq!(role_count(&drawn, "share"), 0);
    assert!(!drawn.alt_text.contains("improved") && !drawn.caption.contains("improved"));
}

#[test]
fn many_bars_become_one_shape_per_class() {
    let drawn = waterfall(Direction::Lower, plausible_scores(5000));
    assert_eq!(role_count(&drawn, "change"), 2);
    assert_eq!(texts(&drawn, "running-number").last(), Some(&"5000"));
}
