use prepost::plan::{DecimalMark, HeaderColumn, Inferred, Layout, LookedFile, infer, read, resolve_outcomes};
use prepost::trial::{Catalogue, ProblemCode};

use super::shown;

/// A column of numbers.
fn score(name: &str) -> HeaderColumn {
    HeaderColumn { name: name.into(), distinct: Vec::new(), numeric: true, ..HeaderColumn::default() }
}

/// A column of ids that do not repeat.
fn id(name: &str) -> HeaderColumn {
    HeaderColumn { name: name.into(), distinct: Vec::new(), unique: true, ..HeaderColumn::default() }
}

/// A column of ids that repeat.
fn ids(name: &str) -> HeaderColumn {
    HeaderColumn { unique: false, ..id(name) }
}

/// A column of few different words.
fn words(name: &str, distinct: &[&str]) -> HeaderColumn {
    let numeric = distinct.iter().all(|value| value.parse::<f64>().is_ok());
    HeaderColumn {
        name: name.into(),
        distinct: distinct.iter().map(|value| (*value).to_owned()).collect(),
        numeric,
        ..HeaderColumn::default()
    }
}

fn one(columns: Vec<HeaderColumn>) -> Inferred {
    infer(&[("scores.csv".to_owned(), columns).into()], &Catalogue::embedded())
}

/// The plan is complete: its text reads back as itself, and its outcomes resolve.
fn complete(inferred: &Inferred) {
    assert!(inferred.questions.is_empty(), "{}\n{}", shown(&inferred.questions), inferred.toml);
    let again = read(&inferred.toml, "trial.toml").unwrap_or_else(|problems| panic!("{}\n{}", shown(&problems.0), inferred.toml));
    assert_eq!(again, inferred.plan);
    assert!(resolve_outcomes(&again, &Catalogue::embedded()).is_ok());
}

/// There are questions, each marked; answered as proposed, the plan runs.
fn completed(inferred: &Inferred) -> prepost::plan::Plan {
    assert!(!inferred.questions.is_empty() && inferred.toml.contains("# ANSWER: "), "{}", inferred.toml);
    assert!(inferred.questions.iter().all(|question| question.code == ProblemCode::PlanUnansweredQuestion && question.hint.is_some()));
    let unanswered = read(&inferred.toml, "trial.toml");
    assert!(unanswered.is_err(), "an unanswered question stops the plan\n{}", inferred.toml);
    let answered = inferred.toml.replace("# ANSWER: ", "");
    let plan = read(&answered, "trial.toml").unwrap_or_else(|problems| panic!("{}\n{answered}", shown(&problems.0)));
    assert!(resolve_outcomes(&plan, &Catalogue::embedded()).is_ok());
    plan
}

