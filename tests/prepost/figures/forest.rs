//! The forest figure: markers and intervals where the numbers say, rows in their order, nothing over anything.

use prepost::figure::{Drawing, Figure, Mark, NotDrawn, Shape, Weight, figure};
use prepost::plan::{Effect as Headline, FigureKind, Preset};
use prepost::results::{Finding, Method, Results};
use prepost::stats::{Estimable, Interval, NotEstimable};
use prepost::trial::{Direction, Role};

use super::fixture::{bdi2, outcome, plausible_scores, plausible_trial, trial};
use super::layout;

const PRESETS: [Preset; 4] = [Preset::Journal, Preset::JournalWide, Preset::Slide, Preset::Poster];

fn forest(results: &Results, preset: Preset) -> Result<Figure, NotDrawn> {
    figure(FigureKind::Forest, None, &Drawing { results, individuals: None }, preset)
}

fn texts<'a>(figure: &'a Figure, wanted: &str) -> Vec<&'a str> {
    let text = |mark: &'a Mark| match mark {
        Mark::Text { role, text, .. } if *role == wanted => Some(text.as_str()),
        _ => None,
    };
    figure.marks.iter().filter_map(text).collect()
}

fn lines<'a>(figure: &'a Figure, wanted: &str) -> Vec<&'a [(f64, f64)]> {
    let points = |mark: &'a Mark| match mark {
        Mark::Line { role, points, .. } if *role == wanted => Some(points.as_slice()),
        _ => None,
    };
    figure.marks.iter().filter_map(points).collect()
}

fn points(figure: &Figure, wanted: &str) -> Vec<(f64, f64, Shape)> {
    let point = |mark: &Mark| match mark {
        Mark::Point { role, x, y, shape, .. } if *role == wanted => Some((*x, *y, *shape)),
        _ => None,
    };
    figure.marks.iter().filter_map(point).collect()
}

/// Value → millimetres, from two tick labels and the ticks they stand under.
fn axis(figure: &Figure) -> impl Fn(f64) -> f64 {
    let ticks: Vec<(f64, f64)> = figure
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Text { role: "tick-label", x, text, .. } => Some((text.replace('−', "-").parse().unwrap(), *x)),
            _ => None,
        })
        .collect();
    let (first, last) = (ticks[0], ticks[ticks.len() - 1]);
    assert!(ticks.len() > 1, "{ticks:?}");
    move |value| first.1 + (value - first.0) / (last.0 - first.0) * (last.1 - first.1)
}

fn edit_benefit(results: &mut Results, outcome: &str, estimate: f64, interval: Result<(f64, f64), NotEstimable>) {
    for analysis in results.analyses.iter_mut().filter(|a| a.key.outcome == outcome) {
        if let Estimable::Estimated(Finding::Effect(effect)) = &mut analysis.finding {
            let benefit = effect.benefit.as_mut().unwrap();
            benefit.estimate = estimate;
            benefit.interval = interval.clone().map(|(lower, upper)| Interval { level: 0.95, lower, upper }).into();
        }
    }
}

fn smallest_type(figure: &Figure) -> f64 {
    let sizes = figure.marks.iter().filter_map(|mark| if let Mark::Text { size, .. } = mark { Some(*size) } else { None });
    sizes.fold(f64::INFINITY, f64::min) / 25.4 * 72.0
}

#[test]
fn segments_end_at_the_interval_limits_and_markers_stand_at_the_estimates() {
    let (mut results, _) = plausible_trial(3, 24);
    let wanted = [("bdi2", 0.62, 0.35, 0.89), ("outcome1", -0.25, -0.5, 0.0), ("outcome2", 0.1, -0.4, 0.6)];
    for (id, estimate, lower, upper) in wanted {
        edit_benefit(&mut results, id, estimate, Ok((lower, upper)));
    }
    for preset in PRESETS {
        let figure = forest(&results, preset).unwrap();
        let at = axis(&figure);
        let null = lines(&figure, "null")[0][0].0;
        assert!((null - at(0.0)).abs() < 1e-6);
        for ((segment, point), (_, estimate, lower, upper)) in
            lines(&figure, "interval").iter().zip(points(&figure, "estimate")).zip(wanted)
        {
            assert!((segment[0].0 - at(lower)).abs() < 1e-6 && (segment[1].0 - at(upper)).abs() < 1e-6, "{segment:?}");
            assert!((point.0 - at(estimate)).abs() < 1e-6 && point.1 == segment[0].1, "{point:?}");
        }
    }
}

