//! Reliable change of one person: is the change more than the error of two measurements?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::exact::Exact;
use super::reliability::{check_reliability, check_sd, measurement_error};
use super::{Better, Norms};
use crate::decimal::Scores;
use crate::stats::distribution::normal;
use crate::stats::paired::pearson;
use crate::stats::{NotEstimable, Pairs};

/// A way to weigh one person's change against measurement error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Jacobson & Truax (1991).
    Jt,
    /// Gulliksen, Lord & Novick: the pre score regressed to the mean, error of prediction.
    Gln,
    /// Hsu, Linn & Lord: as Gln with the post mean.
    Hll,
    /// Edwards & Nunnally: as Gln over the error of measurement.
    En,
    /// Nunnally & Kotsch.
    Nk,
    /// Hageman & Arrindell (1993).
    Ha,
    /// Jacobson & Truax less the mean practice effect (Chelune et al. 1993).
    Chelune,
}

/// How far the literature carries a method's formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The formula stands in its paper and in others.
    Established,
    /// The formula is established, its use is disputed in print.
    Disputed,
    /// The formula was found in one implementation only.
    OneImplementation,
}

impl Method {
    pub const ALL: [Method; 7] = [Method::Jt, Method::Gln, Method::Hll, Method::En, Method::Nk, Method::Ha, Method::Chelune];

    /// The name in plans, results and tables.
    pub fn name(self) -> &'static str {
        match self {
            Method::Jt => "jt",
            Method::Gln => "gln",
            Method::Hll => "hll",
            Method::En => "en",
            Method::Nk => "nk",
            Method::Ha => "ha",
            Method::Chelune => "chelune",
        }
    }

    pub fn evidence(self) -> Evidence {
        match self {
            Method::Jt | Method::Gln | Method::Chelune => Evidence::Established,
            // Hsu (1995) disputes the error term of en, Maassen (2000) the derivation of ha.
            Method::En | Method::Ha => Evidence::Disputed,
            Method::Hll | Method::Nk => Evidence::OneImplementation,
        }
    }

    /// The magnitude an index must exceed: 1.96, for `Ha` the 95th percentile of the normal.
    // METHOD: the literature's 1.96, not 1.95996…, so that classes agree with published tables at the boundary.
    pub fn critical(self) -> f64 {
        if self == Method::Ha { normal::quantile(0.95) } else { 1.96 }
    }
}

/// What the trial's own pairs contribute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    pub n: usize,
    pub mean_pre: f64,
    pub sd_pre: f64,
    pub mean_post: f64,
    pub sd_post: f64,
    /// Correlation of pre and post; absent where a column is constant.
    pub r: Option<f64>,
}

impl Sample {
    pub fn of(pairs: &Pairs) -> Self {
        let (pre, post) = (pairs.pre(), pairs.post());
        Self { n: pairs.n(), mean_pre: pre.mean(), sd_pre: pre.sd(), mean_post: post.mean(), sd_post: post.sd(), r: pearson(pairs) }
    }

    /// The pre scores as the clinical population, where no norms are stated.
    pub fn clinical(&self) -> Norms {
        Norms { mean: self.mean_pre, sd: self.sd_pre, n: Some(self.n as u64) }
    }
}

/// What the methods may draw on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    pub better: Better,
    /// M_c and SD_c.
    pub clinical: Norms,
    /// r_xx.
    pub reliability: f64,
    /// The reliability at post, for [`Method::Nk`]; r_xx where absent.
    pub reliability_post: Option<f64>,
    /// Mean change (post − pre) of people who were only measured twice, for [`Method::Chelune`].
    pub practice: Option<f64>,
    pub sample: Sample,
}

/// What the index of one person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    ReliablyImproved,
    NotReliable,
    ReliablyWorsened,
}

