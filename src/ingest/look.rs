//! A first look at a file that no plan describes yet: how it can be read, its columns, and what kind of values each holds.

mod column;

use std::path::Path;

use super::bytes::ByteSource;
use super::content::Content;
use super::formats::Needed;
use super::missing::MissingCodes;
use super::settings::FileSettings;
use super::table::Table;
use super::{bytes, candidates, load, shape};
use crate::plan::{FoundEncoding, LookedFile, Plan};
use crate::trial::{Problem, ProblemCode, Problems, RowFate};
use column::Seen;

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
    look_from(file, hints, &bytes::read)
}

pub(super) fn look_from(file: &Path, hints: Hints, source: ByteSource) -> Result<LookedFile, Problems> {
    let name = file.to_string_lossy().into_owned();
    let mut plan = Plan::default();
    plan.data.encoding = hints.encoding.map(str::to_owned);
    plan.data.sheet = hints.sheet.map(str::to_owned);
    let (content, encoding) = decoded(&mut plan, &name, source)?;
    let guess = shape::guess(&content, None);
    let skip_records = guess.map_or(0, |guess| guess.skip_records);
    plan.data.header_line = guess.map(|guess| guess.header_line).filter(|line| *line > 1);
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
fn decoded(plan: &mut Plan, name: &str, source: ByteSource) -> Result<(Content, Option<FoundEncoding>), Problem> {
    let content = |plan: &Plan| load(plan, name, Path::new(""), &Needed::all(), source).map(|loaded| loaded.content);
    let declared = plan.data.encoding.clone().map(|label| FoundEncoding { label, declared: true, others: Vec::new() });
    let stopped = match content(plan) {
        Ok(content) => return Ok((content, declared)),
        Err(problem) if problem.code == ProblemCode::EncodingUnknown && declared.is_none() => problem,
        Err(problem) => return Err(problem),
    };
    let file = source(Path::new(name), name)?;
    let mut candidates = candidates::candidates(&file.bytes, &[]).into_iter().map(str::to_owned);
    let Some(label) = candidates.next() else { return Err(stopped) };
    plan.data.encoding = Some(label.clone());
    Ok((content(plan)?, Some(FoundEncoding { label, declared: false, others: candidates.collect() })))
}
