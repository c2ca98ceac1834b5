//! Where no score with a pre and a post is found: what the file holds, and the lines that say what was measured.

use super::draft::Draft;
use super::families::families;
use super::file::HeaderColumn;
use super::names::{is_no_score, is_visit};
use super::said::Part;
use crate::plan::Layout;
use crate::plan::moment::Moment;
use crate::plan::write::text;

const WHAT: &str = "what was measured; one such part for each score";
const BETTER: &str = "or \"higher\" (or \"none\"): which way is better? Or instrument = \"…\" in its place";

/// Columns that a question names.
const NAMED: usize = 12;

/// The share of a name that two columns of one score have in common.
const LEAST_COMMON: f64 = 0.5;

/// Columns among which a pair is looked for.
const COMPARED: usize = 60;

/// Asks for the first outcome, with the likeliest answers.
pub(super) fn ask(draft: &mut Draft<'_>, columns: &[HeaderColumn]) {
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
    let found = match (numbers.as_slice(), free.as_slice()) {
        ([], []) => "no column of numbers was found".to_owned(),
        ([], free) => format!("no column holds numbers, and answers in words make no score; found: {}", list(free)),
        (numbers, _) => format!("columns of numbers: {}", list(numbers)),
    };
    let (what, hint) = match layout {
        Layout::Wide => (
            "no score with a pre and a post could be found in the header",
            "name in [[outcome]] the columns `pre` and `post` of each score; or `visit` under [data] and `value` of each, where every subject has a row a visit",
        ),
        Layout::Long | Layout::Tidy | Layout::TwoFiles => {
            ("no score could be found in the header", "name in [[outcome]] the column `value` of each score")
        }
    };
    for (line, why) in &keys {
        draft.remarks.before_outcomes.push(format!("# ANSWER: {line}   # {why}"));
    }
    draft.refuse(&format!("{what}; {found}"), hint);
}

/// The same of two files of one visit each, with the columns of each that hold numbers.
pub(super) fn ask_two(draft: &mut Draft<'_>, numbers: &[Vec<&HeaderColumn>; 2]) {
    let [pre, post] = numbers.each_ref().map(|columns| columns.first().map_or("", |column| column.name.as_str()));
    for (line, why) in [
        ("[[outcome]]".to_owned(), WHAT),
        ("id = \"score\"".to_owned(), "its short name"),
        (format!("pre = {}", text(pre)), "its column in the file of the pre visit"),
        (format!("post = {}", text(post)), "its column in the file of the post visit"),
        ("direction = \"lower\"".to_owned(), BETTER),
    ] {
        draft.remarks.before_outcomes.push(format!("# ANSWER: {line}   # {why}"));
    }
    let [pre, post] = numbers.each_ref().map(|columns| list(columns));
    let what = format!("no score is called alike in both files; columns of numbers: {pre}; and in the other: {post}");
    draft.refuse(&what, "name in [[outcome]] the columns `pre` and `post` of each score, one in each file");
}

fn list(columns: &[&HeaderColumn]) -> String {
    let names: Vec<&str> = columns.iter().take(NAMED).map(|column| column.name.as_str()).collect();
    let more = columns.len().saturating_sub(NAMED);
    if more > 0 { format!("{} and {more} more", names.join(", ")) } else { names.join(", ") }
}

/// Whether a file has half a header: columns without a name, though they hold data. Then nothing that its other half says is
/// to be trusted.
pub(super) fn is_half_header(columns: &[HeaderColumn]) -> bool {
    // The first column may hold the numbers of the rows.
    let unnamed = columns.iter().skip(1).filter(|column| column.name.is_empty());
    let without = unnamed.filter(|column| column.rows.iter().any(|value| *value != 0)).count();
    4 * without >= columns.len() && without > 0 && columns.len() > 2
}

/// Asks for the other half.
pub(super) fn ask_header(draft: &mut Draft<'_>) {
    draft.refuse(
        "columns that hold data have no name: the header takes two rows, as merged cells give, or a title stands in its place",
        "write one header row with a name of its own for every column, and run init again",
    );
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
    let mut lines = vec![("[[outcome]]".to_owned(), WHAT), ("id = \"score\"".to_owned(), "its short name")];
    // Single items are no scores; numbers with gaps, of no visit, may be those of visits.
    let mut families = families(numbers, Part::Code);
    families.retain(|family| family.pattern.is_some() || family.marked().is_some());
    let is_item = |column: &HeaderColumn| families.iter().any(|family| family.members.contains(&column.name.as_str()));
    let numbers: Vec<&HeaderColumn> = numbers.iter().copied().filter(|column| !is_item(column)).collect();
    let items = families.iter().filter(|_| numbers.len() < 2).find_map(|family| Some((family.pattern.clone()?, family.members.len())));
    let known = match (layout, items) {
        (Layout::Wide, Some((pattern, count))) => {
            lines.push((format!("pre_items = {}", text(&pattern)), "the items before"));
            lines.push((
                format!("post_items = {}", text("pattern of the other visit, with {i}")),
                "the items after; only one visit was found",
            ));
            lines.push((format!("items = {count}"), "how many there are"));
            None
        }
        (Layout::Wide, None) => {
            let (pre, post) = likeliest_pair(draft, &numbers);
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
        Some(id) => {
            (format!("instrument = {}", text(&id)), "the scale, where it is in the catalogue; else direction = \"lower\" or \"higher\"")
        }
        None => ("direction = \"lower\"".to_owned(), BETTER),
    });
    lines
}

/// The two columns whose names have most in common at their ends; of two columns these, unless they are two scales.
fn likeliest_pair<'h>(draft: &Draft<'_>, columns: &[&'h HeaderColumn]) -> (Option<&'h HeaderColumn>, Option<&'h HeaderColumn>) {
    let columns = &columns[..columns.len().min(COMPARED)];
    let common = |one: &str, other: &str| {
        let count = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(one, other)| one == other).count();
        let start = count(&mut one.chars().zip(other.chars()));
        let end = count(&mut one.chars().rev().zip(other.chars().rev()));
        start.max(end) as f64 / one.chars().count().max(other.chars().count()).max(1) as f64
    };
    // Both before, or both after.
    let is_one_visit = |one: &HeaderColumn, other: &HeaderColumn| {
        let moment = |column: &HeaderColumn| column.marked(Part::Code).map(|marked| marked.moment);
        matches!(moment(one), Some(Moment::Pre | Moment::Post)) && moment(one) == moment(other)
    };
    let are_two_scales = |one: &HeaderColumn, other: &HeaderColumn| draft.is_scale(one) && draft.is_scale(other);
    let least = if columns.len() == 2 { 0.0 } else { LEAST_COMMON };
    let pairs = columns.iter().enumerate().flat_map(|(at, one)| columns[at + 1..].iter().map(move |other| (*one, *other)));
    let mut best: Option<(f64, &HeaderColumn, &HeaderColumn)> = None;
    for (one, other) in pairs.filter(|(one, other)| !is_one_visit(one, other) && !are_two_scales(one, other)) {
        let common = common(&one.name, &other.name);
        if common >= least && best.is_none_or(|(most, ..)| common > most) {
            best = Some((common, one, other));
        }
    }
    best.map_or((columns.first().copied(), None), |(_, pre, post)| (Some(pre), Some(post)))
}
