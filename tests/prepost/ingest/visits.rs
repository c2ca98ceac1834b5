//! Visits: their labels, further ones, and rows without one.

use prepost::trial::{ProblemCode, RowFate};

use super::{Read, read};

const PLAN: &str = "[data]\nfiles = [\"a.csv\"]\nsubject = \"id\"\nvisit = \"visit\"\n[visits]\npre = \"pre\"\npost = \"post\"\n\
    [[outcome]]\nid = \"bdi\"\nvalue = \"bdi\"\n";

const WHOLE: &str = "id,visit,bdi\nA,pre,30\nA,post,20\nB,pre,25\nB,post,12\n";

fn with(toml: &str, more: &str) -> Read {
    read(toml, &[("a.csv", format!("{WHOLE}{more}").as_bytes())])
}

#[test]
fn a_label_in_another_spelling_stops_with_what_to_declare() {
    let read = with(PLAN, "C,ＰＲＥ,5\nC,Post,4\nD,pre ,9\nD,post-treatment,8\n");
    let errors: Vec<String> = read.problems.errors().map(ToString::to_string).collect();
    assert_eq!(
        errors,
        [
            "a.csv line 6, column `visit`: expected visit `pre` in one spelling, got also `ＰＲＥ` (1 row from line 6)",
            "a.csv line 7, column `visit`: expected visit `post` in one spelling, got also `Post` (1 row from line 7), `post-treatment` (1 row from line 9)",
        ]
    );
    let hint = read.problems.0[1].hint.as_deref();
    assert_eq!(
        hint,
        Some(
            "if they are one visit, list its labels under [visits]: `post = [\"post\", \"Post\", \"post-treatment\"]`; if not, name the others: `others = [\"Post\", \"post-treatment\"]`"
        )
    );
    assert!(read.problems.errors().all(|problem| problem.code == ProblemCode::VisitSpellings));
}

#[test]
fn declared_spellings_are_one_visit() {
    let toml = PLAN
        .replace("pre = \"pre\"", "pre = [\"pre\", \"ＰＲＥ\"]")
        .replace("post = \"post\"", "post = [\"post\", \"Post\", \"post-treatment\"]");
    let read = with(&toml, "C,ＰＲＥ,5\nC,Post,4\nD,pre ,9\nD,post-treatment,7\n");
    assert_eq!((read.scores(0), read.codes()), (vec!["A: 30 20".into(), "B: 25 12".into(), "C: 5 4".into(), "D: 9 7".into()], vec![]));
    let again = with(&toml, "A,Post,4\n");
    assert_eq!((again.error().code, again.error().place.line), (ProblemCode::DuplicateSubject, Some(6)));
}

#[test]
fn a_visit_that_people_had_besides_is_another_visit() {
    let read = with(PLAN, "A,post 6 months,9\nB,post 6 months,9\nA,post follow-up,5\n");
    assert_eq!(read.codes(), []);
    assert_eq!(read.fates(), [(RowFate::Used, 4), (RowFate::OtherVisit, 3)]);
    let toml = PLAN.replace("\"post\"", "\"day 1\"").replace("\"pre\"", "\"day -1\"");
    let days = super::read(&toml, &[("a.csv", WHOLE.replace("pre", "day -1").replace("post", "day 1").as_bytes())]);
    assert_eq!(days.codes(), []);
}

#[test]
fn labels_that_are_mostly_of_people_who_lost_a_visit_are_named() {
    let read = with(PLAN, "C,pre,9\nC,early end,4\nC,early end,5\nD,pre,3\nD,early end,4\nA,early end,8\nA,m6,1\nB,m6,1\nC,m6,1\nE,m6,1\n");
    let warning = read.problems.warnings().find(|problem| problem.code == ProblemCode::JoinLoss).expect("a warning");
    assert_eq!(
        warning.to_string(),
        "a.csv, column `bdi`: 4 subjects with a row in visit `pre`, 2 of them also in visit `post`: 2 without a pair, with rows of visits outside the plan: `early end` 3"
    );
    assert!(warning.hint.as_deref().is_some_and(|hint| hint.contains("their post visit")));
    let plain = with(PLAN, "C,pre,9\nA,m6,1\nB,m6,1\nC,m6,1\n");
    assert!(plain.problems.0[0].what.ends_with("1 without a pair") && plain.problems.0[0].hint.is_none());
}

#[test]
fn a_label_in_look_alike_letters_stops() {
    let read = with(PLAN, "C,рre,5\nC,post,4\n");
    assert_eq!((read.error().code, read.error().count), (ProblemCode::VisitSpellings, 1));
}

#[test]
fn a_score_without_a_visit_stops_and_an_empty_row_is_counted() {
    let read = with(PLAN, "C,,5\nD, ,\n");
    assert_eq!(read.error().to_string(), "a.csv line 6, column `visit`: expected the visit of this score, got an empty cell");
    assert_eq!(read.error().code, ProblemCode::UnknownVisit);
    assert_eq!(with(PLAN, "A,,\n").fates(), [(RowFate::Used, 4), (RowFate::OtherVisit, 1)]);
}

