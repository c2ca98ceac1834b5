//! Results by hand: what a renderer is given, without any kernel. The numbers are plausible and simply computed, not
//! the program's statistics (intervals are mean ± 2 standard errors).

use prepost::decimal::Decimal;
use prepost::plan::Plan;
use prepost::results::{
    Adjusted, Analysis, ChangeClass, Describe, Finding, Individual, Individuals, Key, Method, Participants, Population, Provenance,
    Results, SCHEMA_VERSION, Settings, Summary, TrialInfo,
};
use prepost::stats::density::{ChangeDensity, Density};
use prepost::stats::effect::Effect;
use prepost::stats::paired::PairedT;
use prepost::stats::{Benefit, Estimable, Interval, NotEstimable, PValue};
use prepost::trial::{Band, Direction, FileRows, Ledger, Loss, LossCount, Outcome, OutcomeLedger, Role, RowFate, ScoreRange};

/// Pre and post of one subject.
pub type Scores = (Option<f64>, Option<f64>);

/// An outcome of lower-is-better points without a range; change what the test is about.
pub fn outcome(id: &str) -> Outcome {
    Outcome {
        score_decimals: None,
        id: id.into(),
        label: id.to_uppercase(),
        instrument: None,
        domain: Some("depression".into()),
        direction: Direction::Lower,
        range: None,
        step: None,
        role: Role::Primary,
        unit: None,
        bands: Vec::new(),
        meaning: Default::default(),
    }
}

/// A depression scale with range and severity bands.
pub fn bdi2() -> Outcome {
    let number = Decimal::from_integer;
    let band = |label: &str, min, max| Band { label: label.into(), min: number(min), max: number(max) };
    Outcome {
        score_decimals: None,
        label: "BDI-II".into(),
        range: Some(ScoreRange { min: number(0), max: number(63) }),
        step: Some(number(1)),
        bands: vec![band("minimal", 0, 13), band("mild", 14, 19), band("moderate", 20, 28), band("severe", 29, 63)],
        meaning: Default::default(),
        ..outcome("bdi2")
    }
}

/// `n` plausible pairs on 0 … 63: scattered, falling by about five.
pub fn plausible_scores(n: usize) -> Vec<Scores> {
    (0..n)
        .map(|i| {
            let pre = (14 + (i * 17) % 29) as f64;
            let change = 6.0 - ((i * 11) % 13 + (i * 7) % 11) as f64;
            (Some(pre), Some((pre + change).clamp(0.0, 63.0)))
        })
        .collect()
}

/// A trial of `k` outcomes with `n` pairs each: the first is the BDI-II, the others go both ways.
pub fn plausible_trial(k: usize, n: usize) -> (Results, Individuals) {
    let domains = ["depression", "cognition", "job_performance", "social_adaptation", "quality_of_life"];
    let outcomes: Vec<(Outcome, Vec<Scores>)> = (0..k)
        .map(|i| {
            let base = if i == 0 { bdi2() } else { outcome(&format!("outcome{i}")) };
            let direction = if i % 3 == 1 { Direction::Higher } else { Direction::Lower };
            let role = [Role::Primary, Role::Secondary, Role::Exploratory][i.min(2)];
            (Outcome { direction, role, domain: Some(domains[i % domains.len()].into()), ..base }, plausible_scores(n))
        })
        .collect();
    trial(&outcomes)
}

