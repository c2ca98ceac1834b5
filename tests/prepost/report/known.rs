//! Results by hand for the questions of meaning: a trial whose scale is well known, and one of which nothing is known.

use prepost::plan::{EstimandSection, IntercurrentEvent, Strategy};
use prepost::results::*;
use prepost::stats::clinical::{
    Classes, CutoffKind, Method as Rule, MultiverseRow, Norms, Responders as Shares, ResponseRule as Applied, Threshold, measurement_error,
};
use prepost::stats::evidence::{BayesFactor as Jzs, MinimalEffect, OneSided, ScaleAt, Tost};
use prepost::stats::missing::{CarriedForward, Completers, DeltaAdjusted, MarChange, MissingPattern, StandardErrors, TippingPoint};
use prepost::stats::one_arm::{
    AgainstBenchmark, AgainstPractice, BaselineChange, ExpectedBySelection, MeeChua, MetaAnalysis, NetChange, PropagatedNetChange,
    Tau2Method,
};
use prepost::stats::paired::PairedT;
use prepost::stats::paired_binary::{PairedCounts, mcnemar, paired_difference, paired_odds_ratio};
use prepost::stats::proportion::{Proportion, bounds, proportion};
use prepost::stats::shift::{Bowker, MarginalHomogeneity};
use prepost::stats::{CorrelationTest, Estimable, Inference, Interval, NotEstimable, PValue, Wald};
use prepost::trial::{
    Basis, Benchmark, BenchmarkKind, ChangeUnit, Cut, Direction, Importance, Mcid, Norm, Outcome, Practice, Reliability, ReliabilityKind,
    ResponseRule, Role, Stated,
};

use super::fixture::{self, Numbers};

fn est<T>(value: T) -> Estimable<T> {
    Estimable::Estimated(value)
}

fn share(count: u64, n: u64) -> Proportion {
    proportion(count, n, 0.95).expect("a share")
}

fn p(value: f64) -> PValue {
    PValue::new(value).expect("a p")
}

fn around(middle: f64, half: f64) -> Interval {
    Interval { level: 0.95, lower: middle - half, upper: middle + half }
}

fn wald(estimate: f64, std_error: f64, value: f64) -> Wald {
    Wald { estimate, std_error, statistic: estimate / std_error, df: Some(26.0), p: p(value), interval: around(estimate, 2.0 * std_error) }
}

fn stated<T>(fact: T, population: &str, basis: Basis) -> Stated<T> {
    let population = (!population.is_empty()).then(|| population.to_owned());
    Stated { fact, population, source: Some("Button 2015".into()), basis }
}

fn decimal(text: &str) -> prepost::decimal::Decimal {
    text.parse().expect("a decimal")
}

fn of(outcome: &Outcome, method: Method, finding: Estimable<Finding>) -> Analysis {
    let key = Key { outcome: outcome.id.clone(), contrast: "post-pre".into(), population: Population::Pairs, method };
    Analysis { id: key.id(), key, role: outcome.role, n: 28, finding, notes: Vec::new() }
}

fn shares(threshold: Threshold, count: u64) -> Estimable<Shares> {
    est(Shares {
        rule: Applied { threshold, and_post: None },
        response: est(share(count, 28)),
        deterioration: est(share(2, 28)),
        missing_as_non_responders: est(share(count, 30)),
        bounds: est(bounds(count, 28, 30, 0.95).expect("bounds")),
        n_baseline_not_positive: u64::from(matches!(threshold, Threshold::Percent(_))),
        n_missing_baseline_not_positive: 0,
    })
}

fn classes(recovered: u64, improved: u64) -> Classes {
    Classes {
        n: 28,
        recovered: est(share(recovered, 28)),
        improved: share(improved, 28),
        unchanged: share(26 - recovered - improved, 28),
        deteriorated: share(2, 28),
        reliably_improved: share(recovered + improved, 28),
        n_clinical_pre: est(21),
        n_functional_post: est(12),
        n_left_functional: est(1),
    }
}

fn reliability(kind: ReliabilityKind) -> Stated<Reliability> {
    stated(Reliability { value: 0.73, kind, interval: Some([0.6, 0.82]) }, "outpatients, one week", Basis::Seen)
}

