//! The cut-off between a clinical and a functional population.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::exact::Exact;
use super::reliability::check_sd;
use super::{Better, Norms};
use crate::decimal::{Decimal, Scores};
use crate::stats::NotEstimable;

/// Which cut-off of Jacobson & Truax (1991), or one that the plan or a source states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CutoffKind {
    /// Two SD of the clinical population beyond its mean.
    A,
    /// Within two SD of the functional mean, by the functional population's own SD.
    B,
    /// Where both populations are equally likely (weighted midpoint).
    C,
    /// Given, not computed.
    Stated(Decimal),
}

/// Where a score lies. On the cut-off it lies on neither side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Clinical,
    OnCutoff,
    Functional,
}

/// A cut-off that scores can be held against, exactly where the norms are decimals.
#[derive(Debug, Clone, Copy)]
pub struct Cutoff {
    pub kind: CutoffKind,
    pub value: f64,
    better: Better,
    /// value = numerator / denominator, denominator positive.
    exact: Option<(Exact, Exact)>,
}

/// The cut-off of `kind`: a = M_c + s·2·SD_c, b = M_f − s·2·SD_f, c = (SD_c M_f + SD_f M_c)/(SD_c + SD_f), s = +1 where higher is better.
///
/// c assumes normal populations and equal costs; prefer it where both norms are known, a where only the clinical ones are.
/// Refused without the norms it needs, for an SD of 0, and where the functional population does not score better.
/// Matches R: the formulas (`clinicalsignificance` takes the clinical SD in b, against the paper).
/// Source: Jacobson & Truax (1991) J Consult Clin Psychol 59:12; Jacobson, Follette & Revenstorf (1984).
pub fn cutoff(kind: CutoffKind, clinical: Option<&Norms>, functional: Option<&Norms>, better: Better) -> Result<Cutoff, NotEstimable> {
    let s = better.sign();
    let exact = |value: f64| Exact::of_f64(value);
    let (value, exact) = match kind {
        CutoffKind::A => {
            let m = known(clinical, "clinical")?;
            (m.mean + s * 2.0 * m.sd, two_sd(m, s).map(|value| (value, Exact::ONE)))
        }
        CutoffKind::B => {
            let m = known(functional, "functional")?;
            if let Some(clinical) = clinical {
                apart(clinical, m, s)?;
            }
            (m.mean - s * 2.0 * m.sd, two_sd(m, -s).map(|value| (value, Exact::ONE)))
        }
        CutoffKind::C => {
            let (c, f) = (known(clinical, "clinical")?, known(functional, "functional")?);
            apart(c, f, s)?;
            let weighed = || {
                let (c_sd, f_sd) = (exact(c.sd)?, exact(f.sd)?);
                Some((c_sd.times(exact(f.mean)?)?.plus(f_sd.times(exact(c.mean)?)?)?, c_sd.plus(f_sd)?))
            };
            ((c.sd * f.mean + f.sd * c.mean) / (c.sd + f.sd), weighed())
        }
        CutoffKind::Stated(at) => (at.to_f64(), Some((Exact::of(at), Exact::ONE))),
    };
    // The number that is printed is the line that scores are held against: 26.6 − 2 · 10.2 is 6.2.
    let value = exact.and_then(|(numerator, denominator)| numerator.over(denominator)).unwrap_or(value);
    if !value.is_finite() {
        return Err(NotEstimable::Overflow);
    }
    Ok(Cutoff { kind, value, better, exact })
}

impl Cutoff {
    /// On which side element `i` of `scores` lies.
    pub fn side(&self, scores: &Scores, i: usize) -> Side {
        let exactly = |score: Exact| {
            let (numerator, denominator) = self.exact?;
            score.times(denominator)?.compare(numerator)
        };
        let order = Exact::at(scores, i).and_then(exactly).unwrap_or_else(|| self.compare_floats(scores, i));
        match (order, self.better) {
            (Ordering::Equal, _) => Side::OnCutoff,
            (Ordering::Greater, Better::Higher) | (Ordering::Less, Better::Lower) => Side::Functional,
            _ => Side::Clinical,
        }
    }

