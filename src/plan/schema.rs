//! The JSON Schema of `trial.toml`, for editors.

/// Shipped as `docs/schema/trial.schema.json`.
pub fn json_schema() -> String {
    unimplemented!()
}
