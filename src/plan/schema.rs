//! The JSON Schema of `trial.toml`, for editors.

use super::Plan;

/// Shipped as `docs/schema/trial.schema.json`.
pub fn json_schema() -> String {
    format!("{:#}\n", schemars::schema_for!(Plan).as_value())
}
