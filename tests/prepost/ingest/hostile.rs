//! Files made to take time or memory: stopped early, or read within bounds, with totals that are right.

use prepost::trial::{Problem, ProblemCode};

use super::{read, wide_plan};

#[test]
fn a_bad_cell_in_every_row_is_counted_and_not_kept() {
    let rows: String = (0..20_000).map(|i| format!("S{i},x{i},1\n")).collect();
    let read = read(&wide_plan("", ""), &[("scores.csv", format!("id,pre,post\n{rows}").as_bytes())]);
    let bad = || read.problems.0.iter().filter(|problem| problem.code == ProblemCode::NotANumber);
    assert_eq!((bad().count(), bad().map(Problem::findings).sum::<usize>()), (1001, 20_000));
}

#[test]
fn an_outcome_a_row_is_no_column_of_outcomes() {
    let plan = "[data]\nfiles = [\"scores.csv\"]\nsubject = \"id\"\nvisit = \"visit\"\noutcome_column = \"what\"\nvalue = \"v\"\n[visits]\npre = \"pre\"\npost = \"post\"\n[[outcome]]\nkey = \"*\"\n";
    let rows: String = (0..10_000).map(|i| format!("S{i},pre,w{i},1\nS{i},post,w{i},2\n")).collect();
    let read = read(plan, &[("scores.csv", format!("id,visit,what,v\n{rows}").as_bytes())]);
    assert_eq!(
        read.error().to_string(),
        "scores.csv line 2002, column `what`: expected at most 1000 outcomes for `key = \"*\"`, found more"
    );
}

#[test]
fn an_id_in_thousands_of_spellings_is_told_in_a_line() {
    let spelling =
        |k: usize| "abcdefghijklm".chars().enumerate().map(move |(i, c)| if k >> i & 1 == 1 { c.to_ascii_uppercase() } else { c });
    let rows: String = (0..8192).map(|k| format!("{},1,2\n", spelling(k).collect::<String>())).collect();
    let read = read(&wide_plan("ids_equal_under = [\"case\"]", ""), &[("scores.csv", format!("id,pre,post\n{rows}").as_bytes())]);
    assert!(read.problems.0.iter().all(|problem| problem.to_string().len() < 1000));
    let twice = read.problems.0.iter().filter(|problem| problem.code == ProblemCode::DuplicateSubject);
    assert_eq!(twice.map(Problem::findings).sum::<usize>(), 8191);
}

#[test]
fn many_columns_and_long_cells_are_read() {
    let names: String = (0..99_997).map(|i| format!(",c{i}")).collect();
    let cells = ",1".repeat(99_997);
    let wide = format!("id,pre,post{names}\nS1,1,2{cells}\nS2,3,1{cells}\nS3,3,2{cells}\n");
    assert_eq!(read(&wide_plan("", ""), &[("scores.csv", wide.as_bytes())]).scores(0), ["S1: 1 2", "S2: 3 1", "S3: 3 2"]);
    let dashes = format!("id,pre,post\nS1,{},2\n", "1-".repeat(2 << 20));
    assert_eq!(read(&wide_plan("", ""), &[("scores.csv", dashes.as_bytes())]).error().code, ProblemCode::NotANumber);
    let zeros = format!("id,pre,post\nS1,1.{}1,2\n", "0".repeat(2 << 20));
    assert!(read(&wide_plan("", "range = [0, 63]"), &[("scores.csv", zeros.as_bytes())]).dataset.is_some());
}
