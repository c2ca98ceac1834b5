//! `problems`: the codes explained.

use super::{prepost, stderr, stdout};

#[test]
fn all_codes_and_one() {
    let dir = tempfile::tempdir().expect("a folder");
    let table = stdout(&prepost(dir.path(), &["problems"]));
    assert!(table.contains("out-of-range") && table.contains("small-cells"), "{table}");
    let page = stdout(&prepost(dir.path(), &["problems", "out-of-range"]));
    assert!(page.starts_with("# out-of-range\n") && page.contains("## What to do"), "{page}");
    let json = stdout(&prepost(dir.path(), &["problems", "--format", "json"]));
    let entries: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(entries.as_array().map(Vec::len), Some(prepost::trial::ProblemCode::ALL.len()));
    let unknown = prepost(dir.path(), &["problems", "out-of-rage"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("did you mean `out-of-range`?"), "{}", stderr(&unknown));
}
