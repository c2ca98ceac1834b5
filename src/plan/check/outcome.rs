//! `[[outcome]]`.

use super::{Checker, items};
use crate::decimal::Decimal;
use crate::plan::{Layout, OutcomeSection, WantedChange};
use crate::trial::{Direction, ProblemCode};

pub(super) fn check(checker: &mut Checker<'_>) {
    let plan = checker.plan;
    if plan.outcome.is_empty() {
        checker.missing("outcome", "at least one [[outcome]]", "add [[outcome]] with `id`, its columns and its `direction`");
    }
    for (index, outcome) in plan.outcome.iter().enumerate() {
        let path = format!("outcome[{index}]");
        name(checker, &path, outcome, &plan.outcome[..index]);
        columns(checker, &path, outcome, &plan.outcome[..index]);
        items::check(checker, &path, outcome);
        scale(checker, &path, outcome);
    }
}

fn name(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection, earlier: &[OutcomeSection]) {
    let id = &outcome.id;
    if id.trim().is_empty() || id.chars().any(char::is_control) {
        checker.invalid(&format!("{path}.id"), "a name without control characters", &format!("{id:?}"), None);
    } else if earlier.iter().any(|other| other.id == *id) {
        checker.contradiction(&format!("{path}.id"), format!("two outcomes have the id `{id}`"), "each outcome has an id of its own");
    }
}

/// The columns that the layout needs, and none that it does not.
fn columns(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection, earlier: &[OutcomeSection]) {
    let layout = checker.plan.layout();
    let id = &outcome.id;
    let present = [
        ("pre", outcome.pre.is_some(), matches!(layout, Layout::Wide | Layout::TwoFiles)),
        ("post", outcome.post.is_some(), matches!(layout, Layout::Wide | Layout::TwoFiles)),
        ("value", outcome.value.is_some(), !matches!(layout, Layout::Wide)),
        ("key", outcome.key.is_some(), matches!(layout, Layout::Tidy)),
        ("others", !outcome.others.is_empty(), matches!(layout, Layout::Wide)),
    ];
    // Two files may name the column of each: then both are needed, and no `value`.
    let by_file = layout == Layout::TwoFiles && (outcome.pre.is_some() || outcome.post.is_some());
    for (key, is_there, belongs) in present {
        let required = belongs
            && !outcome.is_from_items()
            && match key {
                "pre" | "post" => layout == Layout::Wide || by_file,
                "value" => layout != Layout::Tidy && !by_file && !has_value_by_file(checker),
                _ => false,
            };
        if is_there && !belongs {
            let what = format!("outcome `{id}`: `{key}` has no place in the {}", layout.label());
            checker.contradiction(&format!("{path}.{key}"), what, hint_for(layout));
        } else if required && !is_there && !checker.lines.has(&format!("{path}.{key}")) {
            let what = format!("outcome `{id}`: expected `{key}`, a column of the {}, got nothing", layout.label());
            checker.push(ProblemCode::PlanMissingKey, path, what, Some(hint_for(layout)));
        }
    }
    if let (Some(pre), Some(post)) = (&outcome.pre, &outcome.post)
        && pre == post
        && layout == Layout::Wide
    {
        checker.contradiction(
            &format!("{path}.post"),
            format!("outcome `{id}`: pre and post are the same column, `{pre}`"),
            hint_for(layout),
        );
    }
    for (visit, column) in outcome.others.iter().filter(|(_, column)| [&outcome.pre, &outcome.post].contains(&&Some((*column).clone()))) {
        let what = format!("outcome `{id}`: the column of visit `{visit}`, `{column}`, is that of pre or post");
        checker.contradiction(&format!("{path}.others"), what, "`others` are the visits besides these two");
    }
    let subject = &checker.plan.data.subject;
    for (key, column) in [("pre", &outcome.pre), ("post", &outcome.post), ("value", &outcome.value)] {
        if column.as_ref().is_some_and(|column| column == subject) {
            let what = format!("outcome `{id}`: `{subject}` is the column of the subject id");
            checker.contradiction(&format!("{path}.{key}"), what, "name the column of the score");
        }
    }
    if layout == Layout::Tidy {
        let value = &checker.plan.data.value;
        if outcome.value.is_some() && outcome.value != *value {
            let what = format!("outcome `{id}`: `value` differs from that of [data]");
            checker.contradiction(&format!("{path}.value"), what, "in the tidy long layout all scores stand in one column");
        }
        if outcome.is_every_value() && checker.plan.outcome.len() > 1 {
            let what = format!("outcome `{id}`: `key = \"*\"` stands for every outcome, so there can be no other [[outcome]]");
            checker.contradiction(&format!("{path}.key"), what, "name every key, or keep only this outcome");
        }
    }
    let same = |other: &&OutcomeSection| match layout {
        _ if outcome.is_from_items() => items::same_scores(outcome, other),
        Layout::Wide => outcome.pre.is_some() && outcome.post.is_some() && other.pre == outcome.pre && other.post == outcome.post,
        Layout::TwoFiles if by_file => {
            outcome.pre.is_some() && other.pre == outcome.pre || outcome.post.is_some() && other.post == outcome.post
        }
        Layout::Long | Layout::TwoFiles => outcome.value.is_some() && other.value == outcome.value,
        Layout::Tidy => other.key_or_id() == outcome.key_or_id(),
    };
    if let Some(other) = earlier.iter().find(same) {
        let what = format!("outcomes `{}` and `{id}` read the same scores", other.id);
        checker.contradiction(path, what, "each outcome has scores of its own");
    } else if layout == Layout::Wide {
        shared_column(checker, path, outcome, earlier);
    }
}

