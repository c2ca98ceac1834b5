//! How particular findings read: other headlines, one-sided plans, withheld groups, figures as PDF.

use super::fixture::{self, Numbers};
use prepost::plan::{Effect, FigureKind, TestName, WantedChange};
use prepost::report::{FigureAsset, document, to_html, to_markdown};
use prepost::results::{Analysis, Finding, Method, Participants, Population, Results, TestVerdict, Verdict};
use prepost::stats::{Estimable, Interval, NotEstimable, PValue};
use prepost::trial::{Direction, Outcome, Role};

fn text(results: &Results) -> String {
    to_markdown(&document(results, &[])).replace('\u{a0}', " ")
}

fn scale() -> Outcome {
    fixture::outcome("x", "X", "other", Direction::Higher, Role::Primary)
}

/// One outcome that fell clearly, of 20 people.
fn fell() -> Vec<Analysis> {
    fixture::analysed(&scale(), 20, &Numbers { pre: 30.0, change: -4.0, half: 1.5, p: 0.999, adjusted: 0.999, d: -0.5, r: 0.6 })
}

fn trial(analyses: Vec<Analysis>) -> Results {
    fixture::results_of(vec![(scale(), 20)], analyses)
}

#[test]
fn a_probability_turns_about_one_half() {
    let mut results = fixture::five_domains();
    results.provenance.settings.0.analysis.effect = Effect::PSuperiority;
    let text = text(&results);
    assert!(text.contains("above 0.50 = improved; within one group, no comparison group"));
    assert!(text.contains("coded for benefit (above 0.50 = improved)"));
    for line in text.lines().filter(|line| line.contains("positive = improved")) {
        assert!(line.contains("for the probability of superiority above 0.50 = improved"), "{line}");
    }
    assert!(!text.contains("Positive = improved ("), "no column claims it for every row");
}

#[test]
fn a_one_sided_test_that_looked_elsewhere_is_no_conflict() {
    let mut analyses = fell();
    for analysis in &mut analyses {
        if let Estimable::Estimated(Finding::Agreement(record)) = &mut analysis.finding {
            record.agree = false;
            for verdict in &mut record.verdicts {
                verdict.verdict = if verdict.interval.is_some() { Verdict::Decrease } else { Verdict::NoChangeShown };
            }
        }
    }
    let mut results = trial(analyses);
    results.provenance.settings.0.analysis.alternative = WantedChange::Improvement;
    let said = text(&results);
    assert!(said.contains("does not show a change to higher scores, the only one it looked for"), "{said}");
    assert!(said.contains("lies on the other side, at lower scores"));
    assert!(said.contains("that is no conflict between methods"));
    assert!(said.contains("The one-sided tests look only for higher scores at post"));
    assert!(!said.contains("do not agree") && !said.contains("do not all agree"));
    // Two-sided, the same verdicts do conflict.
    results.provenance.settings.0.analysis.alternative = WantedChange::TwoSided;
    assert!(text(&results).contains("do not all agree"));
}

#[test]
fn constant_changes_are_told_plainly() {
    for (mean, said) in [
        (0.0, "**X**: nobody\u{2019}s score changed (n = 20 of 20)"),
        (2.0, "**X**: every score changed by the same +2.0 points (n = 20 of 20)"),
    ] {
        let mut analyses = fell();
        for analysis in &mut analyses {
            match &mut analysis.finding {
                Estimable::Estimated(Finding::PairedT(record)) => {
                    record.mean_change = mean;
                    record.p = Estimable::NotEstimable(NotEstimable::ConstantChange);
                    record.t = Estimable::NotEstimable(NotEstimable::ConstantChange);
                    record.interval = Estimable::NotEstimable(NotEstimable::ConstantChange);
                }
                Estimable::Estimated(Finding::Effect(record)) => {
                    record.std_error = Estimable::Estimated(0.0);
                    record.interval = Estimable::NotEstimable(NotEstimable::ConstantChange);
                    if let Some(benefit) = &mut record.benefit {
                        benefit.interval = Estimable::NotEstimable(NotEstimable::ConstantChange);
                    }
                }
                _ => {}
            }
        }
        let text = text(&trial_of_20(analyses));
        assert!(text.contains(said), "{text}");
        assert!(text.contains("every change is equal"));
    }
}

fn trial_of_20(analyses: Vec<Analysis>) -> Results {
    let mut results = trial(analyses);
    let Participants::Full(ledger) = &mut results.participants else { panic!("nothing is withheld") };
    (ledger.subjects, ledger.outcomes[0].subjects) = (20, 20);
    results
}

#[test]
fn a_pdf_is_linked_and_not_shown_in_place() {
    let figure = FigureAsset {
        kind: FigureKind::Paired,
        outcome: Some("x".into()),
        svg: None,
        file: Some("figures/x-paired.pdf".into()),
        alt: "Every line is one person.".into(),
        caption: "The caption.".into(),
        notes: vec!["A note without a stop".into()],
        not_drawn: None,
    };
    let text = to_markdown(&document(&trial(fell()), &[figure]));
    assert!(text.contains(
        "[Figure: paired figure of X](figures/x-paired.pdf)\n\nEvery line is one person.\n\nThe caption. A note without a stop.\n"
    ));
    assert!(!text.contains("!["));
}

