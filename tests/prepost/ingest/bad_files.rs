//! Files that cannot be read as the plan says.

use prepost::trial::ProblemCode;

use super::{read, read_wide, wide_plan};

#[test]
fn a_file_that_is_not_there_is_named() {
    let read = read(&wide_plan("", ""), &[]);
    let error = read.error();
    assert_eq!(error.to_string(), "scores.csv: no such file");
    assert_eq!((error.code, error.hint.as_deref()), (ProblemCode::FileNotFound, Some("paths are relative to the folder of the plan")));
}

#[test]
fn what_is_no_table_stops() {
    let cases: [(&[u8], ProblemCode, Option<u64>); 9] = [
        (b"", ProblemCode::FileEmpty, None),
        (b"\xEF\xBB\xBF\r\n  \r\n", ProblemCode::FileEmpty, None),
        (b"id,pre,post\n", ProblemCode::HeaderOnly, None),
        (b"id,pre,post\n,,\n\n", ProblemCode::HeaderOnly, None),
        (b"PK\x03\x04\x14\0", ProblemCode::FileNotText, None),
        (b"i\0d\0,\0", ProblemCode::FileNotText, Some(1)),
        (b"id,pre,post\nM\xFCller,1,2\n", ProblemCode::EncodingUnknown, Some(2)),
        (b"id,pre;post\nA,1;2\n", ProblemCode::SeparatorUncertain, Some(1)),
        (b"{\"error\":\"no permission\"}\n", ProblemCode::NotATable, Some(1)),
    ];
    for (bytes, code, line) in cases {
        let read = read_wide("", "", bytes);
        let error = read.error();
        assert_eq!((error.code, error.place.line), (code, line), "{}", String::from_utf8_lossy(bytes));
        assert_eq!(error.place.file.as_deref(), Some("scores.csv"));
        assert!(error.hint.is_some(), "{error}");
    }
}

#[test]
fn a_wrong_encoding_is_placed_and_candidates_are_named() {
    let read = read_wide("", "", b"id,pre,post\n\x94\xed,1,2\n");
    assert!(read.error().hint.as_deref().is_some_and(|hint| hint.contains("`encoding = \"cp932\"`")));
    let read = read_wide("encoding = \"utf-8\"", "", b"id,pre,post\nA,1,2\n\x94\xed,1,2\n");
    assert_eq!((read.error().code, read.error().place.line), (ProblemCode::EncodingUnknown, Some(3)));
    let read = read_wide("encoding = \"klingon\"", "", b"id,pre,post\nA,1,2\n");
    assert_eq!((read.error().code, read.error().value.as_deref()), (ProblemCode::EncodingUnknown, Some("klingon")));
}

#[test]
fn all_missing_columns_are_reported_with_a_suggestion() {
    let read = read_wide("where = { compete = \"2\" }\ngroup = \"site\"", "", "ID,pre,pots,complete\nA,1,2,2\n");
    let found: Vec<(Option<&str>, Option<&str>)> = read.problems.0.iter().map(|p| (p.place.column.as_deref(), p.hint.as_deref())).collect();
    assert_eq!(
        found,
        [
            (Some("id"), Some("did you mean `ID`?")),
            (Some("compete"), Some("did you mean `complete`?")),
            (Some("site"), Some("check the name in trial.toml, and `header_line` under [data] if the header stands further down")),
            (Some("post"), Some("did you mean `pots`?")),
        ]
    );
    assert!(read.problems.0.iter().all(|p| p.code == ProblemCode::ColumnMissing && p.place.line == Some(1)));
}

#[test]
fn a_wrong_separator_is_guessed_at() {
    let read = read_wide("separator = \",\"", "", "id;pre;post\nA;1;2\n");
    assert!(read.problems.0.iter().all(|p| p.hint.as_deref().is_some_and(|hint| hint.contains("looks separated by `;`"))));
}

#[test]
fn a_used_column_that_stands_twice_stops() {
    let read = read_wide("", "", "id,pre,post, pre \nA,1,2,3\n");
    assert_eq!(read.error().to_string(), "scores.csv line 1, column `pre`: two columns have this name: columns 2 and 4");
    assert_eq!(read.error().code, ProblemCode::DuplicateColumn);
}

#[test]
fn findings_of_all_files_come_together() {
    let toml = wide_plan("", "").replace("[\"scores.csv\"]", "[\"a.csv\", \"b.csv\", \"c.csv\"]");
    let read = read(&toml, &[("a.csv", b"id,pre,post\nA,x,2\n"), ("c.csv", b"id,pre,post\nA,1\n")]);
    let found: Vec<String> = read.problems.0.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "b.csv: no such file",
            "a.csv line 2, column `pre`: expected a number, got `x`",
            "c.csv line 2: expected 3 cells as in the header, got 2"
        ]
    );
}
