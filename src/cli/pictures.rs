//! Every wanted figure, drawn and encoded in parallel, in a fixed order.

use std::path::PathBuf;

use anyhow::Context;
use rayon::prelude::*;

use super::progress::Progress;
use crate::figure::{self, Drawing, Figure, Fonts, NotDrawn};
use crate::plan::{FigureKind, Format, Preset};
use crate::report::FigureAsset;
use crate::results::{Individuals, Results};

/// Why figures of single people are left out where the plan says so.
const NO_PEOPLE: &str = "the plan shows no single people ([privacy] individuals = false)";

/// Which figures, how.
pub struct Wanted {
    pub kinds: Vec<FigureKind>,
    /// Outcomes of the per-outcome kinds.
    pub outcomes: Vec<String>,
    pub formats: Vec<Format>,
    pub preset: Preset,
    pub dpi: u32,
    pub fonts: Vec<PathBuf>,
    /// Whether a page needs the SVG text, whatever the formats.
    pub inline: bool,
}

/// One figure: the picture or the reason why there is none.
pub struct Picture {
    kind: FigureKind,
    outcome: Option<String>,
    drawn: Result<Drawn, NotDrawn>,
}

struct Drawn {
    figure: Figure,
    svg: Option<String>,
    /// File name and bytes, one a format.
    files: Vec<(String, Vec<u8>)>,
}

/// All pictures of a run, and what the reader should be warned of.
pub struct Pictures {
    pub pictures: Vec<Picture>,
    pub warnings: Vec<String>,
}

impl Wanted {
    /// How many figures that is.
    pub fn count(&self) -> usize {
        self.kinds.iter().map(|kind| if kind.is_per_outcome() { self.outcomes.len() } else { 1 }).sum()
    }

    /// Draws them all. A figure that cannot be drawn is a reason in its place, not a failure.
    pub fn draw(&self, results: &Results, individuals: Option<&Individuals>, progress: &Progress) -> anyhow::Result<Pictures> {
        let drawing = Drawing { results, individuals };
        let by_plan = individuals.is_none() && !results.provenance.settings.0.privacy.individuals;
        let jobs: Vec<(FigureKind, Option<&str>)> = self
            .kinds
            .iter()
            .flat_map(|&kind| -> Vec<(FigureKind, Option<&str>)> {
                if kind.is_per_outcome() {
                    self.outcomes.iter().map(|outcome| (kind, Some(outcome.as_str()))).collect()
                } else {
                    vec![(kind, None)]
                }
            })
            .collect();
        let figures: Vec<_> = jobs.par_iter().map(|&(kind, outcome)| figure::figure(kind, outcome, &drawing, self.preset)).collect();
        let laid_out: Vec<&Figure> = figures.iter().filter_map(|figure| figure.as_ref().ok()).collect();
        let (fonts, warnings) = self.fonts(&laid_out)?;
        let mut pictures: Vec<Picture> = jobs
            .par_iter()
            .zip(figures)
            .map(|(&(kind, outcome), figure)| {
                let drawn = match figure {
                    Ok(figure) => Ok(self.encode(figure, &fonts)?),
                    Err(why) if by_plan && kind.shows_people() && !why.lacks_fact => Err(NotDrawn::new(NO_PEOPLE)),
                    Err(why) => Err(why),
                };
                progress.step();
                Ok(Picture { kind, outcome: outcome.map(str::to_owned), drawn })
            })
            .collect::<anyhow::Result<_>>()?;
        // Nobody asked for the default kinds one by one: what they would need and nobody stated is no news.
        if self.kinds == FigureKind::ALL {
            pictures.retain(|picture| !picture.drawn.as_ref().is_err_and(|why| why.lacks_fact));
        }
        Ok(Pictures { pictures, warnings })
    }

    /// The fonts, and what the reader of PNG and PDF should know of them. SVG alone leaves the choice to its viewer.
    fn fonts(&self, figures: &[&Figure]) -> anyhow::Result<(Fonts, Vec<String>)> {
        let fonts = Fonts::with_files(&self.fonts)?;
        let rasters = self.formats.iter().any(|format| *format != Format::Svg);
        let mut warnings: Vec<String> = Vec::new();
        for figure in figures.iter().filter(|_| rasters) {
            // A font of this system is named once, however many figures it draws.
            let new: Vec<String> = fonts.warnings(figure).into_iter().filter(|warning| !warnings.contains(warning)).collect();
            warnings.extend(new);
        }
        Ok((fonts, warnings))
    }

    fn encode(&self, figure: Figure, fonts: &Fonts) -> anyhow::Result<Drawn> {
        let files = self
            .formats
            .iter()
            .map(|&format| {
                let bytes = figure::render(&figure, format, self.dpi, fonts)
                    .with_context(|| format!("drawing {} as {}", figure.id, format.name()))?;
                Ok((format!("{}.{}", figure.id, format.name()), bytes))
            })
            .collect::<anyhow::Result<_>>()?;
        let svg = self.inline.then(|| figure::draw::svg(&figure));
        Ok(Drawn { figure, svg, files })
    }
}

impl Pictures {
    /// Name and bytes of every file.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.pictures
            .iter()
            .filter_map(|picture| picture.drawn.as_ref().ok())
            .flat_map(|drawn| drawn.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
    }

    /// The figures that were wanted and could not be drawn, by reason.
    pub fn left_out(&self) -> Vec<String> {
        let mut by_reason: Vec<(&str, Vec<String>)> = Vec::new();
        for picture in &self.pictures {
            let Err(NotDrawn { reason, .. }) = &picture.drawn else { continue };
            let name = match &picture.outcome {
                Some(outcome) => format!("{} of `{outcome}`", picture.kind.name()),
                None => picture.kind.name().to_owned(),
            };
            match by_reason.iter_mut().find(|(known, _)| known == reason) {
                Some((_, names)) => names.push(name),
                None => by_reason.push((reason, vec![name])),
            }
        }
        let line = |(reason, names): (&str, Vec<String>)| match names.as_slice() {
            [name] => format!("figure {name} is left out: {reason}"),
            [first, .., last] => format!("{} figures ({first} to {last}) are left out: {reason}", names.len()),
            [] => String::new(),
        };
        by_reason.into_iter().map(line).collect()
    }

    /// The figures as the report takes them; Markdown links the file, preferring one that every viewer shows.
    pub fn assets(&self) -> Vec<FigureAsset> {
        self.pictures
            .iter()
            .map(|picture| {
                let drawn = picture.drawn.as_ref();
                let file = drawn.ok().and_then(|drawn| {
                    ["svg", "png", "pdf"].iter().find_map(|format| {
                        drawn.files.iter().find(|(name, _)| name.ends_with(format)).map(|(name, _)| format!("figures/{name}"))
                    })
                });
                FigureAsset {
                    kind: picture.kind,
                    outcome: picture.outcome.clone(),
                    svg: drawn.ok().and_then(|d| d.svg.clone()),
                    file,
                    alt: drawn.map(|d| d.figure.alt_text.clone()).unwrap_or_default(),
                    caption: drawn.map(|d| d.figure.caption.clone()).unwrap_or_default(),
                    notes: drawn.map(|d| d.figure.notes.clone()).unwrap_or_default(),
                    not_drawn: drawn.err().map(|why| why.reason.clone()),
                }
            })
            .collect()
    }
}
