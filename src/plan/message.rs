//! The parts that messages about a plan share.

use std::fmt;

/// The hint "did you mean", where one of `valid` is near enough.
pub(super) fn suggest<'v>(word: &str, valid: impl Iterator<Item = &'v str>) -> Option<String> {
    let wanted = word.to_lowercase();
    valid
        .map(|candidate| (strsim::jaro_winkler(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(score, _)| *score >= 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| format!("did you mean `{candidate}`?"))
}

/// ``one of `a`, `b` or `c` ``
pub(super) fn one_of(valid: &[&str]) -> String {
    match valid {
        [] => "a text in quotes".to_owned(),
        [only] => format!("`{only}`"),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(|word| format!("`{word}`")).collect();
            format!("one of {} or `{last}`", rest.join(", "))
        }
    }
}

/// The words an enumeration allows, caught from serde's own complaint, so that they are written down once only.
#[derive(Debug)]
pub(super) struct Variants(pub &'static [&'static str]);

impl fmt::Display for Variants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_of(self.0))
    }
}

impl std::error::Error for Variants {}

impl serde::de::Error for Variants {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(&[])
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self(expected)
    }
}
