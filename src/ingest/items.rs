//! A score from items: the answers of one form → one score, by the plan's rule.

use super::cell::{CellFault, Reading};
use super::forms::FormTally;
use super::header::Header;
use super::inert;
use super::item_columns::{ItemColumn, missing_columns};
use super::many::RowFindings;
use super::scores::Entry;
use super::settings::FileSettings;
use super::table::Row;
use crate::decimal::{Decimal, Score};
use crate::plan::{ItemPattern, ItemScore, OutcomeSection};
use crate::trial::{Outcome, Place, Problem, ProblemCode, Problems, ScoreRange};

/// Where the plan says that the items of a score stand, and how they make it.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemSource<'a> {
    /// The pattern as the plan writes it: what messages about the whole form call its place.
    pub text: &'a str,
    pub pattern: ItemPattern<'a>,
    /// The column of each item.
    pub columns: Vec<String>,
    /// An answer as an outcome of its own, with the range and step of one item.
    answer: Outcome,
    rule: ItemRule,
}

/// How the answers to the items of a form make a score.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRule {
    pub items: u32,
    pub range: Option<ScoreRange>,
    pub reverse: Vec<u32>,
    pub score: ItemScore,
    /// The least share of items answered, where scores may be prorated.
    pub prorate: Option<Decimal>,
}

/// What the answers of one form make.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FormScore {
    /// Not one item is answered.
    Unanswered,
    /// Items are not answered, and no rule makes a score of the others.
    Incomplete,
    Complete(Score),
    Prorated(Score),
    /// Answers beyond all arithmetic.
    TooLarge,
}

impl<'a> ItemSource<'a> {
    /// The items that `text`, a pattern of `section`, stands for; `None` where the plan is not complete.
    pub fn new(section: &OutcomeSection, text: &'a str, outcome: &Outcome) -> Option<Self> {
        let pattern = ItemPattern::parse(text)?;
        let rule = ItemRule {
            items: section.items?,
            range: section.item_range.map(|[min, max]| ScoreRange { min, max }),
            reverse: section.reverse.clone(),
            score: section.score.unwrap_or(ItemScore::Sum),
            prorate: section.prorate,
        };
        // METHOD: an answer is a whole number above the lowest one unless the plan declares another step.
        let step = section.step.unwrap_or(Decimal::from_integer(1));
        let answer = Outcome { range: rule.range, step: Some(step), ..outcome.clone() };
        Some(Self { text, pattern, columns: (1..=rule.items).map(|number| pattern.column(number)).collect(), answer, rule })
    }

    /// The items of an outcome at one visit of one file: `Some(0)` pre, `Some(1)` post, nothing where a column says the visit.
    pub fn of_visit(section: &'a OutcomeSection, outcome: &Outcome, visit: Option<usize>) -> Option<Self> {
        let of_visit = match visit {
            Some(0) => section.pre_items.as_deref(),
            Some(_) => section.post_items.as_deref(),
            None => None,
        };
        Self::new(section, section.value_items.as_deref().or(of_visit)?, outcome)
    }

    /// Finds every item's column in a header; each that is missing is a problem, said once a file.
    pub fn open<'s>(
        &'s self,
        header: &Header,
        settings: &'s FileSettings<'s>,
        outcome: &'s Outcome,
        problems: &mut Problems,
    ) -> Option<ItemReader<'s>> {
        let mut columns = Vec::with_capacity(self.columns.len());
        for name in &self.columns {
            match header.find(name) {
                Ok(index) => columns.push(ItemColumn::new(index, name, settings.rule(name, &self.answer))),
                Err(problem) if problem.code == ProblemCode::ColumnMissing => {}
                Err(problem) if problems.0.contains(&problem) => {}
                Err(problem) => problems.push(problem),
            }
        }
        for problem in missing_columns(self, header) {
            if !problems.0.contains(&problem) {
                problems.push(problem);
            }
        }
        (columns.len() == self.columns.len()).then(|| ItemReader {
            source: self,
            outcome,
            columns,
            code_in_range: None,
            tally: FormTally::default(),
        })
    }
}

/// The items of one outcome at one visit of one file while they are read.
#[derive(Debug, Clone)]
pub struct ItemReader<'s> {
    source: &'s ItemSource<'s>,
    outcome: &'s Outcome,
    columns: Vec<ItemColumn<'s>>,
    /// The first answer that is a code which could be an answer.
    code_in_range: Option<Problem>,
    tally: FormTally,
}