#[test]
fn wide_headers_of_many_conventions() {
    for (subject, pre, post) in [
        ("id", "bdi_pre", "bdi_post"),
        ("subject", "pre_BDI", "post_BDI"),
        ("subject_id", "BDI.before", "BDI.after"),
        ("record_id", "bdi2_baseline", "bdi2_followup"),
        ("participant", "BDI-II baseline", "BDI-II follow-up"),
        ("patient", "bdi_t0", "bdi_t1"),
        ("ID", "BDI_T1", "BDI_T2"),
        ("PatientID", "bdi_0m", "bdi_3m"),
        ("Subject No", "BDI (week 0)", "BDI (week 12)"),
        ("study_id", "bdi_baseline", "bdi_12w"),
        ("pid", "BDIpre", "BDIpost"),
        ("pid", "bdipre", "bdipost"),
        ("pid", "bdiPre", "bdiPost"),
        ("pid", "preBDI", "postBDI"),
        ("pid", "bdi_pre_total", "bdi_post_total"),
        ("case_id", "bdi_v1", "bdi_v2"),
        ("被験者", "BDI-II 前", "BDI-II 後"),
        ("対象者ID", "介入前BDI", "介入後BDI"),
        ("患者番号", "ＢＤＩ－Ⅱ（開始時）", "ＢＤＩ－Ⅱ（終了時）"),
        ("ID", "BDI合計_前", "BDI合計_後"),
        ("研究ID", "BDI_初回", "BDI_3か月後"),
        ("ID", "BDI-2 前", "BDI-2 後"),
        ("ID", "BDI-2（介入前）", "BDI-2（介入後）"),
        ("ID", "BDI-2_前", "BDI-2_後"),
        ("ID", "BDI-2 사전", "BDI-2 사후"),
        ("대상자", "BDI_사전", "BDI_사후"),
        ("대상자번호", "사전 BDI", "사후 BDI"),
        ("Proband", "BDI vorher", "BDI nachher"),
        ("sujet id", "bdi_avant", "bdi_après"),
    ] {
        let name = if subject == "sujet id" { "id" } else { subject };
        let inferred = one(vec![id(name), score("age"), score(pre), score(post)]);
        complete(&inferred);
        assert_eq!(inferred.plan.layout(), Layout::Wide);
        assert_eq!(inferred.plan.data.subject, name);
        let [outcome] = inferred.plan.outcome.as_slice() else { panic!("{pre}: {}", inferred.toml) };
        assert_eq!((outcome.pre.as_deref(), outcome.post.as_deref()), (Some(pre), Some(post)), "{pre}");
        assert_eq!((outcome.id.as_str(), outcome.instrument.as_deref()), ("bdi2", Some("bdi2")), "{pre}");
        assert!(inferred.assumptions.contains(&"not used: age".to_owned()), "{:?}", inferred.assumptions);
    }
}

#[test]
fn several_outcomes_are_exploratory_and_the_plan_invites_to_state_the_primary() {
    let columns = vec![id("id"), score("bdi_pre"), score("bdi_post"), score("sass_pre"), score("sass_post"), words("site", &["N", "S"])];
    let inferred = one(columns);
    complete(&inferred);
    assert_eq!(inferred.plan.outcome.len(), 2);
    assert!(inferred.plan.outcome.iter().all(|outcome| outcome.role.is_none()));
    assert!(inferred.toml.contains("add role = \"primary\""));
    assert!(inferred.assumptions.contains(&"not used: site".to_owned()));
}

#[test]
fn an_unknown_scale_is_asked_for_its_direction() {
    let inferred = one(vec![id("id"), score("grip_pre"), score("grip_post")]);
    assert!(inferred.toml.contains("# ANSWER: direction = \"lower\"   # or \"higher\" (or \"none\"): which way is better for grip?"));
    let plan = completed(&inferred);
    assert_eq!(plan.outcome[0].id, "grip");
}

#[test]
fn an_ambiguous_name_is_asked_for_its_instrument() {
    let inferred = one(vec![id("id"), score("SDS_pre"), score("SDS_post")]);
    assert!(inferred.questions[0].what.contains("the name of several scales"));
    assert!(inferred.toml.contains("zung_sds") && inferred.toml.contains("sheehan_ds"), "{}", inferred.toml);
    assert!(completed(&inferred).outcome[0].instrument.is_some());
}

#[test]
fn bare_numbers_are_only_asked_about() {
    let inferred = one(vec![id("id"), score("bdi_1"), score("bdi_2")]);
    assert_eq!(inferred.plan.outcome[0].pre, None);
    let plan = completed(&inferred);
    assert_eq!((plan.outcome[0].pre.as_deref(), plan.outcome[0].post.as_deref()), (Some("bdi_1"), Some("bdi_2")));
}

#[test]
fn more_than_two_visits_are_asked_about() {
    let inferred = one(vec![id("id"), score("bdi_0m"), score("bdi_3m"), score("bdi_6m")]);
    assert!(inferred.toml.contains("# ANSWER: post = \"bdi_3m\"   # or \"bdi_6m\""), "{}", inferred.toml);
    assert_eq!(completed(&inferred).outcome[0].pre.as_deref(), Some("bdi_0m"));
    // A named post among numbered visits is certain.
    let inferred = one(vec![id("id"), score("bdi_pre"), score("bdi_post"), score("bdi_6m")]);
    complete(&inferred);
    assert!(inferred.assumptions.iter().any(|line| line == "the scores of further visits are read and kept, but not analysed: bdi_6m"));
    assert_eq!(inferred.plan.outcome[0].others["6m"], "bdi_6m");
}

