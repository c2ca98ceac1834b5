//! `results.json`.

use super::{Results, SCHEMA_VERSION};

/// Why a file is not results of ours.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    #[error("expected the results of prepost (a JSON object with `schema_version`), got {found}")]
    NotResults { found: String },
    #[error("expected schema_version {SCHEMA_VERSION}, got {found}; analyse the data again with this version of prepost")]
    OtherVersion { found: u64 },
    #[error("the results are damaged: {0}")]
    Damaged(#[from] serde_json::Error),
}

/// The tree as text: indented, keys in a fixed order, numbers as shortest round-trip decimals.
pub fn write_json(results: &Results) -> Result<String, ResultsError> {
    let mut text = serde_json::to_string_pretty(results)?;
    text.push('\n');
    Ok(text)
}

/// Reads a tree back; the version is checked before the rest is believed.
pub fn read_json(text: &str) -> Result<Results, ResultsError> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| ResultsError::NotResults { found: format!("text that is no JSON ({error})") })?;
    match value.get("schema_version").and_then(serde_json::Value::as_u64) {
        None => Err(ResultsError::NotResults { found: "JSON without `schema_version`".into() }),
        Some(found) if found != u64::from(SCHEMA_VERSION) => Err(ResultsError::OtherVersion { found }),
        Some(_) => Ok(serde_json::from_value(value)?),
    }
}
