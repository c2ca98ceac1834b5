//! What cells hold besides plain numbers: text markers, codes nobody declared, values of another scale.

use prepost::trial::ProblemCode;

use super::read_wide;

#[test]
fn numbers_behind_a_text_marker_are_read_and_counted() {
    let read = read_wide("missing = [\"-99\"]", "range = [0, 63]", "id,pre,post\nA,'23,1\nB,\"=\"\"7\"\"\",2\nC,'-99,3\nD,5,4\nE,6,9\n");
    assert_eq!(read.scores(0), ["A: 23 1", "B: 7 2", "C: - 3", "D: 5 4", "E: 6 9"]);
    let marker = read.problems.warnings().find(|problem| problem.code == ProblemCode::TextMarker).expect("a warning");
    assert_eq!((marker.count, marker.place.line, marker.value.as_deref()), (3, Some(2), Some("'23")));
}

#[test]
fn undeclared_codes_are_named_where_no_range_catches_them() {
    let rows = "id,pre,post\nA,20,999\nB,25,12\nC,31,11\nD,28,30\nE,22,999\nF,40,16\nG,35,21\n";
    let suspected = |outcome: &str, data: &str| {
        let read = read_wide(data, outcome, rows);
        read.problems.0.iter().filter(|problem| problem.code == ProblemCode::SuspectedCode).map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        suspected("", ""),
        ["scores.csv line 2, column `post`: 999 2 times (lines 2, 6), far outside the rest (11 to 30): counted as scores"]
    );
    assert!(suspected("", "missing = [\"999\"]").is_empty() && suspected("range = [0, 1000]", "").is_empty());
}

#[test]
fn a_column_mostly_out_of_range_is_said_once_more_as_a_whole() {
    let read = read_wide("", "range = [0, 63]", "id,pre,post\nA,20,98\nB,25,12\nC,31,77\nD,28,80\n");
    let whole: Vec<String> = read.problems.errors().filter(|problem| problem.place.line.is_none()).map(ToString::to_string).collect();
    assert_eq!(whole, ["scores.csv, column `post`: 3 of 4 scores lie outside 0 to 63: another unit or another scale"]);
}

#[test]
fn day_counts_and_formula_errors_are_called_by_name() {
    let read = read_wide("", "range = [0, 63]", "id,pre,post\nA,45352,1\nB,2,#DIV/0!\n");
    let hints: Vec<&str> = read.problems.errors().filter_map(|problem| problem.hint.as_deref()).collect();
    assert!(hints[0].contains("45352 is 2024-03-01") && hints[1].contains("spreadsheet formula"), "{hints:?}");
}
