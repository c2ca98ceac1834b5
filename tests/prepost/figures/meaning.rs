//! Reliable change, severity bands, responders, regression to the mean: what stands where.

use prepost::figure::{Drawing, Figure, Fonts, Mark, draw, figure, resolution};
use prepost::plan::{FigureKind, Preset};
use prepost::results::{Finding, Individuals, Method, Results};
use prepost::stats::{Estimable, NotEstimable};
use prepost::trial::{Direction, Importance, Outcome};

use super::fixture::{bdi2, outcome, plausible_scores, trial};
use super::marks::{bounds, line, points, role_count, texts, with_role};
use super::meaning_fixture::meaningful;
use super::{gallery, layout};

const PRESETS: [(Preset, &str); 4] =
    [(Preset::Journal, "journal"), (Preset::JournalWide, "wide"), (Preset::Slide, "slide"), (Preset::Poster, "poster")];
const KINDS: [FigureKind; 3] = [FigureKind::Reliable, FigureKind::Bands, FigureKind::Regression];

fn drawn(kind: FigureKind, results: &Results, individuals: &Individuals) -> Figure {
    let id = kind.is_per_outcome().then_some("bdi2");
    figure(kind, id, &Drawing { results, individuals: Some(individuals) }, Preset::Journal).unwrap()
}

fn record(results: &Results, method: Method) -> &Finding {
    results.finding("bdi2", method).unwrap().unwrap()
}

fn record_mut(results: &mut Results, method: Method) -> &mut Estimable<Finding> {
    &mut results.analyses.iter_mut().find(|analysis| analysis.key.method == method).unwrap().finding
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-6, "{a} is not {b}");
}

/// Outcomes as a trial has them: with and without facts, labels long and foreign.
pub fn outcomes(n: usize) -> Vec<(Outcome, Vec<super::fixture::Scores>)> {
    let named = |label: &str, id: &str| Outcome { label: label.into(), ..outcome(id) };
    let long = "Return-to-work readiness as rated by the occupational physician, the employer and the person concerned";
    vec![
        (bdi2(), plausible_scores(n)),
        (named(long, "long"), plausible_scores(n)),
        (named("抑うつ尺度（우울 척도）", "cjk"), plausible_scores(n)),
        (Outcome { direction: Direction::None, ..named("Neither better nor worse", "neither") }, plausible_scores(n)),
        (Outcome { direction: Direction::Higher, ..named("WHOQOL", "whoqol") }, plausible_scores(n)),
    ]
}

#[test]
#[ignore = "writes pictures"]
fn pictures() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery-meaning");
    std::fs::create_dir_all(&folder).unwrap();
    let fonts = Fonts::embedded();
    let write = |drawn: Figure, preset: Preset, name: String| {
        let dpi = if preset == Preset::Poster { 60 } else { resolution(preset, None).min(200) };
        std::fs::write(folder.join(format!("{name}.png")), draw::png(&drawn, dpi, &fonts).unwrap()).unwrap();
    };
    for (preset, preset_name) in PRESETS {
        for (name, case) in gallery::cases() {
            let (results, individuals) = meaningful(std::slice::from_ref(&case));
            let drawing = Drawing { results: &results, individuals: Some(&individuals) };
            for kind in KINDS {
                if let Ok(drawn) = figure(kind, Some(&case.0.id), &drawing, preset) {
                    write(drawn, preset, format!("{name}-{}-{preset_name}", kind.name()));
                }
            }
        }
        for n in [4, 30] {
            let (results, _) = meaningful(&outcomes(n));
            let drawing = Drawing { results: &results, individuals: None };
            write(figure(FigureKind::Responders, None, &drawing, preset).unwrap(), preset, format!("n{n}-responders-{preset_name}"));
        }
    }
}