/// The describing analysis of a group, made of that of all pairs.
fn group(analyses: &[Analysis], value: &str, n: usize) -> Analysis {
    let mut analysis = analyses.iter().find(|analysis| analysis.key.method == Method::Describe).cloned().expect("described");
    analysis.key.population = Population::Group { column: "site".into(), value: value.into() };
    analysis.id = analysis.key.id();
    analysis.n = n;
    analysis
}

#[test]
fn everybody_stands_in_the_table_of_groups_or_below_it() {
    let mut analyses = fell();
    analyses.extend([group(&fell(), "North", 9), group(&fell(), "South", 8)]);
    assert!(text(&trial(analyses.clone())).contains("3 of 20 pairs have no value of `site` and stand in no row."));
    let mut small = trial(analyses.clone());
    small.provenance.settings.0.privacy.min_cell = 5;
    assert!(text(&small).contains("Some pairs have no value of `site` and stand in no row."), "a small remainder is not counted out");
    analyses.push(group(&fell(), "", 3));
    let whole = text(&trial(analyses));
    assert!(whole.contains("| No value of `site` | 3 |"));
    assert!(!whole.contains("stand in no row"));
}

#[test]
fn what_is_withheld_shows_no_count() {
    let withheld = || Estimable::NotEstimable(NotEstimable::Withheld { min_cell: 5 });
    let mut analyses = fell();
    let mut north = group(&fell(), "North", 0);
    north.finding = withheld();
    analyses.extend([north, group(&fell(), "South", 17)]);
    let groups = text(&trial(analyses.clone()));
    assert!(groups.contains("| North | withheld |"));
    assert!(!groups.contains("stand in no row"));
    for analysis in &mut analyses {
        analysis.finding = withheld();
        analysis.n = 0;
    }
    let all = text(&trial(analyses));
    assert!(all.contains("**X**: nothing can be said (withheld: fewer than 5 people; n withheld)."));
    assert!(all.contains("| primary | withheld |"));
    assert!(!all.contains("n = 0"));
}

#[test]
fn the_strip_takes_any_number_of_methods_and_marks_the_one_that_decides() {
    let mut analyses = fell();
    for analysis in &mut analyses {
        if let Estimable::Estimated(Finding::Agreement(record)) = &mut analysis.finding {
            record.verdicts.push(TestVerdict {
                method: Method::SignTest,
                p: PValue::new(0.4),
                interval: None,
                verdict: Verdict::NoChangeShown,
            });
        }
    }
    let mut results = trial(analyses);
    results.provenance.settings.0.analysis.test = TestName::Sign;
    let text = text(&results);
    assert!(text.contains("| Method | Paired t-test | Signed-rank test | Permutation test | Bootstrap | Sign test (decides) |"));
}

#[test]
fn figures_of_single_people_are_left_out_with_one_sentence() {
    let mut results = trial(fell());
    results.provenance.settings.0.privacy.individuals = false;
    let left_out = |kind| FigureAsset {
        kind,
        outcome: Some("x".into()),
        svg: None,
        file: None,
        alt: String::new(),
        caption: String::new(),
        notes: Vec::new(),
        not_drawn: Some("it shows single people, and individuals.csv is not beside the results".into()),
    };
    let figures = [FigureKind::Paired, FigureKind::Raincloud, FigureKind::Waterfall].map(left_out);
    let document = document(&results, &figures);
    let text = to_markdown(&document);
    let sentence =
        "Paired, raincloud and waterfall figures are left out: the plan shows no single people (`[privacy] individuals = false`).";
    assert_eq!(text.matches(sentence).count(), 1);
    assert!(!text.contains("not drawn") && !to_html(&document).contains("individuals.csv"));
}

#[test]
fn signs_are_alike_within_a_table_and_means_have_their_intervals() {
    let mut analyses = fell();
    for analysis in &mut analyses {
        if let Estimable::Estimated(Finding::Describe(record)) = &mut analysis.finding {
            record.mean_interval_pre = Estimable::Estimated(Interval { level: 0.95, lower: 26.1, upper: 33.9 });
        }
    }
    let text = text(&trial(analyses));
    assert!(text.contains("| Pre | 20 | 30.0 (26.1 to 33.9) |"));
    let details =
        text.split("**Tests and estimates of the change**").nth(1).expect("the tests").split("## Methods").next().expect("before");
    assert!(!details.contains('+'), "{details}");
}

#[test]
fn a_one_sided_test_may_show_what_a_two_sided_interval_leaves_open() {
    let mut analyses =
        fixture::analysed(&scale(), 20, &Numbers { pre: 30.0, change: -1.0, half: 1.2, p: 0.04, adjusted: 0.04, d: -0.2, r: 0.6 });
    for analysis in &mut analyses {
        if let Estimable::Estimated(Finding::Agreement(record)) = &mut analysis.finding {
            record.agree = false;
            for verdict in record.verdicts.iter_mut().filter(|verdict| verdict.interval.is_some()) {
                verdict.verdict = Verdict::NoChangeShown;
            }
        }
    }
    let mut results = trial(analyses);
    results.provenance.settings.0.analysis.alternative = WantedChange::Worsening;
    let said = text(&results);
    assert!(said.contains(
        "The test looked only for this direction; the interval of the mean change is two-sided, which asks for more, and covers 0."
    ));
    assert!(said.contains("The tests looked only for lower scores and show them"));
    assert!(said.contains("all of it on one side"));
    assert!(!said.contains("do not all agree"));
}