/// Results and individuals of these outcomes; the rows of a column belong to subjects S001, S002 …
pub fn trial(outcomes: &[(Outcome, Vec<Scores>)]) -> (Results, Individuals) {
    let subjects = outcomes.iter().map(|(_, scores)| scores.len()).max().unwrap_or(0);
    let results = Results {
        schema_version: SCHEMA_VERSION,
        trial: TrialInfo { title: Some("A made-up trial".into()), id: None },
        provenance: Provenance {
            version: "prepost 0.0.0".into(),
            plan_sha256: None,
            plan_inferred: false,
            data: Vec::new(),
            observations_sha256: String::new(),
            seed: 1,
            settings: Settings(Plan::default()),
        },
        participants: Participants::Full(Ledger {
            files: vec![FileRows {
                file: "scores.csv".into(),
                read: subjects + 2,
                fates: vec![(RowFate::Used, subjects), (RowFate::Blank, 2)],
            }],
            subjects,
            outcomes: outcomes.iter().map(|(outcome, scores)| ledger(outcome, scores, subjects)).collect(),
        }),
        outcomes: outcomes.iter().map(|(outcome, _)| outcome.clone()).collect(),
        analyses: outcomes.iter().flat_map(|(outcome, scores)| analyses(outcome, scores)).collect(),
        data_notes: Vec::new(),
    };
    let individuals = outcomes.iter().flat_map(|(outcome, scores)| people(outcome, scores)).collect();
    (results, Individuals(individuals))
}

fn ledger(outcome: &Outcome, scores: &[Scores], subjects: usize) -> OutcomeLedger {
    let count = |keep: fn(&Scores) -> bool| scores.iter().filter(|s| keep(s)).count();
    let both_missing = count(|s| s.0.is_none() && s.1.is_none()) + subjects - scores.len();
    let losses = [
        (Loss::PreMissing, count(|s| s.0.is_none() && s.1.is_some())),
        (Loss::PostMissing, count(|s| s.0.is_some() && s.1.is_none())),
        (Loss::BothMissing, both_missing),
    ];
    OutcomeLedger {
        outcome: outcome.id.clone(),
        subjects,
        with_pre: count(|s| s.0.is_some()),
        with_post: count(|s| s.1.is_some()),
        pairs: count(|s| s.0.is_some() && s.1.is_some()),
        losses: losses.into_iter().filter(|(_, count)| *count > 0).map(|(loss, count)| LossCount { loss, count }).collect(),
    }
}

fn people<'a>(outcome: &'a Outcome, scores: &'a [Scores]) -> impl Iterator<Item = Individual> + 'a {
    scores.iter().enumerate().map(|(i, &(pre, post))| {
        let change = pre.zip(post).map(|(pre, post)| post - pre);
        let class = change.zip(outcome.direction.benefit_sign()).map(|(change, sign)| match change * sign {
            benefit if benefit > 0.0 => ChangeClass::Improved,
            benefit if benefit < 0.0 => ChangeClass::Worsened,
            _ => ChangeClass::Unchanged,
        });
        Individual {
            subject: format!("S{:03}", i + 1).into(),
            outcome: outcome.id.as_str().into(),
            group: None,
            pre,
            post,
            change,
            class,
            meaning: Default::default(),
        }
    })
}

fn analyses(outcome: &Outcome, scores: &[Scores]) -> Vec<Analysis> {
    let pairs: Vec<(f64, f64)> = scores.iter().filter_map(|(pre, post)| Some(((*pre)?, (*post)?))).collect();
    let (pre, post): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let change: Vec<f64> = pairs.iter().map(|(pre, post)| post - pre).collect();
    let mean_change = paired_t(&change);
    let findings = [
        (Method::Describe, Estimable::Estimated(Finding::Describe(Box::new(describe(outcome, &pre, &post, &change))))),
        (Method::PairedT, mean_change.map(|t| Finding::PairedT(t.clone()))),
        (Method::DAv, mean_change.map(|t| Finding::Effect(effect(outcome, t)))),
        (Method::Adjusted, mean_change.map(|_| Finding::Adjusted(adjusted(outcome)))),
        (Method::Density, Estimable::Estimated(Finding::Density(Box::new(densities(outcome, &pre, &post, &mean_change))))),
    ];
    findings
        .into_iter()
        .map(|(method, finding)| {
            let key = Key { outcome: outcome.id.clone(), contrast: "post-pre".into(), population: Population::Pairs, method };
            Analysis { id: key.id(), key, role: outcome.role, n: pairs.len(), finding, notes: Vec::new() }
        })
        .collect()
}