#[test]
fn rows_are_grouped_by_domain_with_primary_outcomes_first_and_marked() {
    let in_domain = |id: &str, domain: Option<&str>, role| {
        let outcome = prepost::trial::Outcome { domain: domain.map(Into::into), role, ..outcome(id) };
        (outcome, plausible_scores(20))
    };
    let (results, _) = trial(&[
        in_domain("none", None, Role::Secondary),
        in_domain("sleep", Some("sleep"), Role::Secondary),
        in_domain("qol", Some("quality_of_life"), Role::Exploratory),
        in_domain("dep2", Some("depression"), Role::Secondary),
        in_domain("dep1", Some("depression"), Role::Primary),
    ]);
    for preset in PRESETS {
        let figure = forest(&results, preset).unwrap();
        assert_eq!(texts(&figure, "domain").join(" "), "Depression Quality of life Sleep Other");
        assert_eq!(texts(&figure, "label"), ["DEP1", "DEP2", "QOL", "SLEEP", "NONE"]);
        let shapes: Vec<Shape> = points(&figure, "estimate").into_iter().map(|(_, _, shape)| shape).collect();
        assert_eq!(shapes, [Shape::Diamond, Shape::Square, Shape::Square, Shape::Square, Shape::Square]);
        assert_eq!(texts(&figure, "legend"), ["primary", "other"]);
        let bold = figure.marks.iter().any(|m| matches!(m, Mark::Text { role: "label", text, weight: Weight::Bold, .. } if text == "DEP1"));
        assert!(bold);
    }
}

#[test]
fn nothing_overlaps_and_type_stays_readable_from_one_to_twenty_outcomes() {
    for k in [1, 2, 5, 10, 20] {
        let (results, _) = plausible_trial(k, 30);
        for preset in PRESETS {
            let figure = forest(&results, preset).unwrap();
            layout::check(&figure);
            let (least, highest) = match preset {
                Preset::Journal | Preset::JournalWide => (5.0, 170.0),
                Preset::Slide => (9.0, 190.5),
                Preset::Poster => (14.0, 420.0),
            };
            assert!(smallest_type(&figure) >= least - 1e-6, "{k} {preset:?}: {} pt", smallest_type(&figure));
            assert!(figure.size.height <= highest + 1e-6, "{k} {preset:?}: {} mm", figure.size.height);
            assert_eq!(texts(&figure, "n").len(), k);
            assert_eq!(texts(&figure, "p").len(), k);
            assert_eq!(texts(&figure, "change").len(), 3 * k);
        }
    }
}

#[test]
fn more_outcomes_than_a_page_holds_make_it_higher_and_say_so() {
    let (results, _) = plausible_trial(60, 10);
    let figure = forest(&results, Preset::Journal).unwrap();
    layout::check(&figure);
    assert!(figure.size.height > 170.0);
    assert!(figure.notes.iter().any(|note| note.contains("higher")), "{:?}", figure.notes);
}

#[test]
fn refusals_and_outcomes_without_direction_have_their_row_and_reason() {
    let lone = (outcome("lone"), plausible_scores(1));
    let neither = (prepost::trial::Outcome { direction: Direction::None, ..outcome("neither") }, plausible_scores(20));
    let (mut results, _) = trial(&[(bdi2(), plausible_scores(20)), lone, neither, (outcome("bare"), plausible_scores(20))]);
    for analysis in results.analyses.iter_mut().filter(|a| a.key.outcome == "lone" && a.key.method == Method::DAv) {
        analysis.finding = Estimable::NotEstimable(NotEstimable::TooFewPairs { needed: 2, found: 1 });
    }
    edit_benefit(&mut results, "bare", 0.4, Err(NotEstimable::NoCalibratedInterval));
    for preset in PRESETS {
        let figure = forest(&results, preset).unwrap();
        layout::check(&figure);
        let reasons = texts(&figure, "reason").join(" ");
        assert!(reasons.contains("needs at least 2 pairs, found 1"), "{reasons}");
        assert!(reasons.contains("no better direction"), "{reasons}");
        assert!(reasons.contains("no interval"), "{reasons}");
        assert_eq!(points(&figure, "estimate").len(), 2);
        let null = lines(&figure, "null")[0][0].0;
        for mark in figure.marks.iter().filter(|mark| mark.role() == "reason") {
            let bounds = mark.bounds();
            assert!(bounds.right < null || bounds.left > null, "{preset:?}: a reason crosses the line of no change: {mark:?}");
        }
        assert_eq!(lines(&figure, "interval").len(), 1);
        assert!(figure.alt_text.contains("no calibrated interval is known"));
    }
}

