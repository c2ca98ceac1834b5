//! Results by hand: five domains, thirty people, refusals, notes, an outcome with one pair, and labels that mean harm.

use prepost::plan::{FigureKind, Plan};
use prepost::report::FigureAsset;
use prepost::results::{
    Adjusted, Agreement, Analysis, Bootstrap, DataNote, Describe, Finding, Key, Method, Participants, Population, Provenance, Results,
    SCHEMA_VERSION, Settings, Summary, TestVerdict, TrialInfo, Verdict,
};
use prepost::stats::effect::Effect;
use prepost::stats::paired::{
    Correlation, HodgesLehmann, MedianChange, PairedT, Permutation, PitmanMorgan, ShapiroWilk, SignTest, SignedRank, WilcoxonR, Yuen, Zeros,
};
use prepost::stats::{Benefit, Estimable, Interval, NotEstimable, Note, PValue};
use prepost::trial::{
    Direction, FileRows, Ledger, Loss, LossCount, Outcome, OutcomeLedger, ProblemCode, Role, RowFate, ScoreRange, Source,
};

/// A label that tries everything at once.
pub const HOSTILE: &str = "<script>alert(1)</script> | **b** [x](javascript:1) `c` \u{202e}\n# {{body}} \"q\" &lt;";

/// Mean change, half-width of its interval, p and adjusted p, d_av in benefit terms with half-width, r.
pub struct Numbers {
    pub pre: f64,
    pub change: f64,
    pub half: f64,
    pub p: f64,
    pub adjusted: f64,
    pub d: f64,
    pub r: f64,
}

fn est<T>(value: T) -> Estimable<T> {
    Estimable::Estimated(value)
}

fn refused<T>(why: NotEstimable) -> Estimable<T> {
    Estimable::NotEstimable(why)
}

fn p(value: f64) -> PValue {
    PValue::new(value).expect("a number")
}

fn around(middle: f64, half: f64) -> Interval {
    Interval { level: 0.95, lower: middle - half, upper: middle + half }
}

fn summary(n: usize, mean: f64, sd: f64) -> Summary {
    Summary {
        n,
        mean: est(mean),
        sd: est(sd),
        median: est(mean - 0.2),
        q1: est(mean - sd * 0.7),
        q3: est(mean + sd * 0.7),
        min: est((mean - sd * 1.6).round()),
        max: est((mean + sd * 2.0).round()),
        skewness: est(0.3),
    }
}

pub fn outcome(id: &str, label: &str, domain: &str, direction: Direction, role: Role) -> Outcome {
    Outcome {
        score_decimals: None,
        id: id.into(),
        label: label.into(),
        instrument: None,
        domain: Some(domain.into()),
        direction,
        range: Some(ScoreRange { min: "0".parse().expect("0"), max: "63".parse().expect("63") }),
        step: Some("1".parse().expect("1")),
        role,
        unit: None,
        bands: Vec::new(),
    }
}

fn analysis(outcome: &Outcome, n: usize, method: Method, finding: Estimable<Finding>) -> Analysis {
    let key = Key { outcome: outcome.id.clone(), contrast: "post-pre".into(), population: Population::Pairs, method };
    Analysis { id: key.id(), key, role: outcome.role, n, finding, notes: Vec::new() }
}

fn effect(outcome: &Outcome, raw: f64, half: Option<f64>) -> Effect {
    let interval = |middle: f64| half.map_or_else(|| refused(NotEstimable::NoCalibratedInterval), |half| est(around(middle, half)));
    Effect {
        estimate: raw,
        std_error: est(0.14),
        interval: interval(raw),
        hedges: half.map(|_| raw * 0.97),
        hedges_ri: None,
        benefit: outcome.direction.benefit_sign().map(|sign| Benefit { estimate: raw * sign, interval: interval(raw * sign) }),
    }
}

/// A probability turns about one half.
fn superiority(outcome: &Outcome, raw: f64) -> Effect {
    let benefit = outcome.direction.benefit_sign().map(|sign| {
        let estimate = 0.5 + sign * (raw - 0.5);
        Benefit { estimate, interval: est(around(estimate, 0.14)) }
    });
    Effect { hedges: None, benefit, std_error: refused(NotEstimable::NoCalibratedInterval), ..effect(outcome, raw, Some(0.14)) }
}

