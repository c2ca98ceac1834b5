//! `prepost report`: the report from the results alone.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::Failure;
use super::args::{ReportArgs, ReportFormat};
use super::pictures::Wanted;
use super::progress::Progress;
use super::terminal::Terminal;
use crate::figure;
use crate::report;
use crate::results::{self, Individuals, Results};

pub fn run(args: ReportArgs, terminal: &Terminal) -> Result<(), Failure> {
    let (results, folder) = load(&args.results)?;
    let figures = results.provenance.settings.0.figures.clone();
    let individuals = folder.as_ref().and_then(|folder| std::fs::File::open(folder.join("individuals.csv")).ok()).map(Individuals::read);
    let individuals = individuals.transpose().map_err(|error| anyhow::Error::from(error).context("reading individuals.csv"))?;
    let wanted = Wanted {
        kinds: figures.kinds,
        outcomes: results.outcomes.iter().map(|outcome| outcome.id.clone()).collect(),
        formats: Vec::new(),
        preset: figures.preset,
        dpi: figure::resolution(figures.preset, figures.dpi),
        fonts: Vec::new(),
        inline: true,
    };
    let progress = Progress::new(terminal, "drawing", wanted.count());
    let pictures = wanted.draw(&results, individuals.as_ref(), &progress)?;
    drop(progress);
    let mut assets = pictures.assets();
    // Markdown links the files of the run, where they stand beside the results.
    for asset in &mut assets {
        asset.file = ["svg", "png", "pdf"]
            .iter()
            .map(|format| format!("figures/{}.{format}", figure::file_stem_in(&results, asset.outcome.as_deref(), asset.kind)))
            .find(|file| folder.as_ref().is_some_and(|folder| folder.join(file).is_file()));
    }
    let document = report::document(&results, &assets);

    if args.out.as_deref() == Some(Path::new("-")) {
        return match args.format {
            Some(ReportFormat::Md) => terminal.result(&report::to_markdown(&document)),
            Some(ReportFormat::Html) => terminal.result(&report::to_html(&document)),
            None => Err(Failure::usage("two reports do not fit one stdout", "choose one with --format md or --format html")),
        };
    }
    let out = args.out.or(folder).unwrap_or_default();
    super::folder::make_sure_of(&out)?;
    let mut written = String::new();
    for (format, name) in [(ReportFormat::Md, "report.md"), (ReportFormat::Html, "report.html")] {
        if args.format.is_some_and(|wanted| wanted != format) {
            continue;
        }
        let text = if format == ReportFormat::Md { report::to_markdown(&document) } else { report::to_html(&document) };
        super::folder::replace_file(&out.join(name), text.as_bytes())?;
        written.push_str(&format!("{}\n", out.join(name).display()));
    }
    pictures.left_out().iter().for_each(|note| terminal.note(note));
    terminal.result(&written)
}

/// Reads results from a file, with the folder they stand in, or from stdin.
pub fn load(path: &Path) -> Result<(Results, Option<PathBuf>), Failure> {
    let shown = path.display().to_string();
    let (text, folder) = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text)?;
        (text, None)
    } else {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::usage(
                format!("{shown}: expected the results.json of an earlier run, got {error}"),
                "run `prepost analyze` first, then name DIR/results.json",
            )
        })?;
        (text, Some(path.parent().map(Path::to_owned).unwrap_or_default()))
    };
    let results = results::read_json(&text)
        .map_err(|error| Failure::usage(format!("{shown}: {error}"), "run `prepost analyze` again with this version"))?;
    Ok((results, folder))
}
