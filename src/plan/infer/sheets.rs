//! Workbooks that keep data on several sheets: which of them is the table.

use super::draft::{Draft, one_line};
use super::file::{HeaderColumn, LookedFile};
use super::names::is_no_score;
use super::{subject, table, two_files};
use crate::plan::data_file::file_and_sheet;
use crate::plan::write::text;
use crate::trial::Catalogue;

/// Columns of a sheet that are named.
const NAMED: usize = 6;

/// The files with one sheet of each; says which sheet was taken, or asks.
pub(super) fn settle(draft: &mut Draft<'_>, files: &[LookedFile], catalogue: &Catalogue) -> Vec<LookedFile> {
    let mut names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    names.dedup();
    if names.len() == files.len() {
        return files.to_vec();
    }
    if let [_] = names.as_slice() {
        return of_one(draft, files, catalogue);
    }
    let mut chosen = Vec::new();
    for name in names {
        let sheets: Vec<&LookedFile> = files.iter().filter(|file| file.name == name).collect();
        let plausible: Vec<&LookedFile> = sheets.iter().copied().filter(|sheet| holds_scores(sheet)).collect();
        let Some(first) = plausible.first().or(sheets.first()) else { continue };
        if sheets.len() > 1 {
            draft.assume(format!("of `{name}` the sheet {} is taken", called(first)));
        }
        if plausible.len() > 1 {
            let what = format!("`{name}` has several sheets with data: {}", listed(&plausible));
            draft.refuse(&what, "state the `sheet` of each file under [data.files_by_name]");
        }
        chosen.push((*first).clone());
    }
    chosen
}

/// The table of one workbook: the only sheet that holds scores of pre and post; else it is asked.
fn of_one(draft: &mut Draft<'_>, sheets: &[LookedFile], catalogue: &Catalogue) -> Vec<LookedFile> {
    for sheet in sheets {
        draft.assume(format!("sheet {}: {}", called(sheet), contents(sheet)));
    }
    let whole: Vec<&LookedFile> = sheets.iter().filter(|sheet| is_whole(sheet, catalogue)).collect();
    let plausible: Vec<&LookedFile> = sheets.iter().filter(|sheet| holds_scores(sheet)).collect();
    let unread: Vec<&LookedFile> = sheets.iter().filter(|sheet| is_unread(sheet)).collect();
    if let ([only], [first, ..]) = (whole.as_slice(), unread.as_slice()) {
        let what = format!("{} holds {} rows of numbers, under no header that was understood", called(first), first.number_rows);
        draft.ask_data(
            &format!("sheet = {}", name_of(only)),
            &format!("{what}: is it no part of the data?"),
            &format!("scores of pre and post stand on {}; {what}", called(only)),
            "give each sheet of the data one row of names right above the rows; if it is no part of the data, state the `sheet`, or run init again with --sheet",
        );
        return vec![LookedFile { sheet: None, ..(*only).clone() }];
    }
    if let [only] = whole.as_slice() {
        draft.assume(format!("the table is on sheet {}: on no other were scores of pre and post found", called(only)));
        return vec![(*only).clone()];
    }
    if whole.is_empty()
        && let Some(sheets) = of_visits(draft, &plausible)
    {
        return sheets;
    }
    let candidates = [&whole, &plausible].into_iter().find(|sheets| !sheets.is_empty()).cloned().unwrap_or_else(|| sheets.iter().collect());
    let Some(first) = candidates.first() else { return Vec::new() };
    let others: Vec<String> = candidates[1..].iter().map(|sheet| name_of(sheet)).collect();
    let others = if others.is_empty() { String::new() } else { format!("or {}: ", others.join(", ")) };
    let all: Vec<String> = candidates.iter().map(|sheet| text(&named(sheet))).collect();
    draft.ask_data(
        &format!("sheet = {}", name_of(first)),
        &format!("{others}which sheet holds the scores? The rest of this plan is that of {}", name_of(first)),
        &format!("several sheets hold data: {}", listed(&candidates)),
        &format!(
            "state the `sheet` under [data], or run init again with --sheet; if every sheet has the same columns and other rows, `files = [{}]` reads them all",
            all.join(", ")
        ),
    );
    vec![LookedFile { sheet: None, ..(*first).clone() }]
}

/// Two sheets of one visit each, as the plan names them.
fn of_visits(draft: &mut Draft<'_>, sheets: &[&LookedFile]) -> Option<Vec<LookedFile>> {
    let mut named: Vec<LookedFile> =
        sheets.iter().map(|sheet| LookedFile { name: named(sheet), sheet: None, ..(*sheet).clone() }).collect();
    if named.iter().any(|sheet| file_and_sheet(&sheet.name).1.is_none()) {
        return None;
    }
    if named.iter().filter(|sheet| two_files::says_visit(sheet)).count() > 1 {
        named.retain(two_files::says_visit);
    }
    two_files::of(draft, &named)?;
    let names: Vec<String> = named.iter().map(|sheet| format!("`{}`", one_line(&sheet.name))).collect();
    draft.assume(format!("each of the sheets {} is one visit; no sheet has scores of both", names.join(", ")));
    Some(named)
}

/// A sheet as a plan names it.
fn named(sheet: &LookedFile) -> String {
    format!("{}#{}", sheet.name, sheet.sheet.as_deref().unwrap_or_default())
}

/// Whether a plan that runs, or asks only what was measured, can be made of a sheet alone.
fn is_whole(sheet: &LookedFile, catalogue: &Catalogue) -> bool {
    let mut draft = Draft::new(std::slice::from_ref(sheet), catalogue);
    if !sheet.columns.is_empty() {
        table(&mut draft, std::slice::from_ref(sheet));
    }
    !draft.plan.outcome.is_empty()
}

/// Rows of numbers that are no accident.
const FEWEST_NUMBER_ROWS: usize = 3;

/// Whether a sheet holds rows of numbers under no header: none was found, or most of its names are numbers themselves or missing.
fn is_unread(sheet: &LookedFile) -> bool {
    let is_name = |column: &&HeaderColumn| column.name.chars().any(char::is_alphabetic);
    sheet.number_rows >= FEWEST_NUMBER_ROWS && 2 * sheet.columns.iter().filter(is_name).count() <= sheet.columns.len()
}

/// Whether a sheet has subjects and numbers.
fn holds_scores(sheet: &LookedFile) -> bool {
    let id = subject::find(&sheet.columns).or_else(|| sheet.columns.iter().find(|column| column.unique));
    let is_score = |column: &HeaderColumn| column.has_numbers() && !column.called().any(is_no_score);
    id.is_some_and(|id| sheet.columns.iter().any(|column| column.name != id.name && is_score(column)))
}

fn name_of(sheet: &LookedFile) -> String {
    text(sheet.sheet.as_deref().unwrap_or_default())
}

fn called(sheet: &LookedFile) -> String {
    format!("`{}`", one_line(sheet.sheet.as_deref().unwrap_or_default()))
}

fn listed(sheets: &[&LookedFile]) -> String {
    sheets.iter().map(|sheet| called(sheet)).collect::<Vec<_>>().join(", ")
}

/// What is on a sheet.
fn contents(sheet: &LookedFile) -> String {
    let names: Vec<&str> = sheet.columns.iter().take(NAMED).map(|column| column.name.as_str()).collect();
    let more = sheet.columns.len().saturating_sub(NAMED);
    match (names.as_slice(), more) {
        ([], _) => "no table".to_owned(),
        (names, 0) => names.join(", "),
        (names, more) => format!("{} and {more} more", names.join(", ")),
    }
}
