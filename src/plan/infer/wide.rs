//! Wide layout: one row a subject, two columns an outcome.

use std::collections::{HashMap, HashSet};

use super::choose::{Choice, choose};
use super::draft::Draft;
use super::families::{Family, families};
use super::file::{HeaderColumn, Said};
use super::names::is_no_score;
use super::said::Part;
use super::{dates, items, long, subject};
use crate::plan::moment::{Marked, Moment, split, split_twice};
use crate::plan::write::text;
use crate::trial::fold;

/// Columns that share a stem, with the moment of each.
struct Group<'h> {
    /// What its names have in common; where they have two parts, by either.
    stems: Vec<String>,
    members: Vec<(&'h str, Moment)>,
}

pub(super) fn infer(draft: &mut Draft<'_>, columns: &[HeaderColumn], found: Option<&HeaderColumn>) {
    subject::settle(draft, columns, found, true);
    if let Some(subject) = found.filter(|subject| !subject.unique) {
        long::ask_outcome(draft, columns, subject);
    }
    let subject = found.map(|column| column.name.as_str());
    dates::wide(draft, columns);
    let dated = [draft.plan.data.pre_date.clone(), draft.plan.data.post_date.clone()];
    let is_date = |name: &str| dated.iter().flatten().any(|date| date == name);
    let mut used: Vec<&str> =
        columns.iter().map(|column| column.name.as_str()).filter(|name| Some(*name) == subject || is_date(name)).collect();
    let rest: Vec<&HeaderColumn> = columns.iter().filter(|column| !used.contains(&column.name.as_str())).collect();
    let part = telling_part(&rest);
    let Items { questionnaires, left, rest } = without_items(rest, part);
    for group in groups(rest.into_iter(), part) {
        let Some(choice) = choose(&group.members) else { continue };
        let has_numbers = |name: &str| columns.iter().any(|column| column.name == name && column.has_numbers());
        let stems: Vec<&str> = group.stems.iter().map(String::as_str).collect();
        let stem = draft.best_name(&stems);
        // A column of words may still be a score with undeclared missing codes: then the other one shows it, or its name.
        let is_score = has_numbers(choice.pre) || has_numbers(choice.post) || !draft.candidates(stem).is_empty();
        if !is_score || is_no_score(stem) {
            continue;
        }
        used.extend([choice.pre, choice.post]);
        used.extend(choice.pre_rivals.iter().chain(&choice.rivals).chain(&choice.left_out));
        add(draft, stem, &choice);
    }
    let has_totals = !draft.plan.outcome.is_empty();
    for Questionnaire { scale, families } in &questionnaires {
        used.extend(families.iter().flat_map(|(family, _)| &family.members));
        add_items(draft, scale, families, has_totals);
    }
    used.extend(left.iter().flat_map(|family| &family.members));
    items::leave(draft, &left, has_totals || !questionnaires.is_empty());
    draft.not_used(columns, &used);
}

/// Where headers have two parts, the one by which more scores have a pre and a post.
fn telling_part(columns: &[&HeaderColumn]) -> Part {
    let pairs = |part: Part| groups(columns.iter().copied(), part).iter().filter(|group| choose(&group.members).is_some()).count();
    if pairs(Part::Text) > pairs(Part::Code) { Part::Text } else { Part::Code }
}

/// A scale with a family of items for each visit, every one as long.
struct Questionnaire<'h> {
    scale: String,
    families: Vec<(Family<'h>, Moment)>,
}

/// The columns of single items, and those that are none.
struct Items<'h> {
    questionnaires: Vec<Questionnaire<'h>>,
    /// Items of which a plan can make no score.
    left: Vec<Family<'h>>,
    /// What may hold total scores.
    rest: Vec<&'h HeaderColumn>,
}

