//! Scores that are made of the items of a questionnaire.

use super::draft::{Draft, one_line};
use super::families::Family;
use crate::decimal::Decimal;
use crate::plan::write::text;
use crate::plan::{ItemScore, OutcomeSection};
use crate::trial::Instrument;

/// Names shown of the columns of one questionnaire.
const SHOWN: usize = 3;

/// What the catalogue says of a scale whose items are numbered in the header.
struct Known<'c> {
    instrument: &'c Instrument,
    range: [Decimal; 2],
    score: ItemScore,
    items: usize,
}

/// Adds an outcome scored from items, and asks what no header says: the answers allowed, and which items are reversed.
pub(super) fn add(draft: &mut Draft<'_>, scale: &str, items: usize, column: &str, fill: impl FnOnce(&mut OutcomeSection)) {
    let candidates = draft.candidates(scale);
    let known = known(&candidates, items);
    let named: Vec<&Instrument> = known.iter().map(|known| known.instrument).collect();
    draft.add_outcome_as(scale, column, &named, |outcome| {
        fill(outcome);
        outcome.items = u32::try_from(items).ok().filter(|_| known.as_ref().is_none_or(|known| known.items == items));
        outcome.item_range = known.as_ref().map(|known| known.range);
        outcome.score = Some(known.as_ref().map_or(ItemScore::Sum, |known| known.score));
    });
    let shown = |text: &str| format!("the score of {scale} is made from {items} items: {text}");
    match &known {
        Some(Known { range: [low, high], items: wanted, instrument, .. }) => {
            let abbreviation = &instrument.abbreviation;
            draft.assume(format!(
                "the score of {scale} is made from {wanted} items: each from {low} to {high}, as the range of the scale says"
            ));
            if *wanted != items {
                draft.ask_outcome(
                    &format!("items = {wanted}"),
                    &format!("{abbreviation} has {wanted} items; {items} columns are numbered: is the score made of the first {wanted}?"),
                    column,
                    &format!("{abbreviation} has {wanted} items, but {items} columns are numbered"),
                    "add `items` to this outcome: how many of them, from number 1, make the score",
                );
            }
        }
        None => {
            if let [only] = candidates.as_slice() {
                let of = only.items.map_or_else(String::new, |count| format!(" of {count} items"));
                let range = only.range.map_or_else(String::new, |range| format!(" from {} to {}", range.min, range.max));
                draft.assume(format!(
                    "{items} columns are numbered as items of {scale}; the catalogue's {} is a score{of}{range}, which they do not make as they stand",
                    only.abbreviation
                ));
            }
            draft.ask_outcome(
                "item_range = [0, 3]",
                "lowest and highest answer to one item",
                column,
                &shown("which answers does an item allow?"),
                "add `item_range` to this outcome",
            );
        }
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

/// Says of items of which a plan can make no score that they are left out, and what to do; without a total score in the plan it
/// is a question.
pub(super) fn leave(draft: &mut Draft<'_>, families: &[Family<'_>], has_totals: bool) {
    let (alone, unnamed): (Vec<&Family<'_>>, Vec<&Family<'_>>) = families.iter().partition(|family| family.pattern.is_some());
    let shown = |family: &&Family<'_>| {
        let names: Vec<&str> = family.members.iter().take(SHOWN).copied().collect();
        let more = if family.members.len() > SHOWN { ", …" } else { "" };
        format!("{} single items ({}{more})", family.members.len(), names.join(", "))
    };
    for (families, why) in [
        (alone, "no other visit has the same items"),
        (unnamed, "no pattern with `{i}` names them, because they are not numbered from 1 on and named alike otherwise"),
    ] {
        let found = families.iter().map(shown).collect::<Vec<_>>().join("; ");
        match (families.is_empty(), has_totals) {
            (true, _) => {}
            (false, true) => draft.assume(format!("left out: {found}; {why}")),
            (false, false) => draft.refuse(
                &format!("{found}: {why}"),
                "name them in the file like `phq9_pre_1` to `phq9_pre_9`, or add a column with the score; an export with question codes as headers may do",
            ),
        }
    }
}

/// The one scale that this many items make, or the first of them: its range must follow from answers that are all alike.
fn known<'c>(candidates: &[&'c Instrument], items: usize) -> Option<Known<'c>> {
    let [only] = candidates else { return None };
    let wanted = usize::try_from(only.items?).ok().filter(|wanted| *wanted <= items)?;
    let range = only.range.as_ref()?;
    let (range, score) = match only.score_kind.as_deref() {
        None | Some("total") => (per_item(range.min, range.max, wanted)?, ItemScore::Sum),
        Some("mean_item") => ([range.min, range.max], ItemScore::Mean),
        Some(_) => return None,
    };
    Some(Known { instrument: only, range, score, items: wanted })
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
    use crate::trial::Catalogue;

    #[test]
    fn the_range_of_an_item_follows_from_the_scale_only_where_it_divides() {
        let whole = Decimal::from_integer;
        assert_eq!(per_item(whole(0), whole(27), 9), Some([whole(0), whole(3)]));
        assert_eq!(per_item(whole(0), whole(63), 20), None);
    }

    #[test]
    fn a_scale_is_made_of_its_own_number_of_items() {
        let catalogue = Catalogue::embedded();
        let items_of = |name: &str, items: usize| known(&catalogue.matching(name), items).map(|known| (known.items, known.score));
        assert_eq!(items_of("phq9", 9), Some((9, ItemScore::Sum)));
        assert_eq!(items_of("phq9", 10), Some((9, ItemScore::Sum)));
        assert_eq!(items_of("phq9", 8), None);
        assert_eq!(items_of("brs", 6), Some((6, ItemScore::Mean)));
        // Neither is the sum of its answers.
        assert_eq!((items_of("psqi", 19), items_of("eq5d5l_index", 5)), (None, None));
    }
}
