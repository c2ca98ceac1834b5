//! A first look at a file that no plan describes yet: how it can be read, its columns, and what kind of values each holds.

mod candidates;
mod column;
mod header_guess;

use std::path::Path;

use super::missing::MissingCodes;
use super::table::Table;
use super::{LoadedFile, bytes, load};
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
    let encoding = settle_encoding(&mut plan, &name)?;
    plan.data.header_line = {
        let loaded = load(&plan, &name, Path::new(""))?;
        header_guess::line(&loaded.content)
    };
    let skip_records = {
        let loaded = load(&plan, &name, Path::new(""))?;
        records_before_answers(&loaded)?
    };
    plan.data.skip_records_after_header = (skip_records > 0).then_some(skip_records);
    let loaded = load(&plan, &name, Path::new(""))?;
    let table = Table::open(&loaded.settings, &loaded.content, &[])?;
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

/// Takes the likeliest encoding where the file declares none and is no UTF-8.
fn settle_encoding(plan: &mut Plan, name: &str) -> Result<Option<FoundEncoding>, Problem> {
    if let Some(label) = &plan.data.encoding {
        return Ok(Some(FoundEncoding { label: label.clone(), declared: true, others: Vec::new() }));
    }
    let stopped = match load(plan, name, Path::new("")) {
        Ok(_) => return Ok(None),
        Err(problem) => problem,
    };
    if stopped.code != ProblemCode::EncodingUnknown {
        return Err(stopped);
    }
    let file = bytes::read(Path::new(name), name)?;
    let mut candidates = candidates::ranked(&file.bytes).into_iter().map(str::to_owned);
    let Some(label) = candidates.next() else { return Err(stopped) };
    plan.data.encoding = Some(label.clone());
    Ok(Some(FoundEncoding { label, declared: false, others: candidates.collect() }))
}

/// How many records under the header are question texts and import ids: up to the one whose cells are Qualtrics' import ids.
fn records_before_answers(loaded: &LoadedFile) -> Result<u64, Problem> {
    let table = Table::open(&loaded.settings, &loaded.content, &[])?;
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
