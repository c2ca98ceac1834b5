//! One run of the real program over a case, in a folder of its own, watched from outside.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde::Serialize;

use super::case::Case;
use super::plan;

/// The output folder, beside the plan.
const OUT: &str = "prepost-out";

/// The plan and the data stand this deep, so that `../../..` in a name still ends where we look.
const DEPTH: &str = "1/2/3/4/5/6/7/8/trial";

/// For cases that state no limit of their own.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// How often the program is looked at.
const GLANCE: Duration = Duration::from_millis(2);

/// The numbers of a case, and where `statistics.csv` has them: method, statistic.
const NUMBERS: [(&str, &str, &str); 8] = [
    ("n_pairs", "describe", "n"),
    ("mean_pre", "describe", "mean_pre"),
    ("mean_post", "describe", "mean_post"),
    ("mean_change", "describe", "mean_change"),
    ("sd_change", "describe", "sd_change"),
    ("t_change", "paired_t", "t"),
    ("w_plus", "signed_rank_drop", "w_plus"),
    ("w_minus", "signed_rank_drop", "w_minus"),
];

/// What a run did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Run {
    pub id: String,
    /// Negative: the signal that ended it.
    pub exit: i32,
    /// Stdout, then stderr.
    pub output: String,
    /// Whether a line of stderr begins with `warning`.
    pub warned: bool,
    #[serde(flatten)]
    pub numbers: BTreeMap<String, f64>,
    /// The folder written, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outdir: Option<PathBuf>,
    pub seconds: f64,
    /// Peak resident memory, where the system tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rss_mib: Option<f64>,
    pub timed_out: bool,
    /// Files written outside the output folder, inputs changed, and anything that a run which stopped left behind.
    pub escaped: Vec<String>,
}

impl Run {
    pub fn number(&self, name: &str) -> Option<f64> {
        self.numbers.get(name).copied()
    }
}

/// Runs the program over `case` inside `root`, an empty folder.
pub fn run(case: &Case, root: &Path) -> Result<Run, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", case.id);
    let work = root.join(DEPTH);
    fs::create_dir_all(&work).map_err(failed)?;
    let mut inputs = vec![(work.join("trial.toml"), plan::plan(case)?.into_bytes())];
    for file in &case.files {
        inputs.push((work.join(&file.name), fs::read(case.folder.join(&file.name)).map_err(failed)?));
    }
    for (path, bytes) in &inputs {
        fs::write(path, bytes).map_err(failed)?;
    }
    let (stdout, stderr) = (root.join("stdout"), root.join("stderr"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_prepost"));
    command.args(["analyze", "trial.toml", "--out", OUT]).args(figures(case)).current_dir(&work).env_remove("NO_COLOR");
    command.stdin(Stdio::null()).stdout(File::create(&stdout).map_err(failed)?).stderr(File::create(&stderr).map_err(failed)?);
    let watched = watch(&mut command, patience(case)).map_err(failed)?;

    let said =
        [fs::read(&stdout).map_err(failed)?, fs::read(&stderr).map_err(failed)?].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let out = work.join(OUT);
    let mut escaped = outside(root, &out, &[stdout, stderr], &inputs);
    if !watched.status.success() && out.exists() {
        escaped.push(format!("{OUT}, though the run stopped"));
    }
    Ok(Run {
        id: case.id.clone(),
        exit: exit_code(watched.status),
        warned: said[1].lines().any(|line| line.starts_with("warning")),
        output: said.concat(),
        numbers: if watched.status.success() { numbers(case, &out) } else { BTreeMap::new() },
        outdir: out.exists().then_some(out),
        seconds: watched.seconds,
        rss_mib: watched.rss_mib,
        timed_out: watched.timed_out,
        escaped,
    })
}

/// Pictures where the rules look at SVG and HTML; elsewhere they would only take time.
fn figures(case: &Case) -> &'static [&'static str] {
    match case.category.as_str() {
        "security" | "privacy" => &["--formats", "svg"],
        _ => &["--no-figures"],
    }
}

/// Much more than a limit, so that being late shows as a time and hanging as a kill, on a machine with other work, too.
fn patience(case: &Case) -> Duration {
    case.limits.max_seconds.map_or(PATIENCE, |seconds| PATIENCE.max(Duration::from_secs_f64(4.0 * seconds)))
}

/// A program that ended, watched from outside.
pub struct Watched {
    pub status: ExitStatus,
    /// From start to end; where the system tells, not more than the processors worked: machines are shared.
    seconds: f64,
    /// Peak resident memory, where the system tells.
    pub rss_mib: Option<f64>,
    timed_out: bool,
}

