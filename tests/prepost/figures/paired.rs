//! Gardner–Altman: what stands where.

use prepost::figure::{Drawing, Figure, Mark, Shape, figure, file_stem_in};
use prepost::plan::{FigureKind, Preset};
use prepost::results::{Finding, Individuals, Method, Results};

use super::fixture::{bdi2, outcome, plausible_scores, plausible_trial, trial};
use super::marks::{line, points, role_count, texts, with_role};

fn paired(results: &Results, individuals: &Individuals) -> Figure {
    figure(FigureKind::Paired, Some("bdi2"), &Drawing { results, individuals: Some(individuals) }, Preset::Journal).unwrap()
}

/// Millimetres of a score, from two persons whose scores are known.
fn y_of(drawn: &Figure, individuals: &Individuals) -> impl Fn(f64) -> f64 {
    let scores: Vec<f64> = individuals.pairs("bdi2").filter_map(|row| row.pre).collect();
    let (low, high) = (scores.iter().copied().fold(f64::MAX, f64::min), scores.iter().copied().fold(f64::MIN, f64::max));
    let ys: Vec<f64> = points(drawn, "pre").iter().map(|(_, y)| *y).collect();
    let (top, bottom) = (ys.iter().copied().fold(f64::MAX, f64::min), ys.iter().copied().fold(f64::MIN, f64::max));
    move |score| bottom + (score - low) / (high - low) * (top - bottom)
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-6, "{a} is not {b}");
}

#[test]
fn the_interval_and_the_means_stand_where_the_numbers_say() {
    let (results, individuals) = plausible_trial(1, 30);
    let drawn = paired(&results, &individuals);
    let y = y_of(&drawn, &individuals);
    let Some(Ok(Finding::PairedT(t))) = results.finding("bdi2", Method::PairedT) else { panic!("no paired t") };
    let Some(Ok(Finding::Describe(describe))) = results.finding("bdi2", Method::Describe) else { panic!("no describe") };
    let (mean_pre, mean_post) = (*describe.pre.mean.ok().unwrap(), *describe.post.mean.ok().unwrap());
    let interval = t.interval.ok().unwrap();
    let drawn_interval = line(&drawn, "interval");
    close(drawn_interval[0].1, y(mean_pre + interval.lower));
    close(drawn_interval[1].1, y(mean_pre + interval.upper));
    close(points(&drawn, "mean-pre")[0].1, y(mean_pre));
    close(points(&drawn, "mean-post")[0].1, y(mean_post));
    // 0 of the change axis stands at the pre mean, so that the mean change stands at the post mean.
    close(line(&drawn, "zero")[0].1, y(mean_pre));
    close(points(&drawn, "mean-change")[0].1, y(mean_post));
}

#[test]
fn everyone_has_a_line_and_a_change() {
    let mut scores = plausible_scores(30);
    scores[4].1 = None;
    let (results, individuals) = trial(&[(bdi2(), scores)]);
    let drawn = paired(&results, &individuals);
    assert_eq!(role_count(&drawn, "person"), 29);
    assert_eq!(role_count(&drawn, "change"), 29);
    assert!(texts(&drawn, "subtitle")[0].starts_with("n = 29 pairs of 30; mean change −5."), "{:?}", texts(&drawn, "subtitle"));
    assert_eq!(texts(&drawn, "axis-title"), ["Score (points)", "Change (points), better ↓"]);
    assert!(drawn.notes.is_empty());
}

#[test]
fn many_people_are_a_sample_and_it_says_so() {
    let (results, individuals) = plausible_trial(1, 1200);
    let drawn = paired(&results, &individuals);
    assert_eq!(role_count(&drawn, "person"), 300);
    assert_eq!(role_count(&drawn, "quartile-band"), 1);
    assert!(drawn.notes[0].starts_with("300 of 1200 people"), "{:?}", drawn.notes);
    assert!(drawn.caption.contains("300 of 1200 people"));
    assert!(texts(&drawn, "note")[0].starts_with("300 of 1200 people"));
}

#[test]
fn the_order_of_rows_does_not_show() {
    let (results, mut individuals) = plausible_trial(1, 40);
    let drawn = paired(&results, &individuals);
    individuals.0.reverse();
    assert_eq!(drawn, paired(&results, &individuals));
}

#[test]
fn the_text_alternative_states_the_numbers() {
    let (results, individuals) = plausible_trial(1, 30);
    let drawn = paired(&results, &individuals);
    for part in ["n = 30 complete pairs of 30 subjects.", "better ↓", "mean change −5.", "95\u{a0}% CI", "improved"] {
        assert!(drawn.alt_text.contains(part), "{part}: {}", drawn.alt_text);
    }
    assert!(drawn.caption.contains("Student's t"));
}

