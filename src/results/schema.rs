//! The JSON Schema of `results.json`, generated from the types.

use super::Results;

/// Shipped as `docs/schema/results.schema.json`.
pub fn json_schema() -> String {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(Results)).unwrap_or_default();
    text.push('\n');
    text
}