fn describe(outcome: &Outcome, pre: &[f64], post: &[f64], change: &[f64]) -> Describe {
    let share = |count: usize| 100.0 * count as f64 / change.len().max(1) as f64;
    let classes = outcome.direction.benefit_sign().filter(|_| !change.is_empty()).map(|sign| {
        let n_improved = change.iter().filter(|c| **c * sign > 0.0).count();
        let n_worsened = change.iter().filter(|c| **c * sign < 0.0).count();
        let n_unchanged = change.len() - n_improved - n_worsened;
        serde_json::from_value(serde_json::json!({
            "n_improved": n_improved, "n_unchanged": n_unchanged, "n_worsened": n_worsened,
            "pct_improved": share(n_improved), "pct_unchanged": share(n_unchanged), "pct_worsened": share(n_worsened),
        }))
        .unwrap()
    });
    let ends = outcome.range.filter(|_| !change.is_empty()).map(|range| {
        let at = |scores: &[f64], end: Decimal| share(scores.iter().filter(|s| **s == end.to_f64()).count());
        serde_json::from_value(serde_json::json!({
            "pct_floor_pre": at(pre, range.min), "pct_ceiling_pre": at(pre, range.max),
            "pct_floor_post": at(post, range.min), "pct_ceiling_post": at(post, range.max),
        }))
        .unwrap()
    });
    Describe {
        n_missing_pre: Estimable::Estimated(0),
        n_missing_post: Estimable::Estimated(0),
        pre: summary(pre),
        post: summary(post),
        change: summary(change),
        mean_interval_pre: mean_interval(pre),
        mean_interval_post: mean_interval(post),
        r: Estimable::Estimated(0.5),
        scale_ends: ends,
        classes,
    }
}

/// Two standard errors either side of the mean: near enough for drawing.
fn mean_interval(values: &[f64]) -> Estimable<Interval> {
    let summary = summary(values);
    match (summary.mean.ok(), summary.sd.ok()) {
        (Some(mean), Some(sd)) => {
            let half = 2.0 * sd / (values.len() as f64).sqrt();
            Estimable::Estimated(Interval { level: 0.95, lower: mean - half, upper: mean + half })
        }
        _ => Estimable::NotEstimable(NotEstimable::TooFewPairs { needed: 2, found: values.len() }),
    }
}

/// Mean, SD and type-7 quartiles.
pub fn summary(values: &[f64]) -> Summary {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = values.len();
    let too_few = |needed| Estimable::NotEstimable(NotEstimable::TooFewPairs { needed, found: n });
    let quantile = |p: f64| {
        let at = p * (n as f64 - 1.0);
        let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
        low + (at - at.floor()) * (high - low)
    };
    let known = |value: &dyn Fn() -> f64| if n == 0 { too_few(1) } else { Estimable::Estimated(value()) };
    Summary {
        n,
        mean: known(&|| mean(values)),
        sd: if n < 2 { too_few(2) } else { Estimable::Estimated(sd(values)) },
        median: known(&|| quantile(0.5)),
        q1: known(&|| quantile(0.25)),
        q3: known(&|| quantile(0.75)),
        min: known(&|| sorted[0]),
        max: known(&|| sorted[n - 1]),
        skewness: too_few(3),
    }
}

pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

pub fn sd(values: &[f64]) -> f64 {
    let mean = mean(values);
    (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0)).sqrt()
}

