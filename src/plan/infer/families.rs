//! Columns that differ in their number, their letter or what stands in their brackets only: single items of a questionnaire
//! (`phq9_pre_1` … `phq9_pre_9`, `phq9a` … `phq9i`, `PHQ-9 [Sleep]`).

use std::collections::{HashMap, HashSet};

use super::file::HeaderColumn;
use super::said::Part;
use crate::plan::moment::{Moment, split, split_twice};

/// Fewer columns than this are no questionnaire.
const LEAST: usize = 3;

/// A longer name is a text, in which nothing is looked for.
const LONGEST: usize = 1000;

/// A number that no header counts to.
const OTHER: &str = "7919";

/// Fewer letters in a row than this are no items: `tmt_a` and `tmt_b` are two tests.
const LEAST_LETTERS: usize = 4;

/// The items of one scale, at one visit where their names say which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Family<'h> {
    /// The name with `{i}` for the number; `None` where no pattern names all columns: they are not numbered from 1 without a
    /// gap, or differ in more.
    pub pattern: Option<String>,
    /// The name without the number.
    pub base: String,
    /// In order of their number.
    pub members: Vec<&'h str>,
}

impl Family<'_> {
    /// Its scale and visit: `phq9_pre_{i}` is `phq9` at pre.
    pub fn marked(&self) -> Option<(String, Moment)> {
        let base = self.base.split('[').next().unwrap_or_default();
        let marked = split(base).filter(|marked| !marked.stem.is_empty() || !matches!(marked.moment, Moment::Bare(_)))?;
        Some((if marked.stem.is_empty() { "score".to_owned() } else { marked.stem }, marked.moment))
    }

    /// The same where its names say the visit twice.
    pub fn marked_twice(&self) -> Option<(String, Moment)> {
        let marked = split_twice(self.base.split('[').next().unwrap_or_default())?;
        Some((marked.stem, marked.moment))
    }

    /// Its scale, where it names no visit.
    pub fn scale(&self) -> String {
        let base = self.base.split('[').next().unwrap_or_default();
        base.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned()
    }
}

/// A way to write several names as one, with what differs.
#[derive(Default)]
struct Shape<'h> {
    /// The number or place of each, how it is written, and the name of its column.
    members: Vec<(usize, String, &'h str)>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Number,
    Letter,
    Bracket,
}

/// The families among the columns, read by one part of their names. A column belongs to one: one that a pattern names and that
/// is of a visit before others, then the longest.
pub(super) fn families<'h>(columns: &[&'h HeaderColumn], part: Part) -> Vec<Family<'h>> {
    let mut shapes: Vec<((String, String), Shape)> = Vec::new();
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    for column in columns {
        for (before, after, kind, place, written) in places(column.by(part)) {
            let at = *known.entry((before.clone(), after.clone())).or_insert_with(|| {
                shapes.push(((before, after), Shape { kind, ..Shape::default() }));
                shapes.len() - 1
            });
            let place = place.unwrap_or(shapes[at].1.members.len() + 1);
            shapes[at].1.members.push((place, written, &column.name));
        }
    }
    let mut families: Vec<Family> = shapes.into_iter().filter_map(|((before, after), shape)| shape.family(&before, &after)).collect();
    // `phq9_1_t1` counts items by its first number and visits by its second.
    families.sort_by_key(|family| std::cmp::Reverse((family.marked().is_some(), family.pattern.is_some(), family.members.len())));
    let mut taken: HashSet<&str> = HashSet::new();
    families.retain(|family| {
        let free = family.members.iter().all(|member| !taken.contains(member));
        if free {
            taken.extend(&family.members);
        }
        free
    });
    let order: HashMap<&str, usize> = columns.iter().enumerate().map(|(at, column)| (column.name.as_str(), at)).collect();
    families.sort_by_key(|family| family.members.first().and_then(|first| order.get(first)).copied());
    families
}