#[test]
fn a_file_of_one_visit_alone_stops() {
    let read = read(PLAN, &[("a.csv", b"id,visit,bdi\nA,pre,1\nB,pre,2\n")]);
    assert_eq!(read.error().to_string(), "a.csv, column `visit`: no row has visit `post`; found `pre`");
}

#[test]
fn further_visits_are_read_checked_and_kept() {
    let toml = PLAN
        .replace("[[outcome]]", "others = [\"m6\", \"m12\"]\n[[outcome]]")
        .replace("value = \"bdi\"", "value = \"bdi\"\nrange = [0, 63]");
    let read = with(&toml, "A,m6,18\nB,m6,\nA,m12,15\nB,m12,9\nC,m12,3\nA,screening,31\n");
    let dataset = read.dataset();
    assert_eq!(dataset.visits, ["pre", "post", "m6", "m12"]);
    let others: Vec<Vec<String>> = dataset.outcomes[0]
        .others
        .iter()
        .map(|scores| scores.iter().map(|score| score.map_or("-".into(), |score| score.to_string())).collect())
        .collect();
    assert_eq!(others, [["18", "-", "-"], ["15", "9", "3"]]);
    // Nobody loses a pair by a missing further score; who has further visits alone is said.
    assert_eq!(read.codes(), [ProblemCode::JoinLoss]);
    assert!(read.problems.0[0].what.starts_with("1 of 3 subjects without any row"));
    let bad = with(&toml, "A,m6,99\nA,m12,15\nA,m12,16\n");
    let errors: Vec<(ProblemCode, Option<u64>)> = bad.problems.errors().map(|problem| (problem.code, problem.place.line)).collect();
    assert_eq!(errors, [(ProblemCode::OutOfRange, Some(6)), (ProblemCode::DuplicateSubject, Some(8))]);
    assert_eq!(with(&toml, "A,m6,9\n").error().code, ProblemCode::UnknownVisit);
}

#[test]
fn further_visits_of_a_wide_table_are_kept() {
    let toml = "[data]\nfiles = [\"a.csv\"]\nsubject = \"id\"\n\
        [[outcome]]\nid = \"x\"\npre = \"x0\"\npost = \"x1\"\nothers = { month6 = \"x6\", month12 = \"x12\" }\n\
        [[outcome]]\nid = \"y\"\npre = \"y0\"\npost = \"y1\"\nothers = { month6 = \"y6\" }\n";
    let read = read(toml, &[("a.csv", b"id,x0,x1,x6,x12,y0,y1,y6\nA,1,2,3,,5,6,7\nB,2,4,,8,4,7,8\n")]);
    let dataset = read.dataset();
    assert_eq!((dataset.visits.join(" "), read.codes()), ("pre post month12 month6".into(), vec![]));
    let count = |outcome: usize| dataset.outcomes[outcome].others.iter().map(|scores| scores.iter().flatten().count()).collect::<Vec<_>>();
    assert_eq!((count(0), count(1)), (vec![1, 1], vec![0, 2]));
}

const TIDY: &str = "[data]\nfiles = [\"a.csv\"]\nsubject = \"id\"\nvisit = \"visit\"\noutcome_column = \"test\"\nvalue = \"score\"\n\
    [visits]\npre = \"pre\"\npost = \"post\"\n[[outcome]]\nid = \"BDI\"\n";

#[test]
fn an_instrument_in_another_spelling_stops() {
    let rows = "id,visit,test,score\nA,pre,BDI,1\nA,post,BDI,2\nB,pre,bdi,3\nB,post,ＢＤＩ,5\nA,pre,BAI,x\nA,Post,BAI,x\n,,BAI,x\n";
    let read = read(TIDY, &[("a.csv", rows.as_bytes())]);
    assert_eq!(
        read.error().to_string(),
        "a.csv line 4, column `test`: expected outcome `BDI` in one spelling, got also `bdi` (1 row from line 4), `ＢＤＩ` (1 row from line 5)"
    );
    let every = TIDY.replace("id = \"BDI\"", "id = \"every\"\nkey = \"*\"");
    let read = super::read(&every, &[("a.csv", b"id,visit,test,score\nA,pre,BDI-2,1\nA,post,BDI-2,2\nB,pre,bdi2,3\nB,post,bdi2,5\n")]);
    assert_eq!((read.error().code, read.error().value.as_deref()), (ProblemCode::UnknownOutcome, Some("bdi2")));
}

#[test]
fn rows_of_other_instruments_are_counted_whatever_is_in_them() {
    let rows = "id,visit,test,score\nA,pre,BDI,1\nA,post,BDI,2\nB,pre,BDI,3\nB,post,BDI,5\nA,pre,BAI,x\nA,Post,BAI,x\n,,BAI,x\n";
    let read = read(TIDY, &[("a.csv", rows.as_bytes())]);
    assert_eq!((read.codes(), read.fates()), (vec![], vec![(RowFate::Used, 4), (RowFate::OtherOutcome, 3)]));
}
