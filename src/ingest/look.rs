//! A first look at a file that no plan describes yet: how it can be read, its columns, and what kind of values each holds.

mod column;
mod marks;

use std::path::Path;

use super::bytes::ByteSource;
use super::content::Content;
use super::formats::Needed;
use super::missing::MissingCodes;
use super::settings::FileSettings;
use super::table::Table;
use super::{bytes, candidates, formats, load, shape};
use crate::plan::{FoundEncoding, LookedFile, Plan};
use crate::trial::{Problem, ProblemCode, Problems, RowFate};
use column::Seen;

/// What the user says of a file that no plan describes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    pub encoding: Option<&'a str>,
    pub sheet: Option<&'a str>,
}

/// Rows and cells of which it is remembered where they repeat.
const MOST_ROWS: usize = 100_000;
const MOST_CELLS: usize = 4_000_000;

/// More sheets of one workbook than this are not looked at.
const MOST_SHEETS: usize = 30;

/// A data file as [`crate::plan::infer`] wants it: of a workbook that keeps data on several sheets, each of these.
///
/// Rows of the wrong length are read over here: reading by the plan reports them.
pub fn look(file: &Path, hints: Hints) -> Result<Vec<LookedFile>, Problems> {
    let uncertain = match look_from(file, hints, &bytes::read) {
        Ok(looked) => return Ok(vec![looked]),
        Err(problems) if hints.sheet.is_none() && problems.0.iter().any(|problem| problem.code == ProblemCode::SheetUncertain) => problems,
        Err(problems) => return Err(problems),
    };
    let name = file.to_string_lossy();
    let sheets = formats::sheets(&bytes::read(file, &name)?.bytes, &name)?;
    let of_sheet = |sheet: &String| look_from(file, Hints { sheet: Some(sheet), ..hints }, &bytes::read).ok();
    // A sheet that holds no table is not looked at further: another one may.
    let looked: Vec<LookedFile> = sheets
        .iter()
        .take(MOST_SHEETS)
        .map(|sheet| {
            of_sheet(sheet).unwrap_or_else(|| LookedFile {
                name: name.clone().into_owned(),
                sheet: Some(sheet.clone()),
                number_rows: sheet_content(&name, sheet).map_or(0, |content| shape::number_rows(&content)),
                ..LookedFile::default()
            })
        })
        .collect();
    if looked.iter().all(|sheet| sheet.columns.is_empty()) { Err(uncertain) } else { Ok(looked) }
}

/// What stands on a sheet, whatever it is.
fn sheet_content(name: &str, sheet: &str) -> Option<Content> {
    let mut plan = Plan::default();
    plan.data.sheet = Some(sheet.to_owned());
    load(&plan, name, Path::new(""), &Needed::all(), &bytes::read).ok().map(|loaded| loaded.content)
}

/// One table of a file.
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
    let above = plan.data.header_line.map_or_else(Vec::new, |line| shape::above(&content, line, table.separator()));
    let questions = if skip_records > 0 { shape::first_record(&content, table.header.line(), table.separator()) } else { Vec::new() };
    let names = table.header.names().to_vec();
    let mut columns: Vec<Seen> = names.iter().map(|_| Seen::default()).collect();
    let codes = MissingCodes::default();
    let kept = MOST_ROWS.min(MOST_CELLS / names.len().max(1));
    table.rows(&mut Problems::default(), |row, _| {
        for (index, column) in columns.iter_mut().enumerate() {
            column.add(row.name(index), &codes, kept);
        }
        Some(RowFate::Used)
    });
    let keeps_numbers = matches!(content, Content::Grid(_));
    let columns = names.into_iter().zip(columns).map(|(name, seen)| seen.into_column(name, keeps_numbers)).collect();
    let (header_line, sheet) = (plan.data.header_line, plan.data.sheet.clone());
    let number_rows = if keeps_numbers { shape::number_rows(&content) } else { 0 };
    Ok(LookedFile { name, columns, encoding, header_line, skip_records, sheet, number_rows, above, questions })
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
