//! `prepost analyze`: read, check, compute, write.

use std::collections::BTreeSet;

use super::args::{AnalyzeArgs, TableFormat};
use super::folder::{Mark, Staging};
use super::input::Input;
use super::pictures::{Pictures, Wanted};
use super::progress::Progress;
use super::terminal::Terminal;
use super::{Failure, catalogue, findings, summary};
use crate::analysis::{self, Request};
use crate::results::{self, Analysis, Individuals, Method, Population, Results};
use crate::stats::NotEstimable;
use crate::trial::Problems;
use crate::{figure, ingest, plan, report};
use summary::one_line;

/// What stands above the plan as used.
const PLAN_HEAD: &str = "\
# The plan as used, every default filled in. Its paths start from where the plan stood (an inferred one: from the
# folder prepost was run in): to run it again, put it there.

";

pub fn run(args: AnalyzeArgs, terminal: &Terminal) -> Result<(), Failure> {
    if args.out == std::path::Path::new("-") {
        let hint = "name a folder with --out DIR; the summary is on stdout anyway, as JSON with --format json";
        return Err(Failure::usage("expected a folder for the output, got `-`", hint));
    }
    let catalogue = catalogue::load(args.own.instruments.as_deref(), terminal)?;
    let mut input = Input::load(&args.input, &args.look, &catalogue, terminal)?;
    settle(&mut input, &args);
    let outcomes = plan::resolve_outcomes(&input.plan, &catalogue)?;

    let (dataset, of_trial) = ingest::ingest(&input.plan, &outcomes, &input.base);
    let sources = dataset.as_ref().map_or(&[][..], |dataset| &dataset.sources);
    let (control, of_control) = ingest::control(&input.plan, &outcomes, &input.base, sources);
    let problems = Problems(of_trial.0.iter().chain(&of_control.0).cloned().collect());
    let Some(dataset) = dataset.filter(|_| !problems.has_errors()) else {
        return Err(problems.into());
    };
    let staging = Staging::open(&args.out, Mark::Analyze, args.force, &input.files)?;

    let progress = Progress::new(terminal, "analysing", dataset.outcomes.len());
    let request = Request {
        plan: plan::effective(&input.plan, &dataset_outcomes(&dataset)),
        plan_sha256: input.plan_sha256.clone(),
        plan_inferred: input.plan_sha256.is_none(),
        observations_sha256: ingest::observations_sha256(&dataset),
        control: control.as_ref(),
        on_outcome: &|| progress.step(),
    };
    let results = analysis::analyze(&dataset, &of_trial, &request);
    progress.finish();
    let individuals = request.plan.privacy.individuals.then(|| analysis::individuals(&dataset));

    let pictures = draw(&args, &request, &results, individuals.as_ref(), terminal)?;
    write(&staging, &results, individuals.as_ref(), &problems, &request, pictures.as_ref())?;
    staging.commit()?;

    terminal.warnings(&problems);
    withheld(&results).iter().for_each(|warning| terminal.warning(warning));
    if let Some(pictures) = &pictures {
        pictures.warnings.iter().for_each(|warning| terminal.note(warning));
        pictures.left_out().iter().for_each(|note| terminal.note(note));
    }
    terminal.result(&match args.format {
        TableFormat::Table => summary::table(&results),
        TableFormat::Json => summary::json(&results)?,
    })?;
    terminal.info(&format!("\nwritten to {}: report.html, report.md, results.json, statistics.csv and more", args.out.display()));
    Ok(())
}

