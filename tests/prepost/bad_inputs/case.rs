//! One case of the corpus: `case.toml` and the files beside it. README.md explains the keys.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The tables and keys of a case. One that is not known could be a rule that nobody checks, so it stops the reading.
const KNOWN: [&str; 17] = [
    "format",
    "id",
    "set",
    "category",
    "title",
    "wrong",
    "expect",
    "also_accept",
    "harm",
    "sources",
    "plan",
    "file",
    "defect",
    "expected",
    "message",
    "output",
    "limits",
];

#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    pub id: String,
    pub category: String,
    pub expect: Did,
    pub also_accept: Vec<Did>,
    /// All that the plan may state.
    pub plan: toml::Table,
    #[serde(rename = "file")]
    pub files: Vec<DataFile>,
    pub expected: Option<Expected>,
    pub message: Message,
    #[serde(default)]
    pub output: OutputRules,
    #[serde(default)]
    pub limits: Limits,
    #[serde(skip)]
    pub folder: PathBuf,
}

/// What a run may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Did {
    /// Exit code 0, numbers right, no warning.
    Ok,
    /// Exit code 0, numbers right, and a warning.
    Warn,
    /// Exit code not 0.
    Error,
}

impl Did {
    pub fn name(self) -> &'static str {
        match self {
            Did::Ok => "ok",
            Did::Warn => "warn",
            Did::Error => "error",
        }
    }
}

/// A data file, with the sum of its bytes.
#[derive(Debug, Clone, Deserialize)]
pub struct DataFile {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

/// The right numbers by name.
#[derive(Debug, Clone, Deserialize)]
pub struct Expected {
    pub n_pairs: f64,
    pub rel_tol: f64,
    #[serde(flatten)]
    pub numbers: BTreeMap<String, f64>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Each list is met by any one of its words.
    pub must_mention: Vec<Vec<String>>,
}

/// What the outputs may not hold or must keep.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutputRules {
    pub html_forbid: Vec<String>,
    pub any_forbid: Vec<String>,
    pub terminal_forbid: Vec<String>,
    pub terminal_line_forbid: Vec<String>,
    pub terminal_max_line: Option<usize>,
    pub csv_no_cell_starts: Vec<String>,
    pub csv_negative_numbers_stay: bool,
    pub json_valid: bool,
    pub number_forbid: Vec<String>,
    pub max_abs_t: Option<f64>,
    pub stay_inside: bool,
    pub no_file_named: Vec<String>,
    pub distinct_results: Option<usize>,
    pub markdown_columns_stay: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub max_seconds: Option<f64>,
    pub max_rss_mib: Option<f64>,
    pub max_message_lines: Option<usize>,
}

impl Case {
    /// Reads `case.toml` in `folder`.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let path = folder.join("case.toml");
        let place = |what: String| format!("{}: {what}", path.display());
        let text = std::fs::read_to_string(&path).map_err(|error| place(error.to_string()))?;
        let table: toml::Table = toml::from_str(&text).map_err(|error| place(error.to_string()))?;
        if let Some(key) = table.keys().find(|key| !KNOWN.contains(&key.as_str())) {
            return Err(place(format!("unknown key `{key}`")));
        }
        let case: Case = table.try_into().map_err(|error: toml::de::Error| place(error.to_string()))?;
        Ok(Self { folder: folder.to_owned(), ..case })
    }

    /// The values of the plan's instrument column, in the order of the file; empty where the plan has none.
    pub fn instruments(&self) -> Vec<String> {
        let Some(column) = self.plan.get("instrument_column").and_then(toml::Value::as_str) else {
            return Vec::new();
        };
        let mut found: Vec<String> = Vec::new();
        for file in &self.files {
            let bytes = std::fs::read(self.folder.join(&file.name)).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let at = reader.headers().ok().and_then(|header| header.iter().position(|name| name.trim() == column));
            for value in reader.records().filter_map(Result::ok).filter_map(|row| row.get(at?).map(|cell| cell.trim().to_owned())) {
                if !value.is_empty() && !found.contains(&value) {
                    found.push(value);
                }
            }
        }
        found
    }
}

/// Every case below `folder`, by id.
pub fn read_all(folder: &Path) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if folder.join("case.toml").is_file() {
            cases.push(Case::read(&folder)?);
            continue;
        }
        let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        folders.extend(entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_dir()));
    }
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    match cases.windows(2).find(|pair| pair[0].id == pair[1].id) {
        Some(pair) => Err(format!("the id {} in {} and in {}", pair[0].id, pair[0].folder.display(), pair[1].folder.display())),
        None => Ok(cases),
    }
}
