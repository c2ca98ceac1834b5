//! Data that can be read but hardly tested: warnings, and a dataset.

use prepost::trial::{ProblemCode, Severity};

use super::{Read, read_wide};

fn warnings(read: &Read) -> Vec<(ProblemCode, Option<&str>)> {
    assert!(read.dataset.is_some());
    assert!(read.problems.0.iter().all(|problem| problem.severity == Severity::Warning));
    read.problems.0.iter().map(|problem| (problem.code, problem.value.as_deref())).collect()
}

#[test]
fn one_pair_warns() {
    assert_eq!(warnings(&read_wide("", "", "id,pre,post\nA,1,2\n")), [(ProblemCode::FewPairs, None)]);
}

#[test]
fn no_pair_at_all_stops() {
    let read = read_wide("", "", "id,pre,post\nA,1,\nB,,2\n");
    assert_eq!(read.error().code, ProblemCode::NoPairs);
}

#[test]
fn a_constant_column_warns() {
    let read = read_wide("", "", "id,pre,post\nA,30,2\nB,30.0,3\nC,30,9\nD,7,\n");
    assert_eq!(warnings(&read), [(ProblemCode::MissingScores, None), (ProblemCode::ConstantColumn, Some("30"))]);
    assert_eq!(
        read.problems.0[1].to_string(),
        "scores.csv, column `pre`: every pre score of outcome `bdi2` is 30: the column is constant, without variance"
    );
}

#[test]
fn a_constant_change_is_judged_on_the_decimals() {
    let read = read_wide("", "", "id,pre,post\nA,10.3,10.2\nB,0.8,0.7\nC,2.3,2.2\n");
    assert_eq!(warnings(&read), [(ProblemCode::ConstantChange, Some("-0.1"))]);
    let read = read_wide("", "", "id,pre,post\nA,10,10\nB,9,9\n");
    assert_eq!(warnings(&read), [(ProblemCode::ConstantChange, Some("0"))]);
}
