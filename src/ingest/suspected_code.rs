//! Numbers that look like undeclared codes for missing: 99, 999, −9 far outside the rest of their column.

use std::collections::BTreeMap;

use super::inert;
use crate::decimal::Score;
use crate::trial::{Place, Problem, ProblemCode};

/// Lines shown of one value.
const LINES: usize = 5;
/// What is nearer to the rest than this is next to it: 9 behind 8.
const NEXT: f64 = 2.0;
/// With fewer other values than this nothing is "far outside the rest".
const FEWEST_OTHERS: usize = 4;

/// The scores of one column (of one visit) whose range is not declared.
///
/// The codes are whole numbers of one to five digits that are all 7, all 8 or all 9, and 95 to 98, 995 to 998 and 9995 to
/// 9998; all of these also negative. The rest of the column is every value that is no such number, with those that lie next
/// to it (7 and 8 on a scale to 9). With `spread` = its
/// largest minus its smallest value, a code is suspected
/// - where it occurs at least twice and lies at least one spread outside the rest,
/// - where it occurs once and lies at least two spreads outside, or
/// - where it is negative, occurs at least twice, and no other value is negative.
///
/// Values inside the rest, or less than 2 from it, are never suspected.
#[derive(Debug, Clone, Default)]
pub struct SuspectedCodes {
    codes: BTreeMap<i64, Seen>,
    others: usize,
    /// Smallest and largest of the rest.
    extremes: Option<[Score; 2]>,
}

#[derive(Debug, Clone, Default)]
struct Seen {
    count: usize,
    lines: Vec<u64>,
}

impl SuspectedCodes {
    /// Notes a score; `place` is that of its row.
    pub fn add(&mut self, score: Score, place: impl FnOnce() -> Place) {
        if let Some(code) = code(score) {
            let seen = self.codes.entry(code).or_default();
            seen.count += 1;
            if seen.lines.len() < LINES {
                seen.lines.extend(place().line);
            }
            return;
        }
        self.others += 1;
        match &mut self.extremes {
            None => self.extremes = Some([score, score]),
            Some([smallest, largest]) => {
                if is_less(score, *smallest) {
                    *smallest = score;
                } else if is_less(*largest, score) {
                    *largest = score;
                }
            }
        }
    }

    /// The warning about the column: every suspected value with count and lines. `column` is its place, `context` what
    /// else tells its scores apart.
    pub fn problem(self, column: Place, context: &str) -> Option<Problem> {
        let [low, high] = self.extremes.filter(|_| self.others >= FEWEST_OTHERS)?.map(Score::to_f64);
        let is_suspect = |code: f64, count: usize, [low, high]: [f64; 2]| {
            let (spread, gap) = (high - low, (code - high).max(low - code));
            // Where all others are equal, one spread is nothing: there is no telling what is far.
            let is_far = spread > 0.0 && gap >= NEXT && gap >= if count > 1 { spread } else { 2.0 * spread };
            is_far || code < 0.0 && low >= 0.0 && count > 1
        };
        // From the rest outwards: a code that is next to the rest is a score, and part of the rest for the ones behind it.
        let mut rest = [low, high];
        let (below, above): (Vec<_>, Vec<_>) = self.codes.iter().partition(|(code, _)| (**code as f64) < low);
        for outwards in [above, below.into_iter().rev().collect()] {
            for (code, seen) in outwards {
                let code = *code as f64;
                if is_suspect(code, seen.count, rest) {
                    break;
                }
                rest = [rest[0].min(code), rest[1].max(code)];
            }
        }
        let [low, high] = rest;
        let is_suspect = |code: f64, count: usize| is_suspect(code, count, [low, high]);
        let suspects: Vec<(i64, Seen)> = self.codes.into_iter().filter(|(code, seen)| is_suspect(*code as f64, seen.count)).collect();
        let (first, _) = suspects.first()?;
        let counts: Vec<String> = suspects.iter().map(|(code, seen)| format!("{code} {} ({})", times(seen.count), seen.lines())).collect();
        let [low, high] = [low, high].map(|limit| format!("{limit}"));
        let what = format!("{}{context}, far outside the rest ({low} to {high}): counted as scores", counts.join(", "));
        let values: Vec<String> = suspects.iter().map(|(code, _)| format!("\"{code}\"")).collect();
        let hint = format!(
            "if {} missing, add `missing = [{}]` under [data] in trial.toml; if not, declare the `range` of the outcome",
            if suspects.len() == 1 { "it means" } else { "they mean" },
            values.join(", ")
        );
        let count = suspects.iter().map(|(_, seen)| seen.count).sum();
        let line = suspects.iter().filter_map(|(_, seen)| seen.lines.first()).min().copied();
        let place = Place { line, ..column };
        let problem = Problem::warning(ProblemCode::SuspectedCode, place, what);
        Some(problem.with_value(inert(&first.to_string())).with_count(count).with_hint(hint))
    }
}

