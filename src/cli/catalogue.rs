//! The catalogue of a run: what ships with the program, and the user's own entries.

use std::path::{Path, PathBuf};

use super::Failure;
use super::terminal::Terminal;
use crate::trial::{Catalogue, Place, Problem, ProblemCode};

/// The embedded catalogue, with the entries of a folder where one is named. What takes the place of an embedded entry is said.
pub fn load(folder: Option<&Path>, terminal: &Terminal) -> Result<Catalogue, Failure> {
    let Some(folder) = folder else { return Ok(Catalogue::embedded()) };
    let catalogue = Catalogue::with_own(&read(folder)?)?;
    for (id, file) in catalogue.overridden() {
        terminal.info(&format!("the catalogue\u{2019}s entry `{id}` is replaced by {file}"));
    }
    Ok(catalogue)
}

/// The `*.toml` of a folder in order of name, or one file: name and text.
pub fn read(path: &Path) -> Result<Vec<(String, String)>, Failure> {
    let shown = path.display();
    let no_folder =
        |found: String| Failure::usage(format!("{shown}: expected a folder of instruments, {found}"), "docs/instruments.md shows one");
    let mut files: Vec<PathBuf> = if path.is_file() {
        vec![path.to_owned()]
    } else {
        let entries = std::fs::read_dir(path).map_err(|error| no_folder(format!("got {error}")))?;
        let mut files = Vec::new();
        for entry in entries {
            let file = entry?.path();
            let is_toml = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
            if is_toml && file.is_file() {
                files.push(file);
            }
        }
        files
    };
    if files.is_empty() {
        return Err(no_folder("got one without a .toml file".to_owned()));
    }
    files.sort();
    files.iter().map(|file| text(file)).collect()
}

fn text(path: &Path) -> Result<(String, String), Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let bytes = std::fs::read(path)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(_) => {
            let problem = Problem::error(ProblemCode::CatalogueEntry, Place::file(name), "expected an entry in UTF-8, got other bytes");
            Err(problem.with_hint("save it as UTF-8").into())
        }
    }
}
