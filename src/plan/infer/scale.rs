//! The scales that a name in a header may mean.

use std::collections::HashMap;

use crate::trial::{Catalogue, Instrument, fold};

/// Words about the score that are not part of the scale's name.
const FILLER: [&str; 22] = [
    "total",
    "score",
    "scores",
    "sum",
    "tot",
    "raw",
    "scale",
    "ttl",
    "points",
    "summe",
    "at",
    "of",
    "the",
    "in",
    "on",
    "for",
    "to",
    "range",
    "overall",
    "questionnaire",
    "gesamt",
    "gesamtwert",
];

const FILLER_CJK: [&str; 16] =
    ["合計得点", "合計点", "総得点", "合計", "得点", "総点", "点数", "点", "検査", "尺度", "총점", "점수", "점", "검사", "척도", "합계"];

/// A name with more words is a text in which no scale is looked for.
const MOST_WORDS: usize = 60;

/// Fewer letters in brackets than this are no long name of a scale.
const LEAST_OF_NAME: usize = 5;

/// The words of the longest name of a scale.
const LONGEST_NAME: usize = 5;

/// The scales of the catalogue by every name that they go by, for the many names of a wide header.
pub(super) struct Scales<'c>(HashMap<String, Vec<&'c Instrument>>);

impl<'c> Scales<'c> {
    pub fn new(catalogue: &'c Catalogue) -> Self {
        let mut by_name: HashMap<String, Vec<&Instrument>> = HashMap::new();
        for instrument in catalogue.instruments() {
            for name in instrument.spellings().map(fold) {
                let known = by_name.entry(name).or_default();
                if known.last().is_none_or(|last| last.id != instrument.id) {
                    known.push(instrument);
                }
            }
        }
        Self(by_name)
    }

    fn of(&self, name: &str) -> &[&'c Instrument] {
        self.0.get(&fold(name)).map_or(&[], Vec::as_slice)
    }

    /// The scales that go by this name, or by it without the words about the score around it. What stands in brackets or behind
    /// a comma may be its range or its long name; anything else makes it a part of the scale: `PHQ-9 (Sleep)`.
    pub fn named(&self, name: &str) -> Vec<&'c Instrument> {
        if let whole @ [_, ..] = self.of(name) {
            return whole.to_vec();
        }
        let (plain, behind) = cut(name);
        let says_nothing = behind.split(|letter: char| !letter.is_alphanumeric()).all(is_filler);
        let is_long_name = |instrument: &&Instrument| {
            let behind = fold(behind);
            instrument.spellings().any(|spelling| behind.chars().count() > LEAST_OF_NAME && fold(spelling).starts_with(&behind))
        };
        let found = match self.of(plain) {
            [] => self.of(&short(plain)),
            found => found,
        };
        found.iter().copied().filter(|instrument| says_nothing || is_long_name(instrument)).collect()
    }

    /// The scales whose name stands somewhere in a longer one: `How did you feel this week? (BDI)`. That the column is the score
    /// is not said thereby.
    pub fn mentioned(&self, name: &str) -> Vec<&'c Instrument> {
        let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        if words.len() > MOST_WORDS {
            return Vec::new();
        }
        let runs = (1..=LONGEST_NAME).rev().flat_map(|length| words.windows(length));
        let is_name = |run: &&[&str]| run.iter().map(|word| word.chars().count()).sum::<usize>() > 2;
        runs.filter(is_name).map(|run| self.of(&run.concat())).find(|found| !found.is_empty()).unwrap_or_default().to_vec()
    }
}

/// The name, and what stands behind it in brackets or after a comma.
fn cut(name: &str) -> (&str, &str) {
    name.find(['(', '（', ',', '、', '[']).map_or((name, ""), |at| name.split_at(at))
}

/// Whether a word says nothing of what is measured: a number, a range, `total`, `27点`.
fn is_filler(word: &str) -> bool {
    let letters: String = fold(word).chars().filter(|letter| !letter.is_numeric()).collect();
    letters.is_empty() || FILLER.contains(&letters.as_str()) || FILLER_CJK.contains(&letters.as_str())
}

/// A name without the words about the score.
fn short(name: &str) -> String {
    let words = name.split(|letter: char| letter == '_' || letter.is_whitespace() || letter == '.');
    let short = words.filter(|word| !FILLER.contains(&fold(word).as_str())).collect::<Vec<_>>().join(" ");
    match FILLER_CJK.iter().find_map(|filler| short.trim_end().strip_suffix(filler)) {
        Some(rest) => rest.to_owned(),
        None => short,
    }
}

/// Whether a name says which version of the scale it means: `BDI` does not say that it is the BDI-II.
pub(super) fn says_version(instrument: &Instrument, name: &str) -> bool {
    let own = fold(&instrument.abbreviation);
    let plain = cut(name).0;
    ![name, plain, &short(plain)].into_iter().map(fold).any(|variant| {
        !variant.is_empty()
            && own.starts_with(&variant)
            && own != variant
            && instrument.spellings().any(|spelling| fold(spelling) == variant)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(found: Vec<&Instrument>) -> Vec<&str> {
        found.into_iter().map(|instrument| instrument.id.as_str()).collect()
    }

    #[test]
    fn a_name_is_a_scale_with_words_about_the_score_around_it() {
        let catalogue = Catalogue::embedded();
        let scales = Scales::new(&catalogue);
        for name in [
            "PHQ-9",
            "phq9_total",
            "PHQ-9 total score at",
            "PHQ-9 (0-27)",
            "PHQ-9（0〜27点）",
            "PHQ-9 (total), \"sum\"",
            "PHQ-9 (Patient Health Questionnaire)",
            "Total PHQ-9 of the",
            "PHQ-9合計",
            "PHQ-9 총점",
            "PHQ9_검사",
        ] {
            assert_eq!(ids(scales.named(name)), ["phq9"], "{name}");
        }
        for name in ["PHQ-9 (item 9)", "PHQ-9 (Sleep)", "PHQ-9（項目3）", "PHQ-9, sleep", "phq9_tscore", "phq9_cat", "phq9_3", "prrs_mean"]
        {
            assert!(scales.named(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn a_scale_that_is_only_mentioned_is_told_from_one_that_is_named() {
        let catalogue = Catalogue::embedded();
        let scales = Scales::new(&catalogue);
        let name = "How much were you troubled this week? (\"BDI\")";
        assert!(scales.named(name).is_empty());
        assert_eq!(ids(scales.mentioned(name)), ["bdi2"]);
        assert!(scales.mentioned("How sad are you?").is_empty());
    }

    #[test]
    fn a_name_without_its_version_is_noticed() {
        let catalogue = Catalogue::embedded();
        let says = |id: &str, name: &str| says_version(catalogue.get(id).expect("an entry"), name);
        assert!(!says("bdi2", "bdi_total") && !says("hamd17", "HAMD") && !says("pss10", "PSS"));
        assert!(says("bdi2", "BDI-II") && says("bdi2", "bdi2") && says("gad7", "GAD-7 total") && says("wsas", "wsas"));
    }
}