fn reliable(kind: ReliabilityKind) -> ReliableChange {
    ReliableChange {
        reliability: reliability(kind),
        clinical: Norms { mean: 22.4, sd: 5.84, n: Some(28) },
        clinical_source: None,
        functional: Some(stated(Norm { mean: 9.1, sd: 7.6, n: Some(143) }, "students", Basis::Recalled)),
        error: measurement_error(5.84, 0.73, 1.96).expect("an error"),
        cutoffs: vec![
            CutoffRow { kind: CutoffKind::A, value: est(10.72) },
            CutoffRow { kind: CutoffKind::B, value: est(24.3) },
            CutoffRow { kind: CutoffKind::C, value: est(16.62) },
        ],
        deciding: Some(CutoffKind::C),
        classes: est(classes(6, 3)),
        methods: vec![
            MethodRow { method: Rule::Jt, evidence: Rule::Jt.evidence(), classes: est(classes(6, 3)) },
            MethodRow { method: Rule::En, evidence: Rule::En.evidence(), classes: est(classes(7, 5)) },
            MethodRow { method: Rule::Hll, evidence: Rule::Hll.evidence(), classes: est(classes(5, 3)) },
            MethodRow {
                method: Rule::Ha,
                evidence: Rule::Ha.evidence(),
                classes: Estimable::NotEstimable(NotEstimable::NotComputed { why: "r_dd is not above 0".into() }),
            },
        ],
    }
}

fn multiverse_row(method: Rule, improved: u64, cutoff: Option<CutoffKind>) -> MultiverseRow {
    MultiverseRow {
        method,
        reliability: 0.73,
        reliability_label: "test\u{2013}retest, outpatients".into(),
        cutoff_kind: cutoff,
        cutoff: cutoff.map_or_else(|| Estimable::NotEstimable(NotEstimable::NotComputed { why: "none".into() }), |_| est(16.62)),
        improved: est(share(improved, 28)),
        recovered: est(share(improved / 2, 28)),
        deteriorated: est(share(2, 28)),
    }
}

fn correlation(r: f64) -> Estimable<CorrelationTest> {
    est(CorrelationTest { n: 28, r, interval: est(around(r, 0.3)), t: est(-2.4), df: 26.0, p: est(p(0.024)) })
}

fn summary(n: usize, mean: f64) -> Summary {
    let one = |value: f64| est(value);
    Summary {
        n,
        mean: one(mean),
        sd: one(8.4),
        median: one(mean),
        q1: one(mean - 5.0),
        q3: one(mean + 5.0),
        min: one(9.0),
        max: one(41.0),
        skewness: one(0.2),
    }
}

fn t_test(change: f64) -> PairedT {
    PairedT {
        mean_change: change,
        sd_change: est(5.1),
        std_error: est(0.95),
        t: est(change / 0.95),
        df: 27.0,
        p: est(p(0.0004)),
        interval: est(around(change, 1.9)),
    }
}

fn benchmark(label: &str, kind: BenchmarkKind, mean_change: f64, std_error: Option<f64>) -> Benchmark {
    Benchmark {
        label: label.into(),
        kind,
        mean_change,
        std_error,
        n: Some(40),
        source: "Cuijpers 2014".into(),
        years: Some("2012\u{2013}2016".into()),
        setting: Some("outpatient clinics".into()),
        population: Some("untreated".into()),
        time_origin: Some("from referral to 12 weeks".into()),
        mismatches: vec!["older people".into(), "another language of the scale".into()],
    }
}

fn against(std_error: Option<f64>) -> Comparison {
    let no_error = || NotEstimable::NotComputed { why: "the benchmark has no standard error".into() };
    let found = |p_value| std_error.map_or_else(|| Estimable::NotEstimable(no_error()), |_| est(wald(-2.9, 1.5, p_value)));
    Comparison::Estimate(est(AgainstBenchmark {
        n: 28,
        benchmark: -2.3,
        mean_change: -5.2,
        interval: est(around(-5.2, 1.9)),
        difference: -2.9,
        z: found(0.05),
        welch: found(0.058),
    }))
}

fn mar() -> MarChange {
    MarChange {
        n: 30,
        m: 28,
        post_only: 0,
        slope: 0.66,
        mean_pre: 22.8,
        mean_post: 17.7,
        mean_change: -5.1,
        complete_mean_change: -5.2,
        standard_errors: StandardErrors {
            small_sample: est(wald(-5.1, 1.02, 0.000_3)),
            mixed_model: est(wald(-5.1, 0.97, 0.000_2)),
            maximum_likelihood: est(wald(-5.1, 0.94, 0.000_1)),
        },
    }
}

