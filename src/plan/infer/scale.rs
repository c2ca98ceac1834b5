//! The scales that a name in a header may mean.

use crate::trial::{Catalogue, Instrument, fold};

/// Words about the score that are not part of the scale's name.
const FILLER: [&str; 20] = [
    "total", "score", "scores", "sum", "tot", "raw", "scale", "ttl", "points", "summe", "at", "of", "the", "in", "on", "for", "overall",
    "questionnaire", "gesamt", "gesamtwert",
];

const FILLER_CJK: [&str; 10] = ["合計得点", "合計点", "総得点", "合計", "得点", "総点", "点数", "총점", "점수", "점"];

/// Words in brackets behind a scale by which a column is a part of it.
const PARTS: [&str; 12] = ["item", "items", "question", "subscale", "factor", "domain", "項目", "因子", "下位尺度", "문항", "요인", "하위척도"];

/// A name with more words is a text in which no scale is looked for.
const MOST_WORDS: usize = 60;

/// The words of the longest name of a scale.
const LONGEST_NAME: usize = 5;

/// The scales that go by this name, or by it with less and less around it.
pub(super) fn named<'c>(catalogue: &'c Catalogue, name: &str) -> Vec<&'c Instrument> {
    variants(name).iter().map(|variant| catalogue.matching(variant)).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The scales whose name stands somewhere in a longer one: `How did you feel this week? (BDI)`. That the column is the score
/// is not said thereby.
pub(super) fn mentioned<'c>(catalogue: &'c Catalogue, name: &str) -> Vec<&'c Instrument> {
    let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() > MOST_WORDS {
        return Vec::new();
    }
    let runs = (1..=LONGEST_NAME).rev().flat_map(|length| words.windows(length));
    let is_name = |run: &&[&str]| run.iter().map(|word| word.chars().count()).sum::<usize>() > 2;
    runs.filter(is_name).map(|run| catalogue.matching(&run.concat())).find(|found| !found.is_empty()).unwrap_or_default()
}

/// Whether a name says which version of the scale it means: `BDI` does not say that it is the BDI-II.
pub(super) fn says_version(instrument: &Instrument, name: &str) -> bool {
    let own = fold(&instrument.abbreviation);
    !variants(name).iter().map(|variant| fold(variant)).any(|variant| {
        !variant.is_empty() && own.starts_with(&variant) && own != variant && instrument.spellings().any(|spelling| fold(spelling) == variant)
    })
}

/// The name, and the name with less and less around it.
fn variants(name: &str) -> Vec<String> {
    let (plain, inside) = match name.find(['(', '（', ',', '、', '[']) {
        Some(at) => (&name[..at], &name[at..]),
        None => (name, ""),
    };
    let is_part = inside.split(|letter: char| !letter.is_alphanumeric()).any(|word| {
        let word = fold(word);
        PARTS.iter().any(|part| word == *part || !part.is_ascii() && word.contains(part))
    });
    if is_part {
        return vec![name.to_owned()];
    }
    let words = |text: &str| {
        text.split(|letter: char| letter == '_' || letter.is_whitespace() || letter == '.')
            .filter(|word| !FILLER.contains(&fold(word).as_str()))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut short = words(plain);
    if let Some(rest) = FILLER_CJK.iter().find_map(|filler| short.trim_end().strip_suffix(filler)) {
        short = rest.to_owned();
    }
    vec![name.to_owned(), plain.to_owned(), short]
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
        for name in ["PHQ-9", "phq9_total", "PHQ-9 total score at", "PHQ-9 (0-27)", "Total PHQ-9 of the", "PHQ-9合計", "PHQ-9 총점"] {
            assert_eq!(ids(named(&catalogue, name)), ["phq9"], "{name}");
        }
        for name in ["PHQ-9 (item 9)", "PHQ-9（項目3）", "phq9_tscore", "phq9_cat", "phq9_3", "prrs_mean"] {
            assert!(named(&catalogue, name).is_empty(), "{name}");
        }
    }

    #[test]
    fn a_scale_that_is_only_mentioned_is_told_from_one_that_is_named() {
        let catalogue = Catalogue::embedded();
        let name = "How much were you troubled this week? (\"BDI\")";
        assert!(named(&catalogue, name).is_empty());
        assert_eq!(ids(mentioned(&catalogue, name)), ["bdi2"]);
        assert!(mentioned(&catalogue, "How sad are you?").is_empty());
    }

    #[test]
    fn a_name_without_its_version_is_noticed() {
        let catalogue = Catalogue::embedded();
        let says = |id: &str, name: &str| says_version(catalogue.get(id).expect("an entry"), name);
        assert!(!says("bdi2", "bdi_total") && !says("hamd17", "HAMD") && !says("pss10", "PSS"));
        assert!(says("bdi2", "BDI-II") && says("bdi2", "bdi2") && says("gad7", "GAD-7 total") && says("wsas", "wsas"));
    }
}
