//! A data file as a plan names it: a path, and behind `#` the sheet of a workbook.

/// Workbooks, whose sheets can be named behind a `#`.
const WORKBOOKS: [&str; 5] = [".xlsx#", ".xlsm#", ".xlsb#", ".xls#", ".ods#"];

/// The path and the sheet of `named`: `book.xlsx#Pre` is the sheet `Pre` of `book.xlsx`. A `#` in any other name is part of the path.
pub fn file_and_sheet(named: &str) -> (&str, Option<&str>) {
    let lower = named.to_ascii_lowercase();
    let mark = WORKBOOKS.iter().filter_map(|end| lower.find(end).map(|at| at + end.len() - 1)).min();
    match mark.map(|mark| (&named[..mark], &named[mark + 1..])) {
        Some((path, sheet)) if !sheet.is_empty() => (path, Some(sheet)),
        _ => (named, None),
    }
}

/// What a plan names, without the folders of its path.
pub fn file_name(named: &str) -> &str {
    let (path, _) = file_and_sheet(named);
    &named[path.rfind(['/', '\\']).map_or(0, |slash| slash + 1)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_stands_behind_a_workbook() {
        for (named, path, sheet, name) in [
            ("book.xlsx#Pre", "book.xlsx", Some("Pre"), "book.xlsx#Pre"),
            ("a/b#1/Book.XLS#T1 (n=30)", "a/b#1/Book.XLS", Some("T1 (n=30)"), "Book.XLS#T1 (n=30)"),
            ("a/前.ods#前/後#2.xlsx#3", "a/前.ods", Some("前/後#2.xlsx#3"), "前.ods#前/後#2.xlsx#3"),
            ("book.xlsx#", "book.xlsx#", None, "book.xlsx#"),
            ("b.xlsx#dir/scores #2.csv", "b.xlsx", Some("dir/scores #2.csv"), "b.xlsx#dir/scores #2.csv"),
            ("scores#2.csv", "scores#2.csv", None, "scores#2.csv"),
            ("a\\b.csv", "a\\b.csv", None, "b.csv"),
        ] {
            assert_eq!((file_and_sheet(named), file_name(named)), ((path, sheet), name));
        }
    }
}
