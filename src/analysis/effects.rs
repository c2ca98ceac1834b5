//! Every effect size, with the sign of the change and benefit-coded.

use super::outcome::{List, oriented, zeros};
use crate::plan::AnalysisSection;
use crate::results::{Finding, Method};
use crate::stats::effect::{Effect, d_av, d_pre, d_rm, d_z, p_superiority, rank_biserial};
use crate::stats::paired::Zeros;
use crate::stats::resample::BootstrapIntervals;
use crate::stats::{Benefit, Estimable, Interval, NotEstimable, Note, Pairs};
use crate::trial::Direction;

/// Appends all effect sizes of one outcome.
pub fn push(
    list: &mut List,
    pairs: &Pairs,
    settings: &AnalysisSection,
    direction: Direction,
    resampled: &BootstrapIntervals,
    skewed: &Option<Note>,
) {
    push_standardised(list, pairs, settings, direction, skewed);
    for (method, rule) in
        [(Method::RankBiserial, zeros(settings.zeros)), (Method::RankBiserialDrop, Zeros::Drop), (Method::RankBiserialPratt, Zeros::Pratt)]
    {
        let interval = match rule {
            Zeros::Drop => &resampled.rank_biserial_drop,
            Zeros::Pratt => &resampled.rank_biserial_pratt,
        };
        let effect = rank_biserial(pairs.changes(), rule).map(|effect| Effect { interval: interval.clone(), ..effect });
        let few = (pairs.n() < 10).then_some(Note::FewPairsForBootstrap { n: pairs.n() });
        list.push(method, coded(effect, direction, Coding::Signed), notes(direction, &few));
    }
    let superiority = p_superiority(pairs.changes(), settings.conf_level);
    list.push(Method::PSuperiority, coded(superiority, direction, Coding::Probability), notes(direction, &None));
}

/// Appends the standardised mean changes.
pub fn push_standardised(list: &mut List, pairs: &Pairs, settings: &AnalysisSection, direction: Direction, skewed: &Option<Note>) {
    let level = settings.conf_level;
    for (method, effect) in [
        (Method::DZ, d_z(pairs, level)),
        (Method::DAv, d_av(pairs, level)),
        (Method::DPre, d_pre(pairs, level)),
        (Method::DRm, d_rm(pairs)),
    ] {
        list.push(method, coded(effect, direction, Coding::Signed), notes(direction, skewed));
    }
}

/// How an effect turns where lower is better.
#[derive(Clone, Copy)]
enum Coding {
    /// About 0: the sign changes.
    Signed,
    /// About ½: the complement.
    Probability,
}

fn coded(effect: Result<Effect, NotEstimable>, direction: Direction, coding: Coding) -> Result<Finding, NotEstimable> {
    let effect = effect?;
    let benefit = direction.benefit_sign().map(|sign| match coding {
        Coding::Signed => Benefit {
            estimate: if sign < 0.0 { negated(effect.estimate) } else { effect.estimate },
            interval: effect.interval.map(|i| oriented(i, sign)),
        },
        Coding::Probability => Benefit {
            estimate: if sign < 0.0 { 1.0 - effect.estimate } else { effect.estimate },
            interval: complement_where(&effect.interval, sign < 0.0),
        },
    });
    Ok(Finding::Effect(Effect { benefit, ..effect }))
}

fn negated(value: f64) -> f64 {
    if value == 0.0 { 0.0 } else { -value }
}

fn complement_where(interval: &Estimable<Interval>, lower_is_better: bool) -> Estimable<Interval> {
    interval.map(|i| if lower_is_better { Interval { level: i.level, lower: 1.0 - i.upper, upper: 1.0 - i.lower } } else { *i })
}

fn notes(direction: Direction, caveat: &Option<Note>) -> Vec<Note> {
    let no_direction = matches!(direction, Direction::None).then_some(Note::NoDirection);
    no_direction.into_iter().chain(caveat.clone()).collect()
}
