//! `prepost init`: a commented plan from an export.

use std::path::{Path, PathBuf};

use super::Failure;
use super::args::InitArgs;
use super::input::look_at;
use super::terminal::Terminal;
use super::{catalogue, folder, relative};
use crate::trial::{Catalogue, Problems};
use crate::{ingest, plan};

pub fn run(args: InitArgs, terminal: &Terminal) -> Result<(), Failure> {
    let to_stdout = args.out == Path::new("-");
    let shown = args.out.display();
    let is_input = |file: &PathBuf| file.canonicalize().is_ok_and(|file| args.out.canonicalize().is_ok_and(|out| file == out));
    if !to_stdout && args.files.iter().any(is_input) {
        return Err(Failure::usage(format!("{shown} is one of the data files"), "name another file with --out PLAN.toml"));
    }
    if !to_stdout && !args.force && args.out.symlink_metadata().is_ok() {
        return Err(Failure::usage(
            format!("{shown} is there already"),
            "name another file with --out PLAN.toml, or replace it with --force",
        ));
    }
    let catalogue = catalogue::load(args.own.instruments.as_deref(), terminal)?;
    let mut files = look_at(&args.files, &args.look)?;
    let base = if to_stdout { PathBuf::new() } else { args.out.parent().map(Path::to_owned).unwrap_or_default() };
    if !base.as_os_str().is_empty() {
        std::fs::create_dir_all(&base)?;
    }
    for file in &mut files {
        // A workbook may have been looked at in several sheets.
        if let Some(path) = args.files.iter().find(|path| path.to_string_lossy() == file.name) {
            file.name = relative::path_from(&base, path)?;
        }
    }
    let inferred = plan::infer(&files, &catalogue);
    if to_stdout {
        terminal.result(&inferred.toml)?;
    } else {
        folder::replace_file(&args.out, inferred.toml.as_bytes())?;
        inferred.assumptions.iter().for_each(|assumption| terminal.info(&format!("assumed: {assumption}")));
    }
    let written = if to_stdout { "the plan".to_owned() } else { format!("{shown} is written; it") };
    if !inferred.questions.is_empty() {
        terminal.info(&format!("{written} holds questions: complete each line marked `# ANSWER:`, and delete these words from it\n"));
        return Err(Failure::Stopped(Problems(inferred.questions)));
    }
    match try_out(&inferred.toml, &args.out, &base, &catalogue) {
        Ok(warnings) => {
            terminal.warnings(&warnings);
            terminal.info(&format!("\n{written} runs as it stands; read what it assumes before you rely on it"));
            Ok(())
        }
        Err(problems) => {
            terminal.info(&format!("\n{written} asks nothing, but the data stop it:\n"));
            Err(Failure::Stopped(problems))
        }
    }
}

/// Reads the data by the plan as it was written: only that shows that it runs.
fn try_out(toml: &str, out: &Path, base: &Path, catalogue: &Catalogue) -> Result<Problems, Problems> {
    let name = out.file_name().unwrap_or(out.as_os_str()).to_string_lossy();
    let plan = plan::read_with(toml, &name, catalogue)?;
    let outcomes = plan::resolve_outcomes(&plan, catalogue)?;
    let (dataset, problems) = ingest::ingest(&plan, &outcomes, base);
    if dataset.is_none() || problems.has_errors() { Err(problems) } else { Ok(problems) }
}
