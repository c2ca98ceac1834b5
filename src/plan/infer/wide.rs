//! Wide layout: one row a subject, two columns an outcome.

use super::HeaderColumn;
use super::choose::{Choice, choose};
use super::draft::Draft;
use super::names::is_no_score;
use super::subject;
use crate::plan::moment::{Moment, split};
use crate::plan::write::text;
use crate::trial::fold;

/// Columns that share a stem, with the moment of each.
struct Group<'h> {
    stem: String,
    members: Vec<(&'h str, Moment)>,
}

pub(super) fn infer(draft: &mut Draft<'_>, columns: &[HeaderColumn], found: Option<&HeaderColumn>) {
    subject::settle(draft, columns, found, true);
    let subject = found.map(|column| column.name.as_str());
    let groups = groups(columns.iter().filter(|column| Some(column.name.as_str()) != subject));
    let mut used: Vec<&str> = subject.into_iter().collect();
    for group in without_items(draft, groups, &mut used) {
        let Some(choice) = choose(&group.members) else { continue };
        let is_numeric = |name: &str| columns.iter().any(|column| column.name == name && column.numeric);
        // A column of words may still be a score with undeclared missing codes: then the other one shows it, or its name.
        let is_score = is_numeric(choice.pre) || is_numeric(choice.post) || !draft.candidates(&group.stem).is_empty();
        if !is_score || is_no_score(&group.stem) {
            continue;
        }
        used.extend([choice.pre, choice.post]);
        used.extend(&choice.rivals);
        add(draft, &group.stem, &choice);
    }
    draft.not_used(columns, &used);
}

fn add(draft: &mut Draft<'_>, stem: &str, choice: &Choice<'_>) {
    let certain = choice.rivals.is_empty() && !choice.is_guess;
    draft.add_outcome(stem, choice.pre, |outcome| {
        outcome.pre = (!choice.is_guess).then(|| choice.pre.to_owned());
        outcome.post = certain.then(|| choice.post.to_owned());
    });
    if certain {
        draft.assume(format!("pre is `{}`, post is `{}`", choice.pre, choice.post));
        if !choice.left_out.is_empty() {
            draft.assume(format!("other visits are left out: {}", choice.left_out.join(", ")));
        }
        return;
    }
    let hint = "state `pre` and `post` of this outcome";
    let what = format!("`{}` and `{}`: which visits they belong to is not certain", choice.pre, choice.post);
    if choice.is_guess {
        draft.ask_outcome(&format!("pre = {}", text(choice.pre)), "the score before", choice.pre, &what, hint);
    }
    let why = match choice.rivals.as_slice() {
        [] => "the score after".to_owned(),
        rivals => format!("or {}: which visit is the post?", rivals.iter().map(|name| text(name)).collect::<Vec<_>>().join(", ")),
    };
    if choice.is_guess {
        // One question of two lines.
        draft.also_answer(&format!("post = {}", text(choice.post)), &why);
    } else {
        let what = format!("several visits could be the post of `{}`: {}, {}", choice.pre, choice.rivals.join(", "), choice.post);
        draft.ask_outcome(&format!("post = {}", text(choice.post)), &why, choice.post, &what, hint);
    }
}

/// Whether a header holds a pre and a post of something.
pub(super) fn has_pairs(columns: &[HeaderColumn]) -> bool {
    groups(columns.iter()).iter().any(|group| choose(&group.members).is_some())
}

/// Columns by stem, in order of appearance.
fn groups<'h>(columns: impl Iterator<Item = &'h HeaderColumn>) -> Vec<Group<'h>> {
    let mut groups: Vec<Group<'h>> = Vec::new();
    for column in columns {
        let Some(marked) = split(&column.name) else { continue };
        match groups.iter_mut().find(|group| fold(&group.stem) == fold(&marked.stem)) {
            Some(group) => group.members.push((&column.name, marked.moment)),
            None => groups.push(Group { stem: marked.stem, members: vec![(&column.name, marked.moment)] }),
        }
    }
    groups
}

/// Leaves out single items (`wb_pre_1` … `wb_pre_5`): three stems or more that differ in their last number only.
fn without_items<'h>(draft: &mut Draft<'_>, groups: Vec<Group<'h>>, used: &mut Vec<&'h str>) -> Vec<Group<'h>> {
    let family = |stem: &str| {
        let base = stem.trim_end_matches(|letter: char| letter.is_ascii_digit());
        (base.len() < stem.len()).then(|| base.trim_end_matches(['_', '-', ' ', '.']).to_lowercase())
    };
    let families: Vec<Option<String>> = groups.iter().map(|group| family(&group.stem)).collect();
    let mut told: Vec<&String> = Vec::new();
    let mut kept = Vec::new();
    for (group, own) in groups.into_iter().zip(&families) {
        match own.as_ref().filter(|own| families.iter().flatten().filter(|other| other == own).count() >= 3) {
            None => kept.push(group),
            Some(own) => {
                used.extend(group.members.iter().map(|(name, _)| *name));
                if !told.contains(&own) {
                    draft.assume(format!("the columns of `{own}` look like single items and are left out: a plan names total scores"));
                    told.push(own);
                }
            }
        }
    }
    kept
}