#[test]
fn no_or_repeated_subject_ids_are_asked_about() {
    let inferred = one(vec![id("code name"), score("bdi_pre"), score("bdi_post")]);
    assert_eq!(completed(&inferred).data.subject, "code name");
    let inferred = one(vec![ids("id"), score("bdi_pre"), score("bdi_post")]);
    assert!(inferred.questions[0].what.contains("the ids in `id` repeat"));
}

#[test]
fn words_that_only_look_like_moments_make_no_outcome() {
    let columns = ["pressure", "present_days", "名前", "start_date", "test1", "test2", "test3"];
    let inferred = one(std::iter::once(id("id")).chain(columns.map(score)).collect());
    assert!(inferred.plan.outcome.is_empty(), "{}", inferred.toml);
    assert_eq!(inferred.questions.len(), 1);
}

#[test]
fn long_headers() {
    for (visit, labels, pre, post) in [
        ("visit", ["pre", "post"], "pre", "post"),
        ("time", ["1", "2"], "1", "2"),
        ("redcap_event_name", ["baseline_arm_1", "month_3_arm_1"], "baseline_arm_1", "month_3_arm_1"),
        (
            "Event Name",
            ["Baseline (Arm 1: Open label)", "3 months, follow-up (Arm 1: Open label)"],
            "Baseline (Arm 1: Open label)",
            "3 months, follow-up (Arm 1: Open label)",
        ),
        ("時点", ["介入後", "介入前"], "介入前", "介入後"),
        ("시점", ["사전", "사후"], "사전", "사후"),
        ("wann", ["before", "after"], "before", "after"),
        ("timepoint", ["3か月後", "開始時"], "開始時", "3か月後"),
    ] {
        let inferred = one(vec![ids("subject"), words(visit, &labels), score("age"), score("bdi_total"), words("sex", &["1", "2"])]);
        complete(&inferred);
        assert_eq!(inferred.plan.layout(), Layout::Long, "{visit}");
        let visits = inferred.plan.visits.as_ref().map(|visits| (visits.pre.as_slice()[0].as_str(), visits.post.as_slice()[0].as_str()));
        assert_eq!(visits, Some((pre, post)));
        assert_eq!(inferred.plan.outcome[0].value.as_deref(), Some("bdi_total"));
        assert_eq!(inferred.plan.outcome.len(), 1, "{}", inferred.toml);
    }
}

#[test]
fn a_form_export_numbers_its_rows_and_holds_other_numbers() {
    let inferred =
        one(vec![id("ID"), ids("研究番号"), words("時点", &["治療前", "治療後"]), score("PHQ-9"), score("dose mg"), score("race___1")]);
    complete(&inferred);
    assert_eq!((inferred.plan.data.subject.as_str(), inferred.plan.outcome.len()), ("研究番号", 1));
    assert!(inferred.assumptions.contains(&"numbers of no known scale are left out: dose mg".to_owned()), "{:?}", inferred.assumptions);
}

#[test]
fn a_visit_column_with_several_posts_is_asked_about() {
    let inferred = one(vec![ids("subject"), words("visit", &["baseline", "month 3", "month 6"]), score("phq9")]);
    assert!(inferred.toml.contains("[visits]\npre = \"baseline\"\n# ANSWER: post = \"month 3\"   # or \"month 6\""), "{}", inferred.toml);
    assert_eq!(completed(&inferred).visits.map(|visits| visits.post), Some("month 3".into()));
}

