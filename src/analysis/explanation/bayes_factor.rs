//! The weight of evidence for a change against none.

use super::super::outcome::List;
use crate::results::{BayesFactor, Finding, Method};
use crate::stats::Pairs;
use crate::stats::evidence::{DEFAULT_SCALE, bayes_factor, robustness};

/// Scales of the prior from narrow to wide, spaced by equal ratios.
const SCALES: [f64; 2] = [0.2, 2.0];
const STEPS: usize = 20;

pub fn push(list: &mut List, pairs: &Pairs) {
    let found = bayes_factor(pairs.changes(), DEFAULT_SCALE)
        .and_then(|jzs| Ok(BayesFactor { jzs, robustness: robustness(jzs.t, jzs.n, SCALES, STEPS)? }));
    list.push(Method::BayesFactor, found.map(Finding::BayesFactor), Vec::new());
}
