//! People whose post score is missing: who they are, and what the change may be with them.

mod carried_forward;
mod completers;
mod delta;
mod followed;
mod mar;
mod tipping_point;

pub use carried_forward::{CarriedForward, carried_forward};
pub use completers::{Completers, completers};
pub use delta::{DeltaAdjusted, delta_adjusted, delta_curve};
pub use followed::{Followed, MissingPattern};
pub use mar::{MarChange, StandardErrors, mar_change};
pub use tipping_point::{TippingPoint, tipping_point};
