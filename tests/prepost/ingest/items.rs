//! Scores from items.

use prepost::decimal::Score;
use prepost::trial::{Loss, Problem, ProblemCode, Severity};
use proptest::prelude::*;
use serde::Deserialize;

use super::{Read, read};

const RULE: &str = "items = 5\nitem_range = [0, 3]\nreverse = [2, 4]\nscore = \"sum\"\n";

/// A wide plan of one outcome from items.
fn plan(data: &str, outcome: &str) -> String {
    format!(
        "[data]\nfiles = [\"scores.csv\"]\nsubject = \"id\"\n{data}\n[[outcome]]\nid = \"wb\"\n\
         pre_items = \"wb_pre_{{i}}\"\npost_items = \"wb_post_{{i}}\"\n{outcome}"
    )
}

fn read_items(data: &str, outcome: &str, file: impl AsRef<[u8]>) -> Read {
    read(&plan(data, outcome), &[("scores.csv", file.as_ref())])
}

/// A table of five items at both visits; each row is `id` and ten answers.
fn table(rows: &[&str]) -> String {
    let names = |visit: &str| (1..=5).map(|i| format!("wb_{visit}_{i}")).collect::<Vec<_>>().join(",");
    format!("id,{},{}\n{}\n", names("pre"), names("post"), rows.join("\n"))
}

fn of_code(read: &Read, code: ProblemCode) -> Vec<&Problem> {
    read.problems.0.iter().filter(|problem| problem.code == code).collect()
}

#[test]
fn items_are_reversed_and_summed() {
    let read = read_items("", RULE, table(&["S01,2,3,0,2,3,3,0,2,0,1", "S02,1,0,0,0,0,3,3,3,3,3"]));
    assert_eq!(read.scores(0), ["S01: 6 12", "S02: 7 9"]);
    assert_eq!(read.codes(), []);
}

#[test]
fn the_mean_stays_on_the_decimal_grid() {
    let rule = RULE.replace("sum", "mean");
    assert_eq!(
        read_items("", &rule, table(&["S01,2,3,0,2,3,3,0,2,0,1", "S02,0,0,0,0,1,3,3,3,3,3"])).scores(0),
        ["S01: 1.2 2.4", "S02: 1.4 1.8"]
    );
}

#[test]
fn a_form_with_a_missing_item_has_no_score_without_a_rule() {
    let read = read_items(
        "missing = [\"-9\"]",
        RULE,
        table(&[
            "S01,2,3,0,2,3,3,0,2,0,1",
            "S02,0,,0,0,0,3,3,3,3,3",
            "S03,0,0,0,0,0,3,3,NA,3,3",
            "S04,1,1,1,1,1,-9,1,1,1,1",
            "S05,1,2,3,1,2,1,1,1,1,1",
        ]),
    );
    assert_eq!(read.scores(0), ["S01: 6 12", "S02: - 9", "S03: 6 -", "S04: 7 -", "S05: 9 7"]);
    assert_eq!(read.losses(0), [(Loss::PreMissing, 1), (Loss::PostMissing, 2)]);
    let [warning] = of_code(&read, ProblemCode::ItemsMissing)[..] else { panic!("{:?}", read.problems) };
    assert_eq!((warning.severity, warning.count), (Severity::Warning, 3));
    assert_eq!(
        warning.to_string(),
        "scores.csv: 3 forms of outcome `wb` without a score, because items are not answered: 1 at pre, 2 at post"
    );
    assert!(
        warning
            .hint
            .as_ref()
            .is_some_and(|hint| hint.starts_with("the first: line 3 at pre, line 4 at post; ") && hint.contains("`prorate = 0.8`"))
    );
    assert_eq!(read.codes(), [ProblemCode::ItemsMissing, ProblemCode::MissingScores]);
}

#[test]
fn a_form_without_any_answer_is_an_ordinary_missing_score() {
    for rule in [RULE.to_owned(), format!("{RULE}prorate = 0.5\n")] {
        let read = read_items("", &rule, table(&["S01,2,3,0,2,3,3,0,2,0,1", "S02,,,NA,,,3,3,3,3,3", "S03,1,1,1,1,1,1,1,1,3,0"]));
        assert_eq!(read.scores(0), ["S01: 6 12", "S02: - 9", "S03: 7 4"]);
        let [warning] = &read.problems.0[..] else { panic!("{:?}", read.problems) };
        assert_eq!(warning.code, ProblemCode::MissingScores);
        assert_eq!(warning.to_string(), "scores.csv, column `wb_pre_{i}`: 1 missing score: 1 without any item answered");
    }
}

