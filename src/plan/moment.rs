//! Which moment a column name or a visit label speaks of: before, after, or a numbered visit.

use unicode_normalization::UnicodeNormalization;

use super::moment_words::{CJK_POST, CJK_PRE, COUNTED, ORDINAL_UNITS, POST, PRE, TIME_UNITS, WEAK};

/// What a name says about when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Pre,
    Post,
    /// `t1`, `visit 2`: an order without a length.
    Ordinal(i64),
    /// `3m`, `week 12`, `day -7`: days, roughly; only their order matters.
    Days(i64),
    /// A bare number, `_1`: perhaps a visit, perhaps an item.
    Bare(u32),
}

/// A name without its moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    pub stem: String,
    pub moment: Moment,
}

/// Finds the moment in a name; words (`pre`, `後`) count before numbers (`t1`, `3m`), those before a bare number.
pub(super) fn split(name: &str) -> Option<Marked> {
    let name: String = name.nfkc().collect();
    let tokens = tokens(&name);
    if let Some((range, moment)) = by_word(&tokens).or_else(|| by_number(&name, &tokens)) {
        return Some(Marked { stem: without(&name, range), moment });
    }
    affix(&name, &tokens).or_else(|| {
        let last = tokens.last().filter(|_| tokens.len() > 1)?;
        Some(Marked { stem: without(&name, last.start..last.end), moment: Moment::Bare(last.word.parse().ok()?) })
    })
}

/// Whether two names speak of different moments, as `bdi_pre` and `bdi_post` do: neither can be a slip for the other.
pub fn are_of_different_moments(a: &str, b: &str) -> bool {
    match (split(a), split(b)) {
        (Some(a), Some(b)) => a.moment != b.moment,
        _ => false,
    }
}

/// The moment in a name that says it twice, by a word and by a number: `T1 pre`, `post 3m`, `3-month follow-up`. A time behind the
/// end is the more telling.
pub(super) fn split_twice(name: &str) -> Option<Marked> {
    let by_word = split(name).filter(|marked| matches!(marked.moment, Moment::Pre | Moment::Post))?;
    let by_number =
        split(&by_word.stem).filter(|marked| matches!(marked.moment, Moment::Ordinal(_) | Moment::Days(_)) && !marked.stem.is_empty())?;
    let moment = match (by_word.moment, by_number.moment) {
        (Moment::Post, Moment::Days(days)) => Moment::Days(days),
        (moment, _) => moment,
    };
    Some(Marked { stem: by_number.stem, moment })
}

/// The moment in the name of a file, without its extension. Only whole words count: `preston`, `postdam` and `前橋` are places.
pub(super) fn of_file(name: &str) -> Option<Moment> {
    let name: String = name.nfkc().collect();
    let tokens = tokens(&name);
    let (range, moment) = by_word(&tokens).or_else(|| by_number(&name, &tokens))?;
    let is_part = tokens.iter().any(|token| token.start <= range.start && range.end <= token.end && token.end - token.start > range.len());
    (!is_part || name[range].chars().nth(1).is_some()).then_some(moment)
}

/// Whether a name of a later visit speaks of one long after the end.
pub(super) fn is_follow_up(name: &str) -> bool {
    let name: String = name.nfkc().collect();
    let tokens = tokens(&name);
    let is = |word: &str| ["followup", "fu", "fup", "katamnese"].contains(&word.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    tokens.iter().any(|token| is(&token.word) || token.word.contains("フォローアップ") || token.word.contains("추적"))
        || tokens.windows(2).any(|two| is(&format!("{}{}", two[0].word, two[1].word)))
}

/// Whether a name of an early visit speaks of one that leads to the baseline.
pub(super) fn is_before_baseline(name: &str) -> bool {
    let name: String = name.nfkc().collect();
    tokens(&name).iter().any(|token| token.word == "screening" || token.word == "enrollment" || token.word == "enrolment")
}

/// Where a word says the moment. `before discharge` and `post-baseline` speak of both ends, and so of neither; of `last` and
/// `first` the other word is the more telling: `last two weeks (before)`.
fn by_word(tokens: &[Token]) -> Option<(std::ops::Range<usize>, Moment)> {
    let mut found: Vec<(std::ops::Range<usize>, Moment, bool)> = Vec::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let is_weak = WEAK.contains(&token.word.as_str());
        let joined = tokens.get(index + 1).map(|next| (next, format!("{}{}", token.word, next.word)));
        index += 1;
        // Two words first: `follow up`, `end point`.
        if let Some((next, joined)) = joined
            && let Some(moment) = whole_word(&joined)
            && !token.word.bytes().all(|byte| byte.is_ascii_digit())
        {
            found.push((token.start..next.end, moment, false));
            index += 1;
        } else if let Some(moment) = word(&token.word) {
            found.push((token.start..token.end, moment, is_weak));
        } else if let Some((moment, range)) = cjk(token).filter(|_| !counts_time(tokens, index - 1)) {
            found.push((range, moment, false));
        }
    }
    if found.iter().any(|(.., is_weak)| !is_weak) {
        found.retain(|(.., is_weak)| !is_weak);
    }
    let (range, moment, _) = found.first().cloned()?;
    found.iter().all(|(_, other, _)| *other == moment).then_some((range, moment))
}

