//! What stands around the data, or in place of them.

use prepost::trial::ProblemCode;

use super::{Read, read_wide};

fn found(read: &Read) -> (ProblemCode, Option<u64>, String) {
    let error = read.error();
    (error.code, error.place.line, error.hint.clone().unwrap_or_default())
}

#[test]
fn titles_before_the_header_are_not_read_over() {
    for text in ["Study of \"sleep\nExported 2024-11-30\n\nid,pre,post\nA,1,2\n", "Study,,\nExported,,\n,,\nid,pre,post\nA,1,2\n"] {
        let (code, line, hint) = found(&read_wide("", "", text));
        assert_eq!((code, line), (ProblemCode::HeaderNotFirst, Some(4)), "{text}");
        assert_eq!(hint, "add `header_line = 4` under [data] in trial.toml");
        assert_eq!(read_wide("header_line = 4", "", text).scores(0), ["A: 1 2"]);
    }
}

#[test]
fn rows_of_the_header_that_are_no_data_are_counted() {
    let qualtrics = "id,note,pre,post\nYour id,,\"Score\n(before)\",Score\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\",,\"{\"\"ImportId\"\":\"\"SC_0\"\"}\",x\nA,,1,2\nB,,3,5\n";
    let (code, line, hint) = found(&read_wide("", "", qualtrics));
    assert_eq!((code, line), (ProblemCode::HeaderRows, Some(2)));
    assert_eq!(hint, "add `skip_records_after_header = 2` under [data] in trial.toml");
    assert_eq!(read_wide("skip_records_after_header = 2", "", qualtrics).scores(0), ["A: 1 2", "B: 3 5"]);
    assert!(found(&read_wide("skip_records_after_header = 1", "", qualtrics)).2.contains("skip_records_after_header = 2"));
    for units in [",(points),(points)", "単位,点,点", "Study number (text),0-63,"] {
        let text = format!("id,pre,post\n{units}\nA,1,2\nB,3,5\n");
        let (code, line, hint) = found(&read_wide("", "", text));
        assert_eq!((code, line), (ProblemCode::HeaderRows, Some(2)), "{units}");
        assert!(hint.contains("skip_records_after_header = 1"));
    }
    let merged = found(&read_wide("", "", "id,BDI,,BAI,\n,pre,post,pre,post\nA,1,2,3,4\n"));
    assert_eq!((merged.0, merged.1), (ProblemCode::HeaderRows, Some(1)));
}

#[test]
fn a_bad_first_row_is_no_units_row() {
    let read = read_wide("", "", "id,pre,post\nA,x,y\nB,1,2\nC,3,5\n");
    assert!(read.problems.errors().all(|error| error.code == ProblemCode::NotANumber));
}

#[test]
fn rows_that_are_no_subject_stop_with_their_line() {
    let cases = [
        ("id,pre,post", ProblemCode::RepeatedHeader),
        ("Mean,2,3", ProblemCode::SummaryRow),
        ("平均,2,3", ProblemCode::SummaryRow),
        ("SD,0.5", ProblemCode::SummaryRow),
        ("n = 2,,", ProblemCode::SummaryRow),
        ("* A assessed by telephone", ProblemCode::SummaryRow),
        ("注）電話で実施,,", ProblemCode::SummaryRow),
    ];
    for (row, code) in cases {
        let read = read_wide("", "", format!("id,pre,post\nA,1,2\n{row}\nB,3,5\n"));
        let error = read.error();
        assert_eq!((error.code, error.place.line, error.place.column.as_deref()), (code, Some(3), Some("id")), "{row}");
    }
    let read = read_wide("", "", "id,pre,post\nA,1,2\nMean,1,2\n");
    assert_eq!(read.error().value.as_deref(), Some("Mean"));
}

#[test]
fn what_the_file_is_instead_is_named() {
    let cases = [
        ("<!DOCTYPE html><html><body>Log in</body></html>", "login page"),
        ("<?xml version=\"1.0\"?><records/>", "XML"),
        ("ERROR: you do not have permission", "error message"),
        ("Variable / Field Name,Form Name,Section Header,Field Type\nid,bdi,,text\npre,bdi,,calc\npost,bdi,,calc\n", "dictionary"),
        ("id,A,B,C\npre,1,2,3\npost,2,3,4\n", "on its side"),
    ];
    for (text, word) in cases {
        let read = read_wide("", "", text);
        assert!(read.error().what.contains(word), "{}", read.error());
        assert!(read.error().hint.is_some());
    }
}

#[test]
fn a_number_of_cells_that_differs_in_every_row_is_one_finding() {
    let read = read_wide("", "", "id,pre,post\n1,A,1,2\n2,B,3,5\n");
    assert_eq!((read.error().code, read.error().count), (ProblemCode::LongRow, 2));
    assert!(read.error().hint.as_deref().is_some_and(|hint| hint.contains("write.table")));
    for rows in ["A,1,2,x\nB,3,5,y\n", "1,A,1,2\n1,B,3,5\n", "2,A,1,2\n1,B,3,5\n"] {
        let read = read_wide("", "", format!("id,pre,post\n{rows}"));
        let hint = read.error().hint.as_deref().unwrap_or_default();
        assert!(hint.starts_with("give every column its name") && !hint.contains("R's"), "{hint}");
    }
    let read = read_wide("", "", "id,pre,post\nA,1,2,\nB,3,5,\n");
    assert_eq!((read.scores(0), read.codes().contains(&ProblemCode::LongRow)), (vec!["A: 1 2".into(), "B: 3 5".into()], true));
    let read = read_wide("", "", "id,pre,post,,\nA,1,2\nB,3,5\n");
    assert_eq!((read.scores(0), read.codes()), (vec!["A: 1 2".into(), "B: 3 5".into()], vec![]));
}

#[test]
fn stray_quotes_stop_at_the_line_they_open_on() {
    let swallowed = "id,note,pre,post\nA,\"ok,20,14\nB,,43,38\nC,\",39,32\nD,,20,11\n";
    let read = read_wide("", "", swallowed);
    assert_eq!(
        (read.error().code, read.error().place.line, read.error().place.column.as_deref()),
        (ProblemCode::QuoteUnclosed, Some(2), Some("note"))
    );
    let spaced = read_wide("", "", "id,note,pre,post\nA,x,1,2\nB, \"tired, slept badly\", 29, 22\n");
    assert_eq!((spaced.error().code, spaced.error().place.line), (ProblemCode::QuoteUnclosed, Some(3)));
    let backslash = read_wide("", "", "id,note,pre,post\nA,\"said \\\"fine\\\", left\",1,2\n");
    assert!(backslash.error().hint.as_deref().is_some_and(|hint| hint.contains("backslash")));
}

#[test]
fn a_header_of_too_many_columns_stops() {
    let read = read_wide("", "", format!("id,pre,post{}\nA,1,2\n", ",x".repeat(100_000)));
    assert_eq!(read.error().code, ProblemCode::TooLarge);
    assert!(read.error().what.contains("100003"), "{}", read.error());
}
