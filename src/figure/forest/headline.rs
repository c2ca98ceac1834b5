//! What the axis of a forest plot measures: the headline effect of the plan.

use crate::plan::{Effect, Plan};
use crate::results::Method;

/// The headline effect size as an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Headline {
    pub method: Method,
    /// The benefit-coded value of no change.
    pub null: f64,
    /// The values the effect can take.
    pub bounds: (f64, f64),
    /// How far from the null the axis reaches at least, so that trifles do not fill it.
    pub least_reach: f64,
    /// As the axis and the caption name it.
    pub name: &'static str,
    /// For a column head.
    pub short: &'static str,
}

impl Headline {
    pub fn of(plan: &Plan) -> Self {
        const UNBOUNDED: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
        let standardised = |method, name, short| Headline { method, null: 0.0, bounds: UNBOUNDED, least_reach: 0.5, name, short };
        match plan.analysis.effect {
            Effect::DZ => standardised(Method::DZ, "standardised mean change d_z", "d_z"),
            Effect::DAv => standardised(Method::DAv, "standardised mean change d_av", "d_av"),
            Effect::DPre => standardised(Method::DPre, "standardised mean change d_pre", "d_pre"),
            Effect::RankBiserial => Headline {
                method: Method::RankBiserial,
                null: 0.0,
                bounds: (-1.0, 1.0),
                least_reach: 0.25,
                name: "rank-biserial correlation",
                short: "rank-biserial r",
            },
            Effect::PSuperiority => Headline {
                method: Method::PSuperiority,
                null: 0.5,
                bounds: (0.0, 1.0),
                least_reach: 0.125,
                name: "probability of superiority",
                short: "P(superiority)",
            },
        }
    }

    /// How the method's intervals are made, for the caption.
    pub fn interval_method(&self) -> &'static str {
        match self.method {
            Method::DZ => "exact, from the noncentral t distribution",
            Method::DAv | Method::DPre => "Bonett 2008",
            Method::PSuperiority => "Tango's score interval",
            _ => "bootstrap over people, BCa",
        }
    }
}
