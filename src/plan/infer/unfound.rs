//! Where no score with a pre and a post is found: what the file holds, and the lines that say what was measured.

use super::draft::{Draft, one_line};
use super::families::families;
use super::file::HeaderColumn;
use super::names::{is_no_score, is_visit};
use super::said::Part;
use crate::plan::Layout;
use crate::plan::write::text;

/// Columns that a question names.
const NAMED: usize = 12;

/// Columns among which a pair is looked for.
const COMPARED: usize = 60;

/// Asks for the first outcome, with the likeliest answers.
pub(super) fn ask(draft: &mut Draft<'_>, columns: &[HeaderColumn]) {
    if is_half_header(columns) {
        draft.refuse(
            "columns that hold data have no name: the header takes two rows, as merged cells give, or a title stands in its place",
            "write one header row with a name of its own for every column, and run init again",
        );
    }
    let data = &draft.plan.data;
    let taken = [Some(&data.subject), data.visit.as_ref(), data.date.as_ref(), data.pre_date.as_ref(), data.post_date.as_ref()];
    let is_free = |column: &&HeaderColumn| {
        let is_taken = taken.iter().flatten().any(|name| **name == column.name);
        !is_taken && !column.name.is_empty() && !column.called().any(|name| is_no_score(name) || is_visit(name))
    };
    let free: Vec<&HeaderColumn> = columns.iter().filter(is_free).collect();
    let numbers: Vec<&HeaderColumn> = free.iter().copied().filter(|column| column.has_numbers()).collect();
    let layout = draft.plan.layout();
    let keys = lines(draft, &numbers, layout);
    let list = |columns: &[&HeaderColumn]| {
        let names: Vec<&str> = columns.iter().take(NAMED).map(|column| column.name.as_str()).collect();
        let more = columns.len().saturating_sub(NAMED);
        if more > 0 { format!("{} and {more} more", names.join(", ")) } else { names.join(", ") }
    };
    let found = match (numbers.as_slice(), free.as_slice()) {
        ([], []) => "no column of numbers was found".to_owned(),
        ([], free) => format!("no column holds numbers; found: {}", list(free)),
        (numbers, _) => format!("columns of numbers: {}", list(numbers)),
    };
    let what = match layout {
        Layout::Wide => "no score with a pre and a post could be found in the header",
        Layout::Long | Layout::Tidy | Layout::TwoFiles => "no score could be found in the header",
    };
    draft.remarks.before_outcomes.push(format!("# What was measured could not be found. {}.", one_line(&found)));
    for (line, why) in &keys {
        draft.remarks.before_outcomes.push(format!("# ANSWER: {line}   # {why}"));
    }
    let hint = match layout {
        Layout::Wide => "name in [[outcome]] the columns `pre` and `post` of each score; or `visit` under [data] and `value` of each, where every subject has a row a visit",
        Layout::Long | Layout::Tidy | Layout::TwoFiles => "name in [[outcome]] the column `value` of each score",
    };
    draft.refuse(&format!("{what}; {found}"), hint);
}

/// Columns without a name, though they hold data.
fn is_half_header(columns: &[HeaderColumn]) -> bool {
    let without = columns.iter().filter(|column| column.name.is_empty() && (column.has_numbers() || !column.distinct.is_empty())).count();
    3 * without >= columns.len() && without > 0
}

/// The lines of an outcome, each with what it means.
fn lines(draft: &Draft<'_>, numbers: &[&HeaderColumn], layout: Layout) -> Vec<(String, &'static str)> {
    let scale = |column: Option<&HeaderColumn>| {
        column.and_then(|column| match column.called().map(|name| draft.candidates(name)).find(|found| !found.is_empty())?.as_slice() {
            [only] => Some(only.id.clone()),
            _ => None,
        })
    };
    let name = |column: Option<&&HeaderColumn>, other: &str| text(column.map_or(other, |column| column.name.as_str()));
    let mut lines = vec![("[[outcome]]".to_owned(), "what was measured; one such part for each score"), ("id = \"score\"".to_owned(), "its short name")];
    let items = families(numbers, Part::Code).into_iter().find(|family| 2 * family.members.len() > numbers.len());
    let known = match (layout, items.and_then(|family| Some((family.pattern?, family.members.len())))) {
        (Layout::Wide, Some((pattern, count))) => {
            lines.push((format!("pre_items = {}", text(&pattern)), "the items before"));
            lines.push((format!("post_items = {}", text("pattern of the other visit, with {i}")), "the items after; only one visit was found"));
            lines.push((format!("items = {count}"), "how many there are"));
            None
        }
        (Layout::Wide, None) => {
            let (pre, post) = likeliest_pair(numbers);
            lines.push((format!("pre = {}", name(pre.as_ref(), "pre column")), "the column of the score before"));
            lines.push((format!("post = {}", name(post.as_ref(), "post column")), "the column of the score after"));
            None
        }
        (Layout::Long | Layout::Tidy | Layout::TwoFiles, _) => {
            lines.push((format!("value = {}", name(numbers.first(), "score column")), "the column of the score"));
            scale(numbers.first().copied())
        }
    };
    lines.push(match known {
        Some(id) => (format!("instrument = {}", text(&id)), "the scale, where it is in the catalogue; else direction = \"lower\" or \"higher\""),
        None => ("direction = \"lower\"".to_owned(), "or \"higher\" (or \"none\"): which way is better? Or instrument = \"…\" in its place"),
    });
    lines
}

/// The two columns whose names have most in common at their ends.
fn likeliest_pair<'h>(columns: &[&'h HeaderColumn]) -> (Option<&'h HeaderColumn>, Option<&'h HeaderColumn>) {
    let columns = &columns[..columns.len().min(COMPARED)];
    let common = |one: &str, other: &str| {
        let count = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(one, other)| one == other).count();
        let start = count(&mut one.chars().zip(other.chars()));
        let end = count(&mut one.chars().rev().zip(other.chars().rev()));
        start.max(end) as f64 / one.chars().count().max(other.chars().count()).max(1) as f64
    };
    let mut best: (f64, Option<&HeaderColumn>, Option<&HeaderColumn>) = (-1.0, columns.first().copied(), columns.get(1).copied());
    for (at, one) in columns.iter().enumerate() {
        for other in &columns[at + 1..] {
            let common = common(&one.name, &other.name);
            if common > best.0 {
                best = (common, Some(one), Some(other));
            }
        }
    }
    (best.1, best.2)
}
