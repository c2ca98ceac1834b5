//! Scores from items: the columns that a pattern stands for, and the scores that items can make.

use super::moment::common_stem;
use super::{ItemScore, OutcomeSection};
use crate::decimal::Decimal;
use crate::trial::ScoreRange;

/// The longest number, with the zeros in front of it.
const MOST_DIGITS: usize = 9;

/// The columns of a scale's items: `wb_pre_{i}`, or `wb_pre_{i:02}` where the numbers have zeros in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemPattern<'p> {
    before: &'p str,
    after: &'p str,
    digits: usize,
}

impl<'p> ItemPattern<'p> {
    /// Reads a pattern; `None` unless exactly one `{i}` or `{i:02}` stands in it.
    pub fn parse(text: &'p str) -> Option<Self> {
        let (before, rest) = text.split_once("{i")?;
        let (format, after) = rest.split_once('}')?;
        let digits = match format.strip_prefix(':') {
            None if format.is_empty() => 1,
            None => return None,
            Some(width) => width.strip_prefix('0')?.parse().ok().filter(|digits| (1..=MOST_DIGITS).contains(digits))?,
        };
        (!after.contains("{i")).then_some(Self { before, after, digits })
    }

    /// The column of item `number`.
    pub fn column(&self, number: u32) -> String {
        format!("{}{number:0width$}{}", self.before, self.after, width = self.digits)
    }

    /// The number of the item whose column this is.
    pub fn number(&self, column: &str) -> Option<u32> {
        let number = column.strip_prefix(self.before)?.strip_suffix(self.after)?.parse().ok()?;
        (self.column(number) == column).then_some(number)
    }

    /// The same columns with numbers of another width.
    pub fn with_digits(self, digits: usize) -> Self {
        Self { digits, ..self }
    }

    /// The pattern as a plan writes it.
    pub fn text(&self) -> String {
        let format = if self.digits == 1 { String::new() } else { format!(":0{}", self.digits) };
        format!("{}{{i{format}}}{}", self.before, self.after)
    }

    /// What is left without the number: `wb_pre`.
    fn stem(&self) -> String {
        let is_mark = |letter: char| !letter.is_alphanumeric();
        format!("{}{}", self.before.trim_end_matches(is_mark), self.after).trim_matches(is_mark).to_owned()
    }
}

impl OutcomeSection {
    /// Whether its scores are made of items.
    pub fn is_from_items(&self) -> bool {
        self.pre_items.is_some() || self.post_items.is_some() || self.value_items.is_some()
    }

    /// Lowest and highest score that the items can make, where their number and range are declared.
    pub fn range_of_items(&self) -> Option<ScoreRange> {
        let items = if self.score == Some(ItemScore::Mean) { 1 } else { i64::from(self.items?) };
        let total = |end: Decimal| Decimal::new(end.mantissa().checked_mul(items)?, end.scale());
        let [min, max] = self.item_range.filter(|_| self.is_from_items())?;
        Some(ScoreRange { min: total(min)?, max: total(max)? })
    }

    /// A name for the outcome from what its patterns have in common.
    pub(super) fn stem_of_items(&self) -> Option<String> {
        let stem = |pattern: &Option<String>| pattern.as_deref().and_then(ItemPattern::parse).map(|pattern| pattern.stem());
        match (stem(&self.pre_items), stem(&self.post_items)) {
            (Some(pre), Some(post)) => common_stem(&pre, &post),
            _ => stem(&self.value_items).filter(|stem| !stem.is_empty()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_gives_the_columns() {
        let column = |text: &str| ItemPattern::parse(text).map(|pattern| pattern.column(7));
        assert_eq!(column("wb_pre_{i}").as_deref(), Some("wb_pre_7"));
        assert_eq!(column("wb_{i:02}_pre").as_deref(), Some("wb_07_pre"));
        assert_eq!(column("{i}").as_deref(), Some("7"));
        assert_eq!(column("項目{i}（前）").as_deref(), Some("項目7（前）"));
        for bad in ["wb_pre", "wb_{i}_{i}", "wb_{i:2}", "wb_{i:00}", "wb_{i:0}", "wb_{item}", "wb_{i", "wb_{n}"] {
            assert_eq!(ItemPattern::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_pattern_reads_back() {
        for text in ["wb_pre_{i}", "q{i:03}", "{i}_x"] {
            assert_eq!(ItemPattern::parse(text).map(|pattern| pattern.text()).as_deref(), Some(text));
        }
    }

    #[test]
    fn outcomes_are_named_by_what_patterns_share() {
        let named = |pre: &str, post: &str| {
            let own = |pattern: &str| Some(pattern.to_owned());
            OutcomeSection { pre_items: own(pre), post_items: own(post), ..OutcomeSection::default() }.stem_of_items()
        };
        assert_eq!(named("wb_pre_{i}", "wb_post_{i}").as_deref(), Some("wb"));
        assert_eq!(named("wb_{i:02}_pre", "wb_{i:02}_post").as_deref(), Some("wb"));
        assert_eq!(named("a_{i}", "b_{i}"), None);
    }
}