#[test]
fn prorating_goes_by_the_declared_share() {
    let rows = table(&["S01,2,3,0,2,3,3,0,2,0,1", "S02,0,,0,0,0,3,3,3,3,3", "S03,0,0,0,,,3,3,1,,3", "S04,1,1,1,1,1,1,1,1,2,1"]);
    let read = read_items("", &format!("{RULE}prorate = 0.8\n"), &rows);
    assert_eq!(read.scores(0), ["S01: 6 12", "S02: 3.75 9", "S03: - 8.75", "S04: 7 6"]);
    let [prorated] = of_code(&read, ProblemCode::ItemsProrated)[..] else { panic!("{:?}", read.problems) };
    assert_eq!(
        prorated.to_string(),
        "scores.csv: 2 forms of outcome `wb` with a score prorated from the items answered: 1 at pre, 1 at post"
    );
    assert_eq!((prorated.severity, prorated.count), (Severity::Warning, 2));
    let [lost] = of_code(&read, ProblemCode::ItemsMissing)[..] else { panic!("{:?}", read.problems) };
    assert_eq!(lost.what, "1 form of outcome `wb` without a score, because less than 0.8 of the items are answered: 1 at pre");
    let mean = read_items("", &format!("{}prorate = 0.8\n", RULE.replace("sum", "mean")), &rows);
    assert_eq!(mean.scores(0), ["S01: 1.2 2.4", "S02: 0.75 1.8", "S03: - 1.75", "S04: 1.4 1.2"]);
}

#[test]
fn the_step_of_the_scores_does_not_refuse_a_prorated_one() {
    let read = read_items(
        "",
        &format!("{RULE}prorate = 0.8\nrange = [0, 15]\ninteger = true\n"),
        table(&["S01,2,3,0,2,,3,0,2,0,1", "S02,0,0,0,0,0,3,3,3,3,3"]),
    );
    assert_eq!(read.scores(0), ["S01: 3.75 12", "S02: 6 9"]);
}

#[test]
fn an_answer_out_of_range_stops_before_it_is_reversed() {
    // Reversed, 4 would be −1, and the total 3 would look like any other.
    let read = read_items("", RULE, table(&["S01,0,4,0,2,3,3,0,2,0,1", "S02,0,0,0,0,0,3,3,3,3,-1", "S03,0,0,1.5,0,0,3,x,3,3,3"]));
    let errors: Vec<String> = read.problems.errors().map(ToString::to_string).collect();
    assert_eq!(
        errors,
        [
            "scores.csv line 2, column `wb_pre_2`: expected 0 to 3, got 4",
            "scores.csv line 3, column `wb_post_5`: expected 0 to 3, got -1",
            "scores.csv line 4, column `wb_pre_3`: expected a whole number, got 1.5",
            "scores.csv line 4, column `wb_post_2`: expected a number, got `x`",
        ]
    );
    let hints: Vec<&str> = read.problems.errors().filter_map(|problem| problem.hint.as_deref()).collect();
    assert!(hints[0].contains("`item_range`") && hints[2].contains("the `step` of an answer"), "{hints:?}");
    let values: Vec<Option<&str>> = read.problems.errors().map(|problem| problem.value.as_deref()).collect();
    assert_eq!(values, [Some("4"), Some("-1"), Some("1.5"), Some("x")]);
}

#[test]
fn a_missing_code_that_could_be_an_answer_stops() {
    let read = read_items("missing = [\"3\"]", RULE, table(&["S01,0,3,0,2,3,2,0,2,0,1"]));
    assert_eq!(read.error().code, ProblemCode::MissingCodeInRange);
    assert_eq!(read.error().count, 2);
}

#[test]
fn declared_steps_and_marks_hold_for_answers() {
    let rule = "items = 2\nitem_range = [0, 10]\nstep = 0.5\n";
    let file = "id;wb_pre_1;wb_pre_2;wb_post_1;wb_post_2\nS01;1,5;2;3;4,5\nS02;1;2;10;9,5\n";
    assert_eq!(read_items("decimal = \",\"", rule, file).scores(0), ["S01: 3.5 7.5", "S02: 3 19.5"]);
}

#[test]
fn every_item_must_have_its_column() {
    let full = table(&["S01,2,3,0,2,3,3,0,2,0,1"]);
    let said = |file: &str| {
        let read = read_items("", RULE, file);
        let problems: Vec<(ProblemCode, Option<String>)> =
            read.problems.errors().map(|problem| (problem.code, problem.hint.clone())).collect();
        problems
    };
    for (from, to, count, hint) in [
        ("wb_pre_5", "other", 1, "the header has 4 of the 5 columns of `wb_pre_{i}`"),
        ("wb_pre_", "wb_pre_0", 5, "did you mean `wb_pre_{i:02}`?"),
        ("wb_post_", "wb_post_00", 5, "did you mean `wb_post_{i:03}`?"),
        ("wb_pre_5", "wb_pre_0", 1, "from 0"),
    ] {
        let problems = said(&full.replace(from, to));
        assert_eq!(problems.len(), count, "{problems:?}");
        for (code, found) in problems {
            assert_eq!(code, ProblemCode::ColumnMissing);
            assert!(found.as_ref().is_some_and(|found| found.contains(hint)), "{from}: {found:?}");
        }
    }
    assert_eq!(said(&full.replace("wb_pre_5", "wb_pre_4"))[0].0, ProblemCode::DuplicateColumn);
    let padded = plan("", RULE).replace("wb_pre_{i}", "wb_pre_{i:02}");
    let read = read(&padded, &[("scores.csv", full.replace("wb_pre_", "wb_pre_0").as_bytes())]);
    assert_eq!(read.scores(0), ["S01: 6 12"]);
}