#[test]
fn an_interval_far_off_is_cut_with_an_arrow_head_and_the_caption_says_so() {
    let (mut results, _) = plausible_trial(4, 24);
    for (id, estimate, limits) in
        [("bdi2", 0.5, (0.2, 0.8)), ("outcome1", 0.4, (0.1, 0.7)), ("outcome2", 0.3, (-9.0, 9.6)), ("outcome3", 12.3, (2.0, 22.6))]
    {
        edit_benefit(&mut results, id, estimate, Ok(limits));
    }
    for preset in PRESETS {
        let figure = forest(&results, preset).unwrap();
        layout::check(&figure);
        let arrows = figure.marks.iter().filter(|mark| mark.role() == "arrow").count();
        assert!(arrows >= 3, "{preset:?}: {arrows}");
        assert_eq!(points(&figure, "estimate").len(), 3, "the estimate beyond the axis has no marker");
        assert_eq!(texts(&figure, "off-axis"), ["12.30"]);
        assert!(figure.caption.contains("2 intervals run beyond the axis"), "{}", figure.caption);
        let plot = lines(&figure, "axis")[0];
        for segment in lines(&figure, "interval") {
            assert!(segment[0].0 >= plot[0].0 - 1e-9 && segment[1].0 <= plot[1].0 + 1e-9);
        }
    }
}

#[test]
fn the_only_interval_is_shown_whole_beside_an_outcome_without_change() {
    let equal = vec![(Some(20.0), Some(20.0)); 12];
    let (mut results, _) = trial(&[(bdi2(), plausible_scores(20)), (outcome("equal"), equal)]);
    edit_benefit(&mut results, "bdi2", 0.8, Ok((0.35, 1.25)));
    let figure = forest(&results, Preset::Journal).unwrap();
    layout::check(&figure);
    assert_eq!((points(&figure, "estimate").len(), texts(&figure, "off-axis").len()), (2, 0));
    assert!(figure.marks.iter().all(|mark| mark.role() != "arrow"));
}

#[test]
fn the_probability_of_superiority_has_its_null_at_one_half() {
    let (mut results, _) = plausible_trial(2, 24);
    results.provenance.settings.0.analysis.effect = Headline::PSuperiority;
    for analysis in results.analyses.iter_mut().filter(|a| a.key.method == Method::DAv) {
        analysis.key.method = Method::PSuperiority;
    }
    edit_benefit(&mut results, "bdi2", 0.8, Ok((0.6, 0.95)));
    edit_benefit(&mut results, "outcome1", 0.45, Ok((0.3, 0.6)));
    let figure = forest(&results, Preset::Journal).unwrap();
    layout::check(&figure);
    assert!((lines(&figure, "null")[0][0].0 - axis(&figure)(0.5)).abs() < 1e-6);
    assert_eq!(texts(&figure, "axis-title"), ["probability of superiority"]);
}

#[test]
fn hostile_and_long_labels_are_inert_and_stay_in_their_column() {
    let (mut results, _) = plausible_trial(5, 20);
    let labels = [
        "<script>alert(1)</script> & ]]>",
        "a\u{0}b\u{202e}c\nd",
        "Interdisciplinary return-to-work readiness questionnaire, short form, total score at the end of treatment",
        "社会復帰準備性尺度（日本語版）合計点と下位尺度",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    ];
    for (outcome, label) in results.outcomes.iter_mut().zip(labels) {
        outcome.label = label.into();
        outcome.domain = Some(label.into());
    }
    for preset in PRESETS {
        let figure = forest(&results, preset).unwrap();
        layout::check(&figure);
        assert!(!prepost::figure::draw::svg(&figure).contains("<script"));
        assert!(figure.alt_text.contains(labels[2]), "the full label stays in the alternative text");
    }
}

#[test]
fn the_same_results_give_the_same_figure_and_none_without_outcomes() {
    let (results, _) = plausible_trial(6, 30);
    assert_eq!(forest(&results, Preset::Slide), forest(&results, Preset::Slide));
    assert!(forest(&trial(&[]).0, Preset::Journal).is_err());
}

#[test]
fn words_name_the_numbers() {
    let (mut results, _) = plausible_trial(1, 30);
    edit_benefit(&mut results, "bdi2", 0.625, Ok((0.35, 0.89)));
    let figure = forest(&results, Preset::Journal).unwrap();
    assert!(figure.alt_text.contains("BDI-II (primary): n = 30, d_av 0.63 (0.35 to 0.89)"), "{}", figure.alt_text);
    assert!(figure.caption.contains("adjusted by Holm"), "{}", figure.caption);
    assert!(figure.caption.contains("Bonett"), "{}", figure.caption);
}
