//! The findings as `problems.json` holds them.

use serde_json::Value;

use super::Failure;
use crate::results::Participants;
use crate::trial::Problems;

/// Every finding. Where counts of people are withheld, what remains of a finding is its kind and column: its count, line,
/// value and words could tell of a small cell.
pub fn json(problems: &Problems, participants: &Participants) -> Result<String, Failure> {
    let mut findings = serde_json::to_value(problems).map_err(anyhow::Error::from)?;
    if let Participants::Withheld(ledger) = participants {
        let message = format!("withheld: fewer than {} people may be concerned", ledger.min_cell);
        for finding in findings.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            finding.retain(|key, _| matches!(key.as_str(), "code" | "severity" | "file" | "sheet" | "column"));
            finding.insert("message".into(), message.clone().into());
        }
    }
    Ok(serde_json::to_string_pretty(&findings).map_err(anyhow::Error::from)? + "\n")
}
