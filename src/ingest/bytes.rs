//! A file as bytes, with its hash.

use std::path::Path;

use crate::trial::{Place, Problem, ProblemCode};

/// Everything a file holds.
pub struct FileBytes {
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
}

/// Reads a file whole; `name` is what messages call it.
pub fn read(path: &Path, name: &str) -> Result<FileBytes, Problem> {
    let bytes = std::fs::read(path).map_err(|error| not_readable(path, name, &error))?;
    let sha256 = super::sha256_hex(&bytes);
    Ok(FileBytes { bytes, sha256 })
}

fn not_readable(path: &Path, name: &str, error: &std::io::Error) -> Problem {
    let place = Place::file(super::inert(name));
    let (what, hint) = match error.kind() {
        std::io::ErrorKind::NotFound => ("no such file".to_owned(), "paths are relative to the folder of the plan"),
        _ if path.is_dir() => ("this is a folder, not a file".to_owned(), "name the data file itself"),
        _ => (format!("cannot be read: {error}"), "check that the file may be read by you"),
    };
    Problem::error(ProblemCode::FileNotFound, place, what).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "abc").unwrap();
        let file = read(&path, "a.csv").unwrap();
        assert_eq!(file.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let code = |path: &Path| read(path, "x").err().map(|p| (p.code, p.what));
        assert_eq!(code(&folder.path().join("absent.csv")), Some((ProblemCode::FileNotFound, "no such file".into())));
        assert_eq!(code(folder.path()), Some((ProblemCode::FileNotFound, "this is a folder, not a file".into())));
    }
}
