//! Rows and cells that stop the run: code, line, column, value and hint.

use prepost::trial::ProblemCode;

use super::read_wide;

/// One bad row among good ones, in a CRLF file with a blank line and a quoted line break before it.
fn with_row(data: &str, outcome: &str, row: &str) -> super::Read {
    read_wide(data, outcome, format!("id,note,pre,post\r\nA,\"two\r\nlines\",1,2\r\n\r\nB,,3,5\r\n{row}\r\nZ,,4,4\r\n"))
}

#[test]
fn a_bad_cell_is_placed_with_its_value_and_a_hint() {
    let cases = [
        ("C,,x,2", ProblemCode::NotANumber, "pre", "x", "if x means missing, add it to `missing` under [data] in trial.toml"),
        ("C,,1,NaN", ProblemCode::NotANumber, "post", "NaN", "if NaN means missing"),
        ("C,,inf,1", ProblemCode::NotANumber, "pre", "inf", "if inf means missing"),
        ("C,,1e5,1", ProblemCode::NotANumber, "pre", "1e5", "one plain number"),
        ("C,,1,81", ProblemCode::OutOfRange, "post", "81", "if 81 means missing, add it to `missing` under [data] in trial.toml"),
        ("C,,-1,2", ProblemCode::OutOfRange, "pre", "-1", "if -1 means missing"),
        ("C,,1.5,2", ProblemCode::OffStep, "pre", "1.5", "`step` of outcome `bdi2`"),
        ("C,,\"1,5\",2", ProblemCode::NotANumber, "pre", "1,5", "declare `decimal = \",\"`"),
        (" ,,1,2", ProblemCode::SubjectMissing, "id", " ", "give the row its subject"),
        ("A,,1,2", ProblemCode::DuplicateSubject, "id", "A", "keep the row that counts"),
    ];
    for (row, code, column, value, hint) in cases {
        let read = with_row("", "range = [0, 63]\nstep = 1", row);
        let error = read.error();
        assert_eq!((error.code, error.place.line, error.place.column.as_deref()), (code, Some(6), Some(column)), "{row}");
        assert_eq!(error.value.as_deref(), Some(value), "{row}");
        assert!(error.hint.as_deref().is_some_and(|got| got.contains(hint)), "{row}: {:?}", error.hint);
    }
}

#[test]
fn the_message_says_what_was_expected_and_found() {
    let read = with_row("", "range = [0, 63]", "C,,1,81");
    assert_eq!(read.error().to_string(), "scores.csv line 6, column `post`: expected 0 to 63, got 81");
    let read = with_row("", "", "A,,1,2");
    assert_eq!(read.error().what, "expected each subject once, got `A` again, first on line 2");
}

#[test]
fn a_missing_code_that_could_be_a_score_stops_once_a_column() {
    let read = read_wide("missing = [\"99\"]", "range = [0, 100]", "id,pre,post\nA,1,2\nB,99,99\nC,99.0,5\n");
    let found: Vec<(Option<u64>, Option<&str>, usize)> =
        read.problems.errors().map(|p| (p.place.line, p.place.column.as_deref(), p.count)).collect();
    assert_eq!(found, [(Some(3), Some("pre"), 2), (Some(3), Some("post"), 1)]);
    assert!(read.problems.errors().all(|p| p.code == ProblemCode::MissingCodeInRange));
}

#[test]
fn rows_of_the_wrong_length_say_found_and_expected() {
    let short = with_row("", "", "C,,1");
    assert_eq!(
        (short.error().code, short.error().to_string()),
        (ProblemCode::ShortRow, "scores.csv line 6: expected 4 cells as in the header, got 3".into())
    );
    let long = with_row("", "", "C,,1,2,");
    assert_eq!(
        (long.error().code, long.error().to_string()),
        (ProblemCode::LongRow, "scores.csv line 6: expected 4 cells as in the header, got 5".into())
    );
}

#[test]
fn quotes_that_do_not_close_stop_without_showing_what_they_hold() {
    let read = read_wide("", "", "id,note,pre,post\nA,,1,2\nB,\"oops,3,4\nSecret Name,,5,6\n");
    let error = read.error();
    assert_eq!((error.code, error.place.line, error.place.column.as_deref()), (ProblemCode::QuoteUnclosed, Some(3), Some("note")));
    let runaway = read_wide("", "", "id,note,pre,post\nA,\"ok,1,2\nSecret Name,,3,4\nC,\"fine\",5,6\n");
    assert_eq!(runaway.error().place.line, Some(2));
    assert!(runaway.error().what.contains("closes on line 4"), "{}", runaway.error());
    for read in [&read, &runaway] {
        assert!(!format!("{:?}", read.problems).contains("Secret"));
    }
}

