//! The arguments of every command.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::plan::{FigureKind, Format, Preset};

/// From the pre/post scores of a single-arm trial to paired statistics, figures and a report one can trust.
#[derive(Debug, Parser)]
#[command(name = "prepost", version, about, propagate_version = true, arg_required_else_help = true, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,

    /// Print results, warnings and errors only: no progress, no remarks
    #[arg(long, short, global = true)]
    pub quiet: bool,

    /// Number of threads; the results do not depend on it [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
}

const AFTER_HELP: &str = "Example:\n  prepost analyze scores.csv        # infers the plan from the header, writes prepost-out/\n  prepost analyze trial.toml        # as planned\n  prepost init export.csv           # writes a plan from an export, with the questions that remain\n\nExit status: 0 done (warnings included), 1 the plan or the data stopped it, 2 wrong usage, 130 interrupted.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read, check, compute, and write the report, the numbers and the figures
    #[command(
        after_help = "Examples:\n  prepost analyze                               # ./trial.toml\n  prepost analyze trial.toml --out results --formats svg,pdf\n  prepost analyze scores.csv                    # the plan is inferred, shown and written\n  prepost analyze pre.csv post.csv              # two files, joined by subject"
    )]
    Analyze(AnalyzeArgs),
    /// Look at an export and write a commented plan: what was found, what was assumed, what must be answered
    #[command(
        after_help = "Examples:\n  prepost init scores.csv                       # writes trial.toml\n  prepost init pre.csv post.csv --out study.toml\n  prepost init export.csv --encoding cp932 --out - | less\n\nExit status: 0 the plan runs as it stands, 1 questions remain or the data stop it (the plan is written all the same)."
    )]
    Init(InitArgs),
    /// Read and check the data as planned: every problem, the pair ledger, the observations; no analysis
    #[command(
        after_help = "Examples:\n  prepost ingest trial.toml --check             # writes nothing\n  prepost ingest trial.toml --out observed\n  prepost ingest trial.toml --check --format json | jq '.problems[].code'"
    )]
    Ingest(IngestArgs),
    /// Explain the codes of errors and warnings: what they mean, why they matter, what to do
    #[command(after_help = "Examples:\n  prepost problems                              # all codes\n  prepost problems duplicate-subject")]
    Problems(ProblemsArgs),
    /// Say what a number is: its question, formula, inputs, assumptions, reference, the same in R, and why this method
    #[command(
        after_help = "Examples:\n  prepost explain                               # all methods\n  prepost explain d_av\n  prepost explain bdi2/post-pre/pairs/paired_t  # with the numbers of prepost-out/results.json"
    )]
    Explain(ExplainArgs),
    /// Draw figures again from results: other kinds, formats, presets
    #[command(
        after_help = "Examples:\n  prepost plot prepost-out/results.json --figure forest --format pdf\n  prepost plot prepost-out/results.json --preset slide --outcome bdi2 --out slides"
    )]
    Plot(PlotArgs),
    /// Write the report again from results, without plan or data
    #[command(
        after_help = "Examples:\n  prepost report prepost-out/results.json --format html --out public\n  prepost report prepost-out/results.json --format md --out - | less"
    )]
    Report(ReportArgs),
    /// Show the instrument catalogue: every fact with how well it is supported
    #[command(
        after_help = "Examples:\n  prepost instruments --domain depression\n  prepost instruments bdi2 --format toml\n  prepost instruments --instruments mine my_scale\n  prepost instruments --check mine              # exit status 1 where an entry does not hold together"
    )]
    Instruments(InstrumentsArgs),
    /// Print shell completions
    #[command(after_help = "Example:\n  prepost completions bash > ~/.local/share/bash-completion/completions/prepost")]
    Completions {
        /// The shell to complete for
        shell: clap_complete::Shell,
    },
    /// Print the man page, or write one page a command
    #[command(after_help = "Example:\n  prepost man --out man1")]
    Man {
        /// Folder for one page a command; without it the main page goes to stdout
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct AnalyzeArgs {
    /// A plan (.toml), one data file, or two data files named pre and post; `-` reads a plan from stdin
    #[arg(value_name = "PLAN.toml | FILE.csv", num_args = 0..=2)]
    pub input: Vec<PathBuf>,

    /// Output folder; it is complete or absent, never half written
    #[arg(long, short, value_name = "DIR", default_value = "prepost-out")]
    pub out: PathBuf,

    /// Replace a folder that prepost did not write
    #[arg(long)]
    pub force: bool,

    /// Kinds of figures instead of the plan's
    #[arg(long, value_name = "KIND", value_delimiter = ',', conflicts_with = "no_figures")]
    pub figures: Vec<KindArg>,

    /// File formats of figures instead of the plan's
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', conflicts_with = "no_figures")]
    pub formats: Vec<FormatArg>,

    #[command(flatten)]
    pub canvas: CanvasArgs,

    /// Draw no figures
    #[arg(long)]
    pub no_figures: bool,

    /// Seed of the random numbers instead of the plan's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,

    #[command(flatten)]
    pub look: LookArgs,

    #[command(flatten)]
    pub own: CatalogueArgs,

    /// How the summary on stdout is written
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: TableFormat,
}

/// Instruments beside those that ship with the program.
#[derive(Debug, Args)]
pub struct CatalogueArgs {
    /// Folder with instruments of your own, one .toml each; they are added, or take the place of those of the same id
    #[arg(long = "instruments", value_name = "DIR")]
    pub instruments: Option<PathBuf>,
}

/// What helps to read a data file that no plan describes yet.
#[derive(Debug, Args)]
pub struct LookArgs {
    /// Encoding of the data files, where no plan says it (a WHATWG label, or cp932, cp949 …)
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,

    /// Sheet of the workbook, where no plan says it
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
}

#[derive(Debug, Args)]
pub struct InitArgs {
    /// The export: one data file, two (pre and post), or several with the same header
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// The plan to write; `-` for stdout
    #[arg(long, short, value_name = "PLAN.toml", default_value = "trial.toml")]
    pub out: PathBuf,

    /// Replace a plan that is there already
    #[arg(long)]
    pub force: bool,

    #[command(flatten)]
    pub look: LookArgs,

    #[command(flatten)]
    pub own: CatalogueArgs,
}

#[derive(Debug, Args)]
pub struct IngestArgs {
    /// The plan; `-` for stdin
    #[arg(value_name = "PLAN.toml", default_value = "trial.toml")]
    pub plan: PathBuf,

    /// Output folder; it is complete or absent, never half written
    #[arg(long, short, value_name = "DIR", default_value = "prepost-ingest")]
    pub out: PathBuf,

    /// Read and check only; write nothing
    #[arg(long)]
    pub check: bool,

    /// Replace a folder that `prepost ingest` did not write
    #[arg(long)]
    pub force: bool,

    #[command(flatten)]
    pub own: CatalogueArgs,

    /// How the findings on stdout are written; as JSON also where the data stop the run
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: TableFormat,
}

#[derive(Debug, Args)]
pub struct ProblemsArgs {
    /// One code, as messages and problems.json show it
    pub code: Option<String>,

    /// How it is written [default: table for all, md for one]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ProblemFormat>,
}

/// What a figure is put on.
#[derive(Debug, Args)]
pub struct CanvasArgs {
    /// Canvas and type sizes [default: as planned]
    #[arg(long, value_name = "PRESET")]
    pub preset: Option<PresetArg>,

    /// Resolution of PNG [default: as planned; 144 for the slide, 300 for print]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(72..=1200))]
    pub dpi: Option<u32>,

    /// Font file for labels that the built-in font lacks (may be repeated)
    #[arg(long = "font", value_name = "FILE")]
    pub fonts: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct PlotArgs {
    /// results.json of an earlier run; `-` for stdin
    #[arg(value_name = "RESULTS.json")]
    pub results: PathBuf,

    /// Kinds of figures [default: as planned]
    #[arg(long = "figure", value_name = "KIND", value_delimiter = ',')]
    pub kinds: Vec<KindArg>,

    /// Only these outcomes (figures of the whole trial are drawn regardless of it)
    #[arg(long = "outcome", value_name = "ID", value_delimiter = ',')]
    pub outcomes: Vec<String>,

    /// File formats [default: as planned]
    #[arg(long = "format", value_name = "FORMAT", value_delimiter = ',')]
    pub formats: Vec<FormatArg>,

    #[command(flatten)]
    pub canvas: CanvasArgs,

    /// Folder to write into; figures of the same name are replaced [default: figures beside the results]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ReportArgs {
    /// results.json of an earlier run; `-` for stdin
    #[arg(value_name = "RESULTS.json")]
    pub results: PathBuf,

    /// Format of the report; both where it is left out
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ReportFormat>,

    /// Folder to write into, `-` for stdout (with --format) [default: beside the results]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A method, or an analysis by its id (OUTCOME/CONTRAST/POPULATION/METHOD); all methods where it is left out
    #[arg(value_name = "METHOD | ANALYSIS-ID")]
    pub what: Option<String>,

    /// results.json that holds the analysis; `-` for stdin [default: prepost-out/results.json]
    #[arg(value_name = "RESULTS.json")]
    pub results: Option<PathBuf>,

    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ExplainFormat,
}

#[derive(Debug, Args)]
pub struct InstrumentsArgs {
    /// One instrument, by its id
    pub id: Option<String>,

    /// Only instruments of this domain
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,

    /// Check entries of your own, a folder or one file, and say everything that does not hold together
    #[arg(long, value_name = "DIR|FILE", conflicts_with_all = ["id", "domain", "instruments"])]
    pub check: Option<PathBuf>,

    #[command(flatten)]
    pub own: CatalogueArgs,

    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: CatalogueFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Table,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProblemFormat {
    Table,
    Json,
    Md,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    Text,
    Md,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CatalogueFormat {
    Table,
    Json,
    Toml,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Md,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindArg {
    Paired,
    Raincloud,
    Waterfall,
    Forest,
    Flow,
    Reliable,
    Bands,
    Responders,
    Regression,
}

impl From<KindArg> for FigureKind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Paired => FigureKind::Paired,
            KindArg::Raincloud => FigureKind::Raincloud,
            KindArg::Waterfall => FigureKind::Waterfall,
            KindArg::Forest => FigureKind::Forest,
            KindArg::Flow => FigureKind::Flow,
            KindArg::Reliable => FigureKind::Reliable,
            KindArg::Bands => FigureKind::Bands,
            KindArg::Responders => FigureKind::Responders,
            KindArg::Regression => FigureKind::Regression,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    Svg,
    Png,
    Pdf,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Svg => Format::Svg,
            FormatArg::Png => Format::Png,
            FormatArg::Pdf => Format::Pdf,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PresetArg {
    Journal,
    JournalWide,
    Slide,
    Poster,
}

impl From<PresetArg> for Preset {
    fn from(preset: PresetArg) -> Self {
        match preset {
            PresetArg::Journal => Preset::Journal,
            PresetArg::JournalWide => Preset::JournalWide,
            PresetArg::Slide => Preset::Slide,
            PresetArg::Poster => Preset::Poster,
        }
    }
}

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if (1..=1024).contains(&n) => Ok(n),
        _ => Err("expected a number from 1 to 1024".into()),
    }
}
