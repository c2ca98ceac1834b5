//! The flow figure: every number of the ledger in a box, and the boxes add up.

use prepost::figure::{Drawing, Figure, Mark, NotDrawn, figure};
use prepost::plan::{FigureKind, Preset};
use prepost::results::{Participants, Results};
use prepost::trial::{FileRows, Ledger, Loss, LossCount, RowFate};

use super::fixture::{bdi2, outcome, plausible_scores, plausible_trial, trial};
use super::layout;

const PRESETS: [Preset; 4] = [Preset::Journal, Preset::JournalWide, Preset::Slide, Preset::Poster];

fn flow(results: &Results, preset: Preset) -> Result<Figure, NotDrawn> {
    figure(FigureKind::Flow, None, &Drawing { results, individuals: None }, preset)
}

fn read(results: &Results) -> &Ledger {
    results.participants.ledger().expect("nothing is withheld")
}

fn ledger(results: &mut Results) -> &mut Ledger {
    match &mut results.participants {
        Participants::Full(ledger) => ledger,
        Participants::Withheld(_) => panic!("nothing is withheld"),
    }
}

/// The texts of a role with their baselines.
fn texts(figure: &Figure, wanted: &str) -> Vec<(f64, String)> {
    let text = |mark: &Mark| match mark {
        Mark::Text { role, text, y, .. } if *role == wanted => Some((*y, text.clone())),
        _ => None,
    };
    figure.marks.iter().filter_map(text).collect()
}

/// The number after the colon of a line that begins with `name`.
fn counted(figure: &Figure, name: &str) -> usize {
    let lines = texts(figure, "count").into_iter().chain(texts(figure, "reason"));
    let line = lines.map(|(_, text)| text).find(|text| text.starts_with(name)).unwrap_or_default();
    number(line.rsplit(':').next().unwrap_or_default())
}

fn number(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(usize::MAX)
}

/// Subjects lost in several ways, rows in two files with several fates.
fn with_losses(k: usize) -> Results {
    let outcomes: Vec<_> = (0..k)
        .map(|i| {
            let mut scores = plausible_scores(30 - i % 4);
            scores[3].1 = None;
            scores[5].0 = None;
            scores[(7 + i) % 20].1 = None;
            (if i == 0 { bdi2() } else { outcome(&format!("outcome{i}")) }, scores)
        })
        .collect();
    let mut results = trial(&outcomes).0;
    let file = |name: &str, read, fates: &[(RowFate, usize)]| FileRows { file: name.into(), read, fates: fates.to_vec() };
    ledger(&mut results).files = vec![
        file("pre.csv", 33, &[(RowFate::Used, 30), (RowFate::Blank, 2), (RowFate::Filtered, 1)]),
        file("post.csv", 12_029, &[(RowFate::Used, 29), (RowFate::OtherVisit, 12_000)]),
    ];
    assert!(read(&results).reconciles());
    results
}

#[test]
fn the_boxes_of_one_outcome_reconcile() {
    let results = with_losses(1);
    for preset in PRESETS {
        let figure = flow(&results, preset).unwrap();
        layout::check(&figure);
        let of = |name| counted(&figure, name);
        assert_eq!(of("Rows read"), of("pre.csv") + of("post.csv"));
        assert_eq!(of("Rows not used"), of("empty rows") + of("excluded by the plan's filter") + of("other visits"));
        assert_eq!(of("Rows read"), of("Rows not used") + of("in 59 rows used").min(59));
        assert_eq!(of("Subjects"), of("With a pre score") + of("Without a pre score"));
        assert_eq!(of("With a pre score"), of("Pairs analysed") + of("Without a post score"));
        assert_eq!(of("Pairs analysed"), read(&results).outcomes[0].pairs);
        assert_eq!(figure.marks.iter().filter(|mark| mark.role() == "side-box").count(), 3);
    }
}

#[test]
fn losses_that_cannot_be_split_by_visit_stand_in_one_box() {
    let mut results = trial(&[(bdi2(), plausible_scores(10))]).0;
    let ledger = &mut ledger(&mut results).outcomes[0];
    // A subject without either score, booked under the post visit.
    ledger.pairs -= 1;
    ledger.with_pre -= 1;
    ledger.with_post -= 1;
    ledger.losses = vec![LossCount { loss: Loss::NoPostRow, count: 1 }];
    let figure = flow(&results, Preset::Journal).unwrap();
    layout::check(&figure);
    assert_eq!(counted(&figure, "Subjects"), counted(&figure, "Pairs analysed") + counted(&figure, "Without a pair"));
    assert_eq!(counted(&figure, "with a pre score"), 9);
}