impl Seen {
    fn lines(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(u64::to_string).collect();
        let more = if self.count > self.lines.len() { " …" } else { "" };
        format!("{} {}{more}", if self.count == 1 { "line" } else { "lines" }, lines.join(", "))
    }
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

/// The score as a number that is a usual code for missing.
pub fn code(score: Score) -> Option<i64> {
    let Score::Exact(decimal) = score else { return None };
    let value = decimal.mantissa();
    let is_code = decimal.scale() == 0
        && matches!(
            value.unsigned_abs(),
            7 | 8 | 9 | 77 | 88 | 95..=99 | 777 | 888 | 995..=999 | 7777 | 8888 | 9995..=9999 | 77_777 | 88_888 | 99_999
        );
    is_code.then_some(value)
}

fn is_less(a: Score, b: Score) -> bool {
    match (a, b) {
        (Score::Exact(a), Score::Exact(b)) if a.scale() == b.scale() => a.mantissa() < b.mantissa(),
        (Score::Exact(a), Score::Exact(b)) => a < b,
        (a, b) => a.to_f64() < b.to_f64(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn problem(cells: &[&str]) -> Option<Problem> {
        let mut codes = SuspectedCodes::default();
        for (i, cell) in cells.iter().enumerate() {
            codes.add(Score::parse(cell, '.').unwrap(), || Place::file("a.csv").line(i as u64 + 2));
        }
        codes.problem(Place::file("a.csv").column("post"), "")
    }

    #[test]
    fn a_code_far_outside_is_named_with_count_and_lines() {
        let found = problem(&["30", "22", "999", "11", "16", "999", "34"]).unwrap();
        assert_eq!(
            found.to_string(),
            "a.csv line 4, column `post`: 999 2 times (lines 4, 7), far outside the rest (11 to 34): counted as scores"
        );
        assert_eq!((found.value.as_deref(), found.count), (Some("999"), 2));
        assert!(found.hint.is_some_and(|hint| hint.contains("`missing = [\"999\"]`")));
        for (cells, value) in [
            (["30", "22", "99", "11", "99", "34"], "99"),
            (["30", "22", "-9", "0", "-9", "46"], "-9"),
            (["30", "22", "-99", "11", "16", "34"], "-99"),
            (["0", "3", "9", "2", "1", "9"], "9"),
            (["1.5", "2.5", "888", "3.5", "888.0", "2"], "888"),
        ] {
            assert_eq!(problem(&cells).and_then(|p| p.value).as_deref(), Some(value), "{cells:?}");
        }
    }

    #[test]
    fn several_codes_are_one_warning() {
        let found = problem(&["3", "2", "-8", "1", "-9", "0", "-9"]).unwrap();
        assert_eq!(found.what, "-9 2 times (lines 6, 8), -8 once (line 4), far outside the rest (0 to 3): counted as scores");
        assert_eq!(found.count, 3);
    }

    #[test]
    fn what_could_be_a_score_is_left_alone() {
        for cells in [
            &["97", "95", "99", "88", "100", "91", "99"][..],
            &["60", "80", "99", "40", "99", "75"],
            &["9", "8", "7", "9", "9"],
            &["-5", "4", "-9", "6", "-9", "3"],
            &["0", "30", "45", "10", "99"],
            &["5", "5", "5", "5", "9", "9"],
            &["1", "2", "999", "999"],
        ] {
            assert_eq!(problem(cells), None, "{cells:?}");
        }
    }

    proptest! {
        #[test]
        fn values_inside_the_bulk_are_never_suspected(values in prop::collection::vec(-150_i32..150, 5..60)) {
            let rest: Vec<i32> = values.iter().copied().filter(|value| code(Score::parse(&value.to_string(), '.').unwrap()).is_none()).collect();
            let inside: Vec<String> =
                values.iter().filter(|value| rest.iter().min() <= Some(value) && Some(*value) <= rest.iter().max()).map(i32::to_string).collect();
            let cells: Vec<&str> = inside.iter().map(String::as_str).collect();
            prop_assert_eq!(problem(&cells), None);
        }
    }
}
