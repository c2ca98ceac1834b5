//! Scores from items.

use std::collections::BTreeSet;

use super::Checker;
use crate::decimal::Decimal;
use crate::plan::{ItemPattern, Layout, OutcomeSection};
use crate::trial::ProblemCode;

const PATTERN: &str = "a column name with `{i}` where the item's number stands, like \"wb_pre_{i}\" or \"wb_pre_{i:02}\"";

pub(super) fn check(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection) {
    if outcome.is_from_items() {
        patterns(checker, path, outcome);
        rule(checker, path, outcome);
        answers(checker, path, outcome);
        ranges(checker, path, outcome);
        return;
    }
    let keys = [
        ("items", outcome.items.is_some()),
        ("item_range", outcome.item_range.is_some()),
        ("reverse", !outcome.reverse.is_empty()),
        ("score", outcome.score.is_some()),
        ("prorate", outcome.prorate.is_some()),
    ];
    for (key, _) in keys.into_iter().filter(|(_, is_there)| *is_there) {
        let what = format!("outcome `{}`: `{key}` is about items, but no item columns are named", outcome.id);
        checker.contradiction(&format!("{path}.{key}"), what, hint_for(checker.plan.layout()));
    }
}

/// Whether two outcomes make their scores of the same items.
pub(super) fn same_scores(one: &OutcomeSection, other: &OutcomeSection) -> bool {
    let patterns = |section: &OutcomeSection| (section.pre_items.clone(), section.post_items.clone(), section.value_items.clone());
    patterns(one) == patterns(other) && one.items == other.items
}

/// Which patterns the layout needs, and the columns they stand for.
fn patterns(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection) {
    let id = &outcome.id;
    let layout = checker.plan.layout();
    let hint = hint_for(layout);
    let both = matches!(layout, Layout::Wide) || layout == Layout::TwoFiles && outcome.value_items.is_none();
    let keys = [
        ("pre_items", &outcome.pre_items, both),
        ("post_items", &outcome.post_items, both),
        ("value_items", &outcome.value_items, !both && layout != Layout::Tidy),
    ];
    for (key, pattern, belongs) in keys {
        let at = format!("{path}.{key}");
        match pattern {
            Some(_) if !belongs => {
                checker.contradiction(&at, format!("outcome `{id}`: `{key}` has no place in this plan: {}", layout.label()), hint)
            }
            Some(pattern) if ItemPattern::parse(pattern).is_none() => {
                checker.invalid(&at, PATTERN, &format!("{pattern:?}"), None);
            }
            None if belongs && !checker.lines.has(&at) => {
                let what = format!("outcome `{id}`: expected `{key}`, the item columns of the {}, got nothing", layout.label());
                checker.push(ProblemCode::PlanMissingKey, path, what, Some(hint));
            }
            _ => {}
        }
    }
    let columns = [("pre", &outcome.pre), ("post", &outcome.post), ("value", &outcome.value), ("key", &outcome.key)];
    for (key, _) in columns.into_iter().filter(|(_, column)| column.is_some()) {
        let what = format!("outcome `{id}`: both items and `{key}` say where the score stands");
        checker.contradiction(&format!("{path}.{key}"), what, "keep one of the two");
    }
    if checker.plan.data.files_by_name.values().any(|own| own.value.is_some()) {
        let what = format!("outcome `{id}` is made of items, but `value` under [data.files_by_name] names a column of scores");
        checker.contradiction(path, what, "keep one of the two; `pre_items` and `post_items` name the items of each file");
    }
    for (visit, column) in outcome.others.iter().filter(|(_, column)| ItemPattern::parse(column).is_none()) {
        checker.invalid(&format!("{path}.others.{visit}"), PATTERN, &format!("{column:?}"), None);
    }
    shared_columns(checker, path, outcome, layout);
}

/// One column for two items, like `x{i}` and `x1{i}`, which both have an `x11`.
fn shared_columns(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection, layout: Layout) {
    let subject = (layout != Layout::TwoFiles).then(|| checker.plan.data.subject.clone());
    let mut taken: BTreeSet<String> = subject.into_iter().collect();
    let of_visits = [("pre_items", &outcome.pre_items), ("post_items", &outcome.post_items), ("value_items", &outcome.value_items)];
    let others = outcome.others.iter().map(|(visit, column)| (format!("others.{visit}"), column));
    let named = of_visits.into_iter().filter_map(|(key, pattern)| Some((key.to_owned(), pattern.as_ref()?))).chain(others);
    for (key, pattern) in named {
        let Some(pattern) = ItemPattern::parse(pattern) else { continue };
        if layout == Layout::TwoFiles {
            taken.clear();
        }
        let columns: Vec<String> = (1..=outcome.items.unwrap_or(0)).map(|number| pattern.column(number)).collect();
        if let Some(column) = columns.iter().find(|column| taken.contains(*column)) {
            let what = format!("outcome `{}`: the column `{column}` of `{key}` has another meaning, too", outcome.id);
            checker.contradiction(&format!("{path}.{key}"), what, "every item at every visit has a column of its own");
        }
        taken.extend(columns);
    }
}

