//! One row a subject and visit, or a subject, visit and outcome.

use prepost::trial::{Loss, ProblemCode, RowFate};

use super::{Read, read};

const LONG: &str = "[data]\nfiles = [\"a.csv\"]\nsubject = \"id\"\nvisit = \"visit\"\n[visits]\npre = \"baseline\"\npost = \"month3\"\n\
    [[outcome]]\nid = \"bdi\"\nvalue = \"bdi_total\"\nrange = [0, 63]\n[[outcome]]\nid = \"bai\"\nvalue = \"bai_total\"\n";

const TIDY: &str = "[data]\nfiles = [\"a.csv\"]\nsubject = \"id\"\nvisit = \"visit\"\noutcome_column = \"test\"\nvalue = \"score\"\n\
    [visits]\npre = \"pre\"\npost = \"post\"\n";

fn long(file: &str) -> Read {
    read(LONG, &[("a.csv", file.as_bytes())])
}

fn tidy(outcomes: &str, file: &str) -> Read {
    read(&format!("{TIDY}{outcomes}"), &[("a.csv", file.as_bytes())])
}

#[test]
fn visits_are_paired_by_subject() {
    let read = long(
        "id,visit,bdi_total,bai_total\nS2,month3,12,5\nS1,baseline,30,9\nS2,baseline,25,6\nS1,month3,20,\nS1,month12,99,99\nS3,baseline,8,1\n",
    );
    assert_eq!(read.scores(0), ["S1: 30 20", "S2: 25 12", "S3: 8 -"]);
    assert_eq!(read.scores(1), ["S1: 9 -", "S2: 6 5", "S3: 1 -"]);
    assert_eq!(read.losses(0), [(Loss::NoPostRow, 1)]);
    assert_eq!(read.losses(1), [(Loss::NoPostRow, 1), (Loss::PostMissing, 1)]);
    assert_eq!(read.fates(), [(RowFate::Used, 5), (RowFate::OtherVisit, 1)]);
    let shown: Vec<String> = read.problems.0.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "a.csv, column `bai_total`: 1 missing score: 1 empty at visit `month3`",
            "a.csv, column `bdi_total`: 3 subjects with a row in visit `baseline`, 2 of them also in visit `month3`: 1 without a pair",
            "a.csv: only one subject has both scores of outcome `bai`: no test is possible",
        ]
    );
}

#[test]
fn a_tidy_table_names_its_outcomes() {
    let outcomes = "[[outcome]]\nid = \"conscientiousness\"\nkey = \"CON\"\n[[outcome]]\nid = \"BDI\"\n";
    let read = tidy(
        outcomes,
        "id,visit,test,score\nA,pre,CON,1\nA,post,CON,2\nB,pre,BDI,5\nB,post,BDI,3\nB,pre,CON,4\nB,post,CON,7\nA,pre,XYZ,x\n",
    );
    assert_eq!(read.scores(0), ["A: 1 2", "B: 4 7"]);
    assert_eq!(read.scores(1), ["A: - -", "B: 5 3"]);
    assert_eq!(read.losses(1), [(Loss::BothMissing, 1)]);
    assert_eq!(read.fates(), [(RowFate::Used, 6), (RowFate::OtherOutcome, 1)]);
}

#[test]
fn a_star_makes_an_outcome_of_every_value_found_sorted_by_name() {
    let outcomes = "[[outcome]]\nid = \"first\"\nkey = \"c\"\n[[outcome]]\nid = \"rest\"\nkey = \"*\"\nrange = [0, 9]\n";
    let read = tidy(outcomes, "id,visit,test,score\nA,pre,z,1\nA,post,z,2\nA,pre,b,3\nA,post,b,4\nA,pre,c,50\nA,post,c,60\n");
    let dataset = read.dataset();
    let ids: Vec<&str> = dataset.outcomes.iter().map(|scores| scores.outcome.id.as_str()).collect();
    assert_eq!(ids, ["first", "b", "z"]);
    assert_eq!((read.scores(0), read.scores(1)), (vec!["A: 50 60".to_owned()], vec!["A: 3 4".to_owned()]));
    let bad = tidy(outcomes, "id,visit,test,score\nA,pre,c,1\nA,post,c,2\nA,pre,b,30\n");
    assert_eq!((bad.error().code, bad.error().place.line), (ProblemCode::OutOfRange, Some(4)));
}

