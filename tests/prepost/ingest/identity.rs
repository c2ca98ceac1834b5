//! Ids that nearly are alike, damaged ids, records entered twice.

use prepost::trial::{ProblemCode, Severity};

use super::{Read, read, read_wide};

fn two(data: &str, pre: &str, post: &str) -> Read {
    let toml =
        format!("[data]\npre = \"pre.csv\"\npost = \"post.csv\"\nsubject = \"id\"\n{data}\n[[outcome]]\nid = \"bdi\"\nvalue = \"bdi\"\n");
    read(&toml, &[("pre.csv", pre.as_bytes()), ("post.csv", post.as_bytes())])
}

fn near_misses(read: &Read) -> Vec<(Severity, String)> {
    let of_kind = read.problems.0.iter().filter(|problem| problem.code == ProblemCode::NearMissId);
    of_kind.map(|problem| (problem.severity, problem.to_string())).collect()
}

const PRE: &str = "id,bdi\nS01,30\nS02,25\nS03,28\n";
const POST: &str = "id,bdi\ns01,20\nS02,12\ns03,11\n";

#[test]
fn ids_that_could_be_one_person_stop_and_are_listed() {
    let read = two("", PRE, POST);
    assert!(read.dataset.is_none());
    let what = "2 subjects are spelled nearly like 2 others, one of the two with a pre and the other with a post: \
        3 subjects have a row of pre.csv, 3 of post.csv, 1 of both";
    assert_eq!(
        near_misses(&read),
        [
            (Severity::Error, what.to_owned()),
            (Severity::Error, "post.csv line 2, column `id`: `s01` and `S01` (pre.csv line 2) differ only in letter case".to_owned()),
            (Severity::Error, "post.csv line 4, column `id`: `s03` and `S03` (pre.csv line 4) differ only in letter case".to_owned()),
        ]
    );
    let hint = read.problems.errors().next().and_then(|problem| problem.hint.clone()).unwrap_or_default();
    assert!(hint.contains("`ids_equal_under = [\"case\"]`") && hint.contains("`ids_distinct = true`"), "{hint}");
}

#[test]
fn declared_equal_they_are_one_subject_whatever_the_order() {
    let equal = "ids_equal_under = [\"case\"]";
    for (pre, post) in [(PRE, POST), (POST, PRE)] {
        let read = two(equal, pre, post);
        assert_eq!(read.dataset().subjects.iter().map(|subject| subject.id.as_str()).collect::<Vec<_>>(), ["S01", "S02", "S03"]);
        assert_eq!(read.dataset().ledger.outcomes[0].pairs, 3);
        let found = near_misses(&read);
        assert_eq!((found.len(), found[0].0), (1, Severity::Warning));
        assert!(found[0].1.contains("2 subjects are joined from several spellings by `ids_equal_under` (case), first `S01` with `s01`"));
    }
    let twice = two(equal, "id,bdi\nS01,30\ns01,31\n", "id,bdi\nS01,20\n");
    assert_eq!(
        twice.problems.errors().next().map(ToString::to_string).as_deref(),
        Some("pre.csv line 3, column `id`: expected each subject once, got `S01` (or `s01`) again, first on line 2")
    );
}

#[test]
fn declared_distinct_they_are_two_people_and_a_warning() {
    let read = two("ids_distinct = true", PRE, POST);
    assert_eq!(read.dataset().subjects.len(), 5);
    assert!(near_misses(&read).iter().all(|(severity, _)| *severity == Severity::Warning));
}

#[test]
fn other_differences_are_named() {
    let cases = [
        ("101", "101.0", "a decimal point"),
        ("007", "7", "leading zeros"),
        ("A-01", "A\u{2011}01", "hyphens, underscores or spaces"),
        ("S01", "S\u{200B}01", "invisible characters"),
        ("S01", "Ｓ０１", "full-width and half-width forms"),
        ("S01", "‘S01’", "quotes or marks at the ends"),
        ("S01", "S01.", "quotes or marks at the ends"),
        ("001", "'001", "invisible characters"),
        ("A01", "А01", "letters of other alphabets that look alike"),
        ("S01", "SО1", "letters that look like digits"),
        ("S01", "SO1", "letters that look like digits"),
        ("S01", "ｓ1", "letter case and full-width and half-width forms and leading zeros"),
    ];
    for (left, right, named) in cases {
        let read = two("", &format!("id,bdi\nX,30\nY,25\n{left},28\n"), &format!("id,bdi\nX,20\nY,22\n{right},21\n"));
        let found = near_misses(&read);
        assert!(found.len() == 2 && found[1].1.contains(named), "{left} {right}: {found:?}");
    }
}

