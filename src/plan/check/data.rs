//! `[data]` and `[visits]`.

use super::Checker;
use crate::plan::Layout;
use crate::plan::data_file::{file_and_sheet, file_name};
use crate::plan::message::suggest;
use crate::trial::ProblemCode;

pub(super) fn check(checker: &mut Checker<'_>) {
    files(checker);
    columns(checker);
    visits(checker);
    marks(checker);
}

fn files(checker: &mut Checker<'_>) {
    let data = &checker.plan.data;
    match (&data.pre, &data.post) {
        (Some(_), None) => {
            checker.missing("data.post", "the file of the post visit", "two files are named `pre = \"…\"` and `post = \"…\"`")
        }
        (None, Some(_)) => checker.missing("data.pre", "the file of the pre visit", "two files are named `pre = \"…\"` and `post = \"…\"`"),
        (Some(pre), Some(post)) if pre == post => {
            checker.contradiction(
                "data.post",
                format!("pre and post are the same file, `{pre}`"),
                "name the file of each visit, or use `files`",
            );
        }
        (None, None) if data.files.is_empty() => {
            checker.missing("data.files", "the data files", "add `files = [\"scores.csv\"]`, or `pre` and `post`, under [data]");
        }
        _ => {}
    }
    if !data.files.is_empty() && (data.pre.is_some() || data.post.is_some()) {
        checker.contradiction("data.files", "both `files` and `pre`/`post` name the data", "keep one of the two");
    }
    for (index, file) in data.files.iter().enumerate() {
        if data.files[..index].contains(file) {
            checker.contradiction("data.files", format!("the file `{file}` is named twice"), "each file is read once");
        }
    }
    let named = || data.files.iter().chain(&data.pre).chain(&data.post).chain(&data.control_files);
    for file in named() {
        if let Some(workbook) = file.strip_suffix('#').filter(|workbook| file_and_sheet(&format!("{workbook}#A")).1.is_some()) {
            checker.invalid(
                "data",
                "the name of a sheet behind `#`",
                &format!("`{file}`"),
                Some(&format!("write `{workbook}#SHEET`, or `{workbook}` alone")),
            );
        }
        let own = data.override_of(file).and_then(|own| own.sheet.as_deref());
        if let (Some(sheet), Some(other)) = (file_and_sheet(file).1, own.or(data.sheet.as_deref())) {
            let what = format!("`{file}` names the sheet `{sheet}`, and `sheet` names `{other}`");
            let own_key = [file.as_str(), file_name(file)].into_iter().find(|name| data.files_by_name.contains_key(*name));
            let key = own_key.filter(|_| own.is_some()).map_or("data.sheet".to_owned(), |name| format!("data.files_by_name.{name}.sheet"));
            checker.contradiction(&key, what, "name the sheet in one place");
        }
    }
    let with_sheets = named().map(|file| file_and_sheet(file).0);
    let known: Vec<&str> = named().map(String::as_str).chain(with_sheets).flat_map(|file| [file, file_name(file)]).collect();
    for name in data.files_by_name.keys().filter(|name| !known.contains(&name.as_str())) {
        let hint = suggest(name, known.iter().copied());
        checker.invalid(&format!("data.files_by_name.{name}"), "a file that [data] names", &format!("`{name}`"), hint.as_deref());
    }
}

fn columns(checker: &mut Checker<'_>) {
    let data = &checker.plan.data;
    let layout = checker.plan.layout();
    let own = |file: &Option<String>| file.as_deref().and_then(|file| data.override_of(file)).is_some_and(|own| own.subject.is_some());
    let in_both = own(&data.pre) && own(&data.post);
    if data.subject.is_empty() && !in_both {
        checker.missing("data.subject", "the column of the subject id", "add `subject = \"…\"` under [data]");
    }
    if layout == Layout::Tidy && data.value.is_none() {
        checker.missing("data.value", "the column of the scores", "the tidy long layout needs `outcome_column` and `value` under [data]");
    }
    if matches!(layout, Layout::Long | Layout::Tidy) && data.visit.is_none() {
        checker.missing("data.visit", "the column of the visit", "add `visit = \"…\"` under [data]");
    }
    if layout == Layout::TwoFiles {
        for (path, key) in [("data.visit", &data.visit), ("data.outcome_column", &data.outcome_column)] {
            if key.is_some() {
                let what = format!("`{path}` in a plan with one file a visit is not supported by this version of prepost");
                checker.push(
                    ProblemCode::PlanNotYetSupported,
                    path,
                    what,
                    Some("append the two files, with a visit column, and name them in `files`"),
                );
            }
        }
    }
    if layout != Layout::Tidy && checker.plan.outcome.len() > 1 {
        for name in data.files_by_name.iter().filter(|(_, own)| own.value.is_some()).map(|(name, _)| name) {
            let path = format!("data.files_by_name.{name}.value");
            let what = format!("the file `{name}` has one score column for {} outcomes", checker.plan.outcome.len());
            checker.contradiction(&path, what, "name the column of each outcome in its [[outcome]]: `pre` and `post`, or `value`");
        }
    }
    let named = [
        ("data.subject", Some(&data.subject).filter(|subject| !subject.is_empty())),
        ("data.visit", data.visit.as_ref()),
        ("data.outcome_column", data.outcome_column.as_ref()),
        ("data.value", data.value.as_ref()),
        ("data.group", data.group.as_ref()),
    ];
    for (index, (path, column)) in named.iter().enumerate() {
        let Some(column) = column else { continue };
        if let Some((other, _)) = named[..index].iter().find(|(_, other)| other == &Some(*column)) {
            checker.contradiction(path, format!("`{path}` and `{other}` are the same column, `{column}`"), "each has a column of its own");
        }
    }
}

