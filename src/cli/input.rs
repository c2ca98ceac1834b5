//! What `analyze` was given: a plan, one data file, or two.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::Failure;
use super::args::LookArgs;
use super::terminal::Terminal;
use crate::ingest::{self, Hints};
use crate::plan::{self, LookedFile, Plan};
use crate::trial::{Catalogue, Place, Problem, ProblemCode};

/// A plan ready to run, and where it came from.
pub struct Input {
    pub plan: Plan,
    /// SHA-256 of the plan file; `None` where the plan was inferred.
    pub plan_sha256: Option<String>,
    /// The folder that the plan's paths start from.
    pub base: PathBuf,
    /// The files that must not be overwritten.
    pub files: Vec<PathBuf>,
}

/// The plan where `analyze` is given nothing.
const DEFAULT_PLAN: &str = "trial.toml";

impl Input {
    /// Reads the plan, or infers one from the header of the data.
    pub fn load(given: &[PathBuf], look: &LookArgs, catalogue: &Catalogue, terminal: &Terminal) -> Result<Self, Failure> {
        let is_plan =
            |path: &Path| path == Path::new("-") || path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
        if (look.encoding.is_some() || look.sheet.is_some()) && (given.is_empty() || given.iter().any(|path| is_plan(path))) {
            return Err(Failure::usage(
                "--encoding and --sheet are for data files without a plan",
                "write `encoding` and `sheet` under [data] in the plan",
            ));
        }
        match given {
            [] if Path::new(DEFAULT_PLAN).is_file() => Self::from_plan(Path::new(DEFAULT_PLAN), catalogue),
            [] => Err(Failure::usage(
                "expected a plan or a data file, and there is no trial.toml here",
                "run `prepost analyze scores.csv`, or write a plan first",
            )),
            [plan] if is_plan(plan) => Self::from_plan(plan, catalogue),
            data if data.iter().any(|path| is_plan(path)) => Err(Failure::usage(
                "expected one plan, or one or two data files, got both",
                "name the data files in the plan, under [data] files",
            )),
            data => Self::inferred(data, look, catalogue, terminal),
        }
    }

    /// Reads a plan; `-` is stdin.
    pub fn from_plan(path: &Path, catalogue: &Catalogue) -> Result<Self, Failure> {
        let (name, bytes, base) = if path == Path::new("-") {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            ("stdin".to_owned(), bytes, PathBuf::from("."))
        } else {
            let bytes = std::fs::read(path).map_err(|error| not_read(path, &error))?;
            (file_name(path), bytes, path.parent().map(Path::to_owned).unwrap_or_default())
        };
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            Problem::error(
                ProblemCode::FileNotText,
                Place::file(&name),
                format!("expected a plan in UTF-8, got other bytes at {}", error.valid_up_to()),
            )
            .with_hint("save the plan as UTF-8; if this is a data file, give it a name that does not end in .toml")
        })?;
        let plan = plan::read_with(text, &name, catalogue)?;
        let mut files: Vec<PathBuf> = plan
            .data
            .files
            .iter()
            .chain(&plan.data.control_files)
            .chain(&plan.data.pre)
            .chain(&plan.data.post)
            .map(|file| base.join(plan::file_and_sheet(file).0))
            .collect();
        files.push(path.to_owned());
        Ok(Self { plan, plan_sha256: Some(ingest::sha256_hex(&bytes)), base, files })
    }

    fn inferred(data: &[PathBuf], look: &LookArgs, catalogue: &Catalogue, terminal: &Terminal) -> Result<Self, Failure> {
        let base = std::env::current_dir().context("finding the working folder").map_err(Failure::from)?;
        let inferred = plan::infer(&look_at(data, look)?, catalogue);
        if !inferred.questions.is_empty() {
            terminal.result(&inferred.toml)?;
            return Err(Failure::Stopped(crate::trial::Problems(inferred.questions)));
        }
        terminal.info("no plan was given; this one was inferred from the header, and is written into the output folder:\n");
        terminal.info(&inferred.toml);
        for assumption in &inferred.assumptions {
            terminal.info(&format!("assumed: {assumption}"));
        }
        Ok(Self { plan: inferred.plan, plan_sha256: None, base, files: data.to_vec() })
    }
}

/// A first look at data files, each named as it was given; of a workbook with several tables at each sheet.
pub fn look_at(files: &[PathBuf], look: &LookArgs) -> Result<Vec<LookedFile>, Failure> {
    let hints = Hints { encoding: look.encoding.as_deref(), sheet: look.sheet.as_deref() };
    let mut looked = Vec::new();
    for path in files {
        looked.extend(ingest::look(path, hints)?);
    }
    Ok(looked)
}

/// The name of a file without its folders.
fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn not_read(path: &Path, error: &std::io::Error) -> Failure {
    let found = if error.kind() == std::io::ErrorKind::NotFound { "there is no such file".to_owned() } else { error.to_string() };
    Problem::error(ProblemCode::FileNotFound, Place::file(file_name(path)), format!("expected a plan, but {found}"))
        .with_hint("check the name and the folder")
        .into()
}