/// Where a name may differ from others: before and behind it, what kind it is, which place it means, and how it is written.
fn places(name: &str) -> Vec<(String, String, Kind, Option<usize>, String)> {
    let mut found = Vec::new();
    if name.len() > LONGEST {
        return found;
    }
    for (start, end) in digit_runs(name) {
        if let Ok(number) = name[start..end].parse()
            && !is_of_visit(name, start, end)
        {
            found.push((
                name[..start].to_owned(),
                format!("{{i}}{}", &name[end..]),
                Kind::Number,
                Some(number),
                name[start..end].to_owned(),
            ));
        }
    }
    let bytes = name.as_bytes();
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| byte.is_ascii_lowercase()) {
        let is_word = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
        if at > 0 && !is_word(at.checked_sub(1)) && !is_word(Some(at + 1)) {
            let letter = usize::from(byte - b'a') + 1;
            found.push((name[..at].to_owned(), format!("{{a}}{}", &name[at + 1..]), Kind::Letter, Some(letter), String::new()));
        }
    }
    if let (Some(open), Some(close)) = (name.find('['), name.rfind(']'))
        && open < close
        && !name[..open].trim().is_empty()
        // What differs may be the visit.
        && split(&name[open..close]).is_none_or(|marked| matches!(marked.moment, Moment::Bare(_)))
    {
        found.push((name[..open].to_owned(), format!("[…{}", &name[close..]), Kind::Bracket, None, String::new()));
    }
    found
}

/// Whether a number is that of a visit, `PHQ-9 2回目`, `phq9_t2`: with another number the name would speak of another visit.
fn is_of_visit(name: &str, start: usize, end: usize) -> bool {
    let of_scale =
        |name: &str| split(name).filter(|marked| matches!(marked.moment, Moment::Ordinal(_) | Moment::Days(_)) && !marked.stem.is_empty());
    of_scale(name).is_some_and(|marked| {
        let other = format!("{}{}{}", &name[..start], OTHER, &name[end..]);
        of_scale(&other).is_some_and(|other| other.stem == marked.stem && other.moment != marked.moment)
    })
}

impl<'h> Shape<'h> {
    fn family(mut self, before: &str, after: &str) -> Option<Family<'h>> {
        self.members.sort_unstable();
        let places: Vec<usize> = self.members.iter().map(|(place, ..)| *place).collect();
        let are_distinct = places.windows(2).all(|two| two[0] < two[1]);
        let counts = places.iter().enumerate().all(|(index, place)| *place == index + 1);
        let (count, last) = (places.len(), *places.last()?);
        let is_family = match self.kind {
            Kind::Number => count >= LEAST && are_distinct && (counts || is_dense(&places, last)),
            Kind::Letter => count >= LEAST_LETTERS && are_distinct && counts,
            Kind::Bracket => count >= LEAST,
        };
        if !is_family {
            return None;
        }
        let rest = after.trim_start_matches("{i}").trim_start_matches("{a}");
        let width = self.width().filter(|_| counts && self.kind == Kind::Number);
        let pattern = width.map(|width| if width > 1 { format!("{before}{{i:0{width}}}{rest}") } else { format!("{before}{{i}}{rest}") });
        let members: Vec<&str> = self.members.iter().map(|(.., name)| *name).collect();
        // A code stands for its column in messages alone: a plan names whole columns.
        let names_all = |pattern: &String| {
            crate::plan::ItemPattern::parse(pattern)
                .is_some_and(|pattern| (1..).zip(&members).all(|(number, name)| pattern.column(number) == **name))
        };
        Some(Family { pattern: pattern.filter(names_all), base: format!("{before}{rest}"), members })
    }

    /// How many digits the numbers have: 1 where no zeros stand in front; `None` where they are written in several ways.
    fn width(&self) -> Option<usize> {
        let written = || self.members.iter().map(|(_, written, _)| written.as_str());
        if written().all(|number| !number.starts_with('0')) {
            return Some(1);
        }
        let width = written().next()?.len();
        written().all(|number| number.len() == width).then_some(width)
    }
}