/// Everything that can be drawn of these outcomes fits its canvas.
fn check_all(outcomes: &[(Outcome, Vec<super::fixture::Scores>)]) {
    let (results, individuals) = meaningful(outcomes);
    let drawing = Drawing { results: &results, individuals: Some(&individuals) };
    for (preset, _) in PRESETS {
        for (outcome, _) in outcomes {
            for kind in KINDS {
                match figure(kind, Some(&outcome.id), &drawing, preset) {
                    Ok(drawn) => {
                        layout::check(&drawn);
                        let svg = draw::svg(&drawn);
                        assert!(!svg.contains("NaN") && !svg.contains("inf\""));
                    }
                    Err(why) => assert!(!why.reason.is_empty()),
                }
            }
        }
        if let Ok(drawn) = figure(FigureKind::Responders, None, &drawing, preset) {
            layout::check(&drawn);
        }
    }
}

#[test]
fn ordinary_and_degenerate_cases_fit() {
    for (_, case) in gallery::cases() {
        check_all(&[case]);
    }
    for n in [1, 4, 30, 300] {
        check_all(&outcomes(n));
    }
    let many: Vec<_> = (0..20).map(|i| (outcome(&format!("scale {i}")), plausible_scores(12))).collect();
    check_all(&many);
}

#[test]
fn the_band_and_the_cutoff_stand_where_the_record_says() {
    let (results, individuals) = meaningful(&[(bdi2(), plausible_scores(30))]);
    let drawn = drawn(FigureKind::Reliable, &results, &individuals);
    let Finding::ReliableChange(change) = record(&results, Method::ReliableChange) else { panic!("another record") };
    // Two ticks tell millimetres a point, and where 0 stands.
    let labels: Vec<f64> = texts(&drawn, "tick-label").iter().map(|label| label.parse().unwrap()).collect();
    let ticks = bounds(&drawn, "tick");
    let (first, last) = (ticks[0].top, ticks[2 * labels.len() - 2].top);
    let y = |score: f64| first + (score - labels[0]) / (labels[labels.len() - 1] - labels[0]) * (last - first);
    let limit = change.error.smallest_detectable_change;
    let Some(Mark::Polygon { points: corners, .. }) = with_role(&drawn, "band").next() else { panic!("no band") };
    close(corners[0].1 - corners[1].1, y(0.0) - y(limit));
    close(corners[5].0 - corners[0].0, y(0.0) - y(limit));
    let value = *change.cutoffs.iter().find(|row| Some(row.kind) == change.deciding).unwrap().value.ok().unwrap();
    close(line(&drawn, "cutoff-post")[0].1, y(value));
    close(line(&drawn, "cutoff-pre")[0].0 - corners[0].0, corners[0].1 - y(value));
    assert!(drawn.alt_text.contains("cut-off c"), "{}", drawn.alt_text);
}

#[test]
fn everyone_is_drawn_in_the_class_of_the_record() {
    let (results, individuals) = meaningful(&[(bdi2(), plausible_scores(30))]);
    let drawn = drawn(FigureKind::Reliable, &results, &individuals);
    let Finding::ReliableChange(change) = record(&results, Method::ReliableChange) else { panic!("another record") };
    let classes = change.classes.ok().unwrap();
    let recorded = [classes.recovered.ok().unwrap(), &classes.improved, &classes.unchanged, &classes.deteriorated];
    for (role, share) in ["recovered", "improved", "unchanged", "deteriorated"].into_iter().zip(recorded) {
        assert_eq!(role_count(&drawn, role) as u64, share.count, "{role}");
        assert!(texts(&drawn, "key").iter().any(|text| text.starts_with(&format!("{role} {} (", share.count))), "{role}");
    }
    assert!(drawn.notes.is_empty());
    let (results, individuals) = meaningful(&[(bdi2(), plausible_scores(300))]);
    let crowded =
        figure(FigureKind::Reliable, Some("bdi2"), &Drawing { results: &results, individuals: Some(&individuals) }, Preset::Journal);
    assert!(crowded.unwrap().notes[0].starts_with("Larger points"));
}

