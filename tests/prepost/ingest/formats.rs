//! Workbooks, Parquet, SPSS and Stata: the same numbers as from text, and what must never pass for one.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use prepost::trial::{ProblemCode, Problems};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Read, read};

pub fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/prepost/ingest/fixtures").join(name);
    std::fs::read(path).expect("a fixture")
}

fn plan(file: &str, data: &str) -> String {
    format!("[data]\nfiles = [\"{file}\"]\nsubject = \"id\"\n{data}\n[[outcome]]\nid = \"x\"\npre = \"pre\"\npost = \"post\"\n")
}

pub fn read_as(file: &str, bytes: &[u8], data: &str) -> Read {
    read(&plan(file, data), &[(file, bytes)])
}

fn read_file(file: &str, data: &str) -> Read {
    read_as(file, &fixture(file), data)
}

#[test]
fn every_format_gives_the_numbers_of_the_text() {
    let text = read_file("table.csv", "group = \"site\"");
    assert_eq!(text.scores(0), ["S01: 31 22.5", "S02: 25 -", "S03: 0.3 12", "S04: 18 7.25"]);
    let expected = text.dataset();
    for file in ["table.xlsx", "huge_dimension.xlsx", "table.xls", "table.ods", "pandas.parquet", "polars.parquet", "duckdb.parquet"] {
        let read = read_file(file, "group = \"site\"");
        let dataset = read.dataset();
        assert_eq!((&dataset.subjects, &dataset.outcomes), (&expected.subjects, &expected.outcomes), "{file}");
        assert_eq!(read.codes(), [ProblemCode::MissingScores], "{file}");
    }
    for file in ["arrow.parquet", "stata8.dta", "stata12.dta", "stata15.dta"] {
        assert_eq!(read_file(file, "").scores(0), text.scores(0), "{file}");
    }
}

#[test]
fn codes_for_missing_must_be_declared() {
    for (file, code) in [("table.sav", "-99"), ("table.zsav", "-99"), ("plain.sav", "-99"), ("stata_reason.dta", ".a")] {
        let expected = ["S01: 31 22.5", "S02: 25 -", "S03: 0.3 12", "S04: 18 7.25"];
        assert_eq!(read_file(file, &format!("missing = [\"{code}\"]")).scores(0), expected, "{file}");
    }
    let read = read_file("stata_reason.dta", "");
    assert_eq!(read.error().to_string(), "stata_reason.dta row 2, column `post`: expected a number, got `.a`");
}

#[test]
fn numbers_with_labels_are_numbers() {
    for file in ["table.sav", "stata15.dta"] {
        let read = read_file(file, "missing = [\"-99\"]\ngroup = \"arm\"");
        assert_eq!(read.dataset().subjects[0].group.as_deref(), Some("1"), "{file}");
    }
}

#[test]
fn the_sheet_must_be_certain() {
    let plan = |sheet: &str| {
        format!("[data]\npre = \"a.xlsx\"\npost = \"b.xlsx\"\nsubject = \"id\"\n{sheet}\n[[outcome]]\nid = \"x\"\nvalue = \"score\"\n")
    };
    let book = fixture("two_sheets.xlsx");
    let files: [(&str, &[u8]); 2] = [("a.xlsx", &book), ("b.xlsx", &book)];
    let read_with = |sheet: &str| read(&plan(sheet), &files);
    let own = "[data.files_by_name.\"a.xlsx\"]\nsheet = \"Pre\"\n[data.files_by_name.\"b.xlsx\"]\nsheet = \"Post\"";
    assert_eq!(read_with(own).scores(0), ["S01: 31 22.5", "S02: 25 -", "S03: 0.3 12", "S04: 18 7.25"]);
    let codes = read_with("").codes();
    assert_eq!(codes, [ProblemCode::SheetUncertain, ProblemCode::SheetUncertain]);
    let behind = plan("").replace("a.xlsx", "a.xlsx#Pre").replace("b.xlsx", "a.xlsx#Post");
    assert_eq!(read(&behind, &files).scores(0), ["S01: 31 22.5", "S02: 25 -", "S03: 0.3 12", "S04: 18 7.25"]);
    let missed = read(&behind.replace("#Post", "#Posts"), &files);
    assert_eq!(missed.error().to_string(), "a.xlsx: no sheet `Posts`, only `Pre`, `Post`");
    let wrong = read_as("a.xlsx", &book, "sheet = \"Prae\"");
    assert_eq!(wrong.error().hint.as_deref(), Some("did you mean `Pre`?"));
}

