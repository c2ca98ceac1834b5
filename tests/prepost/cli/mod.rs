//! The program as a user runs it.

mod analyze;
mod bad_input;
#[cfg(target_os = "linux")]
mod bombs;
mod commands;
mod determinism;
mod explain;
mod explanation;
mod folder;
mod ingest;
mod init;
mod meaning;
mod names;
mod paths;
mod privacy;
mod problems;
mod sample;
mod settings;

use std::path::Path;
use std::process::{Command, Output};

/// The program, in `folder`, with a clean environment for what it looks at.
pub fn prepost(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_prepost")).args(args).current_dir(folder).env_remove("NO_COLOR").output().expect("the program starts")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file is written");
    }
    folder
}

/// A plan of one outcome over `scores.csv`.
pub const PLAN: &str = r#"
[data]
files = ["scores.csv"]
subject = "id"
[[outcome]]
id = "bdi2"
direction = "lower"
range = [0, 63]
step = 1
pre = "bdi_pre"
post = "bdi_post"
[analysis]
bootstrap = 1000
permutations = 1000
"#;

pub const SCORES: &str = "id,bdi_pre,bdi_post\na,20,12\nb,31,25\nc,14,15\nd,22,\ne,27,18\nf,19,19\ng,25,20\nh,33,21\n";

/// The value of one statistic in `statistics.csv` text.
pub fn statistic(csv: &str, outcome: &str, method: &str, statistic: &str) -> Option<f64> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader
        .records()
        .filter_map(Result::ok)
        .find(|row| &row[1] == outcome && &row[3] == "pairs" && &row[4] == method && &row[5] == statistic)
        .and_then(|row| row[6].parse().ok())
}