/// Where a number with its unit says the moment.
fn by_number(name: &str, tokens: &[Token]) -> Option<(std::ops::Range<usize>, Moment)> {
    tokens.iter().enumerate().find_map(|(index, token)| {
        if let Some(next) = tokens.get(index + 1) {
            let is_behind = next.word.bytes().all(|byte| byte.is_ascii_digit());
            let is_negative = has_minus(name, if is_behind { next.start } else { token.start });
            if let Some(moment) = numbered(&token.word, &next.word, is_negative) {
                return Some((token.start..next.end, moment));
            }
        }
        let cut = token.word.find(|letter: char| letter.is_ascii_digit() != token.word.starts_with(|first: char| first.is_ascii_digit()));
        let is_negative = token.word.starts_with(|first: char| first.is_ascii_digit()) && has_minus(name, token.start);
        let moment = cut.and_then(|cut| numbered(&token.word[..cut], &token.word[cut..], is_negative))?;
        Some((token.start..token.end, moment))
    })
}

/// Whether a minus stands before the number at `start`. A hyphen between a letter and a number only joins them.
fn has_minus(name: &str, start: usize) -> bool {
    let before = &name[..start];
    before.ends_with('\u{2212}')
        || before.strip_suffix('-').is_some_and(|before| !before.ends_with(|letter: char| letter.is_alphanumeric()))
}

/// The moment of a visit label; a label that is only a number is a numbered visit.
pub(super) fn of_label(label: &str) -> Option<Moment> {
    match label.trim().replace('\u{2212}', "-").parse() {
        Ok(number) => Some(Moment::Ordinal(number)),
        Err(_) => split(label).map(|marked| marked.moment),
    }
}

/// What two names have in common apart from their moments.
pub(super) fn common_stem(pre: &str, post: &str) -> Option<String> {
    let (pre, post) = (split(pre)?, split(post)?);
    (!pre.stem.is_empty() && crate::trial::fold(&pre.stem) == crate::trial::fold(&post.stem)).then_some(pre.stem)
}

/// A run of letters and digits of one kind, in lower case.
struct Token {
    word: String,
    start: usize,
    end: usize,
}

/// Cuts at separators, at camel humps (`bdiPre`) and between ASCII and other scripts (`BDI前`).
fn tokens(name: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut before: Option<char> = None;
    for (at, letter) in name.char_indices() {
        if letter.is_alphanumeric() {
            let hump = |last: char| {
                letter.is_ascii_uppercase() && !last.is_ascii_uppercase() || letter.is_ascii() != last.is_ascii() && !is_latin(letter, last)
            };
            let starts = before.is_none_or(hump);
            match tokens.last_mut().filter(|_| !starts) {
                Some(token) => {
                    token.word.extend(letter.to_lowercase());
                    token.end = at + letter.len_utf8();
                }
                None => tokens.push(Token { word: letter.to_lowercase().collect(), start: at, end: at + letter.len_utf8() }),
            }
            before = Some(letter);
        } else {
            before = None;
        }
    }
    tokens
}

/// Accented letters belong to the word around them (`après`).
fn is_latin(one: char, other: char) -> bool {
    one.is_alphabetic() && other.is_alphabetic() && one < '\u{250}' && other < '\u{250}'
}

/// A word for a moment, perhaps with the number of the visit: `post`, `post2`.
fn word(word: &str) -> Option<Moment> {
    whole_word(word.trim_end_matches(|letter: char| letter.is_ascii_digit()))
}

fn whole_word(word: &str) -> Option<Moment> {
    if PRE.contains(&word) {
        Some(Moment::Pre)
    } else if POST.contains(&word) {
        Some(Moment::Post)
    } else {
        None
    }
}

/// A marker at the end or the start of a word written without spaces: `介入前`, `사후`.
fn cjk(token: &Token) -> Option<(Moment, std::ops::Range<usize>)> {
    // `前後差` is the difference of both.
    let is_both = [('前', '後'), ('전', '후')].iter().any(|(pre, post)| token.word.contains(*pre) && token.word.contains(*post));
    if token.word.is_ascii() || is_both {
        return None;
    }
    for (markers, moment) in [(&CJK_PRE[..], Moment::Pre), (&CJK_POST[..], Moment::Post)] {
        for marker in markers {
            if token.word.ends_with(marker) {
                return Some((moment, token.end - marker.len()..token.end));
            }
            if token.word.starts_with(marker) {
                return Some((moment, token.start..token.start + marker.len()));
            }
        }
    }
    None
}