#[test]
fn tidy_long_headers() {
    let columns = vec![ids("subject"), words("visit", &["pre", "post"]), words("instrument", &["BDI", "SASS", "GAD-7"]), score("score")];
    let inferred = one(columns);
    complete(&inferred);
    assert_eq!(inferred.plan.layout(), Layout::Tidy);
    assert_eq!(inferred.plan.data.outcome_column.as_deref(), Some("instrument"));
    let keys: Vec<_> = inferred.plan.outcome.iter().map(|outcome| (outcome.id.as_str(), outcome.key_or_id())).collect();
    assert_eq!(keys, [("bdi2", "BDI"), ("sass", "SASS"), ("gad7", "GAD-7")]);
}

#[test]
fn two_files() {
    let catalogue = Catalogue::embedded();
    let pre = ("data/post.csv".to_owned(), vec![id("ID"), score("PHQ-9")]);
    let post = ("data/pre.csv".to_owned(), vec![id("被験者"), score("PHQ-9"), score("age")]);
    let inferred = infer(&[pre, post].map(LookedFile::from), &catalogue);
    complete(&inferred);
    assert_eq!((inferred.plan.data.pre.as_deref(), inferred.plan.data.post.as_deref()), (Some("data/pre.csv"), Some("data/post.csv")));
    assert_eq!(inferred.plan.data.files_by_name["data/post.csv"].subject.as_deref(), Some("ID"));
    assert_eq!(inferred.plan.outcome[0].value.as_deref(), Some("PHQ-9"));

    let a = ("a.csv".to_owned(), vec![id("id"), score("bdi_pre")]);
    let b = ("b.csv".to_owned(), vec![id("id"), score("bdi_post")]);
    let plan = completed(&infer(&[a, b].map(LookedFile::from), &catalogue));
    assert_eq!(plan.layout(), Layout::TwoFiles);
    assert_eq!((plan.outcome[0].pre.as_deref(), plan.outcome[0].post.as_deref()), (Some("bdi_pre"), Some("bdi_post")));

    // Two wide files of two sites are appended.
    let columns = || vec![id("id"), score("bdi_pre"), score("bdi_post")];
    let inferred = infer(&["north.csv", "south.csv"].map(|name| (name.to_owned(), columns()).into()), &catalogue);
    complete(&inferred);
    assert_eq!(inferred.plan.data.files.len(), 2);
}

#[test]
fn headers_with_line_breaks_and_quotes_stay_inside_their_comments() {
    let inferred = one(vec![id("id"), score("my\n\"score\" pre"), score("my\n\"score\" post"), score("x\ny")]);
    completed(&inferred);
}

#[test]
fn strange_headers_do_not_panic() {
    for name in ["", " ", "前", "後", "pre", "_", "１", "t", "3", "pre post", "🙂_pre", "İ_pre", "ß後", "T1T2"] {
        let _ = one(vec![score(name), score("post"), words(name, &["", "前", "pre", "1", "😀"])]);
    }
    let _ = infer(&[], &Catalogue::embedded());
}

#[test]
fn items_are_scored_where_there_is_no_total() {
    let items = |total: bool| {
        let names = (1..=9).flat_map(|i| [format!("phq9_pre_{i}"), format!("phq9_post_{i}")]);
        let totals = if total { vec![score("bdi_pre"), score("bdi_post")] } else { Vec::new() };
        one(std::iter::once(id("id")).chain(totals).chain(names.map(|name| score(&name))).collect())
    };
    let inferred = items(false);
    let [outcome] = inferred.plan.outcome.as_slice() else { panic!("{}", inferred.toml) };
    assert_eq!((outcome.pre_items.as_deref(), outcome.post_items.as_deref()), (Some("phq9_pre_{i}"), Some("phq9_post_{i}")));
    assert_eq!((outcome.items, outcome.instrument.as_deref()), (Some(9), Some("phq9")));
    assert!(inferred.toml.contains("item_range = [0, 3]") && inferred.toml.contains("# ANSWER: reverse = []"), "{}", inferred.toml);
    let inferred = items(true);
    complete(&inferred);
    assert_eq!(inferred.plan.outcome.len(), 1);
    assert!(inferred.toml.contains("# 9 single items of phq9 are left out."), "{}", inferred.toml);
}

