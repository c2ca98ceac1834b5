//! Which of several moments are pre and post.

use crate::plan::moment::{Moment, is_follow_up};

/// The pre and the post among names of one stem, or the candidates where it is not certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice<'n> {
    pub pre: &'n str,
    pub post: &'n str,
    /// Other names that may be the post as well; empty where it is certain.
    pub rivals: Vec<&'n str>,
    /// Whether even the pre is only a guess (`_1` and `_2`, `week 4` and `week 12`).
    pub is_guess: bool,
    /// Later or other moments that are left out.
    pub left_out: Vec<&'n str>,
}

/// Chooses; `None` where there are no two moments to pair.
pub(super) fn choose<'n>(members: &[(&'n str, Moment)]) -> Option<Choice<'n>> {
    let of = |wanted: Moment| members.iter().filter(move |(_, moment)| *moment == wanted).map(|(name, _)| *name).collect::<Vec<_>>();
    let (pres, mut posts) = (of(Moment::Pre), of(Moment::Post));
    // The end of the programme before what came after it.
    posts.sort_by_key(|name| is_follow_up(name));
    let numbered = numbered(members)?;
    let names = |from: usize| numbered[from..].iter().map(|(name, _)| *name).collect::<Vec<_>>();
    let is_guess = !starts_at_baseline(members);
    match (pres.as_slice(), posts.as_slice()) {
        ([pre], [post]) => Some(certain(pre, post, names(0))),
        ([pre], []) => match names(0).as_slice() {
            [] => None,
            [post, rest @ ..] => Some(Choice { rivals: rest.to_vec(), ..certain(pre, post, Vec::new()) }),
        },
        ([pre], [post, rest @ ..]) => Some(Choice { rivals: rest.to_vec(), ..certain(pre, post, Vec::new()) }),
        ([], [post]) if !numbered.is_empty() => Some(Choice { is_guess, rivals: names(1), ..certain(numbered[0].0, post, Vec::new()) }),
        ([], []) => match names(0).as_slice() {
            [pre, post] => Some(Choice { is_guess: is_guess || is_bare(members), ..certain(pre, post, Vec::new()) }),
            [pre, post, rest @ ..] if !is_bare(members) => {
                Some(Choice { is_guess, rivals: rest.to_vec(), ..certain(pre, post, Vec::new()) })
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether the numbers begin where a trial does: week 0, day 1, or visit 0 or 1 with the next one behind it. `week 4` and
/// `week 12` may both lie behind the start.
fn starts_at_baseline(members: &[(&str, Moment)]) -> bool {
    let mut days: Vec<u32> = Vec::new();
    let mut ordinals: Vec<u32> = Vec::new();
    for (_, moment) in members {
        match moment {
            Moment::Days(number) => days.push(*number),
            Moment::Ordinal(number) => ordinals.push(*number),
            Moment::Pre | Moment::Post | Moment::Bare(_) => {}
        }
    }
    ordinals.sort_unstable();
    days.iter().min().is_none_or(|first| *first <= 1)
        && ordinals.first().is_none_or(|first| *first <= 1)
        && (ordinals.len() != 2 || ordinals[0].checked_add(1) == Some(ordinals[1]))
}

fn certain<'n>(pre: &'n str, post: &'n str, left_out: Vec<&'n str>) -> Choice<'n> {
    Choice { pre, post, rivals: Vec::new(), is_guess: false, left_out }
}

fn is_bare(members: &[(&str, Moment)]) -> bool {
    members.iter().any(|(_, moment)| matches!(moment, Moment::Bare(_)))
}

/// The numbered moments in order; `None` where they are not of one kind, or bare numbers that are not 0 1 or 1 2.
fn numbered<'n>(members: &[(&'n str, Moment)]) -> Option<Vec<(&'n str, u32)>> {
    let kind = |moment: &Moment| match moment {
        Moment::Pre | Moment::Post => None,
        Moment::Ordinal(number) => Some((0, *number)),
        Moment::Days(number) => Some((1, *number)),
        Moment::Bare(number) => Some((2, *number)),
    };
    let mut found: Vec<(&str, (u8, u32))> = members.iter().filter_map(|(name, moment)| Some((*name, kind(moment)?))).collect();
    found.sort_by_key(|(_, place)| *place);
    let one_kind = found.windows(2).all(|two| two[0].1.0 == two[1].1.0 && two[0].1.1 < two[1].1.1);
    let bare: Vec<u32> = found.iter().filter(|(_, (kind, _))| *kind == 2).map(|(_, (_, number))| *number).collect();
    let bare_is_visits = bare.is_empty() || bare.len() == members.len() && matches!(bare.as_slice(), [0, 1] | [1, 2]);
    (one_kind && bare_is_visits).then(|| found.into_iter().map(|(name, (_, number))| (name, number)).collect())
}