/// `3` before `か月後`: a number of months, not a word. The 9 of `PHQ-9 前` counts nothing.
fn counts_time(tokens: &[Token], index: usize) -> bool {
    index > 0
        && tokens[index - 1].word.bytes().all(|byte| byte.is_ascii_digit())
        && COUNTED.iter().any(|unit| tokens[index].word.starts_with(unit))
}

/// A unit and a number in either order: `t` `1`, `3` `m`, `month` `3`.
fn numbered(one: &str, other: &str, is_negative: bool) -> Option<Moment> {
    let (unit, number) = match (one.parse::<u32>(), other.parse::<u32>()) {
        (Err(_), Ok(number)) => (one, number),
        (Ok(number), Err(_)) => (other, number),
        _ => return None,
    };
    let number = if is_negative { -i64::from(number) } else { i64::from(number) };
    if ORDINAL_UNITS.contains(&unit) {
        return Some(Moment::Ordinal(number));
    }
    TIME_UNITS.iter().find(|(units, _)| units.contains(&unit)).map(|(_, days)| Moment::Days(number * i64::from(*days)))
}

/// `bdipre`, `prebdi`: no boundary shows, so that only a counterpart can prove it (pairing asks for one).
fn affix(name: &str, tokens: &[Token]) -> Option<Marked> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    for (marker, moment) in [("pre", Moment::Pre), ("post", Moment::Post)] {
        if last.word.len() > marker.len() + 1 && last.word.ends_with(marker) {
            return Some(Marked { stem: without(name, last.end - marker.len()..last.end), moment });
        }
        if first.word.len() > marker.len() + 1 && first.word.starts_with(marker) {
            return Some(Marked { stem: without(name, first.start..first.start + marker.len()), moment });
        }
    }
    None
}

/// The name without a part, and without the separators that stood around it.
fn without(name: &str, range: std::ops::Range<usize>) -> String {
    let edge = |letter: char| !letter.is_alphanumeric();
    let (before, tail) = (name[..range.start].trim_start_matches(edge), name[range.end..].trim_matches(edge));
    let mut head = before.trim_end_matches(edge);
    // A bracket that was opened is closed.
    if let Some(bracket) = before[head.len()..].chars().next().filter(|letter| matches!(letter, ')' | '）' | ']'))
        && head.contains(['(', '（', '['])
    {
        head = &before[..head.len() + bracket.len_utf8()];
    }
    match (head.is_empty(), tail.is_empty()) {
        (false, false) => format!("{head}_{tail}"),
        _ => format!("{head}{tail}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str) -> Option<(String, Moment)> {
        split(name).map(|marked| (marked.stem, marked.moment))
    }

    #[test]
    fn words_of_both_ends_say_nothing() {
        for name in ["before discharge", "post-baseline", "PHQ-9 pre post", "PHQ-9 前後差", "사전사후 차이", "end of baseline phase"]
        {
            assert!(found(name).is_none_or(|(_, moment)| matches!(moment, Moment::Bare(_))), "{name}");
        }
        assert_eq!(found("first follow-up").map(|found| found.1), Some(Moment::Post));
        assert_eq!(found("troubled in the last two weeks (before)").map(|found| found.1), Some(Moment::Pre));
        assert_eq!(found("BDI last"), Some(("BDI".to_owned(), Moment::Post)));
    }

    #[test]
    fn a_minus_before_the_number_of_a_visit_is_read_and_a_joining_hyphen_is_not() {
        for (name, days) in [("phq9 (day -7)", -7), ("phq9_-7d", -7), ("week −2", -14), ("phq9_day-7", 7), ("BDI-7d", 7), ("-4 weeks", -28)]
        {
            assert_eq!(found(name).map(|found| found.1), Some(Moment::Days(days)), "{name}");
        }
        assert_eq!(of_label("−1"), Some(Moment::Ordinal(-1)));
    }

    #[test]
    fn a_visit_said_twice_is_one_visit() {
        let twice = |name: &str| split_twice(name).map(|marked| (marked.stem, marked.moment));
        assert_eq!(twice("phq9_T1_pre"), Some(("phq9".to_owned(), Moment::Pre)));
        assert_eq!(twice("phq9_fu_3m"), Some(("phq9".to_owned(), Moment::Days(90))));
        assert_eq!(twice("d2_pre"), None);
        assert_eq!(found("phq9_post2"), Some(("phq9".to_owned(), Moment::Post)));
    }

    #[test]
    fn a_bracket_stays_closed() {
        assert_eq!(found("PHQ-9 (Sleep) pre"), Some(("PHQ-9 (Sleep)".to_owned(), Moment::Pre)));
        assert_eq!(found("BDI (Baseline)"), Some(("BDI".to_owned(), Moment::Pre)));
    }
}
