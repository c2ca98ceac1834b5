//! Rows that are not used though they belong to somebody, so that whom they cost is said.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use super::inert;
use super::visits::rows_of;
use crate::trial::{Place, Problem, ProblemCode, Problems};

/// Rows that `where` left out, by the column of the condition they did not meet.
#[derive(Debug, Default)]
pub struct Filtered<'a>(BTreeMap<String, FilteredRows<'a>>);

#[derive(Debug, Default)]
struct FilteredRows<'a> {
    rows: usize,
    /// The subject and visit of each row that has both.
    of: Vec<(Cow<'a, str>, usize)>,
}

impl<'a> Filtered<'a> {
    /// Notes a row left out by `column`; `visit` is that of the plan to which it belongs.
    pub fn note(&mut self, column: &str, id: Cow<'a, str>, visit: Option<usize>) {
        if !self.0.contains_key(column) {
            self.0.insert(column.to_owned(), FilteredRows::default());
        }
        let Some(rows) = self.0.get_mut(column) else { return };
        rows.rows += 1;
        rows.of.extend(visit.filter(|_| !id.is_empty()).map(|visit| (id, visit)));
    }

    /// Warns where the rows left out were all that a subject had at a visit.
    pub fn report(&self, has_row: impl Fn(&str, usize) -> bool, place: &Place, problems: &mut Problems) {
        for (column, rows) in &self.0 {
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
