//! Tidy rows of the records of clinical significance.

use super::Cell;
use crate::results::{BandShift, Finding, Method, Multiverse, ReliableChange, Remission, Responders, Response};
use crate::stats::clinical::{Classes, CutoffKind, Evidence, Responders as Shares};
use crate::stats::proportion::Proportion;
use crate::stats::shift::MarginalHomogeneity;
use crate::stats::{Estimable, Interval, NotEstimable};
use crate::trial::{ChangeUnit, Importance};

/// The statistics of a record of this kind; nothing for other kinds.
pub fn cells(finding: &Finding) -> Vec<Cell> {
    match finding {
        Finding::Responders(record) => responders(record),
        Finding::Response(record) => response(record),
        Finding::Remission(record) => remission(record),
        Finding::ReliableChange(record) => reliable_change(record),
        Finding::Multiverse(record) => multiverse(record),
        Finding::BandShift(record) => band_shift(record),
        _ => Vec::new(),
    }
}

/// The statistic names of a method whose whole record is refused.
pub fn names(method: Method) -> &'static [&'static str] {
    match method {
        Method::Responders => {
            &["threshold", "n", "n_responders", "share", "wilson_low", "wilson_high", "exact_low", "exact_high", "n_deteriorated"]
        }
        Method::Response => &["n", "n_responders", "share", "wilson_low", "wilson_high", "exact_low", "exact_high", "n_deteriorated"],
        Method::Remission => {
            &["n", "n_pre", "share_pre", "n_post", "share_post", "difference", "newcombe_low", "newcombe_high", "p_exact", "p_mid"]
        }
        Method::ReliableChange => &[
            "reliability",
            "sem",
            "s_diff",
            "smallest_detectable_change",
            "cutoff_a",
            "cutoff_b",
            "cutoff_c",
            "n",
            "n_recovered",
            "n_improved",
            "n_unchanged",
            "n_deteriorated",
            "n_reliably_improved",
        ],
        Method::Multiverse => &["improved_min", "improved_max", "n_choices"],
        Method::BandShift => &["n", "n_outside", "n_better", "n_same", "n_worse", "stuart_maxwell", "bhapkar", "bowker"],
        _ => &[],
    }
}

fn responders(record: &Responders) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (i, row) in record.thresholds.iter().enumerate() {
        let suffix = if i == 0 { String::new() } else { format!("_{}", i + 1) };
        let is_percent = row.threshold.fact.unit == ChangeUnit::PercentOfBaseline;
        let mut of_row = vec![
            cell("threshold", Ok(row.threshold.fact.value.to_f64())),
            cell("threshold_is_percent", Ok(f64::from(u8::from(is_percent)))),
        ];
        of_row.extend(shares(&row.shares));
        cells.extend(of_row.into_iter().map(|(name, value)| cell(&format!("{name}{suffix}"), value)));
    }
    cells
}

/// What a single statistic rests on. Of responders: the first threshold, or the one that its name ends in, of which only the
/// least change that matters is called the MCID. Of reliable change: a method that the literature does not carry.
pub fn note(finding: &Finding, statistic: &str) -> Option<String> {
    let record = match finding {
        Finding::Responders(record) => record,
        Finding::ReliableChange(record) => {
            let row = record.methods.iter().find(|row| statistic.rsplit_once('_').is_some_and(|(_, way)| way == row.method.name()))?;
            return match row.evidence {
                Evidence::Established => None,
                Evidence::Disputed => Some("the formula is established, its use disputed in print".into()),
                Evidence::OneImplementation => Some("the formula was found in one implementation only, not in a paper".into()),
            };
        }
        _ => return None,
    };
    let position = statistic.rsplit_once('_').and_then(|(_, end)| end.parse::<usize>().ok()).unwrap_or(1);
    let threshold = &record.thresholds.get(position.checked_sub(1)?)?.threshold;
    let what = match threshold.fact.kind {
        Importance::Minimal => "MCID",
        Importance::Substantial => "substantial change, not the MCID",
        Importance::Other => "neither the MCID nor a substantial change",
    };
    let from = [&threshold.fact.anchor, &threshold.population, &threshold.source].into_iter().flatten().map(String::as_str);
    Some(format!("{what}: {}", from.chain([threshold.basis.label()]).collect::<Vec<_>>().join("; ")))
}

fn response(record: &Response) -> Vec<Cell> {
    shares(&record.shares)
}

