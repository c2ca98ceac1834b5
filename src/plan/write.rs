//! A plan as TOML.

use super::Plan;

/// The plan as `trial.toml`, every default filled in.
pub fn to_toml(_plan: &Plan) -> String {
    unimplemented!()
}
