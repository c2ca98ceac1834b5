//! The floors of docs/DESIGN.md, held: which module may use which, and where each outside crate lives.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module with the modules it may use.
const MAY_USE: [(&str, &[&str]); 10] = [
    ("decimal", &[]),
    ("stats", &["decimal"]),
    ("trial", &["decimal", "stats"]),
    ("plan", &["decimal", "stats", "trial"]),
    ("results", &["decimal", "stats", "trial", "plan"]),
    ("ingest", &["decimal", "stats", "trial", "plan"]),
    ("analysis", &["decimal", "stats", "trial", "plan", "results"]),
    ("figure", &["decimal", "stats", "trial", "plan", "results"]),
    ("report", &["decimal", "stats", "trial", "plan", "results", "figure"]),
    ("cli", &["decimal", "stats", "trial", "plan", "results", "ingest", "analysis", "figure", "report"]),
];

/// Outside crates that have a home; those not listed here may not be used at all.
const HOMES: [(&str, &[&str]); 32] = [
    ("chacha20", &["stats"]),
    ("toml", &["plan", "trial"]),
    ("strsim", &["plan", "ingest", "trial", "cli"]),
    ("serde_json", &["results", "plan", "cli"]),
    ("csv", &["results", "ingest"]),
    ("bytes", &["ingest"]),
    ("calamine", &["ingest"]),
    ("chardetng", &["ingest"]),
    ("chrono", &["ingest"]),
    ("dta", &["ingest"]),
    ("hashbrown", &["ingest"]),
    ("parquet", &["ingest"]),
    ("encoding_rs", &["ingest"]),
    ("flate2", &["ingest"]),
    ("quick_xml", &["ingest"]),
    ("zip", &["ingest"]),
    ("unicode_normalization", &["ingest", "plan", "trial"]),
    ("sha2", &["ingest"]),
    ("plotters", &["figure"]),
    ("plotters_backend", &["figure"]),
    ("resvg", &["figure"]),
    ("krilla", &["figure"]),
    ("krilla_svg", &["figure"]),
    ("png", &["figure"]),
    ("ttf_parser", &["figure"]),
    ("notosans", &["figure"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("comfy_table", &["cli"]),
    ("indicatif", &["cli"]),
    ("ctrlc", &["cli"]),
];

/// Free on every floor, beside the cli's own.
const FREE: [&str; 5] = ["serde", "schemars", "thiserror", "libm", "rayon"];
const CLI_ONLY: [&str; 2] = ["anyhow", "rustix"];

fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the source folder can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.strip_prefix(&root).expect("inside src");
                let module = inside
                    .components()
                    .next()
                    .map(|c| c.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned())
                    .unwrap_or_default();
                let text = fs::read_to_string(&path).expect("a source file is text");
                found.push((module, path, text));
            }
        }
    }
    found
}

/// The code of a file: no comments, no strings to speak of, and no unit tests (they may use anything below or beside).
fn code(text: &str) -> String {
    let body = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or(text);
    body.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

/// Identifiers that follow `prefix` in the code, including the first level of a `{…}` group.
fn after(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut name = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 || (depth == 1 && c == ',') {
                    found.insert(first_identifier(&name));
                    name.clear();
                }
                if depth == 0 {
                    break;
                }
                if c != ',' || depth > 1 {
                    name.push(c);
                }
            }
        } else {
            found.insert(first_identifier(rest));
        }
    }
    found.remove("");
    found
}

/// Whether the code names an outside crate as the head of a path.
fn uses_crate(code: &str, name: &str) -> bool {
    code.match_indices(&format!("{name}::")).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}

fn first_identifier(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn a_module_uses_only_the_floors_below() {
    let mut broken = Vec::new();
    for (module, path, text) in sources() {
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            continue;
        };
        for used in after(&code(&text), "crate::") {
            let is_module = MAY_USE.iter().any(|(name, _)| *name == used);
            if is_module && used != module && !allowed.contains(&used.as_str()) {
                broken.push(format!("{}: {module} uses {used}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_outside_crate_stays_in_its_home() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("the manifest");
    let dependencies: Vec<String> = manifest
        .split("[dependencies]")
        .nth(1)
        .and_then(|rest| rest.split("\n[").next())
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.split(" =").next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .map(|name| name.replace('-', "_"))
        .collect();
    let mut broken = Vec::new();
    for name in &dependencies {
        let homes: Vec<&str> = if FREE.contains(&name.as_str()) {
            continue;
        } else if CLI_ONLY.contains(&name.as_str()) {
            vec!["cli"]
        } else {
            match HOMES.iter().find(|(home, _)| home == name) {
                Some((_, homes)) => homes.to_vec(),
                None => {
                    broken.push(format!("Cargo.toml: {name} has no home in the layering test"));
                    continue;
                }
            }
        };
        for (module, path, text) in sources() {
            let code = code(&text);
            let used = uses_crate(&code, name);
            if used && !homes.contains(&module.as_str()) {
                broken.push(format!("{}: {name} is used outside {homes:?}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn plotters_stays_in_draw() {
    for (_, path, text) in sources() {
        let draws = path.components().any(|c| c.as_os_str() == "draw") || path.ends_with("draw.rs");
        assert!(draws || !code(&text).contains("plotters"), "{}: plotters outside figure/draw", path.display());
    }
}

#[test]
fn only_the_cli_prints() {
    for (module, path, text) in sources() {
        for print in ["println!", "eprintln!", "print!(", "eprint!(", "dbg!"] {
            assert!(module == "cli" || !code(&text).contains(print), "{}: {print} outside cli", path.display());
        }
    }
}

#[test]
fn the_checks_can_fail() {
    let used = after("use crate::{plan::Plan, trial::{self, Outcome}}; crate::report::x(); mycrate::figure::y()", "crate::");
    assert_eq!(used.into_iter().collect::<Vec<_>>(), ["plan", "report", "trial"]);
    assert!(uses_crate("use csv::Reader;", "csv") && !uses_crate("write_csv::x(); crate::csv::y()", "csv"));
}