#[test]
fn marks_and_alphabets_that_are_declared_make_one_subject() {
    let (pre, post) = ("id,bdi\nS01,30\nА02,25\n", "id,bdi\n`S01`,20\nA02,12\n");
    let hint = two("", pre, post).problems.errors().next().and_then(|problem| problem.hint.clone()).unwrap_or_default();
    assert!(hint.contains("`ids_equal_under = [\"marks\", \"alphabet\"]`"), "{hint}");
    let read = two("ids_equal_under = [\"marks\", \"alphabet\"]", pre, post);
    assert_eq!(read.dataset().ledger.outcomes[0].pairs, 2);
    assert!(near_misses(&read)[0].1.contains("(marks, alphabet)"), "{:?}", near_misses(&read));
}

#[test]
fn people_with_pairs_of_their_own_do_not_stop_the_run() {
    let zeros = read_wide("", "", "id,pre,post\n001,21,12\n01,20,7\n1,46,44\nS04,27,15\n");
    assert_eq!((zeros.dataset().subjects.len(), near_misses(&zeros)), (4, vec![]));
    let case = read_wide("", "", "id,pre,post\ns1,21,12\nS1,20,7\nS2,46,44\n");
    let found = near_misses(&case);
    assert_eq!((found.len(), found[0].0), (1, Severity::Warning));
    assert!(
        found[0].1.contains("line 3, column `id`: 1 subject ids nearly like others") || found[0].1.contains("`S1` and `s1`"),
        "{found:?}"
    );
    // A dropout beside a person with a pair: to take them for one would give a second pre score, no pair.
    let dropout = two("", "id,bdi\nS1,30\ns1,31\nX,1\n", "id,bdi\nS1,20\nX,3\n");
    assert_eq!(near_misses(&dropout).iter().map(|(severity, _)| *severity).collect::<Vec<_>>(), [Severity::Warning]);
}

#[test]
fn half_rows_of_one_table_are_found() {
    let read = read_wide("", "", "id,pre,post\nS01,21,\ns01,,7\nS2,46,44\nS3,40,41\n");
    assert!(read.dataset.is_none() && near_misses(&read).len() == 2);
}

#[test]
fn near_misses_come_in_one_run_with_bad_cells() {
    let read = two("", "id,bdi\nS01,3O\nS02,25\n", "id,bdi\ns01,20\nS02,12\n");
    let mut codes: Vec<ProblemCode> = read.problems.errors().map(|problem| problem.code).collect();
    codes.dedup();
    assert_eq!(codes, [ProblemCode::NotANumber, ProblemCode::NearMissId]);
}

#[test]
fn damaged_and_endless_ids_stop_with_the_rest_of_their_row() {
    let read = read_wide("", "", format!("id,pre,post\nM\u{FFFD}ller,1,2\n{},1,x\nC,1,2\n", "z".repeat(300)));
    let errors: Vec<(ProblemCode, Option<u64>)> = read.problems.errors().map(|problem| (problem.code, problem.place.line)).collect();
    assert_eq!(
        errors,
        [(ProblemCode::SubjectDamaged, Some(2)), (ProblemCode::SubjectTooLong, Some(3)), (ProblemCode::NotANumber, Some(3))]
    );
    assert!(read.problems.0.iter().all(|problem| problem.to_string().chars().count() < 300));
}

#[test]
fn double_entries_are_to_be_merged_first() {
    let read = read_wide("", "", "id,pre,post\n1--1,21,12\n1--2,20,7\n2--1,46,44\n2--2,46,44\n3,5,6\n");
    let error = read.error();
    assert_eq!((error.code, error.count, error.place.line), (ProblemCode::DoubleEntry, 2, Some(3)));
    assert!(error.what.contains("`1--2` beside `1--1`") && error.hint.as_deref().is_some_and(|hint| hint.contains("merge")));
    assert!(read_wide("", "", "id,pre,post\nA--1,21,12\nB--1,20,8\nC,1,2\n").dataset.is_some());
}

#[test]
fn spaces_and_accents_that_were_put_aside_are_counted() {
    let read = two("", "id,bdi\nS01,30\nMüller,25\nS03,4\n", "id,bdi\nS01 ,20\nMu\u{308}ller,12\nS03,5\n");
    assert_eq!(read.dataset().ledger.outcomes[0].pairs, 3);
    let found = near_misses(&read);
    assert!(found.len() == 1 && found[0].1.starts_with("2 subject ids are written in two ways"), "{found:?}");
}

#[test]
fn group_labels_that_nearly_are_alike_are_a_warning() {
    let read = read_wide("group = \"site\"", "", "id,pre,post,site\nA,21,12,South\nB,20,7,south\nC,46,44,North\nD,1,2,South \n");
    let problem = read.problems.warnings().find(|problem| problem.code == ProblemCode::GroupConflict).expect("a warning");
    assert!(problem.what.contains("`South` (2) and `south` (1)"), "{}", problem.what);
}
