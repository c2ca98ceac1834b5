//! The dates of the visits under `[data]`.

use super::Checker;
use crate::plan::Layout;

/// The letters of `date_format` that say year, month and day; the others may stand beside them.
const YEAR: &[char] = &['Y', 'y', 'F'];
const MONTH: &[char] = &['m', 'b', 'B', 'h', 'F'];
const DAY: &[char] = &['d', 'e', 'F'];
const BESIDE: &[char] = &['H', 'I', 'p', 'P', 'M', 'S', 'T', 'R', 'f', 'a', 'A', '%'];

pub(super) fn check(checker: &mut Checker<'_>) {
    let data = &checker.plan.data;
    let layout = checker.plan.layout();
    let is_long = matches!(layout, Layout::Long | Layout::Tidy);
    let keys = [
        ("data.pre_date", data.pre_date.is_some(), !is_long),
        ("data.post_date", data.post_date.is_some(), !is_long),
        ("data.date", data.date.is_some(), is_long),
    ];
    for (path, _, _) in keys.into_iter().filter(|(_, is_there, belongs)| *is_there && !belongs) {
        let hint = if is_long {
            "in the long layouts the date of the row's visit stands in one column, `date`"
        } else {
            "`pre_date` and `post_date` name the columns of the two dates"
        };
        checker.contradiction(path, format!("`{path}` has no place in the {}", layout.label()), hint);
    }
    if layout == Layout::Wide && data.pre_date.is_some() && data.pre_date == data.post_date {
        checker.contradiction("data.post_date", "`pre_date` and `post_date` are the same column", "each visit has a date of its own");
    }
    let Some(format) = &data.date_format else { return };
    if !keys.iter().any(|(_, is_there, _)| *is_there) {
        checker.contradiction("data.date_format", "`date_format` is declared, but no column of dates", hint_without_column(is_long));
    }
    if let Err(why) = letters(format) {
        let hint = "the letters are those of strftime: %Y year, %m month, %d day, %b month by name; as in \"%d/%m/%Y\"";
        checker.invalid("data.date_format", why, &format!("{format:?}"), Some(hint));
    }
}

fn hint_without_column(is_long: bool) -> &'static str {
    if is_long { "add `date` under [data], or remove it" } else { "add `pre_date` and `post_date` under [data], or remove it" }
}

/// Whether a format has the letters of a whole date, each part once, and only known ones.
fn letters(format: &str) -> Result<(), &'static str> {
    let mut found = Vec::new();
    let mut rest = format.chars();
    while let Some(letter) = rest.next() {
        if letter != '%' {
            continue;
        }
        // `%-d` is a day without a zero in front, `%.f` a fraction of a second.
        let letter = rest.next().and_then(|letter| if matches!(letter, '-' | '.') { rest.next() } else { Some(letter) });
        found.push(letter.ok_or("a letter after each %")?);
    }
    let known = |letter: &char| [YEAR, MONTH, DAY, BESIDE].iter().any(|letters| letters.contains(letter));
    let once = |letters: &[char]| found.iter().filter(|letter| letters.contains(letter)).count() == 1;
    if !found.iter().all(known) {
        Err("letters of strftime that say a date")
    } else if once(YEAR) && once(MONTH) && once(DAY) {
        Ok(())
    } else {
        Err("year, month and day, each once")
    }
}