impl<'s> ItemReader<'s> {
    /// Reads the form in one row. Every answer is checked before any is reversed.
    pub fn read(&mut self, row: &Row, place: impl Fn() -> Place, findings: &mut RowFindings) -> Entry {
        let mut answers = Vec::with_capacity(self.columns.len());
        let mut faulty = false;
        for (number, column) in (1_u32..).zip(&self.columns) {
            let cell = row.cell(column.index);
            let fault = match column.rule.read(&cell) {
                Ok(Reading::Missing) => continue,
                Ok(Reading::Score(Score::Exact(answer))) => {
                    answers.push((number, answer));
                    continue;
                }
                // More digits than a decimal holds.
                Ok(Reading::Score(Score::Long(_) | Score::Fraction(_) | Score::Float(_))) => CellFault::TooLarge,
                Err(fault) => fault,
            };
            faulty = true;
            let problem = || column.problem(fault, &cell, place(), &self.source.rule, &self.outcome.id);
            match (&mut self.code_in_range, fault) {
                (Some(first), CellFault::CodeInRange) => first.count += 1,
                (first, CellFault::CodeInRange) => *first = Some(problem()),
                _ => findings.error(fault.code(), problem),
            }
        }
        if faulty {
            return Entry::Missing;
        }
        let line = row.line();
        match self.source.rule.score(&answers) {
            FormScore::Unanswered => self.tally.unanswered.add(line),
            FormScore::Incomplete => self.tally.incomplete.add(line),
            FormScore::Complete(score) => return self.checked(score, place, findings),
            FormScore::Prorated(score) => {
                self.tally.prorated.add(line);
                return self.checked(score, place, findings);
            }
            FormScore::TooLarge => {
                findings.error(ProblemCode::NotANumber, || {
                    let what = "expected answers whose sum a double can hold";
                    let place = place().column(inert(self.source.text));
                    Problem::error(ProblemCode::NotANumber, place, what).with_hint("declare `item_range`")
                });
            }
        }
        Entry::Missing
    }

    /// The score, if the outcome's range holds it: where single items run less far than the declared range of all, not every
    /// total is possible.
    fn checked(&self, score: Score, place: impl Fn() -> Place, findings: &mut RowFindings) -> Entry {
        let range = self.outcome.range.filter(|range| score.compare(range.min).is_lt() || score.compare(range.max).is_gt());
        let Some(range) = range else { return Entry::Score(score) };
        findings.error(ProblemCode::OutOfRange, || {
            let what = format!("expected a score of {} to {} from the items, got {score}", range.min, range.max);
            let hint = format!("correct the answers, or `range` and `item_range` of outcome `{}` in trial.toml", inert(&self.outcome.id));
            Problem::error(ProblemCode::OutOfRange, place().column(inert(self.source.text)), what)
                .with_value(score.to_string())
                .with_hint(hint)
        });
        Entry::Missing
    }

    /// What was counted; codes that could be answers are a problem.
    pub fn finish(self, problems: &mut Problems) -> FormTally {
        problems.0.extend(self.code_in_range);
        self.tally
    }

    pub fn name(&self) -> &'s str {
        self.source.text
    }

    pub fn outcome(&self) -> &'s Outcome {
        self.outcome
    }

    pub fn rule(&self) -> &'s ItemRule {
        &self.source.rule
    }
}

impl ItemRule {
    /// The score of a form from the items answered, each with its number.
    ///
    /// A reversed answer is lowest + highest − answer. With k of N items answered, k/N at least the declared share, the sum is
    /// prorated to sum · N/k; the mean is that of the k.
    pub fn score(&self, answers: &[(u32, Decimal)]) -> FormScore {
        let answered = answers.len() as i128;
        let items = i128::from(self.items);
        if answers.is_empty() {
            return FormScore::Unanswered;
        }
        let is_complete = answered == items;
        if !is_complete && !self.prorate.is_some_and(|share| at_least(answered, items, share)) {
            return FormScore::Incomplete;
        }
        let Some((sum, unit)) = self.sum(answers) else { return FormScore::TooLarge };
        let (numerator, denominator) = match self.score {
            ItemScore::Mean => (Some(sum), unit.checked_mul(answered)),
            ItemScore::Sum => (sum.checked_mul(items), unit.checked_mul(answered)),
        };
        let (Some(numerator), Some(denominator)) = (numerator, denominator) else { return FormScore::TooLarge };
        let score = Score::quotient(numerator, denominator);
        if is_complete { FormScore::Complete(score) } else { FormScore::Prorated(score) }
    }

