//! Workbooks that look other than they read: raised and struck digits, readings over the letters, hidden rows.

use std::io::{Cursor, Write};

use prepost::trial::{ProblemCode, Severity};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::formats::{fixture, read_as};
use super::{Read, read};

const FORMATS: [&str; 4] = ["marked.xlsx", "marked.xlsb", "marked.xls", "marked.ods"];

#[test]
fn raised_and_struck_digits_are_no_digits_in_any_format() {
    for file in FORMATS {
        let read = read_as(file, &fixture(file), "");
        let shown: Vec<String> = read.problems.errors().map(ToString::to_string).collect();
        let place = |row: u32| format!("{file} sheet `Sheet` row {row}");
        assert_eq!(
            shown,
            [
                format!("{}, column `post`: expected a number, got `23²`", place(2)),
                format!("{}, column `pre`: expected a number, got `2\u{336}3\u{336}25`", place(4)),
                format!("{}, column `post`: expected a number, got `1\u{336}8\u{336}`", place(5)),
            ],
            "{file}"
        );
        let hints: Vec<&str> = read.problems.errors().filter_map(|problem| problem.hint.as_deref()).collect();
        assert!(hints[0].contains("superscript") && hints[1].contains("struck out"), "{hints:?}");
    }
}

#[test]
fn hidden_rows_are_read_and_counted_and_pieces_that_differ_in_nothing_else_are_one_text() {
    for file in FORMATS {
        let missing = "missing = [\"23²\", \"2\u{336}3\u{336}25\", \"1\u{336}8\u{336}\"]";
        let read = read_as(file, &fixture(file), missing);
        assert_eq!(read.scores(0), ["S01: 31 -", "S02: 25 12", "S03: - 11", "S04: 30 -", "S05¹: 28 14", "S06: 15 9"], "{file}");
        let hidden = read.problems.warnings().find(|problem| problem.code == ProblemCode::HiddenRows).expect("a warning");
        assert_eq!(
            (hidden.to_string(), hidden.count),
            (format!("{file} sheet `Sheet` row 3: 1 row that the sheet hides was read like the others"), 1)
        );
        let filtered = read_as(file, &fixture(file), &format!("{missing}\nwhere = {{ id = [\"S01\", \"S05¹\", \"S06\"] }}"));
        assert!(!filtered.codes().contains(&ProblemCode::HiddenRows), "{file}: {:?}", filtered.codes());
    }
}

/// An `.xlsx` of one sheet with these shared texts and rows.
fn xlsx(shared: &str, rows: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!("<Relationships xmlns=\"x\"><Relationship Id=\"rId1\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    let parts = [
        ("[Content_Types].xml", "<Types xmlns=\"x\"/>".to_owned()),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"A&amp;B\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{main}\">{shared}</sst>")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, body) in parts {
        writer.start_file(name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(body.as_bytes()).expect("room");
    }
    writer.finish().expect("an archive").into_inner()
}

fn read_xlsx(shared: &str, rows: &str) -> Read {
    read_as("a.xlsx", &xlsx(shared, rows), "")
}

const HEADER: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>";
const NAMES: &str = "<si><t>id</t></si><si><t>pre</t></si><si><t>post</t></si>";

#[test]
fn shared_texts_are_looked_at_too() {
    let texts = format!(
        "{NAMES}<si><r><t>23</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>2</t></r></si><si><r><t>23</t></r><r><rPr><vertAlign val=\"subscript\"/></rPr><t xml:space=\"preserve\"> 2</t></r></si><si><t>S1</t></si>"
    );
    let rows = format!("{HEADER}<row><c t=\"s\"><v>5</v></c><c t=\"s\"><v>3</v></c><c t=\"s\"><v>4</v></c></row>");
    let shown: Vec<String> = read_xlsx(&texts, &rows).problems.errors().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "a.xlsx sheet `A&B` row 2, column `pre`: expected a number, got `23²`",
            "a.xlsx sheet `A&B` row 2, column `post`: expected a number, got `23 ₂`",
        ]
    );
}

