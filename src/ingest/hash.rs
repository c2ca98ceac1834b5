//! Hashes for the provenance.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::trial::Dataset;

/// SHA-256 in lower-case hexadecimal, as `sha256sum` prints it.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of the observations: the same for shuffled rows and for other layouts of the same scores.
///
/// Over lines `outcome TAB subject TAB pre TAB post LF`, outcomes in plan order, subjects ascending, scores as decimals in
/// lowest terms, a missing score empty.
pub fn observations_sha256(dataset: &Dataset) -> String {
    let mut hash = Sha256::new();
    let mut lines = String::new();
    for scores in &dataset.outcomes {
        for (i, subject) in dataset.subjects.iter().enumerate() {
            lines.push_str(&scores.outcome.id);
            lines.push('\t');
            lines.push_str(&subject.id);
            for score in [scores.pre[i], scores.post[i]] {
                lines.push('\t');
                if let Some(score) = score {
                    // Writing to a String cannot fail.
                    let _ = write!(lines, "{score}");
                }
            }
            lines.push('\n');
            if lines.len() > 1 << 16 {
                hash.update(lines.as_bytes());
                lines.clear();
            }
        }
    }
    hash.update(lines.as_bytes());
    hex(&hash.finalize())
}

fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_is_that_of_sha256sum() {
        assert_eq!(super::sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