    /// The sum of the answers, reversed where they are to be, as a whole number of 1/unit; `None` beyond 38 digits.
    fn sum(&self, answers: &[(u32, Decimal)]) -> Option<(i128, i128)> {
        let ends = self.range.iter().flat_map(|range| [range.min, range.max]);
        let scale = answers.iter().map(|(_, answer)| *answer).chain(ends).map(Decimal::scale).max().unwrap_or(0);
        let units = |decimal: Decimal| i128::from(decimal.mantissa()).checked_mul(10_i128.pow(u32::from(scale - decimal.scale())));
        let mut sum = 0_i128;
        for &(number, answer) in answers {
            let keyed = match self.range {
                Some(range) if self.reverse.contains(&number) => {
                    units(range.min)?.checked_add(units(range.max)?)?.checked_sub(units(answer)?)?
                }
                _ => units(answer)?,
            };
            sum = sum.checked_add(keyed)?;
        }
        Some((sum, 10_i128.pow(u32::from(scale))))
    }
}

/// Whether `part`/`whole` ≥ `share`, in whole numbers: 4 of 5 are at least 0.8.
fn at_least(part: i128, whole: i128, share: Decimal) -> bool {
    part * 10_i128.pow(u32::from(share.scale())) >= whole * i128::from(share.mantissa())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(prorate: Option<&str>) -> ItemRule {
        let end = Decimal::from_integer;
        ItemRule {
            items: 5,
            range: Some(ScoreRange { min: end(0), max: end(3) }),
            reverse: vec![2, 4],
            score: ItemScore::Sum,
            prorate: prorate.map(|share| share.parse().unwrap()),
        }
    }

    fn answers(cells: &str) -> Vec<(u32, Decimal)> {
        (1..).zip(cells.split(' ')).filter(|(_, cell)| *cell != "-").map(|(number, cell)| (number, cell.parse().unwrap())).collect()
    }

    fn shown(rule: &ItemRule, cells: &str) -> String {
        match rule.score(&answers(cells)) {
            FormScore::Complete(score) => score.to_string(),
            FormScore::Prorated(score) => format!("prorated {score}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn reversed_items_count_from_the_other_end() {
        assert_eq!(shown(&rule(None), "0 0 0 0 0"), "6");
        assert_eq!(shown(&rule(None), "3 0 3 0 3"), "15");
        assert_eq!(shown(&rule(None), "0 3 0 3 0"), "0");
        let from_one = ItemRule { range: Some(ScoreRange { min: Decimal::from_integer(1), max: Decimal::from_integer(5) }), ..rule(None) };
        assert_eq!(shown(&from_one, "1 1 1 1 1"), "13");
        assert_eq!(shown(&ItemRule { score: ItemScore::Mean, ..from_one }, "1 1 1 1 1"), "2.6");
    }

    #[test]
    fn a_missing_item_takes_the_score_unless_a_rule_says_otherwise() {
        assert_eq!(shown(&rule(None), "0 - 0 0 0"), "Incomplete");
        assert_eq!(shown(&rule(None), "- - - - -"), "Unanswered");
        assert_eq!(shown(&rule(Some("0.8")), "- - - - -"), "Unanswered");
        // The others make 0 + 0 + 3 + 0.
        assert_eq!(shown(&rule(Some("0.8")), "0 - 0 0 0"), "prorated 3.75");
        assert_eq!(shown(&rule(Some("0.8")), "0 - 0 - 0"), "Incomplete");
        assert_eq!(shown(&rule(Some("0.81")), "0 - 0 0 0"), "Incomplete");
        // 1·5/3, which no decimal holds.
        assert_eq!(shown(&rule(Some("0.6")), "1 - 0 - 0"), format!("prorated {}", 5.0 / 3.0));
        assert_eq!(shown(&ItemRule { score: ItemScore::Mean, ..rule(Some("0.6")) }, "1 0 - - 0"), format!("prorated {}", 4.0 / 3.0));
    }

    #[test]
    fn shares_are_compared_as_decimals() {
        // 0.7 · 10 is 7 in decimals, and 6.999… or 7.000…1 in binary fractions of some sizes.
        for (part, whole, share, enough) in [(7, 10, "0.7", true), (17, 20, "0.85", true), (2, 3, "0.66", true), (2, 3, "0.67", false)] {
            assert_eq!(at_least(part, whole, share.parse().unwrap()), enough, "{part}/{whole} {share}");
        }
    }

    #[test]
    fn answers_between_whole_numbers_stay_exact() {
        assert_eq!(shown(&rule(None), "0.1 2.9 0.1 2.9 0.1"), "0.5");
    }

    #[test]
    fn answers_beyond_all_arithmetic_are_refused() {
        let rule = ItemRule { items: 1000, range: None, reverse: Vec::new(), ..rule(None) };
        let cells = format!("0.000000000000000001{}", " 999999999999999999".repeat(999));
        assert_eq!(shown(&rule, &cells), "TooLarge");
    }
}