/// Responders and deteriorated among the pairs, then among all with a pre score.
fn shares(shares: &Estimable<Shares>) -> Vec<Cell> {
    let found = shares.as_result().map_err(Clone::clone);
    let part = |pick: fn(&Shares) -> &Estimable<Proportion>| found.clone().and_then(|shares| copied(pick(shares)));
    let response = part(|shares| &shares.response);
    let all = part(|shares| &shares.missing_as_non_responders);
    let bounds = found.clone().and_then(|shares| copied(&shares.bounds));
    let mut cells = vec![cell("n", response.clone().map(|share| share.n as f64))];
    cells.extend(proportion("n_responders", "", &response));
    cells.extend(proportion("n_deteriorated", "deteriorated_", &part(|shares| &shares.deterioration)));
    cells.extend([
        cell("n_all", all.clone().map(|share| share.n as f64)),
        cell("share_all", all.clone().map(|share| share.share)),
        cell("all_wilson_low", all.clone().map(|share| share.wilson.lower)),
        cell("all_wilson_high", all.map(|share| share.wilson.upper)),
        cell("share_worst", bounds.clone().map(|bounds| bounds.worst.share)),
        cell("share_best", bounds.map(|bounds| bounds.best.share)),
        cell("n_no_percent", found.map(|shares| shares.n_baseline_not_positive as f64)),
    ]);
    cells
}

fn remission(record: &Remission) -> Vec<Cell> {
    let difference = record.difference.as_result().map_err(Clone::clone);
    let test = record.mcnemar.as_result().map_err(Clone::clone);
    let odds = record.odds_ratio.as_result().map_err(Clone::clone);
    let bounds = record.bounds.as_result().map_err(Clone::clone);
    let mut cells = vec![cell("n", difference.clone().map(|d| d.pre.n as f64))];
    cells.extend(proportion("n_pre", "pre_", &difference.clone().map(|d| d.pre)));
    cells.extend(proportion("n_post", "post_", &difference.clone().map(|d| d.post)));
    cells.push(cell("difference", difference.clone().map(|d| d.difference)));
    cells.extend(limits("newcombe", difference.clone().map(|d| d.newcombe)));
    cells.extend(limits("tango", difference.clone().map(|d| d.tango)));
    cells.extend(limits("bonett_price", difference.map(|d| d.bonett_price)));
    cells.extend([
        cell("n_gained", odds.clone().map(|odds| odds.gained as f64)),
        cell("n_lost", odds.clone().map(|odds| odds.lost as f64)),
        cell("chi_squared", test.clone().map(|test| test.chi_squared)),
        cell("p_asymptotic", test.clone().map(|test| test.p_asymptotic.get())),
        cell("chi_squared_corrected", test.clone().map(|test| test.chi_squared_corrected)),
        cell("p_corrected", test.clone().map(|test| test.p_corrected.get())),
        cell("p_exact", test.clone().map(|test| test.p_exact.get())),
        cell("p_mid", test.map(|test| test.p_mid.get())),
        cell("odds_ratio", odds.clone().and_then(|odds| copied(&odds.estimate))),
        cell("odds_ratio_low", odds.clone().map(|odds| odds.lower)),
        cell("odds_ratio_high", odds.and_then(|odds| copied(&odds.upper))),
        cell("n_all", bounds.clone().map(|bounds| bounds.worst.n as f64)),
        cell("share_post_worst", bounds.clone().map(|bounds| bounds.worst.share)),
        cell("share_post_best", bounds.map(|bounds| bounds.best.share)),
    ]);
    cells
}

