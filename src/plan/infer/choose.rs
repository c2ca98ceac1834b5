//! Which of several moments are pre and post.

use crate::plan::moment::{Moment, is_before_baseline, is_follow_up};

/// The pre and the post among names of one stem, or the candidates where it is not certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice<'n> {
    pub pre: &'n str,
    /// Other names that may be the pre as well; empty where it is certain.
    pub pre_rivals: Vec<&'n str>,
    pub post: &'n str,
    /// Other names that may be the post as well; empty where it is certain.
    pub rivals: Vec<&'n str>,
    /// Whether even the pre is only a guess (`_1` and `_2`, `week 4` and `week 12`).
    pub is_guess: bool,
    /// Later or other moments that are left out.
    pub left_out: Vec<&'n str>,
}

impl Choice<'_> {
    /// Whether nothing about it must be asked.
    pub fn is_certain(&self) -> bool {
        !self.is_guess && self.pre_rivals.is_empty() && self.rivals.is_empty()
    }
}

/// Chooses; `None` where there are no two moments to pair.
pub(super) fn choose<'n>(members: &[(&'n str, Moment)]) -> Option<Choice<'n>> {
    let of = |wanted: Moment| members.iter().filter(move |(_, moment)| *moment == wanted).map(|(name, _)| *name).collect::<Vec<_>>();
    let (mut pres, mut posts) = (of(Moment::Pre), of(Moment::Post));
    // The baseline before what led to it, the end of the programme before what came after it.
    pres.sort_by_key(|name| is_before_baseline(name));
    posts.sort_by_key(|name| is_follow_up(name));
    let Order { names: numbered, is_certain, is_bare } = order(members)?;
    let names = |from: usize| numbered.get(from..).unwrap_or_default().to_vec();
    let certain = |pre, post, left_out| Choice { pre, pre_rivals: Vec::new(), post, rivals: Vec::new(), is_guess: false, left_out };
    let is_guess = !is_certain || !starts_at_baseline(members);
    match (pres.as_slice(), posts.as_slice()) {
        ([pre, pre_rest @ ..], [post, rest @ ..]) => {
            Some(Choice { pre_rivals: pre_rest.to_vec(), rivals: rest.to_vec(), ..certain(pre, post, names(0)) })
        }
        ([pre, pre_rest @ ..], []) => {
            let post = numbered.first()?;
            Some(Choice { pre_rivals: pre_rest.to_vec(), rivals: names(1), ..certain(pre, post, Vec::new()) })
        }
        ([], [post, rest @ ..]) => {
            let rivals = rest.iter().copied().chain(names(1)).collect();
            Some(Choice { is_guess, rivals, ..certain(numbered.first()?, post, Vec::new()) })
        }
        ([], []) => match numbered.as_slice() {
            [pre, post] => Some(Choice { is_guess: is_guess || is_bare, ..certain(pre, post, Vec::new()) }),
            [pre, post, rest @ ..] => Some(Choice { is_guess, rivals: rest.to_vec(), ..certain(pre, post, Vec::new()) }),
            _ => None,
        },
    }
}

/// Whether the numbers begin where a trial does: week 0, day 1, or visit 0 or 1 with the next one behind it. `week 4` and
/// `week 12` may both lie behind the start, `week -4` before it.
fn starts_at_baseline(members: &[(&str, Moment)]) -> bool {
    let mut days: Vec<i64> = Vec::new();
    let mut ordinals: Vec<i64> = Vec::new();
    for (_, moment) in members {
        match moment {
            Moment::Days(number) => days.push(*number),
            Moment::Ordinal(number) => ordinals.push(*number),
            Moment::Pre | Moment::Post | Moment::Bare(_) => {}
        }
    }
    ordinals.sort_unstable();
    days.iter().min().is_none_or(|first| (0..=1).contains(first))
        && ordinals.first().is_none_or(|first| (0..=1).contains(first))
        && (ordinals.len() != 2 || ordinals[0].checked_add(1) == Some(ordinals[1]))
}

/// The numbered moments.
struct Order<'n> {
    names: Vec<&'n str>,
    /// Whether their numbers say how they follow each other.
    is_certain: bool,
    is_bare: bool,
}

