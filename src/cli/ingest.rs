//! `prepost ingest`: read and check the data as planned, without an analysis.

use std::path::Path;

use super::args::{IngestArgs, TableFormat};
use super::folder::{Mark, Staging};
use super::input::Input;
use super::terminal::Terminal;
use super::{Failure, catalogue, findings, ledger_table};
use crate::analysis;
use crate::results::{self, SCHEMA_VERSION};
use crate::trial::{Dataset, Ledger, Problems, Source};
use crate::{ingest, plan};

/// What `ingest.json` says: which program read which files. It marks the folder as written by this command.
#[derive(serde::Serialize)]
struct Head<'a> {
    schema_version: u32,
    prepost: &'static str,
    plan_sha256: Option<&'a str>,
    sources: &'a [Source],
    observations_sha256: String,
}

/// Everything found, as JSON on stdout; there is no ledger where the data stopped the run.
#[derive(serde::Serialize)]
struct Found<'a> {
    problems: &'a Problems,
    ledger: Option<&'a Ledger>,
}

pub fn run(args: IngestArgs, terminal: &Terminal) -> Result<(), Failure> {
    let done = read_and_write(&args, terminal);
    if let (Err(Failure::Stopped(problems)), TableFormat::Json) = (&done, args.format) {
        terminal.result(&json(&Found { problems, ledger: None })?)?;
    }
    done
}

fn read_and_write(args: &IngestArgs, terminal: &Terminal) -> Result<(), Failure> {
    if args.out == Path::new("-") {
        let hint = "name a folder with --out DIR; the ledger is on stdout anyway, and the problems too with --format json";
        return Err(Failure::usage("expected a folder for the output, got `-`", hint));
    }
    let catalogue = catalogue::load(args.own.instruments.as_deref(), terminal)?;
    let input = Input::from_plan(&args.plan, &catalogue)?;
    let outcomes = plan::resolve_outcomes(&input.plan, &catalogue)?;
    let (dataset, of_trial) = ingest::ingest(&input.plan, &outcomes, &input.base);
    let sources = dataset.as_ref().map_or(&[][..], |dataset| &dataset.sources);
    let (_, of_control) = ingest::control(&input.plan, &outcomes, &input.base, sources);
    let problems = Problems(of_trial.0.into_iter().chain(of_control.0).collect());
    let Some(dataset) = dataset.filter(|_| !problems.has_errors()) else {
        return Err(problems.into());
    };
    if !args.check {
        write(args, &input, &dataset, &problems)?;
    }
    terminal.warnings(&problems);
    terminal.result(&match args.format {
        TableFormat::Table => ledger_table::table(&dataset.ledger),
        TableFormat::Json => json(&Found { problems: &problems, ledger: Some(&dataset.ledger) })?,
    })?;
    terminal.info(&match (args.check, input.plan.privacy.individuals) {
        (true, _) => "\nchecked; nothing is written".to_owned(),
        (false, true) => format!("\nwritten to {}: observations.csv, problems.json, ledger.csv", args.out.display()),
        (false, false) => {
            let out = args.out.display();
            format!("\nwritten to {out}: problems.json, ledger.csv; no observations.csv, because the plan says individuals = false")
        }
    });
    Ok(())
}

fn write(args: &IngestArgs, input: &Input, dataset: &Dataset, problems: &Problems) -> Result<(), Failure> {
    let staging = Staging::open(&args.out, Mark::Ingest, args.force, &input.files)?;
    if input.plan.privacy.individuals {
        staging.write_with("observations.csv", |file| Ok(results::write_observations(dataset, file)?))?;
    }
    let participants = analysis::shown_participants(&dataset.ledger, input.plan.privacy.min_cell as usize);
    staging.write("problems.json", findings::json(problems, &participants)?.as_bytes())?;
    staging.write_with("ledger.csv", |file| Ok(results::write_ledger(&participants, file)?))?;
    let head = Head {
        schema_version: SCHEMA_VERSION,
        prepost: env!("CARGO_PKG_VERSION"),
        plan_sha256: input.plan_sha256.as_deref(),
        sources: &dataset.sources,
        observations_sha256: ingest::observations_sha256(dataset),
    };
    staging.write(Mark::Ingest.file(), json(&head)?.as_bytes())?;
    Ok(staging.commit()?)
}

fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(value).map_err(anyhow::Error::from)? + "\n")
}