/// What `[privacy] min_cell` took out of the results, by name: nobody shall take a gap for a nought.
fn withheld(results: &Results) -> Vec<String> {
    let min_cell = results.provenance.settings.0.privacy.min_cell;
    let small = |analysis: &&Analysis| matches!(analysis.finding.reason(), Some(NotEstimable::Withheld { .. }));
    let of_method = results.analyses.iter().filter(|analysis| analysis.key.method == Method::Describe).filter(small);
    let populations: BTreeSet<String> = of_method
        .map(|analysis| match &analysis.key.population {
            Population::Pairs => format!("outcome `{}`", one_line(&analysis.key.outcome)),
            Population::Group { column, value } => format!("subgroup {}=`{}`", one_line(column), one_line(value)),
        })
        .collect();
    let rule = format!("`min_cell = {min_cell}` under [privacy]");
    let populations = (!populations.is_empty()).then(|| {
        let named = populations.into_iter().collect::<Vec<_>>().join(", ");
        format!("withheld by {rule}: {named} (fewer than {min_cell} people, or what such a cell would follow from)")
    });
    let counts = results.participants.ledger().is_none();
    let counts = counts.then(|| format!("withheld by {rule}: the counts of rows, losses and missing scores, of which one is small"));
    populations.into_iter().chain(counts).collect()
}

/// What the command line overrides in the plan.
fn settle(input: &mut Input, args: &AnalyzeArgs) {
    let plan = &mut input.plan;
    if let Some(seed) = args.seed {
        plan.analysis.seed = seed;
    }
    if !args.figures.is_empty() {
        plan.figures.kinds = args.figures.iter().map(|&kind| kind.into()).collect();
    }
    if !args.formats.is_empty() {
        plan.figures.formats = args.formats.iter().map(|&format| format.into()).collect();
    }
    if let Some(preset) = args.canvas.preset {
        plan.figures.preset = preset.into();
    }
    plan.figures.dpi = args.canvas.dpi.or(plan.figures.dpi);
    if args.no_figures {
        plan.figures.kinds.clear();
    }
}

fn dataset_outcomes(dataset: &crate::trial::Dataset) -> Vec<crate::trial::Outcome> {
    dataset.outcomes.iter().map(|scores| scores.outcome.clone()).collect()
}

fn draw(
    args: &AnalyzeArgs,
    request: &Request,
    results: &Results,
    individuals: Option<&Individuals>,
    terminal: &Terminal,
) -> Result<Option<Pictures>, Failure> {
    let figures = &request.plan.figures;
    if figures.kinds.is_empty() {
        return Ok(None);
    }
    let wanted = Wanted {
        kinds: figures.kinds.clone(),
        outcomes: results.outcomes.iter().map(|outcome| outcome.id.clone()).collect(),
        formats: figures.formats.clone(),
        preset: figures.preset,
        dpi: figure::resolution(figures.preset, figures.dpi),
        fonts: figures.fonts.iter().map(Into::into).chain(args.canvas.fonts.iter().cloned()).collect(),
        inline: true,
    };
    let progress = Progress::new(terminal, "drawing", wanted.count());
    Ok(Some(wanted.draw(results, individuals, &progress)?))
}

fn write(
    staging: &Staging,
    results: &Results,
    individuals: Option<&Individuals>,
    problems: &Problems,
    request: &Request,
    pictures: Option<&Pictures>,
) -> Result<(), Failure> {
    let assets = pictures.map(Pictures::assets).unwrap_or_default();
    let document = report::document(results, &assets);
    staging.write("report.md", report::to_markdown(&document).as_bytes())?;
    staging.write("report.html", report::to_html(&document).as_bytes())?;
    staging.write("results.json", results::write_json(results).map_err(anyhow::Error::from)?.as_bytes())?;
    staging.write_with("statistics.csv", |file| Ok(results::write_tidy(results, file)?))?;
    staging.write_with("ledger.csv", |file| Ok(results::write_ledger(&results.participants, file)?))?;
    if let Some(individuals) = individuals {
        staging.write_with("individuals.csv", |file| Ok(individuals.write(file)?))?;
    }
    staging.write("problems.json", findings::json(problems, &results.participants)?.as_bytes())?;
    staging.write("plan.toml", format!("{PLAN_HEAD}{}", plan::to_toml(&request.plan)).as_bytes())?;
    for (name, bytes) in pictures.iter().flat_map(|pictures| pictures.files()) {
        staging.write(&format!("figures/{name}"), bytes)?;
    }
    Ok(())
}