fn without_items(columns: Vec<&HeaderColumn>, part: Part) -> Items<'_> {
    let families = families(&columns, part);
    let stems: Vec<String> = families.iter().filter_map(|family| Some(fold(&family.marked()?.0))).collect();
    let is_alone = |scale: &str| stems.iter().filter(|stem| **stem == fold(scale)).count() == 1;
    let mut scales: Vec<(String, Vec<(Family<'_>, Moment)>)> = Vec::new();
    for family in families {
        let Some(once) = family.marked() else { continue };
        let (scale, moment) = if is_alone(&once.0) { family.marked_twice().unwrap_or(once) } else { once };
        match scales.iter_mut().find(|(known, _)| fold(known) == fold(&scale)) {
            Some((_, families)) => families.push((family, moment)),
            None => scales.push((scale, vec![(family, moment)])),
        }
    }
    // A bare number is a visit only where another family has the same items.
    scales.retain(|(_, families)| families.len() > 1 || !matches!(families[0].1, Moment::Bare(_)));
    let items: Vec<&str> =
        scales.iter().flat_map(|(_, families)| families).flat_map(|(family, _)| family.members.iter().copied()).collect();
    let rest = columns.iter().copied().filter(|column| !items.contains(&column.name.as_str())).collect();
    let (mut questionnaires, mut left) = (Vec::new(), Vec::new());
    for (scale, families) in scales {
        let length = families[0].0.members.len();
        let can_be_named = families.iter().all(|(family, _)| family.pattern.is_some() && family.members.len() == length);
        if can_be_named && families.len() > 1 {
            questionnaires.push(Questionnaire { scale, families });
        } else {
            left.extend(families.into_iter().map(|(family, _)| family));
        }
    }
    Items { questionnaires, left, rest }
}

fn add_items(draft: &mut Draft<'_>, scale: &str, families: &[(Family<'_>, Moment)], has_totals: bool) {
    let members: Vec<(&str, Moment)> = families.iter().filter_map(|(family, moment)| Some((family.pattern.as_deref()?, *moment))).collect();
    // Visits that nothing orders are asked about as they stand.
    let as_they_stand = || {
        let [pre, post, rest @ ..] = members.as_slice() else { return None };
        let rivals = rest.iter().map(|(name, _)| *name).collect();
        Some(Choice { pre: pre.0, pre_rivals: Vec::new(), post: post.0, rivals, is_guess: true, left_out: Vec::new() })
    };
    let Some(choice) = choose(&members).or_else(as_they_stand) else { return };
    let (count, first) = (families[0].0.members.len(), families[0].0.members[0]);
    if has_totals {
        items::propose(draft, scale, count, &[("pre_items", choice.pre), ("post_items", choice.post)]);
        return;
    }
    items::add(draft, scale, count, first, |outcome| {
        outcome.pre_items = is_pre_certain(&choice).then(|| choice.pre.to_owned());
        outcome.post_items = is_post_certain(&choice).then(|| choice.post.to_owned());
        if choice.is_certain() {
            outcome.others = choice.left_out.iter().map(|pattern| (visit_label(pattern), (*pattern).to_owned())).collect();
        }
    });
    tell(draft, &choice, "pre_items", "post_items", first);
    draft.will_read(&families.iter().flat_map(|(family, _)| family.members.iter().copied()).collect::<Vec<_>>());
}

fn is_pre_certain(choice: &Choice<'_>) -> bool {
    !choice.is_guess && choice.pre_rivals.is_empty()
}

fn is_post_certain(choice: &Choice<'_>) -> bool {
    !choice.is_guess && choice.rivals.is_empty()
}

fn add(draft: &mut Draft<'_>, stem: &str, choice: &Choice<'_>) {
    draft.add_outcome(stem, choice.pre, |outcome| {
        outcome.pre = is_pre_certain(choice).then(|| choice.pre.to_owned());
        outcome.post = is_post_certain(choice).then(|| choice.post.to_owned());
        if choice.is_certain() {
            outcome.others = choice.left_out.iter().map(|name| (visit_label(name), (*name).to_owned())).collect();
        }
    });
    tell(draft, choice, "pre", "post", choice.pre);
    let asked: Vec<&str> = [choice.pre, choice.post].iter().chain(&choice.pre_rivals).chain(&choice.rivals).copied().collect();
    draft.will_read(&asked);
}

/// Says which columns (or patterns of columns) are pre and post, or asks.
fn tell(draft: &mut Draft<'_>, choice: &Choice<'_>, pre_key: &str, post_key: &str, column: &str) {
    if choice.is_certain() {
        draft.assume(format!("pre is `{}`, post is `{}`", choice.pre, choice.post));
        if !choice.left_out.is_empty() {
            draft.assume(format!("the scores of further visits are read and kept, but not analysed: {}", choice.left_out.join(", ")));
        }
        return;
    }
    let hint = format!("state `{pre_key}` and `{post_key}` of this outcome");
    let listed = |names: &[&str]| names.iter().map(|name| text(name)).collect::<Vec<_>>().join(", ");
    let why = |rivals: &[&str], visit: &str, moment: &str| match rivals {
        [] => format!("the score {moment}"),
        rivals => format!("or {}: which visit is the {visit}?", listed(rivals)),
    };
    if choice.is_guess {
        // One question of two lines.
        let what = format!("`{}` and `{}`: which visits they belong to is not certain", choice.pre, choice.post);
        let line = format!("{pre_key} = {}", text(choice.pre));
        draft.ask_outcome(&line, &why(&choice.pre_rivals, "pre", "before"), column, &what, &hint);
        draft.also_answer(&format!("{post_key} = {}", text(choice.post)), &why(&choice.rivals, "post", "after"));
        return;
    }
    if !choice.pre_rivals.is_empty() {
        let what = format!("several visits could be the pre: {}, {}", choice.pre, choice.pre_rivals.join(", "));
        let line = format!("{pre_key} = {}", text(choice.pre));
        draft.ask_outcome(&line, &why(&choice.pre_rivals, "pre", "before"), choice.pre, &what, &hint);
    }
    if !choice.rivals.is_empty() {
        let what = format!("several visits could be the post of `{}`: {}, {}", choice.pre, choice.rivals.join(", "), choice.post);
        let line = format!("{post_key} = {}", text(choice.post));
        draft.ask_outcome(&line, &why(&choice.rivals, "post", "after"), choice.post, &what, &hint);
    }
}