#[test]
fn columns_about_the_response_are_neither_scores_nor_subjects() {
    let inferred =
        one(vec![id("ID"), id("Start time"), id("Completion time"), id("Study code"), score("PHQ-9 (before)"), score("PHQ-9 (after)")]);
    complete(&inferred);
    assert_eq!(inferred.plan.data.subject, "Study code");
    let qualtrics = vec![id("StartDate"), score("Progress"), id("ResponseId"), score("phq9_pre"), score("phq9_post")];
    let inferred = one(qualtrics);
    assert!(inferred.questions.iter().any(|question| question.what.contains("subject id")), "{}", inferred.toml);
    assert!(!inferred.toml.contains("subject = \"ResponseId\""), "{}", inferred.toml);
}

#[test]
fn events_of_several_arms_are_asked_about() {
    let events = ["baseline_arm_1", "post_arm_1", "baseline_arm_2", "post_arm_2"];
    let inferred = one(vec![ids("record_id"), words("redcap_event_name", &events), score("phq9_total")]);
    assert!(inferred.questions.iter().any(|question| question.what.contains("arm_1; arm_2")), "{}", inferred.toml);
    assert_eq!(completed(&inferred).visits.map(|visits| visits.pre), Some("baseline_arm_1".into()));
}

#[test]
fn events_that_say_nothing_of_before_and_after_are_asked_about() {
    let inferred = one(vec![ids("record_id"), words("redcap_event_name", &["first_arm_9", "other_arm_9"]), score("phq9_total")]);
    assert!(
        inferred.questions.iter().any(|question| question.what.contains("first_arm_9") && question.what.contains("other_arm_9")),
        "{}",
        inferred.toml
    );
    assert!(inferred.toml.contains("# ANSWER: pre = ") && inferred.toml.contains("# ANSWER: post = "), "{}", inferred.toml);
}

#[test]
fn further_visits_are_kept() {
    let inferred = one(vec![ids("subject"), words("visit", &["baseline", "post", "month 6", "unscheduled"]), score("phq9")]);
    complete(&inferred);
    assert_eq!(inferred.plan.visits.map(|visits| visits.others), Some(vec!["month 6".to_owned()]));
}

#[test]
fn missing_codes_are_proposed_or_asked_and_those_of_castor_declared() {
    let with_code = |name: &str, code: &str| HeaderColumn { codes: vec![code.into()], ..score(name) };
    let unknown = one(vec![id("id"), with_code("weight_pre", "999"), score("weight_post")]);
    assert!(unknown.toml.contains("\n# missing = [\"999\"]"), "{}", unknown.toml);
    let known = one(vec![id("id"), with_code("phq9_pre", "-99"), score("phq9_post")]);
    // Unanswered, the data stop the run: the code lies outside the range of the scale.
    assert_eq!(known.questions.len(), 1, "{}", known.toml);
    let answered = read(&known.toml.replace("# ANSWER: ", ""), "trial.toml").unwrap_or_else(|problems| panic!("{}", shown(&problems.0)));
    assert_eq!(answered.data.missing, ["-99"]);
    let castor = one(vec![
        id("Participant Id"),
        words("Participant Status", &["Included"]),
        with_code("phq9_pre", "-96"),
        with_code("phq9_post", "-99"),
    ]);
    complete(&castor);
    assert_eq!(castor.plan.data.missing, ["-96", "-99"]);
}

