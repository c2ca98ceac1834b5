//! The labels of a visit column: which are one visit in several spellings, which are pre and post.

use super::choose::{Choice, choose};
use super::draft::{Draft, one_line};
use super::file::HeaderColumn;
use super::names::is_visit;
use crate::plan::moment::{Moment, of_label};
use crate::plan::write::{one_or_more, text};
use crate::plan::{OneOrMore, VisitsSection};
use crate::trial::fold;

/// The pre and the post among the labels of a column.
pub(super) fn choice(column: &HeaderColumn) -> Option<Choice<'_>> {
    let members: Vec<(&str, Moment)> = spellings(column).iter().filter_map(|same| Some((same[0], of_label(same[0])?))).collect();
    choose(&members)
}

/// The labels that differ in case, width, spaces and hyphens only, together. A hyphen before a number may be a minus.
fn spellings(column: &HeaderColumn) -> Vec<Vec<&str>> {
    let signs =
        |label: &str| label.match_indices(['-', '\u{2212}']).filter(|(at, mark)| starts_with_digit(&label[at + mark.len()..])).count();
    let mut found: Vec<Vec<&str>> = Vec::new();
    for label in column.distinct.iter().map(String::as_str) {
        let is_same = |other: &str| !fold(label).is_empty() && fold(other) == fold(label) && signs(other) == signs(label);
        match found.iter_mut().find(|same| is_same(same[0])) {
            Some(same) => same.push(label),
            None => found.push(vec![label]),
        }
    }
    found
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

/// Every spelling of the visit called `label`.
fn all(column: &HeaderColumn, label: &str) -> OneOrMore {
    match spellings(column).into_iter().find(|same| same[0] == label) {
        Some(same) if same.len() > 1 => OneOrMore::More(same.into_iter().map(str::to_owned).collect()),
        _ => label.into(),
    }
}

/// The one value that a plan writes for labels.
fn shown(column: &HeaderColumn, label: &str) -> String {
    one_or_more(&all(column, label))
}

/// Writes the visits down, or asks for them. Where the column is not called a visit, it asks.
pub(super) fn settle(draft: &mut Draft<'_>, visit: &HeaderColumn, is_named: bool) {
    draft.plan.data.visit = Some(visit.name.clone());
    if ask_arm(draft, visit) {
        return;
    }
    if !is_named && !visit.called().any(is_visit) {
        draft.assume(format!("column `{}` is taken for the visit, because it tells the rows of each subject apart", visit.name));
    }
    let Some(choice) = choice(visit).filter(|_| is_named) else {
        ask_all(draft, visit);
        return;
    };
    let hint = "state `pre` and `post` under [visits]";
    let listed = |labels: &[&str]| labels.iter().map(|label| shown(visit, label)).collect::<Vec<_>>().join(", ");
    let line = |key: &str, label: &str| format!("{key} = {}", shown(visit, label));
    let why = |rivals: &[&str], of: &str| if rivals.is_empty() { of.to_owned() } else { format!("or {}: {of}", listed(rivals)) };
    if choice.is_guess {
        let what = format!("no visit is called the first: `{}` may be a later one", choice.pre);
        let earliest = why(&choice.pre_rivals, "the visit before; the earliest that was found");
        draft.ask_visits(&line("pre", choice.pre), &earliest, &visit.name, &what, hint);
        draft.remarks.visits.push(format!(
            "# ANSWER: {}   # {}",
            line("post", choice.post),
            one_line(&why(&choice.rivals, "the visit after"))
        ));
    } else if choice.is_certain() {
        let others = || choice.left_out.iter().filter_map(|label| spellings(visit).into_iter().find(|same| same[0] == *label));
        let others: Vec<String> = others().flatten().map(str::to_owned).collect();
        if !others.is_empty() {
            draft.assume(format!("the scores of further visits are read and kept, but not analysed: {}", others.join(", ")));
        }
        draft.plan.visits = Some(VisitsSection { pre: all(visit, choice.pre), post: all(visit, choice.post), others });
        draft.assume(format!("column `{}` holds the visit: pre is `{}`, post is `{}`", visit.name, choice.pre, choice.post));
    } else {
        for (key, label, rivals) in [("pre", choice.pre, &choice.pre_rivals), ("post", choice.post, &choice.rivals)] {
            if rivals.is_empty() {
                draft.assume(format!("column `{}` holds the visit: {key} is `{label}`", visit.name));
                draft.remarks.visits.push(line(key, label));
                continue;
            }
            let why = format!("or {}: which visit is the {key}?", listed(rivals));
            let what = format!("several visits could be the {key}: {label}, {}", rivals.join(", "));
            draft.ask_visits(&line(key, label), &why, &visit.name, &what, hint);
        }
    }
    let is_named = |label: &str| {
        [choice.pre, choice.post]
            .iter()
            .chain(&choice.pre_rivals)
            .chain(&choice.rivals)
            .chain(&choice.left_out)
            .any(|known| *known == label)
    };
    let spellings = spellings(visit);
    let left_out: Vec<&str> = spellings.iter().map(|same| same[0]).filter(|label| !is_named(label)).collect();
    if !left_out.is_empty() {
        draft.assume(format!("other visits are left out: {}", left_out.join(", ")));
    }
    let several: Vec<String> = spellings.iter().filter(|same| same.len() > 1).map(|same| same.join("`, `")).collect();
    if !several.is_empty() {
        draft.assume(format!("taken as one visit in several spellings: `{}`", several.join("`; `")));
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
pub(super) fn arm(label: &str) -> Option<&str> {
    if let Some((_, arm)) = label.strip_suffix(')').and_then(|label| label.rsplit_once(" (Arm ")) {
        return Some(&label[label.len() - 1 - arm.len() - "Arm ".len()..label.len() - 1]);
    }
    let (_, number) = label.rsplit_once("_arm_")?;
    let is_arm = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_arm.then(|| &label[label.len() - number.len() - "arm_".len()..])
}

/// Asks for the visits where the labels do not say which is which.
fn ask_all(draft: &mut Draft<'_>, visit: &HeaderColumn) {
    let mut labels: Vec<&str> = spellings(visit).iter().map(|same| same[0]).collect();
    let number = |label: &str| label.trim().parse::<f64>().ok();
    if labels.iter().all(|label| number(label).is_some()) {
        labels.sort_by(|a, b| number(a).unwrap_or(0.0).total_cmp(&number(b).unwrap_or(0.0)));
    }
    let (Some(first), last) = (labels.first(), labels.last()) else {
        let why = "no label was found";
        draft.ask_visits("pre = \"\"", why, &visit.name, why, "state `pre` and `post` under [visits]");
        return;
    };
    let found = one_line(&labels.iter().map(|label| text(label)).collect::<Vec<_>>().join(", "));
    draft.ask_visits(
        &format!("pre = {}", shown(visit, first)),
        &format!("the visit before; found in `{}`: {found}", one_line(&visit.name)),
        &visit.name,
        &format!("the visits are {found}: which is the pre, which the post?"),
        "state `pre` and `post` under [visits]",
    );
    if let Some(last) = last.filter(|_| labels.len() > 1) {
        draft.remarks.visits.push(format!("# ANSWER: post = {}   # the visit after", shown(visit, last)));
    }
}
