//! Files → observations, with every problem placed (file, line, column, value).
//!
//! The layers, each in its file: [`bytes`] → [`encoding`], or [`formats`] where it is no text → [`content`]: [`separator`] and [`records`] → [`header`] and [`table`] →
//! [`cell`] → a layout ([`wide`], [`long`], [`two_file`]) → [`pairing`] with the ledger → [`warnings`].
#![allow(clippy::result_large_err, reason = "a problem is returned once a file or column, never in the loop over rows")]

mod bytes;
mod candidates;
mod cell;
mod cell_hint;
mod columns;
mod content;
mod copied_rows;
mod dates;
mod double_entry;
mod encoding;
mod filter;
mod foreign;
mod formats;
mod forms;
#[cfg(any(fuzzing, test))]
pub mod fuzz;
mod group_labels;
mod hash;
mod header;
mod hidden_rows;
mod id_fold;
mod id_marks;
mod identity;
mod inert;
mod item_columns;
mod items;
mod known_scores;
mod left_out;
mod limits;
mod long;
mod long_number;
mod look;
mod look_alike;
mod many;
mod missing;
mod near_miss;
mod observations;
mod outcomes;
mod outlier;
mod pairing;
mod planned;
mod records;
mod redcap;
mod roster;
mod rounded_digits;
mod row_width;
mod scores;
mod seen_rows;
mod separator;
mod settings;
mod shape;
mod subject_id;
mod summary_row;
mod summary_values;
mod suspected_code;
mod table;
mod text;
mod text_marker;
mod thousands_mark;
mod two_file;
mod utf16;
mod visits;
mod warnings;
mod wide;

use std::path::Path;

use crate::plan::{Plan, file_and_sheet};
use crate::trial::{Dataset, Outcome, Place, Problem, ProblemCode, Problems, Severity, Source};
use bytes::ByteSource;
use content::Content;
use formats::Needed;
use settings::FileSettings;
use text::{canonical, trim};

pub use hash::{observations_sha256, sha256_hex};
pub use inert::inert;
pub use look::{Hints, look};

/// A file of the plan with its settings.
#[derive(Debug)]
struct LoadedFile<'p> {
    settings: FileSettings<'p>,
    content: Content,
    sha256: String,
}

/// Reads the data of a plan. `base` is the folder that the plan's paths start from.
///
/// All findings of all files come together: with an error among them there is no dataset.
pub fn ingest(plan: &Plan, outcomes: &[Outcome], base: &Path) -> (Option<Dataset>, Problems) {
    ingest_from(plan, outcomes, base, &bytes::read)
}

fn ingest_from(plan: &Plan, outcomes: &[Outcome], base: &Path, source: ByteSource) -> (Option<Dataset>, Problems) {
    let mut problems = Problems::default();
    let names: Vec<&str> = match (&plan.data.pre, &plan.data.post) {
        (Some(pre), Some(post)) => vec![pre, post],
        _ => plan.data.files.iter().map(String::as_str).collect(),
    };
    if names.is_empty() {
        let hint = "name `files`, or `pre` and `post`, under [data] in trial.toml";
        return (None, Problem::error(ProblemCode::PlanMissingKey, Place::default(), "the plan names no data file").with_hint(hint).into());
    }
    let needed = Needed::of(plan);
    let files: Vec<LoadedFile> =
        names.iter().filter_map(|name| columns::found(load(plan, name, base, &needed, source), &mut problems)).collect();
    let all_loaded = files.len() == names.len();
    let labels = if plan.data.visit.is_some() { columns::found(long::visit_labels(plan), &mut problems) } else { Some(Vec::new()) };
    let Some(labels) = labels else { return (None, problems) };
    let measured = match (&plan.data.pre, &plan.data.post, &plan.data.visit) {
        // Which file is which visit goes by position, so both must be there.
        (Some(_), Some(_), _) if !all_loaded => return (None, problems),
        (Some(_), Some(_), _) => two_file::read(plan, outcomes, &files, &mut problems),
        (_, _, Some(visit)) => long::read(plan, outcomes, visit, &labels, &files, &mut problems),
        (_, _, None) => wide::read(plan, outcomes, &files, &mut problems),
    };
    if all_loaded && measured.files.len() == files.len() {
        warnings::rows(&measured.files, plan, shared_place(&files), &mut problems);
    }
    identity::check(&plan.data, &files, &measured, &mut problems);
    let is_unsure = problems.0.iter().any(|problem| problem.severity == Severity::Error && problem.code != ProblemCode::NearMissId);
    if is_unsure {
        return (None, problems);
    }
    rounded_digits::check(&measured.outcomes, &mut problems);
    outlier::check(&measured.outcomes, &mut problems);
    copied_rows::check(&files, &measured, &mut problems);
    summary_values::check(&files, plan, &measured, &mut problems);
    warnings::values(&measured.outcomes, &mut problems);
    if problems.has_errors() {
        return (None, problems);
    }
    let sources = files.iter().map(|file| Source { name: file.settings.name.clone(), sha256: file.sha256.clone() }).collect();
    (Some(pairing::pair(measured, sources)), problems)
}

/// Reads the control files of a plan, laid out like its data: people without the treatment. `None` where the plan names
/// none, or where they do not read.
///
/// Subgroups are not read of them. `trial` is what was read of the trial: a control file with the same bytes as one of its
/// files is an error, because nobody is their own control.
pub fn control(plan: &Plan, outcomes: &[Outcome], base: &Path, trial: &[Source]) -> (Option<Dataset>, Problems) {
    if plan.data.control_files.is_empty() {
        return (None, Problems::default());
    }
    let mut controls = plan.clone();
    controls.data.files = std::mem::take(&mut controls.data.control_files);
    (controls.data.pre, controls.data.post, controls.data.group) = (None, None, None);
    let (dataset, mut problems) = ingest(&controls, outcomes, base);
    let sources = dataset.iter().flat_map(|dataset| &dataset.sources);
    let is_same =
        |source: &Source, other: &Source| source.sha256 == other.sha256 && file_and_sheet(&source.name).1 == file_and_sheet(&other.name).1;
    for copy in sources.filter(|source| trial.iter().any(|other| is_same(source, other))) {
        let what = "expected people without the treatment, found the same bytes as in a file of the trial";
        let problem = Problem::error(ProblemCode::PlanContradiction, Place::file(inert(&copy.name)), what);
        problems.0.push(problem.with_hint("name the file of the controls under `control_files`"));
    }
    (dataset.filter(|_| !problems.has_errors()), problems)
}

fn load<'p>(plan: &'p Plan, name: &str, base: &Path, needed: &Needed, source: ByteSource) -> Result<LoadedFile<'p>, Problem> {
    let mut settings = FileSettings::new(&plan.data, name, base);
    let file = source(&settings.path, &settings.file)?;
    let content = formats::content(file.bytes, &mut settings, needed, &planned::columns(plan))?;
    settings.keeps_numbers = matches!(content, Content::Grid(_));
    settings.is_one_of_several = plan.data.files.len() > 1 || plan.data.pre.is_some() && plan.data.post.is_some();
    Ok(LoadedFile { settings, content, sha256: file.sha256 })
}

/// The place of what concerns all files: the file, where there is one.
fn shared_place(files: &[LoadedFile]) -> Place {
    match files {
        [only] => only.settings.place(),
        _ => Place::default(),
    }
}
