//! Dates of visits: checked for order, never part of a number.

use prepost::trial::{Problem, ProblemCode, Severity};

use super::{Read, read, read_wide};

const DATES: &str = "pre_date = \"d1\"\npost_date = \"d2\"\n";

fn warnings(read: &Read) -> Vec<&Problem> {
    assert!(read.problems.0.iter().all(|problem| problem.severity == Severity::Warning), "{:?}", read.problems);
    read.problems.0.iter().collect()
}

#[test]
fn dates_in_order_are_silent() {
    let read =
        read_wide(DATES, "", "id,d1,pre,d2,post\nS01,2024-03-01,31,2024-06-01,22\nS02,2024-03-01 10:30,30,2024-03-01,25\nS03,,28,NA,29\n");
    assert_eq!(read.scores(0), ["S01: 31 22", "S02: 30 25", "S03: 28 29"]);
    assert_eq!(read.codes(), []);
}

#[test]
fn a_post_date_before_its_pre_date_is_a_warning() {
    let file = "id,d1,pre,d2,post\nS01,2024-03-01,31,2024-06-01,22\nS02,2024-06-01,30,2024-03-01,25\nS03,2024-03-02,28,,29\nS04,2024-03-02,28,2024-03-01,20\n";
    let read = read_wide(DATES, "", file);
    assert_eq!(read.scores(0), ["S01: 31 22", "S02: 30 25", "S03: 28 29", "S04: 28 20"]);
    let [warning] = warnings(&read)[..] else { panic!("{:?}", read.problems) };
    assert_eq!((warning.code, warning.count), (ProblemCode::DateOrder, 2));
    assert_eq!(warning.to_string(), "scores.csv, column `d2`: 2 of 3 subjects with both dates have a post date before the pre date");
    assert!(warning.hint.as_ref().is_some_and(|hint| hint.starts_with("line 3, line 5; ")), "{warning:?}");
}

#[test]
fn visits_that_are_exchanged_are_suspected() {
    let read = read_wide(DATES, "", "id,d1,pre,d2,post\nS01,2024-06-01,31,2024-03-01,22\nS02,2024-06-01,30,2024-03-01,25\n");
    assert!(warnings(&read)[0].hint.as_ref().is_some_and(|hint| hint.contains("exchanged in trial.toml?")));
}

#[test]
fn subjects_beyond_twenty_are_counted() {
    let rows: String = (0..30).map(|i| format!("S{i:02},2024-06-01,{i},2024-03-01,{}\n", i % 7)).collect();
    let read = read_wide(DATES, "", format!("id,d1,pre,d2,post\n{rows}"));
    let [warning] = warnings(&read)[..] else { panic!("{:?}", read.problems) };
    assert!(warning.hint.as_ref().is_some_and(|hint| hint.contains("line 21 and 10 more; ")), "{warning:?}");
}

#[test]
fn cells_that_are_no_dates_are_a_warning_and_the_numbers_stand() {
    let file = "id,d1,pre,d2,post\nS01,03/04/2024,31,2024-06-01,22\nS02,13/04/2024,30,2996-01-01,25\nS03,2024-03-01,28,2024-06-01,29\n";
    let read = read_wide(DATES, "", file);
    assert_eq!(read.scores(0), ["S01: 31 22", "S02: 30 25", "S03: 28 29"]);
    let [first, second] = warnings(&read)[..] else { panic!("{:?}", read.problems) };
    assert_eq!((first.code, first.count, first.value.as_deref()), (ProblemCode::DateUnreadable, 2, Some("03/04/2024")));
    assert_eq!(
        first.to_string(),
        "scores.csv line 2, column `d1`: 2 cells are no date as %Y-%m-%d in 1900 to 2100, so that the order of visits is not checked there"
    );
    let hint = first.hint.as_deref().unwrap_or_default();
    assert_eq!(
        hint,
        "line 2 `03/04/2024`, line 3 `13/04/2024`; if dates are written so, declare `date_format = \"%d/%m/%Y\"` under [data] in trial.toml"
    );
    assert_eq!((second.place.line, second.value.as_deref()), (Some(3), Some("2996-01-01")));
    let declared = read_wide(
        &format!("{DATES}date_format = \"%d/%m/%Y\"\n"),
        "",
        file.replace("2024-06-01", "01/02/2024").replace("2024-03-01", "1/1/2024").replace("2996-01-01", ""),
    );
    assert_eq!(declared.codes(), [ProblemCode::DateOrder]);
}

#[test]
fn missing_codes_are_no_dates() {
    let read = read_wide(
        &format!("{DATES}missing = [\"9999-99-99\"]\n"),
        "",
        "id,d1,pre,d2,post\nS01,9999-99-99,31,2024-06-01,22\nS02,,30,9999-99-99,25\n",
    );
    assert_eq!(read.codes(), []);
}

#[test]
fn a_declared_column_must_be_there() {
    let read = read_wide(DATES, "", "id,d1,pre,date2,post\nS01,2024-06-01,31,2024-03-01,22\n");
    assert_eq!((read.error().code, read.error().place.column.as_deref()), (ProblemCode::ColumnMissing, Some("d2")));
}

#[test]
fn long_and_two_file_layouts() {
    let long = "[data]\nfiles = [\"s.csv\"]\nsubject = \"id\"\nvisit = \"v\"\ndate = \"d\"\n[visits]\npre = \"a\"\npost = \"b\"\n[[outcome]]\nid = \"x\"\nvalue = \"x\"\n";
    let file = "id,v,d,x\nS01,b,2024-01-01,7\nS01,a,2024-02-01,4\nS02,a,2024-01-01,3\nS02,b,2024-03-01,5\n";
    let found = read(long, &[("s.csv", file.as_bytes())]);
    let [warning] = warnings(&found)[..] else { panic!("{:?}", found.problems) };
    assert_eq!(warning.to_string(), "s.csv, column `d`: 1 of 2 subjects with both dates have a post date before the pre date");
    assert!(warning.hint.as_ref().is_some_and(|hint| hint.starts_with("line 2 (pre date: line 3); ")), "{warning:?}");

    let two = "[data]\npre = \"p.csv\"\npost = \"q.csv\"\nsubject = \"id\"\npre_date = \"d\"\npost_date = \"e\"\n[[outcome]]\nid = \"x\"\nvalue = \"x\"\n";
    let found = read(
        two,
        &[("p.csv", b"id,d,x\nS01,2024-02-01,5\nS02,2024-02-01,4\n"), ("q.csv", b"id,e,x\nS02,2024-03-01,5\nS01,2024-01-01,7\n")],
    );
    let [warning] = warnings(&found)[..] else { panic!("{:?}", found.problems) };
    assert!(warning.hint.as_ref().is_some_and(|hint| hint.starts_with("q.csv line 3 (pre date: p.csv line 2); ")), "{warning:?}");
}

#[test]
fn no_warning_says_a_date_where_the_report_repeats_it() {
    let read = read_wide(DATES, "", "id,d1,pre,d2,post\nS01,soon,31,2024-06-01,22\nS02,2024-07-01,30,2024-06-02,25\n");
    for warning in warnings(&read) {
        assert!(!warning.what.contains("soon") && !warning.what.contains("2024"), "{warning}");
    }
}
