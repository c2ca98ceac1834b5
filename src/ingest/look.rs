//! A first look at a file that no plan describes yet: how it can be read, its columns, and what kind of values each holds.

mod candidates;
mod column;
mod header_guess;

use std::path::Path;

use super::content::Content;
use super::formats::Needed;
use super::missing::MissingCodes;
use super::settings::FileSettings;
use super::table::Table;
use super::{bytes, load};
use crate::plan::{FoundEncoding, LookedFile, Plan};
use crate::trial::{Problem, ProblemCode, Problems, RowFate};
use column::Seen;

/// Question texts and import ids stand in so many records under a header at most.
const MOST_SKIPPED: u64 = 3;

/// What the user says of a file that no plan describes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    pub encoding: Option<&'a str>,
    pub sheet: Option<&'a str>,
}

/// A data file as [`crate::plan::infer`] wants it.
///
/// Rows of the wrong length are read over here: reading by the plan reports them.
pub fn look(file: &Path, hints: Hints) -> Result<LookedFile, Problems> {
    let name = file.to_string_lossy().into_owned();
    let mut plan = Plan::default();
    plan.data.encoding = hints.encoding.map(str::to_owned);
    plan.data.sheet = hints.sheet.map(str::to_owned);
    let (content, encoding) = decoded(&mut plan, &name)?;
    plan.data.header_line = header_guess::line(&content);
    let skip_records = records_before_answers(&plan, &name, &content)?;
    plan.data.skip_records_after_header = (skip_records > 0).then_some(skip_records);
    let settings = FileSettings::new(&plan.data, &name, Path::new(""));
    let table = Table::open(&settings, &content, &[])?;
    let names = table.header.names().to_vec();
    let mut columns: Vec<Seen> = names.iter().map(|_| Seen::default()).collect();
    let codes = MissingCodes::default();
    table.rows(&mut Problems::default(), |row, _| {
        for (index, column) in columns.iter_mut().enumerate() {
            column.add(row.name(index), &codes);
        }
        Some(RowFate::Used)
    });
    let columns = names.into_iter().zip(columns).map(|(name, seen)| seen.into_column(name)).collect();
    Ok(LookedFile { name, columns, encoding, header_line: plan.data.header_line, skip_records, sheet: plan.data.sheet.clone() })
}

/// The content of the file, in the likeliest encoding where it declares none and is no UTF-8.
fn decoded(plan: &mut Plan, name: &str) -> Result<(Content, Option<FoundEncoding>), Problem> {
    let content = |plan: &Plan| load(plan, name, Path::new(""), &Needed::all()).map(|loaded| loaded.content);
    let declared = plan.data.encoding.clone().map(|label| FoundEncoding { label, declared: true, others: Vec::new() });
    let stopped = match content(plan) {
        Ok(content) => return Ok((content, declared)),
        Err(problem) if problem.code == ProblemCode::EncodingUnknown && declared.is_none() => problem,
        Err(problem) => return Err(problem),
    };
    let file = bytes::read(Path::new(name), name)?;
    let mut candidates = candidates::ranked(&file.bytes).into_iter().map(str::to_owned);
    let Some(label) = candidates.next() else { return Err(stopped) };
    plan.data.encoding = Some(label.clone());
    Ok((content(plan)?, Some(FoundEncoding { label, declared: false, others: candidates.collect() })))
}

/// How many records under the header are question texts and import ids: up to the one whose cells are Qualtrics' import ids.
fn records_before_answers(plan: &Plan, name: &str, content: &Content) -> Result<u64, Problem> {
    let settings = FileSettings::new(&plan.data, name, Path::new(""));
    let table = Table::open(&settings, content, &[])?;
    let width = table.header.names().len();
    let (mut number, mut found) = (0, 0);
    table.rows(&mut Problems::default(), |row, _| {
        number += 1;
        if number <= MOST_SKIPPED && (0..width).all(|index| is_import_id(&row.cell(index))) {
            found = number;
        }
        Some(RowFate::Used)
    });
    Ok(found)
}

fn is_import_id(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty() || cell.starts_with("{\"ImportId\":") || cell.starts_with("{'ImportId':")
}
