//! The columns of the items in one file: those that are there, and what to say of those that are not.

use super::cell::{CellFault, CellRule};
use super::header::Header;
use super::inert;
use super::items::{ItemRule, ItemSource};
use crate::plan::ItemPattern;
use crate::trial::{Place, Problem, ProblemCode};

/// The widest number of an item that is looked for.
const WIDEST: usize = 3;

/// The column of one item.
#[derive(Debug, Clone)]
pub struct ItemColumn<'s> {
    /// Where it stands in the file.
    pub index: usize,
    name: String,
    pub rule: CellRule<'s>,
}

impl<'s> ItemColumn<'s> {
    pub fn new(index: usize, name: &str, rule: CellRule<'s>) -> Self {
        Self { index, name: inert(name), rule }
    }

    /// A bad answer as a problem in its place; `row` is the place of the row.
    pub fn problem(&self, fault: CellFault, cell: &str, row: Place, rule: &ItemRule, outcome: &str) -> Problem {
        let problem = self.rule.problem(fault, cell, row.column(self.name.as_str()));
        let outcome = inert(outcome);
        match (fault, rule.range) {
            // What a column of scores would correct under `range`, a column of answers does elsewhere.
            (CellFault::OutOfRange, Some(range)) => {
                let hint = format!(
                    "the answers to the items of outcome `{outcome}` are {} to {} by `item_range`; if this one means missing, add it to `missing` under [data] in trial.toml",
                    range.min, range.max
                );
                problem.with_hint(hint)
            }
            (CellFault::OffStep, _) => {
                problem.with_hint(format!("correct the cell, or declare the `step` of an answer to outcome `{outcome}` in trial.toml"))
            }
            _ => problem,
        }
    }
}

/// Each item's column that a header does not have, with what the header suggests instead.
pub fn missing_columns(source: &ItemSource, header: &Header) -> Vec<Problem> {
    let missing: Vec<&String> = source.columns.iter().filter(|name| !header.has(name)).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let hint = suggestion(source, header);
    let absent = |name: &String| {
        let problem = header.find(name).err()?;
        Some(match &hint {
            Some(hint) if problem.code == ProblemCode::ColumnMissing => problem.with_hint(hint.clone()),
            _ => problem,
        })
    };
    missing.into_iter().filter_map(absent).collect()
}

/// Whether the header numbers the items in another way; nothing where it has no item at all.
fn suggestion(source: &ItemSource, header: &Header) -> Option<String> {
    let items = source.columns.len() as u32;
    let has = |pattern: ItemPattern, number: u32| header.has(&pattern.column(number));
    let all = |pattern: ItemPattern, first: u32| (first..first + items).all(|number| has(pattern, number));
    let widths = || (1..=WIDEST).map(|digits| source.pattern.with_digits(digits));
    if let Some(pattern) = widths().find(|pattern| all(*pattern, 1)) {
        return Some(format!("did you mean `{}`? so the header writes the numbers of the items", inert(&pattern.text())));
    }
    if let Some(pattern) = widths().find(|pattern| all(*pattern, 0)) {
        return Some(format!(
            "the header counts the items of `{}` from 0, the plan (and `reverse`) from 1: rename the columns in the file",
            inert(&pattern.text())
        ));
    }
    let found = (1..=items).filter(|number| has(source.pattern, *number)).count();
    (found > 0).then(|| {
        format!("the header has {found} of the {items} columns of `{}`; correct `items`, or the name in the file", inert(source.text))
    })
}