pub fn scale() -> Outcome {
    let mut outcome = fixture::outcome("bdi2", "BDI-II", "depression", Direction::Lower, Role::Primary);
    let meaning = &mut outcome.meaning;
    meaning.mcid = vec![stated(
        Mcid { value: decimal("5"), unit: ChangeUnit::Points, kind: Importance::Minimal, anchor: Some("anchor: global rating".into()) },
        "primary care",
        Basis::Seen,
    )];
    meaning.reliability = vec![reliability(ReliabilityKind::TestRetest)];
    meaning.norm = vec![stated(Norm { mean: 9.1, sd: 7.6, n: Some(143) }, "students", Basis::Recalled)];
    outcome
}

/// Every question of meaning of one outcome.
pub fn findings(outcome: &Outcome) -> Vec<Analysis> {
    let five = Threshold::Points(decimal("5"));
    let percent = Threshold::Percent(decimal("17.5"));
    let counts = PairedCounts { both: 2, pre_only: 1, post_only: 8, neither: 17 };
    let inference = Inference::two_sided(0.95);
    let one_sided = |bound: f64| OneSided { bound, t: 2.2, p: p(0.019) };
    vec![
        of(
            outcome,
            Method::Responders,
            est(Finding::Responders(Responders {
                thresholds: vec![
                    ResponderRow {
                        threshold: stated(
                            Mcid {
                                value: decimal("5"),
                                unit: ChangeUnit::Points,
                                kind: Importance::Minimal,
                                anchor: Some("anchor: global rating".into()),
                            },
                            "primary care",
                            Basis::Seen,
                        ),
                        shares: shares(five, 12),
                    },
                    ResponderRow {
                        threshold: stated(
                            Mcid {
                                value: decimal("17.5"),
                                unit: ChangeUnit::PercentOfBaseline,
                                kind: Importance::Substantial,
                                anchor: None,
                            },
                            "primary care",
                            Basis::Recalled,
                        ),
                        shares: shares(percent, 15),
                    },
                ],
            })),
        ),
        of(
            outcome,
            Method::Response,
            est(Finding::Response(Box::new(Response {
                rule: stated(ResponseRule { percent: Some(decimal("50")), ..ResponseRule::default() }, "", Basis::Plan),
                shares: shares(Threshold::Percent(decimal("50")), 7),
            }))),
        ),
        of(
            outcome,
            Method::Remission,
            est(Finding::Remission(Box::new(Remission {
                cut: stated(Cut { at_most: Some(decimal("13")), ..Cut::default() }, "", Basis::Seen),
                difference: paired_difference(&counts, 0.95).into(),
                mcnemar: mcnemar(&counts, inference).into(),
                odds_ratio: paired_odds_ratio(&counts, 0.95).into(),
                bounds: bounds(10, 28, 30, 0.95).into(),
            }))),
        ),
        of(outcome, Method::ReliableChange, est(Finding::ReliableChange(Box::new(reliable(ReliabilityKind::TestRetest))))),
        of(
            outcome,
            Method::Multiverse,
            est(Finding::Multiverse(Multiverse {
                rows: vec![
                    multiverse_row(Rule::Jt, 9, Some(CutoffKind::C)),
                    multiverse_row(Rule::Gln, 11, Some(CutoffKind::C)),
                    multiverse_row(Rule::En, 12, None),
                ],
                improved_range: Some([9.0 / 28.0, 12.0 / 28.0]),
            })),
        ),
        of(
            outcome,
            Method::BandShift,
            est(Finding::BandShift(BandShift {
                bands: ["minimal", "mild", "severe"].map(Into::into).into(),
                counts: vec![vec![4, 1, 0], vec![6, 5, 1], vec![2, 3, 6]],
                n_outside: 0,
                moves: BandMoves { n_same: 15, n_better: Some(11), n_worse: Some(2) },
                stuart_maxwell: est(MarginalHomogeneity { statistic: 7.41, df: 2, p: p(0.025), levels_dropped: Vec::new() }),
                bhapkar: est(MarginalHomogeneity { statistic: 10.07, df: 2, p: p(0.0065), levels_dropped: Vec::new() }),
                bowker: est(Bowker { statistic: 7.57, df: 3, p: p(0.056) }),
            })),
        ),
        of(
            outcome,
            Method::RegressionToMean,
            est(Finding::RegressionToMean(Box::new(RegressionToMean {
                reliability: reliability(ReliabilityKind::TestRetest),
                norm: stated(Norm { mean: 9.1, sd: 7.6, n: Some(143) }, "students", Basis::Recalled),
                net: est(NetChange {
                    n: 28,
                    r: 0.73,
                    population_mean: 9.1,
                    mean_pre: 22.4,
                    mean_change: -5.2,
                    expected_change: -3.591,
                    net: est(wald(-1.609, 0.95, 0.102)),
                    r_at_zero: est(0.609),
                }),
                propagated: est(PropagatedNetChange {
                    estimate: -1.609,
                    std_error: 1.2,
                    std_error_people: 0.95,
                    std_error_r: 0.7,
                    std_error_population_mean: 0.2,
                    interval: around(-1.609, 2.5),
                }),
                selection: Some(Selected {
                    entry: stated(Cut { at_least: Some(decimal("20")), ..Cut::default() }, "", Basis::Plan),
                    expected: est(ExpectedBySelection { share_selected: 0.07, expected_pre: 23.2, expected_change: -3.8 }),
                }),
                mee_chua: est(MeeChua {
                    n: 28,
                    population_mean: 9.1,
                    effect: est(wald(-1.2, 1.9, 0.53)),
                    slope: 0.7,
                    slope_std_error: est(0.13),
                }),
                baseline_change: est(BaselineChange { change_with_pre: correlation(-0.42), change_with_mean: correlation(-0.05) }),
                curve: Vec::new(),
            }))),
        ),
        of(
            outcome,
            Method::Practice,
            est(Finding::Practice(PracticeEffect::Constant {
                practice: stated(Practice { mean: -0.8, std_error: None }, "students", Basis::Plan),
                against: est(AgainstPractice {
                    n: 28,
                    mean_change: -5.2,
                    practice: -0.8,
                    practice_std_error: None,
                    net: est(wald(-4.4, 0.95, 0.000_1)),
                }),
            })),
        ),
        of(
            outcome,
            Method::Benchmark,
            est(Finding::Benchmark(Benchmarks {
                rows: vec![
                    BenchmarkRow {
                        benchmark: benchmark("waiting list", BenchmarkKind::Estimate, -2.3, Some(1.2)),
                        comparison: against(Some(1.2)),
                    },
                    BenchmarkRow { benchmark: benchmark("usual care", BenchmarkKind::Estimate, -2.3, None), comparison: against(None) },
                    BenchmarkRow {
                        benchmark: benchmark("criterion", BenchmarkKind::Criterion, -5.0, None),
                        comparison: Comparison::Criterion(est(t_test(-0.2))),
                    },
                ],
                pooled: Some(est(MetaAnalysis {
                    k: 2,
                    tau2_method: Tau2Method::Reml,
                    mean: wald(-2.5, 0.8, 0.01),
                    prediction_interval: around(-2.5, 4.0),
                    tau2: 1.1,
                    i2: 0.4,
                    q: 3.1,
                })),
            })),
        ),
        of(
            outcome,
            Method::MissingPost,
            est(Finding::MissingPost(Box::new(MissingPost {
                pattern: MissingPattern { n: 30, both: 28, pre_only: 2, post_only: 0, neither: 0 },
                completers: Completers {
                    completers: summary(28, 22.4),
                    dropouts: summary(2, 28.5),
                    difference: est(wald(-6.1, 4.2, 0.16)),
                    standardised_difference: est(-0.71),
                },
                mar: est(mar()),
                tipping_point: est(TippingPoint { missing: 2, change_zero: 76.5, interval_zero: est(45.9) }),
                delta: vec![
                    DeltaAdjusted { delta: 0.0, change: est(wald(-5.1, 1.02, 0.000_3)) },
                    DeltaAdjusted { delta: 5.0, change: est(wald(-4.767, 1.02, 0.000_4)) },
                ],
                carried_forward: vec![Carried { rule: "bocf".into(), change: est(CarriedForward { carried: 2, test: t_test(-4.85) }) }],
            }))),
        ),
        of(
            outcome,
            Method::Equivalence,
            est(Finding::Equivalence(Equivalence {
                bounds: [decimal("-3"), decimal("3")],
                tost: est(Tost {
                    mean_change: -5.2,
                    std_error: 0.95,
                    df: 27.0,
                    above_lower: one_sided(-3.0),
                    below_upper: one_sided(3.0),
                    p: p(0.98),
                    interval: Interval { level: 0.9, lower: -6.8, upper: -3.6 },
                    equivalent: false,
                }),
                minimal_effect: est(MinimalEffect {
                    mean_change: -5.2,
                    std_error: 0.95,
                    df: 27.0,
                    below_lower: one_sided(-3.0),
                    above_upper: one_sided(3.0),
                    p: p(0.038),
                    interval: around(-5.2, 1.9),
                }),
            })),
        ),
        of(
            outcome,
            Method::BayesFactor,
            est(Finding::BayesFactor(BayesFactor {
                jzs: Jzs { n: 28, t: -5.47, scale: 0.707, log_bf10: 7.59 },
                robustness: vec![
                    ScaleAt { scale: 0.2, log_bf10: 6.6 },
                    ScaleAt { scale: 0.707, log_bf10: 7.59 },
                    ScaleAt { scale: 1.5, log_bf10: 7.3 },
                ],
            })),
        ),
    ]
}

