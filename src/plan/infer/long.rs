//! Long layouts: one row a subject and visit (and outcome, where tidy).

use super::choose::{Choice, choose};
use super::draft::{Draft, one_line};
use super::file::HeaderColumn;
use super::names::{is_no_score, is_outcome, is_value, is_visit};
use super::{dates, items, subject};
use crate::plan::VisitsSection;
use crate::plan::moment::{Moment, of_label, split};
use crate::plan::write::text;

/// The column of the visit: called like one, or holding labels that speak of before and after. Where each subject has
/// one row only there is none.
pub(super) fn visit_column<'h>(columns: &'h [HeaderColumn], subject: Option<&HeaderColumn>) -> Option<&'h HeaderColumn> {
    if subject.is_some_and(|column| column.unique) {
        return None;
    }
    let others = || columns.iter().filter(|column| subject.is_none_or(|subject| subject.name != column.name) && !column.unique);
    let by_name = others().find(|column| is_visit(&column.name) && labels(column).is_some());
    // Of several arms there is no one pair of visits, but the events are still the visits.
    let by_arms = others().find(|column| is_visit(&column.name) && column.distinct.iter().any(|label| arm(label).is_some()));
    by_name.or(by_arms).or_else(|| {
        others().find(|column| {
            // Numbers alone (sex 1, 2) prove nothing under another name.
            let says_pre = column.distinct.iter().any(|label| split(label).is_some_and(|marked| marked.moment == Moment::Pre));
            !column.numeric && says_pre && labels(column).is_some()
        })
    })
}

fn labels(column: &HeaderColumn) -> Option<Choice<'_>> {
    let members: Vec<(&str, Moment)> = column.distinct.iter().filter_map(|label| Some((label.as_str(), of_label(label)?))).collect();
    choose(&members)
}

pub(super) fn infer(draft: &mut Draft<'_>, columns: &[HeaderColumn], found: Option<&HeaderColumn>, visit: &HeaderColumn) {
    subject::settle(draft, columns, found, false);
    visits(draft, visit);
    let taken: Vec<&str> = found.map(|column| column.name.as_str()).into_iter().chain([visit.name.as_str()]).collect();
    let rest: Vec<&HeaderColumn> = columns.iter().filter(|column| !taken.contains(&column.name.as_str())).collect();
    let scores: Vec<&HeaderColumn> = rest
        .iter()
        .copied()
        .filter(|column| (column.has_numbers() || !draft.candidates(&column.name).is_empty()) && !is_no_score(&column.name))
        .collect();
    let mut used = taken;
    match tidy(draft, &rest, &scores) {
        Some((names, value)) => {
            draft.plan.data.outcome_column = Some(names.name.clone());
            draft.plan.data.value = Some(value.name.clone());
            draft.assume(format!("column `{}` names the outcome, column `{}` holds the score", names.name, value.name));
            for key in &names.distinct {
                draft.add_outcome(key, key, |outcome| outcome.key = Some(key.clone()));
            }
            used.extend([names.name.as_str(), value.name.as_str()]);
        }
        None => {
            let names: Vec<&str> = scores.iter().map(|score| score.name.as_str()).collect();
            let families = items::families(&names);
            let totals: Vec<&str> = names.into_iter().filter(|name| !families.iter().any(|family| family.members.contains(name))).collect();
            let totals = draft.known_scales(totals, str::to_owned);
            for name in &totals {
                draft.add_outcome(name, name, |outcome| outcome.value = Some((*name).to_owned()));
                used.push(name);
            }
            for family in &families {
                let (scale, count) = (family.scale(), family.members.len());
                used.extend(&family.members);
                if totals.is_empty() {
                    items::add(draft, &scale, count, family.members[0], |outcome| outcome.value_items = Some(family.pattern.clone()));
                } else {
                    items::propose(draft, &scale, count, &[("value_items", &family.pattern)]);
                }
            }
        }
    }
    dates::long(draft, columns);
    used.extend(columns.iter().map(|column| column.name.as_str()).filter(|name| draft.plan.data.date.as_deref() == Some(*name)));
    draft.not_used(columns, &used);
}

/// The column that names the outcome and the one score column beside it.
fn tidy<'h>(draft: &Draft<'_>, rest: &[&'h HeaderColumn], scores: &[&'h HeaderColumn]) -> Option<(&'h HeaderColumn, &'h HeaderColumn)> {
    let names_outcomes = |column: &HeaderColumn| {
        !column.numeric
            && !column.distinct.is_empty()
            && (is_outcome(&column.name) || column.distinct.iter().any(|value| !draft.candidates(value).is_empty()))
    };
    let names = rest.iter().copied().find(|column| names_outcomes(column))?;
    let others: Vec<&HeaderColumn> = scores.iter().copied().filter(|column| column.name != names.name).collect();
    match others.as_slice() {
        [only] => Some((names, only)),
        several => several.iter().find(|column| is_value(&column.name)).map(|value| (names, *value)),
    }
}