pub fn watch(command: &mut Command, patience: Duration) -> std::io::Result<Watched> {
    let begin = Instant::now();
    let mut child = command.spawn()?;
    let (mut rss_mib, mut worked, mut timed_out) = (None, None, false);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        rss_mib = peak_rss_mib(child.id()).or(rss_mib);
        worked = processor_seconds(child.id()).or(worked);
        if begin.elapsed() > patience {
            timed_out = true;
            child.kill()?;
            break child.wait()?;
        }
        std::thread::sleep(GLANCE);
    };
    let passed = begin.elapsed().as_secs_f64();
    Ok(Watched { status, seconds: worked.map_or(passed, |worked| passed.min(worked)), rss_mib, timed_out })
}

/// What a process worked so far, in user and system mode together, as Linux counts it in hundredths of a second.
fn processor_seconds(pid: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program, in brackets, may hold spaces.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// The high-water mark that Linux keeps: a glance late in the run sees every peak before it.
fn peak_rss_mib(pid: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib / 1024.0)
}

#[cfg(unix)]
fn exit_code(status: ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status.code().or_else(|| status.signal().map(|signal| -signal)).unwrap_or(-1)
}

#[cfg(not(unix))]
fn exit_code(status: ExitStatus) -> i32 {
    status.code().unwrap_or(-1)
}

/// What stands in `root` beside the output folder that we did not put there, and inputs that are not as they were.
fn outside(root: &Path, out: &Path, ours: &[PathBuf], inputs: &[(PathBuf, Vec<u8>)]) -> Vec<String> {
    let changed = inputs.iter().filter(|(path, bytes)| fs::read(path).ok().as_ref() != Some(bytes)).map(|(path, _)| path.clone());
    let strange = files_below(root)
        .into_iter()
        .filter(|path| !path.starts_with(out) && !ours.contains(path) && !inputs.iter().any(|(input, _)| input == path));
    changed.chain(strange).map(|path| path.strip_prefix(root).unwrap_or(&path).display().to_string()).collect()
}

/// Every file and link below a folder, by name; links are not followed.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok) {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

/// The rows of `statistics.csv`, headed.
pub fn statistics(out: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(out.join("statistics.csv"))
        .map(|mut reader| reader.deserialize().filter_map(Result::ok).collect())
        .unwrap_or_default()
}

/// The numbers that the program gave for the outcome that the case is about: of several, the first in the file.
fn numbers(case: &Case, out: &Path) -> BTreeMap<String, f64> {
    let rows = statistics(out);
    let first = case.instruments().into_iter().next().unwrap_or_default();
    let is = |row: &BTreeMap<String, String>, column: &str, value: &str| row.get(column).is_some_and(|cell| cell == value);
    // A name that begins like a formula has an apostrophe before it.
    let inert = format!("'{first}");
    let about = [plan::OUTCOME, first.as_str(), inert.as_str()].into_iter().find(|id| rows.iter().any(|row| is(row, "outcome", id)));
    let value = |method: &str, statistic: &str| {
        let wanted = [("outcome", about?), ("population", "pairs"), ("method", method), ("statistic", statistic)];
        let row = rows.iter().find(|row| wanted.iter().all(|(column, value)| is(row, column, value)))?;
        row.get("value")?.parse().ok()
    };
    NUMBERS.iter().filter_map(|(name, method, statistic)| Some(((*name).to_owned(), value(method, statistic)?))).collect()
}

#[test]
fn files_elsewhere_and_changed_inputs_are_seen() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let root = root.path();
    let (out, input) = (root.join("trial/out"), root.join("trial/data.csv"));
    fs::create_dir_all(out.join("figures")).expect("a folder");
    for path in [&out.join("figures/a.svg"), &input, &root.join("stdout")] {
        fs::write(path, "a").expect("a file");
    }
    let seen = |bytes: &str| outside(root, &out, &[root.join("stdout")], &[(input.clone(), bytes.into())]);
    assert!(seen("a").is_empty());
    assert_eq!(seen("b"), ["trial/data.csv"]);
    fs::write(root.join("escaped.svg"), "").expect("a file");
    fs::write(root.join("trial/.out.tmp"), "").expect("a file");
    assert_eq!(seen("a"), ["escaped.svg", "trial/.out.tmp"]);
}

#[cfg(unix)]
#[test]
fn a_program_that_hangs_is_ended() {
    let watched = watch(Command::new("sleep").arg("30"), Duration::from_millis(50)).expect("sleep runs");
    assert!(watched.timed_out && watched.seconds < 10.0 && exit_code(watched.status) == -9);
}

#[cfg(target_os = "linux")]
#[test]
fn peak_memory_is_seen() {
    let watched = watch(Command::new("sleep").arg("0.05"), PATIENCE).expect("sleep runs");
    assert!(!watched.timed_out && watched.rss_mib.is_some_and(|mib| mib > 0.1));
}

#[cfg(target_os = "linux")]
#[test]
fn time_spent_waiting_is_no_work() {
    let watched = watch(Command::new("sleep").arg("0.5"), PATIENCE).expect("sleep runs");
    assert!(watched.seconds < 0.4, "{}", watched.seconds);
}