    fn compare_floats(&self, scores: &Scores, i: usize) -> Ordering {
        scores.at(i).to_f64().partial_cmp(&self.value).unwrap_or(Ordering::Equal)
    }
}

fn known<'a>(norms: Option<&'a Norms>, which: &str) -> Result<&'a Norms, NotEstimable> {
    let norms = norms.ok_or_else(|| NotEstimable::NotComputed { why: format!("the {which} population's mean and SD are not known") })?;
    check_sd(norms.sd, &format!("the {which} population's SD"))?;
    if norms.mean.is_finite() { Ok(norms) } else { Err(NotEstimable::Overflow) }
}

fn apart(clinical: &Norms, functional: &Norms, s: f64) -> Result<(), NotEstimable> {
    if (functional.mean - clinical.mean) * s > 0.0 {
        return Ok(());
    }
    Err(NotEstimable::NotComputed { why: "the functional population does not score better than the clinical one".into() })
}

/// mean + s·2·SD on the decimals.
fn two_sd(norms: &Norms, s: f64) -> Option<Exact> {
    let two = Exact::of(Decimal::from_integer(2));
    Exact::of_f64(norms.mean)?.plus(two.times(Exact::of_f64(norms.sd)?)?.negated_if(s < 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLINICAL: Norms = Norms { mean: 40.0, sd: 7.5, n: None };
    const FUNCTIONAL: Norms = Norms { mean: 60.0, sd: 7.5, n: None };

    #[test]
    fn jacobson_and_truax_1991() {
        let value = |kind| cutoff(kind, Some(&CLINICAL), Some(&FUNCTIONAL), Better::Higher).map(|c| c.value);
        assert_eq!([value(CutoffKind::A), value(CutoffKind::B), value(CutoffKind::C)], [Ok(55.0), Ok(45.0), Ok(50.0)]);
    }

    #[test]
    fn a_decimal_boundary_is_exact() {
        // 14.9 in decimals, 14.899999999999999 or so in doubles.
        let norms = Norms { mean: 24.3, sd: 4.7, n: None };
        let a = cutoff(CutoffKind::A, Some(&norms), None, Better::Lower);
        let scores = Scores::from_f64(&[14.9, 14.8, 15.0]);
        let sides = a.map(|a| (a.value, [0, 1, 2].map(|i| a.side(&scores, i))));
        assert_eq!(sides, Ok((14.9, [Side::OnCutoff, Side::Functional, Side::Clinical])));
        // c at 38/3 lies on no decimal.
        let (c, f) = (Norms { mean: 20.0, sd: 2.0, n: None }, Norms { mean: 9.0, sd: 1.0, n: None });
        let c = cutoff(CutoffKind::C, Some(&c), Some(&f), Better::Lower);
        let scores = Scores::from_f64(&[12.666_666, 12.666_667]);
        assert_eq!(c.map(|c| [0, 1].map(|i| c.side(&scores, i))), Ok([Side::Functional, Side::Clinical]));
    }

    #[test]
    fn refusals() {
        let flat = Norms { sd: 0.0, ..CLINICAL };
        for (kind, c, f) in [
            (CutoffKind::A, None, Some(&FUNCTIONAL)),
            (CutoffKind::A, Some(&flat), None),
            (CutoffKind::B, Some(&CLINICAL), None),
            (CutoffKind::C, Some(&flat), Some(&FUNCTIONAL)),
            (CutoffKind::C, Some(&FUNCTIONAL), Some(&CLINICAL)),
            (CutoffKind::C, Some(&CLINICAL), None),
        ] {
            assert!(cutoff(kind, c, f, Better::Higher).is_err(), "{kind:?}");
        }
    }
}
