//! `[analysis]`, `[figures]` and `[privacy]` of a plan that was built without a text: what reading refuses is refused here too.

use super::Checker;
use crate::plan::limits;

pub(super) fn check(checker: &mut Checker<'_>) {
    let analysis = &checker.plan.analysis;
    let (low, high) = limits::CONF_LEVEL;
    if !(analysis.conf_level > low && analysis.conf_level < high) {
        checker.invalid("analysis.conf_level", &format!("a number between {low} and {high}"), &analysis.conf_level.to_string(), None);
    }
    let whole = [
        ("analysis.bootstrap", analysis.bootstrap, limits::BOOTSTRAP),
        ("analysis.permutations", analysis.permutations, limits::PERMUTATIONS),
    ];
    let dpi = checker.plan.figures.dpi.map(|dpi| ("figures.dpi", dpi, limits::DPI));
    for (path, number, range) in whole.into_iter().chain(dpi) {
        if !range.contains(&number) {
            let expected = format!("a whole number from {} to {}", range.start(), range.end());
            checker.invalid(path, &expected, &number.to_string(), None);
        }
    }
    twice(checker, "figures.kinds", checker.plan.figures.kinds.iter().map(|kind| kind.name()));
    twice(checker, "figures.formats", checker.plan.figures.formats.iter().map(|format| format.name()));
}

/// A word that stands twice in a list.
fn twice<'w>(checker: &mut Checker<'_>, path: &str, words: impl Iterator<Item = &'w str>) {
    let mut seen = Vec::new();
    for word in words {
        if seen.contains(&word) {
            checker.contradiction(path, format!("`{path}` names `{word}` twice"), "name each once");
        }
        seen.push(word);
    }
}