/// A method made ready for the people of one outcome.
///
/// The index is s·[w (post − pre) + g (pre − M) + k]/e, s = +1 where higher is better. With SEM = SD √(1 − r), s_diff = √2 SEM,
/// M and SD the clinical population's, r its reliability:
///
/// | method | w | g | k | e |
/// |---|---|---|---|---|
/// | `Jt` | 1 | 0 | 0 | s_diff |
/// | `Chelune` | 1 | 0 | −mean practice | s_diff |
/// | `Gln` | 1 | 1 − r | 0 | SD √(1 − r²) |
/// | `Hll` | 1 | 1 − r | M − M_post | SD √(1 − r²) |
/// | `En` | 1 | 1 − r | 0 | SEM |
/// | `Nk` | 1 | 1 − r | 0 | √(SD² (r² (1 − r) + 1 − r_post)) |
/// | `Ha` | r_dd | 0 | (M_post − M_pre)(1 − r_dd) | √r_dd s_diff |
///
/// post − M − r (pre − M) = (post − pre) + (1 − r)(pre − M). For `Ha`, r_dd = (s₁² r₁₁ + s₂² r₂₂ − 2 s₁ s₂ r₁₂)/(s₁² + s₂² − 2 s₁ s₂ r₁₂)
/// from the sample, r₂₂ = 1 − SEM²/s₂², refused for r_dd ≤ 0.
/// Assumes a reliability that holds for these people and this interval, and the same error at every score.
/// Matches R: the formulas as written (`clinicalsignificance` for jt, gln, hll, en, nk). Sources: Jacobson & Truax (1991); Hsu (1989, 1995);
/// Speer (1992); Hageman & Arrindell (1993, 1999); Maassen (2000) Psychometrika 65:187; Chelune et al. (1993) Neuropsychology 7:41.
#[derive(Debug, Clone, Copy)]
pub struct ReliableChange {
    pub method: Method,
    /// The magnitude an index must exceed.
    pub critical: f64,
    /// e, the denominator of the index.
    pub standard_error: f64,
    better: Better,
    weight: f64,
    shrink: f64,
    mean: f64,
    constant: f64,
    exact: Option<Decimals>,
}

/// The same in decimals: the square of numerator and bound.
#[derive(Debug, Clone, Copy)]
struct Decimals {
    shrink: Exact,
    mean: Exact,
    constant: Exact,
    /// critical² e².
    bound_squared: Exact,
}

impl ReliableChange {
    /// `critical` replaces the method's own. Refused by name where the method lacks what it needs.
    pub fn new(method: Method, measure: &Measure, critical: Option<f64>) -> Result<Self, NotEstimable> {
        let Measure { clinical: Norms { mean, sd, .. }, reliability: r, sample, .. } = *measure;
        let critical = critical.unwrap_or(method.critical());
        let error = measurement_error(sd, r, critical)?;
        let refused = |why: &str| NotEstimable::NotComputed { why: why.into() };
        if !(mean.is_finite() && critical > 0.0 && critical.is_finite()) {
            return Err(NotEstimable::Overflow);
        }
        let r_post = measure.reliability_post.unwrap_or(r);
        let (weight, shrink, constant, standard_error) = match method {
            Method::Jt => (1.0, 0.0, 0.0, error.s_diff),
            Method::Chelune => {
                let practice = measure.practice.ok_or_else(|| refused("the mean practice effect is not known"))?;
                (1.0, 0.0, -practice, error.s_diff)
            }
            Method::Gln => (1.0, 1.0 - r, 0.0, sd * libm::sqrt((1.0 - r) * (1.0 + r))),
            Method::Hll => (1.0, 1.0 - r, mean - sample.mean_post, sd * libm::sqrt((1.0 - r) * (1.0 + r))),
            Method::En => (1.0, 1.0 - r, 0.0, error.sem),
            Method::Nk => {
                check_reliability(r_post)?;
                (1.0, 1.0 - r, 0.0, sd * libm::sqrt(r * r * (1.0 - r) + (1.0 - r_post)))
            }
            Method::Ha => {
                let r_dd = reliability_of_difference(&sample, r, error.sem)?;
                (r_dd, 0.0, (sample.mean_post - sample.mean_pre) * (1.0 - r_dd), libm::sqrt(r_dd) * error.s_diff)
            }
        };
        if !(standard_error.is_normal() && constant.is_finite()) {
            return Err(NotEstimable::Overflow);
        }
        let exact = decimals(method, measure, r_post, critical);
        Ok(Self { method, critical, standard_error, better: measure.better, weight, shrink, mean, constant, exact })
    }

    /// The change in raw points, for the better, that is just not reliable, where one number says it (`Jt`, `Chelune`).
    pub fn points(&self) -> Option<f64> {
        let same_for_all = matches!(self.method, Method::Jt | Method::Chelune);
        same_for_all.then(|| self.critical * self.standard_error - self.better.sign() * self.constant)
    }