/// One column as the post score of two outcomes, or as a score on two scales. One baseline may serve several outcomes of
/// one scale, and the post score of one be the baseline of a later phase.
fn shared_column(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection, earlier: &[OutcomeSection]) {
    let named = |section: &'_ OutcomeSection| -> Vec<(&'static str, String)> {
        let both = [("pre", &section.pre), ("post", &section.post)];
        let both = both.into_iter().filter_map(|(key, column)| Some((key, column.clone()?)));
        both.chain(section.others.values().map(|column| ("others", column.clone()))).collect()
    };
    for other in earlier {
        let on_two_scales = outcome.instrument != other.instrument || outcome.range != other.range || outcome.direction != other.direction;
        let theirs = named(other);
        let shared = named(outcome).into_iter().find(|(key, column)| {
            theirs
                .iter()
                .any(|(their_key, their_column)| their_column == column && (on_two_scales || (*key, *their_key) == ("post", "post")))
        });
        if let Some((key, column)) = shared {
            let what = format!("outcomes `{}` and `{}` both have the column `{column}`", other.id, outcome.id);
            checker.contradiction(&format!("{path}.{key}"), what, "name the column of this outcome's own score");
            return;
        }
    }
}

/// Whether both files of the two-file layout name the score column themselves.
fn has_value_by_file(checker: &Checker<'_>) -> bool {
    let data = &checker.plan.data;
    let own = |file: &Option<String>| file.as_deref().and_then(|file| data.override_of(file)).is_some_and(|own| own.value.is_some());
    own(&data.pre) && own(&data.post)
}

fn hint_for(layout: Layout) -> &'static str {
    match layout {
        Layout::Wide => "the wide layout has two columns an outcome, `pre` and `post`; `visit` under [data] makes it long",
        Layout::Long => "the long layout has one column an outcome, `value`, and the visit in `visit` under [data]",
        Layout::Tidy => "the tidy long layout has one score column, `value` under [data], and each outcome's `key`",
        Layout::TwoFiles => "two files have one column an outcome: `value` where it is named alike in both, else `pre` and `post`",
    }
}

/// Range, step, direction and missing codes against one another.
fn scale(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection) {
    let id = &outcome.id;
    let one = Decimal::from_integer(1);
    let zero = Decimal::from_integer(0);
    if let Some(step) = outcome.step
        && step <= zero
    {
        checker.invalid(&format!("{path}.step"), "a number above 0", &step.to_string(), None);
        return;
    }
    if outcome.integer == Some(true) && outcome.step.is_some_and(|step| step != one) {
        let what = format!("outcome `{id}`: `integer = true` means steps of 1, but `step` says otherwise");
        checker.contradiction(&format!("{path}.step"), what, "keep one of the two");
    }
    let step = outcome.step.or((outcome.integer == Some(true)).then_some(one));
    if let Some([min, max]) = outcome.range {
        let at = format!("{path}.range");
        if min >= max {
            checker.invalid(&at, "two numbers, the lower first", &format!("[{min}, {max}]"), None);
        } else {
            if let Some(step) = step.filter(|step| !max.is_multiple(min, *step)) {
                let what = format!("outcome `{id}`: {max} cannot be reached from {min} in steps of {step}");
                checker.contradiction(&at, what, "correct `range` or `step`");
            }
            // Where scores are made of items no cell holds a total, so that a code cannot be mistaken for one.
            let missing: &[String] = if outcome.is_from_items() { &[] } else { &checker.plan.data.missing };
            let codes = missing.iter().filter_map(|code| code.trim().parse::<Decimal>().ok());
            for code in codes.filter(|code| min <= *code && *code <= max && step.is_none_or(|step| code.is_multiple(min, step))) {
                let what = format!(
                    "outcome `{id}`: the missing code {code} lies in the range {min} to {max}: a real {code} could not be told from missing"
                );
                checker.contradiction(&at, what, "correct `range`, or `missing` under [data]; or recode the missing scores in the data");
            }
        }
    }
    let one_sided = checker.plan.analysis.alternative != WantedChange::TwoSided;
    if one_sided && outcome.direction == Some(Direction::None) {
        let what = format!("outcome `{id}`: a one-sided alternative needs a better direction, but `direction` is \"none\"");
        checker.contradiction(&format!("{path}.direction"), what, "set alternative = \"two-sided\" under [analysis], or a direction");
    }
}