#[test]
fn dates_and_decimal_commas_are_read_as_they_are_written() {
    let date = |name: &str| HeaderColumn { name: name.into(), date_format: Some("%d.%m.%Y"), ..HeaderColumn::default() };
    let comma = |name: &str| HeaderColumn { mark: Some(DecimalMark::Comma), ..score(name) };
    let inferred = one(vec![id("id"), date("date_pre"), date("date_post"), comma("phq9_pre"), score("phq9_post")]);
    complete(&inferred);
    let data = &inferred.plan.data;
    assert_eq!((data.pre_date.as_deref(), data.post_date.as_deref()), (Some("date_pre"), Some("date_post")));
    assert_eq!((data.date_format.as_deref(), data.decimal.as_deref()), (Some("%d.%m.%Y"), Some(",")));
}

#[test]
fn sites_whose_names_look_like_visits_are_no_visits() {
    let catalogue = Catalogue::embedded();
    let both = || vec![id("id"), score("phq9_pre"), score("phq9_post")];
    for names in [["preston.csv", "postdam.csv"], ["export_pre_covid.csv", "export_post_covid.csv"], ["前橋.csv", "後藤.csv"]] {
        let inferred = infer(&names.map(|name| (name.to_owned(), both()).into()), &catalogue);
        complete(&inferred);
        assert_eq!((inferred.plan.data.files.len(), inferred.plan.outcome.len()), (2, 1), "{}", inferred.toml);
    }
    // Where each file has the score once, the names alone do not make a visit of a site.
    for names in [["present.csv", "posted.csv"], ["前橋.csv", "後藤.csv"]] {
        let inferred = infer(&names.map(|name| (name.to_owned(), vec![id("id"), score("phq9")]).into()), &catalogue);
        assert!(inferred.toml.contains(&format!("# ANSWER: pre = \"{}\"", names[0])), "{}", inferred.toml);
    }
    // A file of the second visit may hold the scores of the first again.
    let pre = ("pre.csv".to_owned(), vec![id("id"), score("phq9_pre")]);
    let inferred = infer(&[pre, ("post.csv".to_owned(), both())].map(LookedFile::from), &catalogue);
    assert_eq!(inferred.plan.outcome[0].post.as_deref(), Some("phq9_post"));
    let finals = ["T2_final.csv", "T1_final.csv"].map(|name| (name.to_owned(), vec![id("id"), score("phq9")]).into());
    assert!(infer(&finals, &catalogue).toml.contains("# ANSWER: pre = \"T1_final.csv\""));
}

#[test]
fn a_pre_that_may_not_be_the_baseline_is_asked_about() {
    for (pre, post) in [("phq9_week4", "phq9_week12"), ("phq9_3m", "phq9_12m"), ("phq9_v1", "phq9_v10")] {
        let plan = completed(&one(vec![id("id"), score(pre), score(post)]));
        assert_eq!((plan.outcome[0].pre.as_deref(), plan.outcome[0].post.as_deref()), (Some(pre), Some(post)));
    }
    let long = |labels: &[&str]| one(vec![ids("subject"), words("visit", labels), score("phq9")]);
    let inferred = long(&["week 4", "week 12"]);
    assert!(inferred.plan.visits.is_none() && inferred.toml.contains("# ANSWER: pre = \"week 4\""), "{}", inferred.toml);
    completed(&inferred);
    // A word for the end is no proof where numbered visits lie between.
    completed(&long(&["week_0", "week_4", "week_8", "end_of_study"]));
}

#[test]
fn the_likeliest_post_is_the_end_not_what_came_after_it() {
    let inferred = one(vec![id("id"), score("phq9_pre"), score("phq9_followup"), score("phq9_post")]);
    assert!(inferred.toml.contains("# ANSWER: post = \"phq9_post\"   # or \"phq9_followup\""), "{}", inferred.toml);
    let inferred = one(vec![ids("subject"), words("visit", &["1", "99", "2"]), score("phq9")]);
    assert!(inferred.toml.contains("# ANSWER: post = \"2\"   # or \"99\""), "{}", inferred.toml);
    let inferred = one(vec![id("id"), score("PHQ-9 사전"), score("PHQ-9 추적"), score("PHQ-9 사후")]);
    assert!(inferred.toml.contains("# ANSWER: post = \"PHQ-9 사후\""), "{}", inferred.toml);
}