#[test]
fn a_label_that_never_occurs_stops_with_those_that_do() {
    let error = long("id,visit,bdi_total,bai_total\nS1,baseline,1,2\nS1,month_3,1,2\nS2,baseline,1,1\n");
    let error = error.error();
    assert_eq!(error.to_string(), "a.csv, column `visit`: no row has visit `month3`; found `baseline`, `month_3`");
    assert_eq!((error.code, error.hint.as_deref()), (ProblemCode::UnknownVisit, Some("did you mean `month_3`?")));
    let error = tidy("[[outcome]]\nid = \"BDI\"\n[[outcome]]\nid = \"BAI\"\n", "id,visit,test,score\nA,pre,BDI,1\nA,post,BDI,2\n");
    assert_eq!((error.error().code, error.error().value.as_deref()), (ProblemCode::UnknownOutcome, Some("BAI")));
}

#[test]
fn a_subject_twice_at_one_visit_stops_and_names_both_lines() {
    let read = long("id,visit,bdi_total,bai_total\nS1,baseline,1,2\nS1,month3,1,2\nS1,baseline,3,2\n");
    let error = read.error();
    assert_eq!(
        error.to_string(),
        "a.csv line 4, column `id`: expected each subject once at visit `baseline`, got `S1` again, first on line 2"
    );
    assert_eq!((error.code, error.value.as_deref()), (ProblemCode::DuplicateSubject, Some("S1")));
    let read = tidy("[[outcome]]\nid = \"BDI\"\n", "id,visit,test,score\nA,pre,BDI,1\nA,post,BDI,2\nA,post,BDI,2\n");
    assert_eq!(read.error().place.line, Some(4));
    assert!(read.error().what.contains("for outcome `BDI`"));
}

#[test]
fn a_row_of_another_visit_needs_no_subject_and_no_number() {
    let read = long("id,visit,bdi_total,bai_total\nS1,baseline,1,2\nS1,month3,1,2\n,screening,x,y\n");
    assert_eq!(read.fates(), [(RowFate::Used, 2), (RowFate::OtherVisit, 1)]);
}

#[test]
fn groups_must_agree_between_the_rows_of_a_subject() {
    let toml = LONG.replace("visit = \"visit\"", "visit = \"visit\"\ngroup = \"site\"");
    let file = b"id,site,visit,bdi_total,bai_total\nS1,North,baseline,1,2\nS1,,month3,1,2\nS2,North,baseline,1,2\nS2,South,month3,1,2\n";
    let read = read(&toml, &[("a.csv", file)]);
    assert_eq!(read.error().to_string(), "a.csv line 5, column `site`: expected group `North` as in a.csv line 4, got `South`");
    assert_eq!(read.error().code, ProblemCode::GroupConflict);
}

#[test]
fn appended_files_are_checked_each_in_its_place() {
    let toml = LONG.replace("[\"a.csv\"]", "[\"a.csv\", \"b.csv\"]");
    let good = read(
        &toml,
        &[
            ("a.csv", b"id,visit,bdi_total,bai_total\nS1,baseline,30,9\nS2,baseline,25,6\n"),
            ("b.csv", b"bai_total,note,bdi_total,visit,id\n5,x,12,month3,S2\n4,y,20,month3,S1\n"),
        ],
    );
    assert_eq!((good.scores(0), good.codes()), (vec!["S1: 30 20".to_owned(), "S2: 25 12".to_owned()], vec![]));
    let bad = read(
        &toml,
        &[
            ("a.csv", b"id,visit,bdi_total,bai_total\nS1,baseline,30,9\nS1,month3,x,6\n"),
            ("b.csv", b"id,visit,bdi,bai_total\nS2,baseline,30,9\n"),
        ],
    );
    let shown: Vec<String> = bad.problems.errors().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "a.csv line 3, column `bdi_total`: expected a number, got `x`",
            "b.csv line 1, column `bdi_total`: no column of this name among 4 columns",
        ]
    );
    let twice = read(
        &toml,
        &[
            ("a.csv", b"id,visit,bdi_total,bai_total\nS1,baseline,30,9\nS1,month3,3,6\n"),
            ("b.csv", b"id,visit,bdi_total,bai_total\nS1,month3,30,9\n"),
        ],
    );
    assert_eq!(
        twice.error().to_string(),
        "b.csv line 2, column `id`: expected each subject once at visit `month3`, got `S1` again, first on a.csv line 3"
    );
}