#[test]
fn flows_are_the_counts_and_add_up() {
    let (results, individuals) = meaningful(&[(bdi2(), plausible_scores(30))]);
    let drawn = drawn(FigureKind::Bands, &results, &individuals);
    let Finding::BandShift(shift) = record(&results, Method::BandShift) else { panic!("another record") };
    let n: u64 = shift.counts.iter().flatten().sum();
    let height = |role: &str| -> f64 { bounds(&drawn, role).iter().map(|bar| bar.bottom - bar.top).sum() };
    close(height("band-pre"), height("band-post"));
    let unit = height("band-pre") / n as f64;
    let thick = |mark: &Mark| match mark {
        Mark::Polygon { points, .. } => points[points.len() - 1].1 - points[0].1,
        _ => panic!("a flow is a polygon"),
    };
    let k = shift.bands.len();
    let sum = |keep: &dyn Fn(usize, usize) -> bool| -> u64 {
        (0..k).flat_map(|i| (0..k).map(move |j| (i, j))).filter(|&(i, j)| keep(i, j)).map(|(i, j)| shift.counts[i][j]).sum()
    };
    // Lower is better, and the record runs from the lowest band to the highest.
    for (role, count) in [("flow-better", sum(&|i, j| j < i)), ("flow-same", sum(&|i, j| i == j)), ("flow-worse", sum(&|i, j| j > i))] {
        close(with_role(&drawn, role).map(thick).sum(), count as f64 * unit);
    }
    let names = texts(&drawn, "band-name");
    let pre = |band: usize| shift.counts[band].iter().sum::<u64>();
    assert_eq!(names[0], format!("severe {}", pre(3)));
    assert_eq!(names[3], format!("minimal {}", pre(0)));
}

#[test]
fn responders_are_the_shares_and_a_scale_without_mcid_says_so() {
    let (results, individuals) = meaningful(&outcomes(30));
    let drawn = drawn(FigureKind::Responders, &results, &individuals);
    let Finding::Responders(record) = record(&results, Method::Responders) else { panic!("another record") };
    let shares = record.thresholds[0].shares.ok().unwrap();
    let (response, worse) = (shares.response.ok().unwrap(), shares.deterioration.ok().unwrap());
    let axis = line(&drawn, "axis");
    let x = |share: f64| axis[0].0 + share * (axis[1].0 - axis[0].0);
    let interval = line(&drawn, "interval");
    close(interval[0].0, x(response.wilson.lower));
    close(interval[1].0, x(response.wilson.upper));
    close(points(&drawn, "share-improved")[0].0, x(response.share));
    close(bounds(&drawn, "worsened")[0].left, x(1.0 - worse.share));
    assert_eq!(texts(&drawn, "reason"), ["No established MCID: Neither better nor worse"]);
    assert!(drawn.alt_text.contains("Neither better nor worse: no established MCID"), "{}", drawn.alt_text);
    assert!(texts(&drawn, "share")[0].contains("n = 30; MCID 5 points"), "{:?}", texts(&drawn, "share"));
}

#[test]
fn the_waterfall_has_lines_at_the_changes_that_mean_something() {
    let (results, individuals) = meaningful(&outcomes(30));
    let drawn = drawn(FigureKind::Waterfall, &results, &individuals);
    let Finding::Responders(responders) = record(&results, Method::Responders) else { panic!("another record") };
    let Finding::ReliableChange(reliable) = record(&results, Method::ReliableChange) else { panic!("another record") };
    let ticks = bounds(&drawn, "tick");
    let zero = line(&drawn, "zero")[0].1;
    let mcid = responders.thresholds[0].threshold.fact.value.to_f64();
    // Two ticks give the scale: their labels are their values.
    let values: Vec<f64> = texts(&drawn, "tick-label").iter().map(|text| text.replace('\u{2212}', "-").parse().unwrap()).collect();
    let point = (ticks[1].top - ticks[0].top) / (values[1] - values[0]);
    let levels = bounds(&drawn, "level");
    let has = |change: f64| levels.iter().any(|line| (line.top - (zero + change * point)).abs() < 0.05);
    assert!(has(-mcid) && has(-reliable.error.smallest_detectable_change), "{levels:?}");
    assert!(drawn.alt_text.contains("Dashed, where the axis reaches: MCID \u{b1}5, reliable change \u{b1}"), "{}", drawn.alt_text);
    assert_eq!(texts(&drawn, "level-name").len(), levels.len());
}