fn paired_t(change: &[f64]) -> Estimable<PairedT> {
    let n = change.len();
    if n < 2 {
        return Estimable::NotEstimable(NotEstimable::TooFewPairs { needed: 2, found: n });
    }
    let mean_change = mean(change);
    let refused = (sd(change) == 0.0).then_some(NotEstimable::ConstantChange);
    let std_error = sd(change) / (n as f64).sqrt();
    let or_refused = |value: f64| refused.clone().map_or(Estimable::Estimated(value), Estimable::NotEstimable);
    Estimable::Estimated(PairedT {
        mean_change,
        sd_change: or_refused(std_error * (n as f64).sqrt()),
        std_error: or_refused(std_error),
        t: or_refused(mean_change / std_error.max(1e-9)),
        df: n as f64 - 1.0,
        p: or_refused(0.0).map(|_| PValue::new(0.0004).unwrap()),
        interval: or_refused(0.0).map(|_| interval(mean_change, std_error)),
    })
}

fn interval(estimate: f64, std_error: f64) -> Interval {
    Interval { level: 0.95, lower: estimate - 2.0 * std_error, upper: estimate + 2.0 * std_error }
}

fn effect(outcome: &Outcome, t: &PairedT) -> Effect {
    let sd = t.sd_change.ok().copied().unwrap_or(1.0);
    let (estimate, std_error) = (t.mean_change / sd, t.std_error.ok().copied().unwrap_or(1.0) / sd);
    let limits = t.interval.map(|_| interval(estimate, std_error));
    let benefit = outcome.direction.benefit_sign().map(|sign| Benefit {
        estimate: sign * estimate,
        interval: limits.map(|limits| if sign > 0.0 { *limits } else { limits.negated() }),
    });
    Effect { estimate, std_error: Estimable::Estimated(std_error), interval: limits, hedges: None, hedges_ri: None, benefit }
}

fn adjusted(outcome: &Outcome) -> Adjusted {
    Adjusted {
        procedure: "holm".into(),
        test: Method::PairedT,
        p_raw: PValue::new(0.0004).unwrap(),
        p: PValue::new(0.0012).unwrap(),
        family: format!("role={}", outcome.role),
        family_size: 3,
    }
}

fn densities(outcome: &Outcome, pre: &[f64], post: &[f64], t: &Estimable<PairedT>) -> ChangeDensity {
    let cut = outcome.range.map(|range| [range.min.to_f64(), range.max.to_f64()]);
    let spread = t.ok().and_then(|t| t.std_error.ok().copied()).unwrap_or(0.0);
    let bootstrap: Vec<f64> = t.ok().map_or(Vec::new(), |t| (-20..=20).map(|i| t.mean_change + spread * f64::from(i) / 10.0).collect());
    ChangeDensity { pre: density(pre, cut), post: density(post, cut), bootstrap_mean_change: density(&bootstrap, None) }
}

fn density(values: &[f64], cut: Option<[f64; 2]>) -> Estimable<Density> {
    if values.len() < 2 {
        return Estimable::NotEstimable(NotEstimable::TooFewPairs { needed: 2, found: values.len() });
    }
    let bandwidth = 0.9 * sd(values) * (values.len() as f64).powf(-0.2);
    if bandwidth == 0.0 {
        return Estimable::NotEstimable(NotEstimable::ConstantChange);
    }
    let [low, high] = [values.iter().copied().fold(f64::INFINITY, f64::min), values.iter().copied().fold(f64::NEG_INFINITY, f64::max)];
    let from = cut.map_or(low - 3.0 * bandwidth, |cut| cut[0].max(low - 3.0 * bandwidth));
    let to = cut.map_or(high + 3.0 * bandwidth, |cut| cut[1].min(high + 3.0 * bandwidth));
    let step = (to - from) / 127.0;
    let kernel = |x: f64| values.iter().map(|v| (-0.5 * ((x - v) / bandwidth).powi(2)).exp()).sum::<f64>();
    let norm = values.len() as f64 * bandwidth * std::f64::consts::TAU.sqrt();
    let density = (0..128).map(|i| kernel(from + f64::from(i) * step) / norm).collect();
    Estimable::Estimated(Density { kernel: "normal kernel, bandwidth nrd0".into(), bandwidth, from, step, density, cut })
}
