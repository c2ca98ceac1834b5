//! Rows that are not used though they belong to somebody, so that whom they cost is said.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::columns::at_place;
use super::filter::Dropped;
use super::header::Header;
use super::roster::At;
use super::visits::{listed, quoted, rows_of};
use super::{LoadedFile, inert};
use crate::trial::{Place, Problem, ProblemCode, Problems};

/// Rows that `where` left out.
#[derive(Debug, Default)]
pub struct Filtered<'a> {
    /// By the column of the condition they did not meet.
    by_column: BTreeMap<String, FilteredRows<'a>>,
    /// Cells that are a value of the plan in another spelling: by column and that value.
    spellings: BTreeMap<(String, String), Spellings<'a>>,
}

/// Each spelling with its rows and the first.
type Spellings<'a> = BTreeMap<Cow<'a, str>, (usize, At)>;

#[derive(Debug, Default)]
struct FilteredRows<'a> {
    rows: usize,
    /// The subject and visit of each row that has both.
    of: Vec<(Cow<'a, str>, usize)>,
}

impl<'a> Filtered<'a> {
    /// Notes the row at `at`; `visit` is that of the plan to which it belongs.
    pub fn note(&mut self, dropped: Dropped<'_, 'a>, header: &Header, at: At, id: Cow<'a, str>, visit: Option<usize>) {
        let name = |column: usize| header.names()[column].clone();
        for spelling in dropped.spellings {
            let rows = self.spellings.entry((name(spelling.column), spelling.wanted.to_owned())).or_default();
            rows.entry(spelling.found).or_insert((0, at)).0 += 1;
        }
        let column = &header.names()[dropped.column];
        if !self.by_column.contains_key(column) {
            self.by_column.insert(column.clone(), FilteredRows::default());
        }
        let Some(rows) = self.by_column.get_mut(column) else { return };
        rows.rows += 1;
        rows.of.extend(visit.filter(|_| !id.is_empty()).map(|visit| (id, visit)));
    }

    /// Stops where rows would be left out for the spelling of a value alone.
    pub fn report_spellings(&self, files: &[LoadedFile], problems: &mut Problems) {
        for ((column, wanted), found) in &self.spellings {
            let found: Vec<(&str, usize, At)> = found.iter().map(|(value, (rows, first))| (&**value, *rows, *first)).collect();
            let Some(first) = found.iter().map(|(.., first)| *first).min() else { continue };
            let rows = found.iter().map(|(_, rows, _)| rows).sum();
            let shown = listed(&found, |(value, rows, first)| format!("`{}` ({} from line {})", inert(value), rows_of(*rows), first.line));
            let all: Vec<&str> = [wanted.as_str()].into_iter().chain(found.iter().map(|(value, ..)| *value)).collect();
            let what = format!("expected `{}` of `where` in one spelling, got also {shown}, which `where` leaves out", inert(wanted));
            let hint = format!(
                "if they are one value, list its spellings under `where`: `{} = [{}]`; if not, tell them apart in the file",
                quoted(column),
                listed(&all, |value| quoted(value))
            );
            problems.push(
                Problem::error(ProblemCode::FilterSpellings, at_place(first, files).column(inert(column)), what)
                    .with_value(inert(found[0].0))
                    .with_count(rows)
                    .with_hint(hint),
            );
        }
    }

    /// Warns where the rows left out were all that a subject had at a visit.
    pub fn report(&self, has_row: impl Fn(&str, usize) -> bool, place: &Place, problems: &mut Problems) {
        for (column, rows) in &self.by_column {
            let lost: HashSet<&str> = rows.of.iter().filter(|(id, visit)| !has_row(id, *visit)).map(|(id, _)| &**id).collect();
            if !lost.is_empty() {
                let subjects = if lost.len() == 1 { "1 subject".to_owned() } else { format!("{} subjects", lost.len()) };
                let what = format!("`where` leaves out {}, and with them scores of {subjects}", rows_of(rows.rows));
                let place = place.clone().column(inert(column));
                problems.push(Problem::warning(ProblemCode::RowsFiltered, place, what).with_count(rows.rows));
            }
        }
    }
}

/// People met in rows of forms without the plan's scores.
#[derive(Debug, Default)]
pub struct OtherForms<'a>(HashSet<Cow<'a, str>>);

impl<'a> OtherForms<'a> {
    pub fn note(&mut self, id: Cow<'a, str>) {
        if !id.is_empty() {
            self.0.insert(id);
        }
    }

    /// Warns of people who have no other rows.
    pub fn report(&self, is_known: impl Fn(&str) -> bool, place: &Place, problems: &mut Problems) {
        let lost = self.0.iter().filter(|id| !is_known(id)).count();
        if lost > 0 {
            let noun = if lost == 1 { "1 subject has".to_owned() } else { format!("{lost} subjects have") };
            let what = format!("{noun} rows of forms without the plan's scores alone, and no score");
            problems.push(Problem::warning(ProblemCode::JoinLoss, place.clone(), what).with_count(lost));
        }
    }
}
