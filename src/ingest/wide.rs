//! The wide layout: one row a subject, a column for each outcome and visit.

use super::columns::{SharedColumns, duplicate, found};
use super::pairing::{Measured, MeasuredOutcome};
use super::roster::{At, Roster};
use super::scores::{Entry, ScoreColumn};
use super::table::Table;
use super::{LoadedFile, inert};
use crate::plan::{OutcomeSection, Plan};
use crate::trial::{Outcome, Place, Problem, ProblemCode, Problems, RowFate};

/// Reads all files of a wide plan; rows of several files are appended.
pub fn read<'a>(plan: &'a Plan, outcomes: &'a [Outcome], files: &'a [LoadedFile<'a>], problems: &mut Problems) -> Measured<'a> {
    let mut columns = Vec::new();
    for outcome in outcomes {
        match column_names(plan, outcome) {
            Ok(names) => columns.push((outcome, names)),
            Err(problem) => problems.push(problem),
        }
    }
    let mut entries: Vec<[Vec<Entry>; 2]> = columns.iter().map(|_| [Vec::new(), Vec::new()]).collect();
    let mut roster = Roster::default();
    let mut rows = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let wanted: Vec<&str> = columns.iter().flat_map(|(_, names)| *names).chain([file.settings.subject]).collect();
        let Some(table) = found(Table::open(&file.settings, &file.text, &wanted), problems) else { continue };
        let shared = SharedColumns::find(&table.header, &file.settings, false, problems);
        let mut scores = Vec::new();
        for (outcome, names) in &columns {
            for name in names {
                let index = found(table.header.find(name), problems);
                scores.extend(index.map(|index| ScoreColumn::new(index, name, String::new(), file.settings.rule(name, outcome))));
            }
        }
        let Some(shared) = shared.filter(|_| scores.len() == 2 * columns.len()) else { continue };
        rows.push(table.rows(problems, |row, problems| {
            if !shared.keeps(row) {
                return Some(RowFate::Filtered);
            }
            let (subject, new) = shared.subject(row, number as u32, files, &mut roster, problems)?;
            if !new {
                let person = &roster.people[subject as usize];
                let again = At { file: number as u32, line: row.line() };
                problems.push(duplicate(&person.id, again, person.first, "", files));
            }
            for (k, column) in scores.iter_mut().enumerate() {
                let entry = column.read(&row.cell(column.index), || file.settings.place().line(row.line()), problems);
                if new {
                    entries[k / 2][k % 2].push(entry);
                }
            }
            Some(RowFate::Used)
        }));
        for column in scores {
            column.finish(file.settings.place(), problems);
        }
    }
    let outcomes = columns.into_iter().zip(entries).map(|((outcome, [pre_name, post_name]), [pre, post])| MeasuredOutcome {
        outcome: outcome.clone(),
        pre,
        post,
        places: [place(files, pre_name), place(files, post_name)],
    });
    Measured { people: std::mem::take(&mut roster.people), outcomes: outcomes.collect(), files: rows }
}

/// The columns of the pre and the post score, as the plan names them.
fn column_names<'a>(plan: &'a Plan, outcome: &Outcome) -> Result<[&'a str; 2], Problem> {
    let section: Option<&OutcomeSection> = plan.outcome.iter().find(|section| section.id == outcome.id);
    match section.map(|section| (section.pre.as_deref(), section.post.as_deref())) {
        Some((Some(pre), Some(post))) => Ok([pre, post]),
        _ => {
            let what = format!("outcome `{}` names no `pre` and `post` column", inert(&outcome.id));
            Err(Problem::error(ProblemCode::PlanMissingKey, Place::default(), what)
                .with_hint("in the wide layout each [[outcome]] needs both; a long table needs `visit` under [data]"))
        }
    }
}

fn place(files: &[LoadedFile], column: &str) -> Place {
    super::shared_place(files).column(inert(column))
}
