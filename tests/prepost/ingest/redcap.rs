//! Exports of REDCap: repeating forms and events, status filters, arms, checkboxes.

use prepost::trial::{Loss, ProblemCode, RowFate};

use super::{Read, read};

const PLAN: &str = "[data]\nfiles = [\"a.csv\"]\nsubject = \"record_id\"\nvisit = \"redcap_event_name\"\n\
    [visits]\npre = \"baseline_arm_1\"\npost = \"month_3_arm_1\"\n\
    [[outcome]]\nid = \"bdi\"\nvalue = \"bdi_total\"\nrange = [0, 63]\n";

const HEADER: &str =
    "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,bdi_total,bai_total,bdi_complete,med,race___1\n";

/// Two complete records before the rows of the test.
const WHOLE: &str = "1,baseline_arm_1,,,30,9,2,,1\n1,month_3_arm_1,,,20,7,2,,\n2,baseline_arm_1,,,25,8,2,,0\n2,month_3_arm_1,,,12,4,2,,\n";

fn export(more: &str) -> Read {
    read(PLAN, &[("a.csv", format!("{HEADER}{WHOLE}{more}").as_bytes())])
}

fn both(more: &str) -> Read {
    let toml = format!("{PLAN}[[outcome]]\nid = \"bai\"\nvalue = \"bai_total\"\n");
    read(&toml, &[("a.csv", format!("{HEADER}{WHOLE}{more}").as_bytes())])
}

fn shown(read: &Read) -> Vec<String> {
    read.problems.0.iter().map(ToString::to_string).collect()
}

#[test]
fn rows_of_other_forms_are_neither_missing_nor_doubled() {
    let read = export("1,baseline_arm_1,medication,1,,,,x,\n1,baseline_arm_1,medication,2,,,,y,\n2,month_3_arm_1,medication,1,,,,z,\n");
    assert_eq!(read.scores(0), ["1: 30 20", "2: 25 12"]);
    assert_eq!(read.fates(), [(RowFate::Used, 4), (RowFate::OtherForm, 3)]);
    assert_eq!(read.codes(), []);
}

#[test]
fn a_repeating_form_with_one_filled_instance_is_read_whatever_the_order_of_rows() {
    let rows = [
        "3,baseline_arm_1,,,,5,0,,0\n",
        "3,baseline_arm_1,bdi,1,22,,2,,\n",
        "3,month_3_arm_1,bdi,1,18,,2,,\n",
        "3,month_3_arm_1,,,,6,,,\n",
    ];
    for order in [[0, 1, 2, 3], [1, 0, 3, 2]] {
        let read = both(&order.map(|i| rows[i]).concat());
        assert_eq!(read.scores(0)[2], "3: 22 18");
        assert_eq!(read.scores(1)[2], "3: 5 6");
        assert_eq!(read.codes(), [], "{:?}", shown(&read));
        assert_eq!(read.fates(), [(RowFate::Used, 8)]);
    }
}

#[test]
fn a_score_that_repeats_stops_and_names_both_lines() {
    for (first, second) in [("bdi,1", "bdi,2"), (",1", ",2"), (",", "bdi,1"), ("bdi,1", ",")] {
        let read = export(&format!("3,month_3_arm_1,{first},17,,2,,\n3,month_3_arm_1,{second},16,,2,,\n3,baseline_arm_1,,,20,,2,,\n"));
        let error = read.error();
        assert_eq!(
            error.to_string(),
            "a.csv line 7, column `record_id`: expected one `bdi_total` of each subject at visit `month_3_arm_1`, got a repeat for `3`, first on line 6"
        );
        assert_eq!((error.code, error.value.as_deref()), (ProblemCode::RepeatedScores, Some("3")));
        assert!(error.hint.as_deref().is_some_and(|hint| hint.contains("`where = { \"redcap_repeat_instance\" = [\"\", \"1\"] }`")));
    }
    let read = export("3,month_3_arm_1,,,17,,2,,\n3,month_3_arm_1,,,16,,2,,\n");
    assert_eq!(read.error().code, ProblemCode::DuplicateSubject);
}

#[test]
fn an_instance_can_be_chosen_and_costs_nobody() {
    let toml = PLAN.replace("[visits]", "where = { redcap_repeat_instance = [\"\", \"1\"] }\n[visits]");
    let rows = format!("{HEADER}{WHOLE}3,month_3_arm_1,bdi,1,17,,2,,\n3,month_3_arm_1,bdi,2,16,,2,,\n3,baseline_arm_1,,,20,,2,,\n");
    let read = read(&toml, &[("a.csv", rows.as_bytes())]);
    assert_eq!(read.scores(0)[2], "3: 20 17");
    assert_eq!((read.codes(), read.fates()), (vec![], vec![(RowFate::Used, 6), (RowFate::Filtered, 1)]));
}

#[test]
fn an_event_that_repeats_with_one_filled_instance_is_read() {
    let read = export("3,month_3_arm_1,,1,,,0,,\n3,month_3_arm_1,,2,16,,2,,\n3,baseline_arm_1,,1,20,,2,,\n3,baseline_arm_1,,2,,,,,\n");
    assert_eq!(read.scores(0)[2], "3: 20 16");
    assert_eq!((read.codes(), read.fates()), (vec![], vec![(RowFate::Used, 6), (RowFate::OtherForm, 2)]));
}