/// A trial of one scale of which everything is known.
pub fn all_known() -> Results {
    let outcome = scale();
    let other = fixture::outcome("sass", "SASS", "social_adaptation", Direction::Higher, Role::Secondary);
    let mut analyses =
        fixture::analysed(&outcome, 28, &Numbers { pre: 22.4, change: -5.2, half: 1.9, p: 0.0004, adjusted: 0.0008, d: 0.62, r: 0.66 });
    analyses.extend(findings(&outcome));
    let rows = vec![ChangeCorrelationRow { with: "sass".into(), n: 28, correlation: correlation(-0.38) }];
    analyses.push(of(&outcome, Method::ChangeCorrelation, est(Finding::ChangeCorrelation(ChangeCorrelations { rows }))));
    analyses.extend(fixture::analysed(
        &other,
        30,
        &Numbers { pre: 33.2, change: 0.8, half: 1.9, p: 0.397, adjusted: 0.397, d: 0.11, r: 0.58 },
    ));
    analyses.extend(nothing_of(&other));
    let mut results = fixture::results_of(vec![(outcome, 28), (other, 30)], analyses);
    results.provenance.settings.0.estimand = EstimandSection {
        population: Some("workers on sick leave".into()),
        treatment: None,
        variable: Some("BDI-II at 12 weeks".into()),
        summary: Some("mean change".into()),
        intercurrent: vec![IntercurrentEvent { event: "hospitalisation".into(), strategy: Strategy::TreatmentPolicy }],
    };
    results
}

