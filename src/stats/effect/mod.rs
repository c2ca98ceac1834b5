//! Effect sizes of the change within people.

mod d_av;
mod d_pre;
mod d_rm;
mod d_z;
mod hedges;
mod rank_biserial;
mod superiority;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Benefit, Estimable, Interval};

pub use d_av::d_av;
pub use d_pre::d_pre;
pub use d_rm::d_rm;
pub use d_z::d_z;
pub use hedges::hedges_correction;
pub use rank_biserial::rank_biserial;
pub use superiority::p_superiority;
pub(crate) use superiority::tango;

/// An effect size with the sign of `change = post − pre`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Effect {
    pub estimate: f64,
    pub std_error: Estimable<f64>,
    pub interval: Estimable<Interval>,
    /// Small-sample corrected estimate (Hedges), where the method has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hedges: Option<f64>,
    /// The nearly unbiased correction with df 2(n − 1)/(1 + r²), for d_av.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hedges_ri: Option<f64>,
    /// The same effect coded so that positive means improved; absent where the scale has no better direction.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub benefit: Option<Benefit>,
}