/// What a column's name says besides its scale: `bdi_6m` is the visit `6m`.
fn visit_label(name: &str) -> String {
    let name = match (name.find("{i"), name.find('}')) {
        (Some(start), Some(end)) if start < end => format!("{}{}", &name[..start], &name[end + 1..]),
        _ => name.to_owned(),
    };
    let stem = split_twice(&name).or_else(|| split(&name)).map(|marked| marked.stem).unwrap_or_default();
    let rest = name.strip_prefix(stem.as_str()).or_else(|| name.strip_suffix(stem.as_str())).unwrap_or(&name);
    let label = rest.trim_matches(|letter: char| !letter.is_alphanumeric());
    if label.is_empty() { name } else { label.to_owned() }
}

/// Whether a header holds, for certain, scores of a pre and a post.
pub(super) fn has_scored_pairs(columns: &[HeaderColumn]) -> bool {
    let has_numbers = |name: &str| columns.iter().any(|column| column.name == name && column.has_numbers());
    let is_pair = |group: &Group| {
        let choice = choose(&group.members).filter(|choice| !choice.is_guess);
        choice.is_some_and(|choice| has_numbers(choice.pre) && has_numbers(choice.post))
            && !group.stems.iter().any(|stem| is_no_score(stem))
    };
    [Part::Code, Part::Text].into_iter().any(|part| groups(columns.iter(), part).iter().any(is_pair))
}

/// Whether a header holds a pre and a post of something.
pub(super) fn has_pairs(columns: &[HeaderColumn]) -> bool {
    [Part::Code, Part::Text].into_iter().any(|part| groups(columns.iter(), part).iter().any(|group| choose(&group.members).is_some()))
}

/// Columns by stem, in order of appearance. Those that find no partner are tried with both of the moments that they name.
fn groups<'h>(columns: impl Iterator<Item = &'h HeaderColumn>, part: Part) -> Vec<Group<'h>> {
    let marked: Vec<(&HeaderColumn, Marked)> = columns.filter_map(|column| Some((column, column.marked(part)?))).collect();
    let groups = by_stem(&marked, part);
    let alone: HashSet<&str> =
        groups.iter().filter(|group| choose(&group.members).is_none()).flat_map(|group| &group.members).map(|(name, _)| *name).collect();
    let twice = |column: &HeaderColumn| column.marked_twice(part).filter(|_| alone.contains(column.name.as_str()));
    if !marked.iter().any(|(column, _)| twice(column).is_some()) {
        return groups;
    }
    let marked: Vec<(&HeaderColumn, Marked)> = marked.into_iter().map(|(column, once)| (column, twice(column).unwrap_or(once))).collect();
    by_stem(&marked, part)
}

fn by_stem<'h>(columns: &[(&'h HeaderColumn, Marked)], part: Part) -> Vec<Group<'h>> {
    let mut groups: Vec<Group<'h>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (column, marked) in columns {
        let other = if part == Part::Code { Part::Text } else { Part::Code };
        let of_other = || [column.marked(other).map(|marked| marked.stem), Some(column.by(other).to_owned())];
        let by_other = if matches!(column.said, Said::Question { .. }) { of_other() } else { [None, None] };
        match known.get(&fold(&marked.stem)) {
            Some(at) => groups[*at].members.push((&column.name, marked.moment)),
            None => {
                known.insert(fold(&marked.stem), groups.len());
                let stems = std::iter::once(marked.stem.clone()).chain(by_other.into_iter().flatten()).collect();
                groups.push(Group { stems, members: vec![(&column.name, marked.moment)] });
            }
        }
    }
    groups
}