fn visits(checker: &mut Checker<'_>) {
    let layout = checker.plan.layout();
    let needs = matches!(layout, Layout::Long | Layout::Tidy);
    match &checker.plan.visits {
        None if needs => checker.missing(
            "visits",
            "the labels of the two visits",
            "add [visits] with `pre = \"…\"` and `post = \"…\"`, as they stand in the visit column",
        ),
        Some(_) if layout == Layout::TwoFiles => checker.contradiction(
            "visits",
            "[visits] in a plan with one file a visit",
            "[visits] belongs to the long layout; remove it, or name the data in `files`",
        ),
        Some(visits) => {
            for (path, label) in [("visits.pre", &visits.pre), ("visits.post", &visits.post)] {
                if label.as_slice().is_empty() {
                    checker.missing(path, "the label in the visit column", "both labels are needed");
                }
            }
            for shared in visits.post.as_slice().iter().filter(|label| visits.pre.as_slice().contains(label)) {
                checker.contradiction("visits.post", format!("pre and post are the same visit, `{shared}`"), "name two visits");
            }
            let both = || visits.pre.as_slice().iter().chain(visits.post.as_slice());
            for shared in visits.others.iter().filter(|label| both().any(|other| other == *label)) {
                let what = format!("`{shared}` is the pre or post visit, and among `others`");
                checker.contradiction("visits.others", what, "`others` are the visits besides these two");
            }
        }
        None => {}
    }
}

/// Separators, decimal marks and thousands marks.
fn marks(checker: &mut Checker<'_>) {
    let data = &checker.plan.data;
    one_set(checker, "data", data.separator.as_deref(), data.decimal.as_deref(), data.thousands.as_deref(), data.decimal.as_deref());
    for (name, own) in &data.files_by_name {
        let in_force = own.decimal.as_deref().or(data.decimal.as_deref());
        let path = format!("data.files_by_name.{name}");
        one_set(checker, &path, own.separator.as_deref(), own.decimal.as_deref(), own.thousands.as_deref(), in_force);
    }
    for (column, mark) in &data.decimal_by_column {
        decimal_mark(checker, &format!("data.decimal_by_column.{column}"), mark);
    }
}

fn one_set(
    checker: &mut Checker<'_>,
    table: &str,
    separator: Option<&str>,
    decimal: Option<&str>,
    thousands: Option<&str>,
    in_force: Option<&str>,
) {
    if let Some(mark) = separator.filter(|mark| !matches!(*mark, "tab" | "\\t") && (mark.chars().count() != 1 || "\"\n\r".contains(*mark)))
    {
        checker.invalid(&format!("{table}.separator"), "one character or \"tab\"", &format!("{mark:?}"), None);
    }
    if let Some(mark) = decimal {
        decimal_mark(checker, &format!("{table}.decimal"), mark);
    }
    if let Some(mark) = thousands {
        let path = format!("{table}.thousands");
        if mark.chars().count() != 1 || mark.chars().any(|letter| letter.is_ascii_digit() || "+-\"\n\r".contains(letter)) {
            checker.invalid(&path, "one character that is no digit or sign", &format!("{mark:?}"), None);
        } else if mark == in_force.unwrap_or(".") {
            checker.contradiction(
                &path,
                format!("`{mark}` is both the decimal and the thousands mark"),
                "declare `decimal` and `thousands` as two marks",
            );
        }
    }
}

fn decimal_mark(checker: &mut Checker<'_>, path: &str, mark: &str) {
    if !matches!(mark, "." | ",") {
        checker.invalid(path, "\".\" or \",\"", &format!("{mark:?}"), None);
    }
}
