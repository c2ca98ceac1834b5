//! Two-file layout: one file a visit, joined by subject.

use super::choose::{Choice, choose};
use super::draft::Draft;
use super::families::families;
use super::file::{HeaderColumn, LookedFile};
use super::long::{add_scores, visit_column};
use super::names::is_no_score;
use super::said::Part;
use super::{items, subject, unfound, wide};
use crate::plan::FileOverride;
use crate::plan::data_file::{file_and_sheet, file_name};
use crate::plan::moment::{Moment, of_file, split};
use crate::plan::write::text;
use crate::trial::fold;

/// The files of the two visits, and how certain it is which is which.
pub(super) struct Visits<'f> {
    pre: &'f LookedFile,
    post: &'f LookedFile,
    choice: Option<Choice<'f>>,
}

/// Whether files are one visit each: their names say so, or neither of two holds both visits. Files that each hold both visits of
/// a score are parts of one table, whatever they are called (`pre_covid`, `post_covid`).
pub(super) fn of<'f>(draft: &Draft<'_>, files: &'f [LookedFile]) -> Option<Visits<'f>> {
    let holds_visits =
        |file: &LookedFile| visit_column(draft, &file.columns, subject::find(&file.columns)).is_some_and(|visit| visit.is_named);
    let both = |file: &LookedFile| wide::has_scored_pairs(&file.columns) || holds_visits(file);
    if files.len() < 2 || files.iter().all(both) {
        return None;
    }
    if let Some(choice) = ordered(files) {
        let of_name = |name: &str| files.iter().find(|file| file.name == name);
        return Some(Visits { pre: of_name(choice.pre)?, post: of_name(choice.post)?, choice: Some(choice) });
    }
    let [first, second] = files else { return None };
    // Ids that repeat have several visits in one file.
    if files.iter().any(|file| subject::find(&file.columns).is_some_and(|subject| !subject.unique && !subject.rows.is_empty())) {
        return None;
    }
    if wide::has_pairs(&first.columns) || holds_visits(first) || holds_visits(second) {
        return None;
    }
    let (pre, post) = if counts_down(&first.name, &second.name) { (second, first) } else { (first, second) };
    Some(Visits { pre, post, choice: None })
}

/// Whether the name of a file speaks of a visit.
pub(super) fn says_visit(file: &LookedFile) -> bool {
    moment(file).is_some()
}

