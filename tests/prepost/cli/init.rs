//! `init`: from an export to a plan that runs.

use std::path::Path;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::{SCORES, folder, prepost, statistic, stderr, stdout};

/// `init` on a sample, then `ingest --check` and `analyze` by the plan it wrote: the pairs of each outcome.
fn from_export_to_pairs(files: &[&str], expected: &[(&str, f64)]) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples");
    let dir = tempfile::tempdir().expect("a folder");
    for file in files {
        let name = Path::new(file).file_name().expect("a name");
        std::fs::copy(samples.join(file), dir.path().join(name)).expect("a copy of the sample");
    }
    let names: Vec<&str> = files.iter().filter_map(|file| file.rsplit('/').next()).collect();
    let run = prepost(dir.path(), &[&["init"], names.as_slice()].concat());
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    let run = prepost(dir.path(), &["ingest", "--check", "--format", "json"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let found: serde_json::Value = serde_json::from_str(&stdout(&run)).expect("JSON");
    let pairs: Vec<(&str, f64)> = found["ledger"]["outcomes"]
        .as_array()
        .expect("outcomes")
        .iter()
        .map(|outcome| (outcome["outcome"].as_str().unwrap_or_default(), outcome["pairs"].as_f64().unwrap_or(-1.0)))
        .collect();
    assert_eq!(pairs, expected);
    let run = prepost(dir.path(), &["analyze", "--no-figures"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let csv = std::fs::read_to_string(dir.path().join("prepost-out/statistics.csv")).expect("statistics");
    for (outcome, n) in expected {
        assert_eq!(statistic(&csv, outcome, "describe", "n"), Some(*n), "{outcome}");
    }
}

#[test]

fn an_export_of_redcap() {
    from_export_to_pairs(&["redcap/export.csv"], &[("phq9", 24.0), ("wsas", 23.0)]);
}

#[test]
fn an_export_of_qualtrics() {
    from_export_to_pairs(&["qualtrics/export.csv"], &[("gad7", 23.0)]);
}

#[test]
fn a_csv_of_japanese_excel() {
    from_export_to_pairs(&["excel-japan/scores.csv"], &[("bdi2", 26.0), ("sass_j", 28.0)]);
}

#[test]

fn the_workbook_of_japanese_excel() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/excel-japan");
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::copy(samples.join("scores.xlsx"), dir.path().join("scores.xlsx")).expect("a copy of the sample");
    for arguments in [&["init", "scores.xlsx", "--sheet", "得点"][..], &["init", "scores.xlsx", "--force"]] {
        let run = prepost(dir.path(), arguments);
        assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
        let plan = std::fs::read_to_string(dir.path().join("trial.toml")).expect("the plan");
        assert!(plan.contains("sheet = \"得点\""), "{plan}");
    }
}

#[test]
fn two_files_of_two_encodings() {
    from_export_to_pairs(&["two-files/pre.csv", "two-files/post.csv"], &[("phq9", 27.0), ("eq5d5l_index", 27.0)]);
}

#[test]
fn a_plan_with_questions_is_written_and_is_status_one() {
    let dir = folder(&[("scores.csv", "id,grip_pre,grip_post\na,20,25\nb,NI,30\nc,14,15\nd,22,20\n")]);
    let run = prepost(dir.path(), &["init", "scores.csv"]);
    assert_eq!(run.status.code(), Some(1), "{}", stderr(&run));
    let plan = std::fs::read_to_string(dir.path().join("trial.toml")).expect("the plan");
    assert!(plan.contains("# ANSWER: direction = \"lower\"") && plan.contains("# ANSWER: missing = [\"NI\"]"), "{plan}");
    assert!(stderr(&run).contains("prepost problems plan-unanswered-question"), "{}", stderr(&run));
    std::fs::write(dir.path().join("trial.toml"), plan.replace("# ANSWER: ", "")).expect("answered");
    let run = prepost(dir.path(), &["ingest", "--check"]);
    assert!(run.status.success(), "{}", stderr(&run));
}

#[test]
fn a_plan_is_not_overwritten_and_may_go_to_stdout() {
    let dir = folder(&[("scores.csv", SCORES), ("trial.toml", "mine")]);
    let run = prepost(dir.path(), &["init", "scores.csv"]);
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
    assert_eq!(std::fs::read_to_string(dir.path().join("trial.toml")).expect("the plan"), "mine");
    let run = prepost(dir.path(), &["init", "scores.csv", "--out", "-"]);
    assert!(run.status.success() && stdout(&run).contains("pre = \"bdi_pre\""), "{}", stderr(&run));
    assert!(prepost(dir.path(), &["init", "scores.csv", "--force"]).status.success());
    assert!(std::fs::read_to_string(dir.path().join("trial.toml")).expect("the plan").contains("files = [\"scores.csv\"]"));
    assert_eq!(prepost(dir.path(), &["init", "scores.csv", "--out", "scores.csv", "--force"]).status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(dir.path().join("scores.csv")).expect("the data"), SCORES);
}

#[test]
fn the_plan_finds_its_data_from_another_folder() {
    let dir = folder(&[("scores.csv", SCORES)]);
    let run = prepost(dir.path(), &["init", "scores.csv", "--out", "plans/study.toml"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let run = prepost(dir.path(), &["ingest", "plans/study.toml", "--check"]);
    assert!(run.status.success(), "{}", stderr(&run));
}

#[test]
fn what_the_data_would_stop_is_not_called_a_plan_that_runs() {
    let dir = folder(&[("scores.csv", &SCORES.replace("a,20,12", "a,20,81"))]);
    let run = prepost(dir.path(), &["init", "scores.csv"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(dir.path().join("trial.toml").is_file() && stderr(&run).contains("expected 0 to 63, got 81"), "{}", stderr(&run));
}

/// A workbook with these sheets, each a table of commas and line ends.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        archive.start_file(name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("its text");
    };
    let (mut listed, mut related) = (String::new(), String::new());
    for (number, (name, table)) in (1..).zip(sheets) {
        let _ = write!(listed, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";
        let _ = write!(related, "<Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"worksheets/sheet{number}.xml\"/>");
        let mut rows = String::new();
        for (row, line) in (1..).zip(table.lines()) {
            let _ = write!(rows, "<row r=\"{row}\">");
            for (column, cell) in ('A'..).zip(line.split(',')) {
                let _ = match cell.parse::<f64>() {
                    Ok(number) => write!(rows, "<c r=\"{column}{row}\"><v>{number}</v></c>"),
                    Err(_) => write!(rows, "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
                };
            }
            rows.push_str("</row>");
        }
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        part(
            &format!("xl/worksheets/sheet{number}.xml"),
            &format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        );
    }
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    part("xl/workbook.xml", &format!("<workbook {main} xmlns:r=\"{relations}\"><sheets>{listed}</sheets></workbook>"));
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    part("xl/_rels/workbook.xml.rels", &format!("<Relationships xmlns=\"{package}\">{related}</Relationships>"));
    let whole = "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
                 Target=\"xl/workbook.xml\"/>";
    part("_rels/.rels", &format!("<Relationships xmlns=\"{package}\">{whole}</Relationships>"));
    part("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
    archive.finish().expect("an archive").into_inner()
}

/// `init` on a workbook: its status, and the plan it wrote.
fn init_of(sheets: &[(&str, &str)]) -> (tempfile::TempDir, Option<i32>, String) {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("data.xlsx"), workbook(sheets)).expect("a workbook");
    let run = prepost(dir.path(), &["init", "data.xlsx"]);
    let plan = std::fs::read_to_string(dir.path().join("trial.toml")).unwrap_or_else(|_| panic!("{}", stderr(&run)));
    (dir, run.status.code(), plan)
}

#[test]
fn of_several_sheets_the_table_is_taken() {
    let notes = "Study of sleep\nsee the protocol\n";
    let people = "id,age,sex\na,30,f\nb,41,m\nc,28,f\n";
    let (dir, status, plan) = init_of(&[("README", notes), ("People", people), ("Scores", SCORES)]);
    assert_eq!(status, Some(0), "{plan}");
    assert!(plan.contains("sheet = \"Scores\"") && plan.contains("sheet `People`: id, age, sex"), "{plan}");
    let run = prepost(dir.path(), &["analyze", "--no-figures"]);
    assert!(run.status.success(), "{}", stderr(&run));
}

#[test]
fn sheets_of_one_visit_each_are_pre_and_post() {
    let (pre, post) = ("No,PHQ-9\na,20\nb,12\nc,9\n", "id,PHQ-9\na,11\nb,7\nd,10\n");
    let (dir, status, plan) = init_of(&[("Pre", pre), ("Post", post), ("People", "id,age\na,30\nb,41\nc,28\n")]);
    assert_eq!(status, Some(0), "{plan}");
    assert!(plan.contains("pre = \"data.xlsx#Pre\"") && plan.contains("post = \"data.xlsx#Post\""), "{plan}");
    assert!(plan.contains("[data.files_by_name.\"data.xlsx#Post\"]\nsubject = \"id\""), "{plan}");
    let run = prepost(dir.path(), &["analyze", "--no-figures", "--out", "out"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let written = std::fs::read_to_string(dir.path().join("out/results.json")).expect("results.json");
    let tree: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    let ledger = &tree["participants"];
    assert_eq!(ledger["outcomes"][0]["pairs"].as_f64(), Some(2.0));
    let names: Vec<Option<&str>> = (0..2).map(|file| ledger["files"][file]["file"].as_str()).collect();
    assert_eq!(names, [Some("data.xlsx#Pre"), Some("data.xlsx#Post")]);
    assert!(stderr(&run).contains("3 subjects with a row in data.xlsx#Post, 2 of them also in data.xlsx#Pre"), "{}", stderr(&run));
}

#[test]
fn a_sheet_of_numbers_without_a_header_is_asked_about() {
    let north = "id,bdi_pre,bdi_post\na,20,11\nb,12,9\nc,31,17\nd,22,20\n";
    let titled = "South,,\n\nid,bdi_pre,bdi_post,comment\ne,20,11,\nf,12,9,late\ng,31,17,\nh,22,20,\n";
    let (dir, status, plan) = init_of(&[("North", north), ("South", titled)]);
    assert_eq!(status, Some(1), "{plan}");
    assert!(plan.contains("# ANSWER: sheet = \"North\"   # or \"South\""), "{plan}");
    let run = prepost(dir.path(), &["init", "data.xlsx", "--sheet", "South", "--force"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let two_rows = ",BDI,,\nid,pre,post,\ne,20,11\nf,12,9\ng,31,17\n";
    for other in ["e,20,11\nf,12,9\ng,31,17\nh,22,20\n", two_rows] {
        let (_, status, plan) = init_of(&[("North", north), ("South", other)]);
        assert_eq!(status, Some(1), "{plan}");
        assert!(plan.contains("# ANSWER: sheet = \"North\"") && plan.contains("South"), "{plan}");
    }
}

#[test]
fn sheets_with_other_rows_are_read_one_after_another() {
    let (north, south) = ("id,bdi_pre,bdi_post\na,20,11\nb,12,9\n", "id,bdi_pre,bdi_post\nc,31,18\n");
    let (dir, status, plan) = init_of(&[("North", north), ("South", south)]);
    let all = "files = [\"data.xlsx#North\", \"data.xlsx#South\"]";
    assert_eq!(status, Some(1), "{plan}");
    let run = prepost(dir.path(), &["init", "data.xlsx", "--force"]);
    assert!(stderr(&run).contains(all), "{}", stderr(&run));
    let answered = plan.replace("# ANSWER: sheet", "# sheet").replace("files = [\"data.xlsx\"]", all);
    std::fs::write(dir.path().join("trial.toml"), answered).expect("answered");
    let run = prepost(dir.path(), &["ingest", "--check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&stdout(&run)).expect("JSON");
    assert_eq!(found["ledger"]["outcomes"][0]["pairs"].as_f64(), Some(3.0), "{}", stderr(&run));
}

#[test]
fn of_several_tables_the_sheet_is_asked() {
    let gad =
        SCORES.replace("bdi", "gad7").replace("31,25", "11,5").replace("27,18", "7,8").replace("25,20", "5,2").replace("33,21", "3,1");
    let gad = gad.replace("22,", "12,");
    let (dir, status, plan) = init_of(&[("BDI", SCORES), ("GAD", &gad)]);
    assert_eq!(status, Some(1), "{plan}");
    assert!(plan.contains("# ANSWER: sheet = \"BDI\"   # or \"GAD\"") && plan.contains("sheet `GAD`: id, gad7_pre, gad7_post"), "{plan}");
    std::fs::write(dir.path().join("trial.toml"), plan.replace("# ANSWER: ", "")).expect("answered");
    assert!(prepost(dir.path(), &["ingest", "--check"]).status.success());
    let (_, status, plan) = init_of(&[("A", "hello\nx\n"), ("B", "bye\ny\n")]);
    assert!(status == Some(1) && plan.contains("# ANSWER: sheet = "), "{plan}");
}