/// Whether numbers with gaps are those of items still; those of scales (`PHQ-2`, `PHQ-4`, `PHQ-9`) lie further apart.
fn is_dense(places: &[usize], last: usize) -> bool {
    let count = places.len();
    places[0] <= 1 && last <= 4 * count || count > LEAST && places[0] <= 2 && last <= 2 * count
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Pattern (or the base), scale with visit, and how many members.
    type Found = (Option<String>, Option<(String, Moment)>, usize);

    fn found(names: &[String]) -> Vec<Found> {
        let columns: Vec<HeaderColumn> = names.iter().map(|name| HeaderColumn { name: name.clone(), ..HeaderColumn::default() }).collect();
        let columns: Vec<&HeaderColumn> = columns.iter().collect();
        families(&columns, Part::Code).into_iter().map(|family| (family.pattern.clone(), family.marked(), family.members.len())).collect()
    }

    fn grid(visits: &[&str], items: &[&str], name: &dyn Fn(&str, &str) -> String) -> Vec<String> {
        visits.iter().flat_map(|visit| items.iter().map(|item| name(visit, item))).collect()
    }

    const NINE: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

    #[test]
    fn items_are_told_from_visits() {
        let of = |pattern: &str, day: i64| (Some(pattern.to_owned()), Some(("phq9".to_owned(), Moment::Ordinal(day))), 9);
        let names = grid(&["1", "2", "3"], &NINE, &|visit, item| format!("phq9_{item}_t{visit}"));
        assert_eq!(found(&names), [of("phq9_{i}_t1", 1), of("phq9_{i}_t2", 2), of("phq9_{i}_t3", 3)]);
        let bare = |pattern: &str, visit: u32| (Some(pattern.to_owned()), Some(("phq9".to_owned(), Moment::Bare(visit))), 9);
        let names = grid(&["1", "2"], &NINE, &|visit, item| format!("phq9_{item}_{visit}"));
        assert_eq!(found(&names), [bare("phq9_{i}_1", 1), bare("phq9_{i}_2", 2)]);
    }

    #[test]
    fn two_columns_and_far_numbers_are_no_questionnaire() {
        assert!(found(&["PHQ-9 1回目", "PHQ-9 2回目", "PHQ-9 3回目", "phq9_t1", "phq9_t2", "phq9_t3"].map(str::to_owned)).is_empty());
        assert!(found(&["a1", "a2", "sf8", "sf12", "sf36", "tmt_a", "tmt_b", "k6", "gad7"].map(str::to_owned)).is_empty());
        assert!(found(&["phq2", "phq4", "phq9", "phq2_t", "phq4_t", "phq8_t", "phq9_t"].map(str::to_owned)).is_empty());
        assert_eq!(found(&["q1", "q3", "q2"].map(str::to_owned)), [(Some("q{i}".to_owned()), None, 3)]);
    }

    #[test]
    fn zeros_in_front_are_part_of_the_pattern() {
        let names =
            grid(&["pre"], &["01", "02", "03", "10", "04", "05", "06", "07", "08", "09"], &|visit, item| format!("phq_{item}_{visit}"));
        assert_eq!(found(&names)[0].0.as_deref(), Some("phq_{i:02}_pre"));
    }

    #[test]
    fn items_that_no_pattern_names_are_items_still() {
        let pre = |scale: &str| Some((scale.to_owned(), Moment::Pre));
        let gap = grid(&["pre"], &["1", "2", "4", "5"], &|visit, item| format!("phq9_{item}_{visit}"));
        assert_eq!(found(&gap), [(None, pre("phq9"), 4)]);
        let from_0 = grid(&["pre"], &["0", "1", "2", "3"], &|visit, item| format!("phq9_{item}_{visit}"));
        assert_eq!(found(&from_0), [(None, pre("phq9"), 4)]);
        let letters = grid(&["pre"], &["a", "b", "c", "d"], &|visit, item| format!("phq9{item}_{visit}"));
        assert_eq!(found(&letters), [(None, pre("phq9"), 4)]);
        let brackets = grid(&["before"], &["Sleep", "Appetite", "Tired"], &|visit, item| format!("PHQ-9 {visit} [{item}]"));
        assert_eq!(found(&brackets), [(None, pre("PHQ-9"), 3)]);
    }
}