/// Every analysis of an outcome that could be analysed.
pub fn analysed(outcome: &Outcome, n: usize, x: &Numbers) -> Vec<Analysis> {
    let sign = outcome.direction.benefit_sign().unwrap_or(1.0);
    let interval = around(x.change, x.half);
    let signed_rank = |zeros| SignedRank {
        zeros,
        w_plus: 58.5,
        w_minus: 347.5,
        n_zero: 1,
        z: est(-3.21),
        p: est(p(x.p * 1.2)),
        p_exact: est(p(x.p * 1.2)),
        p_asymptotic: est(p(x.p * 1.3)),
        p_asymptotic_uncorrected: est(p(x.p * 1.25)),
        z_uncorrected: est(-3.22),
    };
    let shown = match (x.p < 0.05, x.change > 0.0) {
        (false, _) => Verdict::NoChangeShown,
        (true, true) => Verdict::Increase,
        (true, false) => Verdict::Decrease,
    };
    let verdict = |method, p: Option<f64>, interval| TestVerdict { method, p: p.and_then(PValue::new), interval, verdict: shown };
    let d = x.d * sign;
    let describe = Describe {
        n_missing_pre: Estimable::Estimated(0),
        n_missing_post: Estimable::Estimated(30 - n),
        pre: summary(n, x.pre, 8.4),
        post: summary(n, x.pre + x.change, 8.9),
        change: summary(n, x.change, 5.1),
        mean_interval_pre: est(around(x.pre, 3.0)),
        mean_interval_post: est(around(x.pre + x.change, 3.2)),
        r: est(x.r),
        scale_ends: serde_json::from_str(r#"{"pct_floor_pre":0.0,"pct_ceiling_pre":3.4,"pct_floor_post":6.9,"pct_ceiling_post":0.0}"#)
            .expect("scale ends"),
        classes: outcome.direction.benefit_sign().and_then(|_| {
            serde_json::from_str(
                r#"{"n_improved":22,"n_unchanged":1,"n_worsened":6,"pct_improved":75.9,"pct_unchanged":3.4,"pct_worsened":20.7}"#,
            )
            .expect("classes")
        }),
    };
    let bootstrap = Bootstrap {
        replicates: 10_000,
        mean_change: est(around(x.change + 0.05, x.half)),
        d_av: est(around(d, 0.3)),
        d_pre: est(around(d, 0.33)),
        d_av_benefit: outcome.direction.benefit_sign().map(|_| est(around(x.d, 0.3))),
    };
    let findings = [
        (Method::Describe, Finding::Describe(Box::new(describe))),
        (
            Method::PairedT,
            Finding::PairedT(PairedT {
                mean_change: x.change,
                sd_change: est(5.1),
                std_error: est(0.95),
                t: est(x.change / 0.95),
                df: (n - 1) as f64,
                p: est(p(x.p)),
                interval: est(interval),
            }),
        ),
        (Method::SignedRank, Finding::SignedRank(signed_rank(Zeros::Pratt))),
        (Method::SignedRankDrop, Finding::SignedRank(signed_rank(Zeros::Drop))),
        (Method::SignedRankPratt, Finding::SignedRank(signed_rank(Zeros::Pratt))),
        (
            Method::HodgesLehmann,
            Finding::HodgesLehmann(HodgesLehmann { estimate: x.change + 0.1, interval: est(interval), achieved: est(0.9514) }),
        ),
        (
            Method::MedianChange,
            Finding::MedianChange(MedianChange { estimate: x.change.round(), interval: est(interval), achieved: est(0.9586) }),
        ),
        (
            Method::Yuen,
            Finding::Yuen(Yuen {
                estimate: x.change * 0.95,
                std_error: 1.02,
                t: x.change * 0.95 / 1.02,
                df: 18.0,
                p: p(x.p * 1.1),
                interval,
                robust_d: est(x.d * sign),
            }),
        ),
        (Method::WilcoxonR, Finding::WilcoxonR(WilcoxonR { r_pairs: 0.6 * d.signum(), r_nonzero: 0.61 * d.signum() })),
        (
            Method::SignTest,
            Finding::SignTest(SignTest {
                n_positive: 6,
                n_negative: 22,
                n_zero: 1,
                p: est(p(x.p * 2.0)),
                share_positive: est(0.2143),
                interval: est(Interval { level: 0.95, lower: 0.083, upper: 0.41 }),
            }),
        ),
        (Method::Permutation, Finding::Permutation(Permutation { p: p(x.p), n_permutations: 0, mc_error: 0.0 })),
        (Method::ShapiroWilk, Finding::ShapiroWilk(ShapiroWilk { w: 0.964, p: p(0.412) })),
        (Method::DZ, Finding::Effect(effect(outcome, d * 1.4, Some(0.42)))),
        (Method::DAv, Finding::Effect(Effect { hedges_ri: Some(d * 0.98), ..effect(outcome, d, Some(0.27)) })),
        (Method::DPre, Finding::Effect(effect(outcome, d * 1.03, Some(0.29)))),
        (Method::DRm, Finding::Effect(effect(outcome, d * 0.99, None))),
        (
            Method::Correlation,
            Finding::Correlation(Correlation { r: x.r, interval: est(Interval { level: 0.95, lower: 0.4, upper: 0.82 }) }),
        ),
        (Method::PitmanMorgan, Finding::PitmanMorgan(PitmanMorgan { statistic: -0.41, df: 27.0, p: p(0.683) })),
        (Method::RankBiserial, Finding::Effect(effect(outcome, d, Some(0.25)))),
        (Method::RankBiserialDrop, Finding::Effect(effect(outcome, d, Some(0.25)))),
        (Method::RankBiserialPratt, Finding::Effect(effect(outcome, d, Some(0.25)))),
        (Method::PSuperiority, Finding::Effect(superiority(outcome, 0.5 + d / 5.0))),
        (Method::Bootstrap, Finding::Bootstrap(bootstrap)),
        (
            Method::Adjusted,
            Finding::Adjusted(Adjusted {
                procedure: "holm".into(),
                test: Method::PairedT,
                p_raw: p(x.p),
                p: p(x.adjusted),
                family: format!("role={}", outcome.role),
                family_size: 4,
            }),
        ),
        (
            Method::Agreement,
            Finding::Agreement(Agreement {
                alpha: 0.05,
                verdicts: vec![
                    verdict(Method::PairedT, Some(x.p), None),
                    verdict(Method::SignedRank, Some(x.p * 1.2), None),
                    verdict(Method::Permutation, Some(x.p), None),
                    verdict(Method::Bootstrap, None, Some(interval)),
                ],
                agree: true,
            }),
        ),
    ];
    findings.into_iter().map(|(method, finding)| analysis(outcome, n, method, est(finding))).collect()
}

/// An outcome with a single pair: nothing but its change can be said.
pub fn single_pair(outcome: &Outcome) -> Vec<Analysis> {
    let too_few = |needed| NotEstimable::TooFewPairs { needed, found: 1 };
    Method::ALL
        .into_iter()
        .filter(|method| !matches!(method, Method::Describe | Method::Density))
        .map(|method| analysis(outcome, 1, method, refused(too_few(if method == Method::Yuen { 5 } else { 2 }))))
        .chain([analysis(outcome, 1, Method::Describe, est(Finding::Describe(Box::new(one_person()))))])
        .collect()
}

fn one_person() -> Describe {
    let one = |value: f64| Summary {
        n: 1,
        mean: est(value),
        sd: refused(NotEstimable::TooFewPairs { needed: 2, found: 1 }),
        median: est(value),
        q1: est(value),
        q3: est(value),
        min: est(value),
        max: est(value),
        skewness: refused(NotEstimable::TooFewPairs { needed: 3, found: 1 }),
    };
    Describe {
        n_missing_pre: Estimable::Estimated(0),
        n_missing_post: Estimable::Estimated(29),
        pre: one(40.0),
        post: one(44.0),
        change: one(4.0),
        mean_interval_pre: refused(NotEstimable::TooFewPairs { needed: 2, found: 1 }),
        mean_interval_post: refused(NotEstimable::TooFewPairs { needed: 2, found: 1 }),
        r: refused(NotEstimable::TooFewPairs { needed: 2, found: 1 }),
        scale_ends: None,
        classes: None,
    }
}

fn ledger(outcomes: &[(Outcome, usize)]) -> Ledger {
    Ledger {
        files: vec![FileRows {
            file: "scores.csv".into(),
            read: 33,
            fates: vec![(RowFate::Used, 30), (RowFate::Blank, 1), (RowFate::Filtered, 2)],
        }],
        subjects: 30,
        outcomes: outcomes
            .iter()
            .map(|(outcome, pairs)| OutcomeLedger {
                outcome: outcome.id.clone(),
                subjects: 30,
                with_pre: 30,
                with_post: *pairs,
                pairs: *pairs,
                losses: if *pairs == 30 { Vec::new() } else { vec![LossCount { loss: Loss::PostMissing, count: 30 - pairs }] },
            })
            .collect(),
    }
}

pub fn results_of(outcomes: Vec<(Outcome, usize)>, analyses: Vec<Analysis>) -> Results {
    Results {
        schema_version: SCHEMA_VERSION,
        trial: TrialInfo { title: Some("Interdisciplinary return-to-work intervention".into()), id: Some("jRCT0000000000".into()) },
        provenance: Provenance {
            version: "prepost 0.1.0".into(),
            plan_sha256: Some("9f2b".repeat(16)),
            plan_inferred: false,
            data: vec![Source { name: "scores.csv".into(), sha256: "0a1c".repeat(16) }],
            observations_sha256: "77de".repeat(16),
            seed: 20_260_101,
            settings: Settings(Plan::default()),
        },
        participants: Participants::Full(ledger(&outcomes)),
        outcomes: outcomes.into_iter().map(|(outcome, _)| outcome).collect(),
        analyses,
        data_notes: vec![DataNote { code: ProblemCode::MissingScores, count: Some(4), message: "4 post scores of 30 are missing".into() }],
    }
}

/// The trial of most tests.
pub fn five_domains() -> Results {
    let bdi2 = Outcome {
        bands: serde_json::from_str(r#"[{"label":"minimal","min":0,"max":13},{"label":"mild","min":14,"max":19},{"label":"moderate","min":20,"max":28},{"label":"severe","min":29,"max":63}]"#)
            .expect("bands"),
        ..outcome("bdi2", "BDI-II", "depression", Direction::Lower, Role::Primary)
    };
    let bacs = Outcome {
        range: None,
        step: Some("0.01".parse().expect("0.01")),
        unit: Some("z".into()),
        ..outcome("bacs", "BACS-J composite", "cognition", Direction::Higher, Role::Secondary)
    };
    let gatb =
        Outcome { instrument: Some("gatb".into()), ..outcome("gatb", "GATB", "job_performance", Direction::Higher, Role::Secondary) };
    let sass = outcome("sass", "SASS", "social_adaptation", Direction::Higher, Role::Secondary);
    let prrs = outcome("prrs", "PRRS", "readiness", Direction::Higher, Role::Secondary);
    let hostile = outcome("h|<x>", HOSTILE, "other", Direction::None, Role::Exploratory);
    let bdi2_numbers = Numbers { pre: 22.4, change: -5.2, half: 1.7, p: 0.000_004, adjusted: 0.000_004, d: 0.62, r: 0.66 };
    let mut analyses = analysed(&bdi2, 29, &bdi2_numbers);
    for analysis in &mut analyses {
        match analysis.key.method {
            Method::PairedT | Method::DAv => analysis.notes.push(Note::SkewedChanges { skewness: -1.24 }),
            Method::Describe => analysis
                .notes
                .push(serde_json::from_str(r#"{"note":"scale_end","visit":"post","end":"floor","percent":20.7}"#).expect("a note")),
            _ => {}
        }
    }
    analyses.extend(analysed(&bacs, 30, &Numbers { pre: -1.31, change: 0.274, half: 0.19, p: 0.0062, adjusted: 0.0186, d: 0.31, r: 0.82 }));
    // The unadjusted test alone, and methods that differ.
    let mut of_gatb = analysed(&gatb, 28, &Numbers { pre: 91.0, change: 3.1, half: 2.9, p: 0.038, adjusted: 0.076, d: 0.24, r: 0.71 });
    for analysis in &mut of_gatb {
        if let Estimable::Estimated(Finding::Agreement(record)) = &mut analysis.finding {
            record.agree = false;
            record.verdicts[1].verdict = Verdict::NoChangeShown;
            record.verdicts[1].p = Some(p(0.064));
        }
    }
    analyses.extend(of_gatb);
    analyses.extend(analysed(&sass, 30, &Numbers { pre: 33.2, change: 0.8, half: 1.9, p: 0.397, adjusted: 0.397, d: 0.11, r: 0.58 }));
    analyses.extend(single_pair(&prrs));
    let mut of_hostile =
        analysed(&hostile, 30, &Numbers { pre: 10.0, change: -2.0, half: 1.0, p: 0.001, adjusted: 0.002, d: -0.4, r: 0.5 });
    for analysis in &mut of_hostile {
        if analysis.key.method == Method::DAv {
            analysis.finding = refused(serde_json::from_str(r#"{"reason":"constant_column","visit":"pre"}"#).expect("a reason"));
            analysis.notes.push(Note::Text { text: HOSTILE.into() });
        }
    }
    analyses.extend(of_hostile);
    results_of(vec![(bdi2, 29), (bacs, 30), (gatb, 28), (sass, 30), (prrs, 1), (hostile, 30)], analyses)
}

/// Twenty-four outcomes, as a battery of scales gives them.
pub fn many_outcomes() -> Results {
    let domains = ["depression", "cognition", "job_performance", "social_adaptation", "resilience", "quality_of_life"];
    let mut outcomes = Vec::new();
    let mut analyses = Vec::new();
    for i in 0..24 {
        let role = match i {
            0 => Role::Primary,
            1..9 => Role::Secondary,
            _ => Role::Exploratory,
        };
        let direction = if i % 6 == 0 { Direction::Lower } else { Direction::Higher };
        let one = outcome(&format!("scale{i}"), &format!("Scale {}", i + 1), domains[i % 6], direction, role);
        let change = (i as f64 - 8.0) * 0.4;
        let p = if change.abs() > 1.5 { 0.003 } else { 0.3 };
        analyses.extend(analysed(
            &one,
            26 + i % 5,
            &Numbers {
                pre: 25.0,
                change,
                half: 1.4,
                p,
                adjusted: p * 3.0,
                d: change / 8.0 * direction.benefit_sign().unwrap_or(1.0),
                r: 0.6,
            },
        ));
        outcomes.push((one, 26 + i % 5));
    }
    results_of(outcomes, analyses)
}

/// A figure for each place, one of them refused and one whose drawing must not stand inside the page.
pub fn figures() -> Vec<FigureAsset> {
    let asset = |kind: FigureKind, outcome: Option<&str>, stem: &str| FigureAsset {
        kind,
        outcome: outcome.map(Into::into),
        svg: Some(drawing(stem)),
        file: Some(format!("figures/{stem}.svg")),
        alt: format!("The {} figure: mean change \u{2212}5.2 points, 95 % CI \u{2212}6.9 to \u{2212}3.5.", kind.name()),
        caption: format!("{} figure, n = 29 pairs; bars are 95 % confidence intervals.", kind.name()),
        notes: Vec::new(),
        not_drawn: None,
    };
    vec![
        asset(FigureKind::Flow, None, "flow"),
        asset(FigureKind::Forest, None, "forest"),
        asset(FigureKind::Paired, Some("bdi2"), "bdi2-paired"),
        FigureAsset { alt: HOSTILE.into(), caption: HOSTILE.into(), ..asset(FigureKind::Raincloud, Some("bdi2"), "bdi2-raincloud") },
        FigureAsset {
            svg: Some("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(1)</script></svg>".into()),
            ..asset(FigureKind::Waterfall, Some("bdi2"), "bdi2-waterfall")
        },
        FigureAsset {
            svg: None,
            file: None,
            alt: String::new(),
            caption: String::new(),
            not_drawn: Some("needs at least 2 pairs, found 1".into()),
            ..asset(FigureKind::Paired, Some("prrs"), "prrs-paired")
        },
    ]
}

fn drawing(stem: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 89 60\" width=\"89mm\" height=\"60mm\" role=\"img\">\
         <title>{stem}</title><rect width=\"89\" height=\"60\" fill=\"#fff\"/><path d=\"M8 50 L80 50 M8 50 L8 6\" stroke=\"#222\" \
         stroke-width=\".2\" fill=\"none\"/><circle cx=\"30\" cy=\"20\" r=\"2\" fill=\"#56B4E9\"/><circle cx=\"60\" cy=\"35\" r=\"2\" \
         fill=\"#0072B2\"/><text x=\"12\" y=\"10\" font-size=\"3\">{stem}</text></svg>\n"
    )
}
