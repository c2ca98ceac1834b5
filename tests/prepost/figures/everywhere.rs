//! What holds for every figure: all on the canvas, no text over another, whatever the data and labels.

use prepost::figure::{Drawing, draw, figure, file_stem};
use prepost::plan::{FigureKind, Preset};
use prepost::trial::{Direction, Outcome};
use proptest::prelude::*;
use resvg::usvg::roxmltree;

use super::fixture::{Scores, bdi2, outcome, trial};
use super::{gallery, layout, marks};

const PRESETS: [Preset; 4] = [Preset::Journal, Preset::JournalWide, Preset::Slide, Preset::Poster];
const KINDS: [FigureKind; 3] = [FigureKind::Paired, FigureKind::Raincloud, FigureKind::Waterfall];

fn check_all(outcome: &Outcome, scores: &[Scores]) {
    let (results, individuals) = trial(&[(outcome.clone(), scores.to_vec())]);
    let drawing = Drawing { results: &results, individuals: Some(&individuals) };
    for kind in KINDS {
        for preset in PRESETS {
            let drawn = figure(kind, Some(&outcome.id), &drawing, preset).unwrap();
            layout::check(&drawn);
            if outcome.direction != Direction::None {
                let says_better = marks::texts(&drawn, "axis-title").iter().any(|title| title.contains("better "));
                assert!(says_better, "{:?}", marks::texts(&drawn, "axis-title"));
            }
            assert_eq!(drawn.id, file_stem(Some(&outcome.id), kind));
            let svg = draw::svg(&drawn);
            assert!(roxmltree::Document::parse(&svg).is_ok(), "{svg}");
            assert!(!svg.contains("NaN") && !svg.contains("inf\""));
        }
    }
}

#[test]
fn ordinary_and_degenerate_cases_fit() {
    for (_, (outcome, scores)) in gallery::cases() {
        check_all(&outcome, &scores);
    }
}

#[test]
fn extreme_magnitudes_fit() {
    for scale in [1e-12, 1e-3, 1e6, 1e15, 1e150] {
        let scores: Vec<Scores> = (0..12).map(|i| (Some(scale * f64::from(i)), Some(scale * f64::from(i * i) / 3.0))).collect();
        check_all(&outcome("extreme"), &scores);
    }
}

fn label() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-z0-9 _-]{0,12}", "\\PC{0,120}", ".{0,40}", "[あ-んア-ン漢字한글 ]{0,80}", "(<script>|]]>|&amp;|[\\x00-\\x1f]){0,6}"]
}

fn scores() -> impl Strategy<Value = Vec<Scores>> {
    let score = prop_oneof![(0_i32..64).prop_map(f64::from), (-1_000_000_i32..1_000_000).prop_map(|v| f64::from(v) / 1000.0)];
    let pair = (prop::option::weighted(0.9, score.clone()), prop::option::weighted(0.9, score));
    prop::collection::vec(pair, 1..60).prop_filter("a pair", |pairs| pairs.iter().any(|(pre, post)| pre.is_some() && post.is_some()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_label_and_any_scores_fit(
        id in label(), label in label(), unit in prop::option::of(label()), scores in scores(),
        direction in prop::sample::select(vec![Direction::Lower, Direction::Higher, Direction::None]), ranged: bool,
    ) {
        let base = if ranged { bdi2() } else { outcome("plain") };
        check_all(&Outcome { id, label, unit, direction, ..base }, &scores);
    }
}