#[test]
fn further_visits_have_items_too() {
    let rule = "items = 2\nitem_range = [0, 3]\nothers = { month6 = \"wb_m6_{i}\" }\n";
    let read = read_items("", rule, "id,wb_pre_1,wb_pre_2,wb_post_1,wb_post_2,wb_m6_1,wb_m6_2\nS01,1,2,3,3,0,1\nS02,1,1,3,1,2,\n");
    let others = &read.dataset().outcomes[0].others[0];
    assert_eq!(others.iter().map(|score| score.map(|score| score.to_string())).collect::<Vec<_>>(), [Some("1".to_owned()), None]);
    // A form that is missing at a further visit costs no pair.
    assert_eq!(read.codes(), []);
}

#[test]
fn long_tables_have_a_column_an_item() {
    let toml = "[data]\nfiles = [\"scores.csv\"]\nsubject = \"id\"\nvisit = \"visit\"\n[visits]\npre = \"t0\"\npost = \"t1\"\n\
                [[outcome]]\nid = \"wb\"\nvalue_items = \"wb_{i}\"\nitems = 3\nitem_range = [1, 5]\nreverse = [3]\nprorate = 0.6\n";
    let file = "id,visit,wb_1,wb_2,wb_3\nS01,t0,1,1,5\nS01,t1,5,5,1\nS02,t0,2,,2\nS02,t1,2,2,2\nS03,t0,,,\nS03,t1,3,2,2\n";
    let read = read(toml, &[("scores.csv", file.as_bytes())]);
    assert_eq!(read.scores(0), ["S01: 3 15", "S02: 9 8", "S03: - 9"]);
    let said: Vec<&str> = read.problems.0.iter().map(|problem| problem.what.as_str()).collect();
    assert_eq!(
        said,
        [
            "1 missing score: 1 without any item answered at visit `t0`",
            "1 form of outcome `wb` with a score prorated from the items answered: 1 at visit `t0`",
        ]
    );
}

#[test]
fn two_files_have_their_own_items_or_the_same() {
    let two = |outcome: &str| {
        format!(
            "[data]\npre = \"pre.csv\"\npost = \"post.csv\"\nsubject = \"id\"\n[[outcome]]\nid = \"wb\"\nitems = 2\nitem_range = [0, 3]\n{outcome}\n"
        )
    };
    let pre = ("pre.csv", "id,wb_1,wb_2\nS01,1,2\nS02,0,3\n".as_bytes());
    let same = read(&two("value_items = \"wb_{i}\""), &[pre, ("post.csv", b"wb_2,id,wb_1\n3,S01,3\n1,S02,0\n")]);
    assert_eq!(same.scores(0), ["S01: 3 6", "S02: 3 1"]);
    let own =
        read(&two("pre_items = \"wb_{i}\"\npost_items = \"after{i}\""), &[pre, ("post.csv", b"id,after1,after2\nS01,3,3\nS02,0,1\n")]);
    assert_eq!(own.scores(0), ["S01: 3 6", "S02: 3 1"]);
}

#[test]
fn totals_stay_in_a_range_narrower_than_the_items() {
    let read =
        read_items("", "items = 2\nitem_range = [0, 4]\nrange = [0, 6]\n", "id,wb_pre_1,wb_pre_2,wb_post_1,wb_post_2\nS01,1,2,4,4\n");
    assert_eq!(read.error().to_string(), "scores.csv line 2, column `wb_post_{i}`: expected a score of 0 to 6 from the items, got 8");
}

/// One case of `golden/item_scores.json`.
#[derive(Deserialize)]
struct Case {
    items: usize,
    low: String,
    high: String,
    step: String,
    prorate: Option<String>,
    score: String,
    reverse: Vec<usize>,
    forms: Vec<Vec<Option<String>>>,
    /// Numerator and denominator.
    scores: Vec<Option<[i64; 2]>>,
}