/// How many items, which are reversed, and how many must be answered.
fn rule(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection) {
    let id = &outcome.id;
    let at = |key: &str| format!("{path}.{key}");
    match outcome.items {
        None if !checker.lines.has(&at("items")) => {
            let what = format!("outcome `{id}`: expected `items`, how many items there are, got nothing");
            checker.push(ProblemCode::PlanMissingKey, path, what, Some("add `items = 21`, say; they are numbered from 1"));
        }
        Some(0) => checker.invalid(&at("items"), "at least one item", "0", None),
        _ => {}
    }
    if !outcome.reverse.is_empty() && outcome.item_range.is_none() && !checker.lines.has(&at("item_range")) {
        let what = format!("outcome `{id}`: expected `item_range`, because a reversed answer is lowest + highest − answer, got nothing");
        checker.push(ProblemCode::PlanMissingKey, path, what, Some("add `item_range = [0, 3]`, say: the lowest and the highest answer"));
    }
    for (index, number) in outcome.reverse.iter().enumerate() {
        if outcome.reverse[..index].contains(number) {
            checker.contradiction(&at("reverse"), format!("outcome `{id}`: `reverse` names item {number} twice"), "name each once");
        } else if *number == 0 || outcome.items.is_some_and(|items| *number > items) {
            let expected = outcome.items.map_or("numbers from 1".to_owned(), |items| format!("numbers from 1 to {items}"));
            checker.invalid(&at("reverse"), &expected, &number.to_string(), Some("items are numbered from 1"));
        }
    }
    let share_of_all = |share: &Decimal| Decimal::from_integer(0) < *share && *share <= Decimal::from_integer(1);
    if let Some(share) = outcome.prorate.filter(|share| !share_of_all(share)) {
        let hint = "it is the least share of items answered, like 0.8";
        checker.invalid(&at("prorate"), "a share above 0 and up to 1", &share.to_string(), Some(hint));
    }
}

/// The range of an answer against itself, its step and the missing codes.
fn answers(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection) {
    let Some([min, max]) = outcome.item_range else { return };
    let id = &outcome.id;
    let at = format!("{path}.item_range");
    let step = outcome.step.unwrap_or(Decimal::from_integer(1));
    if min >= max {
        checker.invalid(&at, "two numbers, the lower first", &format!("[{min}, {max}]"), None);
        return;
    }
    if step > Decimal::from_integer(0) && !max.is_multiple(min, step) {
        let what = format!("outcome `{id}`: the answer {max} cannot be reached from {min} in steps of {step}");
        checker.contradiction(&at, what, "correct `item_range`, or declare the `step` of an answer");
    }
    for code in checker.plan.data.missing.iter().filter_map(|code| code.trim().parse::<Decimal>().ok()) {
        if min <= code && code <= max && code.is_multiple(min, step) {
            let what = format!(
                "outcome `{id}`: the missing code {code} lies in the range {min} to {max} of an answer: a real {code} could not be told from missing"
            );
            checker.contradiction(&at, what, "correct `item_range`, or `missing` under [data]; or recode the missing answers in the data");
        }
    }
}

/// The declared range of scores against the scores that the items can make.
fn ranges(checker: &mut Checker<'_>, path: &str, outcome: &OutcomeSection) {
    if let (Some([min, max]), Some(of_items)) = (outcome.range, outcome.range_of_items())
        && of_items.min <= of_items.max
        && (min < of_items.min || max > of_items.max)
    {
        let what = format!(
            "outcome `{}`: `range` is {min} to {max}, but the items make scores of {} to {}",
            outcome.id, of_items.min, of_items.max
        );
        checker.contradiction(&format!("{path}.range"), what, "correct `items`, `item_range`, `score` or `range`");
    }
}

fn hint_for(layout: Layout) -> &'static str {
    match layout {
        Layout::Wide => "the wide layout has item columns for each visit, `pre_items` and `post_items`",
        Layout::Long => "the long layout has one column an item, `value_items`, and the visit in `visit` under [data]",
        Layout::Tidy => "the tidy long layout has one score column; items need the long layout, with a column each",
        Layout::TwoFiles => "two files have one column an item, `value_items` where named alike in both, else `pre_items` and `post_items`",
    }
}
