//! Wide layout: one row a subject, two columns an outcome.

use super::choose::{Choice, choose};
use super::draft::Draft;
use super::file::HeaderColumn;
use super::items::Family;
use super::names::is_no_score;
use super::{dates, items, subject};
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
    dates::wide(draft, columns);
    let dated = [draft.plan.data.pre_date.clone(), draft.plan.data.post_date.clone()];
    let is_date = |name: &str| dated.iter().flatten().any(|date| date == name);
    let mut used: Vec<&str> =
        columns.iter().map(|column| column.name.as_str()).filter(|name| Some(*name) == subject || is_date(name)).collect();
    let rest: Vec<&HeaderColumn> = columns.iter().filter(|column| !used.contains(&column.name.as_str())).collect();
    let (questionnaires, rest) = without_items(rest);
    for group in groups(rest.into_iter()) {
        let Some(choice) = choose(&group.members) else { continue };
        let has_numbers = |name: &str| columns.iter().any(|column| column.name == name && column.has_numbers());
        // A column of words may still be a score with undeclared missing codes: then the other one shows it, or its name.
        let is_score = has_numbers(choice.pre) || has_numbers(choice.post) || !draft.candidates(&group.stem).is_empty();
        if !is_score || is_no_score(&group.stem) {
            continue;
        }
        used.extend([choice.pre, choice.post]);
        used.extend(&choice.rivals);
        used.extend(&choice.left_out);
        add(draft, &group.stem, &choice);
    }
    let has_totals = !draft.plan.outcome.is_empty();
    for Questionnaire { scale, pre, post } in &questionnaires {
        used.extend(pre.members.iter().chain(&post.members));
        if has_totals {
            items::propose(draft, scale, pre.members.len(), &[("pre_items", &pre.pattern), ("post_items", &post.pattern)]);
        } else {
            items::add(draft, scale, pre.members.len(), pre.members[0], |outcome| {
                outcome.pre_items = Some(pre.pattern.clone());
                outcome.post_items = Some(post.pattern.clone());
            });
        }
    }
    draft.not_used(columns, &used);
}

/// A scale of which every item has a pre and a post column.
struct Questionnaire<'h> {
    scale: String,
    pre: Family<'h>,
    post: Family<'h>,
}

/// Takes out the columns of single items; what is left may hold total scores. Of items whose visits are not certain nothing
/// is made.
fn without_items<'h>(columns: Vec<&'h HeaderColumn>) -> (Vec<Questionnaire<'h>>, Vec<&'h HeaderColumn>) {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let mut scales: Vec<(String, Vec<(Family<'h>, Moment)>)> = Vec::new();
    for family in items::families(&names) {
        let Some((scale, moment)) = family.marked() else { continue };
        match scales.iter_mut().find(|(known, _)| fold(known) == fold(&scale)) {
            Some((_, families)) => families.push((family, moment)),
            None => scales.push((scale, vec![(family, moment)])),
        }
    }
    let items: Vec<&str> =
        scales.iter().flat_map(|(_, families)| families).flat_map(|(family, _)| family.members.iter().copied()).collect();
    let rest = columns.into_iter().filter(|column| !items.contains(&column.name.as_str())).collect();
    let questionnaire = |(scale, families): (String, Vec<(Family<'h>, Moment)>)| {
        let members: Vec<(&str, Moment)> = families.iter().map(|(family, moment)| (family.pattern.as_str(), *moment)).collect();
        let choice = choose(&members).filter(|choice| choice.rivals.is_empty() && !choice.is_guess)?;
        let of = |pattern: &str| families.iter().map(|(family, _)| family).find(|family| family.pattern == pattern).cloned();
        let (pre, post) = (of(choice.pre)?, of(choice.post)?);
        (pre.members.len() == post.members.len()).then_some(Questionnaire { scale, pre, post })
    };
    (scales.into_iter().filter_map(questionnaire).collect(), rest)
}

fn add(draft: &mut Draft<'_>, stem: &str, choice: &Choice<'_>) {
    let certain = choice.rivals.is_empty() && !choice.is_guess;
    draft.add_outcome(stem, choice.pre, |outcome| {
        outcome.pre = (!choice.is_guess).then(|| choice.pre.to_owned());
        outcome.post = certain.then(|| choice.post.to_owned());
        if certain {
            outcome.others = choice.left_out.iter().map(|name| (visit_label(name), (*name).to_owned())).collect();
        }
    });
    if certain {
        draft.assume(format!("pre is `{}`, post is `{}`", choice.pre, choice.post));
        if !choice.left_out.is_empty() {
            draft.assume(format!("the scores of further visits are read and kept, but not analysed: {}", choice.left_out.join(", ")));
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

/// What a column's name says besides its scale: `bdi_6m` is the visit `6m`.
fn visit_label(name: &str) -> String {
    let stem = split(name).map(|marked| marked.stem).unwrap_or_default();
    let rest = name.strip_prefix(stem.as_str()).or_else(|| name.strip_suffix(stem.as_str())).unwrap_or(name);
    let label = rest.trim_matches(|letter: char| !letter.is_alphanumeric());
    if label.is_empty() { name.to_owned() } else { label.to_owned() }
}

/// Whether a header holds, for certain, scores of a pre and a post.
pub(super) fn has_scored_pairs(columns: &[HeaderColumn]) -> bool {
    let has_numbers = |name: &str| columns.iter().any(|column| column.name == name && column.has_numbers());
    groups(columns.iter()).iter().any(|group| {
        let choice = choose(&group.members).filter(|choice| !choice.is_guess);
        choice.is_some_and(|choice| has_numbers(choice.pre) && has_numbers(choice.post)) && !is_no_score(&group.stem)
    })
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