#[test]
fn what_cannot_be_drawn_says_why() {
    let reason = |results: &Results, individuals: Option<&Individuals>, id: Option<&str>| {
        figure(FigureKind::Paired, id, &Drawing { results, individuals }, Preset::Journal).unwrap_err().reason
    };
    let (results, individuals) = plausible_trial(1, 10);
    assert!(reason(&results, None, Some("bdi2")).contains("individuals.csv"));
    assert!(reason(&results, Some(&individuals), Some("phq9")).contains("phq9"));
    assert!(reason(&results, Some(&individuals), None).contains("one outcome"));
    let fewer = Individuals(individuals.0[..5].to_vec());
    assert!(reason(&results, Some(&fewer), Some("bdi2")).contains("do not belong together"));
    let (results, individuals) = trial(&[(bdi2(), vec![(Some(1.0), None), (None, Some(2.0))])]);
    assert!(reason(&results, Some(&individuals), Some("bdi2")).contains("both a pre and a post"));
}

#[test]
fn one_pair_is_drawn_without_an_interval_and_says_why() {
    let (results, individuals) = trial(&[(bdi2(), vec![(Some(20.0), Some(12.0))])]);
    assert!(results.finding("bdi2", Method::PairedT).unwrap().is_err());
    let drawing = Drawing { results: &results, individuals: Some(&individuals) };
    for kind in [FigureKind::Paired, FigureKind::Raincloud, FigureKind::Waterfall] {
        let drawn = figure(kind, Some("bdi2"), &drawing, Preset::Journal).unwrap();
        let subtitle = texts(&drawn, "subtitle").join(" ");
        assert!(subtitle.starts_with("n = 1 pair of 1; mean change −8.0 points (no interval: needs at least 2 pairs"), "{subtitle}");
        assert!(drawn.alt_text.contains("n = 1 complete pair of 1 subject."), "{}", drawn.alt_text);
    }
    let drawn = paired(&results, &individuals);
    assert_eq!((role_count(&drawn, "interval"), role_count(&drawn, "mean-change")), (0, 1));
    assert!(drawn.caption.contains("without an interval (needs at least 2 pairs, found 1)"), "{}", drawn.caption);
}

#[test]
fn every_axis_has_ticks_that_differ() {
    let small = (0..12).map(|i| (Some(0.2 + 0.07 * f64::from(i)), Some(0.2 + 0.07 * f64::from(i) + 0.02 * f64::from(i % 3 - 1)))).collect();
    for scores in [small, vec![(Some(20.0), Some(20.0)); 12], vec![(Some(0.85), Some(0.87))], vec![(Some(-3.0), Some(-3.0))]] {
        let (results, individuals) = trial(&[(outcome("bdi2"), scores)]);
        let drawing = Drawing { results: &results, individuals: Some(&individuals) };
        for preset in [Preset::Journal, Preset::JournalWide, Preset::Slide, Preset::Poster] {
            for (kind, roles) in [
                (FigureKind::Paired, &["tick-label", "change-tick-label"][..]),
                (FigureKind::Raincloud, &["tick-label"]),
                (FigureKind::Waterfall, &["tick-label"]),
            ] {
                let drawn = figure(kind, Some("bdi2"), &drawing, preset).unwrap();
                for role in roles {
                    let mut labels = texts(&drawn, role);
                    labels.dedup();
                    assert!(labels.len() >= 3, "{kind:?} {preset:?} {role}: {labels:?}");
                }
            }
        }
    }
}

#[test]
fn the_shape_of_a_change_says_its_direction() {
    let (results, individuals) = trial(&[(bdi2(), [8.0, 10.0, 13.0].map(|post| (Some(10.0), Some(post))).to_vec())]);
    let drawn = paired(&results, &individuals);
    let shapes = with_role(&drawn, "change").filter_map(|mark| if let Mark::Point { shape, .. } = mark { Some(*shape) } else { None });
    assert_eq!(shapes.collect::<Vec<_>>(), [Shape::TriangleDown, Shape::Circle, Shape::TriangleUp]);
    assert!(drawn.caption.contains("▲ rise, ▼ fall"), "{}", drawn.caption);
}

#[test]
fn ids_that_differ_only_in_case_have_files_of_their_own() {
    let (results, _) = trial(&["AGR", "agr", "Mood"].map(|id| (outcome(id), plausible_scores(4))));
    let stem = |id| file_stem_in(&results, Some(id), FigureKind::Paired);
    assert_eq!((stem("agr"), stem("Mood")), ("agr-paired".into(), "Mood-paired".into()));
    assert!(stem("AGR").starts_with("agr-") && stem("AGR") != "agr-paired", "{}", stem("AGR"));
}

#[test]
fn no_mark_carries_a_subject() {
    let (results, individuals) = plausible_trial(1, 30);
    let drawn = paired(&results, &individuals);
    assert!(drawn.marks.iter().all(|mark| !matches!(mark, Mark::Text { text, .. } if text.contains("S0"))));
}