#[test]
fn readings_over_the_letters_are_no_part_of_the_text() {
    let read_with = |name: &str, id: &str| {
        let texts = format!("<si><t>{name}</t></si><si><t>pre</t></si><si><t>post</t></si><si>{id}</si>");
        let rows = format!(
            "{HEADER}<row r=\"2\"><c r=\"A2\" t=\"s\"><v>3</v></c><c r=\"B2\"><v>5</v></c><c r=\"C2\"><v>7</v></c></row>\
             <row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is>{}</is></c><c r=\"B3\"><v>6</v></c><c r=\"C3\"><v>4</v></c></row>",
            id.replace('山', "川")
        );
        let plan = "[data]\nfiles = [\"a.xlsx\"]\nsubject = \"氏名\"\n[[outcome]]\nid = \"x\"\npre = \"pre\"\npost = \"post\"\n";
        read(plan, &[("a.xlsx", &xlsx(&texts, &rows))])
    };
    let reading = "<rPh sb=\"0\" eb=\"2\"><t>シメイ</t></rPh><phoneticPr fontId=\"1\"/>";
    for id in [
        "<t>山田</t><rPh sb=\"0\" eb=\"2\"><t>ヤマダ</t></rPh>",
        "<r><t>山</t></r><r><t>田</t></r><rPh sb=\"0\" eb=\"2\"><t>ヤマダ</t></rPh>",
    ] {
        let read = read_with(&format!("氏名</t>{reading}<t>"), id);
        assert_eq!(read.scores(0), ["山田: 5 7", "川田: 6 4"]);
        assert_eq!(read.codes(), []);
    }
}

#[test]
fn a_footnote_mark_beside_an_id_does_not_make_two_people() {
    let table = |id: &str, score: &str| {
        let rows = format!(
            "<row><c t=\"inlineStr\"><is><t>id</t></is></c><c t=\"inlineStr\"><is><t>bdi</t></is></c></row>\
             <row><c t=\"inlineStr\"><is>{id}</is></c><c><v>{score}</v></c></row>"
        );
        xlsx("", &rows)
    };
    let plan = "[data]\npre = \"a.xlsx\"\npost = \"b.xlsx\"\nsubject = \"id\"\n[[outcome]]\nid = \"x\"\nvalue = \"bdi\"\n";
    let marked = "<r><t>12</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r>";
    let read = read(plan, &[("a.xlsx", &table("<t>12</t>", "30")), ("b.xlsx", &table(marked, "20"))]);
    let problem = read.problems.errors().nth(1).expect("the pair");
    assert_eq!((problem.code, problem.severity), (ProblemCode::NearMissId, Severity::Error));
    assert!(problem.what.contains("`12¹` and `12`") && problem.what.contains("marks at the ends"), "{problem}");
}

#[test]
fn a_row_of_no_height_is_hidden_and_a_hidden_row_of_no_use_is_no_finding() {
    let row = |number: u32, attributes: &str, id: &str| {
        format!(
            "<row r=\"{number}\" {attributes}><c t=\"inlineStr\"><is><t>{id}</t></is></c><c><v>{}</v></c><c><v>{number}</v></c></row>",
            10 - number * number % 7
        )
    };
    let rows = |second: &str, third: &str| {
        format!("{HEADER}{}{}<row r=\"4\" hidden=\"1\"><c r=\"A4\"/></row>{}", row(2, second, "A"), row(3, third, "B"), row(5, "", "C"))
    };
    assert_eq!(read_xlsx(NAMES, &rows("", "hidden=\"0\" ht=\"15\"")).codes(), []);
    let read = read_xlsx(NAMES, &rows("ht=\"0\" customHeight=\"1\"", "hidden=\"true\""));
    let warning = read.problems.warnings().next().expect("a warning");
    assert_eq!((warning.code, warning.count, warning.place.line), (ProblemCode::HiddenRows, 2, Some(2)));
}
