//! A first look at a file without a plan.

use prepost::ingest::{Hints, look};
use prepost::plan::{HeaderColumn, LookedFile};
use prepost::trial::ProblemCode;

/// The one table of a file.
fn only(path: &std::path::Path) -> LookedFile {
    let mut looked = look(path, Hints::default()).expect("a look");
    assert_eq!(looked.len(), 1);
    looked.remove(0)
}

fn columns(bytes: &[u8]) -> Vec<HeaderColumn> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a.csv");
    std::fs::write(&path, bytes).expect("a writable folder");
    only(&path).columns
}

#[test]
fn columns_are_described() {
    let columns = columns("\u{FEFF}id;visit;bdi;note\nS1;pre;1,5;\nS1;post;NA;x\nS2;pre;3;y\n\n".as_bytes());
    let names: Vec<(&str, bool, bool)> = columns.iter().map(|c| (c.name.as_str(), c.numeric, c.unique)).collect();
    assert_eq!(names, [("id", false, false), ("visit", false, false), ("bdi", true, true), ("note", false, false)]);
    assert_eq!(columns[1].distinct, ["pre", "post"]);
}

#[test]
fn many_values_are_not_listed() {
    let rows: String = (0..21).map(|i| format!("{i},{}\n", i % 20)).collect();
    let columns = columns(format!("id,k\n{rows}").as_bytes());
    assert_eq!((columns[0].distinct.len(), columns[0].unique), (0, true));
    assert_eq!((columns[1].distinct.len(), columns[1].unique), (20, false));
}

#[test]
fn what_cannot_be_read_is_a_problem() {
    let problems = look(std::path::Path::new("no-such-folder/absent.csv"), Hints::default()).expect_err("no file");
    assert_eq!((problems.0[0].code, problems.0[0].place.file.as_deref()), (ProblemCode::FileNotFound, Some("absent.csv")));
}

#[test]
fn qualtrics_import_ids_titles_and_legacy_text_are_found() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a.csv");
    let seen = |bytes: &[u8]| {
        std::fs::write(&path, bytes).expect("a writable folder");
        only(&path)
    };
    let qualtrics = seen(b"id,x\n\"Your\nid\",Score\n\"{\"\"ImportId\"\":\"\"a\"\"}\",\"{\"\"ImportId\"\":\"\"b\"\"}\"\nS1,3\nS2,4\n");
    assert_eq!((qualtrics.skip_records, qualtrics.columns[1].numeric), (2, true));
    let titled = seen(b"A trial\n2024\n\nid,pre,post\na,1,999\nb,2,3\nc,NI,2\nd,2,1\n");
    assert_eq!((titled.header_line, titled.columns[1].name.as_str()), (Some(4), "pre"));
    assert_eq!((titled.columns[1].words.as_slice(), titled.columns[2].codes.as_slice()), (&["NI".to_owned()][..], &["999".to_owned()][..]));
    let legacy = seen(b"\x94\xed\x8c\xb1\x8e\xd2,x\nS1,3\nS2,4\n");
    assert_eq!((legacy.encoding.map(|found| found.label).as_deref(), legacy.columns[0].name.as_str()), (Some("cp932"), "被験者"));
}

#[test]
fn the_header_is_looked_for_behind_titles() {
    let columns = columns(b"Study of sleep\n\nid,bdi\nS1,3\nS2,4\n");
    let names: Vec<(&str, bool)> = columns.iter().map(|c| (c.name.as_str(), c.numeric)).collect();
    assert_eq!(names, [("id", false), ("bdi", true)]);
}