#[test]
fn events_that_were_never_opened_are_missing_and_counted() {
    let read = export("3,baseline_arm_1,,,20,,2,,0\n3,month_3_arm_1,,,,,0,,\n4,baseline_arm_1,,1,20,,2,,0\n4,month_3_arm_1,,1,,,0,,\n");
    assert_eq!(read.losses(0), [(Loss::PostMissing, 2)]);
    assert_eq!(shown(&read), ["a.csv, column `bdi_total`: 2 missing scores: 2 empty at visit `month_3_arm_1`"]);
}

#[test]
fn people_with_rows_of_other_forms_alone_are_counted() {
    let read = export("3,baseline_arm_1,medication,1,,,,x,\n3,month_3_arm_1,medication,1,,,,x,\n");
    assert_eq!(shown(&read), ["a.csv: 1 subject has rows of forms without the plan's scores alone, and no score"]);
}

#[test]
fn exports_with_labels_have_repeats_too() {
    let toml = PLAN
        .replace("record_id", "Record ID")
        .replace("redcap_event_name", "Event Name")
        .replace("baseline_arm_1", "Baseline (Arm 1: Open label)")
        .replace("month_3_arm_1", "3 months, follow-up (Arm 1: Open label)");
    let file = "Record ID,Event Name,Repeat Instrument,Repeat Instance,bdi_total,Complete?\n\
        1,Baseline (Arm 1: Open label),,,23,Complete\n\
        1,Baseline (Arm 1: Open label),Medication,1,,\n\
        1,\"3 months, follow-up (Arm 1: Open label)\",BDI,1,11,Complete\n\
        2,Baseline (Arm 1: Open label),,,30,Complete\n\
        2,\"3 months, follow-up (Arm 1: Open label)\",BDI,1,20,Complete\n";
    let read = read(&toml, &[("a.csv", file.as_bytes())]);
    assert_eq!((read.scores(0), read.codes()), (vec!["1: 23 11".to_owned(), "2: 30 20".to_owned()], vec![]));
}

#[test]
fn a_project_without_events_repeats_in_the_wide_layout() {
    let toml = "[data]\nfiles = [\"a.csv\"]\nsubject = \"record_id\"\n[[outcome]]\nid = \"bdi\"\npre = \"bdi_pre\"\npost = \"bdi_post\"\n";
    let header = "record_id,redcap_repeat_instrument,redcap_repeat_instance,bdi_pre,bdi_post,med\n";
    let wide = |rows: &str| read(toml, &[("a.csv", format!("{header}{rows}").as_bytes())]);
    let good = wide("1,,,30,20,\n1,med,1,,,x\n1,med,2,,,y\n2,,,25,,\n2,post_form,1,,12,\n");
    assert_eq!((good.scores(0), good.codes()), (vec!["1: 30 20".to_owned(), "2: 25 12".to_owned()], vec![]));
    assert_eq!(good.fates(), [(RowFate::Used, 3), (RowFate::OtherForm, 2)]);
    let bad = wide("1,,,30,20,\n2,post_form,1,,12,\n2,post_form,2,,13,\n2,,,25,,\n");
    assert_eq!((bad.error().code, bad.error().place.line), (ProblemCode::RepeatedScores, Some(4)));
}

#[test]
fn a_status_filter_says_its_column_its_rows_and_whom_they_cost() {
    let toml = PLAN.replace("[visits]", "where = { bdi_complete = [\"2\", \"3\"] }\n[visits]");
    let rows = format!(
        "{HEADER}{WHOLE}3,baseline_arm_1,,,20,,3,,\n3,month_3_arm_1,,,16,,0,,\n4,baseline_arm_1,,,20,,2,,\n4,month_3_arm_1,,,16,,1,,\n"
    );
    let read = read(&toml, &[("a.csv", rows.as_bytes())]);
    assert_eq!(read.losses(0), [(Loss::NoPostRow, 2)]);
    let filtered = read.problems.0.iter().find(|problem| problem.code == ProblemCode::RowsFiltered).expect("a warning");
    assert_eq!(filtered.to_string(), "a.csv, column `bdi_complete`: `where` leaves out 2 rows, and with them scores of 2 subjects");
    assert_eq!(filtered.count, 2);
}

#[test]
fn another_arm_is_counted_by_label_and_further_visits_are_no_loss() {
    let read = export(
        "9,baseline_arm_2,,,30,,2,,\n9,month_3_arm_2,,,20,,2,,\n8,baseline_arm_2,,,30,,2,,\n8,month_3_arm_2,,,20,,2,,\n1,month_6_arm_1,,,5,,2,,\n",
    );
    assert_eq!(
        shown(&read),
        ["a.csv, column `redcap_event_name`: 2 subjects have rows of visits outside the plan alone and are left out: 4 rows \
            (`baseline_arm_2` 2, `month_3_arm_2` 2)"]
    );
    assert_eq!(read.problems.0[0].code, ProblemCode::OtherVisits);
    assert!(read.problems.0[0].hint.as_deref().is_some_and(|hint| hint.contains("`others = [\"baseline_arm_2\", \"month_3_arm_2\"]`")));
    assert_eq!(read.fates(), [(RowFate::Used, 4), (RowFate::OtherVisit, 5)]);
    assert_eq!(export("1,month_6_arm_1,,,5,,2,,\n").codes(), []);
}

#[test]
fn a_checkbox_is_no_score() {
    let toml = PLAN.replace("bdi_total", "race___1");
    let read = read(&toml, &[("a.csv", format!("{HEADER}{WHOLE}").as_bytes())]);
    assert_eq!((read.error().code, read.error().value.as_deref()), (ProblemCode::PlanInvalidValue, Some("race___1")));
    assert_eq!(read.error().place.line, Some(1));
}