/// A substantial change is never called the MCID.
#[test]
fn a_substantial_threshold_is_called_what_it_is() {
    let (mut results, individuals) = meaningful(&outcomes(30));
    let least = drawn(FigureKind::Responders, &results, &individuals);
    assert!(least.alt_text.starts_with("Share of people who changed by the MCID or more"), "{}", least.alt_text);
    for analysis in &mut results.analyses {
        if let Estimable::Estimated(Finding::Responders(record)) = &mut analysis.finding {
            record.thresholds[0].threshold.fact.kind = Importance::Substantial;
        }
    }
    let drawn = drawn(FigureKind::Responders, &results, &individuals);
    assert!(texts(&drawn, "share")[0].contains("n = 30; substantial change 5 points"), "{:?}", texts(&drawn, "share"));
    for text in [drawn.alt_text.replace("no established MCID", ""), drawn.caption.clone(), texts(&drawn, "subtitle").concat()] {
        assert!(!text.contains("MCID"), "{text}");
    }
}

#[test]
fn the_curve_and_its_band_are_those_of_the_record() {
    let (results, individuals) = meaningful(&[(bdi2(), plausible_scores(30))]);
    let drawn = drawn(FigureKind::Regression, &results, &individuals);
    let Finding::RegressionToMean(record) = record(&results, Method::RegressionToMean) else { panic!("another record") };
    let net = record.net.ok().unwrap();
    let (zero, raw) = (line(&drawn, "zero")[0].1, line(&drawn, "raw-change")[0].1);
    let y = |value: f64| zero + value / net.mean_change * (raw - zero);
    let curve = line(&drawn, "net-change");
    assert_eq!(curve.len(), record.curve.len());
    for (place, at) in curve.iter().zip(&record.curve) {
        close(place.1, y(at.net.ok().unwrap().estimate));
    }
    let Some(Mark::Polygon { points: band, .. }) = with_role(&drawn, "interval-band").next() else { panic!("no band") };
    close(band[0].1, y(record.curve[0].net.ok().unwrap().interval.upper));
    close(band[band.len() - 1].1, y(record.curve[0].net.ok().unwrap().interval.lower));
    let at = net.net.ok().unwrap();
    close(points(&drawn, "net-change-assumed")[0].1, y(at.estimate));
    close(line(&drawn, "interval")[1].1, y(at.interval.upper));
    // With r = 1 nothing regresses.
    close(curve[curve.len() - 1].1, raw);
}

#[test]
fn what_cannot_be_drawn_says_why_and_whether_a_fact_is_missing() {
    let (mut results, individuals) = meaningful(&[(bdi2(), plausible_scores(30))]);
    let why = |results: &Results, individuals: Option<&Individuals>, kind: FigureKind| {
        let id = kind.is_per_outcome().then_some("bdi2");
        figure(kind, id, &Drawing { results, individuals }, Preset::Journal).unwrap_err()
    };
    let people = why(&results, None, FigureKind::Reliable);
    assert!(people.reason.contains("individuals.csv") && !people.lacks_fact, "{people:?}");
    let mut others = individuals.clone();
    others.0.iter_mut().for_each(|row| row.meaning.reliable_change = None);
    assert!(why(&results, Some(&others), FigureKind::Reliable).reason.contains("do not belong together"));
    let kinds = [
        (FigureKind::Reliable, Method::ReliableChange),
        (FigureKind::Bands, Method::BandShift),
        (FigureKind::Responders, Method::Responders),
        (FigureKind::Regression, Method::RegressionToMean),
    ];
    for (kind, method) in kinds {
        *record_mut(&mut results, method) = Estimable::NotEstimable(NotEstimable::Withheld { min_cell: 5 });
        let withheld = why(&results, Some(&individuals), kind);
        assert!(withheld.reason.contains("fewer than 5 people") && !withheld.lacks_fact, "{withheld:?}");
        *record_mut(&mut results, method) = Estimable::NotEstimable(NotEstimable::FactUnknown { fact: "norm".into(), add: "one".into() });
        assert!(why(&results, Some(&individuals), kind).lacks_fact, "{kind:?}");
    }
    // Results of an earlier version have none of these records.
    let (bare, individuals) = trial(&[(bdi2(), plausible_scores(30))]);
    assert!(kinds.iter().all(|(kind, _)| why(&bare, Some(&individuals), *kind).lacks_fact));
}