#[test]
fn values_are_made_inert_and_cut() {
    let read = with_row("", "", &format!("C,,\u{1b}[31mred,{}", "9".repeat(500)));
    let values: Vec<&str> = read.problems.errors().filter_map(|p| p.value.as_deref()).collect();
    assert_eq!(values[0], "\\u{1b}[31mred");
    assert_eq!(values[1].chars().count(), 81);
}

#[test]
fn only_used_columns_appear() {
    let read = read_wide("", "", "id,name,pre,post\nA,Jane Doe,x,2\nB,John Doe,1,y\nC,Max Doe\n");
    assert_eq!(read.problems.errors().count(), 3);
    assert!(!format!("{:?}", read.problems).contains("Doe"));
}

#[test]
fn a_filter_that_keeps_nothing_stops() {
    let read = read_wide("where = { id = \"nobody\" }", "", "id,pre,post\nA,1,2\nB,1,2\n");
    assert_eq!((read.error().code, read.error().count), (ProblemCode::AllRowsFiltered, 2));
    assert_eq!(read.error().to_string(), "scores.csv: `where` on `id` keeps none of 2 rows");
}

#[test]
fn a_row_that_the_filter_leaves_out_for_its_spelling_stops() {
    let file = "id,pre,post,done,arm\nA,1,2,2,x\nB,1,3,2.0,x\nC,2,5,２,X\nD,2,5,2.0,y\nE,2,6,1,x\nF,1,1,2,\n";
    let read = read_wide("where = { done = \"2\", arm = [\"x\", \"\"] }", "", file);
    let shown: Vec<String> = read.problems.errors().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "scores.csv line 4, column `arm`: expected `x` of `where` in one spelling, got also `X` (1 row from line 4), which `where` leaves out",
            "scores.csv line 3, column `done`: expected `2` of `where` in one spelling, got also `2.0` (1 row from line 3), `２` (1 row from line 4), which `where` leaves out",
        ]
    );
    assert_eq!(
        read.problems.0[1].hint.as_deref(),
        Some(
            "if they are one value, list its spellings under `where`: `\"done\" = [\"2\", \"2.0\", \"２\"]`; if not, tell them apart in the file"
        )
    );
    assert!(read.problems.errors().all(|problem| problem.code == ProblemCode::FilterSpellings));
    let all = read_wide("where = { done = [\"2\", \"2.0\", \"２\"], arm = [\"x\", \"X\", \"\"] }", "", file);
    assert_eq!(all.scores(0), ["A: 1 2", "B: 1 3", "C: 2 5", "F: 1 1"]);
}

#[test]
fn a_placeholder_is_no_id() {
    for id in ["NA", "#N/A", "unknown", "-", "不明"] {
        let read = with_row("", "", &format!("{id},,1,2"));
        assert_eq!((read.error().code, read.error().place.line), (ProblemCode::SubjectMissing, Some(6)), "{id}");
    }
    let read = with_row("", "", "test,,1,2");
    assert!(read.problems.warnings().any(|problem| problem.code == ProblemCode::SubjectMissing));
}

#[test]
fn points_that_may_separate_thousands_stop_until_declared() {
    let rows = "id;pre;post\nA;1.200;1.080\nB;540;420\nC;980;910\n";
    let read = read_wide("", "", rows);
    assert_eq!((read.error().code, read.error().value.as_deref()), (ProblemCode::NotANumber, Some("1.200")));
    assert_eq!(read_wide("decimal = \".\"", "", rows).scores(0)[0], "A: 1.2 1.08");
    assert_eq!(read_wide("decimal = \",\"\nthousands = \".\"", "", rows).scores(0)[0], "A: 1200 1080");
}

#[test]
fn copies_under_another_id_are_warned_of() {
    let rows: String = (1..=12).map(|i| format!("P{i:03},{},{},{i},{}\n", 20 + i * 7 % 13, 11 + i * 5 % 17, i * i % 19)).collect();
    let second = "\n[[outcome]]\nid = \"y\"\npre = \"y_pre\"\npost = \"y_post\"";
    let is_copy = |more: &str| {
        let read = read_wide("", second, format!("id,pre,post,y_pre,y_post\n{rows}{more}"));
        read.problems.warnings().find(|problem| problem.code == ProblemCode::DuplicateSubject).map(|problem| problem.count)
    };
    let copies: String = rows.lines().take(6).map(|row| format!("{}\n", row.replacen('P', "Q", 1))).collect();
    assert_eq!(is_copy(&copies), Some(6));
    assert_eq!(is_copy(&rows.lines().take(1).map(|row| row.replacen("P001", "P001 (2)", 1)).collect::<String>()), Some(1));
    assert_eq!(is_copy("P013,3,4,5,6\n"), None);
}
