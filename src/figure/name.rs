//! Names of figures as files: safe on every system, and distinct.

use crate::plan::FigureKind;
use crate::results::Results;

/// `bdi2-paired`, `forest`: the name of a figure whose outcome is alone. An outcome id that is not plain text (ASCII letters
/// and digits, `-`, `_`) gets a short hash, so that two ids that look alike as file names stay apart.
pub fn file_stem(outcome_id: Option<&str>, kind: FigureKind) -> String {
    stem(outcome_id, kind, |id| if is_plain(id) { id.to_owned() } else { hashed(id) })
}

/// The name of a figure among all of a trial: that of [`file_stem`], and a hash for an id with capitals that another
/// outcome's differs from only in case, as many disks do not tell them apart.
pub fn file_stem_in(results: &Results, outcome_id: Option<&str>, kind: FigureKind) -> String {
    let clashes = |id: &str| {
        let others = results.outcomes.iter().filter(|other| other.id != id);
        id.contains(|c: char| c.is_ascii_uppercase()) && others.into_iter().any(|other| other.id.eq_ignore_ascii_case(id))
    };
    stem(outcome_id, kind, |id| if is_plain(id) && !clashes(id) { id.to_owned() } else { hashed(id) })
}

fn stem(outcome_id: Option<&str>, kind: FigureKind, name: impl Fn(&str) -> String) -> String {
    match outcome_id {
        Some(id) if kind.is_per_outcome() => format!("{}-{}", name(id), kind.name()),
        _ => kind.name().to_owned(),
    }
}

/// Whether an id may stand in a file name as it is. Device names (`con`, `nul`) are harmless with the kind behind them.
fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.len() <= 60 && id.chars().all(is_plain_letter) && !id.starts_with('-')
}

fn is_plain_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

fn hashed(id: &str) -> String {
    let mut plain = String::new();
    for c in id.chars().flat_map(char::to_lowercase).take(40) {
        if is_plain_letter(c) {
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
        assert_eq!(file_stem(Some("AGR"), FigureKind::Paired), "AGR-paired");
        let ids = ["BDI-II", "bdi ii", "bdi_ii", "抑うつ", "不安", "../../etc/passwd", "", "CON", "-rf"];
        let stems: std::collections::BTreeSet<String> = ids.iter().map(|id| file_stem(Some(id), FigureKind::Paired)).collect();
        assert_eq!(stems.len(), ids.len(), "{stems:?}");
        for stem in &stems {
            assert!(stem.chars().all(is_plain_letter), "{stem}");
        }
    }
}
