//! Two-file layout: one file a visit, joined by subject.

use super::choose::choose;
use super::draft::Draft;
use super::file::{HeaderColumn, LookedFile};
use super::names::is_no_score;
use super::{subject, wide};
use crate::plan::FileOverride;
use crate::plan::layout::file_name;
use crate::plan::moment::{Moment, of_file, split};
use crate::plan::write::text;
use crate::trial::fold;

/// Whether two files are one visit each: their names say so, or neither of them holds both visits. Two files that each hold
/// both visits of a score are two parts of one table, whatever they are called (`pre_covid`, `post_covid`).
pub(super) fn applies(first: &LookedFile, second: &LookedFile) -> bool {
    let both = |file: &LookedFile| wide::has_scored_pairs(&file.columns) || holds_visits(&file.columns);
    if both(first) && both(second) {
        return false;
    }
    ordered(first, second).is_some() || !wide::has_pairs(&first.columns) && !holds_visits(&first.columns) && !holds_visits(&second.columns)
}

fn holds_visits(columns: &[HeaderColumn]) -> bool {
    super::long::visit_column(columns, subject::find(columns)).is_some()
}

/// The moment in a file name without its extension.
fn moment(file: &LookedFile) -> Option<Moment> {
    let name = file_name(&file.name);
    of_file(name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

/// The two in the order pre, post, where their names say it.
fn ordered<'f>(first: &'f LookedFile, second: &'f LookedFile) -> Option<(&'f LookedFile, &'f LookedFile)> {
    let members = [(first.name.as_str(), moment(first)?), (second.name.as_str(), moment(second)?)];
    let choice = choose(&members).filter(|choice| !choice.is_guess && choice.rivals.is_empty())?;
    Some(if choice.pre == first.name { (first, second) } else { (second, first) })
}

/// Whether two names differ in their numbers alone, and the first has the higher one: `T2_final`, `T1_final`.
fn counts_down(first: &str, second: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|letter| !letter.is_ascii_digit()).collect::<String>();
    let numbers = |name: &str| {
        let runs = name.split(|letter: char| !letter.is_ascii_digit()).filter(|run| !run.is_empty());
        runs.map(|run| run.parse::<u64>().unwrap_or(u64::MAX)).collect::<Vec<_>>()
    };
    letters(first) == letters(second) && numbers(first) > numbers(second)
}

pub(super) fn infer(draft: &mut Draft<'_>, first: &LookedFile, second: &LookedFile) {
    let (pre, post) = match ordered(first, second) {
        Some((pre, post)) => {
            draft.plan.data.pre = Some(pre.name.clone());
            draft.plan.data.post = Some(post.name.clone());
            draft.assume(format!("pre is the file `{}`, post is the file `{}`", pre.name, post.name));
            (pre, post)
        }
        None => {
            let (first, second) = if counts_down(&first.name, &second.name) { (second, first) } else { (first, second) };
            let hint = "add `pre = \"…\"` and `post = \"…\"` under [data]";
            draft.ask_data(
                &format!("pre = {}", text(&first.name)),
                "the file of the pre visit",
                "the file names do not say which visit is the pre",
                hint,
            );
            draft.remarks.data.push(format!("# ANSWER: post = {}   # the file of the post visit", text(&second.name)));
            (first, second)
        }
    };
    let own_subject = subject::find(&pre.columns);
    let their_subject = subject::find(&post.columns);
    subject::settle(draft, &pre.columns, own_subject, true);
    if let (Some(own), Some(theirs)) = (own_subject, their_subject)
        && own.name != theirs.name
    {
        override_of(draft, &post.name).subject = Some(theirs.name.clone());
        draft.assume(format!("the subject id of `{}` is in column `{}`", post.name, theirs.name));
    }
    let scores = |columns: &'_ [HeaderColumn], subject: Option<&HeaderColumn>, other: Moment, draft: &Draft<'_>| -> Vec<String> {
        let is_subject = |column: &HeaderColumn| subject.is_some_and(|subject| subject.name == column.name);
        columns
            .iter()
            .filter(|column| !is_subject(column) && !is_no_score(&column.name))
            // A file of one visit may repeat the scores of the other.
            .filter(|column| split(&column.name).is_none_or(|marked| marked.moment != other))
            .filter(|column| column.has_numbers() || !draft.candidates(&stem(&column.name)).is_empty())
            .map(|column| column.name.clone())
            .collect()
    };
    let (own, theirs) = (scores(&pre.columns, own_subject, Moment::Post, draft), scores(&post.columns, their_subject, Moment::Pre, draft));
    let own = draft.known_scales(own, stem);
    let mut used: Vec<&str> = own_subject.into_iter().chain(their_subject).map(|column| column.name.as_str()).collect();
    let pairs: Vec<(&String, &String)> = own
        .iter()
        .filter_map(|name| {
            let same = theirs.iter().find(|other| *other == name);
            Some((name, same.or_else(|| theirs.iter().find(|other| fold(&stem(other)) == fold(&stem(name))))?))
        })
        .collect();
    let differ = pairs.iter().any(|(own, theirs)| own != theirs);
    if differ && pairs.len() > 1 {
        let hint = "give the score columns the same names in both files, or join the files into one";
        draft.refuse("the score columns have different names in the two files", hint);
        return;
    }
    for (own, theirs) in &pairs {
        draft.add_outcome(&stem(own), own, |outcome| outcome.value = Some((*own).clone()));
        if own != theirs {
            override_of(draft, &pre.name).value = Some((*own).clone());
            override_of(draft, &post.name).value = Some((*theirs).clone());
            draft.assume(format!("the score is `{own}` in `{}` and `{theirs}` in `{}`", pre.name, post.name));
        }
        used.extend([own.as_str(), theirs.as_str()]);
    }
    draft.not_used(&super::draft::merged(&[pre.clone(), post.clone()]), &used);
}

/// A score's name without the visit that some files put into it.
fn stem(name: &str) -> String {
    match split(name) {
        Some(marked) if matches!(marked.moment, Moment::Pre | Moment::Post) && !marked.stem.is_empty() => marked.stem,
        _ => name.to_owned(),
    }
}

fn override_of<'d>(draft: &'d mut Draft<'_>, file: &str) -> &'d mut FileOverride {
    draft.plan.data.files_by_name.entry(file.to_owned()).or_default()
}