#[test]
fn scores_are_those_of_rational_arithmetic() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../golden/item_scores.json")).expect("the golden file");
    for case in &cases {
        let Case { items, low, high, step, score, reverse, .. } = case;
        let prorate = case.prorate.as_ref().map(|share| format!("prorate = {share}\n")).unwrap_or_default();
        let rule =
            format!("items = {items}\nitem_range = [{low}, {high}]\nstep = {step}\nreverse = {reverse:?}\nscore = \"{score}\"\n{prorate}");
        let names = |visit: &str| (1..=*items).map(|i| format!(",wb_{visit}_{i}")).collect::<String>();
        let mut file = format!("id{}{}\n", names("pre"), names("post"));
        for (number, form) in case.forms.iter().enumerate() {
            let cells: String = form.iter().map(|cell| format!(",{}", cell.as_deref().unwrap_or_default())).collect();
            file += &format!("S{number:02}{cells}{cells}\n");
        }
        let read = read_items("", &rule, file);
        let found = &read.dataset().outcomes[0];
        assert_eq!(found.pre, found.post);
        for (found, expected) in found.pre.iter().zip(&case.scores) {
            match (found, expected) {
                (None, None) => {}
                // The same decimal: value times denominator is the numerator.
                (Some(Score::Exact(decimal)), Some([numerator, denominator])) => {
                    let unit = 10_i128.pow(u32::from(decimal.scale()));
                    assert_eq!(i128::from(decimal.mantissa()) * i128::from(*denominator), i128::from(*numerator) * unit);
                }
                // No decimal holds it: the fraction itself.
                (Some(Score::Fraction(fraction)), Some([numerator, denominator])) => {
                    let (up, down) = (i128::from(fraction.numerator()), i128::from(fraction.denominator()));
                    assert_eq!(up * i128::from(*denominator), i128::from(*numerator) * down);
                }
                (found, expected) => panic!("{found:?} for {expected:?}"),
            }
        }
    }
}

/// Forms of five answers, some left out.
fn forms() -> impl Strategy<Value = Vec<Vec<Option<u8>>>> {
    proptest::collection::vec(proptest::collection::vec(proptest::option::weighted(0.85, 0_u8..=3), 10), 2..8)
}

fn file_of(forms: &[Vec<Option<u8>>], order: &[usize]) -> String {
    let names: Vec<String> = ["pre", "post"].iter().flat_map(|visit| (1..=5).map(move |i| format!("wb_{visit}_{i}"))).collect();
    let mut file = format!("id,{}\n", order.iter().map(|&at| names[at].clone()).collect::<Vec<_>>().join(","));
    for (number, form) in forms.iter().enumerate() {
        let cells: Vec<String> = order.iter().map(|&at| form[at].map(|answer| answer.to_string()).unwrap_or_default()).collect();
        file += &format!("S{number},{}\n", cells.join(","));
    }
    // A complete row, so that there is a pair.
    file + "T,0,1,2,3,0,1,2,3,0,1\n"
}

const IN_ORDER: [usize; 10] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

proptest! {
    #[test]
    fn the_order_of_columns_changes_nothing(forms in forms(), order in Just(IN_ORDER.to_vec()).prop_shuffle()) {
        let rule = format!("{RULE}prorate = 0.6\n");
        let scores = |order: &[usize]| read_items("", &rule, file_of(&forms, order).replace("\nT,0,1,2,3,0,1,2,3,0,1", "\nT,1,1,1,1,1,1,1,1,1,1")).scores(0);
        prop_assert_eq!(scores(&order), scores(&IN_ORDER));
    }

    #[test]
    fn reversing_answers_and_key_gives_the_same_score(forms in forms()) {
        let flipped: Vec<Vec<Option<u8>>> = forms.iter().map(|form| form.iter().map(|answer| answer.map(|answer| 3 - answer)).collect()).collect();
        let rule = |reverse: &str| format!("items = 5\nitem_range = [0, 3]\nreverse = {reverse}\nprorate = 0.6\n");
        let once = read_items("", &rule("[2, 4]"), file_of(&forms, &IN_ORDER));
        let twice = read_items("", &rule("[1, 3, 5]"), file_of(&flipped, &IN_ORDER));
        // The last row is not flipped.
        prop_assert_eq!(&once.scores(0)[..forms.len()], &twice.scores(0)[..forms.len()]);
    }

    #[test]
    fn complete_forms_need_no_rule(forms in forms()) {
        let complete: Vec<Vec<Option<u8>>> = forms.iter().map(|form| form.iter().map(|answer| Some(answer.unwrap_or(1))).collect()).collect();
        let file = file_of(&complete, &IN_ORDER);
        let plain = read_items("", RULE, &file);
        let prorated = read_items("", &format!("{RULE}prorate = 0.01\n"), &file);
        prop_assert_eq!(plain.scores(0), prorated.scores(0));
        prop_assert!(of_code(&prorated, ProblemCode::ItemsProrated).is_empty());
    }
}