    /// Index and verdict of each person, in the order of the columns, which share a grid and a length.
    ///
    /// Reliable is an index that *exceeds* the critical value: one that equals it is not. Where every input is a short
    /// enough decimal the squares are compared as integers, so that 9.8 points at a bound of 1.96 · 5 are not reliable.
    pub fn judge(&self, pre: &Scores, post: &Scores) -> Vec<(f64, Verdict)> {
        let change = post.minus(pre);
        let (changes, starts) = (change.to_f64(), pre.to_f64());
        let judged = changes.iter().zip(&starts).enumerate().map(|(i, (&change_i, &start))| {
            let numerator = self.weight * change_i + self.shrink * (start - self.mean) + self.constant;
            let index = self.better.sign() * (numerator / self.standard_error);
            let index = crate::stats::estimate::zero_sign_free(index);
            let exactly = || Exact::at(&change, i).zip(Exact::at(pre, i)).and_then(|(change, start)| self.exact_verdict(change, start));
            (index, exactly().unwrap_or_else(|| verdict(index.abs() > self.critical, index > 0.0)))
        });
        judged.collect()
    }

    fn exact_verdict(&self, change: Exact, start: Exact) -> Option<Verdict> {
        let Decimals { shrink, mean, constant, bound_squared } = self.exact?;
        let numerator = change.plus(shrink.times(start.minus(mean)?)?)?.plus(constant)?;
        let exceeds = numerator.squared()?.compare(bound_squared)?.is_gt();
        Some(verdict(exceeds, numerator.negated_if(self.better == Better::Lower).is_positive()))
    }
}

fn verdict(exceeds: bool, better: bool) -> Verdict {
    match (exceeds, better) {
        (false, _) => Verdict::NotReliable,
        (true, true) => Verdict::ReliablyImproved,
        (true, false) => Verdict::ReliablyWorsened,
    }
}

/// The reliability of the difference of Hageman & Arrindell.
fn reliability_of_difference(sample: &Sample, r: f64, sem: f64) -> Result<f64, NotEstimable> {
    let Sample { sd_pre, sd_post, .. } = *sample;
    check_sd(sd_pre, "the pre SD")?;
    check_sd(sd_post, "the post SD")?;
    let refused = |why: String| NotEstimable::NotComputed { why };
    let between = sample.r.ok_or_else(|| refused("pre and post scores have no correlation".into()))?;
    let r_post = 1.0 - sem * sem / (sd_post * sd_post);
    let shared = 2.0 * sd_pre * sd_post * between;
    let spread = sd_pre * sd_pre + sd_post * sd_post - shared;
    let r_dd = (sd_pre * sd_pre * r + sd_post * sd_post * r_post - shared) / spread;
    // METHOD: above 1 cannot be, by construction; not a number where every change is equal.
    if spread > 0.0 && r_dd > 0.0 && r_dd <= 1.0 {
        return Ok(r_dd);
    }
    Err(refused(format!("the reliability of the difference is {r_dd:.3}, not above 0: the changes vary no more than measurement error")))
}