/// The refusals of an outcome of which no fact is known.
pub fn nothing_of(outcome: &Outcome) -> Vec<Analysis> {
    let unknown = |fact: &str, add: &str| NotEstimable::FactUnknown { fact: fact.into(), add: add.into() };
    [
        (Method::Responders, unknown("MCID", "`mcid = { value = \u{2026}, source = \"\u{2026}\" }` to the outcome")),
        (Method::Remission, unknown("remission cut-off", "`remission = { at_most = \u{2026} }`")),
        (Method::ReliableChange, unknown("reliability", "`reliability = { \u{2026} }`")),
        (Method::Multiverse, unknown("reliability", "`reliability = { \u{2026} }`")),
        (Method::BandShift, unknown("severity bands", "`bands = [\u{2026}]`")),
        (Method::RegressionToMean, unknown("norm", "`norm = { mean = \u{2026}, sd = \u{2026}, source = \"\u{2026}\" }`")),
        (Method::Benchmark, unknown("benchmark", "`[[outcome.benchmark]]`")),
        (Method::Equivalence, unknown("range of no importance", "`equivalence = [\u{2026}, \u{2026}]`")),
    ]
    .into_iter()
    .map(|(method, why)| of(outcome, method, Estimable::NotEstimable(why)))
    .collect()
}

/// A trial of which no fact is known, and nobody is missing.
pub fn nothing_known() -> Results {
    let outcomes: Vec<Outcome> =
        ["x", "y"].map(|id| fixture::outcome(id, &id.to_uppercase(), "other", Direction::Higher, Role::Primary)).into();
    let mut analyses = Vec::new();
    for outcome in &outcomes {
        analyses.extend(fixture::analysed(
            outcome,
            30,
            &Numbers { pre: 33.2, change: 0.8, half: 1.9, p: 0.397, adjusted: 0.397, d: 0.11, r: 0.58 },
        ));
        analyses.extend(nothing_of(outcome));
    }
    fixture::results_of(outcomes.into_iter().map(|outcome| (outcome, 30)).collect(), analyses)
}

/// [`all_known`] with a reliability of one occasion.
pub fn alpha() -> Results {
    let mut results = all_known();
    for analysis in &mut results.analyses {
        if let Estimable::Estimated(Finding::ReliableChange(record)) = &mut analysis.finding {
            **record = reliable(ReliabilityKind::Alpha);
        }
    }
    results
}
