//! Names of figures as files: safe on every system, and distinct.

use crate::plan::FigureKind;

/// `bdi2-paired`, `forest`. An outcome id that is not plain lower-case text gets a short hash, so that two ids that look
/// alike as file names stay apart.
pub fn file_stem(outcome_id: Option<&str>, kind: FigureKind) -> String {
    match outcome_id {
        Some(id) if kind.is_per_outcome() => format!("{}-{}", safe(id), kind.name()),
        _ => kind.name().to_owned(),
    }
}

fn safe(id: &str) -> String {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    // Ids of other figures must not be reachable, and device names (`con`, `nul`) are harmless with the kind behind them.
    if !id.is_empty() && id.len() <= 60 && id.chars().all(is_plain) && !id.starts_with('-') {
        return id.to_owned();
    }
    let mut plain = String::new();
    for c in id.chars().flat_map(char::to_lowercase).take(40) {
        if is_plain(c) {
            plain.push(c);
        } else if !plain.ends_with('-') {
            plain.push('-');
        }
    }
    let hash = format!("{:08x}", fnv1a(id.as_bytes()));
    match plain.trim_matches('-') {
        "" => format!("outcome-{hash}"),
        plain => format!("{plain}-{hash}"),
    }
}

/// FNV-1a, 32 bits: told apart is all that names need.
fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_distinct() {
        assert_eq!(file_stem(Some("bdi2"), FigureKind::Paired), "bdi2-paired");
        assert_eq!(file_stem(None, FigureKind::Forest), "forest");
        let ids = ["BDI-II", "bdi-ii", "bdi ii", "抑うつ", "不安", "../../etc/passwd", "", "CON", "-rf"];
        let stems: std::collections::BTreeSet<String> = ids.iter().map(|id| file_stem(Some(id), FigureKind::Paired)).collect();
        assert_eq!(stems.len(), ids.len(), "{stems:?}");
        for stem in &stems {
            assert!(stem.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c)), "{stem}");
        }
    }
}