/// The moment in the name of a sheet, else in a file name without its extension.
fn moment(file: &LookedFile) -> Option<Moment> {
    let name = file_name(&file.name);
    if let (_, Some(sheet)) = file_and_sheet(name) {
        return of_file(sheet);
    }
    of_file(name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

/// The order of the files, where their names say it: of two for certain.
fn ordered(files: &[LookedFile]) -> Option<Choice<'_>> {
    let members: Option<Vec<(&str, Moment)>> = files.iter().map(|file| Some((file.name.as_str(), moment(file)?))).collect();
    choose(&members?).filter(|choice| files.len() > 2 || choice.is_certain())
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

pub(super) fn infer(draft: &mut Draft<'_>, visits: &Visits<'_>) {
    let Visits { pre, post, choice } = visits;
    name_files(draft, pre, post, choice.as_ref());
    let (own_subject, their_subject) = subjects(&pre.columns, &post.columns);
    subject::settle(draft, &pre.columns, own_subject, true);
    if let (Some(own), Some(theirs)) = (own_subject, their_subject)
        && own.name != theirs.name
    {
        override_of(draft, &post.name).subject = Some(theirs.name.clone());
        draft.assume(format!("the subject id of `{}` is in column `{}`", post.name, theirs.name));
    }
    if let (Some(own), None) = (own_subject, their_subject)
        && !post.columns.iter().any(|column| column.name == own.name)
    {
        let what = format!("no column of `{}` is called like a subject id", post.name);
        draft.refuse(&what, &format!("state `subject = \"…\"` under [data.files_by_name.{}]", text(&post.name)));
    }
    let own = scores(draft, &pre.columns, own_subject, Moment::Post);
    let theirs = scores(draft, &post.columns, their_subject, Moment::Pre);
    let of_both = [own.clone(), theirs.clone()];
    let mut used: Vec<&str> = own_subject.into_iter().chain(their_subject).map(|column| column.name.as_str()).collect();
    let (alike, others): (Vec<&HeaderColumn>, Vec<&HeaderColumn>) =
        own.into_iter().partition(|column| theirs.iter().any(|other| other.name == column.name));
    let others = without_items(draft, others, &alike, &theirs, &mut used);
    let pairs: Vec<(&HeaderColumn, &HeaderColumn)> = others
        .into_iter()
        .filter_map(|column| Some((column, *theirs.iter().find(|other| fold(&stem(other)) == fold(&stem(column)))?)))
        .collect();
    used.extend(add_scores(draft, &alike, |outcome, column| outcome.value = Some(column.to_owned())));
    let stems: Vec<String> = pairs.iter().map(|(own, _)| stem(own)).collect();
    let pairs: Vec<_> = pairs.into_iter().zip(&stems).collect();
    let pairs = draft.known_scales(pairs, |((own, _), _)| &own.name, |draft, (_, stem)| !draft.candidates(stem).is_empty());
    for ((own, theirs), stem) in pairs {
        draft.add_outcome(stem, &own.name, |outcome| {
            outcome.pre = Some(own.name.clone());
            outcome.post = Some(theirs.name.clone());
        });
        draft.assume(format!("the score is `{}` in `{}` and `{}` in `{}`", own.name, pre.name, theirs.name, post.name));
        used.extend([own.name.as_str(), theirs.name.as_str()]);
    }
    if draft.plan.outcome.is_empty() {
        unfound::ask_two(draft, &of_both);
    }
    draft.not_used(&super::draft::merged(&[(*pre).clone(), (*post).clone()]), &used);
}

/// The subject column of each file: called like one, or with the ids that stand in the other's.
fn subjects<'h>(pre: &'h [HeaderColumn], post: &'h [HeaderColumn]) -> (Option<&'h HeaderColumn>, Option<&'h HeaderColumn>) {
    match (subject::find(pre), subject::find(post)) {
        (Some(own), None) => (Some(own), subject::with_ids_of(own, post)),
        (None, Some(theirs)) => (subject::with_ids_of(theirs, pre), Some(theirs)),
        both => both,
    }
}

fn name_files(draft: &mut Draft<'_>, pre: &LookedFile, post: &LookedFile, choice: Option<&Choice<'_>>) {
    let hint = "add `pre = \"…\"` and `post = \"…\"` under [data]";
    let line = |key: &str, name: &str| format!("{key} = {}", text(name));
    let Some(choice) = choice.filter(|choice| !choice.is_guess) else {
        draft.ask_data(&line("pre", &pre.name), "the file of the pre visit", "the file names do not say which visit is the pre", hint);
        draft.remarks.data.push(format!("# ANSWER: {}   # the file of the post visit", line("post", &post.name)));
        return;
    };
    for (key, file, rivals) in [("pre", pre, &choice.pre_rivals), ("post", post, &choice.rivals)] {
        if rivals.is_empty() {
            let place = if key == "pre" { &mut draft.plan.data.pre } else { &mut draft.plan.data.post };
            *place = Some(file.name.clone());
            continue;
        }
        let others: Vec<String> = rivals.iter().map(|name| text(name)).collect();
        let what = format!("several files could be the {key}: {}, {}", file.name, rivals.join(", "));
        draft.ask_data(&line(key, &file.name), &format!("or {}: which file is the {key}?", others.join(", ")), &what, hint);
    }
    if choice.is_certain() {
        draft.assume(format!("pre is the file `{}`, post is the file `{}`", pre.name, post.name));
    }
    if !choice.left_out.is_empty() {
        draft.assume(format!("files of further visits are not used: {}", choice.left_out.join(", ")));
    }
}

/// The columns of one visit's file that may hold scores.
fn scores<'h>(draft: &Draft<'_>, columns: &'h [HeaderColumn], subject: Option<&HeaderColumn>, other: Moment) -> Vec<&'h HeaderColumn> {
    let is_subject = |column: &HeaderColumn| subject.is_some_and(|subject| subject.name == column.name);
    columns
        .iter()
        .filter(|column| !is_subject(column) && !column.called().any(is_no_score))
        // A file of one visit may repeat the scores of the other.
        .filter(|column| column.marked(Part::Code).is_none_or(|marked| marked.moment != other))
        .filter(|column| column.has_numbers() || !draft.candidates(&stem(column)).is_empty())
        .collect()
}

/// Adds the scales whose items have one pattern in the one file and another in the other, and gives the columns that are no items.
fn without_items<'h>(
    draft: &mut Draft<'_>,
    own: Vec<&'h HeaderColumn>,
    alike: &[&'h HeaderColumn],
    theirs: &[&'h HeaderColumn],
    used: &mut Vec<&'h str>,
) -> Vec<&'h HeaderColumn> {
    let (own_families, their_families) = (families(&own, Part::Code), families(theirs, Part::Code));
    let of_alike = families(alike, Part::Code);
    let is_item = |column: &HeaderColumn| own_families.iter().chain(&of_alike).any(|family| family.members.contains(&column.name.as_str()));
    let totals = own.iter().chain(alike).filter(|column| !is_item(column));
    let has_totals = totals.into_iter().any(|column| draft.is_scale(column) || !draft.candidates(&stem(column)).is_empty());
    let scale = |family: &super::families::Family<'_>| family.marked().map_or_else(|| family.scale(), |(scale, _)| scale);
    for family in &own_families {
        used.extend(&family.members);
        let same =
            their_families.iter().find(|other| fold(&scale(other)) == fold(&scale(family)) && other.members.len() == family.members.len());
        let Some((own_pattern, other)) = family.pattern.as_ref().zip(same) else {
            items::leave(draft, std::slice::from_ref(family), has_totals);
            continue;
        };
        let Some(their_pattern) = &other.pattern else { continue };
        used.extend(&other.members);
        if has_totals {
            items::propose(draft, &scale(family), family.members.len(), &[("pre_items", own_pattern), ("post_items", their_pattern)]);
            continue;
        }
        items::add(draft, &scale(family), family.members.len(), family.members[0], |outcome| {
            outcome.pre_items = Some(own_pattern.clone());
            outcome.post_items = Some(their_pattern.clone());
        });
    }
    own.into_iter().filter(|column| !is_item(column)).collect()
}

/// A score's name without the visit that some files put into it.
fn stem(column: &HeaderColumn) -> String {
    match split(&column.name) {
        Some(marked) if !matches!(marked.moment, Moment::Bare(_)) && !marked.stem.is_empty() => marked.stem,
        _ => column.by(Part::Code).to_owned(),
    }
}

fn override_of<'d>(draft: &'d mut Draft<'_>, file: &str) -> &'d mut FileOverride {
    draft.plan.data.files_by_name.entry(file.to_owned()).or_default()
}