/// REDCap gives each arm events of its own. Which arm is the trial's, or whether they are taken together, is not in the data.
fn ask_arm(draft: &mut Draft<'_>, visit: &HeaderColumn) -> bool {
    let mut arms: Vec<(&str, Vec<&str>)> = Vec::new();
    for label in visit.distinct.iter().map(String::as_str) {
        let Some(arm) = arm(label) else { continue };
        match arms.iter_mut().find(|(known, _)| *known == arm) {
            Some((_, events)) => events.push(label),
            None => arms.push((arm, vec![label])),
        }
    }
    if arms.len() < 2 {
        return false;
    }
    let moments = |events: &[&str], wanted: usize| {
        let members: Vec<(&str, Moment)> = events.iter().filter_map(|label| Some((*label, of_label(label)?))).collect();
        choose(&members).map(|choice| text(if wanted == 0 { choice.pre } else { choice.post }))
    };
    let Some((arm, events)) = arms.iter().find(|(_, events)| moments(events, 0).is_some()) else { return false };
    let names: Vec<&str> = arms.iter().map(|(arm, _)| *arm).collect();
    let (Some(pre), Some(post)) = (moments(events, 0), moments(events, 1)) else { return false };
    draft.ask_visits(
        &format!("pre = {pre}"),
        &format!("the events are those of several arms ({}): which arm is analysed?", names.join("; ")),
        &visit.name,
        &format!("the events are those of several arms: {}", names.join("; ")),
        "state `pre` and `post` of one arm under [visits]; a list takes arms together, like pre = [\"a\", \"b\"]",
    );
    draft.remarks.visits.push(format!("# ANSWER: post = {post}   # of {}", one_line(arm)));
    true
}

/// `baseline_arm_1` → `arm_1`; `Baseline (Arm 1: Waiting list)` → `Arm 1: Waiting list`.
fn arm(label: &str) -> Option<&str> {
    if let Some((_, arm)) = label.strip_suffix(')').and_then(|label| label.rsplit_once(" (Arm ")) {
        return Some(&label[label.len() - 1 - arm.len() - "Arm ".len()..label.len() - 1]);
    }
    let (_, number) = label.rsplit_once("_arm_")?;
    let is_arm = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_arm.then(|| &label[label.len() - number.len() - "arm_".len()..])
}

/// Asks for the visits where the labels do not say which is which.
fn ask_labels(draft: &mut Draft<'_>, visit: &HeaderColumn) {
    let found: Vec<String> = visit.distinct.iter().map(|label| text(label)).collect();
    let (Some(first), last) = (found.first(), found.last()) else {
        let why = "no label was found";
        draft.ask_visits("pre = \"\"", why, &visit.name, why, "state `pre` and `post` under [visits]");
        return;
    };
    let line = |name: &str, label: &str| format!("{name} = {label}");
    let all = one_line(&found.join(", "));
    draft.ask_visits(
        &line("pre", first),
        &format!("the visit before; found: {all}"),
        &visit.name,
        &format!("the visits are {all}: which is the pre, which the post?"),
        "state `pre` and `post` under [visits]",
    );
    if let Some(last) = last.filter(|_| found.len() > 1) {
        draft.remarks.visits.push(format!("# ANSWER: {}   # the visit after", line("post", last)));
    }
}

fn visits(draft: &mut Draft<'_>, visit: &HeaderColumn) {
    draft.plan.data.visit = Some(visit.name.clone());
    if ask_arm(draft, visit) {
        return;
    }
    let Some(choice) = labels(visit) else {
        ask_labels(draft, visit);
        return;
    };
    let rivals: Vec<String> = choice.rivals.iter().map(|label| text(label)).collect();
    if choice.is_guess {
        let hint = "state `pre` and `post` under [visits]";
        let what = format!("no visit is called the first: `{}` may be a later one", choice.pre);
        draft.ask_visits(&format!("pre = {}", text(choice.pre)), "the visit before; the earliest that was found", &visit.name, &what, hint);
        let why = if rivals.is_empty() { "the visit after".to_owned() } else { format!("or {}: the visit after", rivals.join(", ")) };
        draft.remarks.visits.push(format!("# ANSWER: post = {}   # {}", text(choice.post), one_line(&why)));
    } else if rivals.is_empty() {
        let others: Vec<String> = choice.left_out.iter().map(|label| (*label).to_owned()).collect();
        if !others.is_empty() {
            draft.assume(format!("the scores of further visits are read and kept, but not analysed: {}", others.join(", ")));
        }
        draft.plan.visits = Some(VisitsSection { pre: choice.pre.into(), post: choice.post.into(), others });
        draft.assume(format!("column `{}` holds the visit: pre is `{}`, post is `{}`", visit.name, choice.pre, choice.post));
    } else {
        draft.assume(format!("column `{}` holds the visit: pre is `{}`", visit.name, choice.pre));
        draft.remarks.visits.push(format!("pre = {}", text(choice.pre)));
        draft.ask_visits(
            &format!("post = {}", text(choice.post)),
            &format!("or {}: which visit is the post?", rivals.join(", ")),
            &visit.name,
            &format!("several visits could be the post: {}, {}", choice.post, choice.rivals.join(", ")),
            "state `pre` and `post` under [visits]",
        );
    }
    let left_out: Vec<&str> = visit
        .distinct
        .iter()
        .map(String::as_str)
        .filter(|label| *label != choice.pre && *label != choice.post && !choice.rivals.contains(label) && !choice.left_out.contains(label))
        .collect();
    if !left_out.is_empty() {
        draft.assume(format!("other visits are left out: {}", left_out.join(", ")));
    }
}