/// The numbered moments in order, or as they stand where they are not of one kind; `None` for bare numbers that are not
/// 0 1 or 1 2, which may as well be items.
fn order<'n>(members: &[(&'n str, Moment)]) -> Option<Order<'n>> {
    let kind = |moment: &Moment| match moment {
        Moment::Pre | Moment::Post => None,
        Moment::Ordinal(number) => Some((0, *number)),
        Moment::Days(number) => Some((1, *number)),
        Moment::Bare(number) => Some((2, i64::from(*number))),
    };
    let mut found: Vec<(&str, (u8, i64))> = members.iter().filter_map(|(name, moment)| Some((*name, kind(moment)?))).collect();
    let bare: Vec<i64> = found.iter().filter(|(_, (kind, _))| *kind == 2).map(|(_, (_, number))| *number).collect();
    let is_bare = !bare.is_empty();
    let as_they_stand: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
    let is_minus_in_doubt = as_they_stand.windows(2).any(|two| joined_numbers(two[0]) != joined_numbers(two[1]));
    if is_minus_in_doubt {
        let most = as_they_stand.iter().map(|name| joined_numbers(name)).max();
        found.iter_mut().filter(|(name, _)| Some(joined_numbers(name)) == most).for_each(|(_, (_, number))| *number = -*number);
    }
    found.sort_by_key(|(_, place)| *place);
    let one_kind = found.windows(2).all(|two| two[0].1.0 == two[1].1.0 && two[0].1.1 < two[1].1.1);
    let are_first_two = || found.len() == 2 && found.len() == members.len() && matches!((found[0].1.1, found[1].1.1), (0, 1) | (1, 2));
    if is_bare && !(one_kind && are_first_two()) {
        return None;
    }
    let names = if one_kind { found.into_iter().map(|(name, _)| name).collect() } else { as_they_stand };
    Some(Order { names, is_certain: one_kind && !is_minus_in_doubt, is_bare })
}

/// How many numbers a hyphen joins to a letter. Where another name joins them otherwise, the hyphen may be a minus: `week-4`
/// beside `week0`; beside `week-12` it only joins.
fn joined_numbers(name: &str) -> usize {
    let letters: Vec<char> = name.chars().collect();
    letters.windows(3).filter(|three| three[0].is_alphabetic() && three[1] == '-' && three[2].is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::moment::of_label;

    fn chosen<'n>(labels: &[&'n str]) -> Option<Choice<'n>> {
        let members: Vec<(&str, Moment)> = labels.iter().filter_map(|label| Some((*label, of_label(label)?))).collect();
        choose(&members)
    }

    #[test]
    fn what_is_before_the_start_is_no_post() {
        for labels in [["week 0", "week -4"], ["day -7", "day 1"], ["-1", "1"], ["T1", "T −1"], ["week-4", "week0"]] {
            assert!(chosen(&labels).is_some_and(|choice| choice.is_guess), "{labels:?}");
        }
        let choice = chosen(&["day 28", "day -7", "day 1"]).expect("a choice");
        assert_eq!((choice.pre, choice.post, choice.is_guess), ("day -7", "day 1", true));
        assert!(chosen(&["week-0", "week-12"]).is_some_and(|choice| choice.is_certain()));
    }

    #[test]
    fn two_visits_before_are_asked_about_the_baseline_first() {
        let choice = chosen(&["screening", "post", "baseline"]).expect("a choice");
        assert_eq!((choice.pre, choice.pre_rivals.as_slice(), choice.post), ("baseline", &["screening"][..], "post"));
        assert!(chosen(&["screening", "baseline"]).is_none());
    }

    #[test]
    fn numbers_of_two_kinds_have_no_order() {
        let choice = chosen(&["visit 2", "month 6"]).expect("a choice");
        assert!(choice.is_guess);
        assert!(chosen(&["baseline", "visit 2", "month 6", "post"]).is_some_and(|choice| choice.is_certain()));
        assert!(chosen(&["baseline", "visit 2", "month 6"]).is_some_and(|choice| choice.rivals == ["month 6"]));
    }
}
