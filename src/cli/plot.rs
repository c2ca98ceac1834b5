//! `prepost plot`: figures from the results alone.

use std::path::Path;

use anyhow::Context;

use super::Failure;
use super::args::PlotArgs;
use super::pictures::Wanted;
use super::progress::Progress;
use super::report::load;
use super::terminal::Terminal;
use crate::results::{Individuals, Results};

pub fn run(args: PlotArgs, terminal: &Terminal) -> Result<(), Failure> {
    let (results, folder) = load(&args.results)?;
    let individuals = folder.as_deref().map(individuals).transpose()?.flatten();
    let wanted = wanted(&args, &results)?;
    let progress = Progress::new(terminal, "drawing", wanted.count());
    let pictures = wanted.draw(&results, individuals.as_ref(), &progress)?;
    drop(progress);

    let out = args.out.clone().unwrap_or_else(|| folder.unwrap_or_default().join("figures"));
    super::folder::make_sure_of(&out)?;
    let mut written = String::new();
    for (name, bytes) in pictures.files() {
        let path = out.join(name);
        super::folder::replace_file(&path, bytes)?;
        written.push_str(&format!("{}\n", path.display()));
    }
    pictures.warnings.iter().for_each(|warning| terminal.note(warning));
    pictures.left_out().iter().for_each(|note| terminal.note(note));
    terminal.result(&written)
}

/// The people, where `individuals.csv` stands beside the results.
fn individuals(folder: &Path) -> Result<Option<Individuals>, Failure> {
    let path = folder.join("individuals.csv");
    match std::fs::File::open(&path) {
        Ok(file) => Ok(Some(Individuals::read(std::io::BufReader::new(file)).context("reading individuals.csv")?)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(anyhow::Error::from(error).context("reading individuals.csv").into()),
    }
}

fn wanted(args: &PlotArgs, results: &Results) -> Result<Wanted, Failure> {
    let planned = &results.provenance.settings.0.figures;
    let known: Vec<String> = results.outcomes.iter().map(|outcome| outcome.id.clone()).collect();
    if let Some(unknown) = args.outcomes.iter().find(|id| !known.contains(id)) {
        return Err(Failure::usage(format!("the results have no outcome `{unknown}`"), format!("outcomes: {}", known.join(", "))));
    }
    let or_planned = |empty: bool, planned: &[_], given: Vec<_>| if empty { planned.to_vec() } else { given };
    let kinds = or_planned(args.kinds.is_empty(), &planned.kinds, args.kinds.iter().map(|&kind| kind.into()).collect());
    let preset = args.canvas.preset.map_or(planned.preset, Into::into);
    // A planned resolution that is only the default of the planned preset does not bind another preset.
    let planned_dpi = planned.dpi.filter(|dpi| *dpi != planned.preset.default_dpi());
    Ok(Wanted {
        // A run without figures has an empty plan for them: then all kinds are meant.
        kinds: if kinds.is_empty() { crate::plan::FigureKind::ALL.to_vec() } else { kinds },
        outcomes: if args.outcomes.is_empty() { known } else { args.outcomes.clone() },
        formats: if args.formats.is_empty() { planned.formats.clone() } else { args.formats.iter().map(|&format| format.into()).collect() },
        preset,
        dpi: crate::figure::resolution(preset, args.canvas.dpi.or(planned_dpi)),
        // The results name the planned font files without their folders: they cannot be opened from here.
        fonts: args.canvas.fonts.clone(),
        inline: false,
    })
}