#[test]
fn the_rows_of_several_outcomes_reconcile() {
    for k in [2, 5, 20] {
        let results = with_losses(k);
        for preset in PRESETS {
            let figure = flow(&results, preset).unwrap();
            layout::check(&figure);
            let subjects = counted(&figure, "Subjects");
            let pairs = texts(&figure, "pairs");
            let (pre, post, losses) = (texts(&figure, "with-pre"), texts(&figure, "with-post"), texts(&figure, "loss"));
            assert_eq!(pairs.len(), k);
            for (i, (y, found)) in pairs.iter().enumerate() {
                let ledger = &read(&results).outcomes[i];
                let lost: usize = losses.iter().filter(|(at, _)| at == y).map(|(_, text)| number(text)).sum();
                assert_eq!(subjects, number(found) + lost, "{preset:?} row {i}");
                assert_eq!((number(&pre[i].1), number(&post[i].1)), (ledger.with_pre, ledger.with_post));
            }
        }
    }
}

#[test]
fn the_height_and_the_type_stay_within_the_preset() {
    for k in [1, 2, 10, 20] {
        let results = with_losses(k);
        for (preset, least, highest) in
            [(Preset::Journal, 5.0, 170.0), (Preset::JournalWide, 5.0, 170.0), (Preset::Slide, 9.0, 190.5), (Preset::Poster, 14.0, 420.0)]
        {
            let figure = flow(&results, preset).unwrap();
            let sizes = figure.marks.iter().filter_map(|mark| if let Mark::Text { size, .. } = mark { Some(*size) } else { None });
            assert!(sizes.fold(f64::INFINITY, f64::min) / 25.4 * 72.0 >= least - 1e-6);
            assert!(figure.size.height <= highest + 1e-6 || !figure.notes.is_empty(), "{k} {preset:?}: {}", figure.size.height);
        }
    }
}

#[test]
fn many_files_are_summed_up() {
    let mut results = with_losses(2);
    let files = (0..9).map(|i| FileRows { file: format!("site {i}.csv"), read: 10, fates: vec![(RowFate::Used, 10)] });
    ledger(&mut results).files = files.collect();
    let figure = flow(&results, Preset::Journal).unwrap();
    layout::check(&figure);
    assert_eq!(counted(&figure, "Rows read"), 90);
    assert_eq!(counted(&figure, "6 more files"), 60);
    assert!(figure.alt_text.contains("site 8.csv 10"));
}

#[test]
fn a_ledger_that_does_not_add_up_is_not_drawn() {
    let mut results = with_losses(2);
    ledger(&mut results).outcomes[1].pairs += 1;
    assert!(flow(&results, Preset::Journal).is_err());
}

#[test]
fn hostile_labels_and_files_are_inert() {
    let mut results = with_losses(4);
    let hostile = ["<script>x</script>&", "\u{202e}abc\u{0}\n", "抑うつ尺度の合計点（日本語版）二十一項目版", &"x".repeat(300)];
    for (outcome, label) in results.outcomes.iter_mut().zip(hostile) {
        outcome.label = label.into();
    }
    ledger(&mut results).files[0].file = "<script>.csv".repeat(9);
    results.trial.title = Some("<b>".repeat(200));
    for preset in PRESETS {
        let figure = flow(&results, preset).unwrap();
        layout::check(&figure);
        assert!(!prepost::figure::draw::svg(&figure).contains("<script"));
    }
}

#[test]
fn one_is_not_a_plural() {
    let mut results = trial(&[(bdi2(), vec![(Some(20.0), Some(12.0))]), (outcome("lost"), vec![(Some(20.0), None)])]).0;
    ledger(&mut results).files = vec![FileRows { file: "one.csv".into(), read: 1, fates: vec![(RowFate::Used, 1)] }];
    let figure = flow(&results, Preset::Journal).unwrap();
    layout::check(&figure);
    let shown: String =
        figure.marks.iter().filter_map(|m| if let Mark::Text { text, .. } = m { Some(format!("{text}\n")) } else { None }).collect();
    for words in [&figure.alt_text, &figure.caption, &shown] {
        assert!(!["1 rows", "1 subjects", "1 pairs"].iter().any(|plural| words.contains(plural)), "{words}");
    }
    assert!(figure.alt_text.contains("1 row read") && figure.alt_text.contains("1 subject."), "{}", figure.alt_text);
}

#[test]
fn the_same_results_give_the_same_figure() {
    let (results, _) = plausible_trial(6, 30);
    assert_eq!(flow(&results, Preset::Poster), flow(&results, Preset::Poster));
}
