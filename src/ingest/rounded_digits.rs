//! Numbers with more digits than a score holds: where the nearest doubles no longer tell them apart, nothing can be computed.

use std::collections::HashMap;

use super::inert;
use super::pairing::MeasuredOutcome;
use super::scores::Entry;
use crate::decimal::{Score, Scores};
use crate::trial::{Place, Problem, ProblemCode, Problems};

/// Different doubles remembered for one outcome: scores of a scale are far fewer.
const REMEMBERED: usize = 4096;

/// The scores of one outcome in one file that became doubles.
#[derive(Debug, Clone, Default)]
pub struct RoundedDigits {
    /// The number that each double was read from first: in one way of writing, and as it was written.
    texts: HashMap<u64, [String; 2]>,
    /// The first number that another one was rounded to, with that other one.
    first: Option<(Place, String, String)>,
    count: usize,
}

impl RoundedDigits {
    /// Notes a number (sign, digits, `.`, digits) that became the double `value`; `place` is that of its cell.
    pub fn add(&mut self, number: &str, value: f64, place: impl FnOnce() -> Place) {
        let text = digits(number);
        match self.texts.get(&value.to_bits()) {
            Some([known, written]) if *known != text => {
                self.count += 1;
                if self.first.is_none() {
                    self.first = Some((place(), inert(number), inert(written)));
                }
            }
            Some(_) => {}
            None if self.texts.len() < REMEMBERED => {
                self.texts.insert(value.to_bits(), [text, number.to_owned()]);
            }
            None => {}
        }
    }

    /// Adds what another column of the same outcome holds, which stands at `place`.
    pub fn join(&mut self, other: Self, place: &Place) {
        self.count += other.count;
        self.first = self.first.take().or(other.first);
        let mut theirs: Vec<(u64, [String; 2])> = other.texts.into_iter().collect();
        theirs.sort();
        for (bits, [_, written]) in theirs {
            self.add(&written, f64::from_bits(bits), || place.clone());
        }
    }

    /// The error, where different numbers became one.
    pub fn problem(self) -> Option<Problem> {
        let (place, value, other) = self.first?;
        let what = format!("expected scores that 30 digits tell apart, got {value} and {other}, which become one number");
        let hint = "if these are no scores but codes, name another column; else write them with the digits that were measured";
        Some(Problem::error(ProblemCode::DigitsRounded, place, what).with_value(value).with_count(self.count).with_hint(hint))
    }
}

/// Scores of which each is kept whole, but that no common grid holds: as doubles some of them would become one number, and changes
/// would be lost.
pub fn check(outcomes: &[MeasuredOutcome], problems: &mut Problems) {
    for measured in outcomes {
        let mut rounded = RoundedDigits::default();
        for (score, side) in as_doubles(measured).unwrap_or_default() {
            rounded.add(&score.to_string(), score.to_f64(), || measured.places[side].clone());
        }
        problems.0.extend(rounded.problem());
    }
}

/// The scores of both visits with the visit, where doubles stand for them.
fn as_doubles(measured: &MeasuredOutcome) -> Option<Vec<(Score, usize)>> {
    let score = |entry: &Entry| if let Entry::Score(score) = entry { Some(*score) } else { None };
    let is_narrow =
        |score: Score| matches!(score, Score::Exact(decimal) if decimal.scale() < NARROW && decimal.mantissa().unsigned_abs() < WIDE);
    if measured.pre.iter().chain(&measured.post).filter_map(score).all(is_narrow) {
        return None;
    }
    let [pre, post] = [&measured.pre, &measured.post].map(|entries| entries.iter().filter_map(score).collect::<Vec<Score>>());
    if Scores::on_common_grid([&pre, &post])[0].is_exact() {
        return None;
    }
    Some(pre.into_iter().map(|score| (score, 0)).chain(post.into_iter().map(|score| (score, 1))).collect())
}

/// Scores of fewer decimals and of smaller mantissas always have a common grid.
const NARROW: u8 = 9;
const WIDE: u64 = 1_000_000_000;

/// The number without what does not change it: a plus sign, zeros at its ends.
fn digits(number: &str) -> String {
    let text = number.trim_start_matches('+');
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let text = text.trim_start_matches('0');
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
    format!("{sign}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&str]) -> RoundedDigits {
        let mut rounded = RoundedDigits::default();
        for (cell, line) in cells.iter().zip(2..) {
            rounded.add(cell, cell.parse().unwrap(), || Place::file("a.csv").line(line).column("pre"));
        }
        rounded
    }

    #[test]
    fn long_numbers_that_stay_apart_are_no_problem() {
        let apart =
            ["21.33333333333333333333", "21.33333333333333333333", "+21.333333333333333333330", "1e0", "25000000000000000000000000000000"];
        assert!(of(&apart).problem().is_none());
    }

    #[test]
    fn different_numbers_that_become_one_stop() {
        let problem = of(&["1234567890123456789012345678901240", "1234567890123456789012345678901235"]).problem().unwrap();
        assert_eq!(
            problem.to_string(),
            "a.csv line 3, column `pre`: expected scores that 30 digits tell apart, got 1234567890123456789012345678901235 and 1234567890123456789012345678901240, which \
             become one number"
        );
        let mut pre = of(&["1234567890123456789012345678901240"]);
        pre.join(of(&["1234567890123456789012345678901235"]), &Place::file("a.csv").column("post"));
        assert_eq!(pre.problem().map(|problem| problem.place.column), Some(Some("post".to_owned())));
    }
}