fn reliable_change(record: &ReliableChange) -> Vec<Cell> {
    let mut cells = vec![
        cell("reliability", Ok(record.error.reliability)),
        cell("clinical_mean", Ok(record.clinical.mean)),
        cell("clinical_sd", Ok(record.clinical.sd)),
        cell("sem", Ok(record.error.sem)),
        cell("s_diff", Ok(record.error.s_diff)),
        cell("smallest_detectable_change", Ok(record.error.smallest_detectable_change)),
    ];
    for row in &record.cutoffs {
        let name = match row.kind {
            CutoffKind::A => "cutoff_a",
            CutoffKind::B => "cutoff_b",
            CutoffKind::C => "cutoff_c",
            CutoffKind::Stated(_) => "cutoff",
        };
        cells.push(cell(name, copied(&row.value)));
    }
    let classes = record.classes.as_result().map_err(Clone::clone);
    let share = |pick: fn(&Classes) -> Proportion| classes.clone().map(pick);
    cells.push(cell("n", classes.clone().map(|classes| classes.n as f64)));
    cells.extend(proportion("n_recovered", "recovered_", &classes.clone().and_then(|classes| copied(&classes.recovered))));
    cells.extend(proportion("n_improved", "improved_", &share(|classes| classes.improved)));
    cells.extend(proportion("n_unchanged", "unchanged_", &share(|classes| classes.unchanged)));
    cells.extend(proportion("n_deteriorated", "deteriorated_", &share(|classes| classes.deteriorated)));
    cells.extend(proportion("n_reliably_improved", "reliably_improved_", &share(|classes| classes.reliably_improved)));
    for (name, pick) in [
        ("n_clinical_pre", (|classes| &classes.n_clinical_pre) as fn(&Classes) -> &Estimable<u64>),
        ("n_functional_post", |classes| &classes.n_functional_post),
        ("n_left_functional", |classes| &classes.n_left_functional),
    ] {
        cells.push(cell(name, classes.clone().and_then(|classes| copied(pick(classes))).map(|count| count as f64)));
    }
    for row in &record.methods {
        let classes = row.classes.as_result().map_err(Clone::clone);
        let recovered = classes.clone().and_then(|classes| copied(&classes.recovered)).map(|share| share.count as f64);
        let count = |pick: fn(&Classes) -> Proportion| classes.clone().map(|classes| pick(classes).count as f64);
        let name = |what: &str| format!("n_{what}_{}", row.method.name());
        cells.extend([
            cell(&name("recovered"), recovered),
            cell(&name("improved"), count(|classes| classes.improved)),
            cell(&name("unchanged"), count(|classes| classes.unchanged)),
            cell(&name("deteriorated"), count(|classes| classes.deteriorated)),
            cell(&name("reliably_improved"), count(|classes| classes.reliably_improved)),
        ]);
    }
    cells
}

fn multiverse(record: &Multiverse) -> Vec<Cell> {
    let none = || NotEstimable::NotComputed { why: "no choice could be computed".into() };
    let range = record.improved_range.ok_or_else(none);
    vec![
        cell("improved_min", range.clone().map(|[lowest, _]| lowest)),
        cell("improved_max", range.map(|[_, highest]| highest)),
        cell("n_choices", Ok(record.rows.iter().filter(|row| row.improved.ok().is_some()).count() as f64)),
    ]
}

fn band_shift(record: &BandShift) -> Vec<Cell> {
    let no_direction = || NotEstimable::NotComputed { why: "the scale has no better direction".into() };
    let moved = |count: Option<usize>| count.map(|count| count as f64).ok_or_else(no_direction);
    let mut cells = vec![
        cell("n", Ok(record.counts.iter().flatten().sum::<u64>() as f64)),
        cell("n_outside", Ok(record.n_outside as f64)),
        cell("n_better", moved(record.moves.n_better)),
        cell("n_same", Ok(record.moves.n_same as f64)),
        cell("n_worse", moved(record.moves.n_worse)),
    ];
    let homogeneity = |test: &Estimable<MarginalHomogeneity>| test.as_result().map(|t| (t.statistic, t.df, t.p)).map_err(Clone::clone);
    let bowker = record.bowker.as_result().map(|t| (t.statistic, t.df, t.p)).map_err(Clone::clone);
    for (name, test) in
        [("stuart_maxwell", homogeneity(&record.stuart_maxwell)), ("bhapkar", homogeneity(&record.bhapkar)), ("bowker", bowker)]
    {
        cells.extend([
            cell(name, test.clone().map(|test| test.0)),
            cell(&format!("df_{name}"), test.clone().map(|test| test.1 as f64)),
            cell(&format!("p_{name}"), test.map(|test| test.2.get())),
        ]);
    }
    cells
}

/// `count`, then with `prefix`: the share, Wilson's and the exact interval.
fn proportion(count: &str, prefix: &str, share: &Result<Proportion, NotEstimable>) -> Vec<Cell> {
    let mut cells = vec![
        cell(count, share.clone().map(|share| share.count as f64)),
        cell(
            &match prefix.strip_suffix('_') {
                Some(of) => format!("share_{of}"),
                None => "share".to_owned(),
            },
            share.clone().map(|share| share.share),
        ),
    ];
    cells.extend(limits(&format!("{prefix}wilson"), share.clone().map(|share| share.wilson)));
    cells.extend(limits(&format!("{prefix}exact"), share.clone().map(|share| share.exact)));
    cells
}

fn limits(name: &str, interval: Result<Interval, NotEstimable>) -> [Cell; 2] {
    [cell(&format!("{name}_low"), interval.clone().map(|i| i.lower)), cell(&format!("{name}_high"), interval.map(|i| i.upper))]
}

fn cell(name: &str, value: Result<f64, NotEstimable>) -> Cell {
    (name.to_owned().into(), value)
}

fn copied<T: Copy>(value: &Estimable<T>) -> Result<T, NotEstimable> {
    value.as_result().copied().map_err(Clone::clone)
}
