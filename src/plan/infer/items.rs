//! Single items of a questionnaire: columns that differ in their number only (`phq9_pre_1` … `phq9_pre_9`).

use super::draft::{Draft, one_line};
use crate::decimal::Decimal;
use crate::plan::moment::{Moment, split};
use crate::plan::write::text;
use crate::plan::{ItemScore, OutcomeSection};

/// Fewer columns than this are no questionnaire.
const LEAST: usize = 3;

/// Columns numbered from 1 without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Family<'h> {
    /// The name with `{i}` for the number.
    pub pattern: String,
    /// The name without the number.
    pub base: String,
    /// In order of their number.
    pub members: Vec<&'h str>,
}

impl Family<'_> {
    /// Its scale and visit: `phq9_pre_{i}` is `phq9` at pre.
    pub fn marked(&self) -> Option<(String, Moment)> {
        let marked = split(&self.base).filter(|marked| !marked.stem.is_empty() && !matches!(marked.moment, Moment::Bare(_)))?;
        Some((marked.stem, marked.moment))
    }

    /// Its scale, where it names no visit.
    pub fn scale(&self) -> String {
        self.base.trim_end_matches(|letter: char| !letter.is_alphanumeric()).to_owned()
    }
}

/// The families among these names. A name belongs to one: the longest, or the one that counts at the end.
pub(super) fn families<'h>(names: &[&'h str]) -> Vec<Family<'h>> {
    /// The members of a pattern, each with its number.
    type Numbered<'h> = Vec<(usize, &'h str)>;
    let mut found: Vec<(String, String, Numbered<'h>)> = Vec::new();
    for name in names {
        for (start, end) in digit_runs(name) {
            let Ok(number) = name[start..end].parse() else { continue };
            if name[start..].starts_with('0') {
                continue;
            }
            let pattern = format!("{}{{i}}{}", &name[..start], &name[end..]);
            match found.iter_mut().find(|(known, ..)| *known == pattern) {
                Some((.., members)) => members.push((number, name)),
                None => found.push((pattern, format!("{}{}", &name[..start], &name[end..]), vec![(number, name)])),
            }
        }
    }
    let mut families: Vec<Family> = found
        .into_iter()
        .filter_map(|(pattern, base, mut members)| {
            members.sort_unstable();
            let counts = members.iter().enumerate().all(|(index, (number, _))| *number == index + 1);
            (counts && members.len() >= LEAST).then(|| Family {
                pattern,
                base,
                members: members.into_iter().map(|(_, name)| name).collect(),
            })
        })
        .collect();
    // `phq9_1_t1` counts items by its first number and visits by its second.
    families.sort_by_key(|family| std::cmp::Reverse((family.marked().is_some(), family.members.len())));
    let mut taken: Vec<&str> = Vec::new();
    families.retain(|family| {
        let free = family.members.iter().all(|member| !taken.contains(member));
        if free {
            taken.extend(&family.members);
        }
        free
    });
    families.sort_by_key(|family| names.iter().position(|name| Some(name) == family.members.first()));
    families
}

fn digit_runs(name: &str) -> Vec<(usize, usize)> {
    let bytes = name.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length > 0 {
            runs.push((at, at + length));
        }
        at += length.max(1);
    }
    runs
}

/// Adds an outcome scored from items, and asks what no header says: the answers allowed, and which items are reversed.
pub(super) fn add(draft: &mut Draft<'_>, scale: &str, items: usize, column: &str, fill: impl FnOnce(&mut OutcomeSection)) {
    let range = match draft.candidates(scale).as_slice() {
        [only] => only.range.as_ref().and_then(|range| per_item(range.min, range.max, items)),
        _ => None,
    };
    draft.add_outcome(scale, column, |outcome| {
        fill(outcome);
        outcome.items = u32::try_from(items).ok();
        outcome.item_range = range;
        outcome.score = Some(ItemScore::Sum);
    });
    let shown = |text: &str| format!("the score of {scale} is made from {items} items: {text}");
    match range {
        Some([low, high]) => draft.assume(shown(&format!("each from {low} to {high}, as the range of the scale says"))),
        None => draft.ask_outcome(
            "item_range = [0, 3]",
            "lowest and highest answer to one item",
            column,
            &shown("which answers does an item allow?"),
            "add `item_range` to this outcome",
        ),
    }
    draft.ask_outcome(
        "reverse = []",
        "numbers of the reverse-keyed items, like [2, 4]; [] where there are none",
        column,
        &shown("which items are reverse-keyed?"),
        "add `reverse` to this outcome; `reverse = []` where there are none",
    );
}

/// The same lines as a comment, where the plan has total scores already.
pub(super) fn propose(draft: &mut Draft<'_>, scale: &str, items: usize, lines: &[(&str, &str)]) {
    let keys: Vec<String> = lines.iter().map(|(key, pattern)| format!("{key} = {}", text(pattern))).collect();
    draft.remarks.before_outcomes.push(format!(
        "# {items} single items of {} are left out. To score them: {}, items = {items}, item_range, reverse.",
        one_line(scale),
        keys.join(", ")
    ));
}

/// The range of one of `items` equal items whose sum has this range.
fn per_item(min: Decimal, max: Decimal, items: usize) -> Option<[Decimal; 2]> {
    let items = i64::try_from(items).ok().filter(|items| *items > 0)?;
    let share = |end: Decimal| {
        let whole = end.units(0)?;
        (whole % items == 0).then(|| Decimal::new(whole / items, 0)).flatten()
    };
    Some([share(min)?, share(max)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(names: &[String]) -> Vec<(String, Option<(String, Moment)>)> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        families(&names).into_iter().map(|family| (family.pattern.clone(), family.marked())).collect()
    }

    #[test]
    fn items_are_told_from_visits() {
        let names = |f: &dyn Fn(u32, u32) -> String| {
            (1..=3).flat_map(|visit| (1..=9).map(move |item| (visit, item))).map(|(v, i)| f(v, i)).collect::<Vec<_>>()
        };
        let of = |pattern: &str, day: u32| (pattern.to_owned(), Some(("phq9".to_owned(), Moment::Ordinal(day))));
        assert_eq!(
            patterns(&names(&|visit, item| format!("phq9_{item}_t{visit}"))),
            [of("phq9_{i}_t1", 1), of("phq9_{i}_t2", 2), of("phq9_{i}_t3", 3)]
        );
    }

    #[test]
    fn two_columns_and_gaps_are_no_questionnaire() {
        assert!(patterns(&["a1", "a2", "b1", "b3", "b4", "c01", "c02", "c03"].map(str::to_owned)).is_empty());
        assert_eq!(patterns(&["q1", "q3", "q2"].map(str::to_owned)), [("q{i}".to_owned(), None)]);
    }

    #[test]
    fn the_range_of_an_item_follows_from_the_scale_only_where_it_divides() {
        let whole = Decimal::from_integer;
        assert_eq!(per_item(whole(0), whole(27), 9), Some([whole(0), whole(3)]));
        assert_eq!(per_item(whole(0), whole(63), 20), None);
    }
}