#[test]
fn cells_are_placed_by_sheet_and_row_and_none_passes_for_a_number() {
    let read = read_file("awkward.xlsx", "header_line = 3");
    let shown: Vec<String> = read.problems.errors().map(ToString::to_string).collect();
    let place = |row: u32| format!("awkward.xlsx sheet `Sheet` row {row}");
    assert_eq!(
        shown,
        [
            format!("{}: expected 4 cells as in the header, got 6", place(4)),
            format!("{}, column `post`: expected a number, got `#DIV/0!`", place(6)),
            format!("{}, column `post`: expected a number, got `2024-03-01`", place(7)),
            format!("{}, column `post`: expected a number, got `1900-01-05`", place(8)),
            format!("{}, column `post`: expected a number, got `TRUE`", place(9)),
            format!("{}, column `post`: expected a number, got `45%`", place(10)),
            format!("{}, column `post`: expected a number, got `=B4+C4`", place(11)),
            format!("{}, column `post`: expected a number, got `30:00:00`", place(12)),
        ]
    );
}

#[test]
fn a_name_that_promises_something_else_is_said() {
    let code = |file: &str, bytes: &[u8]| {
        let problem = read_as(file, bytes, "").error().clone();
        (problem.code, problem.what)
    };
    assert_eq!(code("data.csv", &fixture("table.xlsx")).0, ProblemCode::FileNotText);
    let text = "expected an Excel workbook, as the name says, got text";
    assert_eq!(code("data.xlsx", b"id,pre,post\nS01,1,2\n"), (ProblemCode::FileDamaged, text.into()));
    // Content goes before the name between workbooks.
    assert_eq!(read_as("data.xls", &fixture("table.xlsx"), "").codes(), [ProblemCode::MissingScores]);
    assert_eq!(read_as("data", &fixture("pandas.parquet"), "").codes(), [ProblemCode::MissingScores]);
}

#[test]
fn columns_that_hold_no_single_value_stop_where_they_are_needed() {
    let read = read_file("arrow.parquet", "group = \"answers\"");
    assert!(read.error().what.contains("column `answers` holds lists"), "{:?}", read.error());
}

#[test]
fn an_archive_that_unpacks_to_very_much_is_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (part, mebibytes) in [("[Content_Types].xml", 1), ("xl/workbook.xml", 1), ("xl/styles.xml", 40)] {
        writer.start_file(part, SimpleFileOptions::default()).expect("a part");
        writer.write_all(&vec![b' '; mebibytes << 20]).expect("room");
    }
    let bytes = writer.finish().expect("an archive").into_inner();
    assert!(bytes.len() < 1 << 20);
    assert_eq!(read_as("bomb.xlsx", &bytes, "").error().code, ProblemCode::TooLarge);
}

/// Whatever is damaged stops with a problem or is read; it never panics.
fn survives(file: &str, bytes: &[u8]) {
    let Problems(problems) = read_as(file, bytes, "missing = [\"-99\", \".a\"]").problems;
    assert!(problems.len() < 50);
}

#[test]
fn damage_anywhere_is_survived() {
    let files = [
        "table.xlsx",
        "table.xls",
        "table.ods",
        "polars.parquet",
        "arrow.parquet",
        "stata8.dta",
        "stata12.dta",
        "stata15.dta",
        "table.sav",
        "table.zsav",
        "plain.sav",
        "marked.xlsx",
        "marked.xlsb",
        "marked.xls",
        "marked.ods",
    ];
    for file in files {
        let whole = fixture(file);
        for cut in (0..whole.len()).step_by(whole.len() / 40 + 1) {
            survives(file, &whole[..cut]);
        }
        // A small generator of places and bits, the same in every run.
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        for _ in 0..150 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let mut altered = whole.clone();
            let at = (state >> 33) as usize % altered.len();
            altered[at] ^= 1 << (state >> 29 & 7);
            survives(file, &altered);
            altered[at] = 0xFF;
            survives(file, &altered);
        }
    }
}
