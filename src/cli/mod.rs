//! Arguments → settings → library calls → files. Nothing else in the crate prints.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod analyze;
mod args;
mod catalogue;
mod completions;
mod explain;
mod explain_pages;
mod failure;
mod findings;
mod folder;
mod ingest;
mod init;
mod input;
mod instruments;
mod interrupt;
mod ledger_table;
mod man;
mod pictures;
mod plot;
mod problem_pages;
mod problems;
mod progress;
mod relative;
mod report;
mod summary;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use failure::Failure;
use terminal::Terminal;

/// Parses the arguments, runs the command, prints what went wrong, and says how it ended:
/// 0 done, 1 the plan or the data stopped it, 2 wrong usage or an unexpected failure, 130 interrupted.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let terminal = Terminal::new(cli.quiet);
    match run(cli, &terminal) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => terminal.failure(&failure),
    }
}

fn run(cli: Cli, terminal: &Terminal) -> Result<(), Failure> {
    if let Some(threads) = cli.threads {
        // Fails only where a pool exists already, which cannot be before the first command.
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().map_err(anyhow::Error::from)?;
    }
    match cli.command {
        Command::Analyze(args) => analyze::run(args, terminal),
        Command::Init(args) => init::run(args, terminal),
        Command::Ingest(args) => ingest::run(args, terminal),
        Command::Problems(args) => problems::run(&args, terminal),
        Command::Explain(args) => explain::run(&args, terminal),
        Command::Plot(args) => plot::run(args, terminal),
        Command::Report(args) => report::run(args, terminal),
        Command::Instruments(args) => instruments::run(args, terminal),
        Command::Completions { shell } => completions::run(shell, terminal),
        Command::Man { out } => man::run(out.as_deref(), terminal),
    }
}

/// The command line as clap sees it: for completions, man pages and the documentation.
pub fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}
