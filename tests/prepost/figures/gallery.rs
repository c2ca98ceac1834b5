//! Pictures to look at: `cargo test gallery -- --ignored` writes them to `target/gallery`.

use prepost::figure::{Drawing, Fonts, draw, figure, resolution};
use prepost::plan::{FigureKind, Preset};
use prepost::trial::Outcome;

use super::fixture::{Scores, bdi2, outcome, plausible_scores, trial};

#[test]
#[ignore = "writes pictures"]
fn gallery() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    std::fs::create_dir_all(&folder).unwrap();
    let fonts = Fonts::embedded();
    whole_trial(&folder, &fonts);
    for (name, case) in cases() {
        let (results, individuals) = trial(std::slice::from_ref(&case));
        let drawing = Drawing { results: &results, individuals: Some(&individuals) };
        for kind in [FigureKind::Paired, FigureKind::Raincloud, FigureKind::Waterfall] {
            for (preset, preset_name) in
                [(Preset::Journal, "journal"), (Preset::JournalWide, "wide"), (Preset::Slide, "slide"), (Preset::Poster, "poster")]
            {
                let drawn = figure(kind, Some(&case.0.id), &drawing, preset).unwrap();
                let dpi = if preset == Preset::Poster { 100 } else { resolution(preset, None) };
                let bytes = draw::png(&drawn, dpi, &fonts).unwrap();
                let stem = format!("{name}-{}-{preset_name}", kind.name());
                std::fs::write(folder.join(format!("{stem}.png")), bytes).unwrap();
                std::fs::write(folder.join(format!("{stem}.svg")), draw::svg(&drawn)).unwrap();
                if preset == Preset::Journal {
                    std::fs::write(folder.join(format!("{stem}.pdf")), draw::pdf(&drawn, &fonts).unwrap()).unwrap();
                }
            }
        }
    }
}

/// Forest and flow of a trial with one pair, constant changes and an outcome without direction among others.
fn whole_trial(folder: &std::path::Path, fonts: &Fonts) {
    let neither = Outcome { direction: prepost::trial::Direction::None, ..outcome("neither") };
    let mut lossy = plausible_scores(24);
    lossy[2].1 = None;
    let outcomes = [
        (bdi2(), plausible_scores(20)),
        (outcome("lone"), plausible_scores(1)),
        (outcome("equal"), vec![(Some(20.0), Some(20.0)); 12]),
        (neither, lossy),
    ];
    for (name, outcomes) in [("trial", &outcomes[..]), ("lone", &outcomes[1..2])] {
        let (results, _) = trial(outcomes);
        for kind in [FigureKind::Forest, FigureKind::Flow] {
            for (preset, preset_name) in [(Preset::Journal, "journal"), (Preset::Slide, "slide")] {
                let drawn = figure(kind, None, &Drawing { results: &results, individuals: None }, preset).unwrap();
                let bytes = draw::png(&drawn, resolution(preset, None), fonts).unwrap();
                std::fs::write(folder.join(format!("{name}-{}-{preset_name}.png", kind.name())), bytes).unwrap();
            }
        }
    }
}

/// Ordinary and degenerate cases, by name.
pub fn cases() -> Vec<(&'static str, (Outcome, Vec<Scores>))> {
    let mut some_missing = plausible_scores(30);
    some_missing[7].1 = None;
    let mut outlier = plausible_scores(30);
    outlier[3] = (Some(20.0), Some(900.0));
    let long = Outcome {
        label: "Return-to-work readiness as rated by the occupational physician, the employer and the person concerned (sum of the three raters) 社会復帰準備性尺度（三者評価）".into(),
        unit: Some("standardised points of the three raters, weighted by the number of weeks seen".into()),
        ..outcome("long")
    };
    let higher = Outcome { direction: prepost::trial::Direction::Higher, ..outcome("higher") };
    let neither = Outcome { direction: prepost::trial::Direction::None, ..outcome("neither") };
    let cjk = Outcome { label: "抑うつ尺度（우울 척도）".into(), unit: Some("点".into()), ..bdi2() };
    let odd = Outcome { label: "emoji 😀 ± é ß `c` & T´o".into(), unit: Some("`u`".into()), ..bdi2() };
    // Scores of 0 … 1 that hardly change.
    let fine = (0..20).map(|i| (Some(0.3 + 0.03 * f64::from(i)), Some(0.3 + 0.03 * f64::from(i) + 0.01 * f64::from(i % 5 - 2)))).collect();
    vec![
        ("odd", (odd, plausible_scores(12))),
        ("fine", (Outcome { direction: prepost::trial::Direction::Higher, ..outcome("fine") }, fine)),
        ("cjk", (cjk, plausible_scores(30))),
        ("n4", (bdi2(), plausible_scores(4))),
        ("n30", (bdi2(), some_missing)),
        ("n300", (bdi2(), plausible_scores(300))),
        ("n1200", (bdi2(), plausible_scores(1200))),
        ("n1", (bdi2(), plausible_scores(1))),
        ("equal", (outcome("equal"), vec![(Some(20.0), Some(20.0)); 12])),
        ("floor", (bdi2(), (0..40).map(|i| (Some(f64::from(i % 9)), Some(f64::from((i % 9 - 5).max(0))))).collect())),
        ("outlier", (outcome("outlier"), outlier)),
        ("long", (long, plausible_scores(30))),
        ("higher", (higher, plausible_scores(30).into_iter().map(|(pre, post)| (pre.map(|x| x / 10.0), post.map(|x| x / 10.0))).collect())),
        ("neither", (neither, plausible_scores(17))),
    ]
}