/// What an exact comparison needs; `None` for `Ha` and where 128 bits do not hold it.
fn decimals(method: Method, measure: &Measure, r_post: f64, critical: f64) -> Option<Decimals> {
    let exact = Exact::of_f64;
    let zero = exact(0.0)?;
    let (sd, r, mean) = (exact(measure.clinical.sd)?, exact(measure.reliability)?, exact(measure.clinical.mean)?);
    let rest = Exact::ONE.minus(r)?;
    let two = Exact::ONE.plus(Exact::ONE)?;
    let (shrink, constant, variance) = match method {
        Method::Jt => (zero, zero, two.times(rest)?),
        Method::Chelune => (zero, zero.minus(exact(measure.practice?)?)?, two.times(rest)?),
        Method::Gln => (rest, zero, Exact::ONE.minus(r.squared()?)?),
        Method::Hll => (rest, mean.minus(exact(measure.sample.mean_post)?)?, Exact::ONE.minus(r.squared()?)?),
        Method::En => (rest, zero, rest),
        Method::Nk => (rest, zero, r.squared()?.times(rest)?.plus(Exact::ONE.minus(exact(r_post)?)?)?),
        Method::Ha => return None,
    };
    let bound_squared = exact(critical)?.squared()?.times(sd.squared()?)?.times(variance)?;
    let mean = if matches!(method, Method::Jt | Method::Chelune) { zero } else { mean };
    Some(Decimals { shrink, mean, constant, bound_squared })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::clinical::measurement_error;

    fn measure(better: Better, norms: Norms, reliability: f64, pairs: &Pairs) -> Measure {
        Measure { better, clinical: norms, reliability, reliability_post: None, practice: None, sample: Sample::of(pairs) }
    }

    /// Jacobson & Truax (1991), worked example: 32.5 to 47.5, SD 7.5, r .80: RC = 15/4.74 = 3.16.
    #[test]
    fn published() {
        let pairs = Pairs::from_f64(&[32.5], &[47.5]);
        let norms = Norms { mean: 40.0, sd: 7.5, n: None };
        let judged = ReliableChange::new(Method::Jt, &measure(Better::Higher, norms, 0.8, &pairs), None)
            .map(|rule| rule.judge(pairs.pre(), pairs.post()));
        let judged = judged.map(|j| j.iter().map(|(index, verdict)| (libm::round(index * 100.0) / 100.0, *verdict)).collect::<Vec<_>>());
        assert_eq!(judged, Ok(vec![(3.16, Verdict::ReliablyImproved)]));
    }

    /// SD 5 and r .5 make s_diff = 5: 9.8 points are an index of exactly 1.96, which does not exceed 1.96.
    #[test]
    fn the_bound_itself_is_not_reliable() {
        let pairs = Pairs::from_f64(&[30.0, 30.0, 30.0, 30.0], &[20.2, 20.1, 39.8, 39.9]);
        let norms = Norms { mean: 30.0, sd: 5.0, n: None };
        for better in [Better::Lower, Better::Higher] {
            let rule = ReliableChange::new(Method::Jt, &measure(better, norms, 0.5, &pairs), None);
            let verdicts = rule.map(|rule| rule.judge(pairs.pre(), pairs.post()).iter().map(|(_, v)| *v).collect::<Vec<_>>());
            let (down, up) = match better {
                Better::Lower => (Verdict::ReliablyImproved, Verdict::ReliablyWorsened),
                Better::Higher => (Verdict::ReliablyWorsened, Verdict::ReliablyImproved),
            };
            // Pairs stand in the order 20.1, 20.2, 39.8, 39.9.
            assert_eq!(verdicts, Ok(vec![down, Verdict::NotReliable, Verdict::NotReliable, up]));
        }
        // gln at r = .6, SD 5: √(1 − .36) = .8, bound 7.84 for post − 30 − .6 (pre − 30).
        let rule = ReliableChange::new(Method::Gln, &measure(Better::Lower, norms, 0.6, &pairs), None);
        let grid = Pairs::from_f64(&[40.0, 40.0], &[28.16, 28.15]);
        let verdicts = rule.map(|rule| rule.judge(grid.pre(), grid.post()).iter().map(|(_, v)| *v).collect::<Vec<_>>());
        assert_eq!(verdicts, Ok(vec![Verdict::ReliablyImproved, Verdict::NotReliable]));
    }

    #[test]
    fn practice_moves_the_centre_and_is_needed() {
        let pairs = Pairs::from_f64(&[100.0, 90.0, 95.0], &[112.0, 97.0, 101.0]);
        let mut measure = measure(Better::Higher, Norms { mean: 100.0, sd: 15.0, n: None }, 0.9, &pairs);
        assert!(ReliableChange::new(Method::Chelune, &measure, None).is_err());
        measure.practice = Some(5.0);
        let index =
            ReliableChange::new(Method::Chelune, &measure, None).map(|rule| (rule.judge(pairs.pre(), pairs.post())[2].0, rule.points()));
        let s_diff = measurement_error(15.0, 0.9, 1.96).map_or(0.0, |e| e.s_diff);
        assert!(index.is_ok_and(|(index, points)| {
            (index - 7.0 / s_diff).abs() < 1e-14 && points.is_some_and(|p| (p - (1.96 * s_diff + 5.0)).abs() < 1e-13)
        }));
    }

    #[test]
    fn refusals() {
        let pairs = Pairs::from_f64(&[10.0, 12.0, 15.0], &[10.0, 12.0, 15.0]);
        let norms = Norms { mean: 10.0, sd: 4.0, n: None };
        for (norms, r) in
            [(Norms { sd: 0.0, ..norms }, 0.8), (norms, 1.0), (norms, -0.2), (norms, f64::NAN), (Norms { mean: f64::NAN, ..norms }, 0.8)]
        {
            for method in Method::ALL {
                assert!(ReliableChange::new(method, &measure(Better::Lower, norms, r, &pairs), None).is_err(), "{method:?} {norms:?} {r}");
            }
        }
        // Every change equal: no reliability of the difference.
        assert!(ReliableChange::new(Method::Ha, &measure(Better::Lower, norms, 0.8, &pairs), None).is_err());
        let empty = Pairs::from_f64(&[], &[]);
        assert!(ReliableChange::new(Method::Jt, &measure(Better::Lower, Sample::of(&empty).clinical(), 0.8, &empty), None).is_err());
    }
}
